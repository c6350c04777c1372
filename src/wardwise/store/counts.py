"""Counts rows supply by supply, on either engine: what an import replaces, and whether a table holds what was brought."""

from __future__ import annotations

from collections.abc import Collection

from sqlglot import exp

from ..records.columns import Table
from .dialect import Query, Values
from .engine import Engine, ask
from .supplies import Slot


def by_supply(table: Table, slots: Collection[Slot] | None = None) -> Query:
    """Rows of each supply: the columns that say which supply a row belongs to (of a staged table its part before them), and n.

    slots: the supplies of interest; the answer holds these and perhaps others that share their source, supplier and period.
    """
    values = Values()
    keys = [exp.column(name) for name in table.supply]
    query = exp.Select().select(*keys, exp.alias_(exp.Count(this=exp.Star()), "n")).from_(exp.table_(table.name))
    if slots is not None:
        for name, wanted in zip(("source", "supplier", table.period), zip(*sorted(slots), strict=True), strict=True):
            listed = [values.bind(value) for value in dict.fromkeys(wanted)]
            query = query.where(exp.In(this=exp.column(name), expressions=listed), copy=False)
    return Query(query.group_by(*(key.copy() for key in keys)), values.parameters)


def held(engine: Engine, table: Table, slots: Collection[Slot] | None = None) -> dict[Slot, int]:
    """Rows that the engine finds of each supply of a stored table."""
    return {(source, supplier, period): rows for source, supplier, period, rows in ask(engine, by_supply(table, slots))}
