"""Which area a point falls in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def locate(longitudes: Sequence[float], latitudes: Sequence[float], boundaries: Mapping[str, Any]) -> list[str | None]:
    """The code of the boundary (shapely geometry, same degrees as the points) that holds each point; None where none does.

    A point on a shared edge goes to the first code in order. Work is done on distinct points only: the index holds the points
    and is asked with each polygon, which for public files with a few thousand snapped points is quick for millions of rows.
    """
    import numpy as np
    import shapely

    if not len(longitudes) or not boundaries:
        return [None] * len(longitudes)
    pairs = np.column_stack([np.asarray(longitudes, dtype=float), np.asarray(latitudes, dtype=float)])
    distinct, where = np.unique(pairs, axis=0, return_inverse=True)
    known = np.flatnonzero(~np.isnan(distinct).any(axis=1))
    codes = sorted(boundaries)
    tree = shapely.STRtree(shapely.points(distinct[known]))
    polygon, point = tree.query([boundaries[code] for code in codes], predicate="intersects")
    first = np.full(len(distinct), len(codes))
    np.minimum.at(first, known[point], polygon)
    names: list[str | None] = [*codes, None]
    return [names[index] for index in first[where.ravel()]]
