"""Several control charts, small and side by side, each with a scale of its own: what is out of the ordinary, at a glance.

Reads every table of one released finding, each laid out as `control_chart` reads it and titled by its measure.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from wardwise.disclosure.released import Released
from wardwise.records.findings import Column, Role, Row, Table
from wardwise.records.periods import month_number
from wardwise.records.shown import cell

from .alt_text import control_words
from .chart import Chart
from .control_chart import LEFT_OUT, UNUSUAL, USUAL, not_counted, point
from .gate import filled
from .reading import drawn, first, maybe, source_line
from .theme import ACCENT, GREY, INK, LABEL, PAPER, spec
from .vertical import vertical

ACROSS = 3
_WIDE, _HIGH = 150, 100
"""Pixels of one plot; its numbers and the gap between two stand beside it."""
_AXIS = 38


def panels(released: Released, table: str = "", *, title: str = "", subtitle: str = "") -> Chart:
    """The small control charts of one released finding, in the order of its tables (of one table, when it is named).

    Raises WardwiseError when `released` did not come through the gate, has nothing to draw, or a table lacks a column."""
    filled(released, table)
    tables = [one for one in released.tables.values() if one.rows and table in ("", one.name)]
    plain = spec([])
    kept = {key: part for key, part in plain.items() if key not in ("layer", "width", "height", "autosize", "config")}
    config = {
        **plain["config"],
        "axisY": {**plain["config"]["axisY"], "minExtent": _AXIS, "maxExtent": _AXIS},
        "concat": {"spacing": 12},
    }
    hollow = any(maybe(one, name="left_out") and any(row["left_out"] for row in one.rows) for one in tables)
    gaps = [(one.title, _gap(one)) for one in tables]
    return Chart(
        spec={
            **kept,
            "config": config,
            "concat": [_panel(one, hollow=hollow) for one in tables],
            "columns": ACROSS,
            "resolve": {part: dict.fromkeys(("fill", "stroke", "shape"), "shared") for part in ("legend", "scale")},
        },
        alt=" ".join(control_words(released, one, first(one, Role.COUNT, Role.VALUE), _gap(one)) for one in tables),
        title=title or released.title,
        subtitle=subtitle or released.title,
        source=source_line(released, [_said(gaps)]),
        table=_together(released, tables),
    )


def _gap(table: Table) -> str:
    return not_counted(table, first(table, Role.COUNT, Role.VALUE))


def _said(gaps: list[tuple[str, str]]) -> str:
    """What is not drawn, once for all panels that lack the same; then what the reader must know of the axes."""
    lacks: dict[str, list[str]] = {}
    for name, gap in gaps:
        if gap:
            lacks.setdefault(gap, []).append(name)
    parts = [gap if len(names) == len(gaps) else f"{', '.join(names)}: {gap}" for gap, names in lacks.items()]
    return " ".join(
        (
            "Under each name: the latest month and its usual range. Dashed lines: the limits of that range; the line between them: the mean. Each has a scale of its own.",
            *parts,
        )
    )


def _together(released: Released, tables: list[Table]) -> Table:
    """The months of every panel in one table, under the panel's name."""
    head = (Column("panel", Role.LABEL, "Measure"), *tables[0].columns)
    rows: list[Row] = [{**row, "panel": one.title} for one in tables for row in one.rows]
    return Table("panels", released.title, head, tuple(rows))


def _panel(table: Table, *, hollow: bool) -> dict[str, Any]:
    """hollow: some panel has months that are no part of its limits, and the key says how they are drawn."""
    value = first(table, Role.COUNT, Role.VALUE)
    rows = [point(table, value, row) for row in table.rows]
    height = vertical([row[field] for row in rows for field in ("value", "lower", "upper")])
    x = {
        "field": "at",
        "type": "temporal",
        "scale": {"type": "utc", "padding": 6},
        "axis": _years([row["month"] for row in rows]),
    }
    y = {**height.of("value"), "axis": {**height.of("value")["axis"], "values": _ends(height.bottom, height.top)}}
    layers: list[dict[str, Any]] = []
    for field, dash in (("upper", [4, 3]), ("mean", []), ("lower", [4, 3])):
        mark = {"type": "line", "color": GREY, "strokeWidth": 1, "strokeDash": dash, "interpolate": "step"}
        layers.append({"mark": mark, "encoding": {"x": x, "y": {**y, "field": field}}})
    layers.append({"mark": {"type": "line", "color": INK, "strokeWidth": 1.2}, "encoding": {"x": x, "y": y}})
    layers.append({"transform": [{"filter": "isValid(datum.value)"}], **_marks(x, y, hollow=hollow)})
    return {
        "width": _WIDE,
        "height": _HIGH,
        "title": {
            "text": table.title,
            "subtitle": _latest(table, value),
            "fontSize": LABEL,
            "fontWeight": 600,
            "subtitleColor": INK,
            "offset": 6,
            "limit": _WIDE + _AXIS,
        },
        "data": {"values": rows},
        "layer": layers,
    }


def _latest(table: Table, value: Column) -> str:
    """“167; usual 88 to 166”: the latest month, as far as it may be told."""
    row = table.rows[-1]
    ends = [first(table, role) for role in (Role.LOWER, Role.UPPER)]
    said = cell(row[value.name], value)
    known = [drawn(row[end.name]) is not None for end in ends]
    usual = " to ".join(cell(row[end.name], replace(end, decimals=0)) for end in ends)
    return f"{said}; usual {usual}" if all(known) else said


def _marks(x: dict[str, Any], y: dict[str, Any], *, hollow: bool) -> dict[str, Any]:
    """A point a month: a diamond in the strong colour where it is unlikely to be chance, hollow where it is no part of the limits."""
    key = {"field": "kind", "type": "nominal", "legend": {"title": None, "symbolSize": 70, "orient": "top"}}
    kinds = [USUAL, UNUSUAL, *([LEFT_OUT] if hollow else [])]
    return {
        "mark": {"type": "point", "opacity": 1, "strokeWidth": 0.8},
        "encoding": {
            "x": x,
            "y": y,
            "fill": {**key, "scale": {"domain": kinds, "range": [INK, ACCENT, PAPER][: len(kinds)]}},
            "stroke": {**key, "scale": {"domain": kinds, "range": [PAPER, PAPER, GREY][: len(kinds)]}},
            "shape": {**key, "scale": {"domain": kinds, "range": ["circle", "diamond", "circle"][: len(kinds)]}},
            "size": {"condition": {"test": f"datum.kind === '{UNUSUAL}'", "value": 75}, "value": 18},
            "tooltip": [{"field": "says", "title": " "}, {"field": "why", "title": "Why"}],
        },
    }


def _ends(bottom: float, top: float) -> list[float]:
    """The foot, the middle and the top of the axis: all that fits a small panel."""
    return [bottom, (bottom + top) / 2, top]


def _years(months: list[str]) -> dict[str, Any]:
    """A tick at each January, with its year; at the first month where the months hold none."""
    januaries = [month for month in months if month.endswith("-01")] or months[:1]
    step = -(-len(januaries) // 4)
    named = sorted(januaries, key=month_number)[::step]
    return {
        "title": None,
        "values": [{"year": int(m[:4]), "month": int(m[5:]), "utc": True} for m in named],
        "format": "%Y" if months != named else "%b %Y",
        "labelOverlap": False,
    }
