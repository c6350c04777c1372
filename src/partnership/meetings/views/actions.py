from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ...access.redact import redact
from ...access.scope import one, rows
from ...cases.journey import offered
from ..models import Action
from ..steps.actions import STEPS


@login_required
def listing(request: HttpRequest) -> HttpResponse:
    actions = redact(request.who, rows(request.who, Action).select_related("owner", "group")[:50])
    return render(request, "meetings/actions.html", {"actions": actions})


@login_required
def page(request: HttpRequest, reference: str) -> HttpResponse:
    action = one(request.who, Action, reference)
    return render(request, "meetings/action.html", {"action": action, "steps": offered(action, request.who, STEPS)})
