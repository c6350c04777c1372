"""Rules for what is done to the partnership as a whole: whoever holds the permission may begin such a record in it."""

from __future__ import annotations

from django.db.models import Q

from ..organisations.models import Partnership
from ..organisations.roles import Permission
from .conditions import EVERY, holding
from .rules import SEE, rule
from .who import Who


@rule(Partnership, SEE)
def see_partnership(who: Who) -> Q:
    return EVERY


def _enter(permission: Permission) -> None:
    @rule(Partnership, permission.value)
    def held(who: Who) -> Q:
        return holding(who, permission)


for _permission in Permission:
    _enter(_permission)
