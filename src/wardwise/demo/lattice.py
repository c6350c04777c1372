"""The ground the invented county stands on: a lattice of six-sided cells, divided into districts and wards that hang together.

Cells are named by two whole numbers (q, r); x runs east, y north, in cell widths. Nothing here is in metres.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

Cell = tuple[int, int]
AROUND: tuple[Cell, ...] = ((1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1))
"""The six neighbours, anticlockwise from the east."""

HEIGHT = 0.8660254037844386
"""Distance between rows: half the square root of three."""


def place(q: float, r: float) -> tuple[float, float]:
    """Where a cell's centre is."""
    return q + r / 2, r * HEIGHT


def _coast(y: float) -> float:
    """How far east the sea comes at height y: a bay, and a blunt headland where the main district stands."""
    return 0.011 * y * y - 2.0 * max(0.0, 1 - (y / 11) ** 2)


def county(size: int) -> list[Cell]:
    """`size` cells of land: those nearest to a point inland, none in the sea."""

    def far(cell: Cell) -> tuple[float, Cell]:
        x, y = place(*cell)
        return round((x - 10) ** 2 + (y * 0.82) ** 2, 6), cell

    rows = range(-24, 25)
    land = [(q, r) for r in rows for q in range(-30, 60) if place(q, r)[0] >= _coast(place(q, r)[1])]
    return sorted(land, key=far)[:size]


def strip(cells: Sequence[Cell], size: int) -> tuple[list[Cell], list[Cell]]:
    """The `size` cells nearest to the sea, and the rest."""
    inland = sorted(cells, key=lambda cell: (round(place(*cell)[0] - _coast(place(*cell)[1]), 6), cell[1]))
    return inland[:size], inland[size:]


def divide(cells: Sequence[Cell], sizes: Sequence[int]) -> list[list[Cell]]:
    """Cut into parts of the given sizes by straight cuts, each across the longer side where that leaves no part in pieces.

    The sizes must add up to the cells.
    """
    if len(sizes) == 1:
        return [sorted(cells)]
    half = _middle(sizes)
    cut = sum(sizes[:half])
    for key in _across(cells):
        ordered = sorted(cells, key=key)
        if together(ordered[:cut]) and together(ordered[cut:]):
            break
    return divide(ordered[:cut], sizes[:half]) + divide(ordered[cut:], sizes[half:])


def _middle(sizes: Sequence[int]) -> int:
    """How many parts go to the first side so that the sides are as equal as can be."""
    whole = sum(sizes)
    return min(range(1, len(sizes)), key=lambda k: abs(2 * sum(sizes[:k]) - whole))


def _across(cells: Sequence[Cell]) -> list[Callable[[Cell], tuple[float, float]]]:
    """Ways to put the cells in order, the best cut first. No cut runs true, so that the map does not look ruled."""
    spots = [place(*cell) for cell in cells]
    wide = max(x for x, _ in spots) - min(x for x, _ in spots)
    tall = max(y for _, y in spots) - min(y for _, y in spots)
    tilts = (0.22, -0.17) if len(cells) % 2 else (-0.17, 0.22)

    def key(tilt: float, east: bool) -> Callable[[Cell], tuple[float, float]]:
        def where(cell: Cell) -> tuple[float, float]:
            x, y = place(*cell) if east else place(*cell)[::-1]
            return round(x + tilt * y, 6), round(y, 6)

        return where

    longer = wide > tall
    return [key(tilt, east) for east in (longer, not longer) for tilt in (*tilts, 0.5, -0.5, 0.0)]


def together(cells: Sequence[Cell]) -> bool:
    """Whether one can walk from any of the cells to any other without leaving them."""
    left = set(cells)
    edge = [left.pop()] if left else []
    while edge:
        q, r = edge.pop()
        for dq, dr in AROUND:
            if (near := (q + dq, r + dr)) in left:
                left.discard(near)
                edge.append(near)
    return not left
