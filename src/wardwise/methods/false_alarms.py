"""How often the rules of a control chart mark the latest month of a series in which nothing has changed: found by simulation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import spc
from .spc_rules import Rules

Floats = NDArray[np.float64]

DRAWN = 10_000
"""Series drawn in all: enough to give a rate of 1 in 20 to within half a percentage point."""

D2 = 1.128
"""Mean moving range of two over the standard deviation (Wheeler 1993)."""


@dataclass(frozen=True)
class Expected:
    """How many of the series the latest month would mark by chance alone. separate: if one month told nothing of the next.
    following: if months followed each other as much as they do in these series (`follows`, the middle of theirs)."""

    separate: float
    following: float
    follows: float


def latest(series: ArrayLike, rules: Rules, *, seed: int = 1) -> Expected:
    """For many series of counts at once (last axis: months, NaN where not supplied), each drawn anew with its own mean and spread.

    A count is Poisson about a level that itself varies (log-normal), so that its variance over its mean is that of the series,
    taken from the moving range. Gaps stay where they are.
    """
    y = np.atleast_2d(np.asarray(series, dtype=np.float64))
    found = spc.limits(y)
    known = ~np.isnan(found.moving_range) & (found.mean > 0)
    if not known.any():
        return Expected(0.0, 0.0, 0.0)
    y, mean = y[known], found.mean[known]
    spread = np.maximum(1.0, (found.moving_range[known] / D2) ** 2 / mean)
    follows = float(np.clip(np.median(_follows(y, mean)), 0.0, 0.9))
    random = np.random.default_rng(seed)
    times = max(1, DRAWN // len(y))
    # The moving range of months that follow each other is too small by the root of 1 − r.
    rates = [
        _rate(y, mean, spread if r == 0 else 1 + (spread - 1) / (1 - r), r, rules, times, random)
        for r in (0.0, follows)
    ]
    return Expected(rates[0], rates[1], follows)


def draw(mean: Floats, spread: Floats, follows: float, months: int, random: np.random.Generator) -> Floats:
    """Series of counts without a change: means and variance-to-mean ratios for each, `follows` from one month to the next."""
    from scipy.signal import lfilter

    noise = random.standard_normal((len(mean), months))
    noise[:, 1:] *= np.sqrt(1 - follows**2)
    level = lfilter([1.0], [1.0, -follows], noise, axis=-1)
    scale = np.sqrt(np.log1p((spread - 1) / mean))[:, None]
    return np.asarray(random.poisson(mean[:, None] * np.exp(scale * level - scale**2 / 2)), dtype=np.float64)


def _rate(
    y: Floats, mean: Floats, spread: Floats, follows: float, rules: Rules, times: int, random: np.random.Generator
) -> float:
    gaps = np.tile(np.isnan(y), (times, 1))
    drawn = draw(np.tile(mean, times), np.tile(spread, times), follows, y.shape[-1], random)
    drawn[gaps] = np.nan
    marked = spc.signals(drawn, spc.limits(drawn), rules).any()[:, -1]
    return float(marked.sum()) / times


def _follows(y: Floats, mean: Floats) -> Floats:
    """How much each month is like the one before, mended for the mean taken out (Kendall and Stuart 1976, 48.2)."""
    left = np.where(np.isnan(y), 0.0, y - mean[:, None])
    squares = (left**2).sum(axis=1)
    r = np.divide((left[:, 1:] * left[:, :-1]).sum(axis=1), squares, out=np.zeros(len(y)), where=squares > 0)
    n = np.maximum((~np.isnan(y)).sum(axis=1), 1)
    return np.asarray(r + (1 + 3 * r) / n)
