"""Points: British National Grid to longitude and latitude, and the area that a point falls in. Worked out once for each distinct point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .. import areas
from .declaration import Source
from .mapping import Frame, grid
from .parts import Part

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_GRID_WIDTH, _GRID_HEIGHT = 700_000, 1_300_000
"""Metres: the extent of the British National Grid (Ordnance Survey, A guide to coordinate systems in Great Britain)."""


@dataclass(frozen=True)
class Boundaries:
    """Outlines (shapely), by level and then code."""

    by_level: Mapping[str, Mapping[str, Any]]


def turn_points(connection: DuckDBPyConnection, source: Source, known: Frame) -> str:
    """SQL for the raw rows with `_longitude` and `_latitude`; NULL where the grid reference is empty or off the grid."""
    import pyarrow as pa
    from pyproj import Transformer

    (_, easting), (_, northing) = grid(source, known)
    pairs = connection.execute(
        f"SELECT DISTINCT {easting} AS easting, {northing} AS northing FROM raw "
        f"WHERE {easting} BETWEEN 1 AND {_GRID_WIDTH} AND {northing} BETWEEN 1 AND {_GRID_HEIGHT}"
    ).to_arrow_table()
    turned = Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True).transform(
        pairs["easting"].to_numpy(), pairs["northing"].to_numpy()
    )
    points = pa.table({"e": pairs["easting"], "n": pairs["northing"], "_longitude": turned[0], "_latitude": turned[1]})
    connection.register("turned", points)
    connection.execute("CREATE OR REPLACE TEMP TABLE turned_points AS SELECT * FROM turned")
    connection.unregister("turned")
    return f"(SELECT raw.*, _longitude, _latitude FROM raw LEFT JOIN turned_points ON e = {easting} AND n = {northing})"


def place(connection: DuckDBPyConnection, part: Part, boundaries: Boundaries) -> None:
    """Give judged records that have a point and no area the code of the first level's boundary that holds it."""
    import pyarrow as pa

    wanting = "longitude IS NOT NULL AND latitude IS NOT NULL AND area_code IS NULL"
    points = connection.execute(f"SELECT DISTINCT longitude, latitude FROM judged WHERE {wanting}").to_arrow_table()
    if not points.num_rows:
        return
    codes = _codes(points["longitude"].to_numpy(), points["latitude"].to_numpy(), part.found.source.locate, boundaries)
    placed = pa.table({"x": points["longitude"], "y": points["latitude"], "code": pa.array(codes, pa.string())})
    connection.register("placed", placed)
    connection.execute(
        f"UPDATE judged SET area_code = code FROM placed WHERE {wanting} AND longitude = x AND latitude = y AND code IS NOT NULL"
    )
    connection.unregister("placed")
    (left,) = connection.execute(f"SELECT count(*) FROM judged WHERE {wanting}").fetchone() or (0,)
    if left:
        held = any(boundaries.by_level.get(level) for level in part.found.source.locate)
        why = "lie outside the boundaries held" if held else "were not placed: no boundaries are held yet"
        part.notes[f"rows have a point and no area; they {why}"] = left


def _codes(longitudes: Any, latitudes: Any, levels: Sequence[str], boundaries: Boundaries) -> list[str | None]:
    codes: list[str | None] = [None] * len(longitudes)
    for level in levels:
        found = areas.locate(longitudes, latitudes, boundaries.by_level.get(level, {}))
        codes = [code or other for code, other in zip(codes, found, strict=True)]
    return codes
