"""Numbers of the committee template, of figures and of tables, worked out once for all three writers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .document import Block, ChartBlock, Document, Heading, Lines, NumberedParagraph, TableBlock


@dataclass(frozen=True)
class Numbered:
    """A block with what a writer needs beside it. number: “6.1.1”, or the number of a figure or table. id: always filled for
    headings, figures and tables. depth: list level in the Word numbering (see `word_numbering`). compact: a heading of the first
    page, straight above its lines."""

    block: Block
    number: str = ""
    id: str = ""
    depth: int = 0
    compact: bool = False


class _Count:
    """Counts down the page. The template numbers “6.0 Performance”, “6.0.1” straight below it when subsections follow,
    “6.1 Violence” and “6.1.1” below that; a section without subsections numbers its paragraphs “1.1”."""

    def __init__(self, document: Document) -> None:
        self.numbered = document.numbered
        self.section, self.sub, self.paragraph = document.first_number - 1, 0, 0
        self.figures = self.tables = 0
        self.with_subsections = _with_subsections(document)
        self.index = -1
        self.split = False
        self.used: set[str] = set()
        self.known: dict[str, str] = {}

    def heading(self, block: Heading) -> tuple[str, int]:
        if block.level == 1:
            self.index += 1
        if not (self.numbered and block.numbered) or block.level > 2:
            return "", 0
        if block.level == 1:
            self.section, self.sub, self.paragraph = self.section + 1, 0, 0
            self.split = self.index in self.with_subsections
            return f"{self.section}.0", 0
        self.sub, self.paragraph = self.sub + 1, 0
        return f"{self.section}.{self.sub}", 1

    def next_paragraph(self) -> tuple[str, int]:
        self.paragraph += 1
        if self.sub:
            return f"{self.section}.{self.sub}.{self.paragraph}", 2
        if self.split:
            return f"{self.section}.0.{self.paragraph}", 3
        return f"{self.section}.{self.paragraph}", 1

    def identify(self, wanted: str, text: str) -> str:
        name = wanted or re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60] or "part"
        unique, i = name, 2
        while unique in self.used:
            unique, i = f"{name}-{i}", i + 1
        self.used.add(unique)
        return unique


def _with_subsections(document: Document) -> set[int]:
    section, found = -1, set()
    for heading in document.headings:
        if heading.level == 1:
            section += 1
        elif heading.level == 2 and heading.numbered:
            found.add(section)
    return found


def number(document: Document) -> tuple[Numbered, ...]:
    """Every block with its number and id, in order."""
    count = _Count(document)
    count.used = {b.id for b in document.blocks if isinstance(b, Heading | ChartBlock | TableBlock) and b.id}
    numbered = tuple(_one(count, block) for block in document.blocks)
    after = (*document.blocks[1:], None)
    return tuple(
        replace(one, compact=isinstance(one.block, Heading) and isinstance(following, Lines))
        for one, following in zip(numbered, after, strict=True)
    )


def _one(count: _Count, block: Block) -> Numbered:
    if isinstance(block, Heading):
        text, depth = count.heading(block)
        return Numbered(block, text, block.id or count.identify("", block.text), depth)
    if isinstance(block, NumberedParagraph):
        text, depth = count.next_paragraph()
        return Numbered(block, text, depth=depth)
    if isinstance(block, ChartBlock):
        count.figures += 1
        count.known[block.id] = f"figure {count.figures}"
        return Numbered(block, str(count.figures), block.id or count.identify("", f"figure-{count.figures}"))
    if isinstance(block, TableBlock):
        count.tables += 1
        count.known[block.id] = f"table {count.tables}"
        block = _beside(block, count.known.get(block.beside, ""))
        return Numbered(block, str(count.tables), block.id or count.identify("", f"table-{count.tables}"))
    return Numbered(block)


def _beside(block: TableBlock, other: str) -> TableBlock:
    """The table with its sources, and its caption where it has none, told by the number of the chart or table that it stands beside."""
    if not other:
        return block
    source = f"Source: as {other}." if block.source else ""
    return replace(block, caption=block.caption or f"The numbers behind {other}", source=source)
