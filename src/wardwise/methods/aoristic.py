"""When did it happen, if it is only known between when and when? Each event is shared out over the hours it may have happened in.

Source: Ratcliffe & McCullagh 1998, "Aoristic crime analysis", International Journal of Geographical Information Science 12,
751-764. A week has 168 cells: weekday (Monday is 0) × 24 + hour.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Times = NDArray[np.datetime64]

WEEK = 168
"""Hours of a week."""
_MINUTES = WEEK * 60
_MONDAY = np.datetime64("1970-01-05T00:00", "m")  # the first Monday that the computer's calendar counts


def week(begin: ArrayLike, end: ArrayLike) -> Floats:
    """Hours of the week that hold the events: 7 rows (Monday first) of 24, whose sum is the number of events.

    begin, end: datetime64, to the minute. Rules: `weights`. An event without a beginning or an end is put in the hour of the one
    that is known; without both it raises ValueError, as nothing places it.
    """
    first, last = _span(begin, end)
    found = np.zeros(_MINUTES + 1)
    long = last - first >= _MINUTES
    instant = ~long & (first == last)
    cells = np.bincount(first[instant] % _MINUTES // 60, minlength=WEEK).astype(np.float64)
    cells += long.sum() / WEEK
    some = ~long & ~instant
    start, length = first[some] % _MINUTES, (last - first)[some]
    stop, weight = start + length, 1 / length
    # Each event adds its weight a minute from start to stop; what runs past Sunday comes back on Monday.
    np.add.at(found, start, weight)
    np.add.at(found, np.minimum(stop, _MINUTES), -weight)
    past = stop > _MINUTES
    found[0] += weight[past].sum()
    np.add.at(found, stop[past] - _MINUTES, -weight[past])
    minutes = np.cumsum(found[:_MINUTES])
    return np.asarray(np.maximum((cells + minutes.reshape(WEEK, 60).sum(axis=1)), 0.0).reshape(7, 24))


def weights(begin: str, end: str | None) -> dict[tuple[int, int], float]:
    """One event's share of each hour, by (weekday, hour): minutes of the hour it may have happened in, over all such minutes.

    An event at one moment, or without an end, has all of its weight in that hour. A span of a week or more tells nothing about
    the hour, so each gets 1/168. A span that ends before it begins is taken the other way round: the two were swapped.
    """
    found = week([begin], ["NaT" if end is None else end])
    return {(day, hour): float(found[day, hour]) for day, hour in np.argwhere(found > _DUST).tolist()}


def whole(cells: ArrayLike) -> NDArray[np.int64]:
    """Cells as whole numbers with the same sum: each rounded down, the largest remainders up (Hamilton's method), the earlier
    cell first where remainders are alike."""
    x = np.asarray(cells, dtype=np.float64)
    down = np.floor(x + _DUST).astype(np.int64)
    left = round(float(x.sum())) - int(down.sum())
    order = np.argsort(-np.round(x - down, 9).ravel(), kind="stable")[: max(left, 0)]
    down.ravel()[order] += 1
    return down


def uneven(counts: ArrayLike) -> float:
    """How likely counts of equal spans differ as much as these by chance alone (Pearson's chi-squared): p. 1 where there are none."""
    from scipy.special import chdtrc

    x = np.asarray(counts, dtype=np.float64).ravel()
    mean = x.mean()
    return float(chdtrc(len(x) - 1, ((x - mean) ** 2).sum() / mean)) if mean > 0 and len(x) > 1 else 1.0


_DUST = 1e-9  # what is left where weights that were added are taken away again


def _span(begin: ArrayLike, end: ArrayLike) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Minutes since a Monday, the earlier first."""
    a, b = np.asarray(begin, dtype="datetime64[m]"), np.asarray(end, dtype="datetime64[m]")
    a, b = np.where(np.isnat(a), b, a), np.where(np.isnat(b), a, b)
    if np.isnat(a).any():
        raise ValueError("an event without any time cannot be placed in the week")
    minutes = [(each - _MONDAY).astype(np.int64) for each in (a, b)]
    return np.minimum(*minutes), np.maximum(*minutes)
