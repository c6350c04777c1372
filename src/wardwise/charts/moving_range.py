"""A control chart with its moving ranges under it: the months above, and below how far each moved from the month before.

Reads two released tables: the months (see control_chart), and `ranges` with a VALUE column called `range`, its mean and its UPPER
limit.
"""

from __future__ import annotations

from wardwise.disclosure.released import Released
from wardwise.records.findings import Role

from .alt_text import control_words
from .chart import Chart
from .control_chart import not_counted, panel
from .gate import filled
from .reading import first, source_line
from .theme import HEIGHT, WIDTH, spec

_AXIS = 46
"""Pixels for the numbers of both upright axes, so that the months of the two panels stand under each other."""

_LOWER = 120
"""Pixels of height for the panel of ranges."""


def moving_range(
    released: Released, table: str = "", *, title: str = "", subtitle: str = "", ranges: str = "ranges"
) -> Chart:
    """Both panels of one released finding. Raises WardwiseError when it did not come through the gate or lacks a table or column."""
    points, below = filled(released, table), filled(released, ranges)
    value = first(points, Role.COUNT, Role.VALUE)
    size = first(below, name="range")
    upper, lower = panel(points, value), panel(below, size)
    gap = not_counted(points, value)
    panels = [
        {"width": WIDTH - _AXIS - 20, "height": height, "layer": drawn.layers, **heading}
        for drawn, height, heading in (
            (upper, HEIGHT - 70, {}),
            (lower, _LOWER, {"title": {"text": size.title, "fontSize": 13, "fontWeight": 400, "offset": 6}}),
        )
    ]
    drawn = spec([])
    config = {**drawn["config"], "axisY": {**drawn["config"]["axisY"], "minExtent": _AXIS, "maxExtent": _AXIS}}
    kept = {key: part for key, part in drawn.items() if key not in ("layer", "width", "height", "autosize")}
    shared = {
        "scale": {"fill": "shared", "stroke": "shared", "shape": "shared"},
        "legend": {"fill": "shared", "stroke": "shared", "shape": "shared"},
    }
    return Chart(
        spec={**kept, "config": config, "vconcat": panels, "spacing": 16, "resolve": shared},
        alt=f"{control_words(released, points, value, gap)} Under it: {control_words(released, below, size, '')}",
        title=title or released.title,
        subtitle=subtitle or points.title,
        source=source_line(released, [gap, upper.said]),
        table=points,
    )
