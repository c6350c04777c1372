"""High-risk domestic abuse cases (MARAC), over periods of unequal length, with the rates that can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from wardwise.records.cells import MISSING, NOT_APPLICABLE, Cell
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period, shift

from .asking import Asker, MeasureOrName, asker
from .returns import Stated, answer, named, one_total
from .spans import financial_year_of, last_whole

if TYPE_CHECKING:
    from wardwise.measures.definition import Measure
    from wardwise.store.snapshot import Snapshot

CHILDREN_CAVEAT = "A child is counted once for each case, so a child in two cases counts twice."
UNEQUAL_CAVEAT = "Unequal periods: {before} covers {months_before} months and {after} covers {months_after}. Their numbers are not compared."
MARAC = ("marac-cases", "marac-children", "marac-repeat-cases")


def marac(
    source: Snapshot | Asker,
    area: str,
    period: Period,
    measures: Sequence[MeasureOrName] = MARAC,
    *,
    periods: Sequence[Period] = (),
    name: str = "marac",
) -> Findings:
    """Cases, children and repeat cases over the last whole financial year and the quarters since: table `marac`, one column a
    period; table `rates`, one row a period, with the repeat rate, children in each case and cases a month."""
    ask = asker(source)
    definitions = [ask.measure(measure) for measure in measures]
    spans = tuple(periods) or tuple(_marac_periods(ask, definitions[0], area, period))
    found = [[one_total(ask, definition, area, span) for span in spans] for definition in definitions]
    every = [one for row in found for one in row]
    where = named(every, area)
    title = f"MARAC cases, {where}"
    tables = [_by_period(title, spans, found), _rates(spans, found)]
    caveats = (*_unequal(spans), CHILDREN_CAVEAT)
    return answer(name, title, every, area, tables, tuple(_marac_statements(spans, found)), caveats)


def _marac_periods(ask: Asker, measure: Measure, area: str, period: Period) -> Iterable[Period]:
    """The last whole financial year, then the longest stretch since that was stated."""
    yield last_whole(period.end, financial=True)
    start = financial_year_of(period.end).start
    for back in range(12):
        end = shift(period.end, -back)
        if end < start:
            return
        span = Period(start, end)
        if span != last_whole(period.end, financial=True) and one_total(ask, measure, area, span).count is not MISSING:
            yield span
            return


def _unequal(spans: Sequence[Period]) -> tuple[str, ...]:
    if len(spans) < 2 or spans[0].length == spans[-1].length:
        return ()
    words = UNEQUAL_CAVEAT.format(
        before=spans[0].label(), after=spans[-1].label(), months_before=spans[0].length, months_after=spans[-1].length
    )
    return (words,)


def _by_period(title: str, spans: Sequence[Period], found: Sequence[Sequence[Stated]]) -> Table:
    counts = [Column(f"p{i}", Role.COUNT, span.label()) for i, span in enumerate(spans)]
    ids = [Column(f"id{i}", Role.FIGURE, f"Figure, {span.label()}", of=(f"p{i}",)) for i, span in enumerate(spans)]
    rows: list[Row] = []
    for each in found:
        cells = {f"p{i}": one.count for i, one in enumerate(each)} | {f"id{i}": one.id for i, one in enumerate(each)}
        rows.append({"label": each[0].figures.title, **cells})
    return Table("marac", title, (Column("label", Role.LABEL, "MARAC"), *counts, *ids), tuple(rows))


def _rates(spans: Sequence[Period], found: Sequence[Sequence[Stated]]) -> Table:
    columns = (
        Column("period", Role.PERIOD, "Period"),
        Column("months", Role.BASE, "Months"),
        Column("cases", Role.COUNT, "Cases"),
        Column("children", Role.COUNT, "Children"),
        Column("repeats", Role.COUNT, "Repeat cases"),
        Column("repeat_rate", Role.PERCENT, "Repeat rate", of=("cases", "repeats"), decimals=1),
        Column("children_per_case", Role.VALUE, "Children in each case", of=("cases", "children"), decimals=2),
        Column("cases_a_month", Role.VALUE, "Cases a month", of=("cases",), decimals=1),
        *(
            Column(f"{part}_id", Role.FIGURE, f"Figure, {part}", of=(part,))
            for part in ("cases", "children", "repeats")
        ),
    )
    rows: list[Row] = []
    for i, span in enumerate(spans):
        cases, children, repeats = (each[i] for each in found)
        rows.append(
            {
                "period": span.text(),
                "months": span.length,
                "cases": cases.count,
                "children": children.count,
                "repeats": repeats.count,
                "repeat_rate": _ratio(repeats.count, cases.count, 100),
                "children_per_case": _ratio(children.count, cases.count),
                "cases_a_month": _ratio(cases.count, span.length),
                "cases_id": cases.id,
                "children_id": children.id,
                "repeats_id": repeats.id,
            }
        )
    return Table("rates", "Repeat rate and children in each case", columns, tuple(rows))


def _ratio(part: Cell, whole: Cell, times: int = 1) -> Cell:
    if not (isinstance(part, int) and isinstance(whole, int)):
        return MISSING
    return float(Fraction(part * times, whole)) if whole else NOT_APPLICABLE


def _marac_statements(spans: Sequence[Period], found: Sequence[Sequence[Stated]]) -> Iterable[Statement]:
    for i, span in enumerate(spans):
        cases, repeats = found[0][i].count, found[2][i].count
        if isinstance(cases, int) and isinstance(repeats, int) and cases:
            refs = {name: Ref("rates", i, name) for name in ("cases", "repeats", "repeat_rate")}
            text = f"In {span.label()}, {{cases}} cases were listed at MARAC; {{repeats}} ({{repeat_rate}}) were repeat cases."
            yield Statement(text, refs, {"cases": "count", "repeats": "count", "repeat_rate": "percent"})
