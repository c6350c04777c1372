"""Estimates from a survey with weights: means, totals and shares, with standard errors that know how the sample was drawn.

Standard errors by linearisation with strata and finite populations: Särndal, Swensson and Wretman (1992), "Model Assisted Survey
Sampling", 5.5 and 5.7; checked against R's survey package. Intervals of shares by Wilson's formula at the effective sample
size: Korn and Graubard (1998), Survey Methodology 24; Dean and Pagano (2015), Journal of Survey Statistics and Methodology 3.
Strata are taken as given and people as drawn one by one within them; clusters are not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """value and its standard error, in the unit of the question. base: people it is of. effective: how many drawn with equal chance would
    be as firm (no more than `base`)."""

    value: float
    error: float
    base: int
    effective: float


@dataclass(frozen=True)
class Difference:
    """value: later less earlier. z: in standard errors. p: two-sided, of so large a difference by chance."""

    value: float
    error: float
    z: float
    p: float


def mean(
    values: ArrayLike, weights: ArrayLike, strata: ArrayLike | None = None, sizes: ArrayLike | None = None,
    within: ArrayLike | None = None,
) -> Estimate:  # fmt: skip
    """The weighted mean of `values`, one a person.

    strata: each person's stratum (one stratum unless given). sizes: the number of people in each person's stratum in the population, for
    the correction of a sample that is a large part of it. within: True for the people the mean is of; the others still tell how the
    sample varies. Raises ValueError when nobody is in it, a weight is negative, or all its weights are nought.
    """
    y, w = np.asarray(values, dtype=np.float64), np.asarray(weights, dtype=np.float64)
    chosen = np.ones(y.size, dtype=bool) if within is None else np.asarray(within, dtype=bool)
    if np.any(w < 0) or w[chosen].sum() <= 0:
        raise ValueError("the weights of the people asked must be nought or more, and not all nought")
    total = float(w[chosen].sum())
    value = float((w * y)[chosen].sum() / total)
    score = np.where(chosen, w * (y - value) / total, 0.0)
    base = int(chosen.sum())
    return Estimate(value, _error(score, strata, sizes), base, effective_size(w[chosen]))


def total(
    values: ArrayLike, weights: ArrayLike, strata: ArrayLike | None = None, sizes: ArrayLike | None = None
) -> Estimate:
    """The estimated total of `values` over the population; as `mean`."""
    y, w = np.asarray(values, dtype=np.float64), np.asarray(weights, dtype=np.float64)
    return Estimate(float((w * y).sum()), _error(w * y, strata, sizes), y.size, effective_size(w))


def effective_size(weights: ArrayLike) -> float:
    """Kish's effective sample size, (Σw)² / Σw² (Kish 1965, Survey Sampling)."""
    w = np.asarray(weights, dtype=np.float64)
    return float(w.sum() ** 2 / np.square(w).sum())


def share_interval(estimate: Estimate, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson's limits of a share (0 to 1) at the effective size that its standard error implies; Kish's where that is nought."""
    from scipy.special import ndtri

    p, z = estimate.value, float(ndtri(0.5 + confidence / 2))
    n = p * (1 - p) / estimate.error**2 if estimate.error > 0 else estimate.effective
    n = min(n, float(estimate.base)) if estimate.base else n
    middle, spread = (
        (p + z**2 / (2 * n)) / (1 + z**2 / n),
        z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2)) / (1 + z**2 / n),
    )
    return max(0.0, float(middle - spread)), min(1.0, float(middle + spread))


def difference(earlier: Estimate, later: Estimate) -> Difference:
    """Later less earlier, for two samples drawn apart. Without any standard error, z is infinite or, for no difference, nought."""
    from scipy.special import ndtr

    value, error = later.value - earlier.value, float(np.hypot(earlier.error, later.error))
    z = value / error if error > 0 else float(np.sign(value)) * np.inf if value else 0.0
    return Difference(value, error, z, float(2 * ndtr(-abs(z))))


def _error(score: Floats, strata: ArrayLike | None, sizes: ArrayLike | None) -> float:
    """√ of the sum over strata of (1 − n/N) n/(n − 1) Σ (score − its mean)². A stratum with one person adds nothing."""
    groups = (
        np.zeros(score.size, dtype=np.int64)
        if strata is None
        else np.unique(np.asarray(strata), return_inverse=True)[1]
    )
    n = np.bincount(groups).astype(np.float64)
    centre = np.bincount(groups, score) / n
    spread = np.bincount(groups, np.square(score - centre[groups]))
    part = np.zeros_like(n)
    if sizes is not None:
        part[groups] = n[groups] / np.asarray(sizes, dtype=np.float64)
    several = n > 1
    return float(np.sqrt(np.sum(((1 - part) * n / np.where(several, n - 1, 1) * spread)[several])))
