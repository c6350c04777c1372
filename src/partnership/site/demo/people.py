"""One person for each role, so that everybody's view can be tried. Names and addresses are made up."""

from __future__ import annotations

from datetime import date

from ...meetings.models import GroupMember
from ...organisations.models import Membership, Post, RoleHeld, User
from ...organisations.roles import ROLES
from .story import Story, read

PASSWORD = "saltpool-demo-2026"  # noqa: S105 -- printed by `make serve`; the demo holds no real person
BEGAN = date(2024, 4, 1)


def fill(story: Story) -> None:
    for one in read("people")["people"]:
        organisation = story.organisations[one["organisation"]]
        user = User.objects.create_user(one["email"], PASSWORD, name=one["name"])
        post, _ = Post.objects.get_or_create(organisation=organisation, title=one["post"])
        member = Membership.objects.create(
            user=user, partnership=story.partnership, organisation=organisation, post=post, valid_from=BEGAN
        )
        for role in one["roles"]:
            RoleHeld.objects.create(membership=member, role=role, valid_from=BEGAN, reason="The demo")
        for group in one.get("groups", ()):
            GroupMember.objects.create(
                group=story.groups[group], organisation=organisation, membership=member, valid_from=BEGAN
            )
        story.accounts.append((", ".join(ROLES[role].title for role in one["roles"]), one["email"], PASSWORD))
