"""Adds up totals that a partner stated: each covers one or more months, and an absent one is not supplied, never 0."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from wardwise.records.figures import Status
from wardwise.records.periods import Period, month_number

from .definition import Count
from .events import Lists
from .query import suppliers
from .query import totals as query_of
from .reading import Reading
from .tally import MISSING, Asked, Cell, Group, Number, Tallies, Tally

LONGEST = 120
"""Months that one total may cover (the bound of the `months` column)."""

Pieces = dict[tuple[int, int], Number]
"""(month number, months covered) -> stated total"""


def tally(count: Count, asked: Asked, reading: Reading, lists: Lists) -> Tallies:
    """The tallies of every area, part and group. The areas' members must be lent to the reading."""
    wide = Period(asked.period.shift(1 - LONGEST).start, asked.period.end)
    query = query_of(count, wide, asked.dimensions, lists)
    pieces = _pieces(reading.rows(query), asked.period) if reading.holds(count.records) else {}
    groups = asked.stated(group for _, _, group in pieces)
    cells = dict(_cells(pieces, groups or ((),), asked, reading))
    stated = reading.rows(suppliers(count, lists, placed=True)) if pieces else []
    pairs = frozenset((source, supplier) for _, source, supplier, _ in stated)
    return Tallies(cells, groups, reading.text(query), query.parameters, pairs=pairs)


def _pieces(rows: list[tuple[object, ...]], period: Period) -> dict[tuple[str, str, Group], Pieces]:
    """Totals that touch the period, by area, member and group."""
    found: dict[tuple[str, str, Group], Pieces] = defaultdict(dict)
    first = month_number(period.start)
    for area, member, month, length, *rest in rows:
        *group, n = rest
        start = month_number(str(month))
        assert isinstance(length, int) and isinstance(n, int | float)
        if start + length > first:
            found[str(area), str(member), tuple(str(value) for value in group)][start, length] = n
    return dict(found)


def _cells(
    pieces: Mapping[tuple[str, str, Group], Pieces], groups: tuple[Group, ...], asked: Asked, reading: Reading
) -> Iterator[tuple[Cell, Tally]]:
    for area in asked.areas:
        stated = frozenset(member for held, member, _ in pieces if held == area)
        parts = _stated_for(area, stated, reading)
        for key, period in asked.parts.items():
            for group in groups:
                each = (
                    [_one(pieces.get((area, member, group), {}), period) for member in parts] if stated else [MISSING]
                )
                yield (area, key, group), _together(each)


def _stated_for(area: str, stated: frozenset[str], reading: Reading) -> tuple[str, ...]:
    """Whose totals make up the area's: its own where there is one, else those of all its parts of the coarsest level stated."""
    if not stated or area in stated:
        return (area,)
    for level in ("district", "ward", "msoa", "lsoa"):
        if any(reading.places.level(member) == level for member in stated):
            return reading.places.children(area, level) or (area,)
    return (area,)


def _one(pieces: Pieces, period: Period) -> Tally:
    first, last = month_number(period.start), month_number(period.end)
    touching = {(start, length): n for (start, length), n in pieces.items() if start <= last and start + length > first}
    if not touching:
        return MISSING
    n = tile(touching, first, last)
    if n is not None:
        return Tally(n)
    inside = any(start >= first and start + length - 1 <= last for start, length in touching)
    if inside:
        return Tally(None, Status.INCOMPLETE)
    return Tally(None, Status.MISSING, "Stated only as part of a longer period.")


def tile(pieces: Pieces, first: int, last: int) -> Number | None:
    """The sum of totals that cover the months from `first` to `last` exactly once, the shortest preferred; None when none do."""
    lengths: dict[int, list[int]] = defaultdict(list)
    for start, length in sorted(pieces):
        lengths[start].append(length)

    @cache
    def rest(month: int) -> Number | None:
        if month > last:
            return 0
        for length in lengths.get(month, ()):
            after = rest(month + length) if month + length <= last + 1 else None
            if after is not None:
                return pieces[month, length] + after
        return None

    return rest(first)


def _together(each: list[Tally]) -> Tally:
    if len(each) == 1:
        return each[0]
    if all(tally.status is Status.OK for tally in each):
        return Tally(sum(tally.n for tally in each if tally.n is not None))
    return MISSING if all(tally.status is Status.MISSING for tally in each) else Tally(None, Status.INCOMPLETE)
