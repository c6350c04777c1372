"""How few places hold how much: the share of records against the share of places, busiest first, beside an even spread."""

from __future__ import annotations

from typing import Any

from wardwise.disclosure.released import Released
from wardwise.records.findings import Column, Role, Table
from wardwise.records.shown import cell

from .alt_text import listed
from .chart import Chart
from .gate import filled
from .reading import drawn, first, not_drawn, source_line
from .theme import ACCENT, GREY, INK, haloed, spec

_NAMED = (10, 25, 50)  # percent of places whose points are named
_EVEN = "if spread evenly"


def lorenz(released: Released, table: str = "", *, title: str = "", subtitle: str = "") -> Chart:
    """The curve of a released table. Reads a BASE (percent of places, rising) and a PERCENT (of records in them)."""
    chosen = filled(released, table)
    across, up = first(chosen, Role.BASE), first(chosen, Role.PERCENT)
    points = [
        {"x": x, "y": y, "says": f"{cell(row[across.name], across)}% of places: {cell(row[up.name], up)}"}
        for row in chosen.rows
        if (x := drawn(row[across.name])) is not None and (y := drawn(row[up.name])) is not None
    ]
    gap = not_drawn(chosen.rows, up, "point")
    return Chart(
        spec=_spec(points, across.title),
        alt=_words(chosen, across, up, gap),
        title=title or released.title,
        subtitle=subtitle or chosen.title,
        source=source_line(released, [gap]),
        table=chosen,
    )


def _named(points: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The points nearest to the shares that are spoken of, each once."""
    nearest = (min(points, key=lambda point: abs(point["x"] - wanted)) for wanted in _NAMED) if points else ()
    return [point for point in {point["x"]: point for point in nearest}.values() if point["x"] < 95]


def _spec(points: list[dict[str, Any]], name: str) -> dict[str, Any]:
    axis = {"values": [0, 25, 50, 75, 100], "labelExpr": "datum.value + '%'", "grid": True}
    scale = {"domain": [0, 100], "nice": False}
    at = {
        "x": {
            "field": "x",
            "type": "quantitative",
            "scale": scale,
            "axis": {**axis, "title": f"{name}, busiest first"},
        },
        "y": {"field": "y", "type": "quantitative", "scale": scale, "axis": {**axis, "title": "Share of records"}},
    }
    even = [{"x": 0, "y": 0}, {"x": 100, "y": 100}]
    curve = [{"x": 0, "y": 0, "says": ""}, *points]
    text = {"encoding": {**at, "text": {"field": "says"}}}
    return spec(
        [
            {"data": {"values": even}, "mark": {"type": "line", "color": GREY, "strokeDash": [5, 4]}, "encoding": at},
            {"data": {"values": curve}, "mark": {"type": "line", "color": INK, "strokeWidth": 2}, "encoding": at},
            {
                "data": {"values": _named(points)},
                "mark": {"type": "point", "filled": True, "size": 90, "color": ACCENT, "opacity": 1},
                "encoding": at,
            },
            *haloed(
                {
                    "data": {"values": _named(points)},
                    "mark": {"type": "text", "align": "left", "dx": 10, "dy": 10, "color": INK},
                    **text,
                }
            ),
            *haloed(
                {
                    "data": {"values": [{"x": 62, "y": 62, "says": _EVEN}]},
                    "mark": {"type": "text", "align": "left", "dx": 8, "dy": 10, "color": GREY},
                    **text,
                }
            ),
        ],
        height=250,
    )


def _words(table: Table, across: Column, up: Column, gap: str) -> str:
    rows = [row for row in table.rows if drawn(row[up.name]) is not None]
    said = [f"{cell(row[across.name], across)}% of places hold {cell(row[up.name], up)}" for row in rows[:-1]]
    chosen = said[:: max(1, len(said) // 4)][:4]
    parts = (
        f"Curve of concentration: {table.title}.",
        f"{listed(chosen)}." if chosen else "Nothing can be shown.",
        gap,
    )
    return " ".join(part for part in parts if part)
