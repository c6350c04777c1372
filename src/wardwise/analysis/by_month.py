"""Did it rise in every month? The months of two periods compared one by one."""

from __future__ import annotations

from dataclasses import dataclass

from wardwise.methods.ranks import Tally, tally
from wardwise.records.findings import Ref, Statement, Table
from wardwise.records.periods import month_name

from . import pairs
from .asking import Asker, MeasureOrName, count_cell, figure_id
from .pairs import Pair, Spans
from .words import plural, sentence_case, spelt


@dataclass(frozen=True)
class Months:
    """table: one row a month. statements: how many rose or fell; none when no month could be compared."""

    table: Table
    statements: tuple[Statement, ...]


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
    said = _sentence(after.title, found)
    return Months(table, (Statement(said, refs, dict.fromkeys(refs, "count")),) if said else ())


def _sentence(title: str, found: Tally) -> str:
    """“All crime rose in each of the five months.” “ASB incidents fell in four of the five months.”"""
    if found.of == 0:
        return ""
    verb, n = ("rose", found.rose) if found.rose >= found.fell else ("fell", found.fell)
    if n == 0:
        return f"{title} was the same in each month as in the earlier one."
    together = plural(found.of, "month")
    how = f"each of the {together}" if n == found.of > 1 else f"{spelt(n)} of the {together}"
    if found.of == 1:
        how = "the one month"
    gone = f" that can be compared; {plural(found.unknown, 'month')} cannot" if found.unknown else ""
    return f"{sentence_case(title)} {verb} in {how}{gone}, against the month in the same place of the earlier period."
