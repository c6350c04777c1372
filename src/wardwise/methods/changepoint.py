"""Where a series seems to have moved to a new level: the place, how sure it is, and how sure it is that there is one at all."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

FEWEST_POINTS = 24
"""Points needed before a level is looked for at all: two of the shortest stretches."""

SHORTEST = 12
"""The shortest stretch that may be a level of its own: a control chart needs 12 points to have limits."""

ALPHA = 0.05
"""A change of level is reported when chance alone would make one as clear less than 1 time in 20, in the whole series."""

DRAWS = 999
"""Series drawn to see what chance does, and to see how far the place of a change wanders."""

MOST_LEVELS = 3
"""Levels taken out of a series before asking how much its months follow each other: five years rarely hold more."""

LEVELLING = 1.5
"""Set by simulation: series without a change raise a false alarm about 1 time in 20 where months are separate, and 1 in 5 where they
follow each other by a half (docs/explanation/signals-and-false-alarms.md)."""

SAME = 1e-9
"""Values this close, as a share of the largest, are one value: rounding error must not look like a change."""

ANSCOMBE = 3 / 8
"""√(count + 3/8) has nearly one variance whatever the mean of a Poisson count (Anscombe 1948, Biometrika 35)."""


@dataclass(frozen=True)
class Change:
    """at: place of the first point of the new level. earliest, latest: places between which the change lies in 95 of 100 series
    drawn anew. before, after: means of the stretches on either side, up to the next change. p: how often chance alone makes a
    change as clear somewhere in the stretch searched."""

    at: int
    earliest: int
    latest: int
    before: float
    after: float
    p: float


def changes(series: ArrayLike, *, counts: bool = True, alpha: float = ALPHA, seed: int = 1) -> tuple[Change, ...]:
    """Changes of level in one series, NaN where not supplied, in order of time. None found is an empty answer.

    Every stretch of the series is searched for the place where its mean moves most (likelihood ratio for one change, Hinkley 1970;
    counts on Anscombe's scale). Searching all stretches finds a fall that is followed by a rise, which one cut through the
    whole hides (Fryzlewicz 2014). The clearest is compared with the clearest of series drawn without a change that follow
    each other as much as this one does (a first-order series; parametric bootstrap, Davison and Hinkley 1997, 4.2.3). Where one is
    found, both sides are searched in turn (binary segmentation: Scott and Knott 1974). seed: draws are the same from run to run.
    """
    y = np.asarray(series, dtype=np.float64)
    places = np.flatnonzero(~np.isnan(y))
    known = y[places]
    if len(known) < FEWEST_POINTS:
        return ()
    scaled = np.sqrt(np.maximum(known, 0) + ANSCOMBE) if counts else known
    found = sorted(_search(scaled, 0, len(scaled), alpha, np.random.default_rng(seed)))
    edges = [0, *(cut for cut, _, _, _ in found), len(known)]
    return tuple(
        Change(
            int(places[cut]),
            int(places[low]),
            int(places[high]),
            float(known[edges[i] : cut].mean()),
            float(known[cut : edges[i + 2]].mean()),
            p,
        )
        for i, (cut, low, high, p) in enumerate(found)
    )


def _search(
    x: Floats, first: int, last: int, alpha: float, random: np.random.Generator
) -> Iterator[tuple[int, int, int, float]]:
    """(place, earliest, latest, p) of every change between first and last."""
    part = x[first:last]
    if len(part) < 2 * SHORTEST or np.ptp(part) <= SAME * max(1.0, float(np.abs(part).max())):
        return
    follows = _follows(part)
    stretches = _stretches(len(part))
    score, found = _clearest(part[None, :], stretches)
    start, at, end = (int(stretches[i][found[0]]) for i in range(3))
    drawn = _drawn(follows, (DRAWS, len(part)), random)
    p = (1 + int(np.count_nonzero(_clearest(drawn, stretches)[0] >= score[0]))) / (DRAWS + 1)
    if p >= alpha:
        return
    low, high = _wander(part[start:end], at - start, follows, random)
    yield first + at, first + start + low, first + start + high, p
    yield from _search(x, first, first + at, alpha, random)
    yield from _search(x, first + at, last, alpha, random)


def _stretches(n: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Start, cut and end of every pair of neighbouring stretches, neither shorter than SHORTEST."""
    start, cut, end = np.meshgrid(np.arange(n + 1), np.arange(n + 1), np.arange(n + 1), indexing="ij")
    fit = (cut - start >= SHORTEST) & (end - cut >= SHORTEST)
    return start[fit], cut[fit], end[fit]


def _clearest(x: Floats, stretches: tuple[NDArray[np.int64], ...]) -> tuple[Floats, NDArray[np.int64]]:
    """For each row the clearest change of mean between two stretches, and which pair it is. The difference is measured against the
    steps from point to point, which a change of level hardly touches (von Neumann 1941)."""
    start, cut, end = stretches
    sums = np.concatenate([np.zeros((len(x), 1)), np.cumsum(x, axis=1)], axis=1)
    left, right = (cut - start).astype(np.float64), (end - cut).astype(np.float64)
    weight = np.sqrt(left * right / (left + right))
    moved = (sums[:, end] - sums[:, cut]) * (weight / right) - (sums[:, cut] - sums[:, start]) * (weight / left)
    score = np.abs(moved)
    best = score.argmax(axis=1)
    steps = np.sqrt((np.diff(x, axis=1) ** 2).mean(axis=1))
    top = np.take_along_axis(score, best[:, None], axis=1)[:, 0]
    return np.divide(top, steps, out=np.zeros(len(x)), where=steps > 0), best


def _follows(x: Floats) -> float:
    """How much each value is like the one before, once the levels that fit best are taken out; freed of what that takes off it."""
    left, levels = _levelled(x)
    squares = float(left @ left)
    r = float(left[1:] @ left[:-1]) / squares if squares else 0.0
    # Each mean taken out lowers r by about (1 + r) / n; choosing the best cuts lowers it about as much again.
    return min(max(r + (LEVELLING * levels + 3 * r) / len(x), 0.0), 0.9)


def _levelled(x: Floats) -> tuple[Floats, int]:
    """What is left of a series when the best levels are taken out (at most MOST_LEVELS of them), and how many there were.
    Least squares over all places of the cuts (Fisher 1958; Bai and Perron 2003)."""
    n = len(x)
    sums, squares = np.concatenate([[0.0], np.cumsum(x)]), np.concatenate([[0.0], np.cumsum(x**2)])
    first, last = np.meshgrid(np.arange(n + 1), np.arange(n + 1), indexing="ij")
    length = np.where(last - first >= SHORTEST, last - first, 1)
    cost = squares[last] - squares[first] - (sums[last] - sums[first]) ** 2 / length
    cost[last - first < SHORTEST] = np.inf
    best, cuts = cost[0], []
    levels = max(1, min(MOST_LEVELS, n // SHORTEST))
    for _ in range(levels - 1):
        through = best[:, None] + cost
        cuts.append(through.argmin(axis=0))
        best = through.min(axis=0)
    edges = [n]
    for cut in reversed(cuts):
        edges.append(int(cut[edges[-1]]))
    edges.append(0)
    edges.reverse()
    return np.concatenate([x[a:b] - x[a:b].mean() for a, b in itertools.pairwise(edges)]), levels


def _drawn(follows: float, size: tuple[int, int], random: np.random.Generator) -> Floats:
    """Normal series without a change, each value like the one before by `follows`."""
    from scipy.signal import lfilter

    noise = random.standard_normal(size)
    noise[:, 1:] *= np.sqrt(1 - follows**2)
    return np.asarray(lfilter([1.0], [1.0, -follows], noise, axis=-1))


def _wander(x: Floats, at: int, follows: float, random: np.random.Generator) -> tuple[int, int]:
    """Between which places the change lies in 95 of 100 series drawn with this change in them."""
    left = np.concatenate([x[:at] - x[:at].mean(), x[at:] - x[at:].mean()])
    level = np.where(np.arange(len(x)) < at, x[:at].mean(), x[at:].mean())
    drawn = level + float(np.std(left)) * _drawn(follows, (DRAWS, len(x)), random)
    stretches = _stretches(len(x))
    whole = (stretches[0] == 0) & (stretches[2] == len(x))
    cuts = tuple(part[whole] for part in stretches)
    places = cuts[1][_clearest(drawn, cuts)[1]]
    low, high = np.quantile(places, [0.025, 0.975])
    return int(min(low, at)), int(max(high, at))
