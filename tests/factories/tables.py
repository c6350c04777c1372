"""Rows of canonical tables made from a few named values; everything not named is not known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa

from wardwise.records.tables import table as canonical
from wardwise.store.store import Store
from wardwise.store.supplies import Supply


def link(
    child: str, parent: str, levels: str, *, year: str = "2024", fit: str = "exact", **others: Any
) -> dict[str, Any]:
    """An area link; levels: “ward in district”. Names are the codes with “name of” before."""
    child_level, _, parent_level = levels.partition(" in ")
    return {
        "edition": year,
        "child_code": child,
        "child_name": f"name of {child}",
        "child_level": child_level,
        "child_vintage": year,
        "parent_code": parent,
        "parent_name": f"name of {parent}",
        "parent_level": parent_level,
        "parent_vintage": year,
        "fit": fit,
        **others,
    }


def fill(folder: Path, **tables: list[dict[str, Any]]) -> Store:
    """A new store in `folder` with these rows, one supply for each source, supplier and period among them."""
    store = Store.open(folder, create=True)
    for name, rows in tables.items():
        table = canonical(name)
        full = [{"source": "test", "supplier": "test", **row} for row in rows]
        slots = sorted({tuple(row[key] for key in table.supply) for row in full})
        supplies = [Supply(*slot, file="test.csv", digest="0" * 64, rows=1) for slot in slots]
        store.save(
            table,
            pa.Table.from_pylist([{c: row.get(c) for c in table.names} for row in full], table.schema()),
            supplies,
        )
    return store
