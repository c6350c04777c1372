"""Dots: areas ranked with their intervals."""

from __future__ import annotations

from typing import Any

from wardwise.disclosure.released import Released
from wardwise.records.findings import Column, Role, Table
from wardwise.records.shown import cell

from .alt_text import ranked_words
from .chart import Chart
from .gate import filled
from .horizontal import across, height, margin, names, wrapped
from .reading import drawn, first, is_sum, maybe, measured, not_drawn, source_line, words
from .theme import ACCENT, GREY, INK, PAPER, WIDTH, haloed, spec

_PADDING = {"left": 4, "right": 4, "bottom": 4, "top": 4}


def ranked(
    released: Released,
    table: str = "",
    *,
    ours: str = "",
    value: str = "",
    average: str = "",
    title: str = "",
    subtitle: str = "",
) -> Chart:
    """Areas from highest to lowest, each a dot with its interval; ours filled, the rest hollow.

    Reads a LABEL, the value (named, else a rate, else a count) and LOWER and UPPER where there are any. average: the name of
    the row that holds the group's mean, drawn as a line instead of a dot. ours: unless named, meta["area"].
    """
    chosen = filled(released, table)
    mine = ours or words(released.meta.get("area"))
    label, column = first(chosen, Role.LABEL), measured(chosen, value)
    rows = _ranked_rows(chosen, label, column, mine)
    line = [row for row in rows if average and row["label"] == average]
    dots = sorted((r for r in rows if r["value"] is not None and r not in line), key=lambda r: -float(r["value"]))
    order = [row["name"] for row in dots]
    longest = max((row["says"] for row in dots), key=len, default="")
    ends = [row[key] for row in dots for key in ("value", "lower", "upper")]
    x = across(ends, label=longest, zero=False, plot=WIDTH - margin(order), title=_unit(column))
    gap = not_drawn([r for r in chosen.rows if not is_sum(words(r[label.name]))], column, "area")
    return Chart(
        spec=spec(
            _ranked_layers(dots, line, x, names(order), average),
            height=height(order, 80 if line else 55),
            padding={**_PADDING, "top": 22 if line else 4},
        ),
        alt=ranked_words(chosen, column, label, mine, gap, what="Ranking"),
        title=title or released.title,
        subtitle=subtitle or chosen.title,
        source=source_line(released, [_bars_are(chosen), gap]),
        table=chosen,
    )


def _bars_are(table: Table) -> str:
    return "Bars show 95% intervals." if maybe(table, Role.LOWER) and maybe(table, Role.UPPER) else ""


def _ranked_rows(table: Table, label: Column, value: Column, ours: str) -> list[dict[str, Any]]:
    lower, upper = (maybe(table, role) if value.role is Role.VALUE else None for role in (Role.LOWER, Role.UPPER))
    return [
        {
            "label": words(row[label.name]),
            "name": wrapped(words(row[label.name])),
            "value": drawn(row[value.name]),
            "lower": drawn(row[lower.name]) if lower else None,
            "upper": drawn(row[upper.name]) if upper else None,
            "says": cell(row[value.name], value),
            "fill": ACCENT if words(row[label.name]) == ours else PAPER,
            "edge": ACCENT if words(row[label.name]) == ours else GREY,
        }
        for row in table.rows
        if not is_sum(words(row[label.name]))
    ]


def _ranked_layers(
    dots: list[dict[str, Any]], line: list[dict[str, Any]], x: dict[str, Any], y: dict[str, Any], average: str
) -> list[dict[str, Any]]:
    at = {"y": y, "x": {**x, "field": "value"}}
    edge = {"field": "edge", "type": "nominal", "scale": None}
    layers: list[dict[str, Any]] = []
    if line and line[0]["value"] is not None:
        words_at = {**line[0], "text": f"{average} {line[0]['says']}"}
        across_all = {"x": {**x, "field": "value"}}
        layers.append(
            {
                "data": {"values": line},
                "mark": {"type": "rule", "color": INK, "strokeDash": [4, 3]},
                "encoding": across_all,
            }
        )
        text = {"type": "text", "baseline": "bottom", "y": -5, "color": INK}
        layers.append(
            {"data": {"values": [words_at]}, "mark": text, "encoding": {**across_all, "text": {"field": "text"}}}
        )
    with_ends = [row for row in dots if row["lower"] is not None and row["upper"] is not None]
    ends = {"y": y, "x": {**x, "field": "lower"}, "x2": {"field": "upper"}, "color": edge}
    layers.append({"data": {"values": with_ends}, "mark": {"type": "rule", "strokeWidth": 2}, "encoding": ends})
    dot = {"type": "point", "filled": True, "size": 110, "strokeWidth": 2, "opacity": 1}
    fill = {"field": "fill", "type": "nominal", "scale": None}
    layers.append({"data": {"values": dots}, "mark": dot, "encoding": {**at, "fill": fill, "stroke": edge}})
    beyond = [{**row, "end": row["value"] if row["upper"] is None else max(row["upper"], row["value"])} for row in dots]
    text_at = {"y": y, "x": {**x, "field": "end"}, "text": {"field": "says"}}
    mark = {"type": "text", "align": "left", "dx": 10, "color": INK}
    return [*layers, *haloed({"data": {"values": beyond}, "mark": mark, "encoding": text_at})]


def _unit(column: Column) -> str:
    return f"{column.title} ({column.unit})" if column.unit else column.title
