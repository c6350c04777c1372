"""Counts records of events: a supplied month without a record is 0, a month not supplied is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from wardwise.records.figures import Status
from wardwise.records.periods import Period, month_name, month_number

from . import weighed
from .definition import Count
from .query import by_area, unplaced
from .reading import Reading
from .supplied import Supplied, supplied
from .tally import Asked, Cell, Group, Number, Tallies, Tally

Lists = Mapping[str, tuple[str, ...]]

NOUGHT = Tally(0)


def tally(count: Count, asked: Asked, reading: Reading, lists: Lists) -> Tallies:
    """The tallies of every area, part and group. The areas' members must be lent to the reading."""
    query = by_area(count, asked.period, asked.split, asked.dimensions, lists)
    if count.weights:
        reading.lend_weights(count.weights_table, count.weighed)
    rows = reading.rows(query) if reading.holds(count.records) else []
    counted = (
        weighed.counted(rows, asked, _cell) if count.weights else {_cell(row, asked): _given(row[-1]) for row in rows}
    )
    groups = asked.stated(group for _, _, group in counted)
    known = supplied(count, asked.areas, reading, lists)
    cells = dict(_cells(counted, groups or ((),), known.months, asked))
    lost = _without_place(count, asked, reading, lists, sorted({supplier for _, supplier in known.pairs}))
    light = weighed.lacking(rows, count, reading) if count.weights else ()
    checks = (*_outside(known, reading), *_gaps(known, asked, reading), *lost, *light)
    return Tallies(cells, groups, reading.text(query), query.parameters, checks, known.pairs)


def _given(n: Number | None) -> Tally:
    """What the rows add up to; missing where there are rows and none of them gives what is summed."""
    return Tally(n) if n is not None else Tally(None, Status.MISSING, "Not given in any of the records.")


def _cell(row: tuple[object, ...], asked: Asked) -> Cell:
    area, *rest = row[:-1]
    part = str(rest.pop(0)) if asked.split else ""
    return str(area), part, tuple(str(value) for value in rest)


def _cells(
    counted: Mapping[Cell, Tally], groups: tuple[Group, ...], supplied: Mapping[str, frozenset[str]], asked: Asked
) -> Iterator[tuple[Cell, Tally]]:
    none = {status: Tally(None, status) for status in Status}
    for area in asked.areas:
        for part, period in asked.parts.items():
            status = _status(period, supplied[area])
            for group in groups:
                cell = (area, part, group)
                yield cell, counted.get(cell, NOUGHT) if status is Status.OK else none[status]


def _status(period: Period, supplied: frozenset[str]) -> Status:
    if period.start == period.end:
        return Status.OK if period.start in supplied else Status.MISSING
    held = sum(month in supplied for month in period.months())
    if held == period.length:
        return Status.OK
    return Status.INCOMPLETE if held else Status.MISSING


def _outside(known: Supplied, reading: Reading) -> Iterator[str]:
    for area, codes in known.beyond.items():
        names = ", ".join(reading.places.name(code) for code in codes)
        yield f"Not supplied for {reading.places.name(area)}: the records held have never had one in {names}."


def _gaps(known: Supplied, asked: Asked, reading: Reading) -> Iterator[str]:
    """One sentence for each different set of months that were not supplied."""
    areas_by_gap: dict[tuple[str, ...], list[str]] = {}
    months = asked.period.months()
    for area in asked.areas:
        if area in known.beyond:
            continue
        gap = tuple(month for month in months if month not in known.months[area])
        areas_by_gap.setdefault(gap, []).append(area)
    for gap, areas in areas_by_gap.items():
        if gap:
            names = ", ".join(reading.places.name(area) for area in areas)
            yield f"Not supplied for {names}: {spans(gap)}."


def spans(given: tuple[str, ...]) -> str:
    """Months in words, runs joined: “March to November 2019, June 2020”."""
    runs: list[list[str]] = []
    for month in given:
        if runs and month_number(month) == month_number(runs[-1][-1]) + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(Period(run[0], run[-1]).label() if len(run) > 1 else month_name(run[0]) for run in runs)


def _without_place(
    count: Count, asked: Asked, reading: Reading, lists: Lists, suppliers: Sequence[str]
) -> Iterator[str]:
    if not suppliers:
        return
    for supplier, n, lost in sorted(reading.rows(unplaced(count, asked.period, lists, suppliers))):
        if lost:
            yield (
                f"{lost:,} of the {n:,} rows from {supplier} ({100 * lost / n:.1f}%) have no place, "
                "so they are in no area's count."
            )
