"""Who is asking: a person within one partnership on one day, with the roles, groups and organisation they hold then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..meetings.models import GroupMember
from ..organisations.models import Membership, Partnership, RoleHeld, User, on
from ..organisations.roles import ROLES, Permission, allowed, reaches_all


@dataclass(frozen=True)
class Who:
    """Read once for each request. `system` marks work that nobody asked for by hand: reminders, the demo, an import."""

    partnership_id: int
    user_id: int | None
    today: date
    organisations: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()
    roles: frozenset[str] = frozenset()
    name: str = ""
    system: str = ""
    through: str = ""
    """How the person came, when not by signing in: "a link in an e-mail". It is kept with what they do."""

    @property
    def permissions(self) -> frozenset[Permission]:
        return frozenset(Permission) if self.system else allowed(self.roles)

    @property
    def reaches_all(self) -> bool:
        return bool(self.system) or reaches_all(self.roles)

    @property
    def acting_as(self) -> str:
        held = self.system or ", ".join(sorted(ROLES[name].title for name in self.roles if name in ROLES))
        return f"{held}, through {self.through}" if self.through else held

    def has(self, permission: Permission) -> bool:
        return permission in self.permissions


def who(user: User, partnership: Partnership, today: date) -> Who | None:
    """The person's standing in a partnership on a day; None when they have none. Three queries, whatever the size."""
    held = Membership.objects.filter(on(today), user=user, partnership=partnership, status="current")
    memberships = list(held.values_list("id", "organisation_id"))
    if not user.is_active or not memberships:
        return None
    ids = [membership for membership, _ in memberships]
    roles = RoleHeld.objects.filter(on(today), membership__in=ids).values_list("role", flat=True)
    groups = GroupMember.objects.filter(on(today), on(today, "group__"), membership__in=ids)
    return Who(
        partnership_id=partnership.pk,
        user_id=user.pk,
        today=today,
        organisations=frozenset(organisation for _, organisation in memberships),
        groups=frozenset(groups.values_list("group_id", flat=True)),
        roles=frozenset(roles),
        name=user.name,
    )


def system(partnership: Partnership, today: date, name: str) -> Who:
    """The system itself, named ("the demo", "reminders"), for work that no person asked for."""
    return Who(partnership_id=partnership.pk, user_id=None, today=today, system=name)
