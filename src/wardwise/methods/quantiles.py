"""Areas in equal groups by rank, and how steeply something changes from the most to the least deprived: the slope index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from .rates import Floats, _normal

REPEATS, SEED = 100_000, 20130
"""Draws for the slope's interval, and the seed that makes them the same every time."""


class Kind(StrEnum):
    """What a value is, which sets the scale its chance error is taken on."""

    NUMBER = "number"
    RATE = "rate"  # on a log scale
    SHARE = "share"  # 0 to 1, on a logit scale


@dataclass(frozen=True)
class Slope:
    """slope: the difference between the two ends of the population, in the unit of the values. ratio: one end over the other.
    intercept: the fitted value at the first end. Limits are None where no limits of the values were given."""

    slope: float
    ratio: float
    intercept: float
    lower: float | None = None
    upper: float | None = None
    ratio_lower: float | None = None
    ratio_upper: float | None = None


def groups(values: Mapping[str, float | None], number: int, *, highest_first: bool = True) -> dict[str, int | None]:
    """The group of each known value, 1 to `number`: 1 + whole part of number × (rank − 1) / areas, ties sharing the lower rank
    (as the Public Health Outcomes Framework assigns deciles). None for a value not known, and for all when there are fewer
    values than groups."""
    known = {name: value for name, value in values.items() if value is not None}
    if len(known) < number:
        return dict.fromkeys(values)
    ordered = sorted(known.values(), reverse=highest_first)
    place = {value: 1 + number * at // len(ordered) for at, value in reversed(list(enumerate(ordered)))}
    return {name: None if value is None else place[value] for name, value in values.items()}


def slope_index(
    values: ArrayLike,
    populations: ArrayLike,
    limits: tuple[ArrayLike, ArrayLike] | None = None,
    kind: Kind = Kind.NUMBER,
    *,
    transform: bool = False,
    confidence: float = 0.95,
    repeats: int = REPEATS,
) -> Slope:
    """Slope index of inequality: the regression, weighted by population, of the values on where each group lies between 0 (the
    first) and 1 (the last) of the population (Low & Low 2004, “Measuring the gap”; Pamuk 1985).

    limits: lower and upper 95% limits of the values; the slope's interval is then simulated from them. transform: fit on the
    scale of `kind`. Raises ValueError for fewer than three groups, a value not known, or a population of nought.
    """
    y, n = np.asarray(values, dtype=np.float64), np.asarray(populations, dtype=np.float64)
    if y.size < 3 or y.shape != n.shape or not np.isfinite([y, n]).all() or (n <= 0).any():
        raise ValueError("a slope needs three groups or more, each with a value and people")
    fitted = _fit(_scaled(y, kind) if transform else y, n)
    first, last = (_back(end, kind) if transform else end for end in fitted)
    whole = Slope(float(last - first), float(last / first), float(first))
    if limits is None:
        return whole
    low, high = (_scaled(np.asarray(limit, dtype=np.float64), kind) for limit in limits)
    error = (high - low) / (2 * _normal(0.95))
    draws = np.random.default_rng(SEED).normal(_scaled(y, kind), error, (repeats, y.size))
    starts, ends = _fit(draws if transform else _back(draws, kind), n)
    if transform:
        starts, ends = _back(starts, kind), _back(ends, kind)
    tails = [(1 - confidence) / 2, (1 + confidence) / 2]
    of_slope, of_ratio = np.quantile(ends - starts, tails), np.quantile(ends / starts, tails)
    return Slope(whole.slope, whole.ratio, whole.intercept, *(float(v) for v in (*of_slope, *of_ratio)))


def _fit(y: Floats, n: Floats) -> tuple[Floats, Floats]:
    """The fitted values at 0 and at 1 of the population, for each row of y."""
    weight = n / n.sum()
    at = np.cumsum(weight) - weight / 2
    middle = (weight * at).sum()
    mean = (weight * y).sum(axis=-1)
    slope = (weight * (at - middle) * y).sum(axis=-1) / (weight * (at - middle) ** 2).sum()
    return np.asarray(mean - slope * middle), np.asarray(mean + slope * (1 - middle))


def _scaled(y: Floats, kind: Kind) -> Floats:
    if kind is Kind.NUMBER:
        return y
    return np.asarray(np.log(y) if kind is Kind.RATE else np.log(y / (1 - y)))


def _back(y: Floats, kind: Kind) -> Floats:
    if kind is Kind.NUMBER:
        return y
    return np.asarray(np.exp(y) if kind is Kind.RATE else 1 / (1 + np.exp(-y)))
