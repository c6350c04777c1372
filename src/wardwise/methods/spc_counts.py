"""Shewhart's charts of counts and of samples: p, np, c, u, and the mean and spread of samples (x̄ and s).

They take the spread from the Poisson or binomial law, not from the series itself, so a series that varies more than chance
alone would make it vary shows many false signs: the XmR chart (`spc`) is the one for months of recorded crime.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Chosen = slice | NDArray[np.bool_]
"""The points that the centre line is worked out from: a stretch, or a mark for each point (a known fault is left out)."""

SIGMAS = 3.0
"""Limits lie three standard deviations from the centre (Shewhart 1931)."""


@dataclass(frozen=True)
class Chart:
    """One number for each point: what is charted, the centre line and the limits. NaN where a point was not supplied."""

    values: Floats
    centre: Floats
    lower: Floats
    upper: Floats

    @property
    def beyond(self) -> NDArray[np.bool_]:
        """Points outside their limits."""
        return np.asarray((self.values > self.upper) | (self.values < self.lower), dtype=np.bool_)


def counts(series: ArrayLike, *, baseline: Chosen = slice(None)) -> Chart:
    """c chart: counts over equal spans. The standard deviation of a Poisson count is the root of its mean (Montgomery 2009, 7.3)."""
    y = np.asarray(series, dtype=np.float64)
    centre = np.full(y.shape, _ratio(y[baseline], np.ones(y[baseline].shape)))
    return _chart(y, centre, np.sqrt(centre))


def rates(series: ArrayLike, units: ArrayLike, *, baseline: Chosen = slice(None)) -> Chart:
    """u chart: counts over unequal spans or populations, each divided by its own `units` (Montgomery 2009, 7.3.2)."""
    y, n = np.asarray(series, dtype=np.float64), _positive(units)
    centre = np.full(y.shape, _ratio(y[baseline], n[baseline]))
    return _chart(y / n, centre, np.sqrt(centre / n))


def shares(parts: ArrayLike, wholes: ArrayLike, *, baseline: Chosen = slice(None)) -> Chart:
    """p chart: `parts` of `wholes`, binomial (Montgomery 2009, 7.2). Limits stay between 0 and 1."""
    y, n = np.asarray(parts, dtype=np.float64), _positive(wholes)
    centre = np.full(y.shape, _ratio(y[baseline], n[baseline]))
    return _chart(y / n, centre, np.sqrt(centre * (1 - centre) / n), most=1.0)


def numbers(parts: ArrayLike, whole: float, *, baseline: Chosen = slice(None)) -> Chart:
    """np chart: `parts` of equal wholes, as numbers (Montgomery 2009, 7.2.1)."""
    found = shares(parts, np.full(np.shape(parts), float(whole)), baseline=baseline)
    return Chart(found.values * whole, found.centre * whole, found.lower * whole, found.upper * whole)


def sample_means(samples: list[Floats]) -> Chart:
    """x̄ chart of samples that may differ in size; the spread is pooled within samples (Montgomery 2009, 6.3)."""
    sizes, spread = _pooled(samples)
    means = np.array([sample.mean() for sample in samples])
    centre = np.full(means.shape, np.concatenate(samples).mean())
    return _chart(means, centre, spread / np.sqrt(sizes), least=-np.inf)


def sample_spreads(samples: list[Floats]) -> Chart:
    """s chart: the standard deviation of each sample, with limits for its size (Montgomery 2009, 6.3)."""
    sizes, spread = _pooled(samples)
    found = np.array([sample.std(ddof=1) for sample in samples])
    # The pooled spread is drawn as the centre; its standard deviation is s √(1 − c4²) / c4.
    pooled, c4 = spread * _c4(sizes), _c4(sizes)
    return _chart(found, pooled, pooled * np.sqrt(1 - c4**2) / c4)


def _chart(values: Floats, centre: Floats, sigma: Floats, *, least: float = 0.0, most: float = np.inf) -> Chart:
    lower, upper = np.maximum(centre - SIGMAS * sigma, least), np.minimum(centre + SIGMAS * sigma, most)
    return Chart(values, centre, lower, upper)


def _positive(bases: ArrayLike) -> Floats:
    """Bases as numbers; NaN where there is none to divide by."""
    n = np.asarray(bases, dtype=np.float64)
    return np.where(n > 0, n, np.nan)


def _ratio(parts: Floats, wholes: Floats) -> float:
    known = ~(np.isnan(parts) | np.isnan(wholes))
    whole = wholes[known].sum()
    return float(parts[known].sum() / whole) if whole > 0 else float("nan")


def _pooled(samples: list[Floats]) -> tuple[Floats, Floats]:
    """Sizes, and for each sample the standard deviation that all of them share: the average of samples of one size, the pooled
    one of samples that differ in size (Montgomery 2009, 6.3.1 and 6.3.2), both freed of the small-sample shortfall."""
    sizes = np.array([len(sample) for sample in samples], dtype=np.float64)
    if np.ptp(sizes) == 0:
        spread = np.full(sizes.shape, np.mean([sample.std(ddof=1) for sample in samples]))
    else:
        squares = sum(float(sample.var(ddof=1)) * (len(sample) - 1) for sample in samples)
        spread = np.full(sizes.shape, np.sqrt(squares / (sizes.sum() - len(samples))))
    return sizes, spread / _c4(sizes)


def _c4(n: Floats) -> Floats:
    """What a sample's standard deviation of n falls short of the truth by, on average: √(2/(n−1)) Γ(n/2) / Γ((n−1)/2)."""
    from scipy.special import gammaln

    return np.asarray(np.sqrt(2 / (n - 1)) * np.exp(gammaln(n / 2) - gammaln((n - 1) / 2)))
