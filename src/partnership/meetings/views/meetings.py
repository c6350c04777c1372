"""Meetings to come, the page of a meeting, and what people do with it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from ...access.rules import may
from ...access.scope import NotThere, one, rows
from ...access.who import Who
from ...cases.journey import STEPS, Refused, offered
from ...organisations.forms import PageForm
from ...organisations.models import Partnership, on
from ..agenda import agenda
from ..forms import meetings as ask
from ..minutes import document
from ..models import Attendance, Group, GroupMember, Meeting
from ..quorum import quorum
from ..steps import agendas
from ..steps import meetings as steps

MOST_SHOWN = 12
WRITERS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@dataclass(frozen=True)
class Taken:
    """How one step looks on a page."""

    form: type[PageForm]
    take: Callable[..., Any]
    said: str
    lead: str = ""
    warning: str = ""


TAKEN = {
    "add-agenda-item": Taken(ask.Item, agendas.add_item, "Item added to the agenda."),
    "change-meeting": Taken(ask.Change, steps.change, "Changes recorded."),
    "call-meeting": Taken(
        ask.Sure,
        steps.call,
        "The agenda is out.",
        "Members, and partners of an open group, then see the agenda and its papers.",
    ),
    "record-attendance": Taken(ask.Came, steps.hold, "Attendance recorded."),
    "agree-minutes": Taken(
        ask.Sure,
        steps.agree,
        "Minutes agreed.",
        warning="Agreed minutes cannot be changed. Everyone who may see the agenda may then read them.",
    ),
    "cancel-meeting": Taken(ask.Why, steps.cancel, "Meeting cancelled."),
}


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """The meetings to come, and those whose minutes are waiting."""
    who = request.who
    today = timezone.localdate()
    found = rows(who, Meeting).select_related("group")
    coming = found.filter(status__in=("planned", "called"), starts__date__gte=today).order_by("starts")
    waiting = found.filter(status="held") | found.filter(status="called", starts__date__lt=today)
    facts = {"coming": coming[:MOST_SHOWN], "waiting": waiting.order_by("starts")[:MOST_SHOWN]}
    return render(request, "meetings/meetings.html", facts)


@login_required
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """When and where, the agenda with papers, who came, the minutes, and what was decided."""
    who = request.who
    meeting: Meeting = one(who, Meeting, reference)
    came = list(rows(who, Attendance).filter(meeting_id=meeting.pk).select_related("organisation"))
    runs = bool(may(who, "run-meetings", meeting))
    lines = agenda(who, meeting)
    facts = {
        "meeting": meeting,
        "group": rows(who, Group).filter(pk=meeting.group_id).first(),
        "lines": lines,
        "exempt": any(line.item.exempt for line in lines),
        "came": came,
        "quorum": quorum(meeting, came),
        "runs": runs,
        "gives": meeting.status in ("held", "agreed") and bool(may(who, "keep-actions", meeting.group)),
        "adds": runs and meeting.status in agendas.ADD.sources,
        "before": meeting.status in agendas.BEFORE,
        "written": meeting.status in ("held", "agreed"),
        "steps": offered(meeting, who, steps.STEPS),
    }
    return render(request, "meetings/meeting.html", facts)


@login_required
def plan(request: HttpRequest, reference: str) -> HttpResponse:
    """The dates of a group, from its cycle."""
    who = request.who
    group: Group = one(who, Group, reference)
    if group.status != "open" or not may(who, steps.PLAN.permission, group):
        raise Refused(steps.PLAN.verb)
    form = ask.Plan(request.POST or None, initial={"count": 1})
    if request.method == "POST" and form.is_valid():
        made = form.take(steps.plan, group, by=who, **form.cleaned_data)
        if made:
            messages.success(request, "1 meeting planned." if len(made) == 1 else f"{len(made)} meetings planned.")
            return redirect("group", reference)
    weeks = group.weeks_between
    lead = (
        f"The group meets every {weeks} weeks." if weeks else "The group has no set cycle: plan one meeting at a time."
    )
    facts = {"form": form, "title": steps.PLAN.label, "caption": group.name, "lead": lead}
    return render(request, "page_form.html", {**facts, "cancel": reverse("group", args=[reference])})


@login_required
def step(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """The form of one step, and the step."""
    who = request.who
    meeting: Meeting = one(who, Meeting, reference)
    taken = TAKEN.get(verb)
    if taken is None:
        raise NotThere
    if not may(who, STEPS[verb].permission, meeting):
        raise Refused(verb)
    form = _form(request, taken, meeting)
    if request.method == "POST" and form.is_valid():
        given = form.answers() if isinstance(form, ask.Came) else form.cleaned_data
        if form.take(taken.take, meeting, by=who, **given):
            messages.success(request, taken.said)
            return redirect("meeting", reference)
    facts = {"title": STEPS[verb].label, "caption": str(meeting), "lead": taken.lead, "warning": taken.warning}
    return render(request, "page_form.html", {**facts, "form": form, "cancel": reverse("meeting", args=[reference])})


@login_required
def download(request: HttpRequest, reference: str, ending: str) -> HttpResponse:
    """The agenda or the minutes as a file, of what this person may see; `?part=open` leaves out what is exempt."""
    who = request.who
    meeting: Meeting = one(who, Meeting, reference)
    if ending not in WRITERS:
        raise NotThere
    lines = [line for line in agenda(who, meeting) if not (line.item.exempt and request.GET.get("part") == "open")]
    came = list(rows(who, Attendance).filter(meeting_id=meeting.pk).select_related("organisation"))
    partnership = Partnership.objects.get(pk=who.partnership_id)
    made = document(
        meeting, lines, came, quorum(meeting, came), partnership=partnership.name, synthetic=partnership.synthetic
    )
    name = (
        f"{'minutes' if meeting.status in ('held', 'agreed') else 'agenda'}-{meeting.day}-{meeting.reference}.{ending}"
    )
    response = HttpResponse(_written(made, ending), content_type=WRITERS[ending])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _written(made: Any, ending: str) -> bytes:
    from wardwise.reports import pdf, word

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"meeting.{ending}"
        (word if ending == "docx" else pdf).write(made, path)
        return path.read_bytes()


def _form(request: HttpRequest, taken: Taken, meeting: Meeting) -> Any:
    named: dict[str, Any] = {}
    if issubclass(taken.form, ask.RecordForm):
        named["seen"] = meeting.version
    if taken.form is ask.Change:
        clock = f"{timezone.localtime(meeting.starts):%H:%M}"
        shown = {"first": meeting.day, "clock": clock, "place": meeting.place, "public": meeting.public}
        named["initial"] = shown
    if taken.form is ask.Came:
        named["initial"] = {"notes": meeting.notes}
        held = {one.organisation_id: one for one in rows(request.who, Attendance).filter(meeting_id=meeting.pk)}
        return ask.Came(_seats(request.who, meeting), held, request.POST or None, **named)
    return taken.form(request.POST or None, **named)


def _seats(who: Who, meeting: Meeting) -> list[tuple[Any, str]]:
    """Organisations with a seat on the day of the meeting, each with the post that fills it."""
    seats = rows(who, GroupMember).filter(on(meeting.day), group_id=meeting.group_id)
    found: dict[int, tuple[Any, str]] = {}
    for seat in seats.select_related("organisation", "membership__post"):
        post = seat.membership.post.title if seat.membership and seat.membership.post else ""
        if seat.organisation_id not in found or (post and not found[seat.organisation_id][1]):
            found[seat.organisation_id] = (seat.organisation, post)
    return list(found.values())
