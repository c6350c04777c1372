"""XmR (individuals and moving range) control charts, for one series or many at once.

Series come as an array whose last axis is time, NaN where a month was not supplied. A gap breaks the moving range and every
run: the months on either side of it are not neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .spc_rules import Near, Rules

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

LIMIT_FACTOR = 2.66
"""Limits lie 2.66 mean moving ranges from the mean: 3 / d2 with d2 = 1.128 for ranges of two, to two places (Wheeler 1993)."""

RANGE_FACTOR = 3.267
"""The moving range's upper limit is 3.267 mean moving ranges: D4 for ranges of two (Wheeler 1993)."""


@dataclass(frozen=True)
class Limits:
    """One number for each series, in the unit of the series. points: how many the mean was taken of; ranges: how many
    moving ranges. With no range there are no limits (NaN)."""

    mean: Floats
    moving_range: Floats
    lower: Floats
    upper: Floats
    range_limit: Floats
    points: NDArray[np.int64]
    ranges: NDArray[np.int64]


@dataclass(frozen=True)
class Signals:
    """For every point, which signs it is part of. Runs, trends and near-limit signs mark all their points."""

    above: Flags
    below: Flags
    run_above: Flags
    run_below: Flags
    rising: Flags
    falling: Flags
    near_upper: Flags
    near_lower: Flags
    wide_range: Flags

    def any(self) -> Flags:
        """Points that are part of any sign."""
        return np.asarray(np.logical_or.reduce(list(vars(self).values())), dtype=np.bool_)


def moving_ranges(series: ArrayLike) -> Floats:
    """Absolute differences of neighbours, placed at the later one; NaN at the start and across a gap."""
    y = np.asarray(series, dtype=np.float64)
    ranges = np.full(y.shape, np.nan)
    ranges[..., 1:] = np.abs(np.diff(y, axis=-1))
    return ranges


def limits(series: ArrayLike, *, baseline: slice = slice(None), screen: bool = False) -> Limits:
    """Mean and natural process limits from the points of `baseline` (all, unless told).

    screen: leave out moving ranges at or above their own limit and average the rest again, once, as NHSRplotthedots does by default;
    the published NHS spreadsheet and this project's charts do not.
    """
    y = np.asarray(series, dtype=np.float64)[..., baseline]
    ranges = moving_ranges(y)
    mean, average = _mean(y), _mean(ranges)
    if screen:
        ranges = np.where(ranges < (RANGE_FACTOR * average)[..., None], ranges, np.nan)
        average = _mean(ranges)
    reach = LIMIT_FACTOR * average
    return Limits(mean, average, mean - reach, mean + reach, RANGE_FACTOR * average, _known(y), _known(ranges))


def widened(of: Limits, by: Floats | float) -> Limits:
    """The same limits `by` times as far from the mean, where something was estimated and taken out of the series beforehand."""
    reach = np.asarray((of.upper - of.mean) * by)
    return replace(of, lower=of.mean - reach, upper=of.mean + reach, range_limit=np.asarray(of.range_limit * by))


def signals(series: ArrayLike, of: Limits, rules: Rules) -> Signals:
    """Which points are signs of a special cause under `rules`, given the limits. A missing point is never a sign."""
    y = np.asarray(series, dtype=np.float64)
    side = np.where(np.isnan(y), 0.0, np.sign(y - of.mean[..., None]))
    above, below = y > of.upper[..., None], y < of.lower[..., None]
    step = np.zeros(y.shape)
    step[..., 1:] = np.nan_to_num(np.sign(np.diff(y, axis=-1)))
    nothing = np.zeros(y.shape, dtype=bool)
    near = _nearness(y, of, rules.near) if rules.near else (nothing, nothing)
    return Signals(
        above=above,
        below=below,
        run_above=_runs(side > 0, rules.run),
        run_below=_runs(side < 0, rules.run),
        rising=_trends(step > 0, rules.trend),
        falling=_trends(step < 0, rules.trend),
        near_upper=near[0],
        near_lower=near[1],
        wide_range=moving_ranges(y) > of.range_limit[..., None] if rules.moving_range else nothing,
    )


def longest_run(flags: Flags) -> NDArray[np.int64]:
    """The most points in a row that are marked, for each series."""
    best = np.zeros(flags.shape[:-1], dtype=np.int64)
    length = np.zeros_like(best)
    for i in range(flags.shape[-1]):
        length = np.where(flags[..., i], length + 1, 0)
        best = np.maximum(best, length)
    return best


def _mean(values: Floats) -> Floats:
    """Mean of the known values along time; NaN when there are none."""
    known = ~np.isnan(values)
    total, n = np.where(known, values, 0.0).sum(axis=-1), known.sum(axis=-1)
    return np.asarray(np.divide(total, n, out=np.full(np.shape(total), np.nan), where=n > 0))


def _known(values: Floats) -> NDArray[np.int64]:
    return np.asarray((~np.isnan(values)).sum(axis=-1), dtype=np.int64)


def _runs(flags: Flags, needed: int) -> Flags:
    """The points of every unbroken stretch of at least `needed` marked points; none when `needed` is 0."""
    marked = np.zeros(flags.shape, dtype=bool)
    if needed == 0 or flags.shape[-1] < needed:
        return marked
    full = np.ones((*flags.shape[:-1], flags.shape[-1] - needed + 1), dtype=bool)
    for i in range(needed):
        full &= flags[..., i : i + full.shape[-1]]
    for i in range(needed):
        marked[..., i : i + full.shape[-1]] |= full
    return marked


def _trends(steps: Flags, points: int | None) -> Flags:
    """The points of every stretch of at least `points` points that step one way. n points make n − 1 steps; the point that
    the first step leaves from is part of the trend."""
    if points is None:
        return np.zeros(steps.shape, dtype=bool)
    marked = _runs(steps, points - 1)
    marked[..., :-1] |= marked[..., 1:]
    return marked


def _nearness(y: Floats, of: Limits, near: Near) -> tuple[Flags, Flags]:
    """Points near the upper and near the lower limit, where enough of the window around them are."""
    mean, reach = of.mean[..., None], (of.upper - of.mean)[..., None]
    outside = np.abs(y - mean) > reach
    counted = ~np.isnan(y) if near.counts_outside else ~(np.isnan(y) | outside)
    high = counted & (y - mean > near.share * reach)
    low = counted & (mean - y > near.share * reach)
    gap = np.isnan(y)
    return _window(high, y > mean, gap, near), _window(low, y < mean, gap, near)


def _window(flags: Flags, same_side: Flags, gap: Flags, near: Near) -> Flags:
    """Marked points of windows that hold enough of them, all points on one side of the mean and none missing."""
    marked = np.zeros(flags.shape, dtype=bool)
    width = flags.shape[-1] - near.window + 1
    if width < 1:
        return marked
    count = sum(flags[..., i : i + width].astype(np.int64) for i in range(near.window))
    good = np.asarray(count >= near.needed)
    for i in range(near.window):
        good = good & same_side[..., i : i + width] & ~gap[..., i : i + width]
    for i in range(near.window):
        marked[..., i : i + width] |= good & flags[..., i : i + width]
    return marked
