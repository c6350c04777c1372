"""For which months, or years, there is anything to count: what a reader is told who asked for others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .calculate import definition_of
from .definition import Measure
from .events import spans
from .kinds import Kind
from .reading import Held, Reading
from .supplied import supplied


def held(
    measure: Measure | str,
    snapshot: Held,
    areas: Sequence[str],
    engine: str = "duckdb",
    *,
    master: str | None = None,
    own: Path | None = None,
) -> str:
    """The months supplied for any of `areas`, in words: “November 2018 to October 2022”; empty when there are none.

    Of totals and states, the months or years of all that is held, whichever areas they are of.
    """
    measure = definition_of(measure, snapshot, own)
    reading = Reading.of(snapshot, engine, master)
    reading.lend_members(areas)
    if measure.count.kind is Kind.EVENTS:
        found = supplied(measure.count, areas, reading, measure.lists).months.values()
        return spans(tuple(sorted(frozenset[str]().union(*found))))
    periods = sorted({supply.period for supply in reading.supplies(measure.count.records)})
    return spans(tuple(periods)) if measure.count.table.period == "month" else ", ".join(periods)
