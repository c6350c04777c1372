"""Addresses in the invented small areas, each with the public point that data.police.uk would move it to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .chance import Chance
from .geography import SmallArea
from .grid import lonlat

if TYPE_CHECKING:
    import numpy as np

    Whole = np.ndarray[Any, np.dtype[np.int64]]

ADDRESSES = 90
"""Addresses in each small area: few enough that some are visited by crime again and again."""

POINTS = 9
"""Public points in each small area; every address belongs to one."""


@dataclass(frozen=True)
class Places:
    """easting, northing: whole metres, one row for each small area, one column for each address. longitude, latitude and
    street: as published, one column for each public point. The rows are in the order of the areas given."""

    easting: Whole
    northing: Whole
    longitude: list[list[str]]
    latitude: list[list[str]]
    street: list[list[str]]


def make(areas: Sequence[SmallArea], words: Mapping[str, Any], chance: Chance) -> Places:
    """Addresses and public points inside every area's outline."""
    import numpy as np

    rings = np.array([small.ring[:-1] for small in areas])
    centres = np.array([small.centre for small in areas])
    spots = _inside(rings, centres, chance.of("addresses"), ADDRESSES)
    easting, northing = np.rint(spots[..., 0]).astype(np.int64), np.rint(spots[..., 1]).astype(np.int64)
    lon, lat = lonlat(spots[:, :POINTS, 0], spots[:, :POINTS, 1])
    return Places(
        easting,
        northing,
        [[f"{x:.6f}" for x in row] for row in lon.tolist()],
        [[f"{y:.6f}" for y in row] for row in lat.tolist()],
        _streets(areas, words, chance.of("streets")),
    )


def _inside(rings: Any, centres: Any, chance: Chance, size: int) -> Any:
    """Points inside: on the way from the middle to a place on the outline, no nearer to it than an eighth of the way."""
    import numpy as np

    count, corners = rings.shape[0], rings.shape[1]
    at = chance.below(corners, count * size).reshape(count, size)
    along = chance.below(1000, count * size).reshape(count, size, 1) / 1000
    out = np.sqrt(chance.below(1000, count * size).reshape(count, size, 1) / 1000) * 0.875
    row = np.arange(count)[:, None]
    edge = rings[row, at] * (1 - along) + rings[row, (at + 1) % corners] * along
    return centres[:, None, :] * (1 - out) + edge * out


def _streets(areas: Sequence[SmallArea], words: Mapping[str, Any], chance: Chance) -> list[list[str]]:
    names = [f"{word} {end}" for word in words["street_words"] for end in words["street_ends"]]
    made = []
    for small in areas:
        picked = [names[i] for i in chance.below(len(names), POINTS).tolist()]
        if small.night:
            picked[: len(words["points"])] = words["points"]
        made.append(picked)
    return made


def addresses(chance: Chance, size: int) -> Whole:
    """`size` address numbers: low numbers come up far more often, as some addresses do."""
    first, second = chance.below(ADDRESSES, size), chance.below(ADDRESSES, size)
    return first * second // ADDRESSES
