"""The document as it goes on paper: each chart's data in a table, below the chart or in an appendix."""

from __future__ import annotations

from dataclasses import replace

from wardwise.records.findings import Role, Table
from wardwise.records.shown import cell

from .captions import DATA_APPENDIX
from .document import Block, ChartBlock, Document, Heading, PageBreak, TableBlock
from .tables import of_table

_LONG = 12  # rows: shorter tables keep their columns
_STATED = frozenset({Role.VALUE, Role.LOWER, Role.UPPER})


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
    table, said = _without_constants(chart.table)
    caption = chart.subtitle or chart.title
    return of_table(table, caption=caption, source=chart.source, notes=said, small=True, id=name)


def _without_constants(table: Table) -> tuple[Table, tuple[str, ...]]:
    """A long table without the columns that say the same in every row, such as limits, and a line that says it once."""
    if len(table.rows) < _LONG:
        return table, ()
    same = [c for c in table.columns if c.role in _STATED and len({row.get(c.name) for row in table.rows}) == 1]
    said = tuple(f"{c.title}, every row: {cell(table.rows[0][c.name], c)}." for c in same if c.name in table.rows[0])
    kept = tuple(c for c in table.columns if c not in same)
    return replace(table, columns=kept), (" ".join(said),) if said else ()
