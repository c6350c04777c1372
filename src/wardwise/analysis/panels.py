"""Which of the main measures are out of the ordinary this month? A control chart of each, small, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from wardwise.methods.spc_rules import WHEELER, Rules
from wardwise.records.cells import MISSING
from wardwise.records.findings import Findings, Ref, Statement, Table
from wardwise.records.periods import Period, month_name

from .asking import Asker, asker, once, strictest
from .charting import FEWEST_POINTS
from .trends import control_chart
from .words import GAP, gap_caveat, listed, literal, lower_first, plural, sentence_case, spelt, spoken_title
from .year_to_date import Choice, first_held

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

MOST = 6
"""Two rows of three: a third of a page, each still wide enough to be read."""


def control_charts(
    source: Snapshot | Asker,
    choices: Sequence[Choice],
    area: str,
    period: Period,
    *,
    rules: Rules = WHEELER,
    seasonal: bool = True,
    most: int = MOST,
    name: str = "panels",
) -> Findings | None:
    """The control chart of each measure over the months of `period`: a table each, called by the measure's name and titled by it.

    seasonal: limits follow the time of year where there is a marked season, as `watch` takes it. A choice is a measure, or several of which the first that is held is used. Those with too few months for limits are left out; None
    when all are.
    """
    ask = asker(source)
    last = Period(period.end, period.end)
    chosen = [one for choice in choices if (one := first_held(ask, choice, area, last, last.year_before())) is not None]
    charts: list[tuple[str, Findings]] = []
    for measure in chosen:
        chart = control_chart(ask, measure, area, period, rules=rules, seasonal=seasonal, name=measure.measure)
        if sum(row["value"] is not MISSING for row in chart.tables["points"].rows) >= FEWEST_POINTS:
            charts.append((measure.measure, chart))
    charts = charts[:most]
    if not charts:
        return None
    first = charts[0][1]
    gone = {month for _, one in charts for month in _gaps(one)}
    tables = [replace(one.tables["points"], name=measure, title=_title(one, measure, ask)) for measure, one in charts]
    return replace(
        first,
        name=name,
        title=f"{sentence_case(plural(len(charts), 'control chart'))}, {first.meta['area']}, {period.label()}, by month",
        tables={table.name: table for table in tables},
        statements=(_which(tables, period.end), *(said for measure, one in charts for said in _latest(one, measure))),
        caveats=once(caveat for _, one in charts for caveat in one.caveats if caveat != gap_caveat(_gaps(one))),
        sources=once(source for _, one in charts for source in one.sources),
        profile=strictest(one.profile for _, one in charts),
        meta={"area": first.meta["area"], "area_code": area, "rules": rules.title, GAP: " ".join(sorted(gone))},
    )


def _gaps(chart: Findings) -> list[str]:
    return str(chart.meta[GAP]).split()


def _title(chart: Findings, measure: str, ask: Asker) -> str:
    return spoken_title(ask.measure(measure).title)


def _which(tables: Sequence[Table], month: str) -> Statement:
    """“One of the six measures stood out in August 2016: violence against the person.” A hidden month hides the sentence."""
    refs = {f"v{at}": Ref(table.name, len(table.rows) - 1, "verdict") for at, table in enumerate(tables)}
    out = [table for table in tables if table.rows[-1]["verdict"]]
    names = listed([literal(lower_first(table.title)) for table in out])
    if len(tables) == 1:
        sign = "a sign" if out else "no sign"
        return Statement(f"The one measure drawn here shows {sign} of a real change in {month_name(month)}.", refs)
    of = f"of the {plural(len(tables), 'measure')} drawn here"
    text = f"None {of} shows a sign of a real change in {month_name(month)}."
    if out:
        verb = "shows" if len(out) == 1 else "show"
        text = f"{sentence_case(spelt(len(out)))} {of} {verb} a sign of a real change in {month_name(month)}: {names}."
    return Statement(text, refs, dict.fromkeys(refs, "text"))


def _latest(chart: Findings, measure: str) -> Iterator[Statement]:
    """Where the latest month stands, as the measure's own chart says it."""
    for statement in chart.statements[:1]:
        yield replace(statement, refs={key: replace(ref, table=measure) for key, ref in statement.refs.items()})
