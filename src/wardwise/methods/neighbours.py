"""Who is whose neighbour: places that touch, that lie within a distance, or that are nearest, as rows of a sparse table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .pairs import Floats, Metric, coordinates, layout

Places = NDArray[np.intp]


@dataclass(frozen=True)
class Neighbours:
    """Place i's neighbours are `ids[start[i]:start[i + 1]]`, rising, with their weights; no place is its own neighbour.

    The same as spdep's listw and libpysal's W: `binary` is style B, `shares` style W (row standardised).
    """

    start: Places
    ids: Places
    weights: Floats

    def __len__(self) -> int:
        return len(self.start) - 1

    @cached_property
    def counts(self) -> Places:
        """How many neighbours each place has."""
        return np.diff(self.start)

    @property
    def alone(self) -> NDArray[np.bool_]:
        """Places without a neighbour: nothing can be said of the places around them."""
        return np.asarray(self.counts == 0, dtype=np.bool_)

    @cached_property
    def owners(self) -> Places:
        """For every entry of `ids`, whose neighbour it is."""
        return np.repeat(np.arange(len(self)), self.counts)

    def binary(self) -> Neighbours:
        """Every neighbour with a weight of 1."""
        return replace(self, weights=np.ones(len(self.ids)))

    def shares(self) -> Neighbours:
        """Weights that add up to 1 for every place that has neighbours."""
        total = self.sums(None)
        return replace(self, weights=self.weights / np.repeat(np.where(total > 0, total, 1.0), self.counts))

    def sums(self, values: Floats | None) -> Floats:
        """For each place, the weighted sum over its neighbours of `values`, or of the weights alone."""
        if values is None:
            return np.asarray(np.bincount(self.owners, self.weights, minlength=len(self)), dtype=np.float64)
        return np.asarray(self.table @ values, dtype=np.float64)

    @cached_property
    def table(self) -> Any:
        """The weights as a SciPy sparse table, places × places."""
        from scipy.sparse import csr_array

        return csr_array((self.weights, self.ids, self.start), shape=(len(self), len(self)))

    @property
    def alike(self) -> bool:
        """Whether the weights of each place are all the same, as in `binary` and `shares`."""
        first = self.weights[np.minimum(self.start[:-1], max(len(self.ids) - 1, 0))] if len(self.ids) else self.weights
        return bool(np.allclose(self.weights, np.repeat(first, self.counts), rtol=1e-12)) if len(self.ids) else True


def of_pairs(first: ArrayLike, second: ArrayLike, places: int, weights: ArrayLike | None = None) -> Neighbours:
    """From pairs of neighbours, each named once or both ways round; a pair named twice is one pair. Weights: 1 unless given.

    Raises ValueError when a place is outside 0..places − 1.
    """
    a, b = np.asarray(first, dtype=np.intp), np.asarray(second, dtype=np.intp)
    if a.size and (min(a.min(), b.min()) < 0 or max(a.max(), b.max()) >= places):
        raise ValueError(f"a neighbour is not one of the {places} places")
    given = np.ones(len(a)) if weights is None else np.asarray(weights, dtype=np.float64)
    return directed(np.concatenate([a, b]), np.concatenate([b, a]), places, np.concatenate([given, given]))


def directed(owner: Places, neighbour: Places, places: int, weights: Floats | None = None) -> Neighbours:
    """From “whose neighbour” and “which”: not every neighbour need look back. A pair named twice keeps its first weight."""
    kept = owner != neighbour
    key, first = np.unique(owner[kept] * max(places, 1) + neighbour[kept], return_index=True)
    start = np.searchsorted(key, np.arange(places + 1) * max(places, 1))
    given = np.ones(len(key)) if weights is None else weights[kept][first]
    return Neighbours(start.astype(np.intp), (key % max(places, 1)).astype(np.intp), given)


def queen(corners: ArrayLike, owner: ArrayLike, places: int, *, snap: float = 1e-6) -> Neighbours:
    """Areas that share a corner of their outlines (queen contiguity).

    corners: every corner of every outline, m × 2; owner: the area of each, 0..places − 1 (what shapely.get_coordinates with return_index
    gives). snap: corners in one square of that width are one. Areas of one published file share their corners exactly, in degrees as in metres; a
    wider snap is for files that were rounded or drawn apart.
    """
    cell = np.round(coordinates(corners) / snap).astype(np.int64)
    whose = np.asarray(owner, dtype=np.intp)
    order = np.lexsort((whose, cell[:, 1], cell[:, 0]))
    cell, whose = cell[order], whose[order]
    new = np.ones(len(cell), dtype=bool)
    new[1:] = (np.diff(cell, axis=0) != 0).any(axis=1)
    corner = np.cumsum(new) - 1
    left, right, step = [whose[:0]], [whose[:0]], 1
    while step < len(cell) and (together := corner[step:] == corner[:-step]).any():
        left.append(whose[:-step][together])
        right.append(whose[step:][together])
        step += 1
    return of_pairs(np.concatenate(left), np.concatenate(right), places)


def within(points: ArrayLike, distance: float, *, metric: Metric = Metric.EUCLIDEAN) -> Neighbours:
    """Points at most `distance` apart (spdep's dnearneigh from 0, libpysal's DistanceBand)."""
    laid = layout(points, float(np.nextafter(distance, np.inf)), metric)
    found = [(laid.order[block.first], laid.order[block.second]) for block in laid.blocks()]
    none = np.zeros(0, dtype=np.intp)
    pairs = [np.concatenate([none, *(pair[side] for pair in found)]) for side in (0, 1)]
    return of_pairs(pairs[0], pairs[1], len(laid.order))


def nearest(points: ArrayLike, k: int) -> Neighbours:
    """Each point's `k` nearest other points; of points equally far, any. Raises ValueError when there are not that many others."""
    from scipy.spatial import cKDTree

    xy = coordinates(points)
    if not 0 < k < len(xy):
        raise ValueError(f"{len(xy)} points do not have {k} others each")
    found = cKDTree(xy).query(xy, k=k + 1)[1]
    own = found == np.arange(len(xy))[:, None]
    own[~own.any(axis=1), -1] = (
        True  # among many points at one place the point itself may not be listed: leave out the furthest
    )
    return directed(np.repeat(np.arange(len(xy)), k), found[~own].astype(np.intp), len(xy))
