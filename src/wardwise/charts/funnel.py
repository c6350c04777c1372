"""A funnel: each area's rate against its size, between limits that close in as areas grow."""

from __future__ import annotations

from typing import Any

from wardwise.disclosure.released import Released
from wardwise.records.findings import Column, Role, Table
from wardwise.records.shown import cell

from .alt_text import listed
from .beside import beside
from .chart import Chart
from .gate import filled
from .reading import drawn, first, is_sum, measured, not_drawn, source_line, words
from .theme import ACCENT, GREY, INK, PAPER, haloed, spec
from .vertical import Vertical, vertical

_HEIGHT = 270
_PLOT = (562.0, 212.0)  # px of it that the axes leave to the dots
_BEYOND = 1.15  # the axis goes so far beyond the largest area
_UNNAMED = "Dark dots without room for a name are named in the table."
_LIMITS = (("lower", [5, 3]), ("upper", [5, 3]), ("far_lower", [2, 2]), ("far_upper", [2, 2]))


def funnel(released: Released, table: str = "", *, title: str = "", subtitle: str = "") -> Chart:
    """Areas as dots, ours filled; those beyond their limits named; the group's rate as a line.

    Reads a LABEL, a BASE, the rate, a VERDICT called `standing` and the columns `lower`, `upper`, `far_lower` and `far_upper`;
    the row of all areas gives the line. Limits that may not be shown are left out.
    """
    chosen = filled(released, table)
    label, base, rate = first(chosen, Role.LABEL), first(chosen, Role.BASE), measured(chosen)
    ours = words(released.meta.get("area"))
    rows = sorted(
        (_dot(row, label, base, rate, ours) for row in chosen.rows if not is_sum(words(row[label.name]))),
        key=lambda row: row["base"] or 0,
    )
    whole = next((drawn(row[rate.name]) for row in chosen.rows if is_sum(words(row[label.name]))), None)
    heights = [row[key] for row in rows for key in ("rate", "lower", "upper", "far_lower", "far_upper")]
    up = vertical(heights)
    most = max((row["base"] or 0 for row in rows), default=1) * _BEYOND
    dots = _placed([row for row in rows if row["rate"] is not None], whole, up, most)
    unnamed = any(row["name"] and not row["beside"] for row in dots)
    gap = not_drawn([r for r in chosen.rows if not is_sum(words(r[label.name]))], rate, "area")
    lines = "Dashed lines: the usual range for a place of that size. Dotted lines: the outer limits."
    return Chart(
        spec=spec(_layers(rows, dots, whole, up, most, rate, base), height=_HEIGHT),
        alt=_alt(chosen, label, rate, ours, gap),
        title=title or released.title,
        subtitle=subtitle or f"{rate.title}. {chosen.title}",
        source=source_line(released, [lines, _UNNAMED if unnamed else "", gap, up.said]),
        table=chosen,
    )


def _titled(y: dict[str, Any], rate: Column) -> dict[str, Any]:
    """The upright axis with what it measures, set level above it."""
    title = {
        "title": rate.title,
        "titleAngle": 0,
        "titleAlign": "left",
        "titleAnchor": "end",
        "titleX": 0,
        "titleY": -10,
    }
    return {**y, "axis": {**y["axis"], **title}}


def _dot(row: Any, label: Column, base: Column, rate: Column, ours: str) -> dict[str, Any]:
    name, standing = words(row[label.name]), words(row.get("standing"))
    mine = name == ours
    beyond = bool(standing) and not standing.startswith("Within")
    return {
        "name": name if mine or beyond else "",
        "says": f"{name}: {cell(row[rate.name], rate)}. {standing}",
        "base": drawn(row[base.name]),
        "rate": drawn(row[rate.name]),
        **{key: drawn(row.get(key)) for key, _ in _LIMITS},
        "fill": ACCENT if mine else GREY if beyond else PAPER,
        "edge": ACCENT if mine else GREY,
    }


def _layers(
    rows: list[dict[str, Any]],
    dots: list[dict[str, Any]],
    whole: float | None,
    up: Vertical,
    most: float,
    rate: Column,
    base: Column,
) -> list[dict[str, Any]]:
    y = _titled(up.of("y", grid=True), rate)
    x = {
        "field": "base",
        "type": "quantitative",
        "axis": {"title": base.title, "format": ",~f", "tickCount": 6},
        "scale": {"domain": [0, most], "nice": False},
    }
    layers: list[dict[str, Any]] = []
    for key, dash in _LIMITS:
        line = [{"base": row["base"], "y": row[key]} for row in rows if row[key] is not None]
        mark = {"type": "line", "color": GREY, "strokeWidth": 1.5, "strokeDash": dash, "interpolate": "monotone"}
        if line:
            layers.append({"data": {"values": line}, "mark": mark, "encoding": {"x": x, "y": y}})
    if whole is not None:
        rule = {"type": "rule", "color": INK, "strokeWidth": 1.5}
        layers.append({"data": {"values": [{"y": whole}]}, "mark": rule, "encoding": {"y": y}})
    points = [{**row, "y": row["rate"]} for row in dots]
    shown = [{key: said for key, said in row.items() if key != "beside"} for row in reversed(points)]
    colours = {
        key: {"field": field, "type": "nominal", "scale": None} for key, field in (("fill", "fill"), ("stroke", "edge"))
    }
    dot = {"type": "point", "filled": True, "size": 90, "strokeWidth": 2, "opacity": 1}
    told = [{"field": "says", "title": " "}]
    layers.append({"data": {"values": shown}, "mark": dot, "encoding": {"x": x, "y": y, **colours, "tooltip": told}})
    return [*layers, *_names(points, x, y)]


def _placed(dots: list[dict[str, Any]], whole: float | None, up: Vertical, most: float) -> list[dict[str, Any]]:
    """The dots, each with where its name goes: ours first, then the farthest from the group's rate."""
    order = sorted(dots, key=lambda row: (row["fill"] != ACCENT, -abs(row["rate"] - (whole or 0))))
    across, down = _PLOT[0] / most, _PLOT[1] / (up.top - up.bottom)
    at = [((row["base"] or 0) * across, (up.top - row["rate"]) * down) for row in order]
    places = beside(at, [row["name"] for row in order], *_PLOT)
    return [{**row, "beside": place} for row, place in zip(order, places, strict=True)]


def _names(points: list[dict[str, Any]], x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    """The names that have room, those that stand alike to their dots in one layer."""
    layers: list[dict[str, Any]] = []
    for place in dict.fromkeys(row["beside"] for row in points if row["beside"]):
        named = [{key: row[key] for key in ("name", "base", "y")} for row in points if row["beside"] == place]
        text = {"type": "text", "align": place.align, "baseline": "middle", "dx": place.dx, "dy": place.dy}
        at = {"x": x, "y": y, "text": {"field": "name"}}
        layers += haloed({"data": {"values": named}, "mark": {**text, "color": INK}, "encoding": at})
    return layers


def _alt(table: Table, label: Column, rate: Column, ours: str, gap: str) -> str:
    """How many areas, which lie beyond their limits, and where we are."""
    areas = [row for row in table.rows if not is_sum(words(row[label.name])) and drawn(row[rate.name]) is not None]
    parts = [f"Funnel plot of {table.title}: {len(areas)} areas by size and rate."]
    for start in ("Far above", "Above", "Below", "Far below"):
        there = [r for r in areas if words(r.get("standing")).startswith(start)]
        if there:
            named = [f"{words(r[label.name])} ({cell(r[rate.name], rate)})" for r in there]
            parts.append(f"{start} the usual range: {listed(named)}.")
    if not any(words(r.get("standing")) for r in areas):
        parts.append("The limits may not be shown.")
    elif len(parts) == 1:
        parts.append("Every area lies within its usual range.")
    mine = next((row for row in areas if ours and words(row[label.name]) == ours), None)
    if mine:
        parts.append(f"{ours} is at {cell(mine[rate.name], rate)}: {words(mine.get('standing')).lower()}.")
    return " ".join(part for part in (*parts, gap) if part)
