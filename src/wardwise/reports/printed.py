"""The document as it goes on paper: each chart's data in a table, below the chart or in an appendix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wardwise.records.cells import MISSING, NOT_APPLICABLE, SUPPRESSED, Cell
from wardwise.records.findings import Column, Role, Table
from wardwise.records.shown import cell

from .captions import DATA_APPENDIX
from .document import Block, ChartBlock, Document, Heading, TableBlock
from .tables import is_total, of_table

_LONG = 12  # rows: shorter tables keep their columns
_STATED = frozenset({Role.VALUE, Role.LOWER, Role.UPPER, Role.VERDICT})
_NOTHING = (NOT_APPLICABLE, "", None)


def printed(document: Document) -> Document:
    """The same document with the data of its charts added. Charts then name the table that holds theirs."""
    body: list[Block] = []
    behind: list[Block] = []
    for place, block in enumerate(document.blocks):
        if not isinstance(block, ChartBlock) or block.print_table == "none":
            body.append(block)
            continue
        name = f"data-{block.id or place}"
        block = replace(block, id=block.id or f"chart-{place}", data=name)
        data = _data(block, name)
        body.append(block)
        (body if block.print_table == "below" else behind).append(data)
    if behind:
        body += [Heading(1, DATA_APPENDIX, "data-behind-the-charts", numbered=False), *behind]
    return replace(document, blocks=tuple(body))


def _data(block: ChartBlock, name: str) -> TableBlock:
    chart = block.chart
    table, left = _first(chart.table, chart.first_rows)
    table, said = _without_constants(table)
    caption = chart.subtitle or chart.title
    return of_table(
        table, caption=caption, source=chart.source, notes=(*left, *said), small=True, id=name, beside=block.id
    )


def _first(table: Table, rows: int) -> tuple[Table, tuple[str, ...]]:
    """A long table cut to the rows that stand out, and the total, with a line that says how many are left out and where they are."""
    if not rows or len(table.rows) <= max(rows, _LONG):
        return table, ()
    shown = table.rows[:rows]
    label = next((c.name for c in table.columns if c.role is Role.LABEL), "")
    total = tuple(row for row in table.rows[rows:] if is_total(str(row.get(label, ""))))
    left = len(table.rows) - rows - len(total)
    said = (
        f"{left} more {'row is' if left == 1 else 'rows are'} in the web page of this document, under the same chart."
    )
    return replace(table, rows=(*shown, *total)), (said,)


def _without_constants(table: Table) -> tuple[Table, tuple[str, ...]]:
    """A long table without the columns that say the same in every row, such as limits, and a line that says it once."""
    lacking = [
        c
        for c in table.columns
        if c.role is not Role.LABEL and table.rows and all(row.get(c.name) is MISSING for row in table.rows)
    ]
    if len(table.rows) < _LONG:
        kept = tuple(c for c in table.columns if c not in lacking)
        return replace(table, columns=kept), _not_supplied(lacking)
    same = [c for c in table.columns if c in lacking or (c.role in _STATED and _constant(table, c))]
    said = tuple(f"{c.title}, every row: {_once(value, c)}." for c in same for value in _values(table, c))
    kept = tuple(c for c in table.columns if c not in same)
    return replace(table, columns=kept), (" ".join(said),) if said else ()


def _once(value: Cell, column: Column) -> str:
    """The words for a cell that stands for a whole column, with no key beside it."""
    return "hidden to protect people" if value is SUPPRESSED else cell(value, column)


def _not_supplied(columns: Sequence[Column]) -> tuple[str, ...]:
    said = " ".join(f"{column.title}, every row: {cell(MISSING, column)}." for column in columns)
    return (said,) if said else ()


def _constant(table: Table, column: Column) -> bool:
    """Whether the column says the same in every row that has anything there, such as all but that of the total."""
    filled = sum(row.get(column.name) not in _NOTHING for row in table.rows)
    return not filled or (len(_values(table, column)) == 1 and filled >= len(table.rows) - 1)


def _values(table: Table, column: Column) -> set[Cell]:
    return {row[column.name] for row in table.rows if row.get(column.name) not in _NOTHING}
