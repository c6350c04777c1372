"""A document: what it is called, whom it is for, and its blocks in reading order. It knows nothing about crime or file formats.

A product composes blocks; `word`, `html` and `pdf` write the same document. Every text in a block is plain text: a writer
never reads it as markup.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from wardwise.charts.chart import Chart
from wardwise.records.errors import WardwiseError

from .legible import legible


@dataclass(frozen=True)
class Span:
    """A run of words. target: the id of a block in this document that the words lead to."""

    text: str
    bold: bool = False
    target: str = ""


Text = str | Sequence[Span]


@dataclass(frozen=True)
class Heading:
    """level 1 to 3. id: what other blocks link to. numbered False keeps the number off in a numbered document."""

    level: int
    text: str
    id: str = ""
    numbered: bool = True


@dataclass(frozen=True)
class Paragraph:
    text: Text


@dataclass(frozen=True)
class NumberedParagraph:
    """A paragraph of the committee template. Its number (6.1.1) follows from the headings above it."""

    text: Text


@dataclass(frozen=True)
class Bullets:
    """small: detail for those who look it up, printed in smaller type."""

    items: tuple[Text, ...]
    small: bool = False


@dataclass(frozen=True)
class Contents:
    """The list of headings. depth: down to which level."""

    title: str = "Contents"
    depth: int = 2


@dataclass(frozen=True)
class ChartBlock:
    """A chart with its caption above it and its source below.

    caption: the finding; the chart's own title unless given. print_table: where the data go on paper: “below” the chart, in the
    “appendix”, or “none” when the table is already in the text. On a page the data are always one click away. data: filled for
    print, the id of that table.
    """

    chart: Chart
    caption: str = ""
    print_table: str = "appendix"
    id: str = ""
    data: str = ""


@dataclass(frozen=True)
class HeaderCell:
    """unit is shown under the title, smaller. numeric columns are set right."""

    title: str
    unit: str = ""
    numeric: bool = False


@dataclass(frozen=True)
class TableBlock:
    """A table whose cells are already words. The first column holds the row's name.

    total_rows: numbers of the rows (from 0) set in bold. notes: keys such as “[c] hidden …”. small: set smaller, for appendices.
    breakable: numbers of the columns whose long words may be broken anywhere, such as figure ids. beside: the id of a chart or table
    before it that comes from the same sources, which are not said again; a table without a caption holds that chart's numbers.
    """

    caption: str
    header: tuple[HeaderCell, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str = ""
    notes: tuple[str, ...] = ()
    total_rows: tuple[int, ...] = ()
    small: bool = False
    breakable: tuple[int, ...] = ()
    id: str = ""
    beside: str = ""

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.header):
                raise WardwiseError(
                    f"A row has {len(row)} cells and the table has {len(self.header)} columns.", where=self.caption
                )


@dataclass(frozen=True)
class Fact:
    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class KeyFacts:
    """A short list of names and values, such as area, period and audience."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Callout:
    """The finding of a section as a sentence, set apart."""

    text: Text


@dataclass(frozen=True)
class Line:
    """One line of the first page. verdict: a word or two on how firm it is (“Real change”). target, know: ids of the section
    and of the “how do we know?” entry that the line leads to."""

    text: Text
    verdict: str = ""
    target: str = ""
    know: str = ""


@dataclass(frozen=True)
class Lines:
    items: tuple[Line, ...]


@dataclass(frozen=True)
class Caveats:
    items: tuple[str, ...]
    title: str = "What to keep in mind"


@dataclass(frozen=True)
class Sources:
    items: tuple[str, ...]
    title: str = "Sources"


@dataclass(frozen=True)
class Known:
    """One figure and its road back. id: what a line's `know` names. figure: the figure's id, for `wardwise explain`."""

    what: str
    value: str
    figure: str
    id: str = ""


@dataclass(frozen=True)
class HowWeKnow:
    """The list of figures at the end, each with the id that leads back to its source rows."""

    items: tuple[Known, ...]
    title: str = "How do we know?"
    intro: str = "Each number below can be traced to its source rows: run wardwise explain with its figure id."


@dataclass(frozen=True)
class PageBreak:
    """A new page on paper; nothing on a screen."""


Block = (
    Heading
    | Paragraph
    | NumberedParagraph
    | Bullets
    | Contents
    | ChartBlock
    | TableBlock
    | KeyFacts
    | Callout
    | Lines
    | Caveats
    | Sources
    | HowWeKnow
    | PageBreak
)


@dataclass(frozen=True)
class Document:
    """audience: “analyst”, “partnership” or “public”. period: in words. numbered: paragraphs and headings carry the numbers of
    the committee template, the first section being `first_number`. short: set in smaller type and narrower margins, with what stands under
    the title in one line. beyond: blocks that the web page adds after the others, and paper leaves to it."""

    title: str
    subtitle: str
    area: str
    period: str
    audience: str
    date: datetime.date
    blocks: tuple[Block, ...]
    owner: str = ""
    language: str = "en-GB"
    synthetic: bool = False
    numbered: bool = False
    first_number: int = 1
    short: bool = False
    beyond: tuple[Block, ...] = ()

    def __post_init__(self) -> None:
        for name in ("title", "subtitle", "area", "period", "owner", "blocks", "beyond"):
            object.__setattr__(self, name, legible(getattr(self, name)))
        ids, added = list(_ids(self.blocks)), list(_ids(self.beyond))
        twice = sorted({name for name in ids + added if (ids + added).count(name) > 1})
        if twice:
            raise WardwiseError("Two blocks of the document have the same id.", where=", ".join(twice))
        missing = sorted({*targets(self.blocks)} - {*ids} | {*targets(self.beyond)} - {*ids, *added})
        if missing:
            raise WardwiseError("The document links to a block it does not have.", where=", ".join(missing))
        level = 0
        for heading in self.headings:
            if heading.level > level + 1 or not 1 <= heading.level <= 3:
                raise WardwiseError("A heading skips a level.", where=heading.text)
            level = heading.level

    @property
    def headings(self) -> tuple[Heading, ...]:
        return tuple(block for block in (*self.blocks, *self.beyond) if isinstance(block, Heading))

    def on_a_page(self) -> Document:
        """The document as a web page has it: with what paper leaves to it."""
        return replace(self, blocks=(*self.blocks, *self.beyond), beyond=()) if self.beyond else self


def _ids(blocks: Sequence[Block]) -> Iterator[str]:
    """The ids that links may lead to."""
    for block in blocks:
        if isinstance(block, Heading | ChartBlock | TableBlock) and block.id:
            yield block.id
        elif isinstance(block, HowWeKnow):
            yield from (item.id for item in block.items if item.id)


def spans(text: Text) -> tuple[Span, ...]:
    return (Span(text),) if isinstance(text, str) else tuple(text)


def targets(blocks: Sequence[Block]) -> Iterator[str]:
    """Every id that some words lead to."""
    for block in blocks:
        texts: list[Text] = []
        if isinstance(block, Paragraph | NumberedParagraph | Callout):
            texts = [block.text]
        elif isinstance(block, Bullets):
            texts = list(block.items)
        elif isinstance(block, Lines):
            texts = [line.text for line in block.items]
            yield from (name for line in block.items for name in (line.target, line.know) if name)
        yield from (span.target for text in texts for span in spans(text) if span.target)
