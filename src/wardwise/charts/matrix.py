"""Places by kinds: a filled dot where a place stands out for a kind, with the kinds named at the right of their number."""

from __future__ import annotations

from typing import Any

from wardwise.disclosure.released import Released
from wardwise.records.findings import Column, Role, Table

from .alt_text import listed
from .chart import Chart
from .gate import filled
from .reading import first, source_line, words
from .theme import ACCENT, INK, RULE, WIDTH, spec

_CELL = 27  # px
_KEY = 200  # px


def matrix(released: Released, table: str = "", *, title: str = "", subtitle: str = "") -> Chart:
    """The matrix of one released table. Reads a LABEL for the rows and a NOTE for each kind, empty where the place does not stand out.
    Kinds for which none does are left out of the picture and stay in the table."""
    chosen = filled(released, table)
    label = first(chosen, Role.LABEL)
    kinds = [column for column in chosen.having(Role.NOTE) if any(words(row[column.name]) for row in chosen.rows)]
    return Chart(
        spec=_spec(chosen, label, kinds),
        alt=_words(chosen, label, kinds),
        title=title or released.title,
        subtitle=subtitle or chosen.title,
        source=source_line(released),
        table=chosen,
    )


def _spec(table: Table, label: Column, kinds: list[Column]) -> dict[str, Any]:
    places = [words(row[label.name]) for row in table.rows]
    numbers = [str(at) for at in range(1, len(kinds) + 1)]
    cells = [
        {"place": words(row[label.name]), "kind": number, "on": bool(words(row[kind.name])), "says": f"{words(row[label.name])}: {kind.title}"}
        for row in table.rows
        for number, kind in zip(numbers, kinds, strict=True)
    ]  # fmt: skip
    axis = {"title": None, "labelOverlap": False, "ticks": False, "domain": False, "grid": False}
    at = {
        "x": {"field": "kind", "type": "nominal", "sort": numbers, "axis": {**axis, "orient": "top"}},
        "y": {"field": "place", "type": "nominal", "sort": places, "axis": axis},
    }
    dot = {"type": "point", "filled": True, "size": 190, "color": ACCENT, "opacity": 1}
    grid = spec(
        [
            {"data": {"values": cells}, "mark": {"type": "rect", "fill": None, "stroke": RULE}, "encoding": at},
            {
                "data": {"values": [each for each in cells if each["on"]]},
                "mark": dot,
                "encoding": {**at, "tooltip": [{"field": "says", "title": " "}]},
            },
        ],
        width=WIDTH - _KEY,
        height=max(_CELL * len(places) + 30, 17 * len(kinds)),
    )
    named = [
        {"y": 14 + 20 * at, "text": f"{number}  {kind.title}"}
        for at, (number, kind) in enumerate(zip(numbers, kinds, strict=True))
    ]
    key = {
        "data": {"values": named},
        "width": _KEY - 20,
        "height": grid["height"],
        "view": {"stroke": None},
        "mark": {"type": "text", "align": "left", "baseline": "middle", "color": INK, "x": 0},
        "encoding": {
            "y": {"field": "y", "type": "quantitative", "scale": None, "axis": None},
            "text": {"field": "text", "type": "nominal"},
        },
    }
    panel = {name: grid[name] for name in ("width", "height", "layer")}
    kept = {name: grid[name] for name in ("$schema", "padding", "config")}
    return {**kept, "hconcat": [panel, key], "spacing": 16}


def _words(table: Table, label: Column, kinds: list[Column]) -> str:
    said = [
        f"{words(row[label.name])}: {listed([kind.title for kind in kinds if words(row[kind.name])])}"
        for row in table.rows
    ]
    return f"Matrix of places and kinds: {table.title}. {'; '.join(said)}."
