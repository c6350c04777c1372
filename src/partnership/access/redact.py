"""Blanks the fields a reader may not see. Which fields is written beside each model (`SENSITIVITY`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import Model

from ..organisations.models import Sensitivity
from .rules import READ, visible
from .who import Who

M = TypeVar("M", bound=Model)

HIDDEN = frozenset({Sensitivity.RESTRICTED, Sensitivity.SPECIAL, Sensitivity.SECRET})


def fields_hidden(model: type[Model]) -> tuple[str, ...]:
    """The fields of a kind that only those with READ may see."""
    classes: dict[str, Sensitivity] = getattr(model, "SENSITIVITY", {})
    return tuple(name for name, kind in classes.items() if kind in HIDDEN)


def redact(who: Who | None, found: Sequence[M]) -> list[M]:
    """The same rows, their restricted fields emptied where this person has no READ. One query for any number of rows.

    `row.redacted` names the fields that were emptied, so that a page can say so instead of showing nothing.
    """
    if not found:
        return []
    model = type(found[0])
    hidden = fields_hidden(model)
    readable: set[Any] = set()
    if hidden:
        readable = set(visible(who, model, READ).filter(pk__in=[row.pk for row in found]).values_list("pk", flat=True))
    return [_emptied(row, hidden if row.pk not in readable else ()) for row in found]


def _emptied(row: M, hidden: tuple[str, ...]) -> M:
    for name in hidden:
        setattr(row, name, "")
    row.redacted = hidden
    return row
