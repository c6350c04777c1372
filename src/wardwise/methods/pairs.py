"""Every pair of points that lie close together, in blocks that fit in memory, found with a grid of cells.

Points are laid out row by row of the grid, so that all candidates for a point stand in a few unbroken stretches of the list. The
floor of the work is the number of close pairs; this looks at about twice as many.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

RINGS = 2
"""Cells are half the reach wide: candidates cover 3.1 reach², where cells as wide as the reach would cover 4.5 (the half disc is 1.6)."""

SLACK = 1 + 1e-9
"""Cells are this much wider, so that rounding in the division cannot put two close points three cells apart."""

MOST_CELLS = 1_000_000
"""Cells along one side, at most: the number of a cell stays exact however small the reach."""

BLOCK = 1 << 17
"""Candidate pairs looked at together: their arrays stay within a processor's cache."""

MOST_PAIRS = 2_000_000_000
"""Candidate pairs, at most: beyond it the work takes minutes for every permutation."""


class Metric(StrEnum):
    """EUCLIDEAN: as the crow flies. MANHATTAN: along the axes, as streets in blocks do; Ratcliffe's calculator uses it."""

    EUCLIDEAN = "euclidean"
    MANHATTAN = "manhattan"


class TooManyPairsError(ValueError):
    """More pairs lie within the distance than can be counted in reasonable time."""


@dataclass(frozen=True)
class Block:
    """Close pairs: places in the laid-out order of the two points, and how far apart they are, in the unit of the coordinates."""

    first: Places
    second: Places
    distance: Floats


@dataclass(frozen=True)
class Layout:
    """Points in row order of the grid. order: the caller's index of each; begin and end: for each point the stretches of its
    candidates, one for its own row and one for each of the next RINGS rows."""

    order: Places
    x: Floats
    y: Floats
    reach: float
    metric: Metric
    begin: Places
    end: Places

    @property
    def candidates(self) -> int:
        return int((self.end - self.begin).sum())

    def stretches(self) -> list[tuple[int, int]]:
        """The points in runs whose candidates make up about one block."""
        upto = np.cumsum((self.end - self.begin).sum(axis=1))
        if not upto.size or not upto[-1]:
            return []
        cuts = np.searchsorted(upto, np.arange(BLOCK, upto[-1], BLOCK))
        edges = np.unique(np.concatenate([[0], cuts + 1, [upto.size]]))
        return list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))

    def block(self, start: int, stop: int) -> Block:
        """The close pairs whose first point is one of start..stop − 1. Each pair of points comes once."""
        begin, sizes = self.begin[start:stop].ravel(), (self.end - self.begin)[start:stop].ravel()
        owner = np.repeat(np.arange(start, stop), self.begin.shape[1])
        first = np.repeat(owner, sizes)
        second = np.arange(first.size) + np.repeat(begin - (np.cumsum(sizes) - sizes), sizes)
        distance = apart(self.x[first] - self.x[second], self.y[first] - self.y[second], self.metric)
        close = np.flatnonzero(distance < self.reach)
        return Block(first[close], second[close], distance[close])

    def blocks(self) -> Iterator[Block]:
        return (self.block(start, stop) for start, stop in self.stretches())


def apart(dx: Floats, dy: Floats, metric: Metric) -> Floats:
    """How far apart, given the differences along the two axes."""
    if metric is Metric.MANHATTAN:
        return np.abs(dx) + np.abs(dy)
    return np.sqrt(dx * dx + dy * dy)


def layout(points: ArrayLike, reach: float, metric: Metric = Metric.EUCLIDEAN) -> Layout:
    """Lay out `points` (n × 2, in the unit of `reach`, metres usually) so that pairs less than `reach` apart can be listed.

    Raises ValueError when the points are not n × 2 finite numbers, TooManyPairsError when too many would have to be looked at.
    """
    xy = coordinates(points)
    corner, extent = (xy.min(axis=0), np.ptp(xy, axis=0).max()) if len(xy) else (np.zeros(2), 0.0)
    size = max(reach * SLACK / RINGS, float(extent) / MOST_CELLS, np.finfo(float).tiny)
    cell = np.floor((xy - corner) / size).astype(np.int64)
    wide = int(cell[:, 0].max(initial=0)) + 2 * RINGS + 1
    number = cell[:, 1] * wide + cell[:, 0] + RINGS
    order = np.argsort(number, kind="stable")
    key = number[order]
    begin = np.empty((len(key), RINGS + 1), dtype=np.intp)
    end = np.empty_like(begin)
    for row in range(RINGS + 1):
        begin[:, row] = np.searchsorted(key, key + row * wide - RINGS) if row else np.arange(1, len(key) + 1)
        end[:, row] = np.searchsorted(key, key + row * wide + RINGS, side="right")
    made = Layout(order, xy[order, 0], xy[order, 1], reach, metric, begin, end)
    if made.candidates > MOST_PAIRS:
        raise TooManyPairsError(
            f"{len(xy):,} points have too many pairs within {reach:g}: take fewer points or a shorter distance"
        )
    return made


def coordinates(points: ArrayLike) -> Floats:
    """`points` as an n × 2 array. Raises ValueError when they are not, or when one is missing."""
    xy = np.asarray(points, dtype=np.float64)
    if xy.ndim != 2 or xy.shape[1] != 2:
        raise ValueError("points need two coordinates each")
    if not np.isfinite(xy).all():
        raise ValueError("a point without coordinates cannot be placed: leave it out and say how many were left out")
    return xy
