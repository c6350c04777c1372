"""A map of amounts as circles: the area of a circle is as the count, one circle in the middle of each place."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from wardwise.disclosure.released import Released
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Column, Role, Row
from wardwise.records.shown import cell

from . import map_layers as layers
from . import map_shapes as shapes
from .alt_text import ranked_words
from .chart import Chart
from .gate import filled
from .reading import drawn, first, is_sum, measured, not_drawn, source_line, words
from .theme import ACCENT, GREY, PAPER, WIDTH

_HEIGHT = 290  # px at most: few words are written on it, so two such maps fit on a page
_LARGEST = 26  # px, radius of the largest circle
_NAMED = 6  # circles that have a name
_PRINTED = 20  # rows, largest first, that a printed table has of many


def symbols(
    released: Released,
    boundaries: Mapping[str, Any],
    table: str = "",
    *,
    value: str = "",
    names: Mapping[str, Any] | None = None,
    title: str = "",
    subtitle: str = "",
) -> Chart:
    """The map of one released table. Reads an AREA code, a LABEL and the value (named, else the last COUNT).

    boundaries: shapely outlines in degrees by code. names: outlines to draw instead of the areas' own, such as wards. Raises
    WardwiseError when no area has an outline. What may not be shown has no circle, and that is said.
    """
    chosen = filled(released, table)
    area, label = first(chosen, Role.AREA), first(chosen, Role.LABEL)
    column = measured(chosen, value) if value or not chosen.having(Role.COUNT) else chosen.having(Role.COUNT)[-1]
    single = [row for row in chosen.rows if words(row[area.name]) and not is_sum(words(row[label.name]))]
    rows = [row for row in single if words(row[area.name]) in boundaries]
    if not rows:
        raise WardwiseError(
            "None of these areas has an outline.", where=chosen.title, next_step="Import boundary files for this area."
        )
    ground = names or {words(row[area.name]): boundaries[words(row[area.name])] for row in rows}
    outlines_ = [*ground.values(), *(boundaries[words(row[area.name])] for row in rows)]
    projection = shapes.fit(outlines_, width=WIDTH - layers.KEY - 12, height=_HEIGHT)
    gap = not_drawn(single, column, "area")
    circles = _circles(rows, boundaries, projection, area, label, column)
    projection = _with_room(projection, circles)
    circles = _circles(rows, boundaries, projection, area, label, column)
    drawn_ = _layers([projection.shape(outline) for outline in ground.values()], circles)
    placed = shapes.place(
        {each["name"]: each["shape"] for each in circles[:_NAMED]}, projection.width, projection.height, numbers=True
    )
    key = [{"text": column.title}, *({"text": f"{n.text}  {n.stands_for}"} for n in placed if n.stands_for)]
    circled = _key_circles(circles, column, projection.width + 22, layers.LINE * len(key) + 8)
    return Chart(
        spec=layers.page(projection, [*drawn_, *circled], placed, key),
        alt=ranked_words(chosen, column, label, "", gap, what="Map of circles"),
        title=title or released.title,
        subtitle=subtitle or chosen.title,
        source=source_line(released, [gap]),
        table=chosen,
        first_rows=_PRINTED,
    )


def _with_room(projection: shapes.Projection, circles: list[dict[str, Any]]) -> shapes.Projection:
    """The projection moved right and down, so that no circle at the western or northern edge is cut."""
    radii = [(math.sqrt(each["size"] / math.pi), each) for each in circles]
    left = max((radius - each["x"] for radius, each in radii if radius > each["x"]), default=0.0)
    top = max((radius - each["y"] for radius, each in radii if radius > each["y"]), default=0.0)
    return replace(
        projection,
        west=projection.west - left / (projection.pixels * projection.squeeze),
        north=projection.north + top / projection.pixels,
        width=projection.width + left,
        height=projection.height + top,
    )


def _circles(
    rows: list[Row],
    boundaries: Mapping[str, Any],
    projection: shapes.Projection,
    area: Column,
    label: Column,
    column: Column,
) -> list[dict[str, Any]]:
    """Largest first, so that small circles lie over large ones."""
    known = [(row, n) for row in rows if (n := drawn(row[column.name])) is not None and n > 0]
    largest = max((n for _, n in known), default=1)
    circles = []
    for row, n in sorted(known, key=lambda pair: -pair[1]):
        shape = projection.shape(boundaries[words(row[area.name])])
        at = shape.representative_point()
        circles.append(
            {
                "x": at.x,
                "y": at.y,
                "size": math.pi * _LARGEST**2 * n / largest,
                "value": n,
                "name": words(row[label.name]),
                "shape": shape,
                "says": f"{cell(row[label.name], label)}: {cell(row[column.name], column)}",
            }
        )
    return circles


def _layers(ground: list[Any], circles: list[dict[str, Any]]) -> list[dict[str, Any]]:
    shapes_ = [shapes.feature(each) for each in ground]
    return [layers.outlines(shapes_, {"stroke": GREY, "strokeWidth": 0.7, "filled": False}), *_drawn(circles)]


def _drawn(circles: list[dict[str, Any]]) -> list[dict[str, Any]]:
    values = [{key: each[key] for key in ("x", "y", "size", "says")} for each in circles]
    mark = {"type": "point", "filled": True, "color": ACCENT, "opacity": 0.75, "stroke": PAPER, "strokeWidth": 1}
    encoding = {
        **layers.at(),
        "size": {"field": "size", "type": "quantitative", "scale": None, "legend": None},
        "tooltip": [{"field": "says", "title": " "}],
    }
    return [{"data": {"values": values}, "mark": mark, "encoding": encoding}]


def _key_circles(circles: list[dict[str, Any]], column: Column, left: float, top: float) -> list[dict[str, Any]]:
    """Three circles of round numbers, the largest first, with what they stand for."""
    if not circles:
        return []
    largest = circles[0]["value"]
    unit = 10 ** math.floor(math.log10(largest))
    most = max((n * unit for n in (1, 2, 5) if n * unit <= largest), default=largest)
    values, y = [], top
    for n in (n for n in (most, most / 4, most / 20) if n >= 1):
        radius = _LARGEST * math.sqrt(n / largest)
        y += radius + 3
        values.append({"x": left + _LARGEST, "y": y, "size": math.pi * radius**2, "says": cell(round(n), column)})
        y += radius + 3
    words_ = [{"x": left + 2 * _LARGEST + 8, "y": each["y"], "text": each["says"]} for each in values]
    return [*_drawn(values), layers.text(words_, align="left", baseline="middle")]
