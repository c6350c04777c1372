"""How unevenly events fall on places: Lorenz curve, Gini, generalised Gini, the share in the busiest places.

A count is the number of events in one place; every place that could have had one is given, those with none as 0.
Sources: Lorenz 1905; Gini 1914; Bernasco & Steenbeek 2017, "More places than crimes: implications for evaluating the law of crime
concentration at place", Journal of Quantitative Criminology 33, 451-467; Weisburd 2015, "The law of crime concentration and the
criminology of place", Criminology 53, 133-157.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

DRAWS = 2000
"""Draws behind an interval: its ends then vary by about a twentieth of its width (Efron & Tibshirani 1993, chapter 13)."""
SEED = 20170905


@dataclass(frozen=True)
class Curve:
    """places: share of all places, busiest first, from 0 to 1. events: share of all events in them, from 0 to 1."""

    places: Floats
    events: Floats


@dataclass(frozen=True)
class TopShare:
    """places: how many are the busiest `fraction`. observed: the share of events counted in them.

    by_chance: the share that the busiest would hold if every place ran the same risk. underlying, lower, upper: the share of the
    risk itself in the places that run most of it, with its limits; the observed share is luckier than that, because places are
    called busiest after looking. Shares, 0 to 1.
    """

    places: int
    observed: float
    by_chance: float
    underlying: float
    lower: float
    upper: float


def curve(counts: ArrayLike) -> Curve:
    """The Lorenz curve, busiest places first. Raises ValueError when there is no event, or a count below nought."""
    x = np.sort(_checked(counts))[::-1]
    return Curve(np.arange(len(x) + 1) / len(x), np.concatenate([[0.0], np.cumsum(x) / x.sum()]))


def gini(counts: ArrayLike, *, unbiased: bool = False) -> float:
    """The Gini coefficient: 0 when all places have as many, near 1 when one has all. unbiased: times n / (n − 1)."""
    x = _checked(counts)
    n = len(x)
    plain = (_ranked(x) - n - 1) / n
    return _widened(plain, n) if unbiased else plain


def generalised_gini(counts: ArrayLike, *, unbiased: bool = False) -> float:
    """Gini's coefficient for fewer events than places (Bernasco & Steenbeek 2017, equation 8): 0 when events are spread as
    evenly as whole events can be, though most places then have none. The plain coefficient where events are as many as places.

    unbiased: times m / (m − 1), where m is the smaller of events and places.
    """
    x = _checked(counts)
    n, events = len(x), float(x.sum())
    plain = max(1 / events, 1 / n) * (_ranked(x) - n - 1) - max(n / events, 1.0) + 1
    return _widened(plain, min(n, events)) if unbiased else plain


def places_for(counts: ArrayLike, share: float = 0.5) -> int:
    """The fewest places that hold at least `share` of events: the bandwidth of concentration (Weisburd 2015)."""
    held = curve(counts).events
    return int(np.argmax(held >= share - 1e-12))


def top_share(counts: ArrayLike, fraction: float, confidence: float = 0.95, *, seed: int = SEED) -> TopShare:
    """The share of events in the busiest `fraction` of places (the nearest whole number of them, one at least).

    The limits are of the share of risk: each place's risk is drawn from what its count and the spread of all counts leave open
    (gamma risks, Poisson counts: Clayton & Kaldor 1987, Biometrics 43, 671-681; their equations 4 and 5), and the busiest
    are picked anew in each draw.
    """
    x = _checked(counts)
    if not 0 < fraction <= 1:
        raise ValueError("fraction lies between 0 and 1")
    k = max(1, int(np.floor(fraction * len(x) + 0.5)))
    rng = np.random.default_rng(seed)
    level = rng.multinomial(round(float(x.sum())), np.full(len(x), 1 / len(x)), size=DRAWS)
    risks = _risks(x, rng)
    shares = _top(risks, k) / risks.sum(axis=1)
    tail = 100 * (1 - confidence) / 2
    low, middle, high = np.percentile(shares, [tail, 50, 100 - tail])
    chance = float((_top(level, k) / level.sum(axis=1)).mean())
    return TopShare(k, float(np.sort(x)[::-1][:k].sum() / x.sum()), chance, float(middle), float(low), float(high))


def _risks(x: Floats, rng: np.random.Generator) -> Floats:
    """Draws of every place's risk. How much risks differ is itself drawn, as the counts leave it open: their variance times
    f / χ² with f degrees of freedom, f as few as their peakedness leaves (Box 1953, Biometrika 40, 318-335); what is no more than
    chance would have counts vary leaves all risks equal."""
    n, mean = len(x), float(x.mean())
    variance = float(x.var(ddof=1)) if n > 1 else 0.0
    if variance == 0.0:
        return np.full((DRAWS, n), mean)
    peaked = float(((x - mean) ** 4).mean() / x.var() ** 2)
    freedom = max(2 * n / max(peaked - 1, 1e-9), 1.0) if peaked > 3 else float(n - 1)
    beyond = variance * freedom / rng.chisquare(freedom, size=(DRAWS, 1)) - mean
    equal = beyond <= 0
    beyond = np.where(equal, 1.0, beyond)
    drawn = rng.gamma(x + mean**2 / beyond, 1 / (1 + mean / beyond), size=(DRAWS, n))
    return np.where(equal, mean, drawn)


def _top(values: NDArray[np.generic], k: int) -> Floats:
    """The sum of the k largest of each row."""
    if k == values.shape[1]:
        return np.asarray(values.sum(axis=1), dtype=np.float64)
    return np.asarray(np.partition(values, -k, axis=1)[:, -k:].sum(axis=1), dtype=np.float64)


def _ranked(x: Floats) -> float:
    """Twice the sum of rank × share of events, ranks from the quietest place."""
    ordered = np.sort(x)
    return float(2 * (np.arange(1, len(x) + 1) * (ordered / ordered.sum())).sum())


def _widened(value: float, m: float) -> float:
    return value * m / (m - 1) if m > 1 else value


def _checked(counts: ArrayLike) -> Floats:
    x = np.asarray(counts, dtype=np.float64)
    if x.ndim != 1 or not len(x) or not np.isfinite(x).all() or (x < 0).any() or x.sum() <= 0:
        raise ValueError("counts are a list of numbers from 0, not all 0")
    return x
