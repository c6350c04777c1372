"""Is it more than the usual ups and downs? A control chart of a monthly series, with its signs in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wardwise.methods import spc
from wardwise.methods.spc_rules import WHEELER, Rules
from wardwise.records.cells import MISSING, NOT_APPLICABLE, Cell
from wardwise.records.figures import Figure
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period, month_name

from .asking import Asker, MeasureOrName, asker, count_cell, once, value_cell
from .recording import Event, events_for
from .words import GAP, gap_caveat, literal, plural, runs, sentence_case, spoken_title

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

FEWEST_POINTS = 12
"""Below 12 points limits are too rough to judge by (Wheeler 1993, Understanding Variation; NHS England 2019 says the same)."""

REASONS = (
    # sign of methods.spc.Signals, words in the table
    ("above", "above the upper limit"),
    ("below", "below the lower limit"),
    ("run_above", "part of a run above the mean"),
    ("run_below", "part of a run below the mean"),
    ("rising", "part of a steady rise"),
    ("falling", "part of a steady fall"),
    ("near_upper", "one of several close to the upper limit"),
    ("near_lower", "one of several close to the lower limit"),
    ("wide_range", "an unusual jump from the month before"),
)


@dataclass(frozen=True)
class Charted:
    """A series with its limits (None when there are too few points) and the words for each point's signs."""

    months: tuple[str, ...]
    values: tuple[Cell, ...]
    ids: tuple[str, ...]
    limits: spc.Limits | None
    signals: spc.Signals | None

    def reasons(self, at: int) -> str:
        if self.signals is None:
            return ""
        return "; ".join(words for sign, words in REASONS if getattr(self.signals, sign)[at])


def control_chart(
    source: Snapshot | Asker,
    measure: MeasureOrName,
    area: str,
    period: Period,
    *,
    rules: Rules = WHEELER,
    baseline: Period | None = None,
    named: bool = False,
    name: str = "control_chart",
) -> Findings:
    """The monthly series of a measure in one area with its mean, limits and signs: table `points`.

    Counts are charted; a share (percent) is charted as its value. baseline: months the limits are worked out from (all, unless
    told). named: the sentence names the area, for one that the report is not about. A month not supplied is a gap and breaks the moving range and every run.
    """
    ask = asker(source)
    definition = ask.measure(measure)
    figures = ask.figures(definition, [area], period, ["month"])
    share = figures.unit.startswith("%")
    charted = chart(figures.figures, period, rules, baseline, share=share)
    where = figures.names.get(area, area)
    title = f"{figures.title}, {where}, {period.label()}, by month"
    notes = events_for(definition, charted.months)
    gone = [month for month, value in zip(charted.months, charted.values, strict=True) if value is MISSING]
    subject = literal(spoken_title(figures.title) + (f" in {where}" if named else ""))
    return Findings(
        name=name,
        title=title,
        tables={"points": _table(charted, title, figures.unit, notes, share=share)},
        statements=tuple(statements(charted, subject, "percent" if share else "count")),
        method=_method(rules, baseline),
        caveats=once((*figures.caveats, *(event.text for event in notes), gap_caveat(gone))),
        sources=figures.sources,
        profile=definition.profile,
        meta={
            "area": where,
            "area_code": area,
            "unit": figures.unit,
            "rules": rules.title,
            "better": figures.better,
            GAP: " ".join(gone),
        },
    )


def chart(
    figures: Sequence[Figure], period: Period, rules: Rules, baseline: Period | None = None, *, share: bool = False
) -> Charted:
    """The chart of monthly figures of one area. Months without a figure are gaps."""
    by_month = {figure.key.period.start: figure for figure in figures}
    months = period.months()
    found = [by_month.get(month) for month in months]
    values = tuple(_value(figure, share=share) for figure in found)
    ids = tuple(figure.id if figure else "" for figure in found)
    y = np.array([float(v) if isinstance(v, int | float) else np.nan for v in values])
    chosen = _slice(months, baseline)
    if np.count_nonzero(~np.isnan(y[chosen])) < FEWEST_POINTS:
        return Charted(months, values, ids, None, None)
    limits = spc.limits(y, baseline=chosen)
    return Charted(months, values, ids, limits, spc.signals(y, limits, rules))


def _value(figure: Figure | None, *, share: bool) -> Cell:
    counted = count_cell(figure)
    return value_cell(figure.value) if share and figure is not None and counted is not MISSING else counted


def _slice(months: Sequence[str], baseline: Period | None) -> slice:
    if baseline is None:
        return slice(None)
    inside = [i for i, month in enumerate(months) if baseline.start <= month <= baseline.end]
    return slice(inside[0], inside[-1] + 1) if inside else slice(0, 0)


def _table(charted: Charted, title: str, unit: str, notes: Sequence[Event], *, share: bool) -> Table:
    decimals = 1
    kind = Role.VALUE if share else Role.COUNT
    columns = (
        Column("month", Role.PERIOD, "Month"),
        Column("value", kind, sentence_case(unit), decimals=decimals if share else None),
        Column("mean", Role.VALUE, "Mean", of=("value",), decimals=decimals, whole=True),
        Column("lower", Role.LOWER, "Lower limit", of=("value",), decimals=decimals, whole=True),
        Column("upper", Role.UPPER, "Upper limit", of=("value",), decimals=decimals, whole=True),
        Column("verdict", Role.VERDICT, "Sign of a real change", of=("value",)),
        Column("note", Role.NOTE, "Recording", of=("value",)),
        Column("id", Role.FIGURE, "Figure", of=("value",)),
    )
    labels = {event.month: event.label for event in notes}
    limits = _limit_cells(charted)
    rows: list[Row] = [
        {
            "month": month,
            "value": charted.values[i],
            **limits,
            "verdict": charted.reasons(i),
            "note": labels.get(month, ""),
            "id": charted.ids[i],
        }
        for i, month in enumerate(charted.months)
    ]
    return Table("points", title, columns, tuple(rows))


def _limit_cells(charted: Charted) -> dict[str, Cell]:
    """Mean and limits, the same in every row. A count cannot fall below nought, so neither does its limit."""
    if charted.limits is None:
        return {"mean": NOT_APPLICABLE, "lower": NOT_APPLICABLE, "upper": NOT_APPLICABLE}
    limits = charted.limits
    return {"mean": float(limits.mean), "lower": max(0.0, float(limits.lower)), "upper": float(limits.upper)}


def statements(charted: Charted, title: str, style: str = "count") -> list[Statement]:
    """Where the latest month stands; which months were beyond the limits; which runs there were."""
    if charted.limits is None or charted.signals is None:
        return [Statement(f"{title}: too few months were supplied to tell usual variation from change.")]
    found = [*_latest(charted, title, style), *_beyond(charted, style), *_runs(charted)]
    if len(found) == 1 and not charted.signals.any().any():
        found.append(Statement("No month shows a sign of a real change: the ups and downs are what chance would give."))
    return found


def _latest(charted: Charted, title: str, style: str) -> list[Statement]:
    known = [i for i, value in enumerate(charted.values) if value is not MISSING]
    at = known[-1]
    assert charted.signals is not None
    place = "within"
    if charted.signals.above[at]:
        place = "above"
    elif charted.signals.below[at]:
        place = "below"
    refs = {name: Ref("points", at, name) for name in ("value", "lower", "upper", "verdict")}
    text = f"{title} stood at {{value}} in {month_name(charted.months[at])}, {place} the usual range of {{lower}} to {{upper}} a month."
    return [Statement(text, refs, {"value": style, "lower": style, "upper": style, "verdict": "text"})]


def _beyond(charted: Charted, style: str) -> list[Statement]:
    assert charted.signals is not None
    found = []
    for side, flags in (("above", charted.signals.above), ("below", charted.signals.below)):
        places = [int(i) for i in np.flatnonzero(flags)]
        if not places:
            continue
        refs = {f"v{i}": Ref("points", i, "value") for i in places[-6:]}
        named = ", ".join(f"{month_name(charted.months[i])} ({{v{i}}})" for i in places[-6:])
        which = plural(len(places), "month") if len(places) > 6 else ""
        lead = (
            f"{sentence_case(which)} stood {side} the usual range, most recently"
            if which
            else f"{sentence_case(side)} the usual range:"
        )
        found.append(Statement(f"{lead} {named}.", refs, dict.fromkeys(refs, style)))
    return found


def _runs(charted: Charted) -> list[Statement]:
    """A sentence for the latest run on each side. It names months, not counts, and is hidden with any of its points."""
    assert charted.signals is not None
    found = []
    for side, flags in (("above", charted.signals.run_above), ("below", charted.signals.run_below)):
        stretches = runs(charted.months[int(i)] for i in np.flatnonzero(flags))
        if not stretches:
            continue
        last = stretches[-1]
        places = [i for i, month in enumerate(charted.months) if last.start <= month <= last.end]
        refs = {f"v{i}": Ref("points", i, "value") for i in places}
        text = f"From {month_name(last.start)} to {month_name(last.end)} it was {side} its average for {plural(last.length, 'month')} in a row, which chance rarely does."
        found.append(Statement(text, refs, dict.fromkeys(refs, "count")))
    return found


def _method(rules: Rules, baseline: Period | None) -> str:
    months = f"the months {baseline.label()}" if baseline else "all months shown"
    return (
        f"XmR control chart. The mean is of {months}; the limits lie {spc.LIMIT_FACTOR} mean moving ranges from it. "
        f"Signs of a real change follow the rules of {rules.title} ({rules.citation})."
    )
