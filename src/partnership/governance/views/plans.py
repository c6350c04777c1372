"""The pages of a plan: what it holds and what the law still misses, its matrix, its difference from the plan it refreshes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ...access.rules import may
from ...access.scope import NotThere, one, rows
from ...cases.journey import offered
from ...organisations.models import Partnership
from ..models import Cause, Commitment, Milestone, Plan, Priority, Resource
from ..plan_contents import Held, check, checklist, difference, held
from ..plan_forms import BeginForm, CommitmentForm, MoveForm, PriorityForm, RefreshForm, ResourceForm, WordsForm
from ..steps import plans as steps

ADDED: dict[str, tuple[Any, Any, str]] = {
    "priority": (PriorityForm, Priority, "Add priority"),
    "commitment": (CommitmentForm, Commitment, "Add commitment"),
    "resource": (ResourceForm, Resource, "Add resources"),
}


def _held(request: HttpRequest, plan: Plan) -> Held:
    return held(plan, lambda model: rows(request.who, model))


@login_required
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """A plan: its state, what the law asks for, its priorities and commitments, its resources."""
    plan: Plan = one(request.who, Plan, reference)
    has = _held(request, plan)
    checks = check(plan, has)
    keeps = bool(may(request.who, "keep-plan", plan)) and plan.status in steps.OPEN.split()
    steps_ = [step for step in offered(plan, request.who, steps.STEPS) if step is not steps.WRITE]
    facts = {
        "plan": plan,
        "has": has,
        "checks": [(one_, plan.contents.get(one_.part.name, "")) for one_ in checks],
        "missing": sum(1 for one_ in checks if not one_.there),
        "checklist": checklist(plan),
        "strands": {strand.name: strand.label for strand in checklist(plan).strands},
        "keeps": keeps,
        "adds": list(ADDED.items()) if keeps else [],
        "steps": steps_,
        "pounds": f"£{sum((one_.pounds or 0) for one_ in has.resources):,.2f}".removesuffix(".00"),
        "before": plan.refresh_of and rows(request.who, Plan).filter(pk=plan.refresh_of_id).first(),
        "refreshes": rows(request.who, Plan).filter(refresh_of=plan),
        "may_refresh": plan.status == "approved" and bool(may(request.who, "keep-plan", plan)),
    }
    return render(request, "governance/plan.html", facts)


@login_required
def begin(request: HttpRequest, name: str) -> HttpResponse:
    partnership = Partnership.objects.filter(pk=request.who.partnership_id).first() if request.who else None
    if name != "plans" or partnership is None or not may(request.who, "keep-plan", partnership):
        raise NotThere
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.take(steps.begin, by=request.who, **form.cleaned_data)
        if made:
            return redirect("plan", made.reference)
    facts = {"form": form, "title": "Begin a plan", "cancel": reverse("list", args=[name])}
    return render(request, "page_form.html", facts)


@login_required
def refresh(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin the next plan from this one."""
    plan = _kept(request, reference)
    form = RefreshForm(request.POST or None, initial={"title": plan.title})
    if request.method == "POST" and form.is_valid():
        made = form.take(steps.refresh, plan, by=request.who, **form.cleaned_data)
        if made:
            messages.success(request, "The next plan is in draft, with all that this one says.")
            return redirect("plan", made.reference)
    return _form(request, form, "Begin the refresh", plan)


@login_required
def write(request: HttpRequest, reference: str, part: str) -> HttpResponse:
    """Write under one heading of the checklist."""
    plan = _kept(request, reference)
    asked = next(
        (one_ for one_ in checklist(plan).parts if one_.name == part and one_.check in {"text", "assessment"}), None
    )
    if asked is None:
        raise NotThere
    said = plan.assessment if asked.check == "assessment" else plan.contents.get(part, "")
    form = WordsForm(request.POST or None, seen=plan.version, initial={"words": said})
    form.fields["words"].label = asked.label
    if (
        request.method == "POST"
        and form.is_valid()
        and form.take(steps.write, plan, by=request.who, part=part, **form.cleaned_data)
    ):
        messages.success(request, "Written.")
        return redirect("plan", reference)
    return _form(request, form, "Write", plan, lead=asked.law)


@login_required
def add(request: HttpRequest, reference: str, part: str) -> HttpResponse:
    """Add a priority, a commitment or resources."""
    plan = _kept(request, reference)
    if part not in ADDED:
        raise NotThere
    kind, model, label = ADDED[part]
    form = kind(request.who, plan, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        once = given.pop("once")
        more = {"position": rows(request.who, Priority).filter(plan=plan).count() + 1} if model is Priority else {}
        of = {} if model is Resource else {"plan": plan}
        if form.take(steps.add, plan, model(**given, **more, **of), by=request.who, once=once):
            messages.success(request, f"{label}: done.")
            return redirect("plan", reference)
    return _form(request, form, label, plan)


@login_required
def step(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """A step of the plan's journey. What the law still misses is said above the form."""
    plan: Plan = one(request.who, Plan, reference)
    taken = next((one_ for one_ in steps.STEPS if one_.verb == verb and one_ is not steps.WRITE), None)
    if taken is None:
        raise NotThere
    form = MoveForm(request.POST or None, seen=plan.version, why=taken.reason)
    if (
        request.method == "POST"
        and form.is_valid()
        and form.take(steps.move, plan, taken, by=request.who, **form.cleaned_data)
    ):
        messages.success(request, f"{taken.label}: recorded.")
        return redirect("plan", reference)
    warning = "An approved plan cannot be changed. Begin a refresh instead." if taken is steps.APPROVE else ""
    return _form(request, form, taken.label, plan, warning=warning)


@login_required
def matrix(request: HttpRequest, reference: str) -> HttpResponse:
    """Which activity serves which issue, outcome and driver."""
    plan: Plan = one(request.who, Plan, reference)
    has = _held(request, plan)
    causes = list(rows(request.who, Cause).filter(activities__plan=plan).distinct())
    columns = [("issue", one_) for one_ in has.priorities] + [("outcome", one_) for one_ in has.outcomes]
    columns += [("driver", one_) for one_ in causes]
    lines = []
    for activity in has.activities:
        serves = {*activity.priorities.all(), *activity.outcomes.all(), *activity.causes.all()}
        lines.append((activity, [one_ in serves for _, one_ in columns]))
    heads = "|".join(["Activity", *(f"{kind.capitalize()}: {_plain(one_.name)}" for kind, one_ in columns)])
    counts = [sum(served[place] for _, served in lines) for place in range(len(columns))]
    facts = {"plan": plan, "heads": heads, "lines": lines, "counts": counts}
    return render(request, "governance/plan_matrix.html", facts)


def _plain(words: str) -> str:
    """A heading without the signs that the table tag reads."""
    return words.replace("|", "/").replace("=", " ").rstrip("#")


@login_required
def compare(request: HttpRequest, reference: str) -> HttpResponse:
    """What changed from the plan before."""
    plan: Plan = one(request.who, Plan, reference)
    before = rows(request.who, Plan).filter(pk=plan.refresh_of_id).first() if plan.refresh_of_id else None
    if before is None:
        raise NotThere
    found = difference(before, _held(request, before), plan, _held(request, plan))
    return render(request, "governance/plan_difference.html", {"plan": plan, "before": before, "found": found})


@login_required
def priority(request: HttpRequest, reference: str) -> HttpResponse:
    """One priority: why, what is proposed, who leads, what was promised and given."""
    found: Priority = one(request.who, Priority, reference)
    facts = {
        "priority": found,
        "commitments": rows(request.who, Commitment).filter(priority=found).select_related("organisation"),
        "milestones": rows(request.who, Milestone).filter(priority=found),
        "resources": rows(request.who, Resource).filter(priority=found).select_related("giver"),
        "strands": [strand.label for strand in checklist(found.plan).strands if strand.name in found.strands],
    }
    return render(request, "governance/priority.html", facts)


@login_required
def commitment(request: HttpRequest, reference: str) -> HttpResponse:
    found: Commitment = one(request.who, Commitment, reference)
    facts = {"commitment": found, "steps": offered(found, request.who, steps.COMMITMENT_STEPS)}
    return render(request, "governance/commitment.html", facts)


@login_required
def commitment_step(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    found: Commitment = one(request.who, Commitment, reference)
    taken = next((one_ for one_ in steps.COMMITMENT_STEPS if one_.verb == verb), None)
    if taken is None:
        raise NotThere
    form = MoveForm(request.POST or None, seen=found.version, why=taken.reason)
    if (
        request.method == "POST"
        and form.is_valid()
        and form.take(steps.commitment, found, taken, by=request.who, **form.cleaned_data)
    ):
        messages.success(request, f"{taken.label}: recorded.")
        return redirect("commitment", reference)
    facts = {"form": form, "title": taken.label, "lead": found.text, "cancel": reverse("commitment", args=[reference])}
    return render(request, "page_form.html", facts)


def _kept(request: HttpRequest, reference: str) -> Plan:
    """A plan that this person may write."""
    plan: Plan = one(request.who, Plan, reference)
    if not may(request.who, "keep-plan", plan):
        raise NotThere
    return plan


def _form(request: HttpRequest, form: Any, title: str, plan: Plan, **more: Any) -> HttpResponse:
    facts = {"form": form, "title": title, "caption": plan.title, "cancel": reverse("plan", args=[plan.reference])}
    return render(request, "page_form.html", {**facts, **more})
