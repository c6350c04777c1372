"""Organisations, their footing, groups, reporting lines and seats."""

from __future__ import annotations

from typing import Any

from ...meetings.models import Chairing, Group, GroupMember, ReportsTo
from ...organisations.models import Organisation, Standing
from .story import Story, read


def fill(story: Story) -> None:
    told = read("structure")
    for one in told["organisations"]:
        _organisation(story, **one)
    for one in told["groups"]:
        _group(story, **one)
    for one in told["groups"]:
        for parent in one.get("reports_to", ()):
            ReportsTo.objects.create(child=story.groups[one["key"]], parent=story.groups[parent])


def _organisation(story: Story, key: str, name: str, kind: str, standing: str, **more: Any) -> None:
    made = story.organisations[key] = Organisation.objects.create(name=name, kind=kind, **more)
    Standing.objects.create(
        partnership=story.partnership,
        organisation=made,
        kind=standing,
        valid_from=made.valid_from,
        valid_to=made.valid_to,
    )


def _group(story: Story, key: str, name: str, kind: str, purpose: str, **more: Any) -> None:
    seats, chairs = more.pop("seats", ()), more.pop("chairs", ())
    more.pop("reports_to", None)
    made = story.groups[key] = Group.unscoped_rows.create(
        partnership=story.partnership, name=name, kind=kind, purpose=purpose, status="open", **more
    )
    for seat in seats:
        GroupMember.objects.create(group=made, organisation=story.organisations[seat])
    for chair in chairs:
        Chairing.objects.create(group=made, **chair)
