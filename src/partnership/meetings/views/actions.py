from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ...access.scope import one
from ...cases.journey import offered
from ..models import Action
from ..steps.actions import STEPS


@login_required
def page(request: HttpRequest, reference: str) -> HttpResponse:
    action = one(request.who, Action, reference)
    return render(request, "meetings/action.html", {"action": action, "steps": offered(action, request.who, STEPS)})
