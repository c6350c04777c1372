"""Is a series rising or falling over its length? The rank test of Mann and Kendall, the slope of Theil and Sen, and the words
that tested rules allow for them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

FEWEST_POINTS = 20
"""Under this many months only the steepest trends can be told, and a season looks like one (our choice, shown by simulation)."""

STRONGEST = 0.9
"""Months that follow each other more closely than this hold too little evidence to correct for."""


@dataclass(frozen=True)
class Trend:
    """For each series. tau: Kendall's, −1 to 1. p: two-sided, corrected for months that are like the month before. slope: the
    median change a month (Theil 1950, Sen 1968), in the unit of the series. yearly: twelve slopes, as a share of the median.
    points: how many were known."""

    tau: Floats
    p: Floats
    slope: Floats
    yearly: Floats
    points: NDArray[np.int64]


@dataclass(frozen=True)
class Word:
    """A trend is called by the first of `WORDS` whose conditions it meets. p: less than this. yearly: at least this change a
    year, as a share of the usual month."""

    strength: str
    p: float
    yearly: float


WORDS = (Word("clear", 0.01, 0.05), Word("weak", 0.05, 0.0))
"""“Clear”: chance alone gives it less than 1 time in 100, and it moves by 5% or more a year. “Weak”: less than 1 time in 20. Both
are tested by simulation (docs/explanation/signals-and-false-alarms.md); any other series is “static”."""

STATIC = "static"


@dataclass(frozen=True)
class Called:
    """strength: clear, weak or static. direction: 1 upward, −1 downward, 0 for static."""

    strength: str
    direction: int


def trend(series: ArrayLike) -> Trend:
    """The trend of each series (last axis: time, NaN where not supplied). NaN where fewer than three points are known.

    Kendall's S with its variance for ties (Kendall 1975), the normal test with continuity correction; the variance is widened by
    the effective number of points of a first-order series, its correlation taken from what the slope leaves (Yue and Wang 2004).
    """
    y = np.atleast_2d(np.asarray(series, dtype=np.float64))
    shape = np.shape(series)[:-1]
    first, second = np.triu_indices(y.shape[-1], k=1)
    steps = y[:, second] - y[:, first]
    known = ~np.isnan(y)
    points = known.sum(axis=1)
    enough = points >= 3
    score = np.nansum(np.sign(steps), axis=1)
    slope = np.full(len(y), np.nan)
    if enough.any():
        slope[enough] = np.nanmedian(steps[enough] / (second - first), axis=1)
    variance = (_pairs_variance(points) - _ties(y)) * _widening(y, slope, points)
    z = np.divide(score - np.sign(score), np.sqrt(variance), out=np.zeros(len(y)), where=variance > 0)
    from scipy.special import ndtr

    p = np.where(enough, 2 * ndtr(-np.abs(z)), np.nan)
    pairs = np.maximum(points * (points - 1) / 2, 1)
    level = np.array([np.median(row[~np.isnan(row)]) if ok else np.nan for row, ok in zip(y, enough, strict=True)])
    yearly = np.divide(12 * slope, level, out=np.zeros(len(y)), where=level != 0)
    yearly = np.where(enough, yearly, np.nan)
    tau = np.where(enough, score / pairs, np.nan)
    parts = [np.asarray(part.reshape(shape), dtype=np.float64) for part in (tau, p, slope, yearly)]
    return Trend(parts[0], parts[1], parts[2], parts[3], points.reshape(shape))


def called(p: float, yearly: float, tau: float) -> Called:
    """The word for one trend, by the rules of `WORDS`."""
    for word in WORDS:
        if p < word.p and abs(yearly) >= word.yearly:
            return Called(word.strength, 1 if tau > 0 else -1)
    return Called(STATIC, 0)


def _pairs_variance(n: NDArray[np.int64]) -> Floats:
    """Variance of S without ties: n (n − 1) (2n + 5) / 18 (Kendall 1975)."""
    return np.asarray(n * (n - 1) * (2 * n + 5) / 18, dtype=np.float64)


def _ties(y: Floats) -> Floats:
    """What ties take off it: Σ t (t − 1) (2t + 5) / 18 over groups of t equal values, here added up point by point."""
    alike = (y[:, :, None] == y[:, None, :]).sum(axis=2)
    return np.asarray(np.where(alike > 0, (alike - 1) * (2 * alike + 5), 0).sum(axis=1) / 18)


def _widening(y: Floats, slope: Floats, points: NDArray[np.int64]) -> Floats:
    """How many points of a first-order series are worth one separate point: 1 + 2 Σ (1 − k/n) r^k."""
    left = y - np.where(np.isnan(slope), 0.0, slope)[:, None] * np.arange(y.shape[-1])
    known = ~np.isnan(left)
    n = np.maximum(points, 1)
    left = np.where(known, left - (np.where(known, left, 0).sum(axis=1) / n)[:, None], 0.0)
    squares = (left**2).sum(axis=1)
    r = np.divide((left[:, 1:] * left[:, :-1]).sum(axis=1), squares, out=np.zeros(len(y)), where=squares > 0)
    # Too low by about (1 + 4r) / n when a line was taken out first (Marriott and Pope 1954).
    r = np.clip(r + (1 + 4 * r) / n, 0.0, STRONGEST)
    lags = np.arange(1, y.shape[-1])
    weights = np.maximum(1 - lags / n[:, None], 0)
    return np.asarray(1 + 2 * (weights * r[:, None] ** lags).sum(axis=1))
