"""Recovery plans: opened by the declared rule when a measure fails, agreed by the chair, closed when the exit test holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from wardwise.definitions.scorecard import RecoveryRule, scorecard

from ...access.who import Who, system
from ...cases import journey
from ...insight.models import Bringing, Finding, said
from ...meetings.models import Action, Decision
from ...organisations.models import Organisation, Partnership
from ..models import Indicator, RecoveryPlan, Target
from ..standing import Stood, quiet_months, stand

OPEN = journey.step(
    "open-recovery", "Open a recovery plan", "keep-plan", "{who} opened recovery plan {what}", to="opened"
)
PROPOSE = journey.step(
    "propose-recovery",
    "Propose what to do",
    "keep-plan",
    "{who} proposed what recovery plan {what} does",
    sources="opened proposed",
    to="proposed",
)
AGREE = journey.step(
    "agree-recovery", "Agree the plan", "chair", "{who} agreed recovery plan {what}", sources="proposed", to="agreed"
)
TEST = journey.step(
    "test-recovery",
    "Start the exit test",
    "keep-plan",
    "{who} put recovery plan {what} to its exit test",
    sources="agreed",
    to="testing",
)
BACK = journey.step(
    "return-recovery",
    "Back to work",
    "keep-plan",
    "{who} took recovery plan {what} back to work",
    sources="testing",
    to="agreed",
    reason=True,
)
CLOSE = journey.step(
    "close-recovery", "Close the plan", "chair", "{who} closed recovery plan {what}", sources="testing", to="closed"
)
SET_ASIDE = journey.step(
    "set-aside-recovery",
    "Set the plan aside",
    "chair",
    "{who} set recovery plan {what} aside",
    sources="opened proposed agreed testing",
    to="set-aside",
    reason=True,
)
STEPS = [PROPOSE, AGREE, TEST, CLOSE, BACK, SET_ASIDE]
"""In the order a page offers them."""
LIVE = ("opened", "proposed", "agreed", "testing")
PARTNERS, ANYONE = "partnership", "public"
"""The rule reads what partners are shown. What a plan says stands in words that may be shown to anyone who sees the plan."""


def watch(partnership: Partnership, bringing: Bringing, *, today: date) -> list[RecoveryPlan]:
    """Open a plan for every indicator that fails in the month brought, by the declared rules. Done again, nothing more happens."""
    by = system(partnership, today, "The rule for recovery plans")
    opened = []
    open_words = {one.indicator.pk: one for one in standings(partnership, bringing, today, ANYONE)}
    for stood in standings(partnership, bringing, today):
        rule = scorecard().recovery_rule(stood.standing)
        if rule is not None and not _live(stood.indicator, rule, bringing.to):
            opened.append(_open(open_words[stood.indicator.pk], rule, bringing, by, partnership))
    return opened


def standings(partnership: Partnership, bringing: Bringing, today: date, audience: str = PARTNERS) -> list[Stood]:
    """Every watched indicator in the month brought, by the figures of one audience."""
    charts = {
        one.measure: one for one in Finding.unscoped_rows.filter(bringing=bringing, name="chart", audience=audience)
    }
    targets = {
        one.indicator_id: one
        for one in Target.unscoped_rows.filter(partnership=partnership, status="set").order_by("by", "id")
    }
    watched = Indicator.unscoped_rows.filter(partnership=partnership, status="watched")
    return [stand(one, charts.get(one.measure), targets.get(one.pk), bringing.to, today) for one in watched]


def _live(indicator: Indicator, rule: RecoveryRule, period: str) -> bool:
    """A plan of this indicator that is still open, or one that this rule opened for this month, however it ended."""
    plans = RecoveryPlan.unscoped_rows.filter(indicator=indicator)
    return plans.filter(status__in=LIVE).exists() or plans.filter(rule=rule.rule, period=period).exists()


def _open(stood: Stood, rule: RecoveryRule, bringing: Bringing, by: Who, partnership: Partnership) -> RecoveryPlan:
    words = " ".join(filter(None, (stood.told, stood.target_words)))
    plan = RecoveryPlan(
        indicator=stood.indicator,
        rule=rule.rule,
        period=bringing.to,
        finding=words,
        lead=stood.indicator.owner,
        exit_test=rule.exit.model_dump(exclude_defaults=True),
        exit_words=rule.exit_words,
    )
    return journey.begin(plan, OPEN, by=by, of=partnership, facts={"rule": rule.rule, "period": bringing.to})


def propose(
    plan: RecoveryPlan,
    *,
    by: Who,
    lead: Organisation,
    cause: str,
    resources: str,
    actions: Sequence[Action] = (),
    seen: int | None = None,
    once: str = "",
) -> RecoveryPlan:
    """Say what the cause is, who leads, what it takes and which actions do it. It may be proposed again until it is agreed."""

    def body(row: RecoveryPlan) -> Mapping[str, Any]:
        row.lead, row.cause, row.resources = lead, cause, resources
        row.actions.set(actions)
        return {"actions": sorted(action.reference for action in actions)}

    return journey.move(plan, PROPOSE, by=by, seen=seen, body=body, once=once)


def agree(
    plan: RecoveryPlan, *, by: Who, decision: Decision | None = None, seen: int | None = None, once: str = ""
) -> RecoveryPlan:
    """The strategy group agrees the plan; the decision it took is kept with it, where it is on record."""

    def body(row: RecoveryPlan) -> Mapping[str, Any]:
        row.decision = decision
        return {"decision": decision.reference if decision else ""}

    return journey.move(plan, AGREE, by=by, seen=seen, body=body, once=once)


def begin_test(plan: RecoveryPlan, *, by: Who, seen: int | None = None, once: str = "") -> RecoveryPlan:
    """What was agreed is done: from now on the figures say whether it helped."""
    return journey.move(plan, TEST, by=by, seen=seen, once=once)


def take_back(plan: RecoveryPlan, *, by: Who, reason: str, seen: int | None = None, once: str = "") -> RecoveryPlan:
    """The exit test fails, or more must be done first."""
    return journey.move(plan, BACK, by=by, seen=seen, reason=reason, once=once)


def close(plan: RecoveryPlan, *, by: Who, seen: int | None = None, once: str = "") -> RecoveryPlan:
    """Close a plan whose exit test holds on the newest figures. Raises ValidationError, which says what is lacking, otherwise."""

    def body(row: RecoveryPlan) -> Mapping[str, Any]:
        holds, said = exit_test(row, by.today)
        if not holds:
            raise ValidationError(f"The plan cannot be closed yet. {said}")
        return {"exit test": said}

    return journey.move(plan, CLOSE, by=by, seen=seen, body=body, once=once)


def set_aside(plan: RecoveryPlan, *, by: Who, reason: str, seen: int | None = None, once: str = "") -> RecoveryPlan:
    """The chair ends a plan that is not needed, and says why. The rule may open another when a later month fails."""
    return journey.move(plan, SET_ASIDE, by=by, seen=seen, reason=reason, once=once)


def exit_test(plan: RecoveryPlan, today: date, audience: str = PARTNERS) -> tuple[bool, str]:
    """Whether the plan's exit test holds on the newest figures of an audience, and in words why or why not."""
    bringing = Bringing.unscoped_rows.filter(partnership_id=plan.partnership_id).order_by("-to", "-id").first()
    if bringing is None:
        return False, "No figures have been brought since."
    stood = next(
        (
            one
            for one in standings(plan.partnership, bringing, today, audience)
            if one.indicator.pk == plan.indicator_id
        ),
        None,
    )
    if stood is None:
        return False, "The measure is no longer watched, so nothing can be tested. Set the plan aside instead."
    if needed := int(plan.exit_test.get("quiet_months", 0)):
        quiet = quiet_months(stood.indicator, stood.chart, after=plan.period)
        if bringing.to <= plan.period:
            return (
                False,
                f"No month after {said(plan.period)} is held yet; {needed} in a row without a sign of worse are needed.",
            )
        some = {0: "No month", 1: "One month"}.get(quiet, f"{quiet} months in a row")
        lead = f"{some} after {said(plan.period)} without a sign of worse, up to {bringing.month}"
        return quiet >= needed, f"{lead}; {needed} in a row are needed."
    return stood.facts["target"] == "met", stood.target_words or "There is no target to reach."
