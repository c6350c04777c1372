"""How do we know? Every figure that a product shows, with what it is, its value as released, and the id that leads back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace

from wardwise.disclosure import Released
from wardwise.records.figures import Key
from wardwise.records.findings import Role, Row, Table
from wardwise.records.shown import cell
from wardwise.reports.document import Known
from wardwise.reports.tables import is_total

from .definition import Product

HEADER = ("figure", "what", "value")
FORMULA = ("=", "+", "-", "@", "\t")
"""A spreadsheet takes a cell that begins so for a formula (OWASP, CSV injection)."""


def figures(answers: Mapping[str, Released]) -> tuple[Known, ...]:
    """Every figure shown, once, in the order met."""
    found: dict[str, Known] = {}
    for released in answers.values():
        for table in released.tables.values():
            for known in _of_table(table):
                found.setdefault(known.figure, known)
    return tuple(found.values())


def printed(product: Product, answers: Mapping[str, Released]) -> tuple[Known, ...]:
    """The figures to list on paper: those of the first rows of what its first page speaks of; where a product has no such page, those of
    the first row, or the total, of the first answer of each section, or of every answer of a short one. Whole periods only.

    All of them, single months too, are in the file of figures beside the product.
    """
    fronted = any(part.block for part in product.front)
    if product.short and not fronted:
        return tuple(each for each in figures(answers) if _long(each))
    found: dict[str, Known] = {}
    for part in product.front:
        if part.block in answers:
            for known in _leading(answers[part.block], part.most):
                found.setdefault(known.figure, known)
    for section in () if fronted else product.sections:
        first = next((block.name for block in section.blocks if block.name in answers), "")
        for known in _total(answers[first]) if first else ():
            found.setdefault(known.figure, known)
    return tuple(each for each in found.values() if _long(each))


def as_csv(known: tuple[Known, ...]) -> str:
    """A table of all figures for a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows((each.figure, harmless(each.what), each.value) for each in known)
    return out.getvalue()


def _long(known: Known) -> bool:
    return Key.of(known.figure.partition("@")[0]).period.length > 1


def _leading(released: Released, rows: int) -> Iterator[Known]:
    """The figures of the first rows of an answer's tables, which its first sentences are about."""
    for table in released.tables.values():
        yield from _of_table(replace(table, rows=table.rows[:rows]))


def _total(released: Released) -> Iterator[Known]:
    """The figures of the row that an answer's first sentence is about: its first table's total, or else its first row."""
    table = next(iter(released.tables.values()))
    at = next((at for at, row in enumerate(table.rows) if is_total(_label(table, row))), 0)
    return _of_table(replace(table, rows=table.rows[at : at + 1]))


def _of_table(table: Table) -> Iterator[Known]:
    for column in table.having(Role.FIGURE):
        if not column.of:
            continue
        counted = table.column(column.of[0])
        for row in table.rows:
            figure = row.get(column.name)
            if isinstance(figure, str) and figure:
                value = cell(row[counted.name], counted)
                yield Known(f"{_label(table, row)}: {counted.title}", value, figure)


def _label(table: Table, row: Row) -> str:
    columns = [c for c in table.columns if c.role in (Role.LABEL, Role.PERIOD) and c.name in row]
    return ", ".join(cell(row[column.name], column) for column in columns) or table.title


def harmless(text: str) -> str:
    """The text, marked as text where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
