"""Puts a product together: its declaration and its released findings become a document's blocks, in reading order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from wardwise.charts.chart import Chart
from wardwise.disclosure import Released
from wardwise.records.errors import WardwiseError
from wardwise.reports import document as d
from wardwise.reports.tables import table as table_block
from wardwise.reports.words import say_all

from .definition import Block, Product, Section
from .settings import Settings

Draw = Callable[..., Chart]
Answers = Mapping[str, Released]


def section_blocks(
    section: Section,
    product: Product,
    answers: Answers,
    settings: Settings,
    words: Mapping[str, str],
    draw: Mapping[str, Draw],
) -> Iterator[d.Block]:
    """The blocks of one section: heading, its law, its text, the partnership's own text, then each answer.

    A section none of whose questions could be answered says so and what would fill it.
    """
    yield d.Heading(section.level, section.title, section.id)
    paragraph = d.NumberedParagraph if product.style == "committee" else d.Paragraph
    own = settings.text.get(product.product, {}).get(section.id, ())
    for text in (*section.text, *own):
        yield paragraph(text.format_map(words))
    answered = [block for block in section.blocks if block.name in answers]
    for block in answered:
        yield from _answer(block, answers[block.name], section, product, draw)
    if not answered and not own and section.needs:
        yield d.Callout(section.needs)


def _answer(
    block: Block, released: Released, section: Section, product: Product, draw: Mapping[str, Draw]
) -> Iterator[d.Block]:
    if block.title:
        yield d.Heading(section.level + 1, block.title, block.name)
    sentences = say_all(released) if "statements" in block.show else ()
    if product.style == "committee":
        yield from (d.NumberedParagraph(sentence) for sentence in sentences)
    elif sentences:
        yield d.Callout(sentences[0])
        if sentences[1:]:
            yield d.Bullets(sentences[1:])
    tables = _tables(block, released)
    if block.chart and "chart" in block.show:
        yield _chart(block, released, draw, shown=block.chart_table in {name for name in tables if name})
    for name in tables:
        caption = block.table_title if name == tables[0] else ""
        notes = (released.key,) if released.key else ()
        if released.table(name).rows:
            yield table_block(released, name, caption=caption, notes=notes)
    if released.caveats:
        yield d.Caveats(released.caveats)


def _tables(block: Block, released: Released) -> tuple[str, ...]:
    if "table" not in block.show:
        return ()
    return block.tables or tuple(released.tables)[:1]


def _chart(block: Block, released: Released, draw: Mapping[str, Draw], *, shown: bool) -> d.ChartBlock:
    if block.chart not in draw:
        raise WardwiseError(
            f"There is no chart called “{block.chart}”.",
            where=f"block {block.name}",
            next_step=f"Use one of: {', '.join(sorted(draw))}.",
        )
    chart = draw[block.chart](released, block.chart_table)
    return d.ChartBlock(chart, print_table="none" if shown else "appendix", id=f"{block.name}-chart")


def cover_blocks(product: Product, settings: Settings, words: Mapping[str, str]) -> Iterator[d.Block]:
    """The committee's cover lines, from the partnership's settings where they say otherwise."""
    if product.cover:
        own = settings.cover.get(product.product, {})
        yield d.KeyFacts(tuple(d.Fact(i.title, own.get(i.key, i.text).format_map(words)) for i in product.cover))


def closing_blocks(product: Product, settings: Settings, words: Mapping[str, str]) -> Iterator[d.Block]:
    """The template's closing lines (legal, risk, equality …), each a numbered heading with its answer."""
    own = settings.cover.get(product.product, {})
    for item in product.closing:
        yield d.Heading(1, item.title, item.key)
        yield d.NumberedParagraph(own.get(item.key, item.text).format_map(words))


def front_blocks(product: Product, answers: Answers) -> Iterator[d.Block]:
    """The first page: a few lines under each heading, every line leading to its section."""
    for part in product.front:
        yield d.Heading(1, part.title, f"front-{part.title.lower().replace(' ', '-')}", numbered=False)
        released = answers.get(part.block)
        sentences = say_all(released)[: part.most] if released else ()
        if sentences:
            yield d.Lines(tuple(d.Line(sentence, target=part.section) for sentence in sentences))
        else:
            yield d.Lines((d.Line(part.lacking or "Nothing is held that could answer this.", target=part.section),))


def sources_of(answers: Answers) -> tuple[str, ...]:
    """Every source named by an answer, once, in order."""
    return tuple(dict.fromkeys(source for released in answers.values() for source in released.sources))


def methods_of(answers: Answers) -> tuple[str, ...]:
    """Every method named by an answer, once, in order."""
    return tuple(dict.fromkeys(released.method for released in answers.values() if released.method))


def figures_of(product: Product, answers: Answers) -> tuple[d.Known, ...]:
    """Every figure shown, with what it is, its value as shown and its id, once."""
    from wardwise.records.findings import Role
    from wardwise.records.shown import cell

    found: dict[str, d.Known] = {}
    for block in product.blocks():
        released = answers.get(block.name)
        for table in released.tables.values() if released else ():
            for column in table.having(Role.FIGURE):
                counted = table.column(column.of[0]) if column.of else None
                for row in table.rows:
                    figure: Any = row.get(column.name)
                    if isinstance(figure, str) and figure and counted is not None:
                        what = f"{_label(table, row)}: {counted.title}"
                        found.setdefault(figure, d.Known(what, cell(row[counted.name], counted), figure))
    return tuple(found.values())


def _label(table: Any, row: Mapping[str, Any]) -> str:
    from wardwise.records.findings import Role

    names = [str(row[c.name]) for c in table.columns if c.role in (Role.LABEL, Role.PERIOD) and c.name in row]
    return ", ".join(names) or table.title
