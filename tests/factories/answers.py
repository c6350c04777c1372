"""Figures made from a few named counts, for tests of analysis that need no store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

from wardwise.analysis.asking import Asker
from wardwise.methods.rates import crude_rate, wilson
from wardwise.records.figures import Figure, Figures, Key, Provenance, Status, Vintage
from wardwise.records.periods import Period

VINTAGE = Vintage("abcdef12", (("street_crime", 3),))
PROVENANCE = Provenance("duckdb", "SELECT 1", (), "definitions/measures/made.yaml")

Monthly = Mapping[str, Any]
"""month → count, or month → {group: count}. A month that is not there was not supplied."""


def spread(period: Period, total: int) -> dict[str, int]:
    """`total` over the months of a period, as evenly as whole numbers go."""
    months = period.months()
    return {month: total // len(months) + (i < total % len(months)) for i, month in enumerate(months)}


def _quarters(period: Period) -> list[Period]:
    found: dict[tuple[str, int], list[str]] = {}
    for month in period.months():
        found.setdefault((month[:4], (int(month[5:]) + 2) // 3), []).append(month)
    return [Period(months[0], months[-1]) for months in found.values()]


def measure(name: str, **changes: Any) -> Any:
    given = {
        "measure": name,
        "title": name.replace("-", " ").capitalize(),
        "unit": "records",
        "per": None,
        "better": "lower",
        "caveats": (f"Caveat of {name}.",),
        "profile": "standard",
        "rise_may_be_good": None,
        "count": SimpleNamespace(records="offences", where={}),
    }
    return SimpleNamespace(**{**given, **changes})


@dataclass(frozen=True)
class Canned(Asker):
    """counts: (measure, area) → monthly counts. totals: (measure, area) → period in words → count, as partners state them.
    measures: definitions that differ from the plain one. residents: the base of measures with `per`; for shares, the base is
    counts of the measure that `of` names."""

    snapshot: Any = None
    counts: Mapping[tuple[str, str], Monthly] = field(default_factory=dict)
    totals: Mapping[tuple[str, str], Mapping[str, int]] = field(default_factory=dict)
    measures: Mapping[str, Any] = field(default_factory=dict)
    residents: Mapping[str, float] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    known_places: Any = None

    @property
    def places(self) -> Any:  # type: ignore[override]
        return self.known_places

    def holds(self, measure: Any) -> bool:
        return True

    def force(self, area: str) -> str | None:
        return None

    def measure(self, measure_: Any) -> Any:
        return self.measures.get(measure_) or measure(measure_) if isinstance(measure_, str) else measure_

    def figures(self, measure: Any, areas: Sequence[str], period: Period, by: Sequence[str] = ()) -> Figures:
        made = [figure for area in areas for figure in self._of_area(measure, area, period, by)]
        return Figures(
            measure.measure, measure.title, "", measure.unit, measure.per, measure.better, tuple(by), tuple(made), PROVENANCE,
            measure.caveats, (f"Source of {measure.measure}",), {area: self.names.get(area, area) for area in areas},
        )  # fmt: skip

    def _of_area(self, measure: Any, area: str, period: Period, by: Sequence[str]) -> list[Figure]:
        spans = [Period(month, month) for month in period.months()] if "month" in by else [period]
        spans = _quarters(period) if "quarter" in by else spans
        dimensions = [name for name in by if name not in ("month", "quarter")]
        return [figure for span in spans for figure in self._of_span(measure, area, span, dimensions)]

    def _of_span(self, measure: Any, area: str, span: Period, dimensions: list[str]) -> list[Figure]:
        if (measure.measure, area) in self.totals:
            return [self._stated(measure, area, span)]
        held = [self.counts.get((measure.measure, area), {}).get(month) for month in span.months()]
        gone = sum(n is None for n in held)
        lacking = Status.MISSING if gone == len(held) else Status.INCOMPLETE
        groups: dict[str, int] = {}
        for n in held:
            for group, part in (n if isinstance(n, Mapping) else {"": n or 0}).items():
                groups[group] = groups.get(group, 0) + part
        if not dimensions:
            groups = {"": sum(groups.values())}
        return [
            self._figure(
                measure, area, span, ((dimensions[0], group),) if dimensions else (), None if gone else n, lacking
            )
            for group, n in sorted(groups.items())
        ]

    def _stated(self, measure: Any, area: str, span: Period) -> Figure:
        """A total is of its whole period; a month inside one is known only as part of it."""
        totals = self.totals[measure.measure, area]
        figure = self._figure(measure, area, span, (), totals.get(span.text()), Status.MISSING)
        inside = any(Period.of(text).start <= span.start <= span.end <= Period.of(text).end for text in totals)
        return (
            replace(figure, note="Stated only as part of a longer period.")
            if figure.count is None and inside
            else figure
        )

    def _figure(
        self, measure: Any, area: str, span: Period, group: tuple[tuple[str, str], ...], n: int | None, lacking: Status
    ) -> Figure:
        key = Key(measure.measure, area, span, group)
        if n is None:
            return Figure(key, VINTAGE, None, None, None, None, None, lacking)
        if measure.per is None:
            return Figure(key, VINTAGE, n, None, float(n), None, None)
        if hasattr(measure, "of"):
            base = self.totals.get((measure.of, area), {}).get(span.text()) or self._sum(measure.of, area, span)
            limits = wilson(n, base)
            return Figure(key, VINTAGE, n, base, 100 * n / base, 100 * float(limits.lower), 100 * float(limits.upper))
        rate = crude_rate(n, self.residents[area], measure.per)
        return Figure(key, VINTAGE, n, self.residents[area], float(rate.value), float(rate.lower), float(rate.upper))

    def _sum(self, name: str, area: str, span: Period) -> int:
        return sum(self.counts[name, area][month] for month in span.months())
