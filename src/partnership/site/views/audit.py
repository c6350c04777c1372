"""Who did what, as sentences, for those who may read it: filtered, and as a file."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from ...access.scope import NotThere, rows
from ...access.who import Who
from ...audit.models import Event
from ...audit.record import record
from ...audit.sentences import sentence
from ...cases.journey import STEPS
from ...organisations.forms import DayField, FilterForm
from ...organisations.models import Membership
from ...organisations.roles import Permission
from .lists import _Echo, cell

SIZE = 50
MOST = 50_000
OTHER = {
    "sign-in": "{who} signed in",
    "export-list": "{who} took out the list “{what}” as a file",
    "export-audit": "{who} took out the record of who did what as a file",
}
"""Sentences of what is not a step of a record."""


class EventFilter(FilterForm):
    """People are chosen by the reference of their membership: no name stands in an address."""

    person = forms.ChoiceField(label="Who")
    kind = forms.ChoiceField(label="What it was done to")
    reference = forms.CharField(label="Reference of a record", max_length=40)
    since = DayField(label="From")
    until = DayField(label="To")

    def __init__(self, who: Who, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        members = Membership.objects.filter(partnership_id=who.partnership_id).select_related("user")
        people = [(one.reference, one.user.name) for one in members.order_by("user__name", "id")]
        kinds = rows(who, Event).order_by("kind").values_list("kind", flat=True).distinct()
        self.fields["person"].choices = [("", "Anybody"), *people]
        self.fields["kind"].choices = [("", "Anything"), *((kind, kind.capitalize()) for kind in kinds)]

    def found(self, who: Who) -> QuerySet[Event]:
        """The events that fit, newest first."""
        given = self.chosen()
        events = rows(who, Event)
        if person := given.get("person"):
            events = events.filter(actor__memberships__reference=person)
        if kind := given.get("kind"):
            events = events.filter(kind=kind)
        if reference := given.get("reference"):
            events = events.filter(subject=reference.strip())
        if since := given.get("since"):
            events = events.filter(at__gte=timezone.make_aware(datetime.combine(since, time.min)))
        if until := given.get("until"):
            events = events.filter(at__lte=timezone.make_aware(datetime.combine(until, time.max)))
        return events.select_related("actor").order_by("-sequence")


@login_required
def page(request: HttpRequest) -> HttpResponse:
    """Events as sentences, fifty at a time."""
    who = _reader(request)
    form = EventFilter(who, request.GET)
    number = min(max(int(request.GET["page"]) if request.GET.get("page", "").isdecimal() else 1, 1), 10_000)
    start = (number - 1) * SIZE
    found = list(form.found(who)[start : start + SIZE + 1])
    said = words()
    told = [(event, sentence(event, said)) for event in found[:SIZE]]
    facts = {"form": form, "told": told, "page": number, "more": len(found) > SIZE}
    return render(request, "site/audit.html", facts | {"before": number - 1, "after": number + 1})


@login_required
def export(request: HttpRequest) -> HttpResponse:
    """The events that fit, as a CSV file. Taking it out is itself on record."""
    who = _reader(request)
    found = list(EventFilter(who, request.GET).found(who)[:MOST])
    record(
        "export-audit",
        partnership_id=who.partnership_id,
        kind="audit",
        subject="audit",
        actor_id=who.user_id,
        acting_as=who.acting_as,
        facts={"rows": len(found)},
    )
    response = StreamingHttpResponse(_csv(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="who-did-what-{who.today}.csv"'
    return response


def words() -> dict[str, str]:
    """The sentence of each verb."""
    return {verb: step.said for verb, step in STEPS.items()} | OTHER


def _csv(events: list[Event]) -> Iterator[str]:
    writer, said = csv.writer(_Echo()), words()
    heads = [
        "Number",
        "When",
        "Who",
        "Acting as",
        "What happened",
        "Step",
        "Kind",
        "Reference",
        "Reason",
        "Facts",
        "Mark",
    ]
    yield "\ufeff" + writer.writerow(heads)
    for event in events:
        told = [
            event.sequence,
            event.at,
            event.actor.name if event.actor else "",
            event.acting_as,
            sentence(event, said),
            event.verb,
            event.kind,
            event.subject,
            event.reason,
            json.dumps(event.facts, ensure_ascii=False, sort_keys=True),
            event.hash,
        ]
        yield writer.writerow([cell(value) for value in told])


def _reader(request: HttpRequest) -> Who:
    who: Who | None = request.who or None
    if who is None or not who.has(Permission.READ_AUDIT):
        raise NotThere
    return who
