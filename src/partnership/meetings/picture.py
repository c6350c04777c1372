"""The structure as a picture: boxes from left to right by level, a line to every group reported to. SVG without script or style."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from .structure import Place, Structure

WIDE, TALL, GAP, APART, EDGE = 250, 58, 10, 40, 12
"""A box, the space between boxes and between levels, and the border, in units of the picture."""
LINE, DARK, BLUE = "#505a5f", "#0b0c0c", "#1d70b8"
TYPE = "Source Sans Pro, Arial, Helvetica, sans-serif"
LONGEST = 29
"""Letters in one line of a box at 16 units."""
ACROSS = 4
"""Boxes in a row of groups that no line leads to or from."""


@dataclass(frozen=True)
class Box:
    place: Place
    x: float
    y: float


def draw(shown: Structure, title: str) -> str:
    """The picture. Lines to a second or third group are dashed, and so are boxes of groups that end on a set day."""
    boxes = {box.place.group.pk: box for box in _boxes(shown)}
    wide = max((box.x for box in boxes.values()), default=0) + WIDE + EDGE
    tall = max((box.y for box in boxes.values()), default=0) + TALL + EDGE
    lines = "".join(_lines(shown, boxes))
    drawn = "".join(_box(box) for box in boxes.values())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {wide:g} {tall:g}" width="{wide:g}" height="{tall:g}"'
        f' font-family="{TYPE}" font-size="16"><title>{escape(title)}</title>'
        f'<rect width="100%" height="100%" fill="#ffffff"/>{lines}{drawn}</svg>'
    )


def _boxes(shown: Structure) -> Iterator[Box]:
    row = 0

    def put(place: Place, level: int) -> list[Box]:
        nonlocal row
        made = [box for below in place.below for box in put(below, level + 1)]
        own = [box.y for box in made if box.place in place.below]
        y = (own[0] + own[-1]) / 2 if own else EDGE + row * (TALL + GAP)
        row += not own
        return [Box(place, EDGE + level * (WIDE + APART), y), *made]

    reported_to = {other.pk for place in shown.all() for other in place.also}
    alone = [top for top in shown.tops if not top.below and not top.also and top.group.pk not in reported_to]
    for top in shown.tops:
        if top not in alone:
            yield from put(top, 0)
    for number, top in enumerate(alone):
        down, across = divmod(number, ACROSS)
        yield Box(top, EDGE + across * (WIDE + APART), EDGE + (row + 0.5 + down) * (TALL + GAP))


def _lines(shown: Structure, boxes: dict[int, Box]) -> Iterator[str]:
    for place in shown.all():
        child = boxes[place.group.pk]
        for below in place.below:
            yield _line(boxes[below.group.pk], child)
        for other in place.also:
            yield _line(child, boxes[other.pk], dashed=True)


def _line(child: Box, parent: Box, *, dashed: bool = False) -> str:
    """From the left of the lower box to the right of the one it reports to; round the side when they share a level."""
    x1, y1, y2 = child.x, child.y + TALL / 2, parent.y + TALL / 2
    x2 = parent.x + WIDE
    bend = APART / 2 if x1 > x2 else -APART / 2
    x2, end = (x2, -bend) if x1 > x2 else (parent.x, bend)
    path = f"M{x1:g} {y1:g}C{x1 - abs(bend):g} {y1:g} {x2 - end:g} {y2:g} {x2:g} {y2:g}"
    broken = ' stroke-dasharray="6 4"' if dashed else ""
    return f'<path d="{path}" fill="none" stroke="{LINE}" stroke-width="1.5"{broken}/>'


def _box(box: Box) -> str:
    group = box.place.group
    broken = ' stroke-dasharray="6 4"' if group.sunset else ""
    lines = textwrap.wrap(group.name, LONGEST)
    if len(lines) > 3:
        lines = [*lines[:2], textwrap.shorten(" ".join(lines[2:]), LONGEST, placeholder=" …")]
    first = box.y + TALL / 2 + 5 - 8.5 * (len(lines) - 1)
    marks = ", ".join(str(number) for number in box.place.notes)
    words = "".join(
        f'<text x="{box.x + 12:g}" y="{first + 17 * place:g}" fill="{DARK}">{escape(line)}'
        + (f'<tspan dy="-5" font-size="11"> {marks}</tspan>' if marks and place == len(lines) - 1 else "")
        + "</text>"
        for place, line in enumerate(lines)
    )
    return (
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{WIDE}" height="{TALL}" fill="#ffffff" stroke="{BLUE}"'
        f' stroke-width="1.5"{broken}/><rect x="{box.x:g}" y="{box.y:g}" width="5" height="{TALL}" fill="{BLUE}"/>{words}'
    )
