"""What people do with indicators and their targets."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from ...access.who import Who
from ...cases import journey
from ...organisations.models import Partnership
from ..models import Indicator, Target

WATCH = journey.step(
    "watch-indicator", "Watch a measure", "keep-targets", "{who} began to watch indicator {what}", to="watched"
)
RETIRE = journey.step(
    "retire-indicator",
    "Stop watching",
    "keep-targets",
    "{who} stopped watching indicator {what}",
    sources="watched",
    to="retired",
    reason=True,
)
SET = journey.step("set-target", "Set a target", "keep-targets", "{who} set target {what}", to="set")
REPLACE = journey.step(
    "replace-target",
    "Replace the target",
    "keep-targets",
    "{who} replaced target {what}",
    sources="set",
    to="replaced",
    reason=True,
)
STEPS = [RETIRE]
"""Of an indicator. SET begins a target under it."""


def watch(*, by: Who, measure: str, title: str, better: str, once: str = "", **more: Any) -> Indicator:
    """Watch a measure of the library, for a priority or for the whole partnership."""
    indicator = Indicator(measure=measure, title=title, better=better, **more)
    return journey.begin(indicator, WATCH, by=by, of=Partnership.objects.get(pk=by.partnership_id), once=once)


def retire(indicator: Indicator, *, by: Who, reason: str, seen: int | None = None, once: str = "") -> Indicator:
    """Watch a measure no longer. What was brought stays."""
    return journey.move(indicator, RETIRE, by=by, seen=seen, reason=reason, once=once)


def set_target(
    indicator: Indicator,
    *,
    by: Who,
    side: str,
    value: Decimal,
    day: date,
    rationale: str,
    over_months: int = 12,
    once: str = "",
) -> Target:
    """Set a value to be reached by a day, and say why that value. An indicator that has one keeps it until it is replaced."""
    target = Target(indicator=indicator, side=side, value=value, by=day, over_months=over_months, rationale=rationale)
    if indicator.status != "watched":
        raise journey.WrongState(indicator.status)
    return journey.begin(target, SET, by=by, of=indicator, once=once, facts={"indicator": indicator.reference})


def replace(target: Target, *, by: Who, reason: str, once: str = "", seen: int | None = None, **value: Any) -> Target:
    """Set another target in place of one that is set, and say why. Both are kept."""
    with transaction.atomic():
        old = journey.move(target, REPLACE, by=by, seen=seen, reason=reason, once=once)
        return set_target(old.indicator, by=by, **value)
