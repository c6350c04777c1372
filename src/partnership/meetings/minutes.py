"""The agenda or minutes of a meeting as a document, made of what its reader may see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils import timezone

from wardwise.reports import document as d

from .agenda import Line
from .models import Attendance, Meeting
from .quorum import Quorum

WRITTEN = {"held", "agreed"}


def document(
    meeting: Meeting,
    lines: Sequence[Line],
    came: Sequence[Attendance],
    counted: Quorum,
    *,
    partnership: str,
    synthetic: bool,
) -> d.Document:
    """Minutes once the meeting was held, before that its agenda. Draft minutes say that they are not agreed."""
    written = meeting.status in WRITTEN
    exempt = any(line.item.exempt for line in lines)
    title = f"{'Minutes' if written else 'Agenda'}: {meeting.group}"
    return d.Document(
        title=title,
        subtitle=when(meeting) + (". Draft: not yet agreed" if meeting.status == "held" else ""),
        area="",
        period="",
        audience="Members with the right to exempt items. Not for publication." if exempt else "The partnership",
        date=meeting.day,
        blocks=tuple(_blocks(meeting, lines, came, counted, written)),
        owner=partnership,
        synthetic=synthetic,
        short=True,
    )


def when(meeting: Meeting) -> str:
    starts = timezone.localtime(meeting.starts)
    return f"{starts.day} {starts:%B %Y}, {starts:%H:%M}" + (f", {meeting.place}" if meeting.place else "")


def _blocks(
    meeting: Meeting, lines: Sequence[Line], came: Sequence[Attendance], counted: Quorum, written: bool
) -> Iterator[d.Block]:
    yield d.KeyFacts(tuple(_facts(meeting, counted, written)))
    if came and written:
        yield d.Heading(1, "Who came")
        yield d.TableBlock(
            caption="Attendance by organisation",
            header=(d.HeaderCell("Organisation"), d.HeaderCell("Post"), d.HeaderCell("Attendance")),
            rows=tuple((str(one.organisation), one.post or "not named", one.get_kind_display()) for one in came),
        )
    if meeting.notes and written:
        yield d.Heading(1, "Opening")
        yield from _paragraphs(meeting.notes)
    for line in lines:
        yield from _item(line, written)


def _facts(meeting: Meeting, counted: Quorum, written: bool) -> Iterator[d.Fact]:
    yield d.Fact("Group", str(meeting.group))
    yield d.Fact("Chair", meeting.group.chair_post or "nobody named")
    if written and counted.needed:
        reached = "quorate" if counted.met else "not quorate"
        said = f"{counted.present} responsible authorities present, {counted.needed} needed: {reached}"
        yield d.Fact("Quorum", said)
    if meeting.agreed_on:
        yield d.Fact("Agreed", f"{meeting.agreed_on.day} {meeting.agreed_on:%B %Y}")


def _item(line: Line, written: bool) -> Iterator[d.Block]:
    item = line.item
    yield d.Heading(1, f"{line.number}. {item.title}")
    if item.exempt:
        yield d.Callout(f"Exempt: Schedule 12A, paragraph {item.get_exempt_display()}.")
    facts = [("Presented by", item.lead), ("Papers", "; ".join(paper.title for paper in line.papers))]
    if any(value for _, value in facts):
        yield d.KeyFacts(tuple(d.Fact(label, value) for label, value in facts if value))
    yield from _paragraphs(item.note if written else item.purpose)
    for decision, actions in line.decisions if written else ():
        yield d.Callout(f"Decision: {decision.text}" + (f" Why: {decision.reason}" if decision.reason else ""))
        if actions:
            yield d.TableBlock(
                caption=f"Actions from this decision, item {line.number}",
                header=(d.HeaderCell("Action"), d.HeaderCell("Owner"), d.HeaderCell("Due")),
                rows=tuple(_action(action) for action in actions),
            )


def _action(action: Any) -> tuple[str, str, str]:
    return action.title, str(action.owner), f"{action.due.day} {action.due:%B %Y}"


def _paragraphs(text: str) -> Iterator[d.Block]:
    for part in filter(None, (part.strip() for part in text.splitlines())):
        yield d.Paragraph(part)
