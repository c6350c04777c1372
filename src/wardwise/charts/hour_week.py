"""Hours of the week as a strip of cells: days down, hours across, five steps of one hue; what may not be shown is marked."""

from __future__ import annotations

from typing import Any

from wardwise.disclosure.released import Released
from wardwise.records.cells import SUPPRESSED
from wardwise.records.findings import Column, Role, Row, Table
from wardwise.records.shown import cell

from . import map_shapes as shapes
from .alt_text import listed
from .chart import Chart
from .gate import filled
from .reading import drawn, first, source_line, words
from .theme import INK, LABEL, PAPER, STEPS, WIDTH, spec

_TALL = 19  # px for a day
_HIDDEN = "c"  # stands in a cell that is hidden; the foot says so


def hour_week(released: Released, table: str = "", *, title: str = "", subtitle: str = "") -> Chart:
    """Records by hour and weekday. Reads a LABEL (the hour, HH:MM; other rows are sums and left out) and a COUNT for each day; a
    last COUNT called `all` is left out."""
    chosen = filled(released, table)
    label = first(chosen, Role.LABEL)
    days = [column for column in chosen.having(Role.COUNT) if column.name != "all"]
    rows = [row for row in chosen.rows if words(row[label.name])[2:3] == ":"]
    cells = _cells(rows, label, days)
    hidden = sum(each["hidden"] for each in cells)
    apart = f"{_HIDDEN}: hidden to protect people ({hidden} hours)." if hidden else ""
    return Chart(
        spec=_spec(cells, [column.title for column in days]),
        alt=_words(chosen, rows, label, days),
        title=title or released.title,
        subtitle=subtitle or chosen.title,
        source=source_line(released, [apart]),
        table=chosen,
    )


def _cells(rows: list[Row], label: Column, days: list[Column]) -> list[dict[str, Any]]:
    known = {(i, day.name): n for i, row in enumerate(rows) for day in days if (n := drawn(row[day.name])) is not None}
    ranks = shapes.fifths({f"{i} {name}": n for (i, name), n in known.items()})
    held: dict[int, list[float]] = {}
    for (i, name), n in known.items():
        held.setdefault(ranks[f"{i} {name}"], []).append(n)
    named = {step: _range(min(values), max(values)) for step, values in held.items()}
    return [
        {
            "hour": words(row[label.name])[:2],
            "day": day.title,
            "step": named.get(ranks.get(f"{i} {day.name}", 0), ""),
            "order": ranks.get(f"{i} {day.name}", 0),
            "hidden": row[day.name] is SUPPRESSED,
            "mark": _HIDDEN if row[day.name] is SUPPRESSED else "",
            "says": f"{day.title} {words(row[label.name])}: {cell(row[day.name], day)}",
        }
        for i, row in enumerate(rows)
        for day in days
    ]


def _range(low: float, high: float) -> str:
    return f"{low:,.0f}" if low == high else f"{low:,.0f} to {high:,.0f}"


def _spec(cells: list[dict[str, Any]], days: list[str]) -> dict[str, Any]:
    hours = sorted({each["hour"] for each in cells})
    shown = sorted({(each["order"], each["step"]) for each in cells if each["order"]})
    at = {
        "x": {
            "field": "hour", "type": "nominal", "sort": hours,
            "axis": {"title": "Hour beginning", "labelOverlap": False, "ticks": False, "domain": False},
        },
        "y": {"field": "day", "type": "nominal", "sort": days, "axis": {"title": None, "grid": False, "labelOverlap": False}},
    }  # fmt: skip
    scale = {"domain": [step for _, step in shown], "range": [STEPS[order - 1] for order, _ in shown]}
    legend = {"title": "Records", "symbolType": "square", "symbolSize": 200, "symbolStrokeWidth": 0}
    return spec(
        [
            {
                "data": {"values": [each for each in cells if each["order"]]},
                "mark": {"type": "rect", "stroke": PAPER, "strokeWidth": 1},
                "encoding": {
                    **at,
                    "color": {"field": "step", "type": "nominal", "sort": None, "scale": scale, "legend": legend},
                    "tooltip": [{"field": "says", "title": " "}],
                },
            },
            {
                "data": {"values": [each for each in cells if each["hidden"]]},
                "mark": {"type": "text", "fontSize": LABEL, "color": INK},
                "encoding": {**at, "text": {"field": "mark"}},
            },
        ],
        width=WIDTH,
        height=_TALL * len(days) + 90,
    )


def _words(table: Table, rows: list[Row], label: Column, days: list[Column]) -> str:
    known = [(n, day, row) for row in rows for day in days if (n := drawn(row[day.name])) is not None]
    hidden = any(row[day.name] is SUPPRESSED for row in rows for day in days)
    gap = "Some hours are hidden to protect people." if hidden else ""
    if not known:
        return f"Hours of the week: {table.title}. Nothing can be shown. {gap}".strip()
    top = sorted(known, key=lambda each: -each[0])[:4]
    low = min(known, key=lambda each: each[0])
    most = listed([f"{day.title} {words(row[label.name])} ({cell(row[day.name], day)})" for _, day, row in top])
    least = f"{low[1].title} {words(low[2][label.name])} ({cell(low[2][low[1].name], low[1])})"
    return f"Hours of the week: {table.title}. Most: {most}. Fewest: {least}. {gap}".strip()
