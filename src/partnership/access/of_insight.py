"""Rules for figures the library has released: each audience sees what was released for it, and no more."""

from __future__ import annotations

from django.db.models import Q

from ..insight.models import Bringing, Finding
from ..organisations.roles import Permission
from .conditions import holding, taking_part
from .rules import READ, SEE, rule
from .who import Who


@rule(Bringing, SEE, READ)
def see_bringing(who: Who) -> Q:
    return taking_part(who)


@rule(Finding, SEE, READ)
def see_finding(who: Who) -> Q:
    return (
        (taking_part(who) & Q(audience="public"))
        | holding(who, Permission.SEE_RECORDS, Q(audience="partnership"))
        | holding(who, Permission.BRING_FIGURES, Q(audience="analyst"))
    )


def audience_of(who: Who) -> str:
    """The audience that a person's pages are made for."""
    return "partnership" if who.has(Permission.SEE_RECORDS) else "public"
