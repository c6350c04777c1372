"""From counts and bases to values with 95% intervals: Byar's or exact limits for counts and rates, Wilson's for shares.

A state (people, deprivation) is not a number of events, so it has no such interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np
from numpy.typing import NDArray

from wardwise.methods.rates import poisson, wilson
from wardwise.records.figures import Status

from .definition import Measure
from .kinds import Kind
from .tally import Tally

Pair = tuple[Tally, Tally | None]


@dataclass(frozen=True)
class Value:
    """value, lower, upper in the measure's unit; None where the status says there is none."""

    value: float | None
    lower: float | None
    upper: float | None
    status: Status


def values(measure: Measure, pairs: Sequence[Pair]) -> list[Value]:
    """The value of each pair of count and base: count / base × per, or the count itself where the measure has no base."""
    count = np.array([np.nan if pair[0].n is None else pair[0].n for pair in pairs], dtype=np.float64)
    base = np.array([_base(pair) for pair in pairs], dtype=np.float64)
    per = measure.per if measure.per is not None else 1.0
    with np.errstate(invalid="ignore", divide="ignore"):
        middle = count / base * per
        lower, upper = _limits(measure, count, base, per)
    return [
        _value(pair, *numbers)
        for pair, *numbers in zip(pairs, middle.tolist(), lower.tolist(), upper.tolist(), strict=True)
    ]


def _base(pair: Pair) -> float:
    base = pair[1]
    if base is None:
        return 1.0
    return np.nan if not base.n else float(base.n)


def _limits(
    measure: Measure, count: NDArray[np.float64], base: NDArray[np.float64], per: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    if measure.count.kind is Kind.STATES:
        return np.full_like(count, np.nan), np.full_like(count, np.nan)
    if measure.is_share:
        share = wilson(np.minimum(count, base), base)
        return share.lower * per, share.upper * per
    limits = poisson(count)
    return limits.lower / base * per, limits.upper / base * per


def _value(pair: Pair, value: float, lower: float, upper: float) -> Value:
    count, base = pair
    if count.status is not Status.OK:
        return Value(None, None, None, count.status)
    if base is not None and base.status in (Status.MISSING, Status.INCOMPLETE):
        return Value(None, None, None, Status.NO_BASE)
    if base is not None and not base.n:
        return Value(None, None, None, Status.NO_BASE)
    return Value(value, None if isnan(lower) else lower, None if isnan(upper) else upper, Status.OK)
