"""Do high values lie near high values, over the whole map and place by place?

Place by place: Getis and Ord's Gi* and Moran's Ii. Over the map: Moran's I, Geary's C, Getis and Ord's G. p values in closed form, and by
dealing the values out anew (`redraws`). Formulas as in spdep (R), whose published answers tests/golden reproduces.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .neighbours import Neighbours
from .pairs import Floats
from .redraws import ROUNDING, Tails, redrawn_sums

FEWEST = 4
"""The variance of Moran's I takes four places (Cliff & Ord 1981)."""


class NothingVariesError(ValueError):
    """There is nothing to compare: too few places, or every value alike. The message says which and what is still possible."""


@dataclass(frozen=True)
class HotSpots:
    """Gi* of every place. z: standard scores, above 0 where the place and its neighbours hold high values; p: two-sided, from the normal
    distribution, or from redraws where they were asked for. tails: the two one-sided p values of the redraws."""

    z: Floats
    p: Floats
    tails: Tails | None = None


@dataclass(frozen=True)
class LocalMoran:
    """Ii of every place, with mean and variance given the place's own value. kind: “high-high”, “low-low”, “high-low”, “low-high” (the place,
    then its neighbours; at the mean counts as low), “alone” for a place without neighbours, whose Ii is 0 and p 1. p: two-sided."""

    statistic: Floats
    expected: Floats
    variance: Floats
    z: Floats
    p: Floats
    kind: tuple[str, ...]
    tails: Tails | None = None


@dataclass(frozen=True)
class Overall:
    """A statistic of the whole map against what chance alone gives. p: two-sided, from the normal distribution, or from dealings of the values
    where they were asked for. high and low: one-sided, of dealings with a statistic as high or higher, as low or lower; ties count in both."""

    statistic: float
    expected: float
    variance: float
    z: float
    p: float
    high: float | None = None
    low: float | None = None


def gi_star(values: ArrayLike, neighbours: Neighbours, *, redraws: int = 0, seed: int = 0) -> HotSpots:
    """Gi*: the sum over a place and its neighbours, as a standard score (Getis & Ord 1992; Ord & Getis 1995, equation 14).

    Each place counts with its neighbours at the same weight, so binary and row-standardised weights give one answer. redraws: how many times
    the other values are drawn anew around each place. Raises NothingVariesError when all values are alike.
    """
    x = _values(values, neighbours, fewest=2)
    n, around = len(x), neighbours.binary()
    many = around.counts + 1.0
    mean, spread = x.mean(), x.std()
    room = np.sqrt(np.maximum(many * (n - many), 0.0) / (n - 1))
    over = around.sums(x) + x - mean * many
    z = np.divide(over, spread * room, out=np.zeros(n), where=room > 0)
    if not redraws:
        return HotSpots(z, two_sided(z))
    tails = redrawn_sums(x, around, redraws, seed)
    return HotSpots(z, tails.two_sided, tails)


def local_moran(values: ArrayLike, neighbours: Neighbours, *, redraws: int = 0, seed: int = 0) -> LocalMoran:
    """Ii: a place's departure from the mean times that of its neighbours (Anselin 1995), with mean and variance given the place's own value
    (Sokal, Oden & Thomson 1998, appendix), as spdep 1.2. esda's Ii is this × (n − 1) / n.

    Raises NothingVariesError when all values are alike or there are fewer than three places.
    """
    x = _values(values, neighbours, fewest=3)
    n, z = len(x), x - x.mean()
    second = float((z**2).mean())
    around = neighbours.sums(z)
    total, squares = neighbours.sums(None), np.bincount(neighbours.owners, neighbours.weights**2, minlength=n)
    statistic, share = z * around / second, z**2 / second
    expected = -share * total / (n - 1)
    left = np.maximum(second - z**2 / (n - 1), 0.0)
    variance = share / second * n / (n - 2) * np.maximum(squares - total**2 / (n - 1), 0.0) * left
    room = np.sqrt(variance)
    score = np.divide(statistic - expected, room, out=np.zeros(n), where=room > 0)
    alone, p, tails = neighbours.alone, two_sided(score), None
    if redraws:
        tails = redrawn_sums(z, neighbours, redraws, seed)
        p = tails.two_sided
    p = np.where(alone, 1.0, p)
    return LocalMoran(statistic, expected, variance, score, p, _kinds(z, around, alone), tails)


def moran(values: ArrayLike, neighbours: Neighbours, *, dealings: int = 0, seed: int = 0) -> Overall:
    """Moran's I, with its variance over all ways of dealing the values out (Cliff & Ord 1981, equation 1.44), as spdep's moran.test."""
    x = _values(values, neighbours, fewest=FEWEST)
    n, z, (s0, s1, s2) = len(x), x - x.mean(), _weight_sums(neighbours)
    kurtosis = float((z**4).mean() / (z**2).mean() ** 2)
    statistic = n / s0 * float(z @ neighbours.sums(z)) / float(z @ z)
    expected = -1 / (n - 1)
    spread = n * ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
    peaked = kurtosis * ((n**2 - n) * s1 - 2 * n * s2 + 6 * s0**2)
    variance = (spread - peaked) / ((n - 1) * (n - 2) * (n - 3) * s0**2) - expected**2
    found = _overall(statistic, expected, variance)
    return _dealt(found, lambda dealt: float(dealt @ neighbours.sums(dealt)), z, dealings, seed)


def geary(values: ArrayLike, neighbours: Neighbours, *, dealings: int = 0, seed: int = 0) -> Overall:
    """Geary's C: 1 by chance, less where neighbours are alike (Cliff & Ord 1981, equation 1.48). z is turned so that above 0 means alike,
    as spdep's geary.test does."""
    x = _values(values, neighbours, fewest=FEWEST)
    n, z, (s0, s1, s2) = len(x), x - x.mean(), _weight_sums(neighbours)
    kurtosis = float((z**4).mean() / (z**2).mean() ** 2)
    unlike = float(neighbours.weights @ (x[neighbours.owners] - x[neighbours.ids]) ** 2)
    statistic = (n - 1) * unlike / (2 * s0 * float(z @ z))
    first = (n - 1) * s1 * (n**2 - 3 * n + 3 - (n - 1) * kurtosis)
    second = -(n - 1) * s2 * (n**2 + 3 * n - 6 - (n**2 - n + 2) * kurtosis) / 4
    third = s0**2 * (n**2 - 3 - (n - 1) ** 2 * kurtosis)
    variance = (first + second + third) / (n * (n - 2) * (n - 3) * s0**2)
    turned = _overall(-statistic, -1.0, variance)
    found = Overall(statistic, 1.0, variance, turned.z, turned.p)
    both = neighbours.sums(None) + np.bincount(neighbours.ids, neighbours.weights, minlength=n)
    return _dealt(found, lambda dealt: float(dealt**2 @ both - 2 * dealt @ neighbours.sums(dealt)), z, dealings, seed)


def general_g(values: ArrayLike, neighbours: Neighbours, *, dealings: int = 0, seed: int = 0) -> Overall:
    """Getis and Ord's G (1992): the share of all products of two values that neighbours hold; high when high values lie together.

    Raises ValueError for values below 0, NothingVariesError when all are alike or only one place has any.
    """
    x = _values(values, neighbours, fewest=FEWEST)
    if (x < 0).any():
        raise ValueError("G is for counts and amounts: no value may be below 0")
    if (x > 0).sum() < 2:
        raise NothingVariesError("only one place has any: there is no second for it to lie near")
    n, (s0, s1, s2) = len(x), _weight_sums(neighbours)
    m1, m2, m3, m4 = (float((x**power).sum()) for power in (1, 2, 3, 4))
    statistic = float(x @ neighbours.sums(x)) / (m1**2 - m2)
    expected = s0 / (n * (n - 1))
    b0 = (n**2 - 3 * n + 3) * s1 - n * s2 + 3 * s0**2
    b1 = -((n**2 - n) * s1 - 2 * n * s2 + 6 * s0**2)
    b2 = -(2 * n * s1 - (n + 3) * s2 + 6 * s0**2)
    b3 = 4 * (n - 1) * s1 - 2 * (n + 1) * s2 + 8 * s0**2
    b4 = s1 - s2 + s0**2
    moment = b0 * m2**2 + b1 * m4 + b2 * m1**2 * m2 + b3 * m1 * m3 + b4 * m1**4
    variance = moment / ((m1**2 - m2) ** 2 * n * (n - 1) * (n - 2) * (n - 3)) - expected**2
    found = _overall(statistic, expected, variance)
    return _dealt(found, lambda dealt: float(dealt @ neighbours.sums(dealt)), x, dealings, seed)


def two_sided(z: Floats) -> Floats:
    """How often chance alone gives a standard score as far from 0, either way."""
    from scipy.special import ndtr

    return np.asarray(2 * ndtr(-np.abs(z)))


def _values(values: ArrayLike, neighbours: Neighbours, fewest: int) -> Floats:
    x = np.asarray(values, dtype=np.float64)
    if x.shape != (len(neighbours),):
        raise ValueError(f"{len(neighbours)} places need one value each")
    if not np.isfinite(x).all():
        raise ValueError("a place without a value cannot be compared: leave it out, with its neighbours' links to it")
    if len(x) < fewest:
        raise NothingVariesError(
            f"{len(x)} places are too few to compare, which takes {fewest}: state their values instead"
        )
    if not np.ptp(x) or not np.var(x):
        raise NothingVariesError(f"every place has the same value ({x[0]:g}): none stands out")
    return x


def _weight_sums(neighbours: Neighbours) -> tuple[float, float, float]:
    """S0, S1 and S2 of the weights (Cliff & Ord 1981, page 19)."""
    table = neighbours.table
    s0 = float(neighbours.weights.sum())
    if s0 <= 0:
        raise NothingVariesError("no place has a neighbour: take a longer distance, or areas that touch")
    both = table + table.T
    columns = np.bincount(neighbours.ids, neighbours.weights, minlength=len(neighbours))
    return s0, float((both.data**2).sum()) / 2, float(((neighbours.sums(None) + columns) ** 2).sum())


def _overall(statistic: float, expected: float, variance: float) -> Overall:
    z = (statistic - expected) / variance**0.5 if variance > 0 else 0.0
    return Overall(statistic, expected, max(variance, 0.0), z, float(two_sided(np.asarray(z))))


def _dealt(found: Overall, part: Callable[[Floats], float], values: Floats, dealings: int, seed: int) -> Overall:
    """`found` with p from dealing the values out among the places. part: the only part of the statistic that a dealing changes."""
    if not dealings:
        return found
    chance, pack, seen = np.random.default_rng(seed), values.copy(), part(values)
    drawn = np.empty(dealings)
    for at in range(dealings):
        chance.shuffle(pack)
        drawn[at] = part(pack)
    tie = ROUNDING * max(float(np.abs(drawn).max()), abs(seen))
    high = (1 + int((drawn >= seen - tie).sum())) / (1 + dealings)
    low = (1 + int((drawn <= seen + tie).sum())) / (1 + dealings)
    return replace(found, p=min(2 * min(high, low), 1.0), high=high, low=low)


def _kinds(own: Floats, around: Floats, alone: NDArray[np.bool_]) -> tuple[str, ...]:
    names = np.array(["low-low", "low-high", "high-low", "high-high", "alone"])
    return tuple(names[np.where(alone, 4, 2 * (own > 0) + (around > 0))].tolist())
