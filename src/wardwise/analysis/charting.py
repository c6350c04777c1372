"""A monthly series with its mean, limits and signs, in the phases that people have accepted and with the season left in sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from wardwise.methods import spc, spc_seasonal
from wardwise.methods.spc_rules import Rules
from wardwise.methods.spc_runs import Phased, phased
from wardwise.records.cells import MISSING, NOT_APPLICABLE, Cell
from wardwise.records.figures import Figure
from wardwise.records.periods import Period

from .asking import count_cell, value_cell
from .words import months_in_words

Floats = NDArray[np.float64]

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


def reasons(signals: spc.Signals, at: int | tuple[int, ...]) -> str:
    """The signs of one point, in words."""
    return "; ".join(words for sign, words in REASONS if getattr(signals, sign)[at])


@dataclass(frozen=True)
class Charted:
    """A series in phases. lines: mean, limits and signs of each point, in the unit of the season-free series; None when no phase has
    enough points. factors: what each month of the year usually is of the average month, 1 where no season was taken out. out: months that are
    no part of the limits and are not judged. kept: months that should have been, without which there would be no limits."""

    months: tuple[str, ...]
    values: tuple[Cell, ...]
    ids: tuple[str, ...]
    lines: Phased | None
    factors: Floats
    seasonal: bool = False
    out: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    @property
    def signals(self) -> spc.Signals | None:
        return self.lines.signals if self.lines else None

    def reasons(self, at: int) -> str:
        return reasons(self.lines.signals, at) if self.lines else ""

    def left_out(self, at: int) -> str:
        """What the table says of a month that is no part of the limits."""
        return "left out" if self.months[at] in self.out else ""

    def limits_at(self, at: int) -> dict[str, Cell]:
        """Mean and limits of one month. A count cannot fall below nought, so neither does its limit."""
        if self.lines is None or np.isnan(self.lines.mean[at]):
            return dict.fromkeys(("mean", "lower", "upper"), NOT_APPLICABLE)
        size = float(self.factors[at])
        lower, mean, upper = (float(line[at]) * size for line in (self.lines.lower, self.lines.mean, self.lines.upper))
        return {"mean": mean, "lower": max(0.0, lower), "upper": upper}

    def range_at(self, at: int) -> dict[str, Cell]:
        """The moving range at one month, the mean range and its limit."""
        none: dict[str, Cell] = dict.fromkeys(("range", "mean", "upper"), NOT_APPLICABLE)
        if self.lines is None or np.isnan(self.lines.range_limit[at]):
            return none
        found = float(self.lines.ranges[at])
        return {
            "range": MISSING if self.values[at] is MISSING else NOT_APPLICABLE if np.isnan(found) else found,
            "mean": float(self.lines.range_mean[at]),
            "upper": float(self.lines.range_limit[at]),
        }


def chart(
    figures: Sequence[Figure],
    period: Period,
    rules: Rules,
    baseline: Period | None = None,
    *,
    share: bool = False,
    starts: Sequence[str] = (),
    seasonal: bool = False,
    screen: bool = False,
    leave_out: Sequence[Period] = (),
) -> Charted:
    """The chart of monthly figures of one area. Months without a figure are gaps. starts: months in which a phase begins.
    seasonal: limits follow the time of year, where the series has a marked season and three years of months.
    leave_out: spans that are no part of the limits; one that would leave a level without limits is kept."""
    by_month = {figure.key.period.start: figure for figure in figures}
    months = period.months()
    found = [by_month.get(month) for month in months]
    values = tuple(_value(figure, share=share) for figure in found)
    ids = tuple(figure.id if figure else "" for figure in found)
    y = numbers(values)
    draw = partial(
        _lines, months=months, rules=rules, starts=starts, baseline=baseline, seasonal=seasonal, screen=screen
    )
    (drawn, factors, marked), out = _without(y, months, leave_out, draw)
    lines = drawn if bool(np.any(~np.isnan(drawn.mean))) else None
    kept = tuple(month for month in months if _in_any(month, leave_out) and month not in out)
    if lines is None:
        return Charted(months, values, ids, None, factors, marked)
    return Charted(months, values, ids, lines, factors, marked, out, kept)


Lines = tuple[Phased, Floats, bool]


def _lines(
    y: Floats,
    *,
    months: Sequence[str],
    rules: Rules,
    starts: Sequence[str],
    baseline: Period | None,
    seasonal: bool,
    screen: bool,
) -> Lines:
    """The lines, the season's factors, and whether a season was taken out."""
    season = spc_seasonal.season(y, first=int(months[0][5:]) - 1)
    marked = seasonal and bool(season.marked)
    found = phased(
        season.without(y) if marked else y,
        rules,
        starts=[months.index(start) for start in starts if start in months],
        baseline=_slice(months, baseline),
        fewest=FEWEST_POINTS,
        screen=screen,
        widen=float(season.widening) if marked else 1.0,
    )
    return found, season.factors if marked else np.ones(len(y)), marked


def _without(
    y: Floats, months: Sequence[str], leave_out: Sequence[Period], draw: Callable[[Floats], Lines]
) -> tuple[Lines, tuple[str, ...]]:
    """The lines without the spans to leave out, the shortest first, as long as every point that has limits with them keeps its limits."""
    best, out = draw(y), tuple[str, ...]()
    needed = ~np.isnan(best[0].mean)
    for span in sorted(leave_out, key=lambda span: span.length):
        tried = tuple(month for month in months if month in out or _in_any(month, [span]))
        if tried == out:
            continue
        found = draw(np.where([month in tried for month in months], np.nan, y))
        if not np.isnan(found[0].mean[needed]).any():
            best, out = found, tried
    return best, out


def _in_any(month: str, spans: Sequence[Period]) -> bool:
    return any(span.start <= month <= span.end for span in spans)


def numbers(values: Sequence[Cell]) -> Floats:
    """The values as numbers, NaN where there is none."""
    return np.array([float(v) if isinstance(v, int | float) else np.nan for v in values])


def left_out_caveats(charted: Charted) -> tuple[str, ...]:
    """What is said of months that the register of recording changes leaves out of every baseline."""
    said = []
    if charted.out:
        said.append(
            f"Left out of the mean and limits, drawn hollow and not judged: {months_in_words(charted.out)}, as the register of recording "
            "changes says."
        )
    if charted.kept:
        said.append(
            f"{months_in_words(charted.kept)} should be left out of the mean and limits, but too few months would remain. They are in; read "
            "the limits with care."
        )
    return tuple(said)


def _value(figure: Figure | None, *, share: bool) -> Cell:
    counted = count_cell(figure)
    return value_cell(figure.value) if share and figure is not None and counted is not MISSING else counted


def _slice(months: Sequence[str], baseline: Period | None) -> slice:
    if baseline is None:
        return slice(None)
    inside = [i for i, month in enumerate(months) if baseline.start <= month <= baseline.end]
    return slice(inside[0], inside[-1] + 1) if inside else slice(0, 0)
