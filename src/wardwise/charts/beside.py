"""Names beside dots: each where it covers no dot and no other name, or nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_CHARACTER, _LINE = 6.6, 16  # px of 13 px type
_RADIUS = 7  # px of a dot with its edge
_OFF = 10  # px from a dot's middle to its name
_OVER = 4  # px that a name may stand over the plot

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Beside:
    """align: of the name ("left" stands right of its dot). dx, dy: in pixels from the dot's middle to the name's."""

    align: str
    dx: int
    dy: int


_RIGHT, _LEFT = ("left", _OFF), ("right", -_OFF)
_MIDDLE = ("center", 0)


def beside(
    dots: Sequence[tuple[float, float]], names: Sequence[str], width: float, height: float
) -> list[Beside | None]:
    """Where the name of each dot goes, the first dots first; None for an empty name and for one that has no room.

    dots: pixels right of and below the upper left corner of a plot of width by height pixels. Every dot is kept clear.
    """
    taken: list[Box] = [(x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS) for x, y in dots]
    found: list[Beside | None] = []
    for (x, y), name in zip(dots, names, strict=True):
        tries = _tries(left_half=x <= width / 2) if name else []
        boxes = ((each, _box(x, y, name, each)) for each in tries)
        free = next((pair for pair in boxes if _is_free(pair[1], taken, width, height)), None)
        found.append(free[0] if free else None)
        taken += [free[1]] if free else []
    return found


def _tries(*, left_half: bool) -> list[Beside]:
    """Level with the dot on the roomier side, then on the other; a little higher or lower; then above and below it."""
    sides = (_RIGHT, _LEFT) if left_half else (_LEFT, _RIGHT)
    level = [Beside(*side, dy) for dy in (0, -8, 8, -15, 15) for side in sides]
    return [*level, *(Beside(*_MIDDLE, dy) for dy in (-17, 17))]


def _box(x: float, y: float, name: str, at: Beside) -> Box:
    wide = len(name) * _CHARACTER
    left = x + at.dx - {"left": 0.0, "center": wide / 2, "right": wide}[at.align]
    return left, y + at.dy - _LINE / 2, left + wide, y + at.dy + _LINE / 2


def _is_free(box: Box, taken: Sequence[Box], width: float, height: float) -> bool:
    inside = box[0] >= 0 and box[1] >= -_OVER and box[2] <= width and box[3] <= height
    return inside and not any(
        box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3] for other in taken
    )
