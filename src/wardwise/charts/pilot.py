"""Pictures of a pilot: target and comparison over the months with the start marked, and the stages of a programme."""

from __future__ import annotations

from typing import Any

from wardwise.disclosure.released import Released
from wardwise.records.cells import Cell
from wardwise.records.findings import Column, Role, Row, Table
from wardwise.records.periods import month_name
from wardwise.records.shown import cell

from . import months
from .alt_text import series_words
from .chart import Chart
from .gate import filled
from .horizontal import across, height, margin, names, wrapped
from .reading import drawn, first, maybe, not_drawn, source_line, words
from .theme import ACCENT, GREY, INK, RULE, WIDTH, spec
from .vertical import vertical

_STYLES: tuple[tuple[str, list[int], float], ...] = ((ACCENT, [], 3), (GREY, [6, 3], 2), (INK, [2, 2], 1.5))


def watched(released: Released, table: str = "lines", *, title: str = "", subtitle: str = "") -> Chart:
    """One line for each area, the target strong, and a thin upright line where it started.

    Reads a PERIOD month, a LABEL for the area and the VALUE called `index`, or a count with `expected` and `without`; meta
    `start` is the first month after.
    """
    chosen = filled(released, table)
    long = chosen if maybe(chosen, Role.LABEL) else _long(chosen)
    value, period, label = first(long, Role.VALUE), first(long, Role.PERIOD), first(long, Role.LABEL)
    rows: list[dict[str, Any]] = [
        {
            "at": months.at(words(row[period.name])),
            "series": words(row[label.name]),
            "value": drawn(row[value.name]),
            "says": f"{words(row[label.name])}, {cell(row[period.name], period)}: {cell(row[value.name], value)}",
        }
        for row in long.rows
    ]
    order = list(dict.fromkeys(str(row["series"]) for row in rows))
    shown = sorted({words(row[period.name]) for row in long.rows})
    start = words(released.meta.get("start"))
    up = vertical([row["value"] for row in rows], labels_above=1)
    gap = not_drawn(_months(long, period, value), value)
    scale = f"Upright axis: {'number a month' if long is not chosen else value.title[:1].lower() + value.title[1:]}."
    marked = f"The upright line marks the start, {month_name(start)}." if start else ""
    return Chart(
        spec=spec(_layers(rows, order, shown, start, up.of("value", grid=True), up.top)),
        alt=" ".join(part for part in (series_words(long, value, gap), marked) if part),
        title=title or released.title,
        subtitle=subtitle or chosen.title,
        source=source_line(released, [scale, marked, gap, up.said]),
        table=chosen,
    )


def _long(table: Table) -> Table:
    """A table with one column for each line, as one row for each point."""
    period, count = first(table, Role.PERIOD), first(table, Role.COUNT)
    columns = [count, *table.having(Role.VALUE)]
    rows: list[dict[str, Cell]] = [
        {"month": row[period.name], "series": column.title, "value": row[column.name]}
        for column in columns
        for row in table.rows
    ]
    return Table(
        table.name,
        table.title,
        (
            Column("month", Role.PERIOD, "Month"),
            Column("series", Role.LABEL, "Line"),
            Column("value", Role.VALUE, count.title, decimals=0),
        ),
        tuple(rows),
    )


def _layers(
    rows: list[dict[str, Any]], order: list[str], shown: list[str], start: str, y: dict[str, Any], top: float
) -> list[dict[str, Any]]:
    x = {"field": "at", "type": "temporal", "scale": months.scale(shown), "axis": months.axis(shown)}
    styles = _STYLES[: len(order)]
    key = {
        "field": "series",
        "type": "nominal",
        "sort": None,
        "legend": {"title": None, "symbolSize": 500, "symbolType": "stroke"},
    }
    encoding = {
        "x": x,
        "y": y,
        "color": {**key, "scale": {"domain": order, "range": [colour for colour, _, _ in styles]}},
        "strokeDash": {**key, "scale": {"domain": order, "range": [dash or [1, 0] for _, dash, _ in styles]}},
        "strokeWidth": {**key, "scale": {"domain": order, "range": [width for _, _, width in styles]}},
    }
    layers: list[dict[str, Any]] = []
    if start:
        mark = [{"at": months.at(start), "text": "Start", "value": top}]
        layers += [
            {
                "data": {"values": mark},
                "mark": {"type": "rule", "color": INK, "strokeWidth": 1},
                "encoding": {"x": x},
            },
            {
                "data": {"values": mark},
                "mark": {"type": "text", "align": "left", "baseline": "top", "dx": 5, "color": INK},
                "encoding": {"x": x, "y": y, "text": {"field": "text"}},
            },
        ]
    layers.append({"data": {"values": rows}, "mark": {"type": "line"}, "encoding": encoding})
    told = {"tooltip": [{"field": "says", "title": " "}]}
    dots = [row for row in rows if row["value"] is not None]
    lone = {"type": "point", "filled": True, "opacity": 1, "size": 40}
    layers.append(
        {
            "data": {"values": _alone(rows, dict(zip(order, (colour for colour, _, _ in styles), strict=True)))},
            "mark": lone,
            "encoding": {"x": x, "y": y, "color": {"field": "colour", "type": "nominal", "scale": None}},
        }
    )
    layers.append(
        {
            "data": {"values": dots},
            "mark": {"type": "point", "filled": True, "opacity": 0, "size": 120},
            "encoding": {"x": x, "y": y, **told},
        }
    )
    return layers


def _alone(rows: list[dict[str, Any]], colours: dict[str, str]) -> list[dict[str, Any]]:
    """The months that stand between two gaps, with the colour of their line: a line needs two points, so these are drawn as dots."""
    found: list[dict[str, Any]] = []
    for name, colour in colours.items():
        line = [row for row in rows if row["series"] == name]
        known = [False, *(row["value"] is not None for row in line), False]
        alone = (row for at, row in enumerate(line, 1) if known[at] and not known[at - 1] and not known[at + 1])
        found += [{**row, "colour": colour} for row in alone]
    return found


def _months(table: Table, period: Column, value: Column) -> list[Row]:
    """One row for each month, one that cannot be drawn where any series has such: a gap in two lines is one month."""
    by_month: dict[str, Row] = {}
    for row in table.rows:
        month = words(row[period.name])
        if month not in by_month or drawn(row[value.name]) is None:
            by_month[month] = row
    return list(by_month.values())


def stages(released: Released, table: str = "", *, title: str = "", subtitle: str = "") -> Chart:
    """One bar for each stage in order, as long as its number, on the pale bar of those at the first stage.

    Reads a LABEL, the first COUNT, and the PERCENT of the first stage."""
    chosen = filled(released, table)
    label, count = first(chosen, Role.LABEL), first(chosen, Role.COUNT)
    share = maybe(chosen, Role.PERCENT)
    most = max((drawn(row[count.name]) or 0 for row in chosen.rows), default=0)
    rows: list[dict[str, Any]] = []
    for row in chosen.rows:
        part = f" ({cell(row[share.name], share)})" if share and drawn(row[share.name]) is not None else ""
        name = words(row[label.name])
        says = f"{cell(row[count.name], count)}{part}"
        rows.append(
            {"name": wrapped(name), "label": name, "value": drawn(row[count.name]), "whole": most, "says": says}
        )
    known = [row for row in rows if row["value"] is not None]
    order = [row["name"] for row in known]
    longest = max((row["says"] for row in known), key=len, default="")
    x = across([row["whole"] for row in known], label=longest, zero=True, plot=WIDTH - margin(order))
    y, gap = names(order), not_drawn(chosen.rows, count, "stage")
    said = "; ".join(f"{row['label']} {row['says']}" for row in known)
    return Chart(
        spec=spec(
            [
                _bar(known, "whole", RULE, x, y),
                _bar(known, "value", ACCENT, x, y),
                {
                    "data": {"values": known},
                    "mark": {"type": "text", "align": "left", "dx": 6, "color": INK},
                    "encoding": {"y": y, "x": {**x, "field": "whole"}, "text": {"field": "says"}},
                },
            ],
            height=height(order, 45),
        ),
        alt=" ".join(
            part for part in (f"Bars of {chosen.title}, in order: {said or 'nothing can be shown'}.", gap) if part
        ),
        title=title or released.title,
        subtitle=subtitle or chosen.title,
        source=source_line(released, ["Pale bars: those at the first stage.", gap]),
        table=chosen,
    )


def _bar(rows: list[dict[str, Any]], field: str, colour: str, x: dict[str, Any], y: dict[str, Any]) -> dict[str, Any]:
    mark = {"type": "bar", "color": colour, "size": 15}
    return {"data": {"values": rows}, "mark": mark, "encoding": {"y": y, "x": {**x, "field": field}}}
