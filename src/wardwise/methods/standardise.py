"""Directly standardised rates: what the rate would be if every area had the ages of one reference population.

Dobson's interval (Dobson, Kuulasmaa, Eberle & Scherer 1991, “Confidence intervals for weighted sums of Poisson parameters”,
Statistics in Medicine 10) as English public health uses it: APHO Technical Briefing 3 (2008), pages 8 to 10.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .rates import Floats, byar

ESP2013 = (
    5000,
    5500,
    5500,
    5500,
    6000,
    6000,
    6500,
    7000,
    7000,
    7000,
    7000,
    6500,
    6000,
    5500,
    5000,
    4000,
    2500,
    1500,
    1000,
)
"""The European Standard Population 2013 in nineteen bands of five years, 0 to 4 first and 90 and over last
(Eurostat, Revision of the European Standard Population, 2013, table 1). It adds to 100,000."""  # fmt: skip

FEWEST_EVENTS = 10
"""Below 10 events a standardised rate says more about chance than about the area (APHO Technical Briefing 3, page 8)."""


class TooFewEventsError(ValueError):
    """Fewer than FEWEST_EVENTS events in all: no standardised rate may be given."""


@dataclass(frozen=True)
class Standardised:
    """value, lower, upper: events for every `per` of the reference population. events: how many in all."""

    value: float
    lower: float
    upper: float
    events: float


def direct(
    counts: ArrayLike,
    populations: ArrayLike,
    weights: ArrayLike = ESP2013,
    per: float = 1000.0,
    confidence: float = 0.95,
    *,
    by_times: Mapping[int, ArrayLike] | None = None,
) -> Standardised:
    """The rate standardised to `weights`, with Dobson's interval. One number for each age band, in one order.

    by_times: where one person can have several events, how many people of each band had 1, 2, 3 … of them. The interval then
    allows for it: the variance of a band is the sum of times² × people (PHE 2.1 technical guidance on non-independent events;
    Stukel and others 1994). The counts must agree with it.

    Raises TooFewEventsError below 10 events, and ValueError when the bands do not match, when a band has events and nobody to
    have them, when the weights add to nothing, and when `by_times` does not add up to the counts.
    """
    x, n, w = (np.asarray(values, dtype=np.float64) for values in (counts, populations, weights))
    _check(x, n, w)
    spread = x if by_times is None else _repeated(by_times, x)
    events = float(x.sum())
    if events < FEWEST_EVENTS:
        raise TooFewEventsError(f"{events:g} events are too few for a standardised rate; it takes {FEWEST_EVENTS}")
    share = w / w.sum() / n
    value, variance = float((share * x).sum()), float((share**2 * spread).sum())
    limits = byar(events, confidence)
    step = math.sqrt(variance / events)
    lower, upper = (value + step * (float(limit) - events) for limit in (limits.lower, limits.upper))
    return Standardised(value * per, max(lower, 0.0) * per, upper * per, events)


def _check(x: Floats, n: Floats, w: Floats) -> None:
    if not x.shape == n.shape == w.shape:
        raise ValueError(f"age bands do not match: {x.size} counts, {n.size} populations, {w.size} weights")
    if not np.isfinite([x, n, w]).all():
        raise ValueError("an age band has no count, no population or no weight")
    if (x < 0).any() or (n <= 0).any() or (w < 0).any():
        raise ValueError("counts and weights cannot be below nought, and every age band needs people")
    if w.sum() == 0:
        raise ValueError("the weights of the reference population add to nothing")


def _repeated(by_times: Mapping[int, ArrayLike], x: Floats) -> Floats:
    """Variance of each band's events: the sum of times² × people."""
    people = {times: np.asarray(number, dtype=np.float64) for times, number in by_times.items()}
    total = sum((times * number for times, number in people.items()), np.zeros_like(x))
    if not np.array_equal(total, x):
        raise ValueError("people counted by how often do not add up to the events")
    return np.asarray(sum((times**2 * number for times, number in people.items()), np.zeros_like(x)))
