"""Outlines as pixels on the page: projection, hatching, the scale bar, and names that never overlap."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

_KILOMETRES = 111.32  # in one degree of latitude (mean; WGS84)
_CHARACTER, _LINE = 6.4, 16  # px of 13 px type
_NUMBER = 18  # px, width of a number that stands for a name
_HATCH = 6  # px between hatching lines
_STEPS = ((0, 0), (0, -9), (0, 9), (0, -17), (0, 17), (14, 0), (-14, 0), (16, -12), (-16, -12), (16, 12), (-16, 12))

Moves = Sequence[tuple[float, float]]
Outline = Any  # a shapely geometry: in degrees before the projection, in pixels after it
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Projection:
    """Degrees to pixels, north up. Widths shrink with the cosine of the middle latitude, which is exact enough for a county."""

    west: float
    north: float
    squeeze: float
    pixels: float  # for one degree of latitude
    width: float
    height: float

    def shape(self, outline: Outline) -> Outline:
        """The outline in pixels, without the detail that cannot be seen."""
        import shapely

        moved = shapely.transform(
            outline,
            lambda xy: (xy - [self.west, self.north]) * [self.pixels * self.squeeze, -self.pixels],
        )
        return shapely.make_valid(moved.simplify(0.4))

    def kilometres(self, distance: float) -> float:
        """Pixels for a distance in kilometres."""
        return distance / _KILOMETRES * self.pixels


def fit(outlines: Iterable[Outline], *, width: float, height: float) -> Projection:
    """The projection that shows all outlines as large as the box allows."""
    import shapely

    west, south, east, north = shapely.total_bounds(list(outlines))
    squeeze = math.cos(math.radians((south + north) / 2))
    pixels = min(width / max((east - west) * squeeze, 1e-9), height / max(north - south, 1e-9))
    return Projection(west, north, squeeze, pixels, (east - west) * squeeze * pixels, (north - south) * pixels)


def scale_bar(projection: Projection) -> tuple[int | float, float]:
    """A round number of kilometres that takes about a fifth of the width, and its pixels."""
    for distance in (50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1):
        if projection.kilometres(distance) <= projection.width * 0.28:
            return distance, projection.kilometres(distance)
    return 0.05, projection.kilometres(0.05)


def hatching(shape: Outline) -> Outline:
    """Slanted lines inside a shape."""
    import shapely

    left, top, right, bottom = shape.bounds
    tall = bottom - top
    start = math.floor((left - tall) / _HATCH) * _HATCH
    lines = [((x, bottom), (x + tall, top)) for x in range(int(start), int(right) + _HATCH, _HATCH)]
    return shape.intersection(shapely.MultiLineString(lines))


def feature(shape: Outline, **properties: Any) -> dict[str, Any]:
    """One shape for the drawing, to a tenth of a pixel."""
    import shapely

    rounded = shapely.transform(shape, lambda xy: xy.round(1))
    return {"type": "Feature", "geometry": shapely.geometry.mapping(rounded), "properties": properties}


def middle(shape: Outline) -> tuple[float, float, float]:
    """The place inside a shape farthest from its outline (x, y), and how far that is, in pixels."""
    import shapely

    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    if largest.area == 0:
        return shape.representative_point().x, shape.representative_point().y, 0.0
    radius = shapely.maximum_inscribed_circle(largest, tolerance=0.5)
    return *radius.coords[0], radius.length


@dataclass(frozen=True)
class Name:
    """A name, or the number that stands for it, at a place in pixels."""

    text: str
    x: float
    y: float
    stands_for: str = ""


def place(named: Mapping[str, Outline], width: float, height: float, *, numbers: bool = False) -> tuple[Name, ...]:
    """Names on their shapes, larger shapes first; where a name has no room, a number that the key explains, from the north down.
    numbers: never a name."""
    taken: list[Box] = []
    placed: list[Name] = []
    numbered: list[Name] = []
    for name, shape in sorted(named.items(), key=lambda item: (-item[1].area, item[0])):
        point = shape.representative_point()
        wide = len(name) * _CHARACTER + 4
        found = None if numbers else _free(name, point.x, point.y, taken, width, height, wide)
        if found:
            placed.append(Name(name, *found))
            continue
        tries = [(x, y, moves) for moves in (((0, 0),), _STEPS) for x, y in _within(shape)]
        boxes = (_free(name, x, y, taken, width, height, _NUMBER, moves) for x, y, moves in tries)
        found = next((box for box in boxes if box), None)
        if found:
            numbered.append(Name("", *found, stands_for=name))
    numbered.sort(key=lambda one: (one.y, one.x))
    return *placed, *(replace(one, text=str(at)) for at, one in enumerate(numbered, 1))


def _within(shape: Outline) -> Iterable[tuple[float, float]]:
    """Places inside a shape, from its middle outwards."""
    import shapely

    middle = shape.representative_point()
    left, top, right, bottom = shape.bounds
    grid = [(x, y) for x in range(int(left), int(right), _HATCH) for y in range(int(top), int(bottom), _HATCH)]
    grid.sort(key=lambda at: (at[0] - middle.x) ** 2 + (at[1] - middle.y) ** 2)
    yield middle.x, middle.y
    yield from (at for at in grid if shape.contains(shapely.Point(*at)))


def _free(
    name: str, x: float, y: float, taken: list[Box], width: float, height: float, wide: float, steps: Moves = _STEPS
) -> tuple[float, float] | None:
    for dx, dy in steps:
        cx, cy = x + dx, y + dy
        box = (cx - wide / 2, cy - _LINE / 2, cx + wide / 2, cy + _LINE / 2)
        if box[0] < 0 or box[1] < 0 or box[2] > width or box[3] > height:
            continue
        if not any(_overlap(box, other) for other in taken):
            taken.append(box)
            return cx, cy
    return None


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def fifths(values: Mapping[str, float]) -> dict[str, int]:
    """Steps 1 to 5 by rank, equal values together: for tables that do not say the step themselves."""
    order: Sequence[float] = sorted(values.values())
    return {code: 1 + min(4, order.index(value) * 5 // max(1, len(order))) for code, value in values.items()}
