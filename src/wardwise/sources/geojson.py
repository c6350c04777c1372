"""GeoJSON: each feature is a line whose columns are its properties, and `geometry`, its outline as well-known binary in hexadecimal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..records.errors import WardwiseError
from .text_files import Line
from .workbooks import Sheet

SUFFIXES = (".geojson", ".json")
MOST_BYTES = 500 * 2**20
"""Read whole. The largest official file of outlines, full-resolution LSOAs, is below this."""


def opened(path: Path, name: str) -> list[Sheet]:
    """The one table of features. Line numbers are those of the features, with the header as 1: the first feature is 2.

    Raises WardwiseError when it is not GeoJSON in degrees of longitude and latitude.
    """
    features = _features(path, name)
    header = list(dict.fromkeys(key for feature in features for key in (feature.get("properties") or {})))
    lines = [Line(1, [*header, "geometry"])]
    for number, feature in enumerate(features, start=2):
        properties = feature.get("properties") or {}
        cells = [_text(properties.get(key)) for key in header]
        lines.append(Line(number, [*cells, _outline(feature.get("geometry"), f"{name}, feature {number - 1}")]))
    return [Sheet("", tuple(lines))]


def _features(path: Path, name: str) -> list[dict[str, Any]]:
    if path.stat().st_size > MOST_BYTES:
        raise WardwiseError(
            "This GeoJSON file is too large to read.",
            where=name,
            next_step="Use a generalised version of the outlines.",
        )
    try:
        content = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise WardwiseError("This is not valid JSON.", where=name, next_step="Download it again.") from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or not all(isinstance(each, dict) for each in features):
        raise WardwiseError(
            "This JSON file is not GeoJSON: it has no list of features.",
            where=name,
            next_step="Choose GeoJSON where you download the outlines.",
        )
    return features


def _outline(geometry: Any, where: str) -> str:
    """Hexadecimal well-known binary; empty where there is no outline."""
    if not geometry:
        return ""
    import shapely
    from shapely.geometry import shape

    try:
        outline = shape(geometry)
    except (ValueError, TypeError, KeyError, AttributeError, shapely.errors.ShapelyError) as error:
        raise WardwiseError(
            "This outline cannot be read.", where=where, next_step="Download the file again."
        ) from error
    west, south, east, north = outline.bounds if not outline.is_empty else (0, 0, 0, 0)
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise WardwiseError(
            "These outlines are not in degrees of longitude and latitude.",
            where=where,
            next_step="Choose WGS84 (EPSG:4326) where you download them.",
        )
    return str(outline.wkb_hex)


def _text(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
