"""What did partners state? Totals they return, with the months that each covers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wardwise.records.cells import MISSING, Cell
from wardwise.records.figures import Figures
from wardwise.records.findings import Column, Findings, Ref, Role, Statement, Table
from wardwise.records.periods import Period, shift

from .asking import Asker, MeasureOrName, asker, count_cell, figure_id, once, strictest
from .pairs import hidden
from .spans import financial_year_of, last_whole, rolling_year
from .words import literal, spoken_title

if TYPE_CHECKING:
    from wardwise.measures.definition import Measure
    from wardwise.store.snapshot import Snapshot

LONGEST = 36
"""Months looked back for a total that covers other months than those asked about."""

METHOD = (
    "Totals as the services stated them. A service that stated none has 0; one that stated nothing is not supplied."
)


@dataclass(frozen=True)
class Stated:
    """One total, the period it was stated for, and its figure's id."""

    measure: Measure
    figures: Figures
    period: Period
    count: Cell
    id: str


def stated(
    source: Snapshot | Asker, measures: Sequence[MeasureOrName], area: str, period: Period, *, name: str = "returns"
) -> Findings:
    """What partners stated for `period`, or, where they stated nothing for exactly those months, for another stretch near it:
    table `returns`, which says what each total covers."""
    ask = asker(source)
    found = [latest_stated(ask, measure, area, period) for measure in measures]
    where = named(found, area)
    title = titled("What partners returned for", where, period, found)
    said_of = [said(one, at) for at, one in enumerate(found)]
    return answer(name, title, found, area, [totals_table("returns", title, found)], said_of)


def _candidates(period: Period) -> tuple[Period, ...]:
    """The periods a partner may have stated a total for, the one asked about first."""
    year = financial_year_of(period.end)
    to_date = Period(year.start, period.end)
    return tuple(
        dict.fromkeys(
            (
                period,
                to_date,
                rolling_year(period.end),
                last_whole(period.end, financial=True),
                last_whole(period.end, financial=False),
            )
        )
    )


def latest_stated(ask: Asker, measure: MeasureOrName, area: str, period: Period) -> Stated:
    """The total for `period`; else for the first of the usual periods that was stated; else for the shortest stretch of months
    to the period's end that was. The missing total for `period` when there is none."""
    definition = ask.measure(measure)
    asked = one_total(ask, definition, area, period)
    if asked.count is not MISSING:
        return asked
    found = (one_total(ask, definition, area, other) for other in _longer(ask, definition, area, period))
    return next((one for one in found if one.count is not MISSING), asked)


def _longer(ask: Asker, measure: Measure, area: str, period: Period) -> Iterator[Period]:
    """Periods that a total may have been stated for, the usual ones first; all stretches to the end only where a total is known to
    cover one of the months."""
    yield from _candidates(period)[1:]
    window = Period(shift(period.end, 1 - LONGEST), period.end)
    monthly = ask.figures(measure, [area], window, ["month"]).figures
    if any(figure.count is not None or figure.note for figure in monthly):
        yield from (Period(shift(period.end, -back), period.end) for back in range(1, LONGEST))


def one_total(ask: Asker, measure: Measure, area: str, period: Period) -> Stated:
    figures = ask.figures(measure, [area], period)
    figure = figures.figures[0] if figures.figures else None
    return Stated(measure, figures, period, count_cell(figure), figure_id(figure))


def named(found: Sequence[Stated], area: str) -> str:
    return next((one.figures.names[area] for one in found if area in one.figures.names), area)


def titled(lead: str, where: str, period: Period, found: Sequence[Stated]) -> str:
    """A title that names the period where every total covers it; each row says what its own covers."""
    return f"{lead} {where}, {period.label()}" if all(one.period == period for one in found) else f"{lead} {where}"


def answer(
    name: str,
    title: str,
    found: Sequence[Stated],
    area: str,
    tables: Sequence[Table],
    statements: Sequence[Statement],
    caveats: Sequence[str] = (),
) -> Findings:
    """Findings on totals that partners stated; `caveats` come before those of the measures."""
    return Findings(
        name=name,
        title=title,
        tables={table.name: table for table in tables},
        statements=tuple(statements),
        method=METHOD,
        caveats=once((*caveats, *(caveat for one in found for caveat in one.figures.caveats))),
        sources=once(source for one in found for source in one.figures.sources),
        profile=strictest(one.measure.profile for one in found),
        meta={"area": named(found, area), "area_code": area},
    )


def totals_table(name: str, title: str, found: Sequence[Stated]) -> Table:
    columns = (
        Column("label", Role.LABEL, "What was returned"),
        Column("period", Role.PERIOD, "Covers"),
        Column("count", Role.COUNT, "Number"),
        Column("id", Role.FIGURE, "Figure", of=("count",)),
    )
    rows = [
        {"label": one.figures.title, "period": one.period.text(), "count": one.count, "id": one.id} for one in found
    ]
    return Table(name, title, columns, tuple(rows))


def said(one: Stated, at: int, table: str = "returns") -> Statement:
    words = literal(spoken_title(one.figures.title))
    if one.count is MISSING:
        return Statement(f"{words}: not supplied for {one.period.label()}.")
    refs = {"count": Ref(table, at, "count")}
    return Statement(f"{words}: {{count}} in {one.period.label()}.", refs, {"count": "count"}, hidden(words))
