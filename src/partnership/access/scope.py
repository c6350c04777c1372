"""The only way to a record. What is missing and what is forbidden give the same answer."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from .redact import redact
from .rules import SEE, visible
from .who import Who

M = TypeVar("M", bound=Model)


class NotThere(Exception):
    """There is no such record, or none that this person may see: nobody can tell which."""


def rows(who: Who | None, model: type[M]) -> QuerySet[M]:
    """The records of a kind that this person may see, for lists, search, export and the API."""
    return visible(who, model, SEE)


def one(who: Who | None, model: type[M], reference: str, **related: Any) -> M:
    """The record with this reference, with the fields this person may not read blanked. Raises NotThere."""
    found = rows(who, model).filter(reference=reference, **related).first()
    if found is None:
        raise NotThere
    return redact(who, [found])[0]
