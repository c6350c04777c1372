"""What people are told when something cannot be done: one page for each reason, from one place. None repeats the request,
save the 409, which keeps a person's own words for them to copy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string

from ..access.scope import NotThere
from ..audit.models import Event
from ..audit.sentences import sentence
from ..cases.journey import STEPS, AlreadyDone, Changed, ReasonNeeded, Refused, WrongState
from .navigation import page_of

Answer = Callable[[HttpRequest, Exception], HttpResponse]
LARGEST = 25_000_000
"""Bytes of one request: the largest paper (20MB) with room for the rest of its form. nginx is told the same."""
OWN_FORMS_FIELDS = {"csrfmiddlewaretoken", "once", "seen"}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's 400: an address or a form that no page of ours makes."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return _page(request, "bad_request", 400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "not_allowed", 403)


def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's own proof has gone: signed out meanwhile, or the page lay open too long."""
    return _page(request, "expired_form", 403)


def not_there(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same page for what is missing and for what this person may not see."""
    return _page(request, "not_there", 404)


def too_large(request: HttpRequest) -> HttpResponse:
    return _page(request, "too_large", 413, most=LARGEST // 1_000_000)


def fault(request: HttpRequest) -> HttpResponse:
    """Ours to mend. Asks nothing of the database, which may be what failed."""
    return HttpResponse(render_to_string("errors/fault.html"), status=500)


def changed(request: HttpRequest, error: Changed) -> HttpResponse:
    """Somebody changed the record meanwhile: what they did, and what this person typed."""
    verbs = {verb: step.said for verb, step in STEPS.items()}
    said = [
        {"words": sentence(event, verbs), "at": event.at, "fields": event.facts.get("changed", [])}
        for event in error.events
    ]
    return _page(request, "changed", 409, changes=said, kept=_typed(request), again=request.path)


def moved_on(request: HttpRequest, error: WrongState) -> HttpResponse:
    return _page(request, "moved_on", 409, status_now=error.state, kept=_typed(request), again=request.path)


def already_done(request: HttpRequest, error: AlreadyDone) -> HttpResponse:
    """The form came twice: on to the record that the first one made or moved."""
    event = Event.objects.filter(subject=error.reference).order_by("-sequence").first()
    url = page_of(event.kind, error.reference) if event else ""
    if not url:
        return _page(request, "already_done", 409)
    messages.success(request, "Recorded. The form was sent twice and acted on once.")
    return HttpResponseRedirect(url, status=303)


ANSWERS: dict[type[Exception], Answer] = {
    NotThere: not_there,
    Refused: not_allowed,
    WrongState: moved_on,  # type: ignore[dict-item]
    Changed: changed,  # type: ignore[dict-item]
    AlreadyDone: already_done,  # type: ignore[dict-item]
    ReasonNeeded: lambda request, error: _page(request, "reason_needed", 400, kept=_typed(request), again=request.path),
}


def answers(next_step: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Refuses what is too large before it is read, and turns what our steps raise into its page."""

    def handle(request: HttpRequest) -> HttpResponse:
        return too_large(request) if _length(request) > LARGEST else next_step(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        answer = ANSWERS.get(type(exception))
        return answer(request, exception) if answer else None

    handle.process_exception = process_exception  # type: ignore[attr-defined]
    return handle


def _length(request: HttpRequest) -> int:
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isdecimal() else 0


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """A person's own words, under the name of each box. Never a secret."""
    return [
        (name.replace("_", " ").replace("-", " ").capitalize(), value)
        for name, values in request.POST.lists()
        if name not in OWN_FORMS_FIELDS and "password" not in name and "code" not in name
        for value in values
        if value.strip()
    ]


def _page(request: HttpRequest, name: str, status: int, **context: Any) -> HttpResponse:
    response = render(request, f"errors/{name}.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
