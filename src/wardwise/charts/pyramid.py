"""A pyramid of ages: two rows of bars that grow away from the ages between them, on one scale, youngest at the foot."""

from __future__ import annotations

from typing import Any

from wardwise.disclosure.released import Released
from wardwise.records.findings import Column, Role, Table
from wardwise.records.shown import cell

from .alt_text import paired_words
from .chart import Chart
from .gate import filled
from .horizontal import across, height, margin
from .reading import drawn, first, is_sum, not_drawn, source_line, words
from .theme import ACCENT, CONFIG, GREY, INK, WIDTH, spec

_GAP = 12


def pyramid(
    released: Released,
    table: str = "",
    *,
    columns: tuple[str, str] = ("female", "male"),
    title: str = "",
    subtitle: str = "",
) -> Chart:
    """Reads a LABEL and two COUNT columns, named, in the table's order, youngest first; a total row is left out."""
    chosen = filled(released, table)
    label = first(chosen, Role.LABEL)
    left, right = (first(chosen, name=name) for name in columns)
    single = [row for row in chosen.rows if not is_sum(words(row[label.name]))]
    rows = {c.name: _rows(single, label, c) for c in (left, right)}
    order = [words(row[label.name]) for row in reversed(single)]
    panels = [_panel(rows[left.name], left, order, rows, left_side=True), _panel(rows[right.name], right, order, rows)]
    gap = " ".join(f"{c.title}: {lower}" for c in (left, right) if (lower := not_drawn(single, c, "row")))
    whole = spec([], height=0)
    kept = {key: whole[key] for key in ("$schema", "padding")}
    shown = Table(chosen.name, chosen.title, chosen.columns, tuple(single))
    return Chart(
        spec={**kept, "config": CONFIG, "hconcat": panels, "spacing": _GAP},
        alt=paired_words(shown, label, left, right, gap),
        title=title or released.title,
        subtitle=subtitle or chosen.title,
        source=source_line(released, [gap]),
        table=chosen,
    )


def _rows(single: list[Any], label: Column, value: Column) -> list[dict[str, Any]]:
    return [
        {"name": words(row[label.name]), "value": drawn(row[value.name]), "says": cell(row[value.name], value)}
        for row in single
    ]


def _panel(
    rows: list[dict[str, Any]],
    column: Column,
    order: list[str],
    every: dict[str, list[dict[str, Any]]],
    *,
    left_side: bool = False,
) -> dict[str, Any]:
    """One side. Both have the scale of all values, so that bars of the two can be set side by side."""
    width = (WIDTH - margin(order) - _GAP) / 2
    values = [row["value"] for side in every.values() for row in side]
    longest = max((row["says"] for side in every.values() for row in side), key=len)
    x = across(values, label=longest, zero=True, plot=width)
    if left_side:
        x = {**x, "scale": {**x["scale"], "reverse": True}}
    y: dict[str, Any] = {"field": "name", "type": "nominal", "sort": order, "scale": {"domain": order}}
    y["axis"] = None if left_side else {"title": None, "labelOverlap": False, "labelPadding": 8}
    placed = [{**row, "place": row["value"] or 0} for row in rows]
    text = {"type": "text", "align": "right" if left_side else "left", "dx": -6 if left_side else 6, "color": INK}
    return {
        "width": round(width),
        "height": height(order, 0),
        "title": {"text": column.title, "fontSize": 13, "anchor": "end" if left_side else "start", "offset": 6},
        "layer": [
            {
                "data": {"values": rows},
                "mark": {"type": "bar", "height": {"band": 0.66}, "color": GREY if left_side else ACCENT},
                "encoding": {"y": y, "x": {**x, "field": "value"}},
            },
            {
                "data": {"values": placed},
                "mark": text,
                "encoding": {"y": y, "x": {**x, "field": "place"}, "text": {"field": "says"}},
            },
        ],
    }
