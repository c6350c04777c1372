"""Rules for the plan, the scorecard, recovery plans, duties and registers."""

from __future__ import annotations

from django.db.models import Model, Q

from ..governance.models import (
    Activity,
    Cause,
    Commitment,
    DutyDue,
    Entry,
    Indicator,
    Milestone,
    Outcome,
    Plan,
    Priority,
    RecoveryPlan,
    Resource,
    Target,
)
from ..organisations.roles import Permission
from .conditions import EVERY, NOTHING, holding, owned, taking_part
from .rules import READ, SEE, rule
from .who import Who

SCRUTINY_REGISTERS = ("scrutiny-questions", "recommendations")
"""Registers that scrutiny members see and add to."""


def _written(who: Who, plan: str) -> Q:
    """Drafts are for those who write and approve; from consultation on, a plan is for everybody who takes part."""
    writes = who.reaches_all or who.has(Permission.KEEP_PLAN) or who.has(Permission.APPROVE_PLAN)
    return taking_part(who) & (EVERY if writes else ~Q(**{f"{plan}status": "draft"}))


def _led(who: Who, priority: str) -> Q:
    """Priorities that the person leads: through the group that answers for them, or the organisation that leads."""
    if who.reaches_all:
        return EVERY
    return Q(**{f"{priority}group_id__in": who.groups}) | Q(
        **{f"{priority}lead_organisation_id__in": who.organisations}
    )


@rule(Plan, SEE, READ)
def see_plan(who: Who) -> Q:
    return _written(who, "")


@rule(Plan, "keep-plan")
def keep_plan(who: Who) -> Q:
    return holding(who, Permission.KEEP_PLAN, EVERY if who.reaches_all else NOTHING)


@rule(Plan, "approve-plan")
def approve_plan(who: Who) -> Q:
    return holding(who, Permission.APPROVE_PLAN)


@rule(Cause, SEE, READ)
def see_cause(who: Who) -> Q:
    return taking_part(who)


@rule(Cause, "keep-plan")
def keep_cause(who: Who) -> Q:
    return keep_plan(who)


def _through(model: type[Model], plan: str, priority: str = "") -> None:
    """A part of a plan is seen with its plan, and kept by those who keep the plan or lead the priority."""

    def see(who: Who) -> Q:
        return _written(who, plan)

    def keep(who: Who) -> Q:
        return holding(who, Permission.KEEP_PLAN, _led(who, priority) if priority or model is Priority else _whole(who))

    rule(model, SEE, READ)(see)
    rule(model, "keep-plan")(keep)


def _whole(who: Who) -> Q:
    return EVERY if who.reaches_all else NOTHING


_through(Priority, "plan__")
_through(Outcome, "plan__")
_through(Activity, "plan__")
_through(Commitment, "plan__", "priority__")
_through(Milestone, "priority__plan__", "priority__")
_through(Resource, "priority__plan__", "priority__")


@rule(Commitment, "update-own")
def update_commitment(who: Who) -> Q:
    """The partner who made a commitment reports on it."""
    return _written(who, "plan__") & (
        holding(who, Permission.UPDATE_OWN, owned(who, "organisation_id"))
        | holding(who, Permission.KEEP_PLAN, _led(who, "priority__"))
    )


@rule(Indicator, SEE, READ)
def see_indicator(who: Who) -> Q:
    return taking_part(who)


@rule(Indicator, "keep-targets")
def keep_indicator(who: Who) -> Q:
    return holding(who, Permission.KEEP_TARGETS, _led(who, "priority__"))


@rule(Target, SEE, READ)
def see_target(who: Who) -> Q:
    return taking_part(who)


@rule(Target, "keep-targets")
def keep_target(who: Who) -> Q:
    return holding(who, Permission.KEEP_TARGETS, _led(who, "indicator__priority__"))


@rule(RecoveryPlan, SEE)
def see_recovery(who: Who) -> Q:
    return taking_part(who)


@rule(RecoveryPlan, READ)
def read_recovery(who: Who) -> Q:
    return holding(who, Permission.SEE_RECORDS)


@rule(RecoveryPlan, "keep-plan")
def keep_recovery(who: Who) -> Q:
    led = _led(who, "indicator__priority__") | Q(lead_id__in=who.organisations)
    return holding(who, Permission.KEEP_PLAN, led)


@rule(RecoveryPlan, "chair")
def decide_recovery(who: Who) -> Q:
    return holding(who, Permission.CHAIR)


@rule(DutyDue, SEE, READ)
def see_duty(who: Who) -> Q:
    return taking_part(who)


@rule(DutyDue, "keep-duties")
def keep_duty(who: Who) -> Q:
    return holding(who, Permission.KEEP_DUTIES) | holding(who, Permission.UPDATE_OWN, owned(who))


def _register(who: Who) -> Q:
    """Which registers: all of them for those who take part in the work, their own for scrutiny members."""
    if who.has(Permission.SEE_RECORDS):
        return EVERY
    return holding(who, Permission.ASK_QUESTIONS, Q(register__in=SCRUTINY_REGISTERS))


def registers_open_to(who: Who, names: tuple[str, ...]) -> tuple[str, ...]:
    """Of the named registers, those this person may look into."""
    if who.has(Permission.SEE_RECORDS):
        return names
    return tuple(name for name in names if who.has(Permission.ASK_QUESTIONS) and name in SCRUTINY_REGISTERS)


@rule(Entry, SEE)
def see_entry(who: Who) -> Q:
    return _register(who) & (Q(private=False) | holding(who, Permission.SEE_RESTRICTED) | owned(who))


@rule(Entry, READ)
def read_entry(who: Who) -> Q:
    return see_entry(who) & (holding(who, Permission.SEE_RESTRICTED) | owned(who))


@rule(Entry, "keep-registers")
def keep_entry(who: Who) -> Q:
    scrutiny = holding(who, Permission.ASK_QUESTIONS, Q(register__in=SCRUTINY_REGISTERS))
    return see_entry(who) & (holding(who, Permission.KEEP_REGISTERS) | scrutiny)


@rule(Entry, "update-own")
def update_entry(who: Who) -> Q:
    return keep_entry(who) | (see_entry(who) & holding(who, Permission.UPDATE_OWN, owned(who)))
