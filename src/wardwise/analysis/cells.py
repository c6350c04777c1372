"""Cells of a grid as areas: a code that says where the cell lies, its outline, and a name that people can say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wardwise.methods.grids import Hexagons

from .about import About
from .points import degrees

HEXAGON = "hex"


def code(easting: float, northing: float, side: float) -> str:
    """The code of a hexagon: its centre on the National Grid and its side, in metres."""
    return f"{HEXAGON}-{easting:.0f}-{northing:.0f}-{side:.0f}"


def outline(given: str) -> Any:
    """The hexagon of a code, as a shapely polygon in degrees; None when the code is not one."""
    import shapely

    kind, _, rest = given.partition("-")
    if kind != HEXAGON or rest.count("-") != 2:
        return None
    east, north, side = (float(each) for each in rest.split("-"))
    angle = np.pi / 6 + np.arange(6) * np.pi / 3
    corners = np.column_stack([east + side * np.cos(angle), north + side * np.sin(angle)])
    return degrees(shapely.Polygon(corners))


def codes(grid: Hexagons) -> list[str]:
    """The code of each cell."""
    return [code(east, north, grid.side) for east, north in grid.centres()]


def on_land(about: About, centres: NDArray[np.float64], reach: float) -> NDArray[np.bool_]:
    """True for the cells, by their centres in metres, that touch the area; all, when its outline is not held."""
    import shapely

    ground = ground_of(about)
    if ground is None:
        return np.ones(len(centres), dtype=bool)
    return np.asarray(shapely.dwithin(shapely.points(centres), ground, reach), dtype=bool)


def ground_of(about: About) -> Any:
    """The area's outline in metres; None when it is not held, and no small area's is."""
    import shapely

    from .points import metres

    held = about.ask.outlines([about.area]) or about.ask.outlines(about.ask.places.children(about.area, "lsoa"))
    if not held:
        return None
    whole = shapely.union_all(list(held.values()))
    return shapely.transform(whole, lambda xy: np.column_stack(metres(xy[:, 0], xy[:, 1])))


def names(about: About, centres: NDArray[np.float64], order: Sequence[int]) -> list[str]:
    """“Talbot 1”, “Talbot 2”: the ward that a cell's centre lies in, numbered in `order`; “Edge 1” outside all wards."""
    import shapely

    from wardwise.areas import locate

    wards = about.ask.outlines(about.ask.places.children(about.area, "ward"))
    lonlat = shapely.get_coordinates(degrees(shapely.points(centres)))
    found = locate(lonlat[:, 0].tolist(), lonlat[:, 1].tolist(), wards)
    number: dict[str, int] = {}
    said = [""] * len(centres)
    for at in order:
        ward = about.ask.places.name(str(found[at])) if found[at] else "Edge" if wards else "Cell"
        number[ward] = number.get(ward, 0) + 1
        said[at] = f"{ward} {number[ward]}"
    return said
