"""Organisations, their footing and history, groups, reporting lines, seats and chairs; groups that have ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from ...meetings.models import Chairing, Group, GroupMember, ReportsTo
from ...meetings.steps import groups
from ...organisations.models import Authority, Organisation, Partnership, Standing, Succession
from .story import Story, read


def fill(story: Story) -> None:
    told = read("structure")
    for one in told["organisations"]:
        _organisation(story, **one)
    for one in told.get("successions", ()):
        before, after = (story.organisations[one.pop(side)] for side in ("before", "after"))
        Succession.objects.create(before=before, after=after, **one)
    for one in told.get("partnerships", ()):
        _partnership(story, **one)
    for one in told["groups"]:
        _group(story, **one)
    for one in told["groups"]:
        for parent in one.get("reports_to", ()):
            line = parent if isinstance(parent, dict) else {"to": parent}
            _line(story, one["key"], **line)
    for one in told["groups"]:
        if "closed" in one:
            _close(story, story.groups[one["key"]], **one["closed"])


def _organisation(story: Story, key: str, name: str, kind: str, standing: str, **more: Any) -> None:
    made = story.organisations[key] = Organisation.objects.create(name=name, kind=kind, **more)
    Standing.objects.create(
        partnership=story.partnership,
        organisation=made,
        kind=standing,
        valid_from=made.valid_from,
        valid_to=made.valid_to,
    )


def _partnership(story: Story, authorities: Any, over: bool = False, merged: Any = (), **facts: Any) -> None:
    """A partnership beside or above ours: the county group, and one that grew together from several districts."""
    made = Partnership.objects.create(synthetic=True, **facts)
    for one in authorities:
        Authority.objects.create(partnership=made, **one)
    for name in merged:
        last = made.valid_from - timedelta(days=1)
        slug = f"until-{last.year}-{name.split()[0].lower()}"
        before = Partnership.objects.create(name=name, slug=slug, synthetic=True, valid_to=last)
        before.successors.add(made)
    if over:
        Partnership.objects.filter(pk=story.partnership.pk).update(county=made)


def _group(story: Story, key: str, name: str, kind: str, purpose: str, **more: Any) -> None:
    seats, chairs, sunset = more.pop("seats", ()), more.pop("chairs", ()), more.pop("sunset", None)
    for later in ("reports_to", "closed"):
        more.pop(later, None)
    made = story.groups[key] = Group.unscoped_rows.create(
        partnership=story.partnership,
        name=name,
        kind=kind,
        purpose=purpose,
        status="open",
        sunset=None if sunset is None else story.day(sunset),
        chair_post=next((chair["post"] for chair in reversed(chairs) if "place" not in chair), ""),
        **more,
    )
    for seat in seats:
        facts = dict(seat) if isinstance(seat, dict) else {"of": seat}
        GroupMember.objects.create(group=made, organisation=story.organisations[facts.pop("of")], **facts)
    for chair in chairs:
        Chairing.objects.create(group=made, **chair)


def _line(story: Story, child: str, to: str, note: str = "") -> None:
    ReportsTo.objects.create(child=story.groups[child], parent=story.groups[to], note=note)


def _close(story: Story, group: Group, report: str, successor: str, day: Any = None, ago: int = 0) -> None:
    """A group ends on its day, by the same step as on the site."""
    then = replace(story.by, today=day or story.by.today - timedelta(days=ago))
    groups.close(group, by=then, closing_report=report, successor=story.groups[successor])
