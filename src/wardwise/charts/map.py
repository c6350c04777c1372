"""A map of small areas: five steps of one hue, few events hatched, what may not be shown left white and said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardwise.disclosure.released import Released
from wardwise.records.cells import MISSING, SUPPRESSED
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Column, Role, Row, Table
from wardwise.records.shown import cell

from . import map_layers as layers
from . import map_shapes as shapes
from .alt_text import ranked_words
from .chart import Chart
from .gate import filled
from .reading import drawn, first, is_sum, maybe, measured, not_drawn, source_line, words
from .theme import GREY, PAPER, STEPS, WIDTH

_HIDDEN, _MISSING, _FEW = "Hidden to protect people [c]", "Not supplied", "Few events: read with care"


def choropleth(
    released: Released,
    boundaries: Mapping[str, Any],
    table: str = "",
    *,
    value: str = "",
    names: Mapping[str, Any] | None = None,
    title: str = "",
    subtitle: str = "",
) -> Chart:
    """The map of one released table.

    Reads an AREA code, a LABEL, the value (named, else a rate, else a count), a VALUE called `step` (1 to 5; fifths by rank
    unless given) and a NOTE that says `few` where there are few events. boundaries: shapely outlines in degrees by code; areas
    without one are left out of the map and stay in the table. names: outlines to write names on, such as wards over small
    areas; the areas' own unless given. Raises WardwiseError when no area has an outline.
    """
    chosen = filled(released, table)
    area, label, column = first(chosen, Role.AREA), first(chosen, Role.LABEL), measured(chosen, value)
    single = [row for row in chosen.rows if words(row[area.name]) and not is_sum(words(row[label.name]))]
    rows = [row for row in single if words(row[area.name]) in boundaries]
    if not rows:
        raise WardwiseError(
            "None of these areas has an outline.", where=chosen.title, next_step="Import boundary files for this area."
        )
    codes = [words(row[area.name]) for row in rows]
    projection = shapes.fit([boundaries[code] for code in codes], width=WIDTH - layers.KEY - 12, height=layers.HEIGHT)
    outlines = {code: projection.shape(boundaries[code]) for code in codes}
    over = {name: projection.shape(outline) for name, outline in (names or {}).items()}
    own = {words(row[label.name]): outlines[words(row[area.name])] for row in rows} if names is None else over
    placed = shapes.place(own, projection.width, projection.height)
    painted = _painted(chosen, rows, area, column, label)
    gap = not_drawn(rows, column, "area")
    lost = len(single) - len(rows)
    apart = f"{lost} more in the table without an outline." if lost > 0 else ""
    return Chart(
        spec=_spec(projection, outlines, over, painted, placed, chosen, column),
        alt=ranked_words(chosen, column, label, "", gap, what="Map"),
        title=title or released.title,
        subtitle=subtitle or chosen.title,
        source=source_line(released, [gap, apart]),
        table=chosen,
    )


def _painted(table: Table, rows: list[Row], area: Column, value: Column, label: Column) -> dict[str, dict[str, Any]]:
    """What each area looks like: its colour, whether it is hatched, and what it says when pointed at."""
    step, note = maybe(table, name="step"), maybe(table, Role.NOTE)
    known = {words(row[area.name]): v for row in rows if (v := drawn(row[value.name])) is not None}
    ranks = shapes.fifths(known)
    painted = {}
    for row in rows:
        code = words(row[area.name])
        given = drawn(row[step.name]) if step else None
        place = int(given) if given else ranks.get(code, 0)
        hidden, gone = row[value.name] is SUPPRESSED, row[value.name] is MISSING
        painted[code] = {
            "step": place if code in known else 0,
            "value": known.get(code),
            "fill": STEPS[place - 1] if code in known and place else PAPER,
            "hatch": hidden or (note is not None and words(row[note.name]) == "few"),
            "kind": _HIDDEN if hidden else _MISSING if gone or code not in known else "",
            "says": f"{cell(row[label.name], label)}: {cell(row[value.name], value)}",
        }
    return painted


def _spec(
    projection: shapes.Projection,
    outlines: Mapping[str, Any],
    over: Mapping[str, Any],
    painted: Mapping[str, Mapping[str, Any]],
    placed: tuple[shapes.Name, ...],
    table: Table,
    value: Column,
) -> dict[str, Any]:
    areas = [shapes.feature(outlines[code], **paint) for code, paint in painted.items()]
    lines = [
        shapes.feature(shapes.hatching(outlines[code]), line=layers.line(paint["step"]))
        for code, paint in painted.items()
        if paint["hatch"]
    ]
    drawn_ = [layers.outlines(areas, {"stroke": PAPER if over else GREY, "strokeWidth": 0.7}, filled=True)]
    drawn_ += [layers.hatched(lines)] if lines else []
    return layers.page(projection, [*drawn_, *layers.borders(over)], placed, _key(painted, placed, table, value))


def _key(
    painted: Mapping[str, Mapping[str, Any]], placed: tuple[shapes.Name, ...], table: Table, value: Column
) -> list[dict[str, Any]]:
    """The lines of the key from the top: the unit, the steps with the values they hold, marks, numbered names."""
    unit = value.unit or value.title
    entries: list[dict[str, Any]] = [{"text": unit[:1].upper() + unit[1:]}]
    for step in range(5, 0, -1):
        held = sorted(p["value"] for p in painted.values() if p["step"] == step)
        if held:
            low, high = (cell(v, value) for v in (held[0], held[-1]))
            entries.append({"fill": STEPS[step - 1], "text": low if low == high else f"{low} to {high}"})
    kinds = {paint["kind"] for paint in painted.values()}
    few = any(paint["hatch"] and not paint["kind"] for paint in painted.values())
    entries += [{"fill": STEPS[1], "text": _FEW, "hatch": True}] if few else []
    entries += [{"fill": PAPER, "text": _HIDDEN, "hatch": True}] if _HIDDEN in kinds else []
    entries += [{"fill": PAPER, "text": _MISSING}] if _MISSING in kinds else []
    return entries + [{"text": f"{name.text}  {name.stands_for}"} for name in placed if name.stands_for]
