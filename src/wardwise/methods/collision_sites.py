"""Where events gather at one spot: circles on the busiest events, each against the land around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .false_discovery import real

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Sites:
    """Sites, busiest first. members: for each site, the rows of its events, its centre's first.

    expected: events that its circle would hold at the density of the ring around it, beside the one it is drawn on. p: the chance of so
    many or more. told: whether it stands out, with the false discovery rate of all circles held at 5%.
    """

    members: tuple[Ints, ...]
    expected: Floats
    p: Floats
    told: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.members)


def sites(xy: ArrayLike, radius: float, fewest: int, ring: float, land: ArrayLike | None = None) -> Sites:
    """Circles of `radius` metres with `fewest` events or more, none sharing an event, the busiest taken first (of equals, the first).

    xy: points in metres, one row each. ring: outer radius, in metres, of the land that each circle is set against. land: the share of each
    event's ring that is land, from above 0 to 1; all of it unless given. Raises ValueError when the circle is not inside its ring, or
    `fewest` is below 2.

    Given the events of the circle and its ring together, less the one the circle is drawn on, those in the circle are binomial when both
    are equally dense: Przyborowski and Wilenski (1940), the comparison of two Poisson counts.
    """
    from scipy.spatial import cKDTree
    from scipy.stats import binom

    points = np.asarray(xy, dtype=float).reshape(-1, 2)
    if not 0 < radius < ring or fewest < 2:
        raise ValueError("a circle must be smaller than its ring, and hold at least two events")
    if not len(points):
        return Sites((), np.empty(0), np.empty(0), np.empty(0, dtype=bool))
    tree = cKDTree(points)
    near = list(tree.query_ball_point(points, radius, return_sorted=True))
    others = np.array([len(each) for each in near]) - 1
    around = tree.query_ball_point(points, ring, return_length=True) - 1 - others
    share = np.ones(len(points)) if land is None else np.asarray(land, dtype=float)
    inside, outside = float(radius**2), (ring**2 - radius**2) * share  # both over pi
    p = binom.sf(others - 1, others + around, inside / (inside + outside))
    limit = p[real(p)].max(initial=-1.0)
    found = _apart(near, others + 1, fewest)
    at = np.array([each[0] for each in found], dtype=np.int64)
    left = np.array([len(each) - 1 for each in found], dtype=np.int64)  # without events of a busier site
    own = binom.sf(left - 1, left + around[at], inside / (inside + outside[at]))
    return Sites(tuple(found), (around * inside / outside)[at], own, own <= limit)


def _apart(near: Sequence[list[int]], held: Ints, fewest: int) -> list[Ints]:
    """The busiest circle, then the busiest of what it leaves, until none holds `fewest`."""
    free, left = np.ones(len(held), dtype=bool), held.copy()
    found = []
    while left.max() >= fewest:
        centre = int(np.argmax(left))
        members = [row for row in near[centre] if free[row]]
        found.append(np.array([centre, *(row for row in members if row != centre)], dtype=np.int64))
        free[members] = False
        for row in members:
            left[near[row]] -= 1
        left[~free] = 0
    return found
