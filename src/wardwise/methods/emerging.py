"""Which places are becoming hot, staying hot, or cooling? Gi* for each place and month, and the trend of it.

Sources: Getis & Ord 1992, Geographical Analysis 24, 189-206, and Ord & Getis 1995, 27, 286-306 (Gi*); Mann 1945, Econometrica 13,
245-259, and Kendall 1975, Rank Correlation Methods (trend); the categories are those of Esri, "How Emerging Hot Spot Analysis
works", ArcGIS Pro documentation, which police analysts know.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .false_discovery import real

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

MOST = 0.9
"""A share of months that counts as nearly all (Esri)."""


class Pattern(StrEnum):
    """What a place has been, over all months. Each has its twin for cold places; see `Course`."""

    NEW = "new"
    CONSECUTIVE = "consecutive"
    INTENSIFYING = "intensifying"
    PERSISTENT = "persistent"
    DIMINISHING = "diminishing"
    SPORADIC = "sporadic"
    OSCILLATING = "oscillating"
    HISTORICAL = "historical"
    NONE = "no pattern"


@dataclass(frozen=True)
class Course:
    """hot: True of a hot pattern, False of a cold one, None of none. months_hot, months_cold: how many were."""

    pattern: Pattern
    hot: bool | None
    months_hot: int
    months_cold: int


@dataclass(frozen=True)
class Trend:
    """s: rises less falls over all pairs of months. z: s over its standard deviation. p: two-sided. One for each row."""

    s: Floats
    z: Floats
    p: Floats


def space_time_gi_star(counts: ArrayLike, neighbours: ArrayLike, back: int = 1) -> Floats:
    """Gi* of each place (row) and month (column) among all places and months: z-scores of the same shape.

    neighbours: square array, true where two places touch; a place is always its own neighbour. back: months before that belong to
    a month's neighbourhood, itself always (Esri: one). Binary weights (Ord & Getis 1995, equation 6). Raises ValueError when
    every count is the same, or shapes do not match.
    """
    x, near = np.asarray(counts, dtype=np.float64), np.array(neighbours, dtype=np.bool_)
    if x.ndim != 2 or near.shape != (len(x), len(x)):
        raise ValueError("counts are places by months, neighbours places by places")
    np.fill_diagonal(near, True)
    n, mean, spread = x.size, x.mean(), x.std()
    if not np.isfinite(x).all() or spread <= 0:
        raise ValueError("counts must be known everywhere, and differ")
    months = np.minimum(np.arange(x.shape[1]), back) + 1
    sums = near.astype(np.float64) @ x
    total = np.cumsum(sums, axis=1)
    total[:, back + 1 :] -= np.cumsum(sums, axis=1)[:, : -back - 1]
    weight = near.sum(axis=1)[:, None] * months[None, :]
    deviation = spread * np.sqrt(np.maximum((n * weight - weight**2) / (n - 1), 0))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(deviation > 0, (total - weight * mean) / deviation, 0.0)


def mann_kendall(series: ArrayLike) -> Trend:
    """The Mann-Kendall test on each row, with ties allowed for and a step of one for continuity (Kendall 1975, chapter 4).

    Fewer than three months, or a row that never changes, show no trend: z 0, p 1.
    """
    from scipy.special import ndtr

    x = np.atleast_2d(np.asarray(series, dtype=np.float64))
    length = x.shape[1]
    first, second = np.triu_indices(length, 1)
    s = np.sign(x[:, second] - x[:, first]).sum(axis=1)
    ties = np.array([_tied(row) for row in x])
    variance = (length * (length - 1) * (2 * length + 5) - ties) / 18
    known = (variance > 0) & (length > 2)
    z = np.where(known, np.sign(s) * np.maximum(np.abs(s) - 1, 0) / np.sqrt(np.where(known, variance, 1)), 0.0)
    return Trend(s, z, np.minimum(2 * ndtr(-np.abs(z)), 1.0))


def stands_out(z: ArrayLike, level: float = 0.05) -> tuple[Flags, Flags]:
    """Where z-scores are high and where low beyond chance, with the false discovery rate of all of them together held at `level`
    (Benjamini & Hochberg 1995, Journal of the Royal Statistical Society B 57, 289-300; for Gi*, Caldas de Castro & Singer 2006)."""
    from scipy.special import ndtr

    scores = np.asarray(z, dtype=np.float64)
    told = real(np.minimum(2 * ndtr(-np.abs(scores)), 1.0), level)
    return told & (scores > 0), told & (scores < 0)


def courses(z: ArrayLike, hot: ArrayLike, cold: ArrayLike, level: float = 0.05) -> tuple[Course, ...]:
    """The pattern of each place. z: Gi*, places by months. hot, cold: where it stands out, whatever test said so. level: of the
    test for a trend of z."""
    scores, is_hot, is_cold = np.atleast_2d(np.asarray(z, dtype=np.float64)), _flags(hot), _flags(cold)
    trend = mann_kendall(scores)
    way = np.where(trend.p < level, np.sign(trend.z), 0)
    return tuple(_course(h, c, int(w)) for h, c, w in zip(is_hot, is_cold, way, strict=True))


def _course(hot: Flags, cold: Flags, way: int) -> Course:
    """Hot is asked first; a place is cold only when it is not hot in any of these ways. Colder is a falling z."""
    counts = int(hot.sum()), int(cold.sum())
    found = _pattern(hot, cold, way)
    if found is not Pattern.NONE:
        return Course(found, True, *counts)
    found = _pattern(cold, hot, -way)
    return Course(found, None if found is Pattern.NONE else False, *counts)


def _pattern(on: Flags, other: Flags, way: int) -> Pattern:
    """Esri's definitions in their order; `on` are the months that stand out this way, `other` those the other way."""
    share, last = float(on.mean()), bool(on[-1])
    if not last:
        return Pattern.HISTORICAL if share >= MOST else Pattern.NONE
    if share >= MOST and len(on) > 1:
        return {1: Pattern.INTENSIFYING, -1: Pattern.DIMINISHING}.get(way, Pattern.PERSISTENT)
    run = len(on) if on.all() else int(np.argmin(on[::-1]))
    if on.sum() == run:
        return Pattern.NEW if run == 1 else Pattern.CONSECUTIVE
    return Pattern.OSCILLATING if other.any() else Pattern.SPORADIC


def _tied(row: Floats) -> float:
    """Sum over ties of t (t − 1)(2 t + 5), by which the variance shrinks."""
    t = np.unique(row, return_counts=True)[1].astype(np.float64)
    return float((t * (t - 1) * (2 * t + 5)).sum())


def _flags(given: ArrayLike) -> Flags:
    return np.atleast_2d(np.asarray(given, dtype=bool))
