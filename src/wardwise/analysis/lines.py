"""How does this year's line run against the years before, and ours against theirs? Monthly series as lines, April to March."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wardwise.records.cells import MISSING, NOT_APPLICABLE, Cell
from wardwise.records.figures import Figure, Figures
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Sum, Table
from wardwise.records.periods import Period, month_name

from .asking import Asker, MeasureOrName, asker, count_cell, once, strictest
from .spans import financial_year_name, financial_year_of
from .words import literal, lower_first, months_in_words, sentence_case, spelt, spoken_title

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot


def monthly(
    source: Snapshot | Asker, measure: MeasureOrName, area: str, to: str, *, years: int = 3, name: str = "lines"
) -> Findings:
    """The financial year that holds month `to` and those before it, `years` in all.

    Tables: `lines`, one row a month, with the year as its series; `by_year`, one row for each month of the year, April first,
    one column a year; `quarters`, one row for each whole quarter. Months after `to` have not happened; months not supplied say so.
    """
    ask = asker(source)
    definition = ask.measure(measure)
    last = financial_year_of(to)
    period = Period(last.shift(-12 * (years - 1)).start, to)
    figures = ask.figures(definition, [area], period, ["month"])
    found = {figure.key.period.start: figure for figure in figures.figures}
    quarters = _quarters(ask.figures(definition, [area], period, ["quarter"]))
    where = figures.names.get(area, area)
    title = f"{figures.title}, {where}, {financial_year_name(period.start)} to {financial_year_name(to)}, by month"
    starts = [last.shift(-12 * back).start for back in range(years - 1, -1, -1)]
    return Findings(
        name=name,
        title=title,
        tables={
            "lines": _long(found, period, title, figures.unit),
            "by_year": _wide(found, starts, to, title, figures.unit),
            "quarters": _quarter_table(quarters, title, figures.unit),
        },
        statements=(*_highest(found, period, figures.title), *_highest_quarter(quarters, years)),
        sums=_sums(quarters, period),
        method="Monthly counts, one line for each financial year, April to March.",
        caveats=once((*figures.caveats, *_gaps(found, period))),
        sources=figures.sources,
        profile=definition.profile,
        meta={"area": where, "area_code": area, "unit": figures.unit, "to": to},
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


def _quarters(figures: Figures) -> list[Figure]:
    """Whole quarters that were supplied in full, in order."""
    whole = [f for f in figures.figures if f.key.period.length == 3 and count_cell(f) is not MISSING]
    return sorted(whole, key=lambda figure: figure.key.period)


def _quarter_table(quarters: Sequence[Figure], title: str, unit: str) -> Table:
    columns = (
        Column("period", Role.PERIOD, "Quarter"),
        Column("value", Role.COUNT, sentence_case(unit)),
        Column("id", Role.FIGURE, "Figure", of=("value",)),
    )
    rows = tuple({"period": f.key.period.text(), "value": count_cell(f), "id": f.id} for f in quarters)
    return Table("quarters", f"{title.removesuffix(', by month')}, by quarter", columns, rows)


def _highest_quarter(quarters: Sequence[Figure], years: int) -> list[Statement]:
    """Said when the latest whole quarter is the highest (or lowest) of them all, alone."""
    counts = [n for n in map(count_cell, quarters) if isinstance(n, int)]
    if len(counts) < 4 or counts.count(counts[-1]) > 1 or counts[-1] not in (max(counts), min(counts)):
        return []
    which = "highest" if counts[-1] == max(counts) else "lowest"
    refs = {f"v{i}": Ref("quarters", i, "value") for i in range(len(quarters))}
    latest = f"{{v{len(quarters) - 1}}}"
    text = (
        f"{quarters[-1].key.period.label()} was the {which} quarter held of these {spelt(years)} years, with {latest}."
    )
    return [Statement(text, refs, dict.fromkeys(refs, "count"))]


def _sums(quarters: Sequence[Figure], period: Period) -> tuple[Sum, ...]:
    place = {month: i for i, month in enumerate(period.months())}
    return tuple(
        Sum(Ref("quarters", at, "value"), tuple(Ref("lines", place[month], "value") for month in f.key.period.months()))
        for at, f in enumerate(quarters)
    )


def _id(figure: Figure | None) -> str:
    return figure.id if figure else ""


def _highest(found: dict[str, Figure], period: Period, title: str) -> list[Statement]:
    """The highest month of all, when every month was supplied; it is said of the months held otherwise."""
    known = [
        (count, i) for i, month in enumerate(period.months()) if isinstance(count := count_cell(found.get(month)), int)
    ]
    if not known:
        return [Statement(f"{literal(spoken_title(title))}: no month of this period was supplied.")]
    most = max(count for count, _ in known)
    at = max(i for count, i in known if count == most)
    held = "" if len(known) == period.length else " of those supplied"
    text = f"The highest month{held} for {literal(lower_first(spoken_title(title)))} was {month_name(period.months()[at])}, with {{value}}."
    return [Statement(text, {"value": Ref("lines", at, "value")}, {"value": "count"})]


def _gaps(found: dict[str, Figure], period: Period) -> tuple[str, ...]:
    gone = [month for month in period.months() if count_cell(found.get(month)) is MISSING]
    return (f"Not supplied: {months_in_words(gone)}.",) if gone else ()
