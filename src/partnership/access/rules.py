"""The rule book: for each kind of record and each thing one may do to it, one condition the database can ask.

`visible` asks the condition of every row and `may` asks the same condition of one, so that a list, a page, a search, an
export and the API cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet

from .conditions import NOTHING
from .who import Who

Condition = Callable[[Who], Q]

SEE = "see"
"""May know that the record is there, and read its open fields."""
READ = "read"
"""May also read its restricted fields."""

RULES: dict[tuple[type[Model], str], Condition] = {}


@dataclass(frozen=True)
class Decision:
    """Whether something is allowed. A refusal gives a reason for the audit, never for the person refused."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


def rule(model: type[Model], *verbs: str) -> Callable[[Condition], Condition]:
    """Enter a condition in the rule book under one or more verbs. A pair is entered once."""

    def enter(condition: Condition) -> Condition:
        for verb in verbs:
            assert (model, verb) not in RULES, f"{model.__name__} {verb} has a rule already"
            RULES[model, verb] = condition
        return condition

    return enter


def condition(who: Who | None, model: type[Model], verb: str) -> Q:
    """What must hold of a row for this person to do this to it. No person and no rule mean no row."""
    asked = RULES.get((model, verb))
    if who is None or asked is None:
        return NOTHING
    return Q(**{own(model): who.partnership_id}) & asked(who)


def own(model: type[Model]) -> str:
    """The way from a row to its partnership."""
    return getattr(model, "PARTNERSHIP", "partnership_id")


def visible(who: Who | None, model: type[Model], verb: str = SEE) -> QuerySet[Any]:
    """Every row of the kind that this person may see (or do `verb` to)."""
    rows: QuerySet[Any] = model._default_manager.filter(condition(who, model, verb))
    return rows


def may(who: Who | None, verb: str, row: Model) -> Decision:
    """Whether this person may do this to this row: the same condition, asked of one row."""
    if (type(row), verb) not in RULES:
        return Decision(False, f"no rule lets anyone {verb} this kind of record")
    if visible(who, type(row), verb).filter(pk=row.pk).exists():
        return Decision(True)
    return Decision(False, f"the rule to {verb} this kind of record does not hold")
