"""Did it rise in every month? The months of two periods compared one by one."""

from __future__ import annotations

from dataclasses import dataclass

from wardwise.methods.ranks import Tally, tally
from wardwise.records.findings import Ref, Statement, Sum, Table
from wardwise.records.periods import month_name

from . import pairs
from .asking import Asker, MeasureOrName, count_cell, figure_id
from .pairs import Pair, Spans
from .words import plural, sentence_case, spelt, spoken_title


@dataclass(frozen=True)
class Months:
    """table: one row a month. statements: how many rose or fell; none when no month could be compared."""

    table: Table
    statements: tuple[Statement, ...]

    def sums_to(self, table: str, at: int, whole: Pair) -> tuple[Sum, ...]:
        """The months add up to the counts of row `at` of another table, where every month was supplied."""
        if whole.known() is None or whole.known() != tuple(self._total(side) for side in ("before", "after")):
            return ()
        every = range(len(self.table.rows))
        return tuple(
            Sum(Ref(table, at, side), tuple(Ref(self.table.name, i, side) for i in every))
            for side in ("before", "after")
        )

    def _total(self, side: str) -> int:
        return sum(n for row in self.table.rows if isinstance(n := row[side], int))


def months_compared(ask: Asker, measure: MeasureOrName, area: str, spans: Spans, name: str = "months") -> Months:
    """Each month of the later period beside the month in the same place of the earlier one."""
    definition = ask.measure(measure)
    before = ask.figures(definition, [area], spans.before, ["month"])
    after = ask.figures(definition, [area], spans.after, ["month"])
    earlier = {figure.key.period.start: figure for figure in before.figures}
    later = {figure.key.period.start: figure for figure in after.figures}
    rows = [
        Pair(
            month_name(new),
            count_cell(earlier.get(old)),
            count_cell(later.get(new)),
            figure_id(earlier.get(old)),
            figure_id(later.get(new)),
            area,
        )
        for old, new in zip(spans.before.months(), spans.after.months(), strict=False)
    ]
    table = pairs.table(name, f"{after.title}, month by month", rows, spans, "Month")
    known = [pair.known() for pair in rows]
    found = tally([both[0] if both else None for both in known], [both[1] if both else None for both in known])
    refs = {f"{side}{at}": Ref(name, at, side) for at in range(len(rows)) for side in ("before", "after")}
    said = _sentence(after.title, found, spans)
    return Months(table, (Statement(said, refs, dict.fromkeys(refs, "count")),) if said else ())


def _sentence(title: str, found: Tally, spans: Spans) -> str:
    """“All crime rose in each of the five months.” “ASB incidents fell in four of the five months.”"""
    if found.of == 0:
        return ""
    verb, n = ("rose", found.rose) if found.rose >= found.fell else ("fell", found.fell)
    if n == 0:
        return f"{spoken_title(title)} was the same in each month as in the earlier one."
    together = plural(found.of, "month")
    how = f"each of the {together}" if n == found.of > 1 else f"{spelt(n)} of the {together}"
    if found.of == 1:
        how = "the one month"
    gone = f" that can be compared; {plural(found.unknown, 'month')} cannot" if found.unknown else ""
    yearly = spans.after.year_before() == spans.before
    against = "the same month a year before" if yearly else f"the month in the same place of {spans.before.label()}"
    return f"{sentence_case(spoken_title(title))} {verb} in {how}{gone}, each compared with {against}."
