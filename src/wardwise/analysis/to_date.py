"""The year so far beside the same months of the years before, and quarters beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wardwise.records.cells import MISSING
from wardwise.records.figures import Figure, Figures
from wardwise.records.findings import Column, Ref, Role, Row, Statement, Sum, Table
from wardwise.records.periods import Period

from .asking import count_cell, figure_id
from .spans import financial_year_name
from .words import listed, literal, sentence_case, spelt

ToDate = Sequence[tuple[Period, Sequence[Figure]]]
"""A span of months and its figure (none when nothing was asked of it), the latest year first."""


def supplied_spans(to_date: ToDate) -> dict[int, Period]:
    """The spans that were supplied in full, by their row in table `to_date`."""
    return {
        at: span for at, (span, figures) in enumerate(to_date) if figures and isinstance(count_cell(figures[0]), int)
    }


def to_date_table(to_date: ToDate, title: str, unit: str) -> Table:
    """Table `to_date`: one row a year, the latest first."""
    columns = (
        Column("period", Role.PERIOD, "Months"),
        Column("value", Role.COUNT, sentence_case(unit)),
        Column("id", Role.FIGURE, "Figure", of=("value",)),
    )
    rows: list[Row] = []
    for span, figures in to_date:
        figure = figures[0] if figures else None
        rows.append({"period": span.text(), "value": count_cell(figure), "id": figure_id(figure)})
    return Table("to_date", f"{title.removesuffix(', by month')}, year to date", columns, tuple(rows))


def to_date_statement(to_date: ToDate, title: str) -> tuple[Statement, ...]:
    """“Violence: higher in April to August 2016 ({v0}) than in the same months of 2015 ({v1}) and 2014 ({v2}).” Nothing when the
    latest year, or every other, was not supplied."""
    counts = [count_cell(figures[0]) if figures else MISSING for _, figures in to_date]
    now, others = counts[0], [(at, n) for at, n in enumerate(counts) if at and isinstance(n, int)]
    if not isinstance(now, int) or not others:
        return ()
    refs = {f"v{at}": Ref("to_date", at, "value") for at in (0, *(at for at, _ in others))}
    before = listed([f"{_year(to_date[at][0])} ({{v{at}}})" for at, _ in others])
    latest = to_date[0][0].label()
    text = f"{literal(title)}: {_beside(now, [n for _, n in others])} the same months of {before}."
    return (Statement(text.replace("LATEST", f"{latest} ({{v0}})"), refs, dict.fromkeys(refs, "count")),)


def _year(span: Period) -> str:
    return span.start[:4] if span.start[:4] == span.end[:4] else financial_year_name(span.start)


def _beside(now: int, others: Sequence[int]) -> str:
    if all(now > n for n in others):
        return "higher in LATEST than in"
    return "lower in LATEST than in" if all(now < n for n in others) else "LATEST, against"


def whole_quarters(figures: Figures) -> list[Figure]:
    """Whole quarters that were supplied in full, in order."""
    whole = [f for f in figures.figures if f.key.period.length == 3 and count_cell(f) is not MISSING]
    return sorted(whole, key=lambda figure: figure.key.period)


def quarter_table(quarters: Sequence[Figure], title: str, unit: str) -> Table:
    columns = (
        Column("period", Role.PERIOD, "Quarter"),
        Column("value", Role.COUNT, sentence_case(unit)),
        Column("id", Role.FIGURE, "Figure", of=("value",)),
    )
    rows = tuple({"period": f.key.period.text(), "value": count_cell(f), "id": f.id} for f in quarters)
    return Table("quarters", f"{title.removesuffix(', by month')}, by quarter", columns, rows)


def highest_quarter(quarters: Sequence[Figure], years: int) -> list[Statement]:
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


def sums_of(spans: Mapping[int, Period], table: str, period: Period) -> tuple[Sum, ...]:
    """Each of these rows of `table` is the sum of its months in table `lines`, whose rows are the months of `period`."""
    place = {month: i for i, month in enumerate(period.months())}
    return tuple(
        Sum(Ref(table, at, "value"), tuple(Ref("lines", place[month], "value") for month in span.months()))
        for at, span in spans.items()
    )
