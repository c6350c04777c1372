"""A map of dense land: the least land that holds a quarter, half, three quarters of the records, dark to light."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardwise.disclosure.released import Released
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Column, Role, Row
from wardwise.records.shown import cell

from . import map_layers as layers
from . import map_shapes as shapes
from .chart import Chart
from .gate import filled
from .reading import drawn, first, not_drawn, source_line, words
from .theme import GREY, STEPS, WIDTH

_HEIGHT = 300  # px at most: its finding, its caption and the next chart stay beside it
_TONES = (STEPS[4], STEPS[3], STEPS[1])  # densest first


def density(
    released: Released,
    ground: Mapping[str, Any],
    table: str = "",
    *,
    title: str = "",
    subtitle: str = "",
) -> Chart:
    """The map of one released table. Reads a LABEL, a COUNT and the outlines in `meta`, as well-known text in degrees, under
    “outline” and the label. A band whose count may not be shown is not drawn.

    ground: outlines to draw over, by name, such as wards. Raises WardwiseError when there are none.
    """
    chosen = filled(released, table)
    label, count = first(chosen, Role.LABEL), first(chosen, Role.COUNT)
    if not ground:
        raise WardwiseError(
            "There is no outline to draw on.", where=chosen.title, next_step="Import boundary files for this area."
        )
    bands = [row for row in chosen.rows if f"outline {words(row[label.name])}" in released.meta]
    known = [row for row in bands if drawn(row[count.name]) is not None]
    projection = shapes.fit(ground.values(), width=WIDTH - layers.KEY - 12, height=_HEIGHT)
    over = {name: projection.shape(outline) for name, outline in ground.items()}
    painted = _painted(released, known, bands, label, count, projection)
    placed = shapes.place(over, projection.width, projection.height)
    key = [{"text": "Land that holds"}, *({"fill": p["fill"], "text": p["key"]} for p in painted)]
    key += [{"text": f"{name.text}  {name.stands_for}"} for name in placed if name.stands_for]
    areas = [shapes.feature(p["shape"], fill=p["fill"], says=p["says"]) for p in painted]
    borders = [shapes.feature(shape) for shape in over.values()]
    gap = not_drawn(bands, count, "band")
    return Chart(
        spec=layers.page(
            projection,
            [
                layers.outlines(areas, {"strokeWidth": 0}, filled=True),
                layers.outlines(borders, {"stroke": GREY, "strokeWidth": 0.7, "filled": False}),
            ],
            placed,
            key,
        ),
        alt=_words(released, chosen.title, chosen.rows, label, count, gap),
        title=title or released.title,
        subtitle=subtitle or chosen.title,
        source=source_line(released, [gap]),
        table=chosen,
    )


def _painted(
    released: Released, known: list[Row], bands: list[Row], label: Column, count: Column, projection: shapes.Projection
) -> list[dict[str, Any]]:
    """Bands that may be shown, each with its tone and its words."""
    import shapely

    found = []
    for row in known:
        name = words(row[label.name])
        outline = shapely.from_wkt(str(released.meta[f"outline {name}"]))
        found.append(
            {
                "shape": projection.shape(outline),
                "fill": _TONES[min(bands.index(row), len(_TONES) - 1)],
                "key": name,
                "says": f"{name}: {cell(row[count.name], count)}",
            }
        )
    return found


def _words(released: Released, title: str, rows: tuple[Row, ...], label: Column, count: Column, gap: str) -> str:
    said = [
        f"{cell(row[label.name], label)}: {cell(row[count.name], count)} records"
        for row in rows
        if f"outline {words(row[label.name])}" in released.meta
    ]
    return " ".join(part for part in (f"Map of dense land: {title}.", f"{'; '.join(said)}.", gap) if part)
