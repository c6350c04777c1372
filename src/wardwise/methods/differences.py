"""Did the target area change more than the comparison area? Difference in differences for counts, on the scale of ratios.

Given how many events the two areas had together, the target's part of them is binomial, and what both share (season, recording,
weather) falls away. Its odds after over its odds before are the ratio of the two rates of change.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .interrupted import usual_lags
from .rates import Floats
from .regression import NoFitError, alike_factor, autocorrelation

FEWEST_MONTHS = 6
"""Months needed on each side to judge how much months vary (our choice)."""


@dataclass(frozen=True)
class Change:
    """ratio: change in the target over change in the comparison area; 0.8 is a fall of 20% beyond it. p: two-sided. prevented: events that
    the target would have had on top if it had changed as the comparison area did, with limits (below nought: more happened).

    dispersion: 1 when months vary as chance says. autocorrelation: of neighbouring months. Both are None for totals.
    """

    ratio: float
    lower: float
    upper: float
    p: float
    error: float
    prevented: float
    prevented_lower: float
    prevented_upper: float
    dispersion: float | None = None
    autocorrelation: float | None = None


@dataclass(frozen=True)
class Trend:
    """monthly: the ratio by which the target moved against the comparison area in each month before the start, and p that it is 1.
    dispersion: how much more than chance the months' shares varied around it, 1 for chance alone."""

    monthly: float
    lower: float
    upper: float
    p: float
    dispersion: float


def of_totals(
    target_before: int, target_after: int, comparison_before: int, comparison_after: int, confidence: float = 0.95
) -> Change:
    """From four counts. The interval is Woolf's (1955), with ½ added to each count when one is nought (Haldane 1956); p is Fisher's
    exact one, which holds for small counts. Raises NoFitError when an area never had an event."""
    from scipy.special import ndtri
    from scipy.stats import fisher_exact

    cells = [target_before, target_after, comparison_before, comparison_after]
    if target_before + target_after == 0 or comparison_before + comparison_after == 0:
        raise NoFitError("one of the areas had no event in either period")
    b, a, d, c = (n + 0.5 if min(cells) == 0 else float(n) for n in cells)
    log, error = math.log(a / b) - math.log(c / d), math.sqrt(sum(1 / n for n in (a, b, c, d)))
    p = float(fisher_exact([[target_before, target_after], [comparison_before, comparison_after]])[1])
    return _change(log, error, float(ndtri(0.5 + confidence / 2)), p, float(target_after))


def of_months(target: ArrayLike, comparison: ArrayLike, start: int, confidence: float = 0.95) -> Change:
    """From monthly counts of both areas, `start` the place of the first month after. The standard error is the larger of the
    over-dispersed binomial one, widened by `regression.alike_factor`, and Newey & West's (1987), never less than chance alone
    gives; the interval takes Student's t.

    Raises NoFitError when a side has fewer than six months or an area has no event on one side: then compare totals.
    """
    from scipy.special import stdtr, stdtrit

    y, whole, after = _together(target, comparison, start)
    design = np.column_stack([np.ones(y.size), after])
    beta, covariance, residual, pearson = _logistic(y, whole, design)
    freedom = y.size - 2
    dispersion = float((pearson**2).sum()) / freedom
    scores = design * residual[:, None]
    robust = _robust(scores, covariance, usual_lags(y.size))
    quasi = covariance[1, 1] * max(dispersion, 1.0) * alike_factor(pearson) ** 2
    error = math.sqrt(max(quasi, robust[1, 1]))
    p = 2 * float(stdtr(freedom, -abs(beta[1]) / error))
    happened = float(y[start:].sum())
    reach = float(stdtrit(freedom, 0.5 + confidence / 2))
    return _change(float(beta[1]), error, reach, p, happened, dispersion, autocorrelation(pearson))


def trend_before(target: ArrayLike, comparison: ArrayLike, start: int, confidence: float = 0.95) -> Trend:
    """Whether the two areas moved alike before the start, which the comparison rests on; later counts are not looked at. Raises
    NoFitError for fewer than six months, or an area without an event."""
    from scipy.special import stdtr, stdtrit

    y, other = np.asarray(target, dtype=np.float64)[:start], np.asarray(comparison, dtype=np.float64)[:start]
    if start < FEWEST_MONTHS or min(y.sum(), other.sum()) == 0:
        raise NoFitError(f"it takes {FEWEST_MONTHS} months before the start, with events in both areas")
    whole = y + other
    design = np.column_stack([np.ones(start), np.arange(start, dtype=np.float64)])
    beta, covariance, _, pearson = _logistic(y, whole, design)
    freedom = start - 2
    dispersion = float((pearson**2).sum()) / freedom
    error = math.sqrt(covariance[1, 1] * max(dispersion, 1.0))
    reach = float(stdtrit(freedom, 0.5 + confidence / 2)) * error
    p = 2 * float(stdtr(freedom, -abs(beta[1]) / error))
    return Trend(math.exp(beta[1]), math.exp(beta[1] - reach), math.exp(beta[1] + reach), p, dispersion)


def _change(
    log: float,
    error: float,
    reach: float,
    p: float,
    happened: float,
    dispersion: float | None = None,
    alike: float | None = None,
) -> Change:
    ratio, lower, upper = (math.exp(log + step * error) for step in (0, -reach, reach))
    prevented, least, most = (happened / r - happened for r in (ratio, upper, lower))
    return Change(ratio, lower, upper, p, error, prevented, least, most, dispersion, alike)


def _together(target: ArrayLike, comparison: ArrayLike, start: int) -> tuple[Floats, Floats, Floats]:
    y, other = np.asarray(target, dtype=np.float64), np.asarray(comparison, dtype=np.float64)
    if y.shape != other.shape or not np.isfinite([y, other]).all():
        raise NoFitError("a month was not supplied for one of the areas")
    if start < FEWEST_MONTHS or y.size - start < FEWEST_MONTHS:
        raise NoFitError(f"it takes {FEWEST_MONTHS} months on each side to judge how much months vary")
    if min(part.sum() for part in (y[:start], y[start:], other[:start], other[start:])) == 0:
        raise NoFitError("one of the areas had no event before, or none after")
    return y, y + other, (np.arange(y.size) >= start).astype(np.float64)


def _logistic(y: Floats, whole: Floats, design: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Coefficients, their covariance, residuals and Pearson residuals of a binomial regression (months without events say nothing)."""
    beta = np.zeros(design.shape[1])
    for _ in range(30):  # Newton's steps; a binomial model with events on both sides settles in fewer than ten
        share = 1 / (1 + np.exp(-(design @ beta)))
        weight = whole * share * (1 - share)
        covariance = np.linalg.inv(design.T @ (design * weight[:, None]))
        beta = beta + covariance @ (design.T @ (y - whole * share))
    residual = y - whole * share
    root = np.sqrt(weight)
    pearson = np.divide(residual, root, out=np.zeros_like(root), where=root > 0)
    return beta, np.asarray(covariance, dtype=np.float64), residual, np.asarray(pearson, dtype=np.float64)


def _robust(scores: Floats, covariance: Floats, lags: int) -> Floats:
    n, p = scores.shape
    middle = scores.T @ scores
    for lag in range(1, lags + 1):
        cross = scores[lag:].T @ scores[:-lag]
        middle += (1 - lag / (lags + 1)) * (cross + cross.T)
    return np.asarray(covariance @ middle @ covariance * n / (n - p))
