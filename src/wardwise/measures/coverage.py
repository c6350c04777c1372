"""How far a supplier's records reach: which districts, and which columns. About the rest they say nothing, which is not 0."""

from __future__ import annotations

from .kinds import EXTRACTS
from .query import filled, reach
from .reading import Pair, Reading

_SMALL = frozenset({"lsoa", "msoa", "ward"})
FINE = _SMALL | {"district"}
"""Levels that say which district a row is in."""


def districts_of(area: str, reading: Reading) -> frozenset[str]:
    """The districts that make up `area`, or the one that it lies in; the area itself where no look-up says."""
    if reading.places.level(area) in _SMALL:
        return frozenset({reading.places.parent(area, "district") or area})
    return frozenset(reading.places.children(area, "district")) or frozenset({area})


def reached(table: str, reading: Reading) -> dict[Pair, frozenset[str]]:
    """For each source and supplier of a table, the districts in which it ever placed a row."""
    if table not in reading.reached:
        found: dict[Pair, set[str]] = {}
        for source, supplier, code, _ in reading.rows(reach(table)):
            if code is not None and reading.places.exists(code) and reading.places.level(code) in FINE:
                found.setdefault((source, supplier), set()).update(districts_of(code, reading))
        reading.reached[table] = {pair: frozenset(codes) for pair, codes in found.items()}
    return reading.reached[table]


def beyond(table: str, area: str, pairs: frozenset[Pair], reading: Reading) -> tuple[str, ...]:
    """The districts of `area` in which none of the sources and suppliers ever placed a row, of a table that holds extracts."""
    if table not in EXTRACTS or not pairs:
        return ()
    found = reached(table, reading)
    covered = frozenset[str]().union(*(found.get(pair, frozenset()) for pair in pairs))
    return tuple(sorted(districts_of(area, reading) - covered))


def tells(table: str, pair: Pair, column: str, reading: Reading) -> bool:
    """Whether a source and supplier ever filled a column in: a feed that has no kinds of anti-social behaviour cannot say that there was
    none of one kind."""
    return reading.always(pair[0], column) or any(
        (source, supplier) == pair for source, supplier, _ in reading.rows(filled(table, column))
    )
