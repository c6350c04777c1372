"""People of the partnership and invitations, as lists show them to those who keep accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from ..access.kinds import Column, Filter, Kind
from ..access.who import Who
from .models import Invitation, Membership, on
from .roles import ROLES, Permission

STATES = (("current", "Take part"), ("ended", "Have left"))


@dataclass(frozen=True)
class People(Kind):
    """Each member with the roles they hold, in one query more."""

    def rows(self, who: Who | None) -> QuerySet[Any]:
        return super().rows(who).prefetch_related("roles")


def _roles(member: Membership) -> str:
    today = timezone.localdate()
    held = [str(role) for role in member.roles.all() if role.holds(today)]
    return ", ".join(held) or "None"


def _seen(member: Membership) -> Any:
    return member.user.last_seen.date() if member.user.last_seen else "never"


PEOPLE = People(
    name="accounts",
    title="People and their accounts",
    singular="person",
    model=Membership,
    columns=(
        Column("user", "Name", lambda row: row.user.name, sort="user__name"),
        Column("organisation", "Sits for", lambda row: str(row.organisation), sort="organisation__name"),
        Column("roles", "Roles", _roles),
        Column("last_seen", "Last seen", _seen, sort="user__last_seen"),
        Column("status", "State", sort="status"),
    ),
    page="membership",
    search=("user__name", "organisation__name"),
    filters=(
        Filter("state", "State", lambda who: STATES, lambda value, who: Q(status=value)),
        Filter(
            "role",
            "Role",
            lambda who: [(role.name, role.title) for role in ROLES.values()],
            lambda value, who: Q(pk__in=Membership.objects.filter(on(who.today, "roles__"), roles__role=value)),
        ),
    ),
    order=("status", "user__name", "id"),
    related=("user", "organisation"),
    empty="Nobody takes part yet. Invite the first person.",
    add="account-invite",
    added_with=(Permission.KEEP_ACCOUNTS,),
)
INVITATIONS = Kind(
    name="invitations",
    title="Invitations",
    singular="invitation",
    model=Invitation,
    columns=(
        Column("name", "Name", sort="name"),
        Column("organisation", "For", lambda row: str(row.organisation)),
        Column("roles", "Roles", lambda row: ", ".join(ROLES[name].title for name in row.roles if name in ROLES)),
        Column("expires", "Holds until", sort="expires"),
        Column("status", "State", sort="status"),
    ),
    page="invitation",
    search=("name", "organisation__name"),
    order=("-created", "id"),
    related=("organisation",),
    empty="Nobody has been invited. Invite people from the list of people.",
    add="account-invite",
    added_with=(Permission.KEEP_ACCOUNTS,),
)
KINDS = (PEOPLE, INVITATIONS)
