"""A report as it is read: passages and tables in order, each with the heading above it and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NUMBERED = re.compile(r"^[-–•*\s]*(\d+(?:\.\d+)+[a-z]?)\s+(.*)$", re.DOTALL)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-Z0-9“'(])")


@dataclass(frozen=True)
class Passage:
    """One paragraph. place: its number where it has one, else its line or order, as a reader would look for it."""

    text: str
    heading: str
    place: str
    order: int

    def sentences(self) -> list[str]:
        return [part.strip() for part in _SENTENCE.split(self.text) if part.strip()]


@dataclass(frozen=True)
class Grid:
    """One table as printed. heading: the one above it. caption: the line just before it."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    heading: str
    place: str
    order: int


@dataclass(frozen=True)
class Text:
    """name: the file's. Passages and grids carry their order in the whole."""

    name: str
    passages: tuple[Passage, ...]
    grids: tuple[Grid, ...]

    def before(self, order: int, many: int = 3) -> list[Passage]:
        """The passages just before a place, the nearest first."""
        return [p for p in reversed(self.passages) if p.order < order][:many]

    def section(self, heading: str) -> list[Passage]:
        return [p for p in self.passages if p.heading == heading]


@dataclass(frozen=True)
class Line:
    """A paragraph or a table's row, before it is known which heading it stands under. cells: of a row; else empty."""

    text: str
    at: str
    cells: tuple[str, ...] = ()
    heading: bool = False


def assemble(name: str, lines: list[Line]) -> Text:
    """Put lines together: rows that follow each other are one table, a short numbered or plain title is a heading."""
    passages: list[Passage] = []
    grids: list[Grid] = []
    heading = ""
    for order, group in enumerate(_groups(lines)):
        first = group[0]
        if first.cells:
            grids.append(_grid(group, passages, heading, order))
        elif first.heading or is_heading(first.text):
            heading = numbered(first.text)[1]
            passages.append(Passage(first.text.strip(), heading, first.at, order))
        else:
            number, text = numbered(first.text)
            passages.append(Passage(text, heading, f"paragraph {number}" if number else first.at, order))
    return Text(name, tuple(passages), tuple(grids))


def _groups(lines: list[Line]) -> Iterator[list[Line]]:
    held: list[Line] = []
    for line in lines:
        if line.cells and held and len(held[0].cells) == len(line.cells):
            held.append(line)
            continue
        if held:
            yield held
        held = [line] if line.cells else []
        if not line.cells:
            yield [line]
    if held:
        yield held


def _grid(rows: list[Line], passages: list[Passage], heading: str, order: int) -> Grid:
    """Rows before the first number are a caption (one cell) or the headings of the columns, put together column by column."""
    cells = [row.cells for row in rows]
    first = next((i for i, row in enumerate(cells) if any(is_count(cell) for cell in row[1:])), 0)
    near = passages[-1].text if passages and passages[-1].order >= order - 2 else ""
    caption = " ".join([near, *(row[0] for row in cells[:first] if not any(row[1:]))]).strip()
    tops = [row for row in cells[:first] if any(row[1:])]
    header = tuple(" ".join(filter(None, column)) for column in zip(*tops, strict=True)) if tops else ()
    return Grid(caption, header, tuple(cells[first:]), heading, f"table at {rows[0].at}", order)


def is_count(cell: str) -> bool:
    """A number of things; a year on its own is a heading."""
    plain = cell.replace(",", "").strip()
    return bool(re.fullmatch(r"[+−-]?\s*\d+(\.\d+)?%?", plain)) and not re.fullmatch(r"(19|20)\d\d", plain)


def numbered(text: str) -> tuple[str, str]:
    """A paragraph's number and its words."""
    found = _NUMBERED.match(text)
    return (found[1], found[2].strip()) if found else ("", re.sub(r"^[-–•*]\s+", "", text).strip())


def is_heading(text: str) -> bool:
    """A short line that ends like no sentence, begins with a capital and holds no figure but its own number."""
    words = numbered(text)[1]
    short = 2 <= len(words) <= 70 and len(words.split()) <= 9
    return short and words[0].isupper() and words[-1] not in ".,;:?!)" and not re.search(r"\d", words)
