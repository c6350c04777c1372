"""A control chart (XmR): which months cannot be told from the usual variation, and which can.

Reads one released table: a PERIOD column of months, the value (first COUNT or VALUE), a VALUE column called `mean`, LOWER and
UPPER limits, a VERDICT column that is empty for a usual month and says why otherwise, a NOTE column whose words are drawn as a
label at their month (a change of recording, a re-base). A column called `left_out` that has words in a row says that the month is no
part of the limits: its point is drawn hollow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wardwise.disclosure.released import Released
from wardwise.records.cells import SUPPRESSED, Cell
from wardwise.records.findings import Column, Role, Row, Table
from wardwise.records.shown import cell

from . import months
from .alt_text import control_words, left_out_words
from .chart import Chart
from .gate import filled
from .reading import drawn, first, maybe, not_drawn, source_line, words
from .theme import ACCENT, GREY, INK, PAPER, haloed, spec
from .vertical import Vertical, room, vertical

_HEIGHTS = ("value", "mean", "lower", "upper")
_LONG = 32
"""Characters of a label that still fit to the right of a line three fifths of the way along."""
USUAL, UNUSUAL, LEFT_OUT = "Usual variation", "Unlikely to be chance", "Left out of the limits"


def control_chart(
    released: Released,
    table: str = "",
    *,
    title: str = "",
    subtitle: str = "",
) -> Chart:
    """The control chart of one released finding. title: the finding as a sentence, made by reports.words.say.

    Raises WardwiseError when `released` did not come through the gate or the table lacks a column."""
    points = filled(released, table)
    value = first(points, Role.COUNT, Role.VALUE)
    drawn_panel = panel(points, value)
    gap = not_counted(points, value)
    return Chart(
        spec=spec(drawn_panel.layers),
        alt=control_words(released, points, value, gap),
        title=title or released.title,
        subtitle=subtitle or points.title,
        source=source_line(released, [gap, drawn_panel.said]),
        table=points,
    )


@dataclass(frozen=True)
class Panel:
    """The layers of one control chart, and what a reader must be told of its upright axis."""

    layers: list[dict[str, Any]]
    said: str


def panel(points: Table, value: Column) -> Panel:
    """The layers that draw the column `value` with its mean, limits, signs and notes."""
    rows = [point(points, value, row) for row in points.rows]
    all_months = [row["month"] for row in rows]
    names = _limit_names(rows, points)
    beyond = room([str(name["text"]) for name in names])
    x = {
        "field": "at",
        "type": "temporal",
        "scale": months.scale(all_months, beyond=beyond),
        "axis": months.axis(all_months),
    }
    height = vertical([row[f] for row in rows for f in row if f in _HEIGHTS], labels_above=_events_above(rows))
    layers = [
        *_limits(rows, names, x, height),
        *_events(rows, x, height),
        *_points(rows, x, height),
    ]
    return Panel(layers, height.said)


def point(table: Table, value: Column, row: Row) -> dict[str, Any]:
    """One month as the chart's marks read it."""
    period = first(table, Role.PERIOD)
    month = words(row[period.name])
    verdict = _optional(table, row, Role.VERDICT)
    out = maybe(table, name="left_out")
    without = bool(out and words(row.get(out.name)))
    mean, lower, upper = (maybe(table, name="mean"), maybe(table, Role.LOWER), maybe(table, Role.UPPER))
    return {
        "month": month,
        "at": months.at(month),
        "value": drawn(row[value.name]),
        "mean": drawn(row.get(mean.name)) if mean else None,
        "lower": drawn(row.get(lower.name)) if lower else None,
        "upper": drawn(row.get(upper.name)) if upper else None,
        "kind": LEFT_OUT if without else UNUSUAL if verdict else USUAL,
        "why": verdict,
        "note": _optional(table, row, Role.NOTE),
        "says": f"{cell(row[period.name], period)}: {cell(row[value.name], value)}",
    }


def not_counted(points: Table, value: Column) -> str:
    """Said under the chart: which months are not drawn, are no part of the limits, or hide them."""
    said = (not_drawn(points.rows, value), left_out_words(points), without_limits(points))
    return " ".join(part for part in said if part)


def without_limits(table: Table) -> str:
    """Said when the mean may not be shown: with it, a hidden month could be worked out."""
    mean = maybe(table, name="mean")
    hidden = mean is not None and any(row.get(mean.name) is SUPPRESSED for row in table.rows)
    return "The mean and limits are hidden too, because a hidden month could be worked out from them." if hidden else ""


def _optional(table: Table, row: Row, role: Role) -> str:
    column = maybe(table, role)
    return words(row.get(column.name)) if column else ""


def _limit_names(rows: list[dict[str, Any]], table: Table) -> list[dict[str, Any]]:
    """The words at the right-hand end of the mean and the limits, with their height."""
    names = []
    for field, name in (("upper", "Upper limit"), ("mean", "Mean"), ("lower", "Lower limit")):
        known = [row for row in rows if row[field] is not None]
        if known:
            text = f"{name} {_limit_words(known[-1][field], table)}"
            names.append({"at": rows[-1]["at"], "y": known[-1][field], "text": text})
    return names


def _limits(
    rows: list[dict[str, Any]], names: list[dict[str, Any]], x: dict[str, Any], height: Vertical
) -> list[dict[str, Any]]:
    layers = []
    for field, dash in (("upper", [5, 4]), ("mean", []), ("lower", [5, 4])):
        mark = {"type": "line", "color": GREY, "strokeWidth": 1.5, "strokeDash": dash, "interpolate": "step"}
        encoding = {"x": x, "y": height.of(field)}
        layers.append({"data": {"values": _only(rows, "at", field)}, "mark": mark, "encoding": encoding})
    apart = height.apart([name["y"] for name in names])
    labels = [{**name, "y": y} for name, y in zip(names, apart, strict=True)]
    text = {"type": "text", "align": "left", "dx": 10, "color": GREY}
    encoding = {"x": x, "y": height.of("y"), "text": {"field": "text"}}
    return [*layers, {"data": {"values": labels}, "mark": text, "encoding": encoding}]


def _limit_words(value: Cell, table: Table) -> str:
    mean = maybe(table, name="mean")
    return cell(value, Column("mean", Role.VALUE, "", decimals=mean.decimals if mean else 1))


def _points(rows: list[dict[str, Any]], x: dict[str, Any], height: Vertical) -> list[dict[str, Any]]:
    y = height.of("value")
    kinds = [USUAL, UNUSUAL, LEFT_OUT]
    shown = kinds if any(row["kind"] == LEFT_OUT for row in rows) else kinds[:2]
    key = {"field": "kind", "type": "nominal", "legend": {"title": None, "symbolSize": 90, "values": shown}}
    return [
        {
            "data": {"values": rows},
            "mark": {"type": "line", "color": INK, "strokeWidth": 1.5},
            "encoding": {"x": x, "y": y},
        },
        {
            "data": {"values": [row for row in rows if row["value"] is not None]},
            "mark": {"type": "point", "opacity": 1},
            "encoding": {
                "x": x,
                "y": y,
                "fill": {**key, "scale": {"domain": kinds, "range": [INK, ACCENT, PAPER]}},
                "stroke": {**key, "scale": {"domain": kinds, "range": [PAPER, PAPER, GREY]}},
                "strokeWidth": {"condition": {"test": f"datum.kind === '{LEFT_OUT}'", "value": 1.5}, "value": 1},
                "shape": {**key, "scale": {"domain": kinds, "range": ["circle", "diamond", "circle"]}},
                "size": {"condition": {"test": f"datum.kind === '{UNUSUAL}'", "value": 150}, "value": 42},
                "tooltip": [{"field": "says", "title": " "}, {"field": "why", "title": "Why"}],
            },
        },
    ]


def _events_above(rows: list[dict[str, Any]]) -> int:
    return sum(bool(row["note"]) for row in rows)


def _events(rows: list[dict[str, Any]], x: dict[str, Any], height: Vertical) -> list[dict[str, Any]]:
    """Thin upright lines with their words above the points, each on a line of its own so that they never overlap. A line starts
    beside its own words, so that it does not run through another's."""
    marked = [(i > len(rows) * 0.6, row) for i, row in enumerate(rows) if row["note"]]
    ordered = [one for one in marked if not one[0]] + [one for one in reversed(marked) if one[0]]
    rules: list[dict[str, Any]] = []
    texts: list[dict[str, Any]] = []
    for place, (late, row) in enumerate(ordered):
        data = {"values": [{"at": row["at"], "note": row["note"], "y": height.top}]}
        dy = 2 + 16 * place
        side = {"align": "right", "dx": -5} if late else {"align": "left", "dx": 5}
        text = {"type": "text", "baseline": "top", "dy": dy, **side}
        down = {"x": x, "y": {"value": 16 * place}, "y2": {"value": "height"}}
        rules.append({"data": data, "mark": {"type": "rule", "color": GREY}, "encoding": down})
        encoding = {"x": x, "y": height.of("y"), "text": {"field": "note"}}
        texts += haloed({"data": data, "mark": text, "encoding": encoding})
    return [*rules, *texts]


def _only(rows: list[dict[str, Any]], *fields: str) -> list[dict[str, Any]]:
    return [{field: row[field] for field in fields} for row in rows]
