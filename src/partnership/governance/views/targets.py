"""Setting and replacing targets, and watching measures or ceasing to."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ...access.rules import may
from ...access.scope import NotThere, one
from ...cases.journey import offered
from ...organisations.forms import PageForm
from ...organisations.roles import Permission
from ..models import Indicator, Target
from ..score_forms import IndicatorForm, ReasonForm, ReplaceForm, TargetForm
from ..steps import targets


@login_required
def add(request: HttpRequest, name: str) -> HttpResponse:
    """Watching another measure of the library. Its figures come with the next run."""
    if request.who is None or not request.who.has(Permission.KEEP_TARGETS) or name != "indicators":
        raise NotThere
    form = IndicatorForm(request.who, request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.take(targets.watch, by=request.who, **form.cleaned_data)
        if made:
            messages.success(request, "The measure is watched. Its figures come when figures are next brought.")
            return redirect("indicator", made.reference)
    facts = {
        "form": form,
        "title": targets.WATCH.label,
        "caption": "Indicators",
        "cancel": reverse("list", args=[name]),
    }
    return render(request, "page_form.html", facts)


@login_required
def target(request: HttpRequest, reference: str) -> HttpResponse:
    """One target: its value, its day, why that value, and the steps this person may take."""
    row = one(request.who, Target, reference)
    facts = {"target": row, "steps": offered(row, request.who, [targets.REPLACE])}
    return render(request, "governance/target.html", facts)


@login_required
def step(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """A step of an indicator: setting its target, or watching it no longer."""
    row: Indicator = one(request.who, Indicator, reference)
    if not may(request.who, targets.SET.permission, row):
        raise NotThere
    if verb == targets.SET.verb:
        form: PageForm = TargetForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            made = form.take(targets.set_target, row, by=request.who, **form.cleaned_data)
            if made:
                messages.success(request, "Target set.")
                return redirect("indicator", reference)
        return _form(request, form, targets.SET.label, row, "indicator", reference)
    if verb == targets.RETIRE.verb:
        form = ReasonForm(request.POST or None, seen=row.version)
        if (
            request.method == "POST"
            and form.is_valid()
            and form.take(targets.retire, row, by=request.who, **form.cleaned_data)
        ):
            messages.success(request, "This measure is no longer watched.")
            return redirect("indicator", reference)
        return _form(request, form, targets.RETIRE.label, row, "indicator", reference)
    raise NotThere


@login_required
def target_step(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """Putting another target in place of one."""
    row: Target = one(request.who, Target, reference)
    if verb != targets.REPLACE.verb or not may(request.who, targets.REPLACE.permission, row):
        raise NotThere
    form = ReplaceForm(
        request.POST or None, seen=row.version, initial={"side": row.side, "over_months": row.over_months}
    )
    if request.method == "POST" and form.is_valid():
        made = form.take(targets.replace, row, by=request.who, **form.cleaned_data)
        if made:
            messages.success(request, "The target is replaced. The earlier one is kept with its reason.")
            return redirect("indicator", row.indicator.reference)
    return _form(request, form, targets.REPLACE.label, row, "target", reference)


def _form(request: HttpRequest, form: PageForm, title: str, row: Any, name: str, reference: str) -> HttpResponse:
    facts = {"form": form, "title": title, "caption": str(row), "cancel": reverse(name, args=[reference])}
    return render(request, "page_form.html", facts)
