"""A name in the register of releases for every count that is no figure, so that none goes out without being set against what went before.

Counts that add up over time are named where they are counted (`About.key`), so that a longer period less a shorter one is seen. The rest,
such as how many pairs lie near each other or how many places were hit twice, is named here: the question, its options, the row and the
column, for its own months alone. Two periods of it are never subtracted, as their difference is the number of nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

from wardwise.disclosure.grid import count_key, is_number
from wardwise.records.figures import ALONE, Key, fingerprint
from wardwise.records.findings import Column, Findings, Role, Row, Table
from wardwise.records.periods import Period

from .definition import Block

COLUMN = "register_key"
TELLS_APART = (Role.AREA, Role.LABEL, Role.PERIOD)
"""Columns that say what a row is of."""


def named(findings: Findings, block: Block, area: str, period: Period) -> Findings:
    """The same findings, with a KEY column in each table that has a count without a name."""
    asked = fingerprint(json.dumps(block.options, sort_keys=True, default=str))
    about = str(findings.meta.get("area_code") or area)

    def key(table: Table, row: str) -> str:
        group = (("asked", asked), (ALONE, period.text()), ("table", table.name), ("row", row))
        return Key(f"ask {block.ask}", about, period, group).text()

    def with_keys(table: Table) -> Table:
        counts = tuple(column.name for column in table.having(Role.COUNT))
        if all(count_key(table, row, name) for row in table.rows for name in counts if is_number(row[name])):
            return table
        rows = tuple({**row, COLUMN: key(table, label)} for row, label in zip(table.rows, _labels(table), strict=True))
        return replace(table, columns=(*table.columns, Column(COLUMN, Role.KEY, "Key", of=counts)), rows=rows)

    return replace(findings, tables={name: with_keys(table) for name, table in findings.tables.items()})


def _labels(table: Table) -> list[str]:
    """What each row is of, in words; rows alike are told apart by their order."""
    said: Counter[str] = Counter()
    labels = []
    for row in table.rows:
        text = _words(table, row)
        said[text] += 1
        labels.append(text if said[text] == 1 else f"{text} #{said[text]}")
    return labels


def _words(table: Table, row: Row) -> str:
    cells = [row[column.name] for role in TELLS_APART for column in table.having(role)]
    return ", ".join(cell for cell in cells if isinstance(cell, str) and cell)
