"""What changed: before and after for each name, two dots joined by a line, names of like size on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wardwise.disclosure.released import Released
from wardwise.records.findings import Column, Role, Table
from wardwise.records.shown import cell

from .alt_text import change_words
from .chart import Chart
from .gate import filled
from .horizontal import across, height, margin, names, wrapped
from .reading import drawn, first, is_sum, maybe, not_drawn, source_line, words
from .theme import ACCENT, CONFIG, GREY, INK, PAPER, WIDTH, haloed, spec

_LIKE = 4
"""Names are drawn on one scale when the largest is at most this many times the smallest: beside a total of 20,000 a change from
150 to 180 would be one dot upon another."""
_PANELS = 3  # scales on one picture, at most

ChangeRow = dict[str, Any]


def change(released: Released, table: str = "", *, title: str = "", subtitle: str = "") -> Chart:
    """Before and after for each name: a hollow dot, a line, a filled dot, and the change in words; the largest first.

    Reads a LABEL, two COUNT (or VALUE) columns, and CHANGE and PERCENT for the words. Rows called totals are left out. Names of
    unlike size are drawn one below the other, each group with a scale of its own."""
    chosen = filled(released, table)
    label = first(chosen, Role.LABEL)
    before, after = (chosen.having(Role.COUNT) or chosen.having(Role.VALUE))[:2]
    rows = [r for r in _rows(chosen, label, before, after) if not is_sum(r["label"])]
    known = sorted((r for r in rows if r["before"] is not None and r["after"] is not None), key=lambda r: -_size(r))
    groups = _alike(known)
    gap = not_drawn([r for r in chosen.rows if not is_sum(words(r[label.name]))], after, "row")
    scales = "Rows of different size are drawn on scales of their own." if len(groups) > 1 else ""
    return Chart(
        spec=_panels(groups, before.title, after.title),
        alt=change_words(chosen, label, before, after, gap),
        title=title or released.title,
        subtitle=subtitle or chosen.title,
        source=source_line(released, [scales, gap]),
        table=chosen,
    )


def _rows(table: Table, label: Column, before: Column, after: Column) -> list[ChangeRow]:
    by, percent = maybe(table, Role.CHANGE), maybe(table, Role.PERCENT)
    rows = []
    for row in table.rows:
        says = cell(row[by.name], by) if by else ""
        if percent and drawn(row[percent.name]) is not None:
            says = f"{says} ({cell(row[percent.name], percent)})"
        name = words(row[label.name])
        values = {"before": drawn(row[before.name]), "after": drawn(row[after.name])}
        rows.append({"label": name, "name": wrapped(name), "says": says, **values})
    return rows


def _size(row: ChangeRow) -> float:
    return max(abs(float(row["before"])), abs(float(row["after"])))


def _alike(rows: Sequence[ChangeRow]) -> list[list[ChangeRow]]:
    """The rows, largest first, in groups of like size; the last group takes the rest."""
    groups: list[list[ChangeRow]] = []
    for row in rows:
        if groups and (_size(groups[-1][0]) <= _LIKE * _size(row) or len(groups) == _PANELS):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _panels(groups: list[list[ChangeRow]], before: str, after: str) -> dict[str, Any]:
    order = [row["name"] for group in groups for row in group]
    edge = margin(order)
    if len(groups) < 2:
        rows = groups[0] if groups else []
        layers = _layers(rows, _across(rows, WIDTH - edge), names(order), before, after, key=True)
        return spec(layers, height=height(order, 85))
    panels = []
    for place, rows in enumerate(groups):
        y = names([row["name"] for row in rows])
        y["axis"] = {**y["axis"], "minExtent": edge, "maxExtent": edge}
        x = _across(rows, WIDTH - edge)
        layers = _layers(rows, x, y, before, after, key=place == 0)
        panels.append(
            {"width": round(WIDTH - edge - 12), "height": height([row["name"] for row in rows], 0), "layer": layers}
        )
    kept = {key: spec([])[key] for key in ("$schema", "padding")}
    return {**kept, "config": CONFIG, "vconcat": panels, "spacing": 14}


def _across(rows: Sequence[ChangeRow], plot: float) -> dict[str, Any]:
    longest = max((row["says"] for row in rows), key=len, default="")
    return across([r[k] for r in rows for k in ("before", "after")], label=longest, zero=False, plot=plot)


def _layers(
    rows: list[ChangeRow], x: dict[str, Any], y: dict[str, Any], before: str, after: str, *, key: bool
) -> list[dict[str, Any]]:
    """The line between the dots, the dots, and the words. key: whether the panel says which dot is which."""
    ends = {"y": y, "x": {**x, "field": "before"}, "x2": {"field": "after"}}
    both = [
        {"name": r["name"], "at": r[k], "when": when}
        for r in rows
        for k, when in (("before", before), ("after", after))
    ]
    legend = {"title": None, "symbolSize": 110, "symbolStrokeColor": GREY} if key else None
    when = {"field": "when", "type": "nominal", "sort": None, "legend": legend}
    far = [{**row, "end": max(row["before"], row["after"])} for row in rows]
    text = {
        "data": {"values": far},
        "mark": {"type": "text", "align": "left", "dx": 11, "color": INK},
        "encoding": {"y": y, "x": {**x, "field": "end"}, "text": {"field": "says"}},
    }
    return [
        {"data": {"values": rows}, "mark": {"type": "rule", "strokeWidth": 2, "color": GREY}, "encoding": ends},
        {
            "data": {"values": both},
            "mark": {"type": "point", "filled": True, "size": 110, "strokeWidth": 2, "opacity": 1},
            "encoding": {
                "y": y,
                "x": {**x, "field": "at"},
                "fill": {**when, "scale": {"domain": [before, after], "range": [PAPER, ACCENT]}},
                "stroke": {**when, "scale": {"domain": [before, after], "range": [GREY, ACCENT]}},
            },
        },
        *haloed(text),
    ]
