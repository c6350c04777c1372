"""From counts and bases to values with 95% intervals: Byar's or exact limits for counts and rates, Wilson's for shares.

A state (people, deprivation) is not a number of events, nor is a sum of weights, so they have no such interval.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wardwise.methods.rates import poisson, wilson
from wardwise.records.figures import Status

from .definition import Measure
from .kinds import Kind
from .tally import Tally

Pair = tuple[Tally, Tally | None]


Value = tuple[float | None, float | None, float | None, Status]
"""value, lower, upper in the measure's unit; None where the status says there is none"""


def values(measure: Measure, pairs: Sequence[Pair]) -> list[Value]:
    """The value of each pair of count and base: count / base × per, or the count itself where the measure has no base."""
    count = np.array([np.nan if pair[0].n is None else pair[0].n for pair in pairs], dtype=np.float64)
    if np.isnan(count).all():
        return [(None, None, None, pair[0].status) for pair in pairs]
    base = np.array([_base(pair) for pair in pairs], dtype=np.float64)
    per = measure.per if measure.per is not None else 1.0
    with np.errstate(invalid="ignore", divide="ignore"):
        middle = count / base * per
        lower, upper = _limits(measure, count, base, per)
    numbers = zip(_cells(middle), _cells(lower), _cells(upper), strict=True)
    return [(*three, _status(pair, three[0])) for pair, three in zip(pairs, numbers, strict=True)]


def _cells(numbers: NDArray[np.float64]) -> list[float | None]:
    """Plain numbers, None where there is none."""
    plain: list[float | None] = numbers.tolist()
    for place in np.flatnonzero(np.isnan(numbers)).tolist():
        plain[place] = None
    return plain


def _base(pair: Pair) -> float:
    base = pair[1]
    if base is None:
        return 1.0
    return np.nan if not base.n else float(base.n)


def _limits(
    measure: Measure, count: NDArray[np.float64], base: NDArray[np.float64], per: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    if measure.count.kind is Kind.STATES or measure.count.weights:
        return np.full_like(count, np.nan), np.full_like(count, np.nan)
    if measure.is_share:
        share = wilson(np.minimum(count, base), base)
        return share.lower * per, share.upper * per
    limits = poisson(count)
    return limits.lower / base * per, limits.upper / base * per


def _status(pair: Pair, value: float | None) -> Status:
    """The count's own status; where it is complete and there is no value, the base was lacking."""
    return pair[0].status if value is not None or pair[0].status is not Status.OK else Status.NO_BASE
