"""Which months were supplied for an area. A month that was not supplied is missing, never 0.

The rule (docs/reference/measures.md says it in words): where each source of a table covers a police force's area, an area's
month is supplied when the area's own force supplied that month. Otherwise it is supplied when the supplier that has given
most of the area's rows supplied it. So rows of the British Transport Police do not make a month of the county force supplied.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from wardwise.records.tables import TABLES

from .definition import Count
from .kinds import FORCE_TABLES
from .query import suppliers
from .reading import Reading

Pair = tuple[str, str]
"""source, supplier"""


def months(
    count: Count, areas: Sequence[str], reading: Reading, lists: Mapping[str, tuple[str, ...]]
) -> dict[str, frozenset[str]]:
    """For each area, the months that were supplied, ever. The areas' members must be lent to the reading."""
    if count.records in FORCE_TABLES:
        by_force = {area: _of_forces(count.records, forces_of(area, reading), reading) for area in areas}
        unknown = [area for area, found in by_force.items() if found is None]
        known = {area: found for area, found in by_force.items() if found is not None}
        return {**known, **_by_rows(count, unknown, reading, lists)}
    return _by_rows(count, areas, reading, lists)


def forces_of(area: str, reading: Reading) -> tuple[str, ...]:
    """The forces that cover `area`: its own, or those of its districts where it is larger; none when no look-up says."""
    own = reading.places.force(area)
    if own is not None:
        return (own,)
    found = {reading.places.force(district) for district in reading.places.children(area, "district")}
    return tuple(sorted(force for force in found if force))


def _of_forces(table: str, forces: tuple[str, ...], reading: Reading) -> frozenset[str] | None:
    """The months that every one of `forces` supplied; None when no force is known."""
    if not forces:
        return None
    each = [frozenset(s.period for s in reading.supplies(table) if s.supplier == force) for force in forces]
    return frozenset.intersection(*each)


def _by_rows(
    count: Count, areas: Sequence[str], reading: Reading, lists: Mapping[str, tuple[str, ...]]
) -> dict[str, frozenset[str]]:
    if not areas:
        return {}
    counted = {(source, supplier) for source, supplier, _ in reading.rows(suppliers(count, lists, placed=False))}
    held = {(supply.source, supply.supplier) for supply in reading.supplies(count.records)}
    candidates = counted or held
    given: dict[str, Counter[Pair]] = {area: Counter() for area in areas}
    for area, source, supplier, rows in reading.rows(suppliers(count, lists, placed=True, filtered=False)):
        if area in given and (source, supplier) in candidates:
            given[area][source, supplier] += rows
    return {area: _months_of(count.records, _chosen(area, given[area], candidates, reading), reading) for area in areas}


def _chosen(area: str, given: Counter[Pair], candidates: set[Pair], reading: Reading) -> frozenset[Pair]:
    """The sources and supplier whose supplies speak for `area`: its force where that is one of them, else who gave most rows."""
    forces = forces_of(area, reading)
    of_force = frozenset(pair for pair in candidates if forces and pair[1] == forces[0])
    if of_force:
        return of_force
    by_supplier: Counter[str] = Counter()
    for (_, supplier), rows in given.items():
        by_supplier[supplier] += rows
    most = max(sorted(by_supplier), key=lambda name: by_supplier[name], default=None)
    return frozenset(pair for pair in candidates if pair[1] == most)


def _months_of(table: str, pairs: frozenset[Pair], reading: Reading) -> frozenset[str]:
    periods = {supply.period for supply in reading.supplies(table) if (supply.source, supply.supplier) in pairs}
    return frozenset(_as_months(periods)) if TABLES[table].period == "year" else frozenset(periods)


def _as_months(years: Iterable[str]) -> Iterable[str]:
    return (f"{year}-{number:02d}" for year in years for number in range(1, 13))
