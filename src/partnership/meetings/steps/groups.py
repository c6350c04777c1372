"""What people do with groups: set up, change, name the chair, give and end seats, report to another, close."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Q

from ...access.who import Who
from ...cases import journey
from ...organisations.models import Organisation, Partnership, on
from ..models import Chairing, Group, GroupMember, ReportsTo

SET_UP = journey.step("set-up-group", "Set up a group", "keep-structure", "{who} set up group {what}", to="open")
CHANGE = journey.step(
    "change-group", "Change group", "keep-structure", "{who} changed group {what}", sources="open", reason=True
)
NAME_CHAIR = journey.step(
    "name-chair", "Name the chair", "keep-structure", "{who} named a chair of group {what}", sources="open"
)
SEAT = journey.step("give-seat", "Add a member", "keep-structure", "{who} gave a seat on group {what}", sources="open")
END_SEAT = journey.step(
    "end-seat", "End a membership", "keep-structure", "{who} ended a seat on group {what}", sources="open", reason=True
)
REPORT_TO = journey.step(
    "report-to", "Add a reporting line", "keep-structure", "{who} set whom group {what} reports to", sources="open"
)
CLOSE = journey.step(
    "close-group",
    "Close group",
    "keep-structure",
    "{who} closed group {what} with its closing report",
    sources="open",
    to="closed",
)
STEPS = [CHANGE, NAME_CHAIR, SEAT, END_SEAT, REPORT_TO, CLOSE]
"""In the order a page offers them."""


def set_up(*, by: Who, name: str, kind: str, purpose: str, once: str = "", **more: Any) -> Group:
    """Set up a group. A task and finish group says by when it will have finished."""
    if kind == "task-and-finish" and not more.get("sunset"):
        raise ValidationError({"sunset": "Enter the day by which a task and finish group will have finished"})
    group = Group(name=name, kind=kind, purpose=purpose, **{"valid_from": by.today, **more})
    return journey.begin(group, SET_UP, by=by, of=Partnership.objects.get(pk=by.partnership_id), once=once)


def change(group: Group, *, by: Who, seen: int, reason: str, once: str = "", **fields: Any) -> Group:
    """Change what a group says of itself. The reason is kept, with the names of the fields that changed."""

    def body(row: Group) -> Mapping[str, Any]:
        altered = sorted(name for name, value in fields.items() if getattr(row, name) != value)
        for name in altered:
            setattr(row, name, fields[name])
        return {"changed": altered}

    return journey.move(group, CHANGE, by=by, seen=seen, body=body, reason=reason, once=once)


def name_chair(group: Group, *, by: Who, post: str, place: str, since: date, once: str = "") -> Group:
    """A post takes the chair, or deputises, from a day. Whoever held that place before is history from the day before."""

    def body(row: Group) -> Mapping[str, Any]:
        held = Chairing.objects.filter(on(since), group=row, place=place)
        held.filter(Q(valid_from__lt=since) | Q(valid_from__isnull=True)).update(valid_to=since - timedelta(days=1))
        held.filter(valid_from=since).delete()
        Chairing.objects.create(group=row, post=post, place=place, valid_from=since)
        if place == "chair" and since <= by.today:
            row.chair_post = post
        return {"place": place, "since": since.isoformat()}

    return journey.move(group, NAME_CHAIR, by=by, body=body, once=once)


def give_seat(
    group: Group, *, by: Who, organisation: Organisation, since: date, represents: str = "", once: str = "", **more: Any
) -> Group:
    """An organisation sits on the group from a day. `membership` may name the member who fills the seat."""

    def body(row: Group) -> Mapping[str, Any]:
        twice = GroupMember.objects.filter(
            on(since), group=row, organisation=organisation, represents=represents, **more
        )
        if twice.exists():
            raise ValidationError({"organisation": "This organisation has that seat already"})
        GroupMember.objects.create(
            group=row, organisation=organisation, represents=represents, valid_from=since, **more
        )
        return {"since": since.isoformat()}

    return journey.move(group, SEAT, by=by, body=body, once=once)


def end_seat(group: Group, *, by: Who, seat: GroupMember, last: date, reason: str, once: str = "") -> Group:
    """A seat ends; its last day is kept, so that membership on any day can still be told."""

    def body(row: Group) -> Mapping[str, Any]:
        if seat.valid_from and last < seat.valid_from:
            raise ValidationError({"last": "The last day must not be before the seat began"})
        GroupMember.objects.filter(pk=seat.pk, group=row).update(valid_to=last)
        return {"last": last.isoformat()}

    return journey.move(group, END_SEAT, by=by, body=body, reason=reason, once=once)


def report_to(
    group: Group, *, by: Who, parent: Group, note: str = "", since: date | None = None, once: str = ""
) -> Group:
    """One group reports to another. It may report to several, but never in a circle."""

    def body(row: Group) -> Mapping[str, Any]:
        if row.pk in _above(parent):
            raise ValidationError({"parent": f"{parent} already reports to this group, directly or through others"})
        if ReportsTo.objects.filter(on(by.today), child=row, parent=parent).exists():
            raise ValidationError({"parent": "The group reports there already"})
        ReportsTo.objects.create(child=row, parent=parent, note=note, valid_from=since or by.today)
        return {"parent": parent.reference}

    return journey.move(group, REPORT_TO, by=by, body=body, once=once)


def close(
    group: Group,
    *,
    by: Who,
    closing_report: str,
    successor: Group | None = None,
    seen: int | None = None,
    once: str = "",
) -> Group:
    """A group has done, or another takes over. Its seats, chair and reporting lines end today; its record stays."""

    def body(row: Group) -> Mapping[str, Any]:
        if successor is not None and successor.pk == row.pk:
            raise ValidationError({"successor": "A group cannot take over from itself"})
        open_actions = row.actions.filter(status="open").count()
        if open_actions and successor is None:
            raise ValidationError(
                {"closing_report": f"Open actions: {open_actions}. End them, or say which group takes over"}
            )
        row.closing_report, row.valid_to = closing_report, by.today
        for dated in (row.members, row.chairings, row.reports_to, row.reported_by):
            dated.filter(on(by.today)).update(valid_to=by.today)
        if successor is not None:
            row.successors.add(successor)
            row.actions.filter(status="open").update(group=successor, version=F("version") + 1)
        return {"successor": successor.reference if successor else "", "actions handed on": open_actions}

    return journey.move(group, CLOSE, by=by, seen=seen, body=body, once=once)


def _above(group: Group) -> set[int]:
    """The group and every group it reports to, directly or through others, now or later."""
    lines = ReportsTo.objects.filter(child__partnership_id=group.partnership_id).values_list("child_id", "parent_id")
    found, waiting = {group.pk}, [group.pk]
    while waiting:
        below = waiting.pop()
        new = {parent for child, parent in lines if child == below} - found
        found |= new
        waiting += new
    return found
