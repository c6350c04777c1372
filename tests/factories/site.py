"""A small partnership with people in every role, for tests of the site."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

from partnership.access.who import Who, system, who
from partnership.meetings.models import Action, Group, GroupMember
from partnership.meetings.steps import actions
from partnership.organisations.models import Membership, Organisation, Partnership, RoleHeld, Standing, User

TODAY = date(2026, 4, 15)
PASSWORD = "a long enough phrase"
numbers = count(1)


@dataclass
class World:
    """One partnership: `council`, `police` and `health`; a board and a closed group; nobody in it until asked for."""

    partnership: Partnership
    organisations: dict[str, Organisation] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)

    @property
    def system(self) -> Who:
        return system(self.partnership, TODAY, "the tests")

    def person(self, *roles: str, organisation: str = "council", groups: tuple[str, ...] = ()) -> User:
        """A person with these roles, sitting for the organisation on these groups."""
        number = next(numbers)
        user = User.objects.create_user(f"person{number}@example.invalid", PASSWORD, name=f"Person {number}")
        member = Membership.objects.create(
            user=user,
            partnership=self.partnership,
            organisation=self.organisations[organisation],
            valid_from=date(2020, 1, 1),
        )
        for role in roles:
            RoleHeld.objects.create(membership=member, role=role, valid_from=date(2020, 1, 1))
        for group in groups:
            GroupMember.objects.create(
                group=self.groups[group],
                organisation=member.organisation,
                membership=member,
                valid_from=date(2020, 1, 1),
            )
        return user

    def who(self, *roles: str, organisation: str = "council", groups: tuple[str, ...] = ()) -> Who:
        asked = who(self.person(*roles, organisation=organisation, groups=groups), self.partnership, TODAY)
        assert asked is not None
        return asked

    def standing(self, user: User) -> Who | None:
        return who(user, self.partnership, TODAY)

    def action(self, group: str = "board", owner: str = "police", **more: object) -> Action:
        facts = {"title": "Light the alley", "due": TODAY + timedelta(days=14)} | more
        return actions.give(self.groups[group], by=self.system, owner=self.organisations[owner], **facts)


def world(name: str = "Saltpool") -> World:
    partnership = Partnership.objects.create(name=name, slug=f"{name.lower()}-{next(numbers)}", synthetic=True)
    made = World(partnership)
    for kind in ("council", "police", "health"):
        organisation, _ = Organisation.objects.get_or_create(name=f"{name} {kind}", defaults={"kind": kind})
        made.organisations[kind] = organisation
        Standing.objects.create(partnership=partnership, organisation=organisation, kind="responsible")
    for key, open_to_partners in (("board", True), ("closed", False)):
        made.groups[key] = Group.unscoped_rows.create(
            partnership=partnership,
            name=f"{name} {key}",
            kind="board",
            purpose="To agree what is done.",
            status="open",
            open_to_partners=open_to_partners,
            quorum=2,
        )
    return made
