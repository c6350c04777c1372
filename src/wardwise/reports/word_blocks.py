"""Each kind of block in Word."""

from __future__ import annotations

import io
from typing import Any

from wardwise.charts import render

from . import captions, word_table
from .document import (
    Bullets,
    Callout,
    Caveats,
    ChartBlock,
    Contents,
    Fact,
    Heading,
    HowWeKnow,
    KeyFacts,
    Lines,
    NumberedParagraph,
    PageBreak,
    Paragraph,
    Sources,
    TableBlock,
    Text,
    spans,
)
from .document import HeaderCell as Head
from .numbering import Numbered
from .word_numbering import Numbering
from .word_parts import Bookmarks, begin_field, describe, end_field, field, link
from .word_styles import (
    ASIDE,
    CALLOUT,
    CONTENTS_TITLE,
    FACT,
    FIGURE,
    LEAD,
    LINE,
    NUMBERED,
    SOURCE,
    TEXT_LINK,
    VERDICT,
)

BODY = "_Body"
"""The bookmark around everything after the first page."""


class Writer:
    """Appends blocks to one Word file. width: of the text, in EMU."""

    def __init__(self, file: Any, everything: tuple[Numbered, ...], numbering: Numbering | None) -> None:
        self.file, self.everything, self.numbering = file, everything, numbering
        self.marks = Bookmarks()
        self.titles = {one.id: one for one in everything if one.id}
        section = file.sections[0]
        self.width = section.page_width - section.left_margin - section.right_margin
        self.break_next = False
        self.first_page = any(one.compact for one in everything)

    def add(self, one: Numbered) -> None:
        match one.block:
            case Heading() as heading:
                self._heading(heading, one)
            case Paragraph(text):
                self.words(self._paragraph(), text)
            case NumberedParagraph(text):
                paragraph = self._paragraph(NUMBERED)
                self.words(paragraph, text)
                if self.numbering and one.number:
                    self.numbering.apply(paragraph, one.number, one.depth)
            case Callout(text):
                self.words(self._paragraph(CALLOUT), text)
            case Bullets(items, small):
                for item in items:
                    self._bullet(item, small=small)
            case Contents() as contents:
                self._contents(contents)
            case KeyFacts(items):
                self.facts(items)
            case Lines() as lines:
                self._lines(lines)
            case ChartBlock() as block:
                self._chart(block, one)
            case TableBlock() as block:
                self._caption("Table", one, block.caption)
                word_table.add(self.file, block, self.width)
            case Caveats(items, title) | Sources(items, title):
                self._list(title, items)
            case HowWeKnow() as known:
                self._how_we_know(known)
            case PageBreak():
                self.break_next = True

    def finish(self) -> None:
        """End what was begun over several blocks."""
        self.marks.close(self.file.paragraphs[-1], BODY)

    def _paragraph(self, style: str = "Normal") -> Any:
        paragraph = self.file.add_paragraph(style=style)
        if self.break_next:
            paragraph.paragraph_format.page_break_before = True
            self.break_next = False
        return paragraph

    def words(self, paragraph: Any, text: Text) -> None:
        for span in spans(text):
            if span.target:
                link(paragraph, self.marks.name(span.target), span.text, TEXT_LINK)
            else:
                paragraph.add_run(span.text).bold = True if span.bold else None

    def facts(self, items: tuple[Fact, ...]) -> None:
        for fact in items:
            paragraph = self._paragraph(FACT)
            paragraph.add_run(f"{fact.label}\t").bold = True
            paragraph.add_run(f"{fact.value} ({fact.note})" if fact.note else fact.value)

    def _heading(self, heading: Heading, one: Numbered) -> None:
        from docx.shared import Pt

        paragraph = self._paragraph(f"Heading {heading.level}")
        paragraph.add_run(heading.text)
        if self.numbering and one.number:
            self.numbering.apply(paragraph, one.number, one.depth)
        if one.compact:
            form = paragraph.paragraph_format
            form.space_before, form.space_after = Pt(8), Pt(1)
            paragraph.runs[0].font.size = Pt(13)
        elif self.first_page:
            self.first_page = False
            self.marks.open(paragraph, BODY)
        self.marks.mark(paragraph, one.id)

    def _contents(self, contents: Contents) -> None:
        self._paragraph(CONTENTS_TITLE).add_run(contents.title)
        listed = [
            o
            for o in self.everything
            if isinstance(o.block, Heading) and o.block.level <= contents.depth and not o.compact
        ]
        # The headings of the first page stand before the contents: the field lists what lies inside a bookmark that begins after it.
        within = f" \\b {BODY}" if self.first_page else ""
        paragraph = None
        for place, one in enumerate(listed):
            assert isinstance(one.block, Heading)
            paragraph = self._paragraph(f"TOC {one.block.level}")
            if place == 0:
                begin_field(paragraph, f'TOC \\o "1-{contents.depth}" \\h \\z \\u{within}', stale=True)
            # No page number yet: a wrong one is worse than none. Word writes the right ones when it opens the file.
            text = f"{one.number}\t{one.block.text}" if one.number else one.block.text
            link(paragraph, self.marks.name(one.id), text)
        if paragraph is not None:
            end_field(paragraph)

    def _lines(self, lines: Lines) -> None:
        for line in lines.items:
            paragraph = self._paragraph(LINE)
            self.words(paragraph, line.text)
            if line.verdict:
                paragraph.add_run("  ")
                paragraph.add_run(line.verdict, style=VERDICT)
            if line.target:
                paragraph.add_run("  ")
                link(paragraph, self.marks.name(line.target), "Page", TEXT_LINK)
                paragraph.add_run("\u00a0")
                field(paragraph, f"PAGEREF {self.marks.name(line.target)} \\h", "", stale=True)
            if line.know:
                paragraph.add_run("  ")
                link(paragraph, self.marks.name(line.know), "How do we know?", TEXT_LINK)

    def _caption(self, kind: str, one: Numbered, words: str) -> None:
        paragraph = self._paragraph("Caption")
        paragraph.add_run(f"{kind} ")
        field(paragraph, f"SEQ {kind} \\* ARABIC", one.number)
        paragraph.add_run(f": {words}")
        self.marks.mark(paragraph, one.id)

    def _chart(self, block: ChartBlock, one: Numbered) -> None:
        chart = block.chart
        self._caption("Figure", one, block.caption or chart.title)
        if chart.subtitle:
            self._paragraph(LEAD).add_run(chart.subtitle)
        picture = self._paragraph(FIGURE).add_run().add_picture(io.BytesIO(render.png(chart)), width=self.width)
        describe(picture, chart.alt, captions.figure(one.number, block.caption or chart.title), int(one.number))
        under = self._paragraph(SOURCE)
        under.add_run(chart.source)
        if block.data:
            under.add_run("  ")
            link(under, self.marks.name(block.data), f"Data: table\u00a0{self.titles[block.data].number}", TEXT_LINK)
            under.add_run(".")

    def _bullet(self, text: Text, *, small: bool) -> None:
        from docx.shared import Pt

        paragraph = self._paragraph("List Bullet")
        self.words(paragraph, text)
        for run in paragraph.runs if small else ():
            run.font.size = Pt(9)

    def _list(self, title: str, items: tuple[str, ...]) -> None:
        if not items:
            return
        head = self._paragraph(ASIDE)
        head.add_run(title)
        for item in items:
            self._paragraph("List Bullet").add_run(item)

    def _how_we_know(self, known: HowWeKnow) -> None:
        self._list_title(known)
        rows = tuple((k.what, k.value, k.figure) for k in known.items)
        block = TableBlock(
            known.title, (Head("Number"), Head("Value"), Head("Figure id")), rows, small=True, breakable=(2,)
        )
        table = word_table.add(self.file, block, self.width)
        for item, row in zip(known.items, list(table.rows)[1:], strict=True):
            if item.id:
                self.marks.mark(row.cells[0].paragraphs[0], item.id)

    def _list_title(self, known: HowWeKnow) -> None:
        if known.title:
            self._paragraph("Caption").add_run(known.title)
        self._paragraph(LEAD).add_run(known.intro)
