"""The data dictionary, written from the declared tables so that it cannot say anything else.

`python -m wardwise.records.dictionary` writes it to standard output; `make docs` puts it in docs/reference.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from .columns import Column, Sensitivity, Table, Type
from .tables import TABLES

TYPES = {
    Type.TEXT: "text",
    Type.INTEGER: "whole number",
    Type.NUMBER: "number",
    Type.MONTH: "month, YYYY-MM",
    Type.DATE: "date",
    Type.TIME: "time",
    Type.FLAG: "yes or no",
    Type.BYTES: "bytes",
}
SENSITIVITIES = {
    Sensitivity.OPEN: "open",
    Sensitivity.PERSONAL: "personal",
    Sensitivity.SPECIAL: "special category",
    Sensitivity.RESTRICTED: "restricted",
}

INTRODUCTION = """# Data dictionary

This page is written from the declarations in `src/wardwise/records/tables`; change those, then run `make docs`.

Each table is kept as a Delta table in the store, in a folder of its own name. Its supply columns say which source and supplier a row
came from and for which period: a later supply with the same three replaces the earlier one alone, and the earlier one stays readable
as of its date. A cell that nobody supplied is empty. Empty is never 0.

Columns marked *required*: a row without it cannot be a record and is quarantined. *Sensitivity* says how a column is handled: personal,
special category and restricted columns are never shown in an explanation unless asked for, and are left out of extracts.
"""


def page() -> str:
    """The whole page, as Markdown."""
    parts = [INTRODUCTION, _contents(TABLES.values()), *(_table(table) for table in TABLES.values())]
    return "\n".join(parts)


def _contents(tables: Iterable[Table]) -> str:
    lines = ["| table | holds |", "|---|---|"]
    lines += [f"| [{table.name}](#{table.name}) | {_safe(table.title)} |" for table in tables]
    return "\n".join([*lines, ""])


def _table(table: Table) -> str:
    supply = ", ".join(f"`{name}`" for name in table.supply)
    lines = [
        f"## {table.name}",
        "",
        f"{table.title}. One row is {table.row}. Supply columns: {supply}.",
        "",
        "| column | type | allowed | sensitivity | meaning |",
        "|---|---|---|---|---|",
        *(_column(column) for column in table.columns),
        "",
    ]
    return "\n".join(lines)


def _column(column: Column) -> str:
    kind = f"{TYPES[column.type]} ({_safe(column.unit)})" if column.unit else TYPES[column.type]
    required = ", required" if column.required else ""
    cells = (
        f"`{column.name}`",
        kind + required,
        _allowed(column),
        SENSITIVITIES[column.sensitivity],
        _safe(column.meaning),
    )
    return f"| {' | '.join(cells)} |"


def _allowed(column: Column) -> str:
    if column.values:
        return _safe(", ".join(column.values))
    low, high = column.minimum, column.maximum
    if low is not None and high is not None:
        return f"{low:g} to {high:g}"
    if low is not None:
        return f"{low:g} or more"
    return f"{high:g} or less" if high is not None else ""


def _safe(text: str) -> str:
    """Text that stays in its table cell."""
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(page())
