"""A forecast: what is expected in each month ahead, how the misses of those months hang together, and so the limits of any sum of them.

A year-end estimate adds up months whose errors go together: one wrong trend misses them all the same way. Adding up the limits of single
months would therefore be wrong in both directions; the errors' common root is kept instead, and the variance of a sum is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .conformal import reach

Floats = NDArray[np.float64]

LEVELS = (80, 95)
"""Intervals are given at 80% and 95%, the two that Hyndman & Athanasopoulos (2021), Forecasting: principles and practice, section 5.5, show."""


class CannotForecastError(ValueError):
    """The series cannot be forecast by this method; the words say why."""


@dataclass(frozen=True)
class Interval:
    """value with its limits, all in the unit of the series. None of them is below nought for counts."""

    value: float
    lower: float
    upper: float


FEWEST_MONTHS = 12
"""With fewer than a year of months compared, their misses are a matter of chance, and the method's own limits stand."""

FEWEST_ORIGINS = 4
"""Nor is the limit of a total judged from fewer than four past totals: the largest of three promises 75% only."""


@dataclass(frozen=True)
class Misses:
    """How far a method missed from past months (a row each): every month ahead, and the running total up to it, in its own standard errors
    then; NaN where not known. freedom: of each row, as in Forecast."""

    months: Floats
    totals: Floats
    freedom: Floats

    def of_months(self, level: float) -> float:
        """How many times as wide as its own a month's limits must be; never under 1. All months ahead are taken together, because each
        was divided by the size of error expected that far ahead (Lei and others 2018, section 5.2)."""
        if np.count_nonzero(~np.isnan(self.months)) < FEWEST_MONTHS:
            return 1.0
        return self._wider(self.months, level)

    def of_total(self, length: int, level: float) -> float:
        """The same for the total of the first `length` months: one score from each past month, its longest total known up to that length."""
        totals = self.totals[:, :length]
        known = ~np.isnan(totals)
        rows = known.any(axis=1)
        if rows.sum() < FEWEST_ORIGINS:
            return 1.0
        last = totals.shape[1] - 1 - np.argmax(known[:, ::-1], axis=1)
        return self._wider(np.where(rows, totals[np.arange(len(totals)), last], np.nan)[:, None], level)

    def _wider(self, scores: Floats, level: float) -> float:
        own = np.array([quantile(freedom, level) for freedom in self.freedom])
        found = reach(scores / own[:, None], level)
        return max(1.0, found.size) if found else 1.0


def missed(rows: Sequence[tuple[Forecast, Floats]]) -> Misses:
    """Forecasts made from past months, each with what came after (NaN where not known, or not to be judged)."""
    ahead = max(len(made.mean) for made, _ in rows)
    months, totals = np.full((len(rows), ahead), np.nan), np.full((len(rows), ahead), np.nan)
    for at, (made, actual) in enumerate(rows):
        known = ~np.isnan(actual)
        error = np.where(known, actual - made.expected()[: len(actual)], 0.0)
        root = np.where(known[:, None], made.root[: len(actual)], 0.0)
        for scores, off, size in ((months, error, root), (totals, error.cumsum(), root.cumsum(axis=0))):
            spread = np.sqrt((size**2).sum(axis=1))
            scored = known & (spread > 0)
            scores[at, : len(actual)][scored] = np.abs(off[scored]) / spread[scored]
    return Misses(months, totals, np.array([made.freedom for made, _ in rows]))


@dataclass(frozen=True)
class Forecast:
    """mean: what is expected, months ahead in order. root: months × months (lower triangle); the errors of the months are
    root @ z, where z are independent and follow Student's t with `freedom` degrees (infinite: normal).
    floor: no month can fall below it; None for series that may (logarithms). misses: how far the method missed from past months; the
    limits are then the wider of its own and of what those call for."""

    method: str
    mean: Floats
    root: Floats
    freedom: float = np.inf
    floor: float | None = 0.0
    misses: Misses | None = None

    def limits(self, level: float = 95) -> tuple[Floats, Floats]:
        """Lower and upper limit of each month."""
        wider = self.misses.of_months(level) if self.misses else 1.0
        away = wider * quantile(self.freedom, level) * np.sqrt((self.root**2).sum(axis=1))
        return self._raised(self.mean - away), self._raised(self.mean + away)

    def expected(self) -> Floats:
        """The mean of each month, not below the floor."""
        return self._raised(self.mean)

    def total(self, months: int, level: float = 95) -> Interval:
        """The sum of the first `months` months. Var(Σ) = Σ Σ cov, which is the squared length of the summed rows of the root."""
        spread = float(np.sqrt((self.root[:months].sum(axis=0) ** 2).sum()))
        wider = self.misses.of_total(months, level) if self.misses else 1.0
        away = wider * quantile(self.freedom, level) * spread
        middle = float(self.mean[:months].sum())
        shown = float(self.expected()[:months].sum())
        lowest = -np.inf if self.floor is None else self.floor * months
        lower, upper = max(middle - away, lowest), max(middle + away, lowest)
        return Interval(shown, min(lower, shown), max(upper, shown))

    def first(self, months: int) -> Forecast:
        """The same for the first `months` months alone."""
        return replace(self, mean=self.mean[:months], root=self.root[:months])

    def _raised(self, values: Floats) -> Floats:
        return values if self.floor is None else np.maximum(values, self.floor)


def quantile(freedom: float, level: float) -> float:
    """How many standard errors the limits of `level` percent lie from the middle."""
    from scipy.special import ndtri, stdtrit

    upper = 0.5 + level / 200
    return float(ndtri(upper)) if np.isinf(freedom) else float(stdtrit(freedom, upper))


def combined(parts: Sequence[Forecast], method: str) -> Forecast:
    """The plain average of several forecasts, which is hard to beat (Bates & Granger 1969; Petropoulos & Svetunkov 2020 on ETS, ARIMA and Theta).

    Their errors are taken to come from the same surprises, so the roots are averaged: the limits are then no narrower than the average of the parts'.
    """
    mean = np.mean([part.mean for part in parts], axis=0)
    root = np.mean([part.root for part in parts], axis=0)
    return Forecast(method, mean, root, min(part.freedom for part in parts), parts[0].floor)


def innovations_root(weights: Floats, sigma: float) -> Floats:
    """The root for a model in innovations form: the error h months ahead is Σ weights[j] × surprise[h − j], with weights[0] = 1
    (Hyndman, Koehler, Ord & Snyder 2008, section 6.1; Box & Jenkins 1970 for ARIMA)."""
    ahead = len(weights)
    lag = np.subtract.outer(np.arange(ahead), np.arange(ahead))
    return np.asarray(np.where(lag >= 0, sigma * weights[np.abs(lag)], 0.0))
