"""A short product: paper that is read before a meeting, and a web page that adds the full record, so that nothing is lost.

On paper no source, method or caveat stands under each chart and table: a paragraph at the end says where the numbers come from, what to keep in
mind, and where the rest is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from wardwise.analysis.recording import events
from wardwise.analysis.words import GAP, gap_caveat, listed
from wardwise.disclosure import Released
from wardwise.reports import document as d
from wardwise.reports.captions import AUDIENCES
from wardwise.reports.tables import source_line
from wardwise.reports.tables import table as table_block
from wardwise.reports.words import say_all

from . import compose
from .definition import Block
from .known import printed

RECORD = "full-record"


def on_paper(parts: compose.Parts, audience: str) -> Iterator[d.Block]:
    """The sections without their sources, and how we know."""
    for block in compose.sections(parts):
        yield _without_sources(block, parts)
    yield d.Heading(1, "How we know", "how-we-know")
    for lead, words in _known(parts, audience):
        if words:
            yield d.Paragraph((d.Span(f"{lead} ", bold=True), d.Span(words)))


def _without_sources(block: d.Block, parts: compose.Parts) -> d.Block:
    if isinstance(block, d.TableBlock):
        return replace(block, source="", beside="", small=True)
    if isinstance(block, d.ChartBlock):
        said = block.chart.source
        for released in parts.answers.values():
            said = said.removeprefix(f"{source_line(released.sources)}.").strip()
        return replace(block, chart=replace(block.chart, source=said))
    return block


def _known(parts: compose.Parts, audience: str) -> Iterator[tuple[str, str]]:
    """Sources, what was not supplied, what to keep in mind, what was hidden, and where the full record is."""
    shown = [released for name, released in parts.answers.items() if _on_paper(name, parts)]
    sources = tuple(dict.fromkeys(source for released in shown for source in released.sources))
    yield "Sources.", f"{'; '.join(sources)}." if sources else ""
    gone = gap_caveat({month for released in shown for month in str(released.meta.get(GAP, "")).split()})
    yield "Keep in mind.", " ".join(filter(None, (*parts.product.keep_in_mind, *_distorted(parts), gone)))
    yield "Who may read this.", AUDIENCES.get(audience, "")
    name = parts.product.product
    yield (
        "The full record",
        f"is published with this paper: {name}.html has every method, caveat and source and the data behind each chart, and "
        f"{name}.figures.csv every figure with the way back to its source rows.",
    )


def _distorted(parts: compose.Parts) -> tuple[str, ...]:
    """What the register says of months that lie in a printed table's periods and are in no baseline, such as those of restrictions: a
    change measured from them must not be read without it."""
    left_out = {event.text for event in events() if event.leave_out}
    printed = [block.name for block in parts.product.blocks() if "table" in block.show and block.name in parts.answers]
    return tuple(dict.fromkeys(said for name in printed for said in parts.answers[name].caveats if said in left_out))


def _on_paper(name: str, parts: compose.Parts) -> bool:
    return any(block.name == name and block.show for block in parts.product.blocks())


def on_the_page(parts: compose.Parts) -> Iterator[d.Block]:
    """What the web page adds: the answers in full, then every caveat, method, source and figure."""
    yield d.Heading(1, "The full record", RECORD, numbered=False)
    yield d.Paragraph("The paper copy is a summary of this page. What follows is here alone.")
    for block in parts.product.blocks():
        if block.web and block.name in parts.answers:
            yield from _in_full(block, parts.answers[block.name])
    yield from _caveats(parts)
    yield d.Heading(2, "How this was worked out", "methods", numbered=False)
    titles = {block.name: _title(block, parts) for block in parts.product.blocks()}
    yield d.Bullets(compose.methods_of(parts.answers, titles))
    yield d.Sources(compose.sources_of(parts.answers))
    yield d.Heading(2, "Where each figure comes from", "figures", numbered=False)
    yield d.Paragraph(f"Every figure is listed in {parts.product.product}.figures.csv, beside this document.")
    if known := printed(parts.product, parts.answers):
        yield d.HowWeKnow(known, title="")


def _in_full(block: Block, released: Released) -> Iterator[d.Block]:
    """Every sentence, and every table that has rows."""
    yield d.Heading(2, block.title or block.table_title or released.title, f"record-{block.name}", numbered=False)
    if "statements" in block.web:
        yield d.Bullets(say_all(released))
    if "table" in block.web:
        notes = tuple(filter(None, (released.key, released.rounding)))
        for table in released.tables.values():
            if table.rows:
                yield table_block(released, table.name, notes=notes, id=f"{block.name}-{table.name}-record")


def _caveats(parts: compose.Parts) -> Iterator[d.Block]:
    said = tuple(dict.fromkeys(compose.caveats_of(list(parts.answers.values()))))
    if said:
        yield d.Heading(2, "What to keep in mind", "caveats", numbered=False)
        yield d.Bullets(said)


def _title(block: Block, parts: compose.Parts) -> str:
    """The block's own title, or its section's."""
    return block.title or listed([s.title for s in parts.product.sections if block in s.blocks])
