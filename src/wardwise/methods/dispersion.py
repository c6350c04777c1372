"""How much more than chance a monthly count varies, and two totals compared with that in mind.

Repeat victims, busy weekends and police operations make counts vary more than separate events would, and one month like the
next. The exact test of two counts knows nothing of that, so with large totals it calls nearly every change real.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import compare

Floats = NDArray[np.float64]

FEWEST_MONTHS = 30
"""Fewer known months leave under about 17 to judge by, once each month of the year has its own level (our choice)."""

FEWEST_EVENTS = 1.0
"""Below one event a month the ratio of variance to mean is too rough to use (our choice, shown by simulation)."""

_ROUNDS = 25
"""Rounds of iteratively reweighted least squares; counts settle in under ten (McCullagh and Nelder 1989, 2.5)."""


@dataclass(frozen=True)
class Dispersion:
    """factor: variance of a month over its mean, at least 1 (Pearson's X² over its degrees of freedom; Wedderburn 1974).
    follows: how much one month is like the one before, 0 to 0.9. freedom: degrees of freedom. months: how many it is based on."""

    factor: float
    follows: float
    freedom: int
    months: int

    def of_total(self, months: int) -> float:
        """Variance of a total of `months` months over its mean: the factor, widened because months follow each other
        (the variance of a sum of a first-order series; Box, Jenkins and Reinsel 2008, 2.1.5)."""
        lags = np.arange(1, months)
        return self.factor * float(1 + 2 * np.sum((1 - lags / months) * self.follows**lags))


def estimate(series: ArrayLike, *, season: int = 0, levels: Sequence[ArrayLike] = ()) -> Dispersion | None:
    """Dispersion of one monthly series of counts, NaN where not supplied, about a level for each month of the year.

    season: the month of the year of the first point, 0 to 11. levels: marks of the points (1 or 0) that may stand at a level of
    their own, such as the period that is compared, or the months after a change of recording. None when there are too few months
    or events to tell.
    """
    y = np.asarray(series, dtype=np.float64)
    known = ~np.isnan(y)
    if known.sum() < FEWEST_MONTHS or y[known].mean() < FEWEST_EVENTS:
        return None
    at = np.flatnonzero(known)
    months = np.eye(12)[(at + season) % 12]
    design = np.column_stack([months, *(np.asarray(level, dtype=np.float64)[at] for level in levels)])
    rank = int(np.linalg.matrix_rank(design))
    freedom = len(at) - rank
    fitted = _fit(y[at], design)
    residuals = (y[at] - fitted) / np.sqrt(fitted)
    squares = float(residuals @ residuals)
    if squares == 0 or freedom < 1:
        return None
    beside = np.diff(at) == 1
    follows = float(np.sum((residuals[1:] * residuals[:-1])[beside])) / squares
    # A correlation worked out from residuals is too low by about (1 + 3r) / n (Kendall and Stuart 1976, 48.2).
    mended = follows + (1 + 3 * follows) / len(at)
    return Dispersion(max(1.0, squares / freedom), min(max(mended, 0.0), 0.9), freedom, len(at))


def judge(
    before: int, after: int, exposure_before: float, exposure_after: float, dispersion: Dispersion | None = None
) -> compare.Verdict:
    """Whether two counts can be told apart: by the exact test, and where a dispersion is known also by the ratio's logarithm
    over its standard error with that dispersion (t, quasi-Poisson). The weaker evidence of the two decides."""
    exact = compare.verdict(before, after, exposure_before, exposure_after)
    if dispersion is None or before + after == 0:
        return exact
    from scipy.stats import t

    moved, error = _log_ratio(before, after, exposure_before, exposure_after, dispersion)
    p = max(exact.p, float(2 * t.sf(abs(moved) / error, dispersion.freedom)))
    return compare.Verdict(exact.direction, p < compare.ALPHA, p, exact.z)


@dataclass(frozen=True)
class PercentRange:
    """Between which changes, in percent of the earlier rate, the true one lies 19 times in 20."""

    lower: float
    upper: float


def percent_range(
    before: int, after: int, exposure_before: float, exposure_after: float, dispersion: Dispersion | None = None
) -> PercentRange | None:
    """The 95% interval of a change in percent: the exact one of two Poisson counts (Clopper and Pearson 1934, as a ratio), and
    where a dispersion is known the wider of it and the ratio's logarithm ± t standard errors (quasi-Poisson), as `judge` takes the
    weaker evidence of the two. None without an earlier count to take a percentage of."""
    if before == 0:
        return None
    exact = compare.ratio_test(before, after, exposure_before, exposure_after)
    lower, upper = exact.lower, exact.upper
    if dispersion is not None:
        from scipy.stats import t

        moved, error = _log_ratio(before, after, exposure_before, exposure_after, dispersion)
        reach = float(t.ppf(1 - compare.ALPHA / 2, dispersion.freedom)) * error
        lower, upper = min(lower, math.exp(moved - reach)), max(upper, math.exp(moved + reach))
    return PercentRange((lower - 1) * 100, (upper - 1) * 100)


def _log_ratio(
    before: int, after: int, exposure_before: float, exposure_after: float, dispersion: Dispersion
) -> tuple[float, float]:
    """The logarithm of the later rate over the earlier one, and its standard error with that dispersion."""
    # Half an event is added to each count, so that none can be compared too (Haldane 1956, Anscombe 1956).
    earlier, later = before + 0.5, after + 0.5
    moved = math.log(later / exposure_after) - math.log(earlier / exposure_before)
    variance = (
        dispersion.of_total(round(exposure_before)) / earlier + dispersion.of_total(round(exposure_after)) / later
    )
    return moved, math.sqrt(variance)


def _fit(y: Floats, design: Floats) -> Floats:
    """Fitted means of a log-linear Poisson model, by iteratively reweighted least squares."""
    fitted = (y + y.mean()) / 2
    for _ in range(_ROUNDS):
        working = np.log(fitted) + (y - fitted) / fitted
        weight = np.sqrt(fitted)
        found = np.linalg.lstsq(design * weight[:, None], working * weight, rcond=None)[0]
        fitted = np.exp(np.clip(design @ found, -12, 30))
    return np.asarray(fitted)
