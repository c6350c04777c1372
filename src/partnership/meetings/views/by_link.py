"""Reporting progress by the link in a reminder. Opening the page changes nothing; sending its form does, once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from ...audit.models import Event
from ...cases.journey import AlreadyDone
from ..forms.actions import Report
from ..links import LinkEnded, Opened, opened
from ..steps import actions


@never_cache
def report(request: HttpRequest, given: str) -> HttpResponse:
    """The form, and what is said once it is sent, used before, or ended."""
    try:
        link = opened(given, timezone.localdate())
    except LinkEnded:
        return render(request, "meetings/link_ended.html", {"why": "ended"}, status=410)
    if _used(link):
        return render(request, "meetings/link_ended.html", {"why": "used"}, status=410)
    form = Report(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("text", "evidence")}
        try:
            if form.take(actions.report, link.action, by=link.by, once=link.once, **said):
                return render(request, "meetings/link_ended.html", {"why": "thanks"})
        except AlreadyDone:
            return render(request, "meetings/link_ended.html", {"why": "used"}, status=410)
    shown = f"Exempt action {link.action.reference}" if link.action.exempt else link.action.title
    lead = f"Due {link.action.due.day} {link.action.due:%B %Y}. {link.action.group}."
    facts = {"form": form, "title": "Report progress", "caption": shown, "lead": lead}
    return render(request, "page_form.html", facts)


def _used(link: Opened) -> bool:
    return Event.objects.filter(once=link.once).exists()
