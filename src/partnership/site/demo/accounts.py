"""Invitations, a leaver and a role for a time, so that the pages of those who keep accounts show each state."""

from __future__ import annotations

from ...organisations.models import Membership
from ...organisations.steps import accounts
from .people import PASSWORD
from .story import Story, read


def fill(story: Story) -> None:
    told = read("accounts")
    for one in told["invitations"]:
        why = one.pop("withdraw", "")
        asked = _invite(story, **one)
        if why:
            accounts.withdraw(asked, by=story.by, reason=why)
    for one in told["leavers"]:
        done = accounts.accept(_invite(story, **one), by=story.by, password=PASSWORD)
        accounts.end(done.membership, by=story.by, reason=one["reason"])
    for one in told["roles"]:
        accounts.give_role(
            Membership.objects.get(user__email=one["email"], partnership=story.partnership),
            by=story.by,
            role=one["role"],
            reason=one["reason"],
            valid_from=story.day(one["starts"]),
            valid_to=story.day(one["ends"]),
        )


def _invite(story: Story, organisation: str, **told: object) -> accounts.Invitation:
    return accounts.invite(by=story.by, organisation=story.organisations[organisation], **told)
