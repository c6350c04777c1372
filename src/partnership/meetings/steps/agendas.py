"""What people do with the items of a meeting: put them on the agenda, lay papers, write minutes, record decisions."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max

from ...access.who import Who
from ...cases import journey
from ..models import AgendaItem, Decision, Meeting, Paper

BEFORE = frozenset({"planned", "called"})
"""States of a meeting in which its agenda may change."""

ADD = journey.step(
    "add-agenda-item",
    "Add an item",
    "run-meetings",
    "{who} put {what} on an agenda",
    sources="planned called held",
    to="open",
)
CHANGE = journey.step(
    "revise-agenda-item", "Change item", "run-meetings", "{who} changed agenda item {what}", sources="open"
)
TAKE_OFF = journey.step(
    "take-off-agenda",
    "Take off the agenda",
    "run-meetings",
    "{who} took {what} off the agenda",
    sources="open",
    to="withdrawn",
    reason=True,
)
MINUTE = journey.step("write-minute", "Write the minute", "run-meetings", "{who} minuted item {what}", sources="open")
DECIDE = journey.step(
    "record-decision",
    "Record decision",
    "run-meetings",
    "{who} recorded decision {what}",
    sources="open",
    to="recorded",
)
LAY = journey.step("lay-paper", "Add a paper", "run-meetings", "{who} laid paper {what}", sources="open", to="laid")
WITHDRAW = journey.step(
    "withdraw-paper",
    "Withdraw paper",
    "run-meetings",
    "{who} withdrew paper {what}",
    sources="laid",
    to="withdrawn",
    reason=True,
)
ON_ITEM = [MINUTE, DECIDE, LAY, CHANGE, TAKE_OFF]
"""In the order a page offers them."""


@transaction.atomic
def add_item(meeting: Meeting, *, by: Who, title: str, once: str = "", **more: Any) -> AgendaItem:
    """Put an item at the end of the agenda, also one that comes up at the meeting itself."""
    _in(meeting, ADD.sources)
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem(meeting=meeting, position=last + 1, title=title, **more)
    return journey.begin(item, ADD, by=by, of=meeting, once=once, facts={"meeting": meeting.reference})


@transaction.atomic
def change_item(
    item: AgendaItem, *, by: Who, seen: int, place: int | None = None, once: str = "", **fields: Any
) -> AgendaItem:
    """Change an item, or its place on the agenda. Once the minutes are agreed nothing changes."""
    _in(item.meeting, ADD.sources)

    def body(row: AgendaItem) -> Mapping[str, Any]:
        altered = sorted(name for name, value in fields.items() if getattr(row, name) != value)
        for name in altered:
            setattr(row, name, fields[name])
        if place is not None:
            row.position = _placed(row, place)
        return {"changed": altered}

    return journey.move(item, CHANGE, by=by, seen=seen, body=body, once=once)


def _placed(item: AgendaItem, place: int) -> int:
    """Number the other items anew around this one; its own number is returned."""
    others = list(item.meeting.items.exclude(pk=item.pk).order_by("position"))
    place = min(max(place, 1), len(others) + 1)
    free = 1 + max([other.position for other in others] + [item.position, len(others) + 1])
    type(item).unscoped_rows.filter(pk=item.pk).update(position=free)
    for number, other in enumerate(others, 1):
        type(item).unscoped_rows.filter(pk=other.pk).update(position=number + (number >= place))
    return place


@transaction.atomic
def take_off(item: AgendaItem, *, by: Who, reason: str, seen: int | None = None, once: str = "") -> AgendaItem:
    """Take an item off an agenda that has not been gone through yet."""
    _in(item.meeting, BEFORE)
    return journey.move(item, TAKE_OFF, by=by, seen=seen, reason=reason, once=once)


@transaction.atomic
def minute(item: AgendaItem, *, by: Who, note: str, seen: int | None = None, once: str = "") -> AgendaItem:
    """What was said and agreed on an item, in the words of the minutes."""
    _in(item.meeting, frozenset({"held"}))

    def body(row: AgendaItem) -> None:
        row.note = note

    return journey.move(item, MINUTE, by=by, seen=seen, body=body, once=once)


@transaction.atomic
def decide(item: AgendaItem, *, by: Who, text: str, reason: str = "", once: str = "") -> Decision:
    """Record what was decided, and why. Actions are given out from it."""
    _in(item.meeting, frozenset({"held"}))
    return journey.begin(
        Decision(item=item, text=text, reason=reason), DECIDE, by=by, of=item, once=once, facts={"item": item.reference}
    )


@transaction.atomic
def lay(item: AgendaItem, *, by: Who, title: str, file: UploadedFile, once: str = "") -> Paper:
    """Lay a paper before an item. The file was checked by its form; it is kept under a name that says nothing."""
    _in(item.meeting, ADD.sources)
    paper = Paper(item=item, title=title, file_name=file.name, kind=file.kind, size=file.size)
    file.name = f"{secrets.token_hex(16)}.{file.kind}"
    paper.file = file
    try:
        return journey.begin(paper, LAY, by=by, of=item, once=once, facts={"item": item.reference})
    except BaseException:
        if paper.file._committed:
            default_storage.delete(paper.file.name)
        raise


def withdraw(paper: Paper, *, by: Who, reason: str, seen: int | None = None, once: str = "") -> Paper:
    """Take a paper back. The file is kept for the record; nobody is shown it."""
    return journey.move(paper, WITHDRAW, by=by, seen=seen, reason=reason, once=once)


def _in(meeting: Meeting, states: frozenset[str]) -> None:
    """The meeting as it is now must be in one of these states. It is locked, so that minutes are not agreed meanwhile."""
    now = Meeting.unscoped_rows.select_for_update().get(pk=meeting.pk).status
    if now not in states:
        raise journey.WrongState(now)
