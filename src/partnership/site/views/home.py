"""The home page: what I must do."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ...access.scope import rows
from ...meetings.models import Action, Meeting


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Actions of my organisation by due date, and the next meetings I may see."""
    who = request.who
    mine = (
        rows(who, Action)
        .filter(status="open", owner_id__in=who.organisations if who else [])
        .select_related("owner", "group")
    )
    meetings = rows(who, Meeting).filter(status="called").select_related("group").order_by("starts")
    return render(
        request, "site/home.html", {"actions": mine[:20], "meetings": meetings[:5], "today": who and who.today}
    )
