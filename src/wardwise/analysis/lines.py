"""How does this year's line run against the years before, and ours against theirs? Monthly series as lines, April to March."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wardwise.records.cells import MISSING, NOT_APPLICABLE, Cell
from wardwise.records.figures import Figure, Figures
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period, month_name

from .asking import Asker, MeasureOrName, asker, count_cell, once, strictest
from .spans import financial_year_name, financial_year_of
from .to_date import (
    highest_quarter,
    quarter_table,
    sums_of,
    supplied_spans,
    to_date_statement,
    to_date_table,
    whole_quarters,
)
from .words import GAP, gap_caveat, literal, lower_first, sentence_case, spoken_title

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot


def monthly(
    source: Snapshot | Asker,
    measure: MeasureOrName,
    area: str,
    to: str,
    *,
    years: int = 3,
    named: bool = False,
    name: str = "lines",
) -> Findings:
    """The financial year that holds month `to` and those before it, `years` in all.

    Tables: `lines`, one row a month, with the year as its series; `by_year`, one row for each month of the year, April first,
    one column a year; `to_date`, the months of the year up to `to` and the same months of the years before; `quarters`, one row
    for each whole quarter. named: sentences name the area, for one that the report is not about. Months after `to` have not happened; months not supplied say so.
    """
    ask = asker(source)
    definition = ask.measure(measure)
    last = financial_year_of(to)
    period = Period(last.shift(-12 * (years - 1)).start, to)
    figures = ask.figures(definition, [area], period, ["month"])
    found = {figure.key.period.start: figure for figure in figures.figures}
    spans = [Period(last.start, to).shift(-12 * back) for back in range(years)]
    to_date = [(span, ask.figures(definition, [area], span).figures[:1]) for span in spans]
    quarters = whole_quarters(ask.figures(definition, [area], period, ["quarter"]))
    where = figures.names.get(area, area)
    gone = [month for month in period.months() if count_cell(found.get(month)) is MISSING]
    subject = spoken_title(figures.title) + (f" in {where}" if named else "")
    title = f"{figures.title}, {where}, {financial_year_name(period.start)} to {financial_year_name(to)}, by month"
    starts = [last.shift(-12 * back).start for back in range(years - 1, -1, -1)]
    return Findings(
        name=name,
        title=title,
        tables={
            "lines": _long(found, period, title, figures.unit),
            "by_year": _wide(found, starts, to, title, figures.unit),
            "to_date": to_date_table(to_date, title, figures.unit),
            "quarters": quarter_table(quarters, title, figures.unit),
        },
        statements=(
            *to_date_statement(to_date, subject),
            *_highest(found, period, subject),
            *highest_quarter(quarters, years),
        ),
        sums=(
            *sums_of({at: figure.key.period for at, figure in enumerate(quarters)}, "quarters", period),
            *sums_of(supplied_spans(to_date), "to_date", period),
        ),
        method="Monthly counts, one line for each financial year, April to March.",
        caveats=once((*figures.caveats, gap_caveat(gone))),
        sources=figures.sources,
        profile=definition.profile,
        meta={"area": where, "area_code": area, "unit": figures.unit, "to": to, GAP: " ".join(gone)},
    )


def compare(
    source: Snapshot | Asker,
    measures: Sequence[MeasureOrName],
    areas: Sequence[str],
    period: Period,
    *,
    name: str = "compared_lines",
) -> Findings:
    """Monthly lines of several areas, or of several measures in one area: table `lines`, one row a month and series."""
    ask = asker(source)
    definitions = [ask.measure(measure) for measure in measures]
    answers = [ask.figures(definition, areas, period, ["month"]) for definition in definitions]
    rows: list[Row] = []
    for figures in answers:
        for area in areas:
            series = figures.title if len(areas) == 1 else figures.names.get(area, area)
            label = series if len(areas) == 1 or len(answers) == 1 else f"{figures.title}, {series}"
            rows.extend(_line(_of_area(figures, area), period, label))
    first = answers[0]
    where = " and ".join(first.names.get(area, area) for area in areas)
    what = first.title if len(answers) == 1 else "Monthly counts"
    title = f"{what}, {where}, {period.label()}, by month"
    return Findings(
        name=name,
        title=title,
        tables={"lines": Table("lines", title, _columns("Line", first.unit), tuple(rows))},
        method="Monthly counts. Lines of areas of different size compare direction, not level.",
        caveats=once(caveat for figures in answers for caveat in figures.caveats),
        sources=once(source for figures in answers for source in figures.sources),
        profile=strictest(definition.profile for definition in definitions),
        meta={"area": where, "unit": first.unit},
    )


def _of_area(figures: Figures, area: str) -> dict[str, Figure]:
    return {figure.key.period.start: figure for figure in figures.figures if figure.key.area == area}


def _columns(series: str, unit: str) -> tuple[Column, ...]:
    return (
        Column("series", Role.LABEL, series),
        Column("month", Role.PERIOD, "Month"),
        Column("value", Role.COUNT, sentence_case(unit)),
        Column("id", Role.FIGURE, "Figure", of=("value",)),
    )


def _line(found: dict[str, Figure], period: Period, series: str) -> list[Row]:
    return [
        {"series": series, "month": month, "value": count_cell(found.get(month)), "id": _id(found.get(month))}
        for month in period.months()
    ]


def _long(found: dict[str, Figure], period: Period, title: str, unit: str) -> Table:
    rows = [{**row, "series": financial_year_name(str(row["month"]))} for row in _line(found, period, "")]
    return Table("lines", title, _columns("Financial year", unit), tuple(rows))


def _wide(found: dict[str, Figure], starts: Sequence[str], to: str, title: str, unit: str) -> Table:
    counts = [Column(f"y{i}", Role.COUNT, financial_year_name(start), unit=unit) for i, start in enumerate(starts)]
    ids = [Column(f"id{i}", Role.FIGURE, "Figure", of=(f"y{i}",)) for i in range(len(starts))]
    rows: list[Row] = []
    for n in range(12):
        row: dict[str, Cell] = {"month": month_name(Period.of(starts[0]).shift(n).start).split()[0]}
        for i, start in enumerate(starts):
            month = Period.of(start).shift(n).start
            row[f"y{i}"] = NOT_APPLICABLE if month > to else count_cell(found.get(month))
            row[f"id{i}"] = _id(found.get(month))
        rows.append(row)
    return Table("by_year", title, (Column("month", Role.LABEL, "Month"), *counts, *ids), tuple(rows))


def _id(figure: Figure | None) -> str:
    return figure.id if figure else ""


def _highest(found: dict[str, Figure], period: Period, title: str) -> list[Statement]:
    """The highest month of all, when every month was supplied; it is said of the months held otherwise."""
    known = [
        (count, i) for i, month in enumerate(period.months()) if isinstance(count := count_cell(found.get(month)), int)
    ]
    if not known:
        return [Statement(f"{literal(title)}: no month of this period was supplied.")]
    most = max(count for count, _ in known)
    at = max(i for count, i in known if count == most)
    held = "" if len(known) == period.length else " of those supplied"
    text = f"The highest month{held} for {literal(lower_first(title))} was {month_name(period.months()[at])}, with {{value}}."
    return [Statement(text, {"value": Ref("lines", at, "value")}, {"value": "count"})]
