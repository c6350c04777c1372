"""The page of an action, and what people do with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ...access.rules import READ, may
from ...access.scope import NotThere, one, rows
from ...access.who import Who
from ...audit.models import Event
from ...audit.sentences import sentence
from ...cases.journey import STEPS, Refused, offered
from ...organisations.forms import PageForm
from ..forms import actions as ask
from ..models import Action, Decision, Group, Progress
from ..steps import actions as steps

SHOWN_BEFORE = ("title", "owner", "lead", "due", "detail", "tag", "threat", "tactic", "exempt")


@dataclass(frozen=True)
class Taken:
    """How one step looks on a page: its form, the step itself, and what is said when it is done."""

    form: type[PageForm]
    take: Callable[..., Action]
    said: str


TAKEN = {
    "report-progress": Taken(ask.Report, steps.report, "Progress recorded."),
    "complete-action": Taken(ask.Complete, steps.complete, "Action recorded as done."),
    "hand-down-action": Taken(ask.HandDown, steps.hand_down, "Part given out."),
    "change-action": Taken(ask.Change, steps.change, "Changes recorded."),
    "withdraw-action": Taken(ask.Why, steps.withdraw, "Action withdrawn."),
    "reopen-action": Taken(ask.Why, steps.reopen, "Action opened again."),
}


@login_required
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """What is to be done, by whom and when; how it is going; its parts; and the steps this person may take."""
    who = request.who
    action: Action = one(who, Action, reference)
    inside = bool(may(who, READ, action))
    facts = {
        "action": action,
        "group": rows(who, Group).filter(pk=action.group_id).first(),
        "decision": rows(who, Decision)
        .filter(pk=action.decision_id)
        .select_related("item", "item__meeting__group")
        .first()
        if action.decision_id
        else None,
        "whole": rows(who, Action).filter(pk=action.handed_down_id).first() if action.handed_down_id else None,
        "parts": rows(who, Action).filter(handed_down_id=action.pk).select_related("owner", "group"),
        "progress": rows(who, Progress).filter(action_id=action.pk).select_related("organisation", "by__post"),
        "inside": inside,
        "late": action.late(who.today),
        "days_late": (who.today - action.due).days,
        "history": _history(action) if inside else [],
        "steps": offered(action, who, steps.STEPS),
    }
    return render(request, "meetings/action.html", facts)


@login_required
def step(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """The form of one step, and the step."""
    who = request.who
    action: Action = one(who, Action, reference)
    taken = TAKEN.get(verb)
    if taken is None:
        raise NotThere
    if not may(who, STEPS[verb].permission, action):
        raise Refused(verb)
    form = _form(taken, who, action, request)
    if request.method == "POST" and form.is_valid():
        done = form.take(taken.take, action, by=who, **form.cleaned_data)
        if done:
            messages.success(request, taken.said)
            return redirect("action", done.reference)
    return _page(request, form, STEPS[verb].label, action.title, reverse("action", args=[reference]))


@login_required
def give(request: HttpRequest, reference: str) -> HttpResponse:
    """A group gives out an action."""
    return _give(request, one(request.who, Group, reference))


@login_required
def give_from(request: HttpRequest, reference: str) -> HttpResponse:
    """An action that follows from a decision, given out by the group that decided."""
    decision: Decision = one(request.who, Decision, reference)
    return _give(request, decision.item.meeting.group, decision)


def _give(request: HttpRequest, group: Group, decision: Decision | None = None) -> HttpResponse:
    if not may(request.who, steps.GIVE.permission, group):
        raise Refused(steps.GIVE.verb)
    start = {"exempt": decision.item.exempt} if decision else {}
    form = ask.Give(request.who, request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        given = form.take(steps.give, group, by=request.who, decision=decision, **form.cleaned_data)
        if given:
            messages.success(request, "Action given out.")
            return redirect("action", given.reference)
    back = decision.item.meeting if decision else group
    return _page(request, form, "Give out action", group.name, reverse(back._meta.model_name, args=[back.reference]))


def _form(taken: Taken, who: Who, action: Action, request: HttpRequest) -> PageForm:
    named: dict[str, Any] = {}
    if issubclass(taken.form, ask.RecordForm):
        named["seen"] = action.version
    if taken.form is ask.Change:
        named["initial"] = {name: getattr(action, name) for name in SHOWN_BEFORE}
    if taken.form is ask.HandDown:
        named["initial"] = {"group": action.group_id, "tag": action.tag, "exempt": action.exempt}
    given = (who, request.POST or None) if issubclass(taken.form, ask.Facts) else (request.POST or None,)
    return taken.form(*given, **named)


def _page(request: HttpRequest, form: PageForm, title: str, caption: str, cancel: str) -> HttpResponse:
    return render(request, "page_form.html", {"form": form, "title": title, "caption": caption, "cancel": cancel})


def _history(action: Action) -> list[tuple[Any, str]]:
    said = {verb: one.said for verb, one in STEPS.items()}
    events = Event.objects.filter(partnership_id=action.partnership_id, subject=action.reference)
    return [(event.at, sentence(event, said)) for event in events.select_related("actor").order_by("sequence")]
