"""Grids of hexagons or squares laid over an area: which cell a point is in, the centres and outlines of cells, and who is whose neighbour.

Counting in cells of one size compares places fairly that are drawn by nobody's boundary. A cell's number is row × columns + column; rows run
from south to north.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .neighbours import Neighbours, of_pairs
from .pairs import Floats, coordinates

Places = NDArray[np.intp]

MOST_CELLS = 5_000_000
"""Cells in a grid, at most: a metre slipped for a kilometre should not fill the memory."""

WIDTH = math.sqrt(3)
"""A hexagon with points at top and bottom is √3 sides wide, 2 sides high, and its rows lie 1.5 sides apart."""


@dataclass(frozen=True)
class Hexagons:
    """Hexagons with points at top and bottom. west and south: the centre of cell 0; side: in the unit of the coordinates; odd rows stand half a
    cell to the east."""

    west: float
    south: float
    side: float
    rows: int
    columns: int

    def __len__(self) -> int:
        return self.rows * self.columns

    @property
    def area(self) -> float:
        """Of one cell, in square units."""
        return 1.5 * WIDTH * self.side**2

    def cells(self, points: ArrayLike) -> Places:
        """The cell of each point (n × 2), −1 for points that are in none. A point on an edge goes to one of its cells, always the same."""
        xy = coordinates(points)
        x, y = (xy[:, 0] - self.west) / (WIDTH * self.side), (xy[:, 1] - self.south) / (1.5 * self.side)
        lower = np.floor(y)
        best, near = np.full(len(xy), -1, dtype=np.intp), np.full(len(xy), np.inf)
        for row in (lower, lower + 1):  # a point between two rows of centres belongs to the nearest centre of either
            shift = 0.5 * (row % 2)
            column = np.rint(x - shift)
            far = (3 * (x - column - shift) ** 2) + (1.5 * (y - row)) ** 2
            inside = (row >= 0) & (row < self.rows) & (column >= 0) & (column < self.columns)
            closer = far < near
            number = np.where(inside, row * self.columns + column, -1)
            best, near = np.where(closer, number, best).astype(np.intp), np.minimum(far, near)
        return best

    def centres(self) -> Floats:
        """cells × 2."""
        row, column = np.divmod(np.arange(len(self)), self.columns)
        x = self.west + WIDTH * self.side * (column + 0.5 * (row % 2))
        return np.column_stack([x, self.south + 1.5 * self.side * row])

    def outlines(self) -> Floats:
        """cells × 6 × 2: the corners, against the clock from the eastern upper one."""
        angle = np.pi / 6 + np.arange(6) * np.pi / 3
        return self.centres()[:, None, :] + self.side * np.column_stack([np.cos(angle), np.sin(angle)])

    def neighbours(self) -> Neighbours:
        """The up to six cells that share an edge."""
        row, column = np.divmod(np.arange(len(self)), self.columns)
        odd = row % 2
        return _joined(row, column, self.rows, self.columns, ((0, 1), (1, odd - 1), (1, odd)))


@dataclass(frozen=True)
class Squares:
    """west and south: the corner of cell 0; side: in the unit of the coordinates."""

    west: float
    south: float
    side: float
    rows: int
    columns: int

    def __len__(self) -> int:
        return self.rows * self.columns

    @property
    def area(self) -> float:
        """Of one cell, in square units."""
        return self.side**2

    def cells(self, points: ArrayLike) -> Places:
        """The cell of each point (n × 2), −1 for points that are in none. A point on an edge belongs to the cell east or north of it."""
        xy = coordinates(points)
        column, row = np.floor((xy - (self.west, self.south)) / self.side).T
        inside = (row >= 0) & (row < self.rows) & (column >= 0) & (column < self.columns)
        return np.where(inside, row * self.columns + column, -1).astype(np.intp)

    def centres(self) -> Floats:
        """cells × 2."""
        row, column = np.divmod(np.arange(len(self)), self.columns)
        return np.column_stack([self.west + self.side * (column + 0.5), self.south + self.side * (row + 0.5)])

    def outlines(self) -> Floats:
        """cells × 4 × 2: the corners, against the clock from the south-western one."""
        corners = np.array([(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)])
        return self.centres()[:, None, :] + self.side * corners

    def neighbours(self) -> Neighbours:
        """The up to eight cells that share an edge or a corner (queen)."""
        row, column = np.divmod(np.arange(len(self)), self.columns)
        return _joined(row, column, self.rows, self.columns, ((0, 1), (1, -1), (1, 0), (1, 1)))


Grid = Hexagons | Squares


def hexagons(bounds: tuple[float, float, float, float], area: float) -> Hexagons:
    """Hexagons of `area` square units that cover `bounds` (west, south, east, north). Raises ValueError for a size that makes no grid."""
    west, south, east, north = _checked(bounds, area)
    side = math.sqrt(area / (1.5 * WIDTH))
    rows, columns = math.ceil((north - south) / (1.5 * side) + 1), math.ceil((east - west) / (WIDTH * side) + 1)
    return Hexagons(west, south, side, rows, columns)


def squares(bounds: tuple[float, float, float, float], side: float) -> Squares:
    """Squares of `side` that cover `bounds` (west, south, east, north), the first at its corner. Raises ValueError for a size that makes no grid."""
    west, south, east, north = _checked(bounds, side**2)
    return Squares(west, south, side, math.floor((north - south) / side) + 1, math.floor((east - west) / side) + 1)


def counts(cells: ArrayLike, grid: Grid, weights: ArrayLike | None = None) -> Floats:
    """Points in each cell, or the sum of their weights; points in no cell (−1) are left out."""
    number = np.asarray(cells, dtype=np.intp)
    inside = number >= 0
    given = None if weights is None else np.asarray(weights, dtype=np.float64)[inside]
    return np.bincount(number[inside], given, minlength=len(grid)).astype(np.float64)


def only(neighbours: Neighbours, keep: ArrayLike) -> Neighbours:
    """The neighbours among the places to `keep` (true or false for each), numbered anew in their order: a grid cut to an area."""
    kept = np.asarray(keep, dtype=np.bool_)
    new = np.cumsum(kept) - 1
    both = kept[neighbours.owners] & kept[neighbours.ids]
    owner, ids = new[neighbours.owners[both]], new[neighbours.ids[both]]
    start = np.searchsorted(owner, np.arange(int(kept.sum()) + 1))
    return Neighbours(start.astype(np.intp), ids.astype(np.intp), neighbours.weights[both])


def _joined(
    row: Places, column: Places, rows: int, columns: int, ways: tuple[tuple[int, int | Places], ...]
) -> Neighbours:
    """Neighbours one step along each of `ways` (rows up, columns east), and back."""
    first, second = [], []
    for up, east in ways:
        there, aside = row + up, column + east
        inside = (there < rows) & (aside >= 0) & (aside < columns)
        first.append(np.flatnonzero(inside))
        second.append((there * columns + aside)[inside])
    return of_pairs(np.concatenate(first), np.concatenate(second), rows * columns)


def _checked(bounds: tuple[float, float, float, float], area: float) -> tuple[float, float, float, float]:
    west, south, east, north = bounds
    if not (math.isfinite(sum(bounds)) and east >= west and north >= south and area > 0 and math.isfinite(area)):
        raise ValueError("a grid needs west, south, east, north in that order, and cells of some size")
    if (east - west) * (north - south) / area > MOST_CELLS or (east - west + north - south) ** 2 / area > MOST_CELLS**2:
        raise ValueError(f"that would be more than {MOST_CELLS:,} cells: take larger cells")
    return bounds
