"""What can be read, and what the store holds of it."""

from __future__ import annotations

from dataclasses import dataclass

from ..records.tables import TABLES
from ..store import Store
from . import declarations


@dataclass(frozen=True)
class Held:
    """One source: how many periods of how many suppliers are held, the first and last of them, and their rows."""

    source: str
    title: str
    table: str
    suppliers: int
    periods: int
    first: str
    last: str
    rows: int


def held(store: Store | None) -> tuple[Held, ...]:
    """Every declared source, those with something held first; without a store, those shipped."""
    snapshot = store.at() if store else None
    supplies = [supply for table in TABLES for supply in snapshot.supplies(table)] if snapshot else []
    found = []
    for declared in declarations.every(store.definitions if store else None):
        own = [supply for supply in supplies if supply.source == declared.source]
        periods = sorted({supply.period for supply in own})
        first, last = (periods[0], periods[-1]) if periods else ("", "")
        rows, suppliers = sum(supply.rows for supply in own), len({supply.supplier for supply in own})
        found.append(Held(declared.source, declared.title, declared.table, suppliers, len(periods), first, last, rows))
    return tuple(sorted(found, key=lambda each: (not each.periods, each.source)))
