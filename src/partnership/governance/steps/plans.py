"""What people do with a plan: begin, write, add its parts, consult, make ready, approve, refresh; and keep its commitments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from ...access.who import Who
from ...cases import journey
from ...organisations.models import Partnership, Record
from ..models import Activity, Commitment, Milestone, Outcome, Plan, Priority, Resource
from ..plan_contents import check, held

P = TypeVar("P", bound=Record)
OPEN = "draft consulting"
"""States in which a plan is still written."""

BEGIN = journey.step("begin-plan", "Begin a plan", "keep-plan", "{who} began plan {what}", to="draft")
WRITE = journey.step("write-plan", "Write", "keep-plan", "{who} wrote in plan {what}", sources=OPEN)
CONSULT = journey.step(
    "consult-plan",
    "Put out to consultation",
    "keep-plan",
    "{who} put plan {what} out to consultation",
    sources="draft",
    to="consulting",
)
READY = journey.step(
    "ready-plan",
    "Record as ready",
    "keep-plan",
    "{who} recorded plan {what} as ready",
    sources="consulting",
    to="ready",
)
REOPEN = journey.step(
    "reopen-plan",
    "Back to draft",
    "keep-plan",
    "{who} took plan {what} back to draft",
    sources="consulting ready",
    to="draft",
    reason=True,
)
APPROVE = journey.step(
    "approve-plan", "Approve plan", "approve-plan", "{who} approved plan {what}", sources="ready", to="approved"
)
SUPERSEDE = journey.step(
    "supersede-plan",
    "Record as superseded",
    "approve-plan",
    "{who} recorded plan {what} as superseded",
    sources="approved",
    to="superseded",
    reason=True,
)
BRING = journey.step(
    "bring-plan",
    "Keep as a plan of the past",
    "keep-plan",
    "{who} kept plan {what} as a plan of the past",
    sources="draft",
    to="superseded",
    reason=True,
)
STEPS = [CONSULT, READY, APPROVE, WRITE, REOPEN, SUPERSEDE, BRING]
"""In the order a page offers them."""

ADD = {
    Priority: journey.step("add-priority", "Add priority", "keep-plan", "{who} added priority {what}", to="set"),
    Outcome: journey.step("add-outcome", "Add outcome", "keep-plan", "{who} added outcome {what}", to="set"),
    Activity: journey.step("add-activity", "Add activity", "keep-plan", "{who} added activity {what}", to="set"),
    Commitment: journey.step(
        "add-commitment", "Add commitment", "keep-plan", "{who} added commitment {what}", to="promised"
    ),
    Milestone: journey.step("add-milestone", "Add milestone", "keep-plan", "{who} added milestone {what}", to="ahead"),
    Resource: journey.step("add-resource", "Add resources", "keep-plan", "{who} added resources {what}", to="set"),
}
START = journey.step(
    "start-commitment",
    "Record as under way",
    "update-own",
    "{who} recorded commitment {what} as under way",
    sources="promised",
    to="under-way",
)
KEEP = journey.step(
    "keep-commitment",
    "Record as kept",
    "update-own",
    "{who} recorded commitment {what} as kept",
    sources="promised under-way",
    to="kept",
)
DROP = journey.step(
    "drop-commitment",
    "Drop commitment",
    "keep-plan",
    "{who} dropped commitment {what}",
    sources="promised under-way",
    to="dropped",
    reason=True,
)
COMMITMENT_STEPS = [START, KEEP, DROP]


def begin(*, by: Who, title: str, starts: date, ends: date, kind: str = "plan", once: str = "", **more: Any) -> Plan:
    """Begin a plan or an agreement in draft, with the checklist of its kind."""
    plan = Plan(kind=kind, title=title, starts=starts, ends=ends, checklist=f"{kind}-england", **more)
    return journey.begin(plan, BEGIN, by=by, of=Partnership.objects.get(pk=by.partnership_id), once=once)


def write(plan: Plan, *, by: Who, seen: int | None = None, once: str = "", part: str, words: str) -> Plan:
    """Write what stands under one heading of the checklist."""

    def body(row: Plan) -> Mapping[str, Any]:
        if part == "assessment":
            row.assessment = words
        else:
            row.contents = {**row.contents, part: words}
        return {"changed": [part]}

    return journey.move(plan, WRITE, by=by, seen=seen, body=body, once=once)


def add(plan: Plan, row: P, *, by: Who, once: str = "", **many: Any) -> P:
    """Add a part to a plan that is still written. `many` are its many-to-many answers. A milestone and resources are asked of
    their priority, so that its lead may add them."""
    current = Plan.unscoped_rows.get(pk=plan.pk)
    if current.status not in OPEN.split():
        raise journey.WrongState(current.status)
    of = row.priority if isinstance(row, Milestone | Resource) else current
    with transaction.atomic():
        made = journey.begin(row, ADD[type(row)], by=by, of=of, once=once)
        for name, chosen in many.items():
            getattr(made, name).set(chosen)
    return made


def move(plan: Plan, step: journey.Step, *, by: Who, reason: str = "", seen: int | None = None, once: str = "") -> Plan:
    """Take a plan along. Ready and approved ask for everything that the law does; approving ends the plan it refreshes."""

    def body(row: Plan) -> None:
        if step in (READY, APPROVE):
            complete(row)
        before = row.refresh_of
        if step is APPROVE and before is not None and before.status == "approved":
            journey.move(before, SUPERSEDE, by=by, reason="Its refresh was approved")

    return journey.move(plan, step, by=by, body=body, reason=reason, seen=seen, once=once)


def complete(plan: Plan) -> None:
    """Raises ValidationError that says what the law asks for and the plan does not hold."""
    missing = [one for one in check(plan, held(plan, lambda model: model.unscoped_rows)) if not one.there]
    if missing:
        raise ValidationError([f"{one.part.label} ({one.part.law}): {one.missing}" for one in missing])


def commitment(
    row: Commitment, step: journey.Step, *, by: Who, reason: str = "", seen: int | None = None, once: str = ""
) -> Commitment:
    return journey.move(row, step, by=by, reason=reason, seen=seen, once=once)


def refresh(plan: Plan, *, by: Who, title: str, starts: date, ends: date, once: str = "") -> Plan:
    """Begin next year's plan from this one: its words, priorities, outcomes, activities, and commitments not yet kept."""
    with transaction.atomic():
        facts = {"refresh_of": plan, "contents": plan.contents, "assessment": "", "foreword": plan.foreword}
        made = begin(by=by, title=title, starts=starts, ends=ends, kind=plan.kind, once=once, **facts)
        has = held(plan, lambda model: model.unscoped_rows)
        same: dict[Any, Any] = {}
        for one in has.outcomes:
            same[one] = add(made, Outcome(plan=made, position=one.position, name=one.name), by=by)
        for one in has.priorities:
            names = [
                "position",
                "name",
                "rationale",
                "proposals",
                "lead",
                "lead_organisation",
                "group",
                "aims",
                "strands",
            ]
            copied = Priority(plan=made, **{name: getattr(one, name) for name in names})
            same[one] = add(made, copied, by=by, causes=one.causes.all(), predecessors=[one])
        for one in has.activities:
            copied_ = Activity(plan=made, number=one.number, heading=one.heading, name=one.name)
            links: dict[str, Any] = {
                name: [same[o] for o in getattr(one, name).all() if o in same] for name in ("outcomes", "priorities")
            }
            add(made, copied_, by=by, causes=one.causes.all(), **links)
        for one in has.commitments:
            if one.status in {"promised", "under-way"}:
                kept = {name: getattr(one, name) for name in ("organisation", "text", "measure", "tags")}
                add(made, Commitment(plan=made, priority=same.get(one.priority), **kept), by=by)
    return made
