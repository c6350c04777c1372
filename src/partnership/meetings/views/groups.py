"""The structure of the partnership, the page of a group, and what people do with groups."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ...access.rules import may
from ...access.scope import NotThere, one, rows
from ...cases.journey import STEPS, Refused, offered
from ...organisations.forms import PageForm
from ...organisations.models import Partnership, on
from ...organisations.roles import Permission
from ..forms import groups as ask
from ..models import Action, Chairing, Group, GroupMember, Meeting, ReportsTo
from ..picture import draw
from ..steps import groups as steps
from ..structure import structure

SHOWN_BEFORE = (
    "name",
    "kind",
    "purpose",
    "cycle",
    "weeks_between",
    "quorum",
    "standing_items",
    "sunset",
    "open_to_partners",
)
OF_THE_GROUP = (ask.GiveSeat, ask.EndSeat, ask.ReportTo, ask.Close)
"""Forms whose choices depend on the group."""


@dataclass(frozen=True)
class Taken:
    """How one step looks on a page."""

    form: type[PageForm]
    take: Callable[..., Group]
    said: str
    warning: str = ""


TAKEN = {
    "change-group": Taken(ask.Change, steps.change, "Changes recorded."),
    "name-chair": Taken(ask.NameChair, steps.name_chair, "Chair recorded."),
    "give-seat": Taken(ask.GiveSeat, steps.give_seat, "Member added."),
    "end-seat": Taken(ask.EndSeat, steps.end_seat, "Membership ended."),
    "report-to": Taken(ask.ReportTo, steps.report_to, "Reporting line added."),
    "close-group": Taken(
        ask.Close,
        steps.close,
        "Group closed.",
        "Its seats, chair and reporting lines end today. It cannot be opened again.",
    ),
}


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Who reports to whom, as a picture and as a list."""
    who = _someone(request)
    shown = structure(who)
    ended = rows(who, Group).filter(status="closed").prefetch_related("successors").order_by("-valid_to", "name")
    keeps = who.has(Permission.KEEP_STRUCTURE)
    return render(request, "meetings/structure.html", {"structure": shown, "ended": ended, "keeps": keeps})


@login_required
def picture(request: HttpRequest) -> HttpResponse:
    """The structure as this person may know it, drawn."""
    drawn = draw(structure(_someone(request)), "Who reports to whom")
    return HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8")


@login_required
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """What a group is for, who sits on it and chairs it, whom it reports to, when it meets and what it has to do."""
    who = _someone(request)
    group: Group = one(who, Group, reference)
    asked = ask.OnDay(request.GET, auto_id="on_%s")
    day = asked.chosen().get("day", who.today)
    lines = rows(who, ReportsTo).filter(on(who.today))
    meetings = rows(who, Meeting).filter(group_id=group.pk)
    seats = rows(who, GroupMember).filter(on(day), group_id=group.pk)
    members = _seats(list(seats.select_related("organisation", "membership__post")))
    represented = any(seat.represents for seat in members)
    facts = {
        "group": group,
        "asked": asked,
        "members_on": f"Members on {day.day} {day:%B %Y}",
        "members": members,
        "represented": represented,
        "member_heads": f"Organisation{'|Represents' * represented}|Post|From|To",
        "chairs": rows(who, Chairing).filter(group_id=group.pk),
        "above": lines.filter(child_id=group.pk).select_related("parent"),
        "below": lines.filter(parent_id=group.pk).select_related("child").order_by("child__name"),
        "before": rows(who, Group).filter(successors=group.pk),
        "after": rows(who, Group).filter(predecessors=group.pk) if group.status == "closed" else (),
        "coming": meetings.filter(starts__date__gte=who.today, status__in=("planned", "called")).order_by("starts")[:4],
        "past": meetings.filter(status__in=("held", "agreed"))[:5],
        "actions": rows(who, Action).filter(group_id=group.pk, status="open").select_related("owner")[:8],
        "gives": group.status == "open" and bool(may(who, "keep-actions", group)),
        "plans": group.status == "open" and bool(may(who, "run-meetings", group)),
        "steps": offered(group, who, steps.STEPS),
    }
    return render(request, "meetings/group.html", facts)


@login_required
def step(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """The form of one step, and the step."""
    who = _someone(request)
    group: Group = one(who, Group, reference)
    taken = TAKEN.get(verb)
    if taken is None:
        raise NotThere
    if not may(who, STEPS[verb].permission, group):
        raise Refused(verb)
    form = _form(request, taken, group)
    if request.method == "POST" and form.is_valid() and form.take(taken.take, group, by=who, **form.cleaned_data):
        messages.success(request, taken.said)
        return redirect("group", reference)
    facts = {"form": form, "title": STEPS[verb].label, "caption": group.name, "warning": taken.warning}
    return render(request, "page_form.html", {**facts, "cancel": reverse("group", args=[reference])})


@login_required
def set_up(request: HttpRequest) -> HttpResponse:
    """A new group."""
    who = _someone(request)
    if not may(who, Permission.KEEP_STRUCTURE.value, Partnership.objects.get(pk=who.partnership_id)):
        raise Refused("set-up-group")
    form = ask.SetUp(request.POST or None, initial={"quorum": 0, "open_to_partners": True})
    if request.method == "POST" and form.is_valid():
        made = form.take(steps.set_up, by=who, **form.cleaned_data)
        if made:
            messages.success(request, "Group set up. Add its members and its chair.")
            return redirect("group", made.reference)
    facts = {"form": form, "title": steps.SET_UP.label, "cancel": reverse("groups")}
    return render(request, "page_form.html", facts)


def _seats(found: list[GroupMember]) -> list[GroupMember]:
    """Seats as people count them: an organisation's own seat is left out where a post of it fills one."""
    filled = {seat.organisation_id for seat in found if seat.membership_id}
    return [seat for seat in found if seat.membership_id or seat.represents or seat.organisation_id not in filled]


def _form(request: HttpRequest, taken: Taken, group: Group) -> Any:
    named: dict[str, Any] = {}
    if issubclass(taken.form, ask.RecordForm):
        named["seen"] = group.version
    if taken.form is ask.Change:
        named["initial"] = {name: getattr(group, name) for name in SHOWN_BEFORE}
    given = (request.who, group) if issubclass(taken.form, OF_THE_GROUP) else ()
    return taken.form(*given, request.POST or None, **named)


def _someone(request: HttpRequest) -> Any:
    """The person's standing; without one there is nothing here for them."""
    if not request.who:
        raise NotThere
    return request.who
