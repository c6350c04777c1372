"""Rates, proportions and their intervals. Arithmetic on numbers or arrays; knows nothing of crime.

Every function takes numbers or arrays of one shape and gives an `Interval` of arrays of that shape. A count that is not a
number (NaN) gives limits that are not numbers: nothing known is never nought.

The formulas are those of the public-health practice that English local government follows:
APHO Technical Briefing 3, "Commonly used public health statistics and their confidence intervals" (2008), and
Breslow & Day, "Statistical Methods in Cancer Research", volume II (1987).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

EXACT_BELOW = 10
"""Counts under 10 get exact Poisson limits, larger ones Byar's: APHO Technical Briefing 3, page 5."""


@dataclass(frozen=True)
class Interval:
    """Lower and upper limit, in the unit of what was asked."""

    lower: Floats
    upper: Floats


@dataclass(frozen=True)
class Rate:
    """value = count / base × per, with its limits in the same unit."""

    value: Floats
    lower: Floats
    upper: Floats


def byar(count: ArrayLike, confidence: float = 0.95) -> Interval:
    """Byar's approximation to the limits of a Poisson count (Breslow & Day 1987, page 69; APHO Technical Briefing 3).

    Unit: events. A lower limit that the formula puts below nought is nought.
    """
    x, z = np.asarray(count, dtype=np.float64), _normal(confidence)
    positive = np.where(x > 0, x, np.nan)
    lower = positive * (1 - 1 / (9 * positive) - z / (3 * np.sqrt(positive))) ** 3
    above = x + 1
    upper = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
    return Interval(np.where(x == 0, 0.0, np.maximum(lower, 0.0)), upper)


def exact_poisson(count: ArrayLike, confidence: float = 0.95) -> Interval:
    """Exact limits of a Poisson count from the chi-squared distribution (Garwood 1936; APHO Technical Briefing 3). Unit: events."""
    from scipy.special import gammainccinv, gammaincinv

    x, tail = np.asarray(count, dtype=np.float64), (1 - confidence) / 2
    lower = np.where(x == 0, 0.0, gammaincinv(np.where(x > 0, x, np.nan), tail))
    return Interval(lower, gammainccinv(x + 1, tail))


def poisson(count: ArrayLike, confidence: float = 0.95) -> Interval:
    """Limits of a Poisson count: exact below 10, Byar's from 10 (APHO Technical Briefing 3). Unit: events."""
    x = np.asarray(count, dtype=np.float64)
    exact, near = exact_poisson(x, confidence), byar(x, confidence)
    small = x < EXACT_BELOW
    return Interval(np.where(small, exact.lower, near.lower), np.where(small, exact.upper, near.upper))


def crude_rate(count: ArrayLike, base: ArrayLike, per: float = 1.0, confidence: float = 0.95) -> Rate:
    """Events for every `per` of the base, with limits from `poisson`. A base of nought or unknown gives no rate (NaN)."""
    x, n = np.asarray(count, dtype=np.float64), np.asarray(base, dtype=np.float64)
    scale = per / np.where(n > 0, n, np.nan)
    limits = poisson(x, confidence)
    return Rate(x * scale, limits.lower * scale, limits.upper * scale)


def wilson(count: ArrayLike, base: ArrayLike, confidence: float = 0.95) -> Interval:
    """Wilson's score limits of a proportion (Wilson 1927; Newcombe 1998, method 3). Unit: share, 0 to 1.

    A base of nought or unknown gives no limits (NaN).
    """
    x, given = np.asarray(count, dtype=np.float64), np.asarray(base, dtype=np.float64)
    n, z = np.where(given > 0, given, np.nan), _normal(confidence)
    middle = 2 * x + z**2
    spread = z * np.sqrt(z**2 + 4 * x * (1 - x / n))
    whole = 2 * (n + z**2)
    return Interval(np.maximum((middle - spread) / whole, 0.0), np.minimum((middle + spread) / whole, 1.0))


def _normal(confidence: float) -> float:
    """The standard normal value with `confidence` between it and its negative, 1.96 for 0.95."""
    from scipy.special import ndtri

    return float(ndtri(0.5 + confidence / 2))
