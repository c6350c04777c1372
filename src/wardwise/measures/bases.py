"""What a count is divided by: people by year, or another count of records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from wardwise.records.figures import Status

from . import states
from .counting import tally
from .definition import Count, Measure
from .reading import Reading
from .tally import Asked, Cell, Tallies, Tally


def bases(measure: Measure, asked: Asked, reading: Reading) -> Tallies | None:
    """The base of every area and part (and, for a share, group); None when the measure has none."""
    if measure.base is None:
        return None
    if measure.base.records == "population":
        return _people(measure.base, asked, reading, measure)
    if not set(asked.dimensions) <= set(measure.base.table.names):
        asked = replace(asked, dimensions=())
    return tally(measure.base, asked, reading, measure.lists)


def _people(base: Count, asked: Asked, reading: Reading, measure: Measure) -> Tallies:
    series = states.series_of(base, asked.areas, reading, measure.lists)
    by_year = states.residents(series)
    cells: dict[Cell, Tally] = {}
    for area in asked.areas:
        for part, period in asked.parts.items():
            found = states.at(by_year[area], period)
            cells[area, part, ()] = (
                Tally(found.n, note=f"mid-{found.edition}") if found else Tally(None, Status.NO_BASE)
            )
    used = {tally.note for tally in cells.values() if tally.note}
    pairs = states.pairs_of(base, {source for source, _ in series.values()}, reading)
    return Tallies(cells, ((),), checks=tuple(_said(used, base.of)), pairs=pairs)


def _said(used: set[str], unit: str) -> Iterator[str]:
    if used:
        yield f"The number of {unit} is the estimate for {', '.join(sorted(used))}."
