"""How much does this measure usually vary here? Taken from its own months, so that a change is judged by the place's own ups and downs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from wardwise.methods.dispersion import Dispersion, estimate
from wardwise.records.cells import Cell
from wardwise.records.periods import Period, shift

from .asking import Asker, count_cell, group_label
from .charting import numbers
from .recording import Event, events_for

if TYPE_CHECKING:
    from wardwise.measures.definition import Measure

MONTHS = 60
"""Five years up to the end of the later period: long enough to tell usual variation, short enough to be about today (our choice)."""


def of_measure(ask: Asker, measure: Measure, area: str, after: Period) -> Dispersion | None:
    """The dispersion of a measure's monthly counts in an area; None when too few months are held, or too few events."""
    return of_areas(ask, measure, [area], after)[area]


def of_areas(ask: Asker, measure: Measure, areas: Sequence[str], after: Period) -> Mapping[str, Dispersion | None]:
    """The same for each of several areas, read at once."""
    counts: dict[str, dict[str, Cell]] = {area: {} for area in areas}
    for figure in ask.figures(measure, areas, _window(after), ["month"]).figures:
        counts.setdefault(figure.key.area, {})[figure.key.period.start] = count_cell(figure)
    return {area: _of(held, _events(ask, measure, area, after), after) for area, held in counts.items()}


def of_groups(ask: Asker, measure: Measure, by: str, area: str, after: Period) -> Mapping[str, Dispersion | None]:
    """The same for each value of a column. A month that was supplied and holds none of a value counts 0."""
    window = _window(after)
    whole = ask.figures(measure, [area], window, ["month"])
    supplied = [f.key.period.start for f in whole.figures if isinstance(count_cell(f), int)]
    counts: dict[str, dict[str, Cell]] = {}
    for figure in ask.figures(measure, [area], window, ["month", by]).figures:
        counts.setdefault(group_label(figure, by), {})[figure.key.period.start] = count_cell(figure)
    events = _events(ask, measure, area, after)
    return {
        label: _of({**dict.fromkeys(supplied, 0), **held}, _touching(events, by, label), after)
        for label, held in counts.items()
    }


def _touching(events: Sequence[Event], by: str, label: str) -> list[Event]:
    """The changes that touch one value of column `by`: those that name it, and those that name no value of that column."""
    return [event for event in events if by not in event.where or label in event.where[by]]


def _window(after: Period) -> Period:
    return Period(shift(after.end, 1 - MONTHS), after.end)


def _events(ask: Asker, measure: Measure, area: str, after: Period) -> tuple[Event, ...]:
    months = _window(after).months()
    return events_for(measure, months, own=ask.definitions, force=ask.force(area))


def _of(counts: Mapping[str, Cell], events: Sequence[Event], after: Period) -> Dispersion | None:
    months = _window(after).months()
    y = numbers([counts.get(month, "") for month in months])
    later = [float(after.start <= month) for month in months]
    return estimate(y, season=int(months[0][5:]) - 1, levels=[later, *_levels(months, events)])


def _levels(months: Sequence[str], events: Sequence[Event]) -> Iterator[list[float]]:
    """Marks of the months that a change of recording may have put at a level of their own."""
    for event in events:
        if event.breaks or event.leave_out:
            last = months[-1] if event.until == event.month else event.until
            yield [float(event.month <= month <= last) for month in months]
