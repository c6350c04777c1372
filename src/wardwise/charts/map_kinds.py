"""A map of kinds, not amounts: each area's kind by tone and by a letter, so that it can be told without colour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wardwise.disclosure.released import Released
from wardwise.records.cells import SUPPRESSED
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Column, Role, Row, Table
from wardwise.records.shown import cell

from . import map_layers as layers
from . import map_shapes as shapes
from .alt_text import listed
from .chart import Chart
from .gate import filled
from .reading import count, first, not_drawn, source_line, words
from .theme import GREY, PAPER, STEPS, WIDTH, haloed

_APART = 11  # px between two letters, so that neither covers the other
_ROOM = 5.5  # px from a white letter's middle to the outline, so that it lies on its dark ground


_HEIGHT = 290  # px at most: no name is written on it, so it may be smaller than other maps, and two fit on a page


@dataclass(frozen=True)
class Look:
    """step: tone, 1 light to 5 dark, 0 for none. hatch: slanted lines, for what is low or cold."""

    letter: str
    step: int = 0
    hatch: bool = False


LOOKS = {
    "hotspot": Look("H", 5),
    "cold spot": Look("C", 0, hatch=True),
    "intensifying hotspot": Look("↑", 5),
    "persistent hotspot": Look("=", 4),
    "consecutive hotspot": Look("C", 4),
    "new hotspot": Look("N", 3),
    "diminishing hotspot": Look("↓", 3),
    "sporadic hotspot": Look("S", 2),
    "oscillating hotspot": Look("O", 2),
    "historical hotspot": Look("H", 1),
    "high in harm and number": Look("B", 5),
    "high in harm alone": Look("H", 4),
    "high in number alone": Look("N", 2),
    "high among high": Look("H", 5),
    "high among low": Look("A", 3),
    "low among high": Look("B", 1),
    "low among low": Look("L", 0, hatch=True),
}
"""How each kind looks; a cold spot of a kind has its letter on hatching. A kind that is not here is left white."""


_HIDDEN = Look("c")


def look(kind: str) -> Look | None:
    """None for a kind that does not stand out."""
    if kind.endswith("cold spot") and kind not in LOOKS:
        return Look(kind[:1].lower(), 0, hatch=True)
    return LOOKS.get(kind)


def kinds(
    released: Released,
    boundaries: Mapping[str, Any],
    table: str = "",
    *,
    names: Mapping[str, Any] | None = None,
    title: str = "",
    subtitle: str = "",
) -> Chart:
    """The map of one released table. Reads an AREA code, a LABEL and a VERDICT, the kind in words.

    boundaries: shapely outlines in degrees by code. names: outlines to draw over, such as wards. Raises WardwiseError when no area has
    an outline.
    """
    chosen = filled(released, table)
    area, label, kind = first(chosen, Role.AREA), first(chosen, Role.LABEL), first(chosen, Role.VERDICT)
    rows = [row for row in chosen.rows if words(row[area.name]) in boundaries]
    if not rows:
        raise WardwiseError(
            "None of these areas has an outline.", where=chosen.title, next_step="Import boundary files for this area."
        )
    outlines_ = [boundaries[words(row[area.name])] for row in rows]
    projection = shapes.fit([*outlines_, *(names or {}).values()], width=WIDTH - layers.KEY - 12, height=_HEIGHT)
    drawn_ = [(row, projection.shape(outline)) for row, outline in zip(rows, outlines_, strict=True)]
    over = {name: projection.shape(outline) for name, outline in (names or {}).items()}
    gap = not_drawn([row for row in rows if row[kind.name] is SUPPRESSED], kind, "area")
    return Chart(
        spec=layers.page(projection, _layers(drawn_, over, label, kind), (), _key(rows, kind)),
        alt=_words(chosen, label, kind, gap),
        title=title or released.title,
        subtitle=subtitle or chosen.title,
        source=source_line(released, [gap]),
        table=chosen,
        first_rows=_standing_out(chosen, kind),
    )


def _standing_out(table: Table, kind: Column) -> int:
    """Rows down to the last that stands out; those that do come first. At least one, so that none is told from all."""
    return max((at for at, row in enumerate(table.rows, 1) if look(words(row[kind.name]))), default=1)


def _layers(
    drawn_: list[tuple[Row, Any]], over: Mapping[str, Any], label: Column, kind: Column
) -> list[dict[str, Any]]:
    found = [
        (row, shape, _HIDDEN if row[kind.name] is SUPPRESSED else look(words(row[kind.name]))) for row, shape in drawn_
    ]
    areas = [
        shapes.feature(
            shape,
            fill=STEPS[each.step - 1] if each and each.step else PAPER,
            says=f"{cell(row[label.name], label)}: {cell(row[kind.name], kind)}",
        )
        for row, shape, each in found
    ]
    lines = [shapes.feature(shapes.hatching(shape), line=GREY) for _, shape, each in found if each and each.hatch]
    letters = _letters([(shape, each) for _, shape, each in found if each])
    made = [layers.outlines(areas, {"stroke": GREY, "strokeWidth": 0.7}, filled=True)]
    made += [layers.hatched(lines)] if lines else []
    return [*made, *layers.borders(over), *letters]


def _letters(found: list[tuple[Any, Look]]) -> list[dict[str, Any]]:
    """A letter in each area, larger areas first; none where it would cover another. In a dark area it is white where there is room."""
    taken: list[tuple[float, float]] = []
    dark: list[dict[str, Any]] = []
    light: list[dict[str, Any]] = []
    for shape, each in sorted(found, key=lambda pair: -pair[0].area):
        at_x, at_y, room = shapes.middle(shape)
        if any(abs(at_x - x) < _APART and abs(at_y - y) < _APART for x, y in taken):
            continue
        taken.append((at_x, at_y))
        (light if each.step >= 4 and room >= _ROOM else dark).append({"x": at_x, "y": at_y, "text": each.letter})
    made = haloed(layers.text(dark, align="center", baseline="middle", fontWeight=600)) if dark else []
    return made + (
        [layers.text(light, align="center", baseline="middle", fontWeight=600, color=PAPER)] if light else []
    )


def _key(rows: list[Row], kind: Column) -> list[dict[str, Any]]:
    present = list(dict.fromkeys(words(row[kind.name]) for row in rows))
    known = sorted((k for k in present if look(k)), key=lambda k: (-(look(k) or Look("")).step, k))
    entries: list[dict[str, Any]] = [{"text": kind.title}]
    for each in known:
        style = look(each) or Look("")
        fill = STEPS[style.step - 1] if style.step else PAPER
        entries.append({"fill": fill, "hatch": style.hatch, "text": f"{style.letter}  {each}"})
    rest = [k for k in present if k and not look(k)]
    entries += [{"fill": PAPER, "text": rest[0]}] if rest else []
    hidden = any(row[kind.name] is SUPPRESSED for row in rows)
    return entries + ([{"fill": PAPER, "text": "c  Hidden to protect people"}] if hidden else [])


def _words(table: Table, label: Column, kind: Column, gap: str) -> str:
    named: dict[str, list[str]] = {}
    for row in table.rows:
        if look(words(row[kind.name])):
            named.setdefault(words(row[kind.name]), []).append(cell(row[label.name], label))
    said = [f"{each}: {listed(areas)}" for each, areas in named.items()]
    plain = len(table.rows) - sum(map(len, named.values()))
    parts = (
        f"Map of {table.title}.",
        f"{'; '.join(said)}." if said else "No area stands out.",
        f"{count(plain, 'area')} without a mark.",
        gap,
    )
    return " ".join(part for part in parts if part)
