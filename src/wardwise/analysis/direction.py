"""Is it rising or falling over the years? Each measure's trend in words that tested rules allow: static, weak or clear, up or down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wardwise.methods import spc_seasonal, trend
from wardwise.records.cells import NOT_APPLICABLE, Cell
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period

from . import rebases
from .asking import Asker, MeasureOrName, asker, count_cell, once, strictest
from .charting import numbers
from .recording import Event, breaks, events_for, left_out
from .words import literal, months_in_words, spoken_title

if TYPE_CHECKING:
    from wardwise.measures.definition import Measure
    from wardwise.records.figures import Figures
    from wardwise.store.snapshot import Snapshot

TOO_SHORT = "too short to tell"
FEWEST_EVENTS = 2.0
"""Below two events a month the slope is mostly nought and says nothing (our choice)."""

METHOD = (
    "Trend: the Mann-Kendall rank test of the monthly counts, corrected for months that follow each other (Yue and Wang 2004), and the "
    "slope of Theil and Sen. A marked season is taken out first. “Clear” means that chance alone gives such a trend less than 1 time in "
    "100 and that it moves by 5% or more a year; “weak” less than 1 time in 20; “static” is every other. A trend is never drawn across "
    "a change of recording or an accepted new level: the months after it are used. Months out of the ordinary, such as those of the "
    "coronavirus restrictions, are left out."
)


@dataclass(frozen=True)
class Course:
    """One measure's trend over the months after the last break. why: what it starts after, empty when it is the whole period. without: the months
    within it that are left out."""

    measure: Measure
    title: str
    place: str
    area: str
    months: Period
    why: str
    without: str
    known: int
    total: int
    yearly: float
    word: str


def trend_words(
    source: Snapshot | Asker,
    measures: Sequence[MeasureOrName],
    area: str,
    period: Period,
    *,
    name: str = "trend_words",
) -> Findings:
    """The trend of each measure's monthly counts in one area, in words: table `trends`."""
    ask = asker(source)
    wanted = [ask.measure(measure) for measure in measures]
    answers = [(measure, ask.figures(measure, [area], period, ["month"])) for measure in wanted]
    courses = [_course(ask, measure, figures, area, period) for measure, figures in answers]
    where = answers[0][1].names.get(area, area) if answers else area
    title = f"Trends in {where}, {period.label()}"
    return Findings(
        name=name,
        title=title,
        tables={"trends": _table(courses, title)},
        statements=tuple(_statement(course, row) for row, course in enumerate(courses)),
        method=METHOD,
        caveats=once(caveat for _, figures in answers for caveat in figures.caveats),
        sources=once(source for _, figures in answers for source in figures.sources),
        profile=strictest(measure.profile for measure in wanted),
        meta={"area": where, "area_code": area},
    )


def _course(ask: Asker, measure: Measure, figures: Figures, area: str, period: Period) -> Course:
    events = events_for(measure, period.months(), own=ask.definitions, force=ask.force(area))
    months, why = _since(ask, measure, area, period, events)
    gone = left_out(events, months.months())
    held = {
        figure.key.period.start: count_cell(figure) for figure in figures.figures if figure.key.period.start not in gone
    }
    y = numbers([held.get(month, "") for month in months.months()])
    season = spc_seasonal.season(y, first=int(months.start[5:]) - 1)
    found = trend.trend(season.without(y))
    known = y[~np.isnan(y)]
    enough = len(known) >= trend.FEWEST_POINTS and known.mean() >= FEWEST_EVENTS
    place = figures.names.get(area, area)
    yearly = float(found.yearly) * 100 if enough else float("nan")
    return Course(
        measure,
        figures.title,
        place,
        area,
        months,
        why,
        months_in_words(gone),
        len(known),
        int(known.sum()),
        yearly,
        _word(found, enough),
    )


def _since(ask: Asker, measure: Measure, area: str, period: Period, events: Sequence[Event]) -> tuple[Period, str]:
    """The months after the last break within the period, and what broke it."""
    found = [(month, "a change of recording") for month in breaks(events)]
    found += [(one.month, "an accepted new level") for one in rebases.of(ask.definitions, measure.measure, area)]
    inside = [each for each in found if period.start < each[0] <= period.end]
    start, why = max(inside, default=(period.start, ""))
    return Period(start, period.end), why


def _word(found: trend.Trend, enough: bool) -> str:
    if not enough:
        return TOO_SHORT
    called = trend.called(float(found.p), float(found.yearly), float(found.tau))
    way = {1: " upward", -1: " downward", 0: ""}[called.direction]
    return f"{called.strength}{way}"


def _table(courses: Sequence[Course], title: str) -> Table:
    columns = (
        Column("label", Role.LABEL, "Measure"),
        Column("area", Role.AREA, "Area code"),
        Column("period", Role.PERIOD, "Months used"),
        Column("known", Role.BASE, "Months held"),
        Column("total", Role.COUNT, "Recorded in them"),
        Column("trend", Role.VERDICT, "Trend", of=("total",)),
        Column("yearly", Role.PERCENT, "Change a year", of=("total",), decimals=1),
        Column("note", Role.NOTE, "Months left out", of=("total",)),
    )
    return Table("trends", title, columns, tuple(_row(course) for course in courses))


def _row(course: Course) -> Row:
    yearly: Cell = NOT_APPLICABLE if np.isnan(course.yearly) else course.yearly
    return {
        "label": course.title,
        "area": course.area,
        "period": course.months.text(),
        "known": course.known,
        "total": course.total,
        "trend": course.word,
        "yearly": yearly,
        "note": "; ".join(
            part
            for part in (course.why and f"starts after {course.why}", course.without and f"without {course.without}")
            if part
        ),
    }


def _statement(course: Course, row: int) -> Statement:
    subject = literal(spoken_title(course.title))
    refs = {name: Ref("trends", row, name) for name in ("trend", "yearly", "total")}
    formats = {"trend": "text", "yearly": "percent-size", "total": "count"}
    since = f" (the months after {course.why})" if course.why else ""
    without = f", without {course.without}" if course.without else ""
    when = f"{course.months.label()}{since}{without}"
    if course.word == TOO_SHORT:
        return Statement(f"{subject}: there are too few months or events to tell a trend in {when}.", {}, {})
    if course.word == trend.STATIC:
        return Statement(f"{subject}: static. No trend can be told from chance in {when}.", refs, formats)
    verb = "rising" if "upward" in course.word else "falling"
    return Statement(f"{subject}: {{trend}} trend, {verb} by about {{yearly}} a year in {when}.", refs, formats)
