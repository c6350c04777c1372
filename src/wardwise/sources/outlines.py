"""The outlines that points are placed with: those the store holds, and those read earlier in the same import."""

from __future__ import annotations

from collections.abc import Sequence

from ..store import Store, duckdb
from .parts import Part
from .points import Boundaries


def boundaries(store: Store, parts: Sequence[Part]) -> Boundaries:
    """Outlines by level and code; of several editions, the newest. Raises nothing when there are none."""
    import shapely

    staged = [
        (part.folder / f.path).as_posix()
        for part in parts
        if part.found.source.table == "boundaries"
        for f in part.files
    ]
    held = store.at().files("boundaries")
    if not (staged or held):
        return Boundaries({})
    from ..records.tables import table

    with duckdb.connect() as connection:
        outlined = duckdb.rows(table("boundaries"), [*held, *staged], table("boundaries").names)
        rows = connection.execute(
            f"SELECT level, area_code, arg_max(geometry, edition) FROM ({outlined}) GROUP BY level, area_code ORDER BY ALL"
        ).fetchall()
    found: dict[str, dict[str, object]] = {}
    for level, code, outline in rows:
        found.setdefault(level, {})[code] = shapely.from_wkb(bytes(outline))
    return Boundaries(found)
