"""Lines over time: the same months of several years laid over each other, or several series side by side in time."""

from __future__ import annotations

from typing import Any

from wardwise.disclosure.released import Released
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Column, Role, Table
from wardwise.records.periods import month_name, month_number
from wardwise.records.shown import cell

from . import months
from .alt_text import line_words, series_words
from .chart import Chart
from .gate import filled
from .reading import drawn, first, maybe, not_drawn, source_line, words
from .theme import ACCENT, GREY, INK, spec
from .vertical import vertical

_STYLES: tuple[tuple[str, list[int]], ...] = ((ACCENT, []), (INK, []), (GREY, [6, 3]), (GREY, [2, 2]))
"""Colour and dashes, from the line that matters most to the one that matters least: apart in grey print too."""


def years(
    released: Released,
    table: str = "lines",
    *,
    data: str = "by_year",
    title: str = "",
    subtitle: str = "",
    starts: int = 4,
) -> Chart:
    """One line for each year, months side by side, the latest year strong.

    Reads a PERIOD month and the value (COUNT or VALUE); a LABEL names the year, else years start in month `starts`.
    `data` names the table to show as the data, where the finding has one. Raises WardwiseError as `filled` and `first` do.
    """
    long = filled(released, table)
    value, period = first(long, Role.COUNT, Role.VALUE), first(long, Role.PERIOD)
    label = maybe(long, Role.LABEL)
    rows = []
    for row in long.rows:
        month = words(row[period.name])
        number = (month_number(month) - (starts - 1)) % 12
        series = words(row[label.name]) if label else _year(month, starts)
        says = f"{cell(row[period.name], period)}: {cell(row[value.name], value)}"
        rows.append(
            {
                "place": number,
                "month": month_name(month)[:3],
                "series": series,
                "value": drawn(row[value.name]),
                "says": says,
            }
        )
    order = [month_name(f"2001-{(starts - 1 + i) % 12 + 1:02d}")[:3] for i in range(12)]
    x = {
        "field": "month",
        "type": "ordinal",
        "sort": order,
        "scale": {"domain": order, "type": "point", "padding": 0.2},
    }
    x["axis"] = {"title": None, "labelOverlap": False}
    return _lines(released, long, value, rows, x, data=data, title=title, subtitle=subtitle, newest_first=True)


def compared(released: Released, table: str = "lines", *, title: str = "", subtitle: str = "") -> Chart:
    """One line for each series (two to four) over the months; the first is the strong one.

    Reads a PERIOD month, a LABEL for the series and the value (COUNT or VALUE)."""
    long = filled(released, table)
    value, period = first(long, Role.COUNT, Role.VALUE), first(long, Role.PERIOD)
    label = maybe(long, Role.LABEL)
    rows = []
    for row in long.rows:
        month = words(row[period.name])
        series = words(row[label.name]) if label else value.title
        says = f"{series}, {cell(row[period.name], period)}: {cell(row[value.name], value)}"
        rows.append(
            {"at": months.at(month), "month": month, "series": series, "value": drawn(row[value.name]), "says": says}
        )
    shown = sorted({str(row["month"]) for row in rows})
    x = {"field": "at", "type": "temporal", "scale": months.scale(shown), "axis": months.axis(shown)}
    return _lines(released, long, value, rows, x, data=table, title=title, subtitle=subtitle, newest_first=False)


def _lines(
    released: Released,
    long: Table,
    value: Column,
    rows: list[dict[str, Any]],
    x: dict[str, Any],
    *,
    data: str,
    title: str,
    subtitle: str,
    newest_first: bool,
) -> Chart:
    names = list(dict.fromkeys(row["series"] for row in rows))
    if not 1 <= len(names) <= len(_STYLES):
        raise WardwiseError(f"A chart of lines shows one to four; this has {len(names)}.", where=long.title)
    height = vertical([row["value"] for row in rows])
    gap = not_drawn(long.rows, value)
    if len(names) == 1:
        alt = line_words(long, value, first(long, Role.PERIOD), gap, what="Line chart")
    else:
        alt = series_words(long, value, gap)
    return Chart(
        spec=spec(_layers(rows, x, height.of("value", grid=True), names, newest_first=newest_first)),
        alt=alt,
        title=title or released.title,
        subtitle=subtitle or long.title,
        source=source_line(released, [gap, height.said]),
        table=released.tables.get(data, long),
    )


def _layers(
    rows: list[dict[str, Any]], x: dict[str, Any], y: dict[str, Any], names: list[str], *, newest_first: bool
) -> list[dict[str, Any]]:
    ranks = list(reversed(names)) if newest_first else names
    styles = [_STYLES[ranks.index(name)] for name in names]
    key = {
        "field": "series",
        "type": "nominal",
        "sort": None,
        "legend": {"title": None, "symbolSize": 500} if len(names) > 1 else None,
    }
    encoding = {
        "x": x,
        "y": y,
        "color": {**key, "scale": {"domain": names, "range": [colour for colour, _ in styles]}},
        "strokeDash": {**key, "scale": {"domain": names, "range": [dash or [1, 0] for _, dash in styles]}},
    }
    strong = {key: encoding[key] for key in ("x", "y")}
    newest = [row for row in rows if row["series"] == ranks[0]]
    dot = {"type": "point", "filled": True, "color": ACCENT, "size": 45, "opacity": 1}
    return [
        {"data": {"values": rows}, "mark": {"type": "line", "strokeWidth": 1.75}, "encoding": encoding},
        {"data": {"values": newest}, "mark": {"type": "line", "strokeWidth": 3, "color": ACCENT}, "encoding": strong},
        {"data": {"values": [r for r in newest if r["value"] is not None]}, "mark": dot, "encoding": strong},
        {
            "data": {"values": [row for row in rows if row["value"] is not None]},
            "mark": {"type": "point", "filled": True, "opacity": 0, "size": 120},
            "encoding": {**strong, "tooltip": [{"field": "says", "title": " "}]},
        },
    ]


def _year(month: str, starts: int) -> str:
    """2015/16 for years that start in April; 2015 for calendar years."""
    number = month_number(month) - (starts - 1)
    year = number // 12
    return str(year) if starts == 1 else f"{year}/{(year + 1) % 100:02d}"
