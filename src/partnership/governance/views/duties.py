"""The calendar of duties, each duty with its law, each occasion with its evidence, the report of returns, and the feed."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from wardwise.definitions.duties import Duty, duties

from ...access.scope import NotThere, one, rows
from ...access.who import Who, who
from ...cases.journey import offered
from ...organisations.models import Partnership, User
from ...organisations.roles import Permission
from .. import calendar
from ..duty_forms import EvidenceForm, MeetForm, MoveForm, StartForm, WhyForm, YearForm
from ..models import DutyDue
from ..steps import duties as steps

FEED, FEED_DAYS = "duties-feed", 400
"""What a feed's link is signed for, and how many days it works: one year and a little."""


def _taking_part(asked: Who | None) -> Who:
    if asked is None or not (asked.has(Permission.SEE_RECORDS) or asked.has(Permission.ASK_QUESTIONS)):
        raise NotThere
    return asked


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """A year's duties by month or by organisation; what is late stands first."""
    asked = _taking_part(request.who)
    this = calendar.year_of(asked.today)
    year = _year(request.GET.get("year", ""), this)
    by = "organisation" if request.GET.get("by") == "organisation" else "month"
    found = calendar.lines(asked, year)
    facts = {
        "late": [_shown(line) for line in calendar.late(asked)],
        "groups": _grouped(found, by),
        "by": by,
        "year": year,
        "year_words": f"{year}-{(year + 1) % 100:02d}",
        "years": [(one, f"{one}-{(one + 1) % 100:02d}") for one in range(this - 2, this + 2)],
        "keeps": asked.has(Permission.KEEP_DUTIES),
        "feed": reverse("duties-feed", args=[_token(asked)]) if asked.user_id else "",
    }
    return render(request, "governance/duties.html", facts)


def _year(given: str, this: int) -> int:
    return int(given) if given.isdecimal() and this - 20 <= int(given) <= this + 5 else this


def _shown(line: calendar.Line) -> dict[str, Any]:
    return {"line": line, "url": reverse(line.url_name, args=[line.reference])}


def _grouped(found: list[calendar.Line], by: str) -> list[tuple[str, list[dict[str, Any]]]]:
    def key(line: calendar.Line) -> str:
        return line.owner if by == "organisation" else f"{line.due:%B %Y}"

    ordered = sorted(found, key=key) if by == "organisation" else found
    return [(name, [_shown(line) for line in group]) for name, group in groupby(ordered, key)]


@login_required
def law(request: HttpRequest) -> HttpResponse:
    """Every declared duty with its law, and whether somebody has read that law."""
    _taking_part(request.who)
    told = sorted(duties().values(), key=lambda duty: (duty.kind != "statute", duty.title))
    unchecked = sum(1 for duty in told if not duty.checked)
    return render(request, "governance/duties_law.html", {"duties": told, "unchecked": unchecked})


@login_required
def about(request: HttpRequest, name: str) -> HttpResponse:
    """One duty: what the law asks, of whom, and every occasion of it."""
    asked, duty = _taking_part(request.who), _duty(name)
    found = rows(asked, DutyDue).filter(duty=duty.duty).select_related("owner").order_by("-due", "item", "id")[:300]
    occasions = [(row, calendar.state(row, asked.today)) for row in found]
    starts = duty.when.every == "event" and asked.has(Permission.KEEP_DUTIES)
    return render(request, "governance/duty.html", {"duty": duty, "occasions": occasions, "starts": starts})


@login_required
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """One occasion of a duty: law, evidence, and what may be recorded."""
    row: DutyDue = one(request.who, DutyDue, reference)
    declared = duties().get(row.duty)
    slots = declared.evidence if declared else ()
    facts = {
        "row": row,
        "duty": declared,
        "title": calendar.title(row.duty),
        "state": calendar.state(row, request.who.today),
        "slots": [(slot, row.evidence.get(slot.name, "")) for slot in slots],
        "days_late": max((row.met_on - row.due).days, 0) if row.met_on else 0,
        "steps": offered(row, request.who, steps.STEPS),
    }
    return render(request, "governance/duty_due.html", facts)


def _meet(row: DutyDue, form: Any, by: Who, **more: Any) -> Any:
    return form.take(steps.meet, row, by=by, met_on=form.cleaned_data["met_on"], evidence=form.evidence(), **more)


def _record(row: DutyDue, form: Any, by: Who, **more: Any) -> Any:
    return form.take(steps.record_evidence, row, by=by, evidence=form.evidence(), **more)


def _with(step: Callable[..., Any], *names: str) -> Callable[..., Any]:
    def taken(row: DutyDue, form: Any, by: Who, **more: Any) -> Any:
        return form.take(step, row, by=by, **{name: form.cleaned_data[name] for name in names}, **more)

    return taken


TAKEN: dict[str, tuple[Any, Callable[..., Any]]] = {
    steps.MEET.verb: (MeetForm, _meet),
    steps.EVIDENCE.verb: (EvidenceForm, _record),
    steps.FAIL.verb: (WhyForm, _with(steps.fail, "reason")),
    steps.REOPEN.verb: (WhyForm, _with(steps.reopen, "reason")),
    steps.MOVE.verb: (MoveForm, _with(steps.change, "reason", "due", "owner")),
}
"""The form of each step, and how its answers are handed on."""


@login_required
def step(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    row: DutyDue = one(request.who, DutyDue, reference)
    if verb not in TAKEN:
        raise NotThere
    kind, take = TAKEN[verb]
    first = {EvidenceForm: [row], MeetForm: [row], MoveForm: [request.who]}.get(kind, [])
    starts = {"due": row.due, "owner": row.owner_id}
    form = kind(*first, request.POST or None, seen=row.version, initial=starts)
    if request.method == "POST" and form.is_valid():
        more = {"seen": form.cleaned_data["seen"], "once": form.cleaned_data["once"]}
        if take(row, form, request.who, **more):
            messages.success(request, "Recorded.")
            return redirect("dutydue", reference)
    label = next(one.label for one in steps.STEPS if one.verb == verb)
    facts = {"form": form, "title": label, "caption": calendar.title(row.duty), "lead": row.item}
    return render(request, "page_form.html", {**facts, "cancel": reverse("dutydue", args=[reference])})


@login_required
def start(request: HttpRequest, name: str) -> HttpResponse:
    """Something happened that this duty counts from."""
    duty = _duty(name)
    if duty.when.every != "event" or not _taking_part(request.who).has(Permission.KEEP_DUTIES):
        raise NotThere
    form = StartForm(duty, request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.take(steps.start_clock, duty, by=request.who, **form.cleaned_data)
        if made:
            messages.success(request, "The clock is running.")
            return redirect("dutydue", made.reference)
    facts = {"form": form, "title": "Start the clock", "caption": duty.title, "cancel": reverse("duty", args=[name])}
    return render(request, "page_form.html", facts)


@login_required
def set_year(request: HttpRequest) -> HttpResponse:
    """Put a year's duties in the calendar."""
    asked = _taking_part(request.who)
    if not asked.has(Permission.KEEP_DUTIES):
        raise NotThere
    this = calendar.year_of(asked.today)
    form = YearForm(this, request.POST or None, initial={"year": this + 1})
    if request.method == "POST" and form.is_valid():
        made = steps.set_year(by=asked, year=form.cleaned_data["year"])
        messages.success(request, f"{made} days set. Those that were there are as they were.")
        return redirect(f"{reverse('duties')}?year={form.cleaned_data['year']}")
    facts = {
        "form": form,
        "title": "Set the days of a year",
        "lead": "Every duty in force gets its days. Days that are there already are left as they are.",
        "button": "Set the days",
        "cancel": reverse("duties"),
    }
    return render(request, "page_form.html", facts)


@login_required
def returns(request: HttpRequest) -> HttpResponse:
    """How the quarterly returns came in, by data set and provider."""
    asked = _taking_part(request.who)
    this = calendar.year_of(asked.today)
    year = _year(request.GET.get("year", ""), this)
    quarters, found, punctual = calendar.returns(asked, year)
    facts = {
        "quarters": quarters,
        "heads": "|".join(["Data set", "Provider", *quarters]),
        "returns": found,
        "punctual": punctual,
        "year_words": f"{year}-{(year + 1) % 100:02d}",
        "years": [(one, f"{one}-{(one + 1) % 100:02d}") for one in range(this - 2, this + 2)],
        "year": year,
    }
    return render(request, "governance/returns.html", facts)


def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar for another program, by a signed link. It shows what its person may see today, and nothing once they left."""
    try:
        told = signing.loads(token, salt=FEED, max_age=FEED_DAYS * 86_400)
    except signing.BadSignature:
        raise NotThere from None
    user = User.objects.filter(pk=told["u"]).first()
    partnership = Partnership.objects.filter(pk=told["p"]).first()
    today = timezone.localdate()
    asked = who(user, partnership, today) if user and partnership else None
    year = calendar.year_of(today)
    found = [line for at in (year, year + 1) for line in calendar.lines(_taking_part(asked), at)]
    open_ = [line for line in found if line.state in {"late", "due", "to-come"}]

    def address(line: calendar.Line) -> str:
        return request.build_absolute_uri(reverse(line.url_name, args=[line.reference]))

    text = calendar.icalendar(f"{partnership}: duties", open_, address, f"{timezone.now():%Y%m%dT%H%M%SZ}")
    return HttpResponse(
        text, content_type="text/calendar; charset=utf-8", headers={"Cache-Control": "private, no-store"}
    )


def _token(asked: Who) -> str:
    return signing.dumps({"u": asked.user_id, "p": asked.partnership_id}, salt=FEED)


def _duty(name: str) -> Duty:
    found = duties().get(name)
    if found is None:
        raise NotThere
    return found
