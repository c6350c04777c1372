"""The plan, the scorecard, duties and registers as lists show them."""

from __future__ import annotations

from django.db.models import Q

from wardwise.definitions.registers import Register, registers

from ..access.kinds import Column, Filter, Kind
from ..organisations.roles import Permission
from .answers import words
from .models import Commitment, Entry, Plan

PLANS = Kind(
    name="plans",
    title="Plans and agreements",
    singular="plan",
    model=Plan,
    columns=(
        Column("title", "Plan", sort="title"),
        Column("kind", "Kind", lambda row: row.get_kind_display()),
        Column("starts", "From", sort="starts"),
        Column("ends", "To", sort="ends"),
        Column("status", "State", sort="status"),
    ),
    page="plan",
    search=("title",),
    order=("-starts", "-id"),
    empty="No plan is on record. A plan begins from a strategic assessment.",
)
COMMITMENTS = Kind(
    name="commitments",
    title="Commitments",
    singular="commitment",
    model=Commitment,
    columns=(
        Column("text", "Commitment"),
        Column("organisation", "Partner", lambda row: str(row.organisation or "All partners")),
        Column("priority", "Priority", lambda row: str(row.priority or "The whole plan")),
        Column("status", "State", sort="status"),
    ),
    page="commitment",
    search=("text", "organisation__name"),
    order=("plan_id", "id"),
    related=("organisation", "priority", "plan"),
)


def _of(register: Register) -> Kind:
    """A register's list: what every entry has, and the answers its declaration puts in columns."""
    columns = [Column("title", register.singular.capitalize(), sort="title")]
    columns += [_answer(register, name) for name in register.columns]
    if register.owned:
        columns.append(Column("owner", "Who answers for it", lambda row: str(row.owner or "Nobody yet")))
    if register.due:
        columns.append(Column("due", register.due.said, lambda row: row.due or "no date", sort="due"))
    columns.append(Column("status", "State", lambda row: register.words(row.status), sort="status"))
    return Kind(
        name=register.name,
        title=register.title,
        singular=register.singular,
        model=Entry,
        columns=tuple(columns),
        page="entry",
        search=("title",),
        filters=(Filter("state", "State", lambda who: register.states, lambda value, who: Q(status=value)),),
        order=("due", "-id") if register.due else ("-id",),
        related=("owner",),
        empty=register.empty,
        where={"register": register.name},
        add="entry-add",
        added_with=tuple(Permission(name) for name in register.added_with),
    )


def _answer(register: Register, name: str) -> Column:
    answer = register.answer(name)
    numeric = answer.kind in {"number", "money", "percent"}
    return Column("answers", answer.label, lambda row: words(answer, row.answers.get(name)), numeric=numeric)


KINDS = (PLANS, COMMITMENTS, *(_of(register) for register in registers().values()))
