"""How closely a count can be known: what the page says of it, and what one sum says of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import ceil, inf

from ..records.cells import Weighed
from .grid import Count
from .relations import Relation

Bounds = tuple[float, float]


def nearest(value: float, step: int) -> int:
    """A count to the nearest multiple of `step`, halves up. NHS practice (see thresholds)."""
    return int((value + step / 2) // step * step)


def shown_value(count: Count) -> float:
    """What the page says when the count is shown."""
    if isinstance(count.value, Weighed) and count.rule.round_to == 1:
        return float(count.value)
    return count.value if count.rule.round_to == 1 else nearest(count.value, count.rule.round_to)


def bounds(count: Count, hidden: bool) -> Bounds:
    """Least and greatest value a reader of the page holds possible. Since none is always shown as 0, a hidden count is at least 1.
    A number that stands in no table may be anything. A rounded count is known to half a step."""
    if count.known or (count.shown and not hidden):
        return _rounded(count)
    return (1 if count.shown else 0, inf)


def _rounded(count: Count) -> Bounds:
    step = count.rule.round_to
    if step == 1 or count.value == 0:
        return (count.value, count.value)
    shown = nearest(count.value, step)
    return (max(ceil(shown - step / 2), count.rule.hide_below), ceil(shown + step / 2) - 1)


def within(relation: Relation, limits: dict[int, Bounds], number: int) -> Bounds:
    """Least and greatest value of one count in a relation, given what is known of the others."""
    own = next(c for i, c in relation.terms if i == number)
    low = high = 0.0
    for i, c in relation.terms:
        if i != number:
            scaled = sorted((-c * limits[i][0] / own, -c * limits[i][1] / own))
            low, high = low + scaled[0], high + scaled[1]
    return max(low, limits[number][0]), min(high, limits[number][1])


def protected(counts: Sequence[Count], hidden: Collection[int], number: int) -> bool:
    """Whether arithmetic must not come near this count: it is hidden, or too small to be shown and in no table. What was already
    shown to the audience is past protecting."""
    count = counts[number]
    if count.known:
        return False
    return number in hidden if count.shown else count.small
