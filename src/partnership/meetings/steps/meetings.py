"""What people do with a meeting as a whole: plan its dates, change it, send out its agenda, record who came, agree its minutes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from ...access.who import Who
from ...cases import journey
from ..models import Attendance, Group, Meeting
from .agendas import add_item

PLAN = journey.step("plan-meeting", "Plan meetings", "run-meetings", "{who} planned meeting {what}", to="planned")
CHANGE = journey.step(
    "change-meeting",
    "Change date or place",
    "run-meetings",
    "{who} changed meeting {what}",
    sources="planned called",
    reason=True,
)
CALL = journey.step(
    "call-meeting",
    "Send out the agenda",
    "run-meetings",
    "{who} sent out the agenda of meeting {what}",
    sources="planned",
    to="called",
)
CANCEL = journey.step(
    "cancel-meeting",
    "Cancel meeting",
    "run-meetings",
    "{who} cancelled meeting {what}",
    sources="planned called",
    to="cancelled",
    reason=True,
)
HOLD = journey.step(
    "record-attendance",
    "Record who came",
    "run-meetings",
    "{who} recorded who came to meeting {what}",
    sources="called held",
    to="held",
)
AGREE = journey.step(
    "agree-minutes", "Agree the minutes", "chair", "{who} agreed the minutes of {what}", sources="held", to="agreed"
)
STEPS = [CALL, HOLD, AGREE, CHANGE, CANCEL]
"""In the order a page offers them."""


def plan(
    group: Group,
    *,
    by: Who,
    first: date,
    clock: time,
    count: int = 1,
    place: str = "",
    public: bool = False,
    once: str = "",
) -> list[Meeting]:
    """Set the group's dates from its cycle, each with its standing items. A day that has a meeting already is passed over."""
    if count > 1 and not group.weeks_between:
        raise ValidationError({"count": "The group has no weeks between its meetings: plan one at a time"})
    days = [first + timedelta(weeks=(group.weeks_between or 0) * number) for number in range(count)]
    held = group.meetings.exclude(status="cancelled").values_list("starts", flat=True)
    taken = {timezone.localtime(starts).date() for starts in held}
    with transaction.atomic():
        made = [
            _plan(group, by, at(day, clock), place, public, once if number == 0 else "")
            for number, day in enumerate(day for day in days if day not in taken)
        ]
    if not made:
        raise ValidationError({"first": "The group has a meeting on each of these days already"})
    return made


def _plan(group: Group, by: Who, starts: datetime, place: str, public: bool, once: str) -> Meeting:
    meeting = Meeting(group=group, starts=starts, place=place, public=public)
    facts = {"starts": starts.isoformat()}
    meeting = journey.begin(meeting, PLAN, by=by, of=group, once=once, facts=facts)
    for title in filter(None, (line.strip() for line in group.standing_items.splitlines())):
        add_item(meeting, by=by, title=title, standing=True)
    return meeting


def at(day: date, clock: time) -> datetime:
    """A day and a time of day in the partnership's own time, summer or winter."""
    return timezone.make_aware(datetime.combine(day, clock))


def change(
    meeting: Meeting, *, by: Who, seen: int, reason: str, first: date, clock: time, once: str = "", **fields: Any
) -> Meeting:
    """Another day, time or place. The old day is kept with the reason."""

    def body(row: Meeting) -> Mapping[str, Any]:
        before, row.starts = row.starts, at(first, clock)
        for name, value in fields.items():
            setattr(row, name, value)
        return {"starts before": before.isoformat(), "starts": row.starts.isoformat()}

    return journey.move(meeting, CHANGE, by=by, seen=seen, body=body, reason=reason, once=once)


def call(meeting: Meeting, *, by: Who, seen: int | None = None, once: str = "") -> Meeting:
    """The agenda is out: from now partners outside an open group see it too."""

    def body(row: Meeting) -> Mapping[str, Any]:
        items = row.items.filter(status="open").count()
        if not items:
            raise ValidationError("There is nothing on the agenda yet. Add an item first")
        return {"items": items}

    return journey.move(meeting, CALL, by=by, seen=seen, body=body, once=once)


def cancel(meeting: Meeting, *, by: Who, reason: str, seen: int | None = None, once: str = "") -> Meeting:
    """The meeting will not be held. It stays on record with the reason."""
    return journey.move(meeting, CANCEL, by=by, seen=seen, reason=reason, once=once)


def hold(
    meeting: Meeting,
    *,
    by: Who,
    came: Mapping[int, tuple[str, str]],
    notes: str = "",
    seen: int | None = None,
    once: str = "",
) -> Meeting:
    """Who came: for each organisation (by id) how it attended and in which post. Recorded again, it replaces what was said."""

    def body(row: Meeting) -> Mapping[str, Any]:
        if row.day > by.today:
            raise ValidationError("The meeting has not been held yet")
        row.notes = notes
        row.attendances.all().delete()
        Attendance.objects.bulk_create(
            Attendance(meeting=row, organisation_id=organisation, kind=kind, post=post)
            for organisation, (kind, post) in came.items()
        )
        return {"present": sum(kind == "present" for kind, _ in came.values())}

    return journey.move(meeting, HOLD, by=by, seen=seen, body=body, once=once)


def agree(meeting: Meeting, *, by: Who, seen: int | None = None, once: str = "") -> Meeting:
    """The chair agrees the minutes: they can no longer be changed, and those who saw the agenda may read them."""

    def body(row: Meeting) -> Mapping[str, Any]:
        empty = row.items.filter(status="open", note="").order_by("position").values_list("position", flat=True)
        if empty:
            raise ValidationError(f"{len(empty)} of the items have no minute yet. Each needs one, if only “Noted”")
        row.agreed_on = by.today
        return {}

    return journey.move(meeting, AGREE, by=by, seen=seen, body=body, once=once)
