"""Meetings in every state, with papers, minutes, decisions and the actions that follow from them."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from wardwise.reports import document as d

from ...meetings.models import AgendaItem, Meeting
from ...meetings.steps import actions, agendas, meetings
from .story import Story, read

EARLIER = timedelta(days=14)
"""Agendas go out two weeks before; what was decided is given out on the day."""


def fill(story: Story) -> None:
    for told in read("meetings")["meetings"]:
        _meeting(story, told)


def _meeting(story: Story, told: dict[str, Any]) -> None:
    group, day, state = story.groups[told["group"]], story.day(told["day"]), told["state"]
    hour, minute = map(int, told["at"].split(":"))
    group.standing_items = ""  # the file says what is on each agenda
    facts = {"place": told.get("place", ""), "public": told.get("public", False)}
    (meeting,) = meetings.plan(group, by=story.by, first=day, clock=time(hour, minute), **facts)
    items = [(_item(story, meeting, one), one) for one in told["items"]]
    if state == "cancelled":
        meetings.cancel(meeting, by=story.by, reason=told["reason"])
    if state in {"called", "held", "agreed"}:
        meeting = meetings.call(meeting, by=story.by)
    if state in {"held", "agreed"}:
        came = {story.organisations[key].pk: tuple(said) for key, said in told["came"].items()}
        meeting = meetings.hold(meeting, by=story.by, came=came, notes=told["notes"])
        for item, one in items:
            _minute(story, item, one)
    if state == "agreed":
        meetings.agree(meeting, by=replace(story.by, today=day + EARLIER))


def _item(story: Story, meeting: Meeting, told: dict[str, Any]) -> AgendaItem:
    facts = {name: told[name] for name in ("lead", "minutes", "purpose", "exempt") if name in told}
    item: AgendaItem = agendas.add_item(meeting, by=story.by, title=told["title"], **facts)
    if "paper" in told:
        agendas.lay(item, by=story.by, title=told["paper"], file=_paper(told["paper"], meeting))
    return item


def _minute(story: Story, item: AgendaItem, told: dict[str, Any]) -> None:
    if "minute" in told:
        agendas.minute(item, by=story.by, note=told["minute"])
    if "decision" not in told:
        return
    decision = agendas.decide(item, by=story.by, text=told["decision"], reason=told.get("why", ""))
    for one in told.get("actions", ()):
        give(story, item.meeting.group, dict(one), decision=decision)


def give(story: Story, group: Any, told: dict[str, Any], **more: Any) -> None:
    """One action of the demo's files, with what was reported on it."""
    progress, result, evidence = told.pop("progress", ()), told.pop("result", ""), told.pop("evidence", "")
    owner, due = story.organisations[told.pop("owner")], story.day(told.pop("due"))
    action = actions.give(group, by=story.by, owner=owner, due=due, **told, **more)
    for text in progress:
        action = actions.report(action, by=story.by, text=text)
    if result:
        actions.complete(action, by=story.by, result=result, evidence=evidence)


def _paper(title: str, meeting: Meeting) -> SimpleUploadedFile:
    """A paper of one page, so that there is something to open."""
    from wardwise.reports import pdf

    blocks = (d.Heading(1, "What this paper is"), d.Paragraph("A made-up paper of the synthetic partnership."))
    made = d.Document(title, str(meeting.group), "", "", "The partnership", meeting.day, blocks, synthetic=True)
    with tempfile.TemporaryDirectory() as folder:
        content = pdf.write(made, Path(folder) / "paper.pdf").read_bytes()
    file = SimpleUploadedFile(f"{title}.pdf", content, content_type="application/pdf")
    file.kind = "pdf"
    return file
