"""Puts a product together: its declaration and its released findings become a document's blocks, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wardwise.analysis.pairs import METHOD as COMPARED
from wardwise.disclosure import Released
from wardwise.records.errors import WardwiseError
from wardwise.reports import document as d
from wardwise.reports.tables import table as table_block
from wardwise.reports.words import say_all

from .definition import Block, Product, Section
from .pictures import Draw
from .settings import Settings

Answers = Mapping[str, Released]


@dataclass(frozen=True)
class Parts:
    """What a document is put together from. words: what {area}, {period} … stand for in declared text."""

    product: Product
    answers: Answers
    settings: Settings
    words: Mapping[str, str]
    draw: Mapping[str, Draw]

    def own_text(self, section: Section) -> tuple[str, ...]:
        return tuple(self.settings.text.get(self.product.product, {}).get(section.id, ()))

    def answered(self, section: Section) -> list[Block]:
        return [block for block in section.blocks if block.name in self.answers]

    def cover(self, key: str, otherwise: str) -> str:
        return self.settings.cover.get(self.product.product, {}).get(key, otherwise.format_map(self.words))

    @property
    def numbered(self) -> bool:
        return self.product.style == "committee"


def sections(parts: Parts) -> Iterator[d.Block]:
    """Every section in order. A caveat is said once, in the first section that needs it."""
    said: set[str] = set()
    for section in parts.product.sections:
        yield from section_blocks(section, parts)
        caveats = [c for block in parts.answered(section) for c in parts.answers[block.name].caveats]
        fresh = [c for c in dict.fromkeys(caveats) if c not in said]
        said.update(fresh)
        if fresh:
            yield d.Caveats(tuple(fresh))


def section_blocks(section: Section, parts: Parts) -> Iterator[d.Block]:
    """The blocks of one section: heading, its text, the partnership's own text, then each answer.

    A section none of whose questions could be answered says so and what would fill it.
    """
    yield d.Heading(section.level, section.title, section.id)
    paragraph = d.NumberedParagraph if parts.numbered else d.Paragraph
    for text in (*(t.format_map(parts.words) for t in section.text), *parts.own_text(section)):
        yield paragraph(text)
    answered = parts.answered(section)
    for block in answered:
        yield from _answer(block, section, parts)
    if not answered and not parts.own_text(section) and section.needs:
        yield paragraph(section.needs) if parts.numbered else d.Callout(section.needs)


def _answer(block: Block, section: Section, parts: Parts) -> Iterator[d.Block]:
    released = parts.answers[block.name]
    if block.title and block.show:
        yield d.Heading(section.level + 1, block.title, f"question-{block.name}")
    yield from _sentences(block, released, parts)
    tables = block.tables or tuple(released.tables)[:1] if "table" in block.show else ()
    if block.chart and "chart" in block.show:
        drawn = block.chart_table or next(iter(released.tables))
        yield from _chart(block, parts, "none" if drawn in tables else "appendix")
    notes = tuple(filter(None, (released.key, released.rounding)))
    for name in tables:
        if released.table(name).rows:
            caption = block.table_title if name == tables[0] else ""
            yield table_block(released, name, caption=caption, columns=block.columns, notes=notes)


def _sentences(block: Block, released: Released, parts: Parts) -> Iterator[d.Block]:
    sentences = say_all(released)[: block.most] if "statements" in block.show else ()
    if parts.numbered:
        yield from (d.NumberedParagraph(sentence) for sentence in sentences)
    elif sentences:
        yield d.Callout(sentences[0])
        if sentences[1:]:
            yield d.Bullets(sentences[1:])


def _chart(block: Block, parts: Parts, print_table: str) -> Iterator[d.Block]:
    if block.chart not in parts.draw:
        raise WardwiseError(
            f"There is no chart called “{block.chart}”.",
            where=f"block {block.name}",
            next_step=f"Use one of: {', '.join(sorted(parts.draw))}.",
        )
    chart = parts.draw[block.chart](parts.answers[block.name], block.chart_table)
    if chart is not None:
        yield d.ChartBlock(chart, print_table=print_table, id=f"{block.name}-chart")


def cover(parts: Parts) -> Iterator[d.Block]:
    """The committee's cover lines, from the partnership's settings where they say otherwise."""
    if parts.product.cover:
        facts = tuple(d.Fact(item.title, parts.cover(item.key, item.text)) for item in parts.product.cover)
        yield d.KeyFacts(facts)


def closing(parts: Parts) -> Iterator[d.Block]:
    """The template's closing lines (legal, risk, equality …), each a numbered heading with its answer."""
    for item in parts.product.closing:
        yield d.Heading(1, item.title, item.key)
        yield d.NumberedParagraph(parts.cover(item.key, item.text))


def front(parts: Parts) -> Iterator[d.Block]:
    """The first page: a few lines under each heading, every line leading to its section."""
    for part in parts.product.front:
        released = parts.answers.get(part.block)
        sentences = say_all(released)[: part.most] if released else ()
        lines = sentences or (part.lacking or "Nothing is held that could answer this.",)
        yield d.Heading(1, part.title, f"front-{part.title.lower().replace(' ', '-')}", numbered=False)
        yield d.Lines(tuple(d.Line(line, target=part.section) for line in lines))


def sources_of(answers: Answers) -> tuple[str, ...]:
    """Every source named by an answer, once, in order."""
    return tuple(dict.fromkeys(source for released in answers.values() for source in released.sources))


def methods_of(answers: Answers) -> tuple[str, ...]:
    """Every method named by an answer, once, in order; how counts are compared is shared by many, and stands first."""
    named = dict.fromkeys(released.method for released in answers.values() if released.method)
    own = dict.fromkeys(method.replace(COMPARED, "").strip() for method in named)
    shared = (COMPARED.strip(),) if any(COMPARED in method for method in named) else ()
    return (*shared, *filter(None, own))
