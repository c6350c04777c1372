"""A Pareto chart: bars for each kind's share, most first, and dots for the running total, both on one axis from 0 to 100%."""

from __future__ import annotations

from typing import Any

from wardwise.disclosure.released import Released
from wardwise.records.findings import Role
from wardwise.records.shown import cell

from .alt_text import pareto_words
from .chart import Chart
from .gate import filled
from .horizontal import across, height, margin, names, wrapped
from .reading import drawn, first, is_sum, not_drawn, source_line, words
from .theme import ACCENT, GREY, INK, PAPER, WIDTH, haloed, spec

_KEY = {"Share": ACCENT, "Running total": PAPER}


def pareto(
    released: Released,
    table: str = "",
    *,
    share: str = "share_of_harm",
    running: str = "cumulative",
    title: str = "",
    subtitle: str = "",
) -> Chart:
    """Reads a LABEL and two PERCENT columns, `share` and its `running` total, in the table's order; a total row is left out.
    Meta `running` is its caption, where there is one."""
    chosen = filled(released, table)
    label = first(chosen, Role.LABEL)
    part, whole = first(chosen, name=share), first(chosen, name=running)
    single = [row for row in chosen.rows if not is_sum(words(row[label.name]))]
    rows = [
        {
            "name": wrapped(words(row[label.name])),
            "share": drawn(row[part.name]),
            "running": drawn(row[whole.name]),
            "says": cell(row[whole.name], whole),
        }
        for row in single
    ]
    order = [str(row["name"]) for row in rows]
    x = across([0.0, 100.0], label="100.0%", zero=True, plot=WIDTH - margin(order), title=f"{part.title}, %")
    gap = not_drawn(single, part, "row")
    return Chart(
        spec=spec(_layers(rows, x, names(order)), height=height(order, 85)),
        alt=pareto_words(chosen, label, part, whole, gap),
        title=title or released.title,
        subtitle=words(released.meta.get("running")) or f"{whole.title}: {subtitle or chosen.title}",
        source=source_line(released, [gap]),
        table=chosen,
    )


def _layers(rows: list[dict[str, Any]], x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    known = [row for row in rows if row["running"] is not None]
    at = {"y": y, "x": {**x, "field": "running"}}
    line = {"type": "line", "color": GREY, "strokeWidth": 1.5}
    dot = {"type": "point", "filled": True, "size": 90, "strokeWidth": 2, "opacity": 1, "stroke": INK}
    key = {
        "field": "is",
        "type": "nominal",
        "sort": None,
        "scale": {"domain": list(_KEY), "range": list(_KEY.values())},
        "legend": {"title": None, "symbolType": "circle", "symbolStrokeColor": INK},
    }
    total = [{**row, "is": "Running total"} for row in known]
    text = {"type": "text", "align": "left", "dx": 10, "color": INK}
    return [
        {
            "data": {"values": [{**row, "is": "Share"} for row in rows]},
            "mark": {"type": "bar", "height": {"band": 0.66}},
            "encoding": {"y": y, "x": {**x, "field": "share"}, "fill": key},
        },
        {
            "data": {"values": known},
            "mark": line,
            "encoding": {**at, "order": {"field": "running", "type": "quantitative"}},
        },
        {"data": {"values": total}, "mark": dot, "encoding": {**at, "fill": key}},
        *haloed({"data": {"values": known}, "mark": text, "encoding": {**at, "text": {"field": "says"}}}),
    ]
