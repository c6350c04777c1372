"""The document as it goes on paper: each chart's data in a table, below the chart or in an appendix."""

from __future__ import annotations

from dataclasses import replace

from .captions import DATA_APPENDIX
from .document import Block, ChartBlock, Document, Heading, PageBreak, TableBlock
from .tables import of_table


def printed(document: Document) -> Document:
    """The same document with the data of its charts added. Charts then name the table that holds theirs."""
    body: list[Block] = []
    behind: list[Block] = []
    for place, block in enumerate(document.blocks):
        if not isinstance(block, ChartBlock) or block.print_table == "none":
            body.append(block)
            continue
        name = f"data-{block.id or place}"
        data = _data(block, name)
        body.append(replace(block, id=block.id or f"chart-{place}", data=name))
        (body if block.print_table == "below" else behind).append(data)
    if behind:
        body += [PageBreak(), Heading(1, DATA_APPENDIX, "data-behind-the-charts", numbered=False), *behind]
    return replace(document, blocks=tuple(body))


def _data(block: ChartBlock, name: str) -> TableBlock:
    chart = block.chart
    return of_table(chart.table, caption=chart.subtitle or chart.title, source=chart.source, small=True, id=name)
