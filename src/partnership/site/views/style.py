"""Every piece that pages are made of, on one page, for the people who build pages and the accessibility tests. Demo only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ...access.scope import NotThere
from ...audit.models import Event
from ...cases.journey import AlreadyDone, Changed, ReasonNeeded, Refused, WrongState
from ...organisations.forms import DayField, FilterForm, PageForm, UploadField
from ..errors import ANSWERS, bad_request, expired_form, fault, not_there, too_large

OWNERS = [("", "Choose one"), ("council", "Saltpool Council"), ("fire", "Saltpool Fire and Rescue Service")]


class EveryBox(PageForm):
    """One box of each kind."""

    title = forms.CharField(max_length=200)
    detail = forms.CharField(
        widget=forms.Textarea, max_length=300, required=False, help_text="What, where and by whom."
    )
    owner = forms.ChoiceField(choices=OWNERS, label="Organisation")
    due = DayField(label="Due date", earliest=date(2026, 4, 1), help_text="For example, 27 3 2027")
    tag = forms.ChoiceField(
        widget=forms.RadioSelect, choices=[("prevent", "Prevent"), ("protect", "Protect")], label="Kind of work"
    )
    told = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        choices=[("board", "The board"), ("scrutiny", "Scrutiny members")],
        label="Who has been told",
        required=False,
    )
    public = forms.BooleanField(label="The public may attend", required=False, help_text="The date is then published.")
    number = forms.IntegerField(
        label="Weeks between meetings", widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"})
    )
    email = forms.EmailField(label="E-mail address", required=False)
    secret = forms.CharField(widget=forms.PasswordInput, label="Password", required=False)
    paper = UploadField(label="Paper", required=False)


class Narrow(FilterForm):
    words = forms.CharField(label="Words")
    owner = forms.ChoiceField(choices=[("", "Any"), *OWNERS[1:]], label="Organisation")


@dataclass(frozen=True)
class Sample:
    """Stands in for a step offered on a page."""

    verb: str
    label: str


def style(request: HttpRequest) -> HttpResponse:
    """Sent with `?wrong=1` it shows every box with its error; with `?said=1`, a message."""
    wrong = {"title": "x" * 250, "due_day": "31", "due_month": "2", "due_year": "2027", "number": "many", "email": "no"}
    form = EveryBox(wrong, prefix="") if "wrong" in request.GET else EveryBox()
    if "said" in request.GET:
        messages.success(request, "Action recorded")
    context = {
        "form": form,
        "narrow": Narrow(request.GET or None, auto_id="narrow_%s"),
        "page": Paginator(range(200), 10).get_page(request.GET.get("page", 4)),
        "offered": [Sample("report-progress", "Report progress"), Sample("complete-action", "Record as done")],
    }
    return render(request, "site/style.html", context)


def error(request: HttpRequest, name: str) -> HttpResponse:
    """Each error page as people meet it."""
    event = Event(
        verb="change-action",
        subject="K7M2PQ4R",
        at=timezone.now(),
        acting_as="Community safety manager",
        facts={"changed": ["due", "owner"]},
    )
    direct = {
        "bad-request": bad_request,
        "expired-form": expired_form,
        "too-large": too_large,
        "fault": fault,
        "not-there": not_there,
    }
    if name in direct:
        return direct[name](request)
    raised = {
        "not-allowed": Refused("give-action"),
        "changed": Changed([event]),
        "moved-on": WrongState("done"),
        "reason-needed": ReasonNeeded("change-action"),
        "already-done": AlreadyDone(""),
    }.get(name, NotThere())
    return ANSWERS[type(raised)](request, raised)
