"""Near repeats: are more pairs of events close in place and in time than their places and their times alone would give?

Knox (1964), "The detection of space-time interactions", in bands of distance and of days as crime analysts use it (Townsley, Homel &
Chaseling 2003; Ratcliffe's Near Repeat Calculator, 2009). What counts as chance: every event keeps its place, and the dates are dealt out
anew among the events. Closed form: the mean and the variance over all such dealings (Barton & David 1966; Mantel 1967).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import dealing
from .bands import Bands
from .pairs import Floats, Metric, coordinates, layout

Ints = NDArray[np.int64]

ROUNDING = 1e-9
"""Moments this close, relatively, count as equal."""

FEWEST = 4
"""The variance is taken over two pairs that share no event, so it needs four events (Barton & David 1966)."""


class NoNearRepeatsError(ValueError):
    """Near repeats cannot be asked of these events. The message says why and what is still possible."""


@dataclass(frozen=True)
class Cell:
    """One cell of the table: pairs of events. ratio: observed over expected, None when none is expected. p: how often chance alone
    gives as many pairs or more, dealt or, without dealings, in closed form."""

    space: str
    time: str
    observed: int
    expected: float
    ratio: float | None
    ratio_of_median: float | None
    p: float
    p_closed: float


@dataclass(frozen=True)
class Knox:
    """All arrays are space bands × time bands; none holds a NaN. observed and expected: pairs of events; expected and variance are exact.
    p_closed: in closed form; p, mean and median: over `permutations` dealings of the dates, None when there were none."""

    events: int
    space: Bands
    time: Bands
    observed: Ints
    expected: Floats
    variance: Floats
    p_closed: Floats
    permutations: int
    p: Floats | None = None
    mean: Floats | None = None
    median: Floats | None = None

    def cells(self) -> tuple[Cell, ...]:
        """The table cell by cell, the time bands of the nearest space band first."""
        return tuple(self._cell(s, t) for s in range(len(self.space)) for t in range(len(self.time)))

    def _cell(self, s: int, t: int) -> Cell:
        observed, expected = int(self.observed[s, t]), float(self.expected[s, t])
        middle = 0.0 if self.median is None else float(self.median[s, t])
        closed = float(self.p_closed[s, t])
        return Cell(
            self.space.labels[s],
            self.time.labels[t],
            observed,
            expected,
            observed / expected if expected else None,
            observed / middle if middle else None,
            closed if self.p is None else float(self.p[s, t]),
            closed,
        )


@dataclass(frozen=True)
class Local:
    """For each event, in the order given. close: others near in place; recent: near in time; both: near in both. p: how likely as many
    `both` are when the dates are dealt out anew, the event's own date among them (a mean of hypergeometric chances)."""

    close: Ints
    recent: Ints
    both: Ints
    p: Floats


def knox(
    points: ArrayLike,
    days: ArrayLike,
    space: Bands,
    time: Bands,
    *,
    metric: Metric = Metric.EUCLIDEAN,
    permutations: int = 0,
    seed: int = 0,
) -> Knox:
    """The near-repeat table of `points` (n × 2, metres) and `days` (whole numbers).

    permutations: how many times the dates are dealt out anew; 0 leaves the closed form alone. The same seed gives the same table on any
    machine. p is (1 + dealings with as many or more) / (1 + dealings), so its least value is 1 / (1 + permutations) (Phipson & Smyth 2010).
    Raises NoNearRepeatsError for fewer than four events, one place or one day; TooManyPairsError when too many pairs are close.
    """
    xy, when = _events(points, days)
    laid = layout(xy, max(space.closed, default=0.0), metric)
    times = dealing.day_bands(when, time)
    dealt = dealing.deal(laid, when[laid.order], space, times, permutations, seed)
    expected, variance = _moments(len(when), dealt.space_pairs, dealt.space_paths, times.pairs, times.paths)
    observed = dealt.counts[0]
    table = Knox(
        events=len(when),
        space=space,
        time=time,
        observed=observed,
        expected=expected,
        variance=variance,
        p_closed=as_many(observed, expected, variance),
        permutations=permutations,
    )
    return _with_dealings(table, dealt.counts[1:]) if permutations else table


def local(
    points: ArrayLike, days: ArrayLike, within: float, days_within: int, *, metric: Metric = Metric.EUCLIDEAN
) -> Local:
    """Each event's near repeats: others at most `within` metres and at most `days_within` days away, with the chance of as many
    (the local Knox statistic; Rogerson 2001). The same errors as `knox`."""
    xy, when = _events(points, days)
    n = len(when)
    laid = layout(xy, float(np.nextafter(within, np.inf)), metric)
    there, close, both = when[laid.order], np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    for block in laid.blocks():
        soon = np.abs(there[block.first] - there[block.second]) <= days_within
        for side in (block.first, block.second):
            close += np.bincount(side, minlength=n)
            both += np.bincount(side[soon], minlength=n)
    back, recent = np.argsort(laid.order), dealing.nearby_days(when, days_within + 1)
    return Local(close[back], recent, both[back], _by_chance(both[back], close[back], recent))


def _by_chance(both: Ints, close: Ints, recent: Ints) -> Floats:
    """How likely `both` or more of the `close` others are also near in time, for an event whose date may be that of any event.

    `recent` of every event gives the number of marked others among all others, from which `close` are drawn (hypergeometric; Rogerson 2001).
    """
    from scipy.special import betaln

    others, (marked, events) = len(both) - 1, np.unique(recent, return_counts=True)
    cases, which = np.unique(np.stack([both, close]), axis=1, return_inverse=True)
    fewer = np.zeros(cases.shape[1])
    for k in range(int(both.max(initial=0))):
        asked = np.flatnonzero(cases[0] > k)
        drawn = cases[1, asked, None]
        able = (marked >= k) & (others - marked >= drawn - k)
        m, rest = np.where(able, marked, k), np.where(able, others - marked, drawn - k)
        chance = np.exp(_choose(betaln, m, k) + _choose(betaln, rest, drawn - k) - _choose(betaln, others, drawn))
        fewer[asked] += (np.where(able, chance, 0.0) * events).sum(axis=1) / events.sum()
    return np.asarray(np.clip(1 - fewer, 0.0, 1.0)[which.ravel()])


def _choose(betaln: Callable[..., Any], n: ArrayLike, k: ArrayLike) -> Floats:
    """The logarithm of n choose k."""
    n, k = np.asarray(n, dtype=np.float64), np.asarray(k, dtype=np.float64)
    return np.asarray(-np.log1p(n) - betaln(n - k + 1, k + 1))


def as_many(observed: Ints, mean: Floats, variance: Floats) -> Floats:
    """How likely a count is to be `observed` or more, given its mean and variance: the binomial (variance below the mean), Poisson (equal)
    or negative binomial distribution with those two moments, continued to fractions by the beta and gamma functions.

    Our choice, shown against dealings in docs/explanation/hotspot-methods.md. A count that cannot vary has p of 1 when it is met.
    """
    from scipy.special import betainc, gammainc

    k, m, v = np.maximum(np.asarray(observed, dtype=np.float64), 1.0), mean, variance
    fixed, equal = v <= ROUNDING * np.maximum(m, 1.0), np.abs(v - m) <= ROUNDING * m
    p = np.where(fixed, k <= m * (1 + ROUNDING), gammainc(k, m)).astype(np.float64)
    fewer, more = ~fixed & ~equal & (v < m), ~fixed & ~equal & (v > m)
    trials = m[fewer] ** 2 / (m - v)[fewer]
    left = trials - k[fewer] + 1
    p[fewer] = np.where(left > 0, betainc(k[fewer], np.maximum(left, ROUNDING), 1 - v[fewer] / m[fewer]), 0.0)
    p[more] = betainc(k[more], m[more] ** 2 / (v - m)[more], 1 - m[more] / v[more])
    return np.where(np.asarray(observed) <= 0, 1.0, p)


def _events(points: ArrayLike, days: ArrayLike) -> tuple[Floats, Ints]:
    """Places and whole days, checked."""
    xy, given = coordinates(points), np.asarray(days)
    if given.shape != (len(xy),):
        raise ValueError("each event needs one day")
    when = given.astype(np.int64)
    if not np.array_equal(when, given):
        raise ValueError("days are whole numbers: count hours, with bands in hours, for anything finer")
    if len(xy) < FEWEST:
        raise NoNearRepeatsError(
            f"{len(xy)} events are too few for near repeats, which need at least {FEWEST}: list them instead"
        )
    if not np.ptp(xy, axis=0).any():
        raise NoNearRepeatsError("all events are at one place: ask when they happened, not where")
    if not np.ptp(when):
        raise NoNearRepeatsError("all events are on one day: ask where they happened, not when")
    return xy, when


def _moments(n: int, edges: Ints, paths: Ints, late_edges: Ints, late_paths: Ints) -> tuple[Floats, Floats]:
    """Mean and variance of every cell over all dealings (Barton & David 1966, in the notation of Mantel 1967).

    edges: pairs in each space band; paths: pairs of those that share an event; late_*: the same for the time bands.
    """
    s, ps = edges.astype(np.float64)[:, None], paths.astype(np.float64)[:, None]
    t, pt = late_edges.astype(np.float64)[None, :], late_paths.astype(np.float64)[None, :]
    two, three, four = n * (n - 1.0), n * (n - 1.0) * (n - 2.0), n * (n - 1.0) * (n - 2.0) * (n - 3.0)
    mean = 2 * s * t / two
    apart = (s * (s - 1) - 2 * ps) * (t * (t - 1) - 2 * pt)
    variance = mean + 4 * ps * pt / three + 4 * apart / four - mean**2
    return mean, np.maximum(variance, 0.0)


def _with_dealings(table: Knox, dealt: Ints) -> Knox:
    """The table with what the dealings gave. dealt: dealings × space bands × time bands."""
    many = len(dealt)
    p = (1 + (dealt >= table.observed).sum(axis=0)) / (1 + many)
    return replace(table, p=p, mean=dealt.mean(axis=0), median=np.median(dealt, axis=0))
