"""Conditions that several kinds of record share."""

from __future__ import annotations

from django.db.models import Q

from ..organisations.roles import Permission
from .who import Who

EVERY = ~Q(pk__in=[])
NOTHING = Q(pk__in=[])


def holding(who: Who, permission: Permission, condition: Q = EVERY) -> Q:
    """The condition, for those who hold the permission; no row for anybody else."""
    return condition if who.has(permission) else NOTHING


def taking_part(who: Who) -> Q:
    """Everybody who works in the partnership or holds it to account."""
    return holding(who, Permission.SEE_RECORDS) | holding(who, Permission.ASK_QUESTIONS)


def owned(who: Who, owner: str = "owner_id") -> Q:
    """Rows of the person's own organisations, for those who take part in the work."""
    return holding(who, Permission.SEE_RECORDS, Q(**{f"{owner}__in": who.organisations}))
