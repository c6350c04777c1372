"""Registers as lists show them, all made from their declarations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import DecimalField, Q, QuerySet, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from wardwise.definitions.registers import NUMBERS, Register, registers

from ..access.kinds import Column, Filter, Kind, Words
from ..access.of_governance import registers_open_to
from ..access.who import Who
from ..organisations.roles import Permission
from .answers import figure, words
from .models import Entry

WHOSE = Filter(
    "whose",
    "Whose",
    lambda who: (("ours", "My organisation's"),),
    lambda value, who: Q(owner_id__in=who.organisations),
)


def state_of(entry: Entry) -> Words:
    """An entry's state in its register's words. An entry of a register that is no longer declared shows its bare state."""
    register = registers().get(entry.register)
    return (
        Words.of(register.words(entry.status), register.colour(entry.status))
        if register
        else Words.of(entry.status, "")
    )


def _of(register: Register) -> Kind:
    """A register's list: what every entry has, and the answers its declaration puts in columns."""
    columns = [Column("title", register.singular.capitalize(), sort="title")]
    columns += [_column(register, name) for name in register.columns]
    if register.owned:
        columns.append(Column("owner", "Who answers for it", lambda row: str(row.owner or "Nobody yet")))
    if register.due:
        columns.append(Column("due", register.due_said, lambda row: row.due or "no date", sort="due"))
    columns.append(Column("status", "State", state_of, sort="status"))
    return Kind(
        name=register.name,
        title=register.title,
        singular=register.singular,
        model=Entry,
        columns=tuple(columns),
        page="entry",
        search=("title",),
        filters=_filters(register),
        order=("due", "-id") if register.due else ("-id",),
        related=("owner",),
        empty=register.empty,
        where={"register": register.name},
        add="entry-add",
        added_with=tuple(Permission(name) for name in register.added_with),
        searched=False,
        totals=(lambda found: totals(register, found)) if register.totals else None,
    )


def _column(register: Register, name: str) -> Column:
    if worked := register.worked_out(name):
        return Column("answers", worked.label, lambda row: figure(register, worked, row.answers), numeric=True)
    answer = register.answer(name)
    return Column(
        "answers", answer.label, lambda row: words(answer, row.answers.get(name)), numeric=answer.kind in NUMBERS
    )


def _filters(register: Register) -> tuple[Filter, ...]:
    states = (*register.choices, ("late", "Past its day")) if register.due else register.choices
    made = [Filter("state", "State", lambda who: states, _in_state)]
    made += [_filter(register, name) for name in register.filters]
    return (*made, WHOSE) if register.owned else tuple(made)


def _in_state(value: str, who: Who) -> Q:
    return Q(due__lt=who.today) if value == "late" else Q(status=value)


def _filter(register: Register, name: str) -> Filter:
    answer = register.answer(name)
    choices = tuple((choice, choice) for choice in answer.choices)
    within = "__icontains" if answer.kind == "choices" else ""
    return Filter(name, answer.label, lambda who: choices, lambda value, who: Q(**{f"answers__{name}{within}": value}))


def totals(register: Register, found: QuerySet[Any]) -> Sequence[tuple[str, str]]:
    """The sums that a register declares, over every row chosen, in one query. What was not given counts for nothing."""
    number = DecimalField(max_digits=20, decimal_places=2)
    sums = found.aggregate(
        **{
            f"sum{place}": Sum(Cast(KT(f"answers__{name}"), number), filter=~Q(**{f"answers__{name}": None}))
            for place, name in enumerate(register.totals)
        }
    )
    told = [register.answer(name) for name in register.totals]
    return [
        (answer.label, words(answer, str(sums[f"sum{place}"])) if sums[f"sum{place}"] is not None else "none given")
        for place, answer in enumerate(told)
    ]


def _choices(who: Who) -> list[tuple[str, str]]:
    return [(name, registers()[name].title) for name in registers_open_to(who, tuple(registers()))]


ENTRIES = Kind(
    name="entries",
    title="Everything in the registers",
    singular="entry",
    model=Entry,
    columns=(
        Column("title", "Entry", sort="title"),
        Column(
            "register", "Register", lambda row: registers()[row.register].title if row.register in registers() else ""
        ),
        Column("owner", "Who answers for it", lambda row: str(row.owner or "Nobody yet")),
        Column("due", "Due", lambda row: row.due or "no date", sort="due"),
        Column("status", "State", state_of),
    ),
    page="entry",
    search=("title",),
    filters=(
        Filter("register", "Register", _choices, lambda value, who: Q(register=value)),
        Filter("late", "Past its day", lambda who: (("yes", "Yes"),), lambda value, who: Q(due__lt=who.today)),
        WHOSE,
    ),
    order=("due", "-id"),
    related=("owner",),
    empty="No register holds an entry yet.",
)
"""One list over all registers, which the site's search asks once instead of asking each register."""
REGISTERS = (ENTRIES, *(_of(register) for register in registers().values()))
