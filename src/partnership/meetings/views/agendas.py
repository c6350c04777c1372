"""What people do with one item of an agenda, its papers and its decisions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from ...access.rules import may
from ...access.scope import NotThere, one, rows
from ...audit.record import record
from ...cases.journey import STEPS, Refused, offered
from ...organisations.forms import PageForm
from ...organisations.uploads import KINDS
from ..agenda import agenda
from ..forms import meetings as ask
from ..models import Action, AgendaItem, Decision, Paper
from ..steps import agendas as steps

SHOWN_BEFORE = ("title", "purpose", "lead", "minutes", "exempt")


@dataclass(frozen=True)
class Taken:
    """How one step looks on a page."""

    form: type[PageForm]
    take: Callable[..., Any]
    said: str


TAKEN = {
    "write-minute": Taken(ask.Minute, steps.minute, "Minute recorded."),
    "record-decision": Taken(ask.Decide, steps.decide, "Decision recorded. Give out its actions from here."),
    "lay-paper": Taken(ask.Lay, steps.lay, "Paper added."),
    "revise-agenda-item": Taken(ask.ChangeItem, steps.change_item, "Changes recorded."),
    "take-off-agenda": Taken(ask.Why, steps.take_off, "Item taken off the agenda."),
}


@login_required
def item(request: HttpRequest, reference: str) -> HttpResponse:
    """One item by itself, for whoever comes from a search."""
    who = request.who
    found: AgendaItem = one(who, AgendaItem, reference, status="open")
    lines = [line for line in agenda(who, found.meeting) if line.item.pk == found.pk]
    return render(request, "meetings/item.html", {"item": found, "meeting": found.meeting, "lines": lines})


@login_required
def item_step(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """The form of one step on an item, and the step."""
    who = request.who
    found: AgendaItem = one(who, AgendaItem, reference)
    taken = TAKEN.get(verb)
    if taken is None:
        raise NotThere
    if not may(who, STEPS[verb].permission, found):
        raise Refused(verb)
    named: dict[str, Any] = {"seen": found.version} if issubclass(taken.form, ask.RecordForm) else {}
    if taken.form is ask.ChangeItem:
        named["initial"] = {**{name: getattr(found, name) for name in SHOWN_BEFORE}, "place": found.position}
    if taken.form is ask.Minute:
        named["initial"] = {"note": found.note}
    form: Any = taken.form(request.POST or None, request.FILES or None, **named)
    meeting = found.meeting
    if request.method == "POST" and form.is_valid() and form.take(taken.take, found, by=who, **form.cleaned_data):
        messages.success(request, taken.said)
        return redirect(f"{reverse('meeting', args=[meeting.reference])}#item-{found.reference}")
    facts = {"form": form, "title": STEPS[verb].label, "caption": found.title}
    return render(request, "page_form.html", {**facts, "cancel": reverse("meeting", args=[meeting.reference])})


@login_required
def paper(request: HttpRequest, reference: str) -> HttpResponse:
    """What a paper is, where it was laid, and the way to its file."""
    found: Paper = one(request.who, Paper, reference, status="laid")
    facts = {
        "paper": found,
        "item": found.item,
        "kind": KINDS[found.kind][0],
        "steps": offered(found, request.who, [steps.WITHDRAW]),
    }
    return render(request, "meetings/paper.html", facts)


@login_required
def paper_file(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The file itself, always as a download. Taking an exempt one is recorded."""
    who = request.who
    found: Paper = one(who, Paper, reference, status="laid")
    if found.item.exempt:
        record(
            "take-exempt-paper",
            partnership_id=who.partnership_id,
            kind="paper",
            subject=found.reference,
            actor_id=who.user_id,
            acting_as=who.acting_as,
            facts={"paragraph": found.item.exempt},
        )
    file = found.file.open("rb")
    return FileResponse(file, as_attachment=True, filename=found.file_name, content_type=KINDS[found.kind][1])


@login_required
def paper_step(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """Taking a paper back."""
    found: Paper = one(request.who, Paper, reference, status="laid")
    if verb != steps.WITHDRAW.verb:
        raise NotThere
    if not may(request.who, steps.WITHDRAW.permission, found):
        raise Refused(verb)
    form = ask.Why(request.POST or None, seen=found.version)
    if (
        request.method == "POST"
        and form.is_valid()
        and form.take(steps.withdraw, found, by=request.who, **form.cleaned_data)
    ):
        messages.success(request, "Paper withdrawn.")
        return redirect("meeting", found.item.meeting.reference)
    facts = {"form": form, "title": steps.WITHDRAW.label, "caption": found.title}
    return render(request, "page_form.html", {**facts, "cancel": reverse("paper", args=[reference])})


@login_required
def decision(request: HttpRequest, reference: str) -> HttpResponse:
    """What was decided, why, and the actions given out from it."""
    who = request.who
    found: Decision = one(who, Decision, reference)
    facts = {
        "decision": found,
        "item": found.item,
        "meeting": found.item.meeting,
        "actions": rows(who, Action).filter(decision_id=found.pk).select_related("owner"),
        "gives": bool(may(who, "keep-actions", found.item.meeting.group)),
    }
    return render(request, "meetings/decision.html", facts)
