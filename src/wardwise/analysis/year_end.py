"""What will the year come to? What was recorded so far and what is expected for the rest, beside the police spreadsheet's estimate, and how far
each would have missed in earlier years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wardwise.records.cells import MISSING
from wardwise.records.findings import Findings, Statement, Table

from .asking import Asker, MeasureOrName, asker, once
from .forecast import WHAT_IF
from .forecast_series import MONTHS, YEAR, Held, Tell, caveats, held, points_table, study
from .forecast_tables import backtest_table, forecast_table
from .words import literal, months_in_words, spoken_title
from .year_end_tables import Year, counted, missed_table, rows_of, year_table
from .year_end_words import method_said, statements

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot


def year_end(
    source: Snapshot | Asker,
    measure: MeasureOrName,
    area: str,
    to: str,
    *,
    months: int = MONTHS,
    method: str = "auto",
    named: bool = False,
    tell: Tell | None = None,
    name: str = "year_end",
) -> Findings:
    """The financial year's total: tables `year_end` (a row a method), `missed` (what each would have said in earlier years), `points`, `backtest`.

    The year is that of the month after the last one supplied. Without enough months, or with a month of this year missing, there is
    `points` and a sentence that says why. Raises WardwiseError as forecast.forecast does.
    """
    ask = asker(source)
    definition = ask.measure(measure)
    of = held(ask, definition, area, to, months)
    year = Year.after(of.origin)
    where = of.figures.names.get(area, area)
    subject = literal(spoken_title(of.figures.title) + (f" in {where}" if named else ""))
    so_far = counted(ask, of, year.so_far)
    tables: dict[str, Table] = {"points": points_table(of)}
    why_not = of.cannot() or ("" if so_far[0] is not MISSING else _lacks(of, year))
    said: tuple[Statement, ...] = (Statement(literal(why_not)),)
    found = None
    if not why_not:
        found = study(of, YEAR, method, tell)
        before = counted(ask, of, year.whole.year_before())
        tables["year_end"] = year_table(of, found, year, so_far, before)
        tables["forecast"] = forecast_table(of, found.best.first(year.rest.length))
        tables["missed"] = missed_table(ask, of, found, year)
        tables["backtest"] = backtest_table(of, found, year.rest.length)
        said = tuple(statements(of, found, tables, year, subject))
    return Findings(
        name=name,
        title=f"{of.figures.title}, {where}: year-end estimate for {year.name}",
        tables=tables,
        statements=said,
        method=method_said(found) if found else "",
        caveats=once((*of.figures.caveats, *caveats(of, to), *((WHAT_IF,) if found else ()))),
        sources=of.figures.sources,
        profile=definition.profile,
        meta={
            "area": where,
            "area_code": area,
            "unit": of.figures.unit,
            "measure": definition.measure,
            "origin": of.origin,
            "method": found.chosen if found else "",
            "year": year.whole.text(),
            "methods": ",".join(rows_of(found)) if found else "",
        },
    )


def _lacks(of: Held, year: Year) -> str:
    gone = [m for m, v in zip(of.months, of.values, strict=True) if v is MISSING and m >= year.whole.start]
    early = [m for m in year.whole.months() if m < of.months[0]]
    return (
        f"{of.figures.title}: {months_in_words([*early, *gone])} not supplied, so the year so far cannot be added up and the year-end "
        "cannot be estimated."
    )
