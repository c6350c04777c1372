"""How a ranking moves: each name's rank under several ways of ranking, joined by a line, 1 at the top."""

from __future__ import annotations

import textwrap
from typing import Any

from wardwise.disclosure.released import Released
from wardwise.records.findings import Column, Role
from wardwise.records.shown import cell

from .alt_text import rank_words
from .chart import Chart
from .gate import filled
from .horizontal import CHARACTER, wrapped
from .reading import drawn, first, is_sum, not_drawn, source_line, words
from .theme import ACCENT, GREY, INK, PAPER, WIDTH, haloed, spec

_STEP = 30  # px from one rank to the next
_LINE = 16  # px from one line of a heading to the next
_STRONG = 3  # as many names as a reader can follow by colour


def rank_moves(
    released: Released, table: str = "", *, prefix: str = "rank_", title: str = "", subtitle: str = ""
) -> Chart:
    """Reads a LABEL and the VALUE columns whose names begin with `prefix`, each a rank from 1. The three names first under the second of them
    (the table chosen) are drawn strong; names stand at the right, at the rank of the last column."""
    chosen = filled(released, table)
    label = first(chosen, Role.LABEL)
    ways = [column for column in chosen.columns if column.name.startswith(prefix)]
    single = [row for row in chosen.rows if not is_sum(words(row[label.name]))]
    strong = sorted(single, key=lambda row: drawn(row[ways[min(1, len(ways) - 1)].name]) or 1e9)[:_STRONG]
    points = [
        {
            "name": words(row[label.name]),
            "says": wrapped(words(row[label.name])),
            "way": _heading(way),
            "rank": rank,
            "number": cell(row[way.name], way),
            "colour": ACCENT if row in strong else GREY,
        }
        for row in single
        for way in ways
        if (rank := drawn(row[way.name])) is not None
    ]
    gap = not_drawn(single, ways[0], "row")
    return Chart(
        spec=spec(_layers(points, [_heading(way) for way in ways]), height=_STEP * max(2, len(single)) + 75),
        alt=rank_words(chosen, label, ways, gap),
        title=title or released.title,
        subtitle=subtitle or chosen.title,
        source=source_line(released, [gap]),
        table=chosen,
    )


def _heading(way: Column) -> str:
    words = way.title.removeprefix("Rank by ")
    return "\n".join(textwrap.wrap(words[:1].upper() + words[1:], 22))


def _layers(points: list[dict[str, Any]], ways: list[str]) -> list[dict[str, Any]]:
    ends = [point for point in points if point["way"] == ways[-1]]
    longest = max((len(line) for point in points for line in point["says"].split("\n")), default=0) * CHARACTER + 24
    step = (WIDTH - longest - 30) / max(1, len(ways) - 0.5)
    x = {
        "field": "way",
        "type": "nominal",
        "sort": ways,
        "scale": {"domain": ways, "type": "point", "padding": 0.25, "range": [0, step * (len(ways) - 0.5)]},
        "axis": {
            "title": None,
            "orient": "top",
            "domain": False,
            "ticks": False,
            "labelExpr": "split(datum.label, '\\n')",
            "labelOverlap": False,
            "labelPadding": _LINE * max(way.count("\n") for way in ways) + 8,
            "labelLimit": 0,
        },
    }
    y = {
        "field": "rank",
        "type": "quantitative",
        "scale": {
            "reverse": True,
            "domain": [0.5, max((p["rank"] for p in points), default=1) + 0.5],
            "nice": False,
            "zero": False,
        },
        "axis": None,
    }
    colour = {"field": "colour", "type": "nominal", "scale": None}
    each = {"field": "name", "type": "nominal"}
    dot = {"type": "point", "filled": True, "size": 420, "opacity": 1, "strokeWidth": 2, "fill": PAPER}
    number = {"type": "text", "color": INK, "baseline": "middle"}
    name = {"type": "text", "align": "left", "dx": 18, "color": INK, "lineBreak": "\n", "baseline": "middle"}
    return [
        {
            "data": {"values": points},
            "mark": {"type": "line", "strokeWidth": 2},
            "encoding": {"x": x, "y": y, "color": colour, "detail": each},
        },
        {"data": {"values": points}, "mark": dot, "encoding": {"x": x, "y": y, "stroke": colour}},
        {"data": {"values": points}, "mark": number, "encoding": {"x": x, "y": y, "text": {"field": "number"}}},
        *haloed({"data": {"values": ends}, "mark": name, "encoding": {"x": x, "y": y, "text": {"field": "says"}}}),
    ]
