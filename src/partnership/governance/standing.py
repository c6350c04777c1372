"""How an indicator stands, worked out by the declared rule from what the library released. Nobody sets it, and nothing of it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from wardwise.definitions.scorecard import Standing, scorecard

from ..insight.models import Finding, said
from ..organisations.fields import within
from .models import Indicator, Target

Month = dict[str, Any]


@dataclass(frozen=True)
class Stood:
    """An indicator in the month brought. facts: what the standing was told from. so_far: what the months that the target covers came to."""

    indicator: Indicator
    month: str
    standing: Standing
    facts: dict[str, str]
    chart: Finding | None
    target: Target | None
    so_far: float | None

    @property
    def latest(self) -> Month | None:
        """The last month that has a figure."""
        return newest(self.chart)

    @property
    def value(self) -> str:
        """The last figure in words; "[c]" where it is hidden, "not supplied" where there is none."""
        return shown(self.latest["value"]) if self.latest else "not supplied"

    @property
    def sentence(self) -> str:
        return self.chart.sentences[0] if self.chart and self.chart.sentences else self.standing.words

    @property
    def month_said(self) -> str:
        return said(self.month)

    @property
    def sign(self) -> str:
        """The sign of the month in words: “above the upper limit”. Nothing where it shows none."""
        found = self.latest
        return str(found["why"]) if found and found["month"] == self.month else ""

    @property
    def told(self) -> str:
        """Standing, figure and sign in sentences."""
        sign = f"{said(self.month)} is {self.sign}." if self.sign else ""
        return " ".join(filter(None, (self.sentence, sign, self.standing.words if self.chart else "")))

    @property
    def why(self) -> str:
        """What may make a rise good news, where there is a rise to read."""
        read = self.standing.standing == "needs-reading" and _sign(self)
        return within(self.indicator.rise_may_be_good) if read else ""

    @property
    def target_words(self) -> str:
        """How far it is from its target, with what is compared."""
        if self.target is None:
            return ""
        over = (
            f"{self.target.over_months} months to {said(self.month)}"
            if self.target.over_months > 1
            else said(self.month)
        )
        found = (
            "cannot be told, because months are missing or hidden"
            if self.so_far is None
            else f"came to {shown(self.so_far)}"
        )
        return f"{self.target}. The {over} {found}."


def stand(indicator: Indicator, chart: Finding | None, target: Target | None, month: str, today: date) -> Stood:
    """The standing in `month` (YYYY-MM), by the declared rule. chart: the control chart that the reader may see."""
    so_far = _over(chart, target.over_months) if target else None
    facts = {
        "figure": "held" if _held(chart, month) else "missing",
        "signal": _signal(indicator, chart, month),
        "target": _target(target, so_far, month),
        "capable": _capable(target, chart),
    }
    return Stood(indicator, month, scorecard().standing(facts), facts, chart, target, so_far)


def newest(chart: Finding | None) -> Month | None:
    """The last month of the chart that was supplied."""
    return next((month for month in reversed(chart.months) if month["value"] != "[x]"), None) if chart else None


def shown(value: Any) -> str:
    """A number as people read it: 1,234, or 12.5; a mark as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return str(value)
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def quiet_months(indicator: Indicator, chart: Finding | None, *, after: str = "") -> int:
    """How many of the last months in a row, all later than `after`, show no sign of a change for the worse. A month not supplied ends
    the count."""
    count = 0
    for month in reversed(chart.months if chart else []):
        if (
            month["month"] <= after
            or month["value"] == "[x]"
            or _reads(indicator, month["sign"]) in ("worse", "reading")
        ):
            break
        count += 1
    return count


def _held(chart: Finding | None, month: str) -> bool:
    found = newest(chart)
    return bool(found and found["month"] == month)


def _signal(indicator: Indicator, chart: Finding | None, month: str) -> str:
    found = newest(chart)
    return _reads(indicator, found["sign"]) if found and found["month"] == month else "none"


def _reads(indicator: Indicator, sign: str) -> str:
    """A sign on the high or low side as this indicator takes it. People read a jump from one month to the next, any sign of a measure of
    which neither more nor less is better, and a rise that may be good news."""
    if not sign:
        return "none"
    if sign == "jump" or indicator.better == Indicator.Better.NEITHER:
        return "reading"
    if sign == "high" and indicator.rise_may_be_good:
        return "reading"
    return "better" if (sign == "high") == (indicator.better == Indicator.Better.HIGHER) else "worse"


def _sign(stood: Stood) -> bool:
    return bool(stood.latest and stood.latest["sign"] == "high")


def _over(chart: Finding | None, months: int) -> float | None:
    """The sum of the last months; None where one is missing or hidden, or the measure is a share, of which no sum can be made."""
    if chart is None or str(chart.facts.get("unit", "")).startswith("%"):
        return None
    values = [month["value"] for month in chart.months[-months:]]
    known = [value for value in values if isinstance(value, int | float)]
    return float(sum(known)) if len(known) == months else None


def _target(target: Target | None, so_far: float | None, month: str) -> str:
    if target is None or so_far is None:
        return "none"
    if _reached(target, so_far):
        return "met"
    return "missed" if month >= target.by.strftime("%Y-%m") else "behind"


def _reached(target: Target, value: float) -> bool:
    return value <= target.value if target.side == Target.Side.AT_MOST else value >= target.value


def _capable(target: Target | None, chart: Finding | None) -> str:
    """Whether the mean of the control chart, held for the months that the target covers, would reach it."""
    found = newest(chart)
    if target is None or found is None or not isinstance(found["mean"], int | float):
        return "unknown"
    return "yes" if _reached(target, found["mean"] * target.over_months) else "no"
