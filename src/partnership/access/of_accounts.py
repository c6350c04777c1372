"""Rules for people's accounts and for the record of who did what."""

from __future__ import annotations

from django.db.models import Q

from ..audit.models import Event
from ..organisations.models import Invitation, Membership
from ..organisations.roles import Permission
from .conditions import holding
from .rules import READ, SEE, rule
from .who import Who


@rule(Membership, SEE, READ)
def see_member(who: Who) -> Q:
    return holding(who, Permission.KEEP_ACCOUNTS)


@rule(Membership, "keep-accounts")
def keep_member(who: Who) -> Q:
    """Anybody's but one's own: nobody gives themselves a role."""
    return holding(who, Permission.KEEP_ACCOUNTS, ~Q(user_id=who.user_id))


@rule(Invitation, SEE, READ, "keep-accounts")
def keep_invitation(who: Who) -> Q:
    return holding(who, Permission.KEEP_ACCOUNTS)


@rule(Event, SEE, READ)
def read_event(who: Who) -> Q:
    return holding(who, Permission.READ_AUDIT)
