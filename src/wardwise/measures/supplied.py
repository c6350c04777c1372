"""Which months were supplied for an area. A month that was not supplied is missing, never 0.

The rule (docs/reference/measures.md says it in words): where each source of a table covers a police force's area, an area's
month is supplied when the area's own force supplied that month. Otherwise it is supplied when the supplier that has given
most of the area's rows supplied it. So rows of the British Transport Police do not make a month of the county force supplied.
A month that lies inside a file of a source declared `unbroken` is supplied even when the file has no row in it.
An extract (a force's own offences, any incidents) speaks only for areas in every district of which it ever gave a row.
Records that never fill in a column which the measure goes by say nothing of the measure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wardwise.records.tables import TABLES
from wardwise.store.supplies import Supply, months_between

from .conditions import OneOf, columns_needed
from .coverage import beyond, tells
from .definition import Count
from .kinds import FORCE_TABLES
from .query import suppliers
from .reading import Pair, Reading


@dataclass(frozen=True)
class Supplied:
    """months: for each area, the months that were supplied, ever. pairs: the sources and suppliers that speak for any of the
    areas. beyond: for an area, its districts that they never gave a row of, so that they say nothing about the area."""

    months: Mapping[str, frozenset[str]]
    pairs: frozenset[Pair]
    beyond: Mapping[str, tuple[str, ...]]


def supplied(count: Count, areas: Sequence[str], reading: Reading, lists: Mapping[str, tuple[str, ...]]) -> Supplied:
    """Which months were supplied for each area. The areas' members must be lent to the reading."""
    speakers = _speakers(count, areas, reading, lists)
    outside = {area: beyond(count.records, area, pairs, reading) for area, pairs in speakers.items()}
    months = {
        area: frozenset() if outside[area] else _months_of(count.records, pairs, reading)
        for area, pairs in speakers.items()
    }
    every = frozenset(pair for pairs in speakers.values() for pair in pairs)
    return Supplied(months, every, {area: codes for area, codes in outside.items() if codes})


def _speakers(
    count: Count, areas: Sequence[str], reading: Reading, lists: Mapping[str, tuple[str, ...]]
) -> dict[str, frozenset[Pair]]:
    """For each area, the sources and suppliers whose supplies speak for it: all must have supplied a month."""
    held = frozenset(
        (supply.source, supply.supplier)
        for supply in reading.supplies(count.records)
        if _could_hold(supply.source, count, reading) and _tells((supply.source, supply.supplier), count, reading)
    )
    found: dict[str, frozenset[Pair]] = {}
    if count.records in FORCE_TABLES:
        for area in areas:
            if forces := forces_of(area, reading):
                found[area] = frozenset((source, name) for name in forces for source in _sources_of(name, held))
    rest = [area for area in areas if area not in found]
    return {
        **found,
        **(_by_rows(count, rest, held, reading, lists) if rest and held else dict.fromkeys(rest, frozenset())),
    }


def _could_hold(source: str, count: Count, reading: Reading) -> bool:
    """No, when the source's declaration gives a column one constant value that the measure leaves out: a file of anti-social
    behaviour says nothing of hate incidents, so its months are not months without any."""
    for condition in count.conditions:
        if isinstance(condition, OneOf):
            constant = reading.constant(source, condition.column)
            if constant and (constant in condition.values) is condition.other:
                return False
    return True


def _tells(pair: Pair, count: Count, reading: Reading) -> bool:
    """Whether its records tell what the measure asks of them; where they never do, none is not said."""
    of_people = (count.distinct,) if count.distinct else ()
    return all(
        tells(count.records, pair, column, reading) for column in (*columns_needed(count.conditions), *of_people)
    )


def _sources_of(supplier: str, held: frozenset[Pair]) -> tuple[str, ...]:
    """The sources that a supplier gives; an empty name, so that its months are none, when it gives nothing."""
    return tuple(sorted(source for source, name in held if name == supplier)) or ("",)


def forces_of(area: str, reading: Reading) -> tuple[str, ...]:
    """The forces that cover `area`: its own, or those of its districts where it is larger; none when no look-up says."""
    own = reading.places.force(area)
    if own is not None:
        return (own,)
    found = {reading.places.force(district) for district in reading.places.children(area, "district")}
    return tuple(sorted(force for force in found if force))


def _by_rows(
    count: Count, areas: Sequence[str], held: frozenset[Pair], reading: Reading, lists: Mapping[str, tuple[str, ...]]
) -> dict[str, frozenset[Pair]]:
    candidates = _with_rows(count, held, reading, lists)
    given: dict[str, Counter[Pair]] = {area: Counter() for area in areas}
    for area, source, supplier, rows in reading.rows(suppliers(count, lists, placed=True, filtered=False)):
        if area in given and (source, supplier) in candidates:
            given[area][source, supplier] += rows
    return {area: _chosen(area, given[area], candidates, reading) for area in areas}


def _with_rows(
    count: Count, held: frozenset[Pair], reading: Reading, lists: Mapping[str, tuple[str, ...]]
) -> frozenset[Pair]:
    """The sources and suppliers that ever gave a row of what is counted; all of them when nobody did."""
    if len(held) == 1:
        return held
    found = reading.rows(suppliers(count, lists, placed=False))
    return frozenset((source, supplier) for source, supplier, _ in found) & held or held


def _chosen(area: str, given: Counter[Pair], candidates: frozenset[Pair], reading: Reading) -> frozenset[Pair]:
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
    """The months for which every supplier among `pairs` gave a supply in any of its sources."""
    by_supplier: dict[str, set[str]] = {supplier: set() for _, supplier in pairs}
    given: dict[Pair, list[Supply]] = {}
    for supply in reading.supplies(table):
        if (supply.source, supply.supplier) in pairs:
            given.setdefault((supply.source, supply.supplier), []).append(supply)
    for (source, supplier), supplies in given.items():
        whole = months_between(supplies) if reading.unbroken(source) else {supply.period for supply in supplies}
        by_supplier[supplier].update(whole)
    periods = set.intersection(*by_supplier.values()) if by_supplier else set()
    return frozenset(_as_months(periods)) if TABLES[table].period == "year" else frozenset(periods)


def _as_months(years: Iterable[str]) -> Iterable[str]:
    return (f"{year}-{number:02d}" for year in years for number in range(1, 13))
