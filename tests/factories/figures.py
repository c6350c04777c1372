"""Released figures for tests of the scorecard, without a store: control charts as the library hands them over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count
from typing import Any

from partnership.governance.models import Indicator
from partnership.governance.steps import recovery, targets
from partnership.insight.models import Bringing, Finding
from tests.factories.site import TODAY, World

numbers = count(1)


def months(values: Sequence[Any], signs: str = "", to: str = "2026-03", mean: float = 10) -> list[dict[str, Any]]:
    """The months up to `to`. signs: for the last months, h high, l low, j jump, . none."""
    year, month = int(to[:4]), int(to[5:])
    named = [divmod(year * 12 + month - 1 - back, 12) for back in reversed(range(len(values)))]
    marks = signs.rjust(len(values), ".")
    words = {
        "h": "above the upper limit",
        "l": "below the lower limit",
        "j": "an unusual jump from the month before",
        ".": "",
    }
    sides = {"h": "high", "l": "low", "j": "jump", ".": ""}
    return [
        {
            "month": f"{y}-{m + 1:02d}",
            "value": value,
            "mean": mean,
            "lower": 5,
            "upper": 15,
            "sign": sides[mark],
            "why": words[mark],
        }
        for (y, m), value, mark in zip(named, values, marks, strict=True)
    ]


def brought(
    here: World, charts: dict[str, list[dict[str, Any]]], *, to: str = "2026-03", area: str = "Z1", **more: Any
) -> Bringing:
    """A run of figures, kept for both audiences; then the rule for recovery plans, as after any run."""
    run = Bringing.unscoped_rows.create(
        partnership=here.partnership,
        area=area,
        area_name=f"Saltpool {area}",
        to=to,
        digest=str(next(numbers)),
        status="brought",
    )
    Finding.unscoped_rows.bulk_create(_findings(run, charts, more))
    recovery.watch(here.partnership, run, today=TODAY)
    return run


def _findings(run: Bringing, charts: dict[str, list[dict[str, Any]]], more: dict[str, Any]) -> Iterator[Finding]:
    for measure, held in charts.items():
        for audience in ("partnership", "public"):
            yield Finding(
                bringing=run,
                measure=measure,
                name="chart",
                question="control-chart",
                audience=audience,
                heading="Month by month",
                title=f"{measure} by month",
                sentences=[f"{measure} stood at {held[-1]['value']} as {audience} may know."],
                sources=["Offences recorded by a police force"],
                facts={"unit": "crimes", "months": held, **more},
                digest="0",
            )


def indicator(here: World, measure: str = "burglary", better: str = "lower", **more: Any) -> Indicator:
    facts = {"title": measure.capitalize(), "owner": here.organisations["police"]} | more
    return targets.watch(by=here.system, measure=measure, better=better, **facts)


def target(of: Indicator, here: World, value: int = 100, day: date = date(2027, 3, 31), **more: Any) -> Any:
    facts = {"side": "at-most", "rationale": "The level of last year."} | more
    return targets.set_target(of, by=here.system, value=value, day=day, **facts)
