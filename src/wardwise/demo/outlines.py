"""Outlines of the invented areas: the cells' edges, bent a little, joined without gaps or overlaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .chance import Chance
from .lattice import AROUND, Cell, place

Point = tuple[float, float]
Corner = tuple[int, int]
ORIGIN = (600000.0, 560000.0)
"""Eastings and northings of the main district's middle: the open North Sea, more than a hundred kilometres from any shore."""

WIDTH = 500.0
"""Width in metres of a cell in the middle of the main district."""

SPREAD = 10.0
"""Cells grow with distance from the middle: this many cells away they stand twice as far apart."""


def corners(cell: Cell) -> list[Corner]:
    """The six corners, anticlockwise. A corner is the sum of the three cells that meet there, so neighbours agree on it."""
    q, r = cell
    ring = [(q + dq, r + dr) for dq, dr in AROUND]
    return [(q + a + c, r + b + d) for (a, b), (c, d) in zip(ring, ring[1:] + ring[:1], strict=True)]


def ground(x: float, y: float, middle: Point) -> Point:
    """Grid metres of a place on the lattice."""
    dx, dy = x - middle[0], y - middle[1]
    stretch = WIDTH * (1 + (dx * dx + dy * dy) ** 0.5 / SPREAD)
    return ORIGIN[0] + dx * stretch, ORIGIN[1] + dy * stretch


@dataclass(frozen=True)
class Outlines:
    """Bent corners and edges of every cell of the county, in grid metres."""

    middle: Point
    at: dict[Corner, Point]
    bends: dict[tuple[Corner, Corner], tuple[Point, ...]]

    @classmethod
    def of(cls, cells: Sequence[Cell], middle: Point, chance: Chance) -> Outlines:
        """Draw them: corners move by up to a seventh of a cell's width, edges get two bends."""
        found = sorted({corner for cell in cells for corner in corners(cell)})
        moves = chance.of("corners").between(-140, 140, 2 * len(found)).tolist()
        spots = {}
        for i, (q, r) in enumerate(found):
            x, y = place(q / 3, r / 3)
            spots[(q, r)] = (x + moves[2 * i] / 1000, y + moves[2 * i + 1] / 1000)
        edges = sorted({_edge(a, b) for cell in cells for a, b in _sides(cell)})
        sways = chance.of("edges").between(-90, 90, 2 * len(edges)).tolist()
        bends = {
            edge: tuple(
                ground(*spot, middle) for spot in _bent(spots[edge[0]], spots[edge[1]], sways[2 * i : 2 * i + 2])
            )
            for i, edge in enumerate(edges)
        }
        return cls(middle, {corner: ground(*spot, middle) for corner, spot in spots.items()}, bends)

    def ring(self, cells: Sequence[Cell]) -> list[Point]:
        """The outer edge of the cells together, anticlockwise, first point repeated last. They must hang together."""
        sides = {side for cell in cells for side in _sides(cell)}
        after = {a: b for a, b in sorted(sides) if (b, a) not in sides}
        loops = []
        while after:
            corner = min(after)
            loop = []
            while corner in after:
                following = after.pop(corner)
                loop += [self.at[corner], *self._along(corner, following)]
                corner = following
            loops.append([*loop, loop[0]])
        return max(loops, key=len)

    def centre(self, cell: Cell) -> Point:
        """The middle of a cell."""
        return ground(*place(*cell), self.middle)

    def _along(self, a: Corner, b: Corner) -> tuple[Point, ...]:
        bends = self.bends[_edge(a, b)]
        return bends if a < b else bends[::-1]


def _sides(cell: Cell) -> list[tuple[Corner, Corner]]:
    ring = corners(cell)
    return list(zip(ring, ring[1:] + ring[:1], strict=True))


def _edge(a: Corner, b: Corner) -> tuple[Corner, Corner]:
    return (a, b) if a < b else (b, a)


def _bent(a: Point, b: Point, sways: Sequence[int]) -> list[Point]:
    dx, dy = b[0] - a[0], b[1] - a[1]
    return [
        (a[0] + dx * part / 3 - dy * sway / 1000, a[1] + dy * part / 3 + dx * sway / 1000)
        for part, sway in zip((1, 2), sways, strict=True)
    ]


def area(ring: Sequence[Point]) -> float:
    """Area inside a closed ring, in square metres; positive when it runs anticlockwise."""
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring)) / 2
