"""Do events come back to the same people more often than chance would bring them, and how much falls on how few?

Sources: Farrell & Pease 1993, Once Bitten, Twice Bitten: Repeat Victimisation and its Implications for Crime Prevention (Home
Office Crime Prevention Unit 46), who set numbers of times against the Poisson distribution of a risk that all share, as did
Sparks, Genn & Dodd 1977, Surveying Victims; the zero-truncated Poisson distribution of those who are seen at all: David &
Johnson 1952, Biometrics 8, 275-285.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .repeat_places import repeats

Whole = NDArray[np.int64]

STEPS: tuple[tuple[int, int | None], ...] = ((1, 1), (2, 2), (3, 3), (4, 4), (5, 9), (10, None))
"""Numbers of times, first and last; None is open. Ten or more in a year is how services name frequent callers."""


@dataclass(frozen=True)
class Step:
    """People with `low` to `high` events (None: or more), the events they had, and how many people chance would give; None when it
    is not known how many people there are."""

    low: int
    high: int | None
    people: int
    events: int
    expected: float | None


@dataclass(frozen=True)
class Again:
    """people: those with two events or more. events: theirs. expected: as many people as chance would give. p: how often chance alone
    would leave events on so few people. None where it is not known how many people there are."""

    people: int
    events: int
    expected: float | None
    p: float | None


@dataclass(frozen=True)
class Top:
    """people: how many are the `fraction` most often seen. observed: the share of events that fell on them. by_chance: the share if
    all who were seen ran the same risk. Shares, 0 to 1."""

    people: int
    observed: float
    by_chance: float


def steps(counts: ArrayLike, at_risk: float | None = None, *, fewest: int = 0) -> tuple[Step, ...]:
    """People by number of times. counts: events of each person who had any. at_risk: how many people could have had one; were their
    risks alike, the number with k events is at_risk × Poisson(k; events / at_risk) (Sparks, Genn & Dodd 1977, chapter 4).

    fewest: the last steps become one until it holds so many people.
    """
    from scipy.stats import poisson

    x = _checked(counts, at_risk)
    found = []
    for low, high in STEPS:
        inside = (x >= low) & (x <= (high if high is not None else x.max()))
        expected = None
        if at_risk is not None:
            rate = float(x.sum()) / at_risk
            upto = 1.0 if high is None else float(poisson.cdf(high, rate))
            expected = at_risk * (upto - float(poisson.cdf(low - 1, rate)))
        found.append(Step(low, high, int(inside.sum()), int(x[inside].sum()), expected))
    while len(found) > 1 and found[-1].people < fewest:
        last, before = found.pop(), found.pop()
        both = None if last.expected is None or before.expected is None else last.expected + before.expected
        found.append(Step(before.low, None, before.people + last.people, before.events + last.events, both))
    return tuple(found)


def again(counts: ArrayLike, at_risk: int | None = None) -> Again:
    """People who were seen more than once, against chance. p is that of the occupancy problem (see `repeat_places`)."""
    x = _checked(counts, at_risk)
    more = x[x > 1]
    if at_risk is None:
        return Again(len(more), int(more.sum()), None, None)
    rate = float(x.sum()) / at_risk
    expected = at_risk * float(-np.expm1(-rate) - rate * np.exp(-rate))
    return Again(len(more), int(more.sum()), expected, repeats(x, at_risk).p)


def top(counts: ArrayLike, fraction: float) -> Top:
    """The share of events on the people most often seen (the nearest whole number of them, one at least), beside what luck alone
    would put there: the expected upper tail of a zero-truncated Poisson distribution with the same mean."""
    x = np.sort(_checked(counts, None))[::-1]
    if not 0 < fraction <= 1:
        raise ValueError("fraction lies between 0 and 1")
    k = max(1, int(np.floor(fraction * len(x) + 0.5)))
    return Top(k, float(x[:k].sum() / x.sum()), _tail(k / len(x), float(x.mean())))


def shared_rate(mean: float) -> float:
    """The rate at which people who all run one risk, and are seen at least once, have `mean` events: rate / (1 − e^−rate) = mean
    (David & Johnson 1952). 0 for a mean of 1."""
    from scipy.optimize import brentq

    if mean <= 1:
        return 0.0
    return float(brentq(lambda rate: rate / -np.expm1(-rate) - mean, 1e-12, mean))


def _tail(fraction: float, mean: float) -> float:
    """The share of events on the upper `fraction` of people, of a zero-truncated Poisson distribution."""
    from scipy.stats import poisson

    rate = shared_rate(mean)
    if rate == 0:
        return fraction
    times = np.arange(1, int(poisson.isf(1e-12, rate)) + 2)
    chance = poisson.pmf(times, rate) / -np.expm1(-rate)
    down, held = chance[::-1], (chance * times)[::-1] / mean
    people, events = np.cumsum(down), np.cumsum(held)
    at = min(int(np.searchsorted(people, fraction - 1e-12)), len(people) - 1)
    before, share = (people[at - 1], events[at - 1]) if at else (0.0, 0.0)
    return float(share + held[at] * (fraction - before) / down[at])


def _checked(counts: ArrayLike, at_risk: float | None) -> Whole:
    x = np.asarray(counts)
    if x.ndim != 1 or not len(x) or not np.issubdtype(x.dtype, np.integer) or (x < 1).any():
        raise ValueError("counts are whole numbers of at least 1, one for each person who was seen")
    if at_risk is not None and at_risk < len(x):
        raise ValueError("more people were seen than there are")
    return x
