"""XmR (individuals and moving range) control charts, for one series or many at once.

Series come as an array whose last axis is time, NaN where a month was not supplied. A gap breaks the moving range and every
run: the months on either side of it are not neighbours.
"""

from __future__ import annotations

import math
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
    ranges = np.abs(y[..., 1:] - y[..., :-1])
    (mean, points), (average, held) = _mean(y), _mean(ranges)
    if screen:
        ranges = np.where(ranges < (RANGE_FACTOR * average)[..., None], ranges, np.nan)
        average, held = _mean(ranges)
    reach = LIMIT_FACTOR * average
    return Limits(mean, average, mean - reach, mean + reach, RANGE_FACTOR * average, points, held)


def widened(of: Limits, by: Floats | float) -> Limits:
    """The same limits `by` times as far from the mean, where something was estimated and taken out of the series beforehand."""
    reach = np.asarray((of.upper - of.mean) * by)
    return replace(of, lower=of.mean - reach, upper=of.mean + reach, range_limit=np.asarray(of.range_limit * by))


def signals(series: ArrayLike, of: Limits, rules: Rules) -> Signals:
    """Which points are signs of a special cause under `rules`, given the limits. A missing point is never a sign."""
    y = np.asarray(series, dtype=np.float64)
    many = y.reshape(math.prod(y.shape[:-1]), y.shape[-1])
    mean, lower, upper, jump = (np.ravel(line) for line in (of.mean, of.lower, of.upper, of.range_limit))
    # Time goes first, so that each step along it is one block of memory; and some series at a time, so that they stay in the cache.
    marks = np.zeros((len(_SIGNS), many.shape[1], len(many)), dtype=bool)
    for start in range(0, len(many), _BLOCK):
        here = slice(start, start + _BLOCK)
        block = np.ascontiguousarray(many[here].T)
        _mark(marks[..., here], block, mean[here], lower[here], upper[here], jump[here], rules)
    return Signals(*(sign.T.reshape(y.shape) for sign in marks))


_SIGNS = ("above", "below", "run_above", "run_below", "rising", "falling", "near_upper", "near_lower", "wide_range")
_BLOCK = 1024


def _mark(marks: Flags, y: Floats, mean: Floats, lower: Floats, upper: Floats, jump: Floats, rules: Rules) -> None:
    """Fill in the marks of some series, in the order of `_SIGNS`; time is the first axis of `y`."""
    high, low = y > mean, y < mean
    marks[0], marks[1] = y > upper, y < lower
    marks[2], marks[3] = _runs(high, rules.run), _runs(low, rules.run)
    if rules.trend:
        marks[4], marks[5] = (_trends(step, rules.trend) for step in (y[1:] > y[:-1], y[1:] < y[:-1]))
    if rules.near:
        part = rules.near.share * (upper - mean)
        above, below = y > mean + part, y < mean - part
        if not rules.near.counts_outside:
            above &= y <= upper
            below &= y >= lower
        marks[6], marks[7] = _window(above, high, rules.near), _window(below, low, rules.near)
    if rules.moving_range:
        marks[8, 1:] = np.abs(y[1:] - y[:-1]) > jump


def longest_run(flags: Flags) -> NDArray[np.int64]:
    """The most points in a row that are marked, for each series."""
    best = np.zeros(flags.shape[:-1], dtype=np.int64)
    length = np.zeros_like(best)
    for i in range(flags.shape[-1]):
        length = np.where(flags[..., i], length + 1, 0)
        best = np.maximum(best, length)
    return best


def _mean(values: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """Mean of the known values along time, NaN when there are none; and how many are known."""
    length = values.shape[-1]
    total = np.asarray(values.sum(axis=-1))
    n = np.full(total.shape, length, dtype=np.int64)
    gaps = np.isnan(total)
    if gaps.any():
        known = ~np.isnan(values)
        total, n = np.where(known, values, 0.0).sum(axis=-1), np.asarray(known.sum(axis=-1), dtype=np.int64)
    return np.asarray(np.divide(total, n, out=np.full(np.shape(total), np.nan), where=n > 0)), n


def _runs(flags: Flags, needed: int) -> Flags:
    """The points of every unbroken stretch of at least `needed` marked points; none when `needed` is 0. Time is the first axis.

    Stretches are doubled (2, 4, 8 …) and overlap at the end, so that a run of eight takes three steps and not eight."""
    marked = np.zeros(flags.shape, dtype=bool)
    if needed == 0 or flags.shape[0] < needed:
        return marked
    full, length = flags, 1
    while length < needed:
        step = min(length, needed - length)
        full = full[:-step] & full[step:]
        length += step
    marked[: len(full)] = full
    reach = 1
    while reach < needed:
        step = min(reach, needed - reach)
        marked[step:] |= marked[:-step].copy()
        reach += step
    return marked


def _trends(steps: Flags, points: int) -> Flags:
    """The points of every stretch of at least `points` points that step one way. n points make n − 1 steps; the point that
    the first step leaves from is part of the trend."""
    run = _runs(steps, points - 1)
    marked = np.zeros((len(steps) + 1, *steps.shape[1:]), dtype=bool)
    marked[1:] = run
    marked[:-1] |= run
    return marked


def _window(flags: Flags, same_side: Flags, near: Near) -> Flags:
    """Marked points of windows that hold enough of them, all points on one side of the mean (so that none is missing)."""
    marked = np.zeros(flags.shape, dtype=bool)
    width = len(flags) - near.window + 1
    if width < 1:
        return marked
    count = flags[:width].astype(np.uint8)
    good = same_side[:width].copy()
    for i in range(1, near.window):
        count += flags[i : i + width]
        good &= same_side[i : i + width]
    good &= count >= near.needed
    for i in range(near.window):
        marked[i : i + width] |= good
    return marked & flags
