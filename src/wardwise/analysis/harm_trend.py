"""Did harm change? Days of harm month by month on a control chart, beside the number of crimes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from wardwise.methods import spc
from wardwise.methods.spc_rules import WHEELER
from wardwise.records.cells import MISSING, Cell, Weighed
from wardwise.records.figures import Figure
from wardwise.records.findings import Column, Findings, Role, Row, Table
from wardwise.records.periods import Period

from .asking import Asker, asker, count_cell, figure_id, once
from .chart_words import statements
from .charting import FEWEST_POINTS, Charted, chart, left_out_caveats
from .harm import rounded
from .harm_counts import Weighing, nothing, weigh
from .harm_weights import OPEN, choose
from .recording import events_for, spans_left_out
from .words import GAP, gap_caveat

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

__all__ = ["FEWEST_POINTS", "control_chart"]


def control_chart(
    source: Snapshot | Asker, area: str, period: Period, *, table: str = OPEN, name: str = "harm-trend"
) -> Findings:
    """Days of harm in each month with mean, limits and signs: table `points`; the number of crimes beside them: table `months`.

    A month not supplied is a gap. By offence where the force's own extract holds the newest month, else by category, as an estimate.
    """
    ask = asker(source)
    weighing = weigh(ask, area, Period(period.end, period.end), choose(ask, table))
    counted = weighing.figures([area], period, ["month"])
    days = _days(weighing, area, period, counted.figures)
    notes = events_for(ask.measure(weighing.measure), period.months(), own=ask.definitions, force=ask.force(area))
    charted = chart(days, period, WHEELER, leave_out=spans_left_out(notes))
    where = counted.names.get(area, area)
    if not any(isinstance(value, int | float) and value > 0 for value in charted.values):
        raise nothing(weighing, where, period)
    guess = "Estimated harm" if weighing.estimated else "Harm"
    title = f"{guess} from recorded crime in {where}, {period.label()}, by month, in days"
    gone = [month for month, value in zip(charted.months, charted.values, strict=True) if value is MISSING]
    return Findings(
        name=name,
        title=title,
        tables={
            "points": _points(charted, title, {event.month: event.label for event in notes}, _keys(days, weighing)),
            "months": _months(charted, counted.figures, guess),
        },
        statements=tuple(statements(charted, f"{guess} from recorded crime, in days,")),
        method=f"Harm by month is the number of each kind of offence times its weight, in days rounded to three figures. XmR control chart of the months shown{' but those left out' if charted.out else ''}; limits lie {spc.LIMIT_FACTOR} mean moving ranges from the mean. "
        f"Signs of a real change follow the rules of {WHEELER.title} ({WHEELER.citation}). {weighing.named}",
        caveats=once(
            (
                *weighing.caveats(),
                weighing.grave(
                    "A few grave offences make most of a month's harm, so it swings more than the number of crimes does."
                )
                or "The estimate gives every crime of a category the same days in every month: it shows that more or fewer were recorded, not that they grew graver.",
                *counted.caveats,
                *(event.text for event in notes),
                *left_out_caveats(charted),
                gap_caveat(gone),
            )
        ),
        sources=once((*counted.sources, weighing.table.source)),
        profile=ask.measure(weighing.measure).profile,
        meta={
            "area": where,
            "area_code": area,
            "unit": "days",
            "rules": WHEELER.title,
            "estimate": weighing.estimated,
            GAP: " ".join(gone),
        },
    )


def _days(weighing: Weighing, area: str, period: Period, months: Sequence[Figure]) -> list[Figure]:
    """The monthly figures with days of harm in place of their counts; a month not supplied stays so."""
    split = weighing.figures([area], period, ["month", weighing.by]).figures
    found = []
    for figure in months:
        each = [one for one in split if one.key.period == figure.key.period]
        known = count_cell(figure) is not MISSING
        crimes = sum(kind.count for kind in weighing.kinds(each) if kind.days is not None)
        found.append(replace(figure, count=Weighed(rounded(weighing.days(each)), crimes)) if known else figure)
    return found


def _keys(days: Sequence[Figure], weighing: Weighing) -> dict[str, str]:
    """What the register knows each month's harm by: it is no figure, but a figure's group weighed by one table."""
    weighed = ("harm", weighing.table.name)
    return {day.key.period.start: replace(day.key, group=(*day.key.group, weighed)).text() for day in days}


def _points(charted: Charted, title: str, labels: dict[str, str], keys: dict[str, str]) -> Table:
    """Days of harm have the role of a count: a month is guarded by the number of crimes behind its days."""
    columns = (
        Column("month", Role.PERIOD, "Month"),
        Column("value", Role.COUNT, "Days of harm"),
        Column("mean", Role.VALUE, "Mean", of=("value",), whole=True),
        Column("lower", Role.LOWER, "Lower limit", of=("value",), whole=True),
        Column("upper", Role.UPPER, "Upper limit", of=("value",), whole=True),
        Column("verdict", Role.VERDICT, "Sign of a real change", of=("value",)),
        Column("note", Role.NOTE, "Recording", of=("value",)),
        Column("key", Role.KEY, "Key", of=("value",)),
        Column("left_out", Role.NOTE, "Mean and limits", of=("value",)),
    )
    rows: list[Row] = [
        {
            "month": month,
            "value": charted.values[i],
            **{name: _rough(limit) for name, limit in charted.limits_at(i).items()},
            "verdict": charted.reasons(i),
            "note": labels.get(month, ""),
            "key": keys.get(month, ""),
            "left_out": charted.left_out(i),
        }
        for i, month in enumerate(charted.months)
    ]
    return Table("points", title, columns, tuple(rows))


def _rough(limit: Cell) -> Cell:
    """A mean or limit to three figures, as the days it is made from."""
    return rounded(limit) if isinstance(limit, float) else limit


def _months(charted: Charted, counted: Sequence[Figure], guess: str) -> Table:
    """The number of crimes behind each month's harm."""
    by_month = {figure.key.period.start: figure for figure in counted}
    columns = (
        Column("month", Role.PERIOD, "Month"),
        Column("count", Role.COUNT, "Recorded crimes"),
        Column("harm", Role.VALUE, guess, of=("count",), unit="days"),
        Column("id", Role.FIGURE, "Figure", of=("count",)),
    )
    rows: list[Row] = [
        {
            "month": month,
            "count": count_cell(by_month.get(month)),
            "harm": charted.values[i],
            "id": figure_id(by_month.get(month)),
        }
        for i, month in enumerate(charted.months)
    ]
    return Table("months", "Harm and number of crimes, month by month", columns, tuple(rows))
