"""Does something rare happen more often than it did? The days between one event and the next, on a t or g chart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from wardwise.methods import spc_rare
from wardwise.methods.spc_rare import Gaps
from wardwise.records.cells import NOT_APPLICABLE
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period, month_name, month_number
from wardwise.records.tables import TABLES

from .asking import Asker, MeasureOrName, asker, count_cell, missing_months, once
from .words import GAP, gap_caveat, literal, plural, spelt, spoken_title

if TYPE_CHECKING:
    from wardwise.measures.definition import Measure
    from wardwise.records.figures import Figures
    from wardwise.store.snapshot import Snapshot

DAYS = ("date", "occurred_date", "occurred_from", "reported_date")
"""Columns that hold the day of an event, the best first."""

FEWEST_GAPS = 10
"""Ten gaps before limits are drawn (Provost and Murray 2011 ask for 10 to 12 on a chart of rare events)."""

COMMON = 2.0
"""From two events a month on, a chart of months tells more."""


@dataclass(frozen=True)
class Events:
    """When events happened, in order: as days (or months) since the first day of the period, with the month of each."""

    at: tuple[int, ...]
    months: tuple[str, ...]
    unit: str


def days_between(
    source: Snapshot | Asker, measure: MeasureOrName, area: str, period: Period, *, name: str = "rare_events"
) -> Findings:
    """The gaps between the events that a measure counts in one area: table `gaps`, with limits from ten gaps on.

    Days are charted where the records give the day (t chart), and otherwise the months without an event (g chart). A gap in which a
    month was not supplied is left out.
    """
    ask = asker(source)
    definition = ask.measure(measure)
    figures = ask.figures(definition, [area], period, ["month"])
    where = figures.names.get(area, area)
    gone = missing_months(figures, area)
    events = _by_day(ask, definition, area, period) or _by_month(figures)
    gaps, whole = _gaps(events, gone)
    chart = _chart(gaps, events.unit) if len(gaps) >= FEWEST_GAPS else None
    title = f"{figures.title[:1].upper()}{figures.title[1:]} in {where}, {events.unit} from one to the next, {period.label()}"
    subject = literal(f"{spoken_title(figures.title)} in {where}")
    months = period.length - len(gone)
    return Findings(
        name=name,
        title=title,
        tables={"gaps": _table(events, gaps, whole, chart, title)},
        statements=tuple(_statements(subject, events, gaps, whole, chart, months)),
        method=_method(events.unit),
        caveats=once((*figures.caveats, gap_caveat(gone))),
        sources=figures.sources,
        profile=definition.profile,
        meta={"area": where, "area_code": area, "unit": events.unit, GAP: " ".join(gone)},
    )


def _by_day(ask: Asker, measure: Measure, area: str, period: Period) -> Events | None:
    """The days of the events; None where the records hold none, or not of every event."""
    from wardwise.measures.kinds import Kind

    if getattr(measure.count, "kind", None) is not Kind.EVENTS:
        return None
    columns = TABLES[measure.count.records].names
    column = next((name for name in DAYS if name in columns), None)
    if column is None:
        return None
    found = ask.records(measure, area, period, [column]).column(column).to_pylist()
    if not found or not all(isinstance(day, date) for day in found):
        return None
    start = date.fromisoformat(f"{period.start}-01")
    days = sorted(found)
    return Events(tuple((day - start).days for day in days), tuple(f"{day:%Y-%m}" for day in days), "days")


def _by_month(figures: Figures) -> Events:
    """The months that hold an event, as numbers."""
    held = sorted(f.key.period.start for f in figures.figures if isinstance(n := count_cell(f), int) and n > 0)
    return Events(tuple(month_number(month) for month in held), tuple(held), "months")


def _gaps(events: Events, gone: Sequence[str]) -> tuple[np.ndarray, list[int]]:
    """Gaps, and for each the place of its later event; none across a month that was not supplied."""
    lost = sorted(gone)
    places = [
        i
        for i in range(1, len(events.at))
        if not any(events.months[i - 1] <= month <= events.months[i] for month in lost)
    ]
    less = 1 if events.unit == "months" else 0  # months between, without those of the events themselves
    return np.array([events.at[i] - events.at[i - 1] - less for i in places], dtype=np.float64), places


def _chart(gaps: np.ndarray, unit: str) -> Gaps:
    return spc_rare.times(gaps) if unit == "days" else spc_rare.chances(gaps)


def _table(events: Events, gaps: np.ndarray, places: Sequence[int], chart: Gaps | None, title: str) -> Table:
    columns = (
        Column("month", Role.PERIOD, "Month of the event"),
        Column("events", Role.COUNT, "Events"),
        Column("gap", Role.VALUE, f"{events.unit.capitalize()} since the one before", of=("events",), decimals=0),
        Column("usual", Role.VALUE, "Usual", of=("events",), decimals=0, whole=True),
        Column("lower", Role.LOWER, "Lower limit", of=("events",), decimals=0, whole=True),
        Column("upper", Role.UPPER, "Upper limit", of=("events",), decimals=0, whole=True),
        Column("verdict", Role.VERDICT, "Sign of a real change", of=("events",)),
    )
    rows: list[Row] = []
    for i, place in enumerate(places):
        lines = {"usual": chart.centre, "lower": chart.lower, "upper": chart.upper} if chart else None
        rows.append(
            {
                "month": events.months[place],
                "events": 1,
                "gap": float(gaps[i]),
                **(lines or dict.fromkeys(("usual", "lower", "upper"), NOT_APPLICABLE)),
                "verdict": _verdict(chart, i),
            }
        )
    return Table("gaps", title, columns, tuple(rows))


def _verdict(chart: Gaps | None, at: int) -> str:
    if chart is None:
        return ""
    if chart.more[at]:
        return "sooner than usual"
    return "later than usual" if chart.fewer[at] else ""


def _statements(
    subject: str, events: Events, gaps: np.ndarray, places: Sequence[int], chart: Gaps | None, months: int
) -> Iterator[Statement]:
    if chart is None:
        yield Statement(
            f"{subject}: there are fewer than {spelt(FEWEST_GAPS)} gaps between events, too few to say what is usual."
        )
        return
    if months and len(events.at) / months >= COMMON:
        yield Statement(f"{subject}: it happens too often to be called rare. The control chart of months tells more.")
        return
    last = len(places) - 1
    refs = {name: Ref("gaps", last, name) for name in ("gap", "usual", "lower", "upper")}
    gap, usual = (_unit(events.unit, float(number)) for number in (gaps[last], chart.centre))
    text = (
        f"{subject}: the latest came {{gap}} {gap} after the one before. The usual gap is {{usual}} {usual}, and gaps run from {{lower}} to {{upper}}."
        if events.unit == "days"
        else f"{subject}: {_before_latest(gaps[last])} Usually it is {{usual}}, and by chance anything from {{lower}} to {{upper}}."
    )
    yield Statement(text, refs, dict.fromkeys(refs, "count"))
    for flags, words in ((chart.more, "sooner"), (chart.fewer, "later")):
        marked = [int(i) for i in np.flatnonzero(flags)]
        if marked:
            named = month_name(events.months[places[marked[-1]]])
            refs = {"verdict": Ref("gaps", marked[-1], "verdict")}
            times = plural(len(marked), "event")
            yield Statement(
                f"{times.capitalize()} came {words} than usual, most recently in {named}.", refs, {"verdict": "text"}
            )
    if not (chart.more.any() or chart.fewer.any()):
        yield Statement("No gap is a sign of a real change.")


def _before_latest(gap: float) -> str:
    """How many months had none before the latest one that had."""
    months = "{gap} month" if gap == 1 else "{gap} months"
    return f"{months} without one came before the latest." if gap else "no month without one came before the latest."


def _unit(unit: str, number: float) -> str:
    """“day” of one, “days” of any other number, as it is shown."""
    return unit.removesuffix("s") if round(number) == 1 else unit


def _method(unit: str) -> str:
    if unit == "days":
        return (
            "t chart: the days between events, raised to 1 / 3.6 so that they spread evenly, on an XmR chart, and put back into days (Nelson "
            "1994)."
        )
    return (
        "g chart: the months without an event between months with one. The records give no day. Limits are the 1% points of the geometric "
        "law (Kaminsky and others 1992)."
    )
