"""What people do with the entries of any declared register: add, change, and the moves the register declares."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, When
from django.utils import timezone

from wardwise.definitions.registers import Move, Register, registers

from ...access.who import Who
from ...cases import journey
from ...organisations.models import Organisation, Partnership, Standing, on
from ..answers import checked
from ..models import Entry

CORE = ("title", "owner", "group", "priority", "private")
"""What every register's entries have, beside the answers that their register declares."""


def _declare(register: Register) -> dict[str, journey.Step]:
    name, states = register.name, " ".join(name for name, _ in register.choices)
    steps = {
        "add": journey.step(
            f"{name}:add",
            f"Add {register.singular}",
            register.added_with[0],
            f"{{who}} added {register.singular} {{what}}",
            to=register.first,
        ),
        "change": journey.step(
            f"{name}:change",
            f"Change {register.singular}",
            "keep-registers",
            f"{{who}} changed {register.singular} {{what}}",
            sources=states,
            reason=True,
        ),
    }
    for move in register.moves:
        steps[move.move] = journey.step(
            f"{name}:{move.move}",
            move.label,
            move.permission,
            move.said,
            sources=" ".join(move.start),
            to=move.to,
            reason=move.reason,
        )
    return steps


STEPS: dict[str, dict[str, journey.Step]] = {name: _declare(register) for name, register in registers().items()}
"""Steps of each register by their names: add, change, and the declared moves."""


def add(register: Register, *, by: Who, title: str, answers: Mapping[str, Any], once: str = "", **core: Any) -> Entry:
    """Add an entry. Raises NotRight for answers that do not fit, Refused for those who may not add to this register."""
    partnership = Partnership.objects.get(pk=by.partnership_id)
    entry = Entry(
        register=register.name, title=title, declared=_version(register), **{"private": register.private, **core}
    )
    _put(entry, register, checked(register, answers), by.today, register.first)
    able = [permission for permission in register.added_with if permission in by.permissions]
    step = replace(STEPS[register.name]["add"], permission=able[0] if able else register.added_with[0])
    return journey.begin(entry, step, by=by, of=partnership, once=once)


def change(
    entry: Entry, *, by: Who, seen: int, reason: str, answers: Mapping[str, Any], once: str = "", **core: Any
) -> Entry:
    """Change what an entry holds. Its state stays."""
    register = registers()[entry.register]

    def body(row: Entry) -> Mapping[str, Any]:
        before = held(row)
        for name in CORE:
            if name in core:
                setattr(row, name, core[name])
        _put(row, register, checked(register, {**before, **answers}), _added(row), row.status)
        after = held(row)
        return {"changed": sorted({name for name in after if after[name] != before.get(name)} | set(core))}

    return journey.move(entry, STEPS[register.name]["change"], by=by, seen=seen, body=body, reason=reason, once=once)


def take(
    entry: Entry,
    move: Move,
    *,
    by: Who,
    answers: Mapping[str, Any],
    seen: int | None = None,
    reason: str = "",
    once: str = "",
) -> Entry:
    """Take one of the register's declared moves, with the answers it asks for."""
    register = registers()[entry.register]

    def body(row: Entry) -> Mapping[str, Any]:
        given = checked(register, answers, move.asks)
        _put(row, register, {**held(row), **given}, _added(row), move.to)
        return {"answered": sorted(name for name, value in given.items() if value is not None)}

    return journey.move(entry, STEPS[register.name][move.move], by=by, seen=seen, body=body, reason=reason, once=once)


def start(register: Register, *, by: Who) -> list[Entry]:
    """Add the entries shipped with a register, save those whose title it holds already. Given to the first organisation of
    the kind each names, responsible authorities before others."""
    there = set(
        Entry.unscoped_rows.filter(partnership_id=by.partnership_id, register=register.name).values_list(
            "title", flat=True
        )
    )
    return [
        add(register, by=by, title=one.title, answers=one.answers, owner=of_kind(by, one.owner))
        for one in register.starts_with
        if one.title not in there
    ]


def of_kind(by: Who, kind: str) -> Organisation | None:
    """The organisation of a kind that takes part today; responsible authorities first. None where there is none."""
    if not kind:
        return None
    standing = (
        Standing.objects.filter(on(by.today), partnership_id=by.partnership_id, organisation__kind=kind)
        .select_related("organisation")
        .order_by(Case(When(kind=Standing.Kind.RESPONSIBLE, then=0), default=1), "id")
        .first()
    )
    return standing.organisation if standing else None


def held(entry: Entry) -> dict[str, Any]:
    """All answers of an entry, those that are restricted as well."""
    return {**entry.answers, **(entry.restricted or {})}


def _put(entry: Entry, register: Register, answers: Mapping[str, Any], added: date, state: str) -> None:
    hidden = {answer.name for answer in register.answers if answer.restricted}
    entry.answers = {name: value for name, value in answers.items() if name not in hidden}
    entry.restricted = {name: value for name, value in answers.items() if name in hidden}
    entry.due = _due(register, state, answers, added)


def _due(register: Register, state: str, answers: Mapping[str, Any], added: date) -> date | None:
    clock = register.clock(state)
    if clock is None:
        return None
    given = answers.get(clock.after)
    base = added if clock.after == "added" else (date.fromisoformat(given) if given else None)
    return base + timedelta(days=clock.days) if base else None


def _added(entry: Entry) -> date:
    added: date = timezone.localtime(entry.created).date()
    return added


def _version(register: Register) -> str:
    """The declaration an entry was added under: the beginning of its SHA-256."""
    return hashlib.sha256(register.model_dump_json().encode()).hexdigest()[:12]
