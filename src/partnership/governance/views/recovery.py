"""Recovery plans: what failed, what is done, and whether the exit test holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ...access.of_insight import audience_of
from ...access.rules import may
from ...access.scope import NotThere, one, rows
from ...cases.journey import Step, offered
from ...meetings.models import Decision
from ...organisations.forms import PageForm
from ..board import actions_of
from ..models import RecoveryPlan
from ..score_forms import AgreeForm, ProposeForm, ReasonForm, SeenForm
from ..steps import recovery


@login_required
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """One recovery plan. The button that closes it is there only when the exit test holds."""
    plan: RecoveryPlan = one(request.who, RecoveryPlan, reference)
    holds, said = recovery.exit_test(plan, request.who.today, audience_of(request.who))
    steps = offered(plan, request.who, recovery.STEPS)
    facts = {
        "plan": plan,
        "holds": holds,
        "test": said,
        "actions": actions_of(request.who, [plan]).get(plan.pk, []),
        "steps": [step for step in steps if holds or step is not recovery.CLOSE],
        "decision": rows(request.who, Decision).filter(pk=plan.decision_id).first() if plan.decision_id else None,
        "withheld": bool(plan.redacted),
    }
    return render(request, "governance/recovery.html", facts)


@login_required
def step(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """One step of a recovery plan."""
    plan: RecoveryPlan = one(request.who, RecoveryPlan, reference)
    taken = FORMS.get(verb)
    if taken is None or not may(request.who, taken[0].permission, plan):
        raise NotThere
    declared, act, make = taken
    form = make(request, plan)
    if request.method == "POST" and form.is_valid() and form.take(act, plan, by=request.who, **form.cleaned_data):
        messages.success(request, f"{declared.label}: recorded.")
        return redirect("recoveryplan", reference)
    facts = {
        "form": form,
        "title": declared.label,
        "caption": str(plan),
        "cancel": reverse("recoveryplan", args=[reference]),
    }
    return render(request, "page_form.html", facts)


def _propose(request: HttpRequest, plan: RecoveryPlan) -> PageForm:
    held = {"lead": plan.lead_id, "cause": plan.cause, "resources": plan.resources}
    chosen = list(plan.actions.values_list("pk", flat=True))
    return ProposeForm(request.who, request.POST or None, seen=plan.version, initial={**held, "actions": chosen})


def _agree(request: HttpRequest, plan: RecoveryPlan) -> PageForm:
    return AgreeForm(request.who, request.POST or None, seen=plan.version)


def _seen(request: HttpRequest, plan: RecoveryPlan) -> PageForm:
    return SeenForm(request.POST or None, seen=plan.version)


def _reason(request: HttpRequest, plan: RecoveryPlan) -> PageForm:
    return ReasonForm(request.POST or None, seen=plan.version)


FORMS: dict[str, tuple[Step, Callable[..., Any], Callable[[HttpRequest, RecoveryPlan], PageForm]]] = {
    step_.verb: (step_, act, make)
    for step_, act, make in (
        (recovery.PROPOSE, recovery.propose, _propose),
        (recovery.AGREE, recovery.agree, _agree),
        (recovery.TEST, recovery.begin_test, _seen),
        (recovery.CLOSE, recovery.close, _seen),
        (recovery.BACK, recovery.take_back, _reason),
        (recovery.SET_ASIDE, recovery.set_aside, _reason),
    )
}
"""What each step does and the form that asks for it."""
