"""The time of year taken out of a monthly series, so that every December is not a sign of change."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

FEWEST_MONTHS = 36
"""Three years: each month of the year is then compared with its neighbours at least twice (Wheeler 1993, chapter 7, asks for
three years or more)."""

ALPHA = 0.01
"""A season is taken out only where chance would make one as marked less than 1 time in 100: taking out a season that is not
there makes the limits too narrow (our choice, shown by simulation)."""


@dataclass(frozen=True)
class Season:
    """factors: for each point, what its month of the year is usually of the average month (1.2 is a fifth above). p: how often
    chance alone would make a season as marked. widening: how much wider limits must be, because twelve factors that average 1 were
    fitted to the same months: the root of n / (n − 11). marked: whether it is to be taken out; the factors are 1 where it is not."""

    factors: Floats
    widening: Floats
    p: Floats
    marked: NDArray[np.bool_]

    def without(self, series: ArrayLike) -> Floats:
        """The series with its season taken out, to nine decimals: rounding error must not look like variation."""
        return np.asarray(np.round(np.asarray(series, dtype=np.float64) / self.factors, 9))


def season(series: ArrayLike, *, first: int = 0) -> Season:
    """The season of each series (last axis: months). first: the month of the year of the first point, 0 to 11.

    Each month is divided by the mean of the twelve around it (two means of twelve, half a month apart); a month's factor is the
    average of its ratios, and the twelve factors average 1: classical multiplicative decomposition (Macaulay 1931). A window with a
    month not supplied gives no ratio. Whether there is a season is tested by the analysis of variance of the ratios.
    """
    y = np.atleast_2d(np.asarray(series, dtype=np.float64))
    shape = np.shape(series)
    months = (np.arange(y.shape[-1]) + first) % 12
    ratios = _ratios(y)
    counts = np.stack([(~np.isnan(ratios[:, months == m])).sum(axis=1) for m in range(12)], axis=1)
    enough = (y.shape[-1] >= FEWEST_MONTHS) & (counts >= 2).all(axis=1)
    means = np.ones((len(y), 12))
    p = np.ones(len(y))
    if enough.any():
        sums = np.stack([np.nansum(ratios[:, months == m], axis=1) for m in range(12)], axis=1)
        means = np.where(enough[:, None], sums / np.maximum(counts, 1), 1.0)
        means = means / means.mean(axis=1, keepdims=True)
        p = np.where(enough, _variance_test(ratios, months), 1.0)
    marked = (p < ALPHA) & (means > 0).all(axis=1)
    factors = np.where(marked[:, None], means[:, months], 1.0)
    used = np.maximum(counts.sum(axis=1), 12)
    widening = np.where(marked, np.sqrt(used / (used - 11)), 1.0)
    return Season(
        factors.reshape(shape), widening.reshape(shape[:-1]), p.reshape(shape[:-1]), marked.reshape(shape[:-1])
    )


def _ratios(y: Floats) -> Floats:
    """Each point over the centred mean of twelve; NaN within half a year of an end or of a gap, and where the mean is nought."""
    found = np.full(y.shape, np.nan)
    if y.shape[-1] < 13:
        return found
    windows = np.lib.stride_tricks.sliding_window_view(y, 13, axis=-1)
    weights = np.array([0.5, *[1.0] * 11, 0.5]) / 12
    level = windows @ weights
    found[:, 6:-6] = np.divide(y[:, 6:-6], level, out=np.full(level.shape, np.nan), where=level > 0)
    return found


def _variance_test(ratios: Floats, months: NDArray[np.int64]) -> Floats:
    """p of the one-way analysis of variance of the ratios by month of the year (Fisher 1925), for each row."""
    from scipy.special import fdtrc

    known = ~np.isnan(ratios)
    held = np.where(known, ratios, 0.0)
    n, total = known.sum(axis=1), held.sum(axis=1)
    groups = [(known[:, months == m].sum(axis=1), held[:, months == m].sum(axis=1)) for m in range(12)]
    within_total = sum(np.divide(part**2, here, out=np.zeros(len(ratios)), where=here > 0) for here, part in groups)
    between = within_total - np.divide(total**2, n, out=np.zeros(len(ratios)), where=n > 0)
    within = (held**2).sum(axis=1) - within_total
    left = np.maximum(n - 12, 1)
    score = np.divide(between / 11, within / left, out=np.full(len(ratios), np.inf), where=within > 1e-12)
    return np.asarray(np.where((n > 12) & (between > 1e-12), fdtrc(11, left, score), 1.0))
