"""What is to be expected, as a fan: a broken line for the middle, a shaded band for each interval, the widest the palest.

Reads a released table `forecast`: a PERIOD column of months, the expected VALUE, and pairs of LOWER and UPPER columns, widest first.
"""

from __future__ import annotations

from typing import Any

from wardwise.disclosure.released import Released
from wardwise.records.findings import Column, Role, Table
from wardwise.records.shown import cell

from . import months
from .alt_text import line_words
from .chart import Chart
from .gate import filled
from .reading import drawn, first, maybe, not_drawn, source_line, words
from .theme import ACCENT, GREY, INK, haloed, spec
from .vertical import Vertical, room, vertical

Rows = list[dict[str, Any]]


def fan(
    released: Released, table: str = "", *, title: str = "", subtitle: str = "", forecast: str = "forecast"
) -> Chart:
    """The months recorded as a line, and the months ahead as a fan. Without a forecast (too few months, or hidden) it is the line alone.

    Raises WardwiseError when `released` did not come through the gate or the table lacks a column."""
    points = filled(released, table)
    value, period = first(points, Role.COUNT, Role.VALUE), first(points, Role.PERIOD)
    note = maybe(points, Role.NOTE)
    rows: Rows = [
        {
            "month": (month := words(row[period.name])),
            "at": months.at(month),
            "value": drawn(row[value.name]),
            "note": words(row.get(note.name)) if note else "",
            "says": f"{cell(row[period.name], period)}: {cell(row[value.name], value)}",
        }
        for row in points.rows
    ]
    ahead = released.tables.get(forecast)
    coming = expected(ahead) if ahead else []
    every = [row["month"] for row in rows + coming]
    names = ends(coming)
    x = {
        "field": "at",
        "type": "temporal",
        "scale": months.scale(every, beyond=room([name["text"] for name in names])),
        "axis": months.axis(every),
    }
    marked = [row for row in rows if row["note"]]
    height = vertical(heights(rows + coming), labels_above=len(marked))
    layers = [
        *bands(coming, x, height),
        *_events(marked, rows, x, height),
        *_line(rows, x, height),
        *middle(coming, rows, x, height),
        *_labels(names, x, height),
    ]
    gap = not_drawn(points.rows, value)
    alt = " ".join(filter(None, (line_words(points, value, period, gap, what="Line chart"), fan_words(ahead))))
    return Chart(
        spec=spec(layers),
        alt=alt,
        title=title or released.title,
        subtitle=subtitle or points.title,
        source=source_line(released, [gap, height.said]),
        table=ahead if ahead and coming else points,
    )


def expected(table: Table) -> Rows:
    """The months ahead that may be shown: the middle, and the ends of each band."""
    period, value = first(table, Role.PERIOD), first(table, Role.VALUE, Role.COUNT)
    pairs = list(zip(table.having(Role.LOWER), table.having(Role.UPPER), strict=True))
    rows = []
    for row in table.rows:
        month = words(row[period.name])
        sides = {
            f"{side}{i}": drawn(row[column.name])
            for i, pair in enumerate(pairs)
            for side, column in zip(("lower", "upper"), pair, strict=True)
        }
        says = f"{cell(row[period.name], period)}: {cell(row[value.name], value)} expected"
        rows.append(
            {
                "month": month,
                "at": months.at(month),
                "value": drawn(row[value.name]),
                "bands": len(pairs),
                "says": says,
                **sides,
            }
        )
    return [row for row in rows if row["value"] is not None]


def heights(rows: Rows) -> list[float | None]:
    """Every height drawn, for the upright axis."""
    return [v for row in rows for name, v in row.items() if name == "value" or name.startswith(("lower", "upper"))]


def bands(rows: Rows, x: dict[str, Any], height: Vertical) -> list[dict[str, Any]]:
    """The shaded bands, the widest at the back."""
    layers: list[dict[str, Any]] = []
    for i in range(rows[0]["bands"] if rows else 0):
        mark = {"type": "area", "color": ACCENT, "opacity": 0.18}
        encoding = {"x": x, "y": height.of(f"lower{i}"), "y2": {"field": f"upper{i}"}}
        layers.append({"data": {"values": rows}, "mark": mark, "encoding": encoding})
    return layers


def middle(rows: Rows, before: Rows, x: dict[str, Any], height: Vertical) -> list[dict[str, Any]]:
    """The broken line of what is expected, from the last month recorded on."""
    if not rows:
        return []
    known = [row for row in before if row["value"] is not None][-1:]
    line = [{"at": row["at"], "value": row["value"]} for row in (*known, *rows)]
    mark = {"type": "line", "color": ACCENT, "strokeDash": [2, 3], "strokeWidth": 2}
    dots = {"type": "point", "filled": True, "opacity": 0, "size": 120}
    encoding = {"x": x, "y": height.of("value")}
    hover = {**encoding, "tooltip": [{"field": "says", "title": " "}]}
    return [
        {"data": {"values": line}, "mark": mark, "encoding": encoding},
        {"data": {"values": rows}, "mark": dots, "encoding": hover},
    ]


def ends(rows: Rows) -> Rows:
    """The words at the right-hand end of the middle and of the widest band."""
    if not rows:
        return []
    last, plain = rows[-1], Column("value", Role.VALUE, "")
    sides = (("upper0", "Upper limit"), ("value", "Expected"), ("lower0", "Lower limit"))
    return [
        {"at": last["at"], "y": last[field], "text": f"{name} {cell(last[field], plain)}"}
        for field, name in sides
        if last.get(field) is not None
    ]


def fan_words(table: Table | None) -> str:
    """What the fan says, in words: the first and last month ahead with their widest limits."""
    if table is None or not table.rows:
        return ""
    period, value = first(table, Role.PERIOD), first(table, Role.VALUE, Role.COUNT)
    lower, upper = maybe(table, Role.LOWER), maybe(table, Role.UPPER)
    if all(drawn(row[value.name]) is None for row in table.rows):
        return "The forecast is hidden."
    parts = []
    for row in (table.rows[0], table.rows[-1])[: 1 + (len(table.rows) > 1)]:
        limits = f" ({cell(row[lower.name], lower)} to {cell(row[upper.name], upper)})" if lower and upper else ""
        parts.append(f"{cell(row[value.name], value)}{limits} in {cell(row[period.name], period)}")
    return f"A shaded fan shows what to expect: {' and '.join(parts)}."


def _line(rows: Rows, x: dict[str, Any], height: Vertical) -> list[dict[str, Any]]:
    encoding = {"x": x, "y": height.of("value", grid=True)}
    dot = {"type": "point", "filled": True, "color": INK, "size": 30, "opacity": 1}
    return [
        {"data": {"values": rows}, "mark": {"type": "line", "color": INK, "strokeWidth": 1.75}, "encoding": encoding},
        {
            "data": {"values": [row for row in rows if row["value"] is not None]},
            "mark": dot,
            "encoding": {**encoding, "tooltip": [{"field": "says", "title": " "}]},
        },
    ]


def _labels(names: Rows, x: dict[str, Any], height: Vertical) -> list[dict[str, Any]]:
    if not names:
        return []
    apart = height.apart([name["y"] for name in names])
    data = [{**name, "y": y} for name, y in zip(names, apart, strict=True)]
    mark = {"type": "text", "align": "left", "dx": 10, "color": GREY}
    return [
        {"data": {"values": data}, "mark": mark, "encoding": {"x": x, "y": height.of("y"), "text": {"field": "text"}}}
    ]


def _events(marked: Rows, rows: Rows, x: dict[str, Any], height: Vertical) -> list[dict[str, Any]]:
    """Changes of recording: thin upright lines with their words, each on a line of its own."""
    layers: list[dict[str, Any]] = []
    for place, row in enumerate(marked):
        late = rows.index(row) > len(rows) * 0.6
        data = {"values": [{"at": row["at"], "note": row["note"], "y": height.top}]}
        mark = {
            "type": "text",
            "align": "right" if late else "left",
            "baseline": "top",
            "dx": -5 if late else 5,
            "dy": 2 + 16 * place,
        }
        layers.append({"data": data, "mark": {"type": "rule", "color": GREY}, "encoding": {"x": x}})
        layers += haloed(
            {"data": data, "mark": mark, "encoding": {"x": x, "y": height.of("y"), "text": {"field": "note"}}}
        )
    return layers
