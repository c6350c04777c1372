"""Bars: one value to a name, or harm beside volume in one order."""

from __future__ import annotations

from typing import Any

from wardwise.disclosure.released import Released
from wardwise.records.findings import Column, Role, Table
from wardwise.records.shown import NUMERIC, cell

from .alt_text import paired_words, ranked_words
from .chart import Chart
from .gate import filled
from .horizontal import across, height, margin, names, wrapped
from .reading import drawn, first, is_sum, measured, not_drawn, source_line, words
from .theme import ACCENT, CONFIG, GREY, INK, WIDTH, spec


def bars(
    released: Released, table: str = "", *, value: str = "", ours: str = "", title: str = "", subtitle: str = ""
) -> Chart:
    """A bar for each name, in the table's order, each with its value in words; totals are left out.

    Reads a LABEL and the value: the column named, else a rate, else a count. ours: the name to draw in the strong colour."""
    chosen = filled(released, table)
    label, column = first(chosen, Role.LABEL), measured(chosen, value)
    rows = _rows(chosen, label, column, ours)
    order = [row["name"] for row in rows]
    longest = max((row["says"] for row in rows), key=len, default="")
    x = across(
        [row["value"] for row in rows], label=longest, zero=True, plot=WIDTH - margin(order), title=_unit(column)
    )
    y = names(order)
    gap = not_drawn(_single(chosen, label), column, "row")
    return Chart(
        spec=spec(_bar_layers(rows, x, y), height=height(order)),
        alt=ranked_words(chosen, column, label, ours, gap, what="Bar chart"),
        title=title or released.title,
        subtitle=subtitle or chosen.title,
        source=source_line(released, [gap]),
        table=chosen,
    )


def harm_and_volume(
    released: Released, table: str = "", *, columns: tuple[str, str] | None = None, title: str = "", subtitle: str = ""
) -> Chart:
    """Two columns of bars in one order: how many, and how much harm. Reads a LABEL and two numeric columns, named or the first."""
    chosen = filled(released, table)
    label = first(chosen, Role.LABEL)
    pair = (
        [chosen.column(name) for name in columns] if columns else [c for c in chosen.columns if c.role in NUMERIC][:2]
    )
    order = [wrapped(words(row[label.name])) for row in _single(chosen, label)]
    width = (WIDTH - margin(order) - 30) / 2
    shares = all(
        column.role is Role.PERCENT for column in pair
    )  # shares of two wholes are read side by side: one scale
    every = [row["value"] for column in pair for row in _rows(chosen, label, column, "")]
    panels = []
    for place, column in enumerate(pair):
        rows = _rows(chosen, label, column, "")
        longest = max((row["says"] for row in rows), key=len, default="")
        x = across(every if shares else [row["value"] for row in rows], label=longest, zero=True, plot=width)
        panel = {
            "width": round(width),
            "height": height(order, 0),
            "layer": _bar_layers(rows, x, names(order, labels=place == 0)),
        }
        panels.append({**panel, "title": {"text": column.title, "fontSize": 13, "anchor": "start", "offset": 6}})
    gap = " ".join(f"{c.title}: {lower}" for c in pair if (lower := not_drawn(_single(chosen, label), c, "row")))
    whole = spec([], height=0)
    kept = {key: whole[key] for key in ("$schema", "padding")}
    return Chart(
        spec={**kept, "config": CONFIG, "hconcat": panels, "spacing": 16},
        alt=paired_words(chosen, label, pair[0], pair[1], gap),
        title=title or released.title,
        subtitle=subtitle or chosen.title,
        source=source_line(released, [gap]),
        table=chosen,
    )


def _single(table: Table, label: Column) -> list[Any]:
    return [row for row in table.rows if not is_sum(words(row[label.name]))]


def _rows(table: Table, label: Column, value: Column, ours: str) -> list[dict[str, Any]]:
    return [
        {
            "name": wrapped(words(row[label.name])),
            "value": drawn(row[value.name]),
            "says": cell(row[value.name], value),
            "colour": ACCENT if not ours or words(row[label.name]) == ours else GREY,
        }
        for row in _single(table, label)
    ]


def _bar_layers(rows: list[dict[str, Any]], x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    at = {"y": y, "x": {**x, "field": "value"}}
    words_at = {**at, "x": {**x, "field": "place"}, "text": {"field": "says"}}
    placed = [{**row, "place": row["value"] if row["value"] is not None else 0} for row in rows]
    return [
        {
            "data": {"values": rows},
            "mark": {"type": "bar", "height": {"band": 0.66}},
            "encoding": {**at, "color": {"field": "colour", "type": "nominal", "scale": None}},
        },
        {
            "data": {"values": placed},
            "mark": {"type": "text", "align": "left", "dx": 6, "color": INK},
            "encoding": words_at,
        },
    ]


def _unit(column: Column) -> str:
    return f"{column.title} ({column.unit})" if column.unit else column.title
