"""What needs attention now? Every measure in every area charted in one pass, what stands out in order, and how much of it chance would do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wardwise.methods import false_alarms, spc, spc_seasonal
from wardwise.methods.spc_rules import WHEELER, Rules
from wardwise.records.cells import MISSING, Cell
from wardwise.records.figures import Figure, Figures
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period, month_name, shift

from . import rebases
from .asking import Asker, MeasureOrName, asker, count_cell, once, strictest
from .charting import numbers, reasons
from .recording import events_for, spans_left_out
from .words import listed, literal, plural, sentence_case, spelt, spoken_title

if TYPE_CHECKING:
    from wardwise.measures.definition import Measure
    from wardwise.store.snapshot import Snapshot

Floats = NDArray[np.float64]

MONTHS = 48
FEWEST_MONTHS = 24
"""Two years of months before a series is judged: limits from fewer raise more false alarms (docs/explanation)."""

FEWEST_USUAL = 18
"""Months that must be left where a time unlike any other, such as the coronavirus restrictions, is taken out: limits from a year and a half
mislead less than limits with it in (our choice; the first sentence counts the false alarms that so few months give)."""

FEWEST_EVENTS = 2.0
"""Below two a month the counts are too lumpy for limits; ask `rare-events` of them (Provost and Murray 2011 draw the line there)."""

MOST = 30
"""Rows of the table; the first sentence says how many there are in all."""


@dataclass(frozen=True)
class Series:
    """One measure in one area: its months, and the figure of the latest. supplied: months that were, before any was left out."""

    measure: Measure
    area: str
    place: str
    counts: tuple[Cell, ...]
    latest: Figure
    supplied: int = 0


@dataclass(frozen=True)
class Judged:
    """Many series at once. score: of the latest month, in standard deviations from its mean; expected: how many would be listed by
    chance alone, if months were separate and as they follow each other here."""

    season: spc_seasonal.Season
    limits: spc.Limits
    signals: spc.Signals
    score: Floats
    expected: false_alarms.Expected


def attention_now(
    source: Snapshot | Asker,
    areas: Sequence[str],
    to: str,
    *,
    measures: Sequence[MeasureOrName] = (),
    rules: Rules = WHEELER,
    months: int = MONTHS,
    name: str = "watch",
) -> Findings:
    """Each series whose month `to` is a sign of a special cause, those furthest beyond their limits first: table `watch`.

    measures: those looked at; unless told, every measure that counts records of events and is not a health partner's. Seasons are
    taken out where marked, levels accepted by people are kept, and the number of false alarms to expect is worked out by
    simulation from the series themselves.
    """
    ask = asker(source)
    period = Period(shift(to, 1 - months), to)
    wanted = [ask.measure(one) for one in measures] or [one for one in ask.every_measure() if _counts_events(one)]
    answers = [(one, ask.figures(one, areas, period, ["month"])) for one in wanted if ask.holds(one)]
    answers = [(one, figures) for one, figures in answers if _held(figures, to)]
    found = [series for one, figures in answers for series in _series(ask, one, figures, areas, period)]
    fit = [series for series in found if _enough(series)]
    title = f"What stands out in {month_name(to)}, {_where(ask, answers, areas)}"
    judged = _judge(fit, period, rules) if fit else None
    order = _order(judged) if judged else []
    table = _table(ask, fit, judged, order[:MOST], title, to)
    return Findings(
        name=name,
        title=title,
        tables={"watch": table},
        statements=tuple(_statements(fit, judged, order, len(found), to)),
        method=_method(rules, period),
        caveats=once(_caveats(fit, judged, order)),
        sources=once(source for _, figures in answers for source in figures.sources),
        profile=strictest(one.profile for one, _ in answers),
        meta={"area": _where(ask, answers, areas), "month": to, "rules": rules.title},
    )


def _counts_events(measure: Measure) -> bool:
    """A count of records, neither a rate nor a share: those would list the same change again."""
    from wardwise.measures.kinds import Kind

    return measure.base is None and measure.profile != "health" and measure.count.kind is Kind.EVENTS


def _held(figures: Figures, to: str) -> bool:
    return any(f.key.period.end == to and count_cell(f) is not MISSING for f in figures.figures)


def _where(ask: Asker, answers: Sequence[tuple[Measure, Figures]], areas: Sequence[str]) -> str:
    names = answers[0][1].names if answers else {}
    return listed([names.get(area, area) for area in areas]) if len(areas) <= 2 else f"{spelt(len(areas))} areas"


def _series(ask: Asker, measure: Measure, figures: Figures, areas: Sequence[str], period: Period) -> Iterator[Series]:
    """The series of one measure whose latest month was supplied. Months before the last accepted new level are left out."""
    by_area: dict[str, dict[str, Figure]] = {area: {} for area in areas}
    for figure in figures.figures:
        by_area[figure.key.area][figure.key.period.start] = figure
    for area, held in by_area.items():
        accepted = [one.month for one in rebases.of(ask.definitions, measure.measure, area) if one.month <= period.end]
        start = max([period.start, *accepted])
        counts = tuple(count_cell(held.get(month)) if month >= start else MISSING for month in period.months())
        if counts[-1] is not MISSING:
            supplied = sum(n is not MISSING for n in counts)
            counts = _usual(ask, measure, area, counts, period)
            yield Series(measure, area, figures.names.get(area, area), counts, held[period.end], supplied)


def _usual(ask: Asker, measure: Measure, area: str, counts: tuple[Cell, ...], period: Period) -> tuple[Cell, ...]:
    """The months without those that the register of recording changes leaves out of every baseline, as long as a year and a half is left; the
    latest is the one judged, and stays."""
    months = period.months()
    events = events_for(measure, months, own=ask.definitions, force=ask.force(area))
    for span in sorted(spans_left_out(events), key=lambda span: span.length):
        fewer = tuple(
            MISSING if span.start <= month <= span.end and month != period.end else n
            for month, n in zip(months, counts, strict=True)
        )
        if sum(n is not MISSING for n in fewer) >= FEWEST_USUAL:
            counts = fewer
    return counts


def _enough(series: Series) -> bool:
    known = [n for n in series.counts if isinstance(n, int | float)]
    return series.supplied >= FEWEST_MONTHS and sum(known) / len(known) >= FEWEST_EVENTS


def _judge(found: Sequence[Series], period: Period, rules: Rules) -> Judged:
    """All series in one pass."""
    y = np.stack([numbers(series.counts) for series in found])
    season = spc_seasonal.season(y, first=int(period.start[5:]) - 1)
    flat = season.without(y)
    limits = spc.widened(spc.limits(flat), season.widening)
    signals = spc.signals(flat, limits, rules)
    sigma = (limits.upper - limits.mean) / 3
    score = np.divide(flat[:, -1] - limits.mean, sigma, out=np.zeros(len(y)), where=sigma > 0)
    return Judged(season, limits, signals, score, false_alarms.latest(flat, rules))


def _order(judged: Judged) -> list[int]:
    """The series to list: those beyond a limit first, then by how far the latest month lies from its mean."""
    listed_ones = np.flatnonzero(judged.signals.any()[:, -1])
    beyond = judged.signals.above[:, -1] | judged.signals.below[:, -1]
    return [int(i) for i in sorted(listed_ones, key=lambda i: (not beyond[i], -abs(judged.score[i])))]


def _table(
    ask: Asker, found: Sequence[Series], judged: Judged | None, order: Sequence[int], title: str, to: str
) -> Table:
    columns = (
        Column("label", Role.LABEL, "Measure"),
        Column("place", Role.LABEL, "Area"),
        Column("area", Role.AREA, "Area code"),
        Column("latest", Role.COUNT, month_name(to)),
        Column("usual", Role.VALUE, "Usual", of=("latest",), decimals=1),
        Column("lower", Role.LOWER, "Lower limit", of=("latest",), decimals=1),
        Column("upper", Role.UPPER, "Upper limit", of=("latest",), decimals=1),
        Column("verdict", Role.VERDICT, "Why it is listed", of=("latest",)),
        Column("note", Role.NOTE, "Recording in the last year", of=("latest",)),
        Column("id", Role.FIGURE, "Figure", of=("latest",)),
    )
    rows = [{**_row(found[i], judged, i), "note": _note(ask, found[i], to)} for i in order] if judged else []
    return Table("watch", title, columns, tuple(rows))


def _note(ask: Asker, series: Series, to: str) -> str:
    """Changes of recording within the last year."""
    months = Period(shift(to, -11), to).months()
    found = events_for(series.measure, months, own=ask.definitions, force=ask.force(series.area))
    return "; ".join(event.label for event in found)


def _row(series: Series, judged: Judged, at: int) -> Row:
    size = float(judged.season.factors[at, -1])
    limits = judged.limits
    return {
        "label": series.measure.title,
        "place": series.place,
        "area": series.area,
        "latest": series.counts[-1],
        "usual": float(limits.mean[at]) * size,
        "lower": max(0.0, float(limits.lower[at]) * size),
        "upper": float(limits.upper[at]) * size,
        "verdict": reasons(judged.signals, (at, -1)),
        "id": series.latest.id,
    }


def _statements(
    found: Sequence[Series], judged: Judged | None, order: Sequence[int], asked: int, to: str
) -> Iterator[Statement]:
    if judged is None:
        yield Statement(
            f"No series has {spelt(FEWEST_MONTHS)} months and two events a month, so none can be told from its usual ups and downs."
        )
        return
    total = len(found)
    yield Statement(
        f"{_how_many(len(order), total, to)} If nothing had changed anywhere, chance alone would list "
        f"{_about(judged.expected.following)} of them."
        if total > 1
        else f"{_how_many(len(order), total, to)}"
    )
    for row, at in enumerate(order[:MOST]):
        yield _statement(found[at], judged, at, row, apart=len({series.area for series in found}) > 1)
    if asked > total:
        short = asked - total
        yield Statement(
            f"{plural(short, 'series', 'series').capitalize()} {'is' if short == 1 else 'are'} not judged: fewer than two years of "
            "months, or fewer than two events a month."
        )


def _statement(series: Series, judged: Judged, at: int, row: int, *, apart: bool) -> Statement:
    """Where one series stands. apart: its area is named, because several are watched."""
    refs = {name: Ref("watch", row, name) for name in ("latest", "lower", "upper", "verdict")}
    subject = literal(spoken_title(series.measure.title) + (f" in {series.place}" if apart else ""))
    sign = judged.signals
    place = "above" if sign.above[at, -1] else "below" if sign.below[at, -1] else "within"
    why = "" if place != "within" else f", but {reasons(sign, (at, -1))}"
    text = f"{subject}: {{latest}}, {place} the usual range of {{lower}} to {{upper}}{why}."
    return Statement(text, refs, {"latest": "count", "lower": "rate", "upper": "rate", "verdict": "text"})


def _about(number: float) -> str:
    """A small number of series in words: “fewer than one”, “about two”."""
    return "fewer than one" if number < 0.75 else f"about {spelt(round(number))}"


def _how_many(listed_ones: int, total: int, to: str) -> str:
    """“Five of the thirteen series looked at stand out in October 2022.”"""
    month = month_name(to)
    if total == 1:
        return f"The one series looked at {'stands out' if listed_ones else 'does not stand out'} in {month}."
    if not listed_ones:
        return f"None of the {spelt(total)} series looked at stands out in {month}."
    if listed_ones == total:
        return f"All {spelt(total)} series looked at stand out in {month}."
    verb = "stands" if listed_ones == 1 else "stand"
    return f"{sentence_case(spelt(listed_ones))} of the {spelt(total)} series looked at {verb} out in {month}."


def _method(rules: Rules, period: Period) -> str:
    return (
        f"Each series is an XmR control chart of {period.label()}, with a marked season taken out and without the "
        "months that the register of recording changes leaves out of every baseline; the latest month is listed when it is "
        f"part of a sign by the rules of {rules.title} ({rules.citation}). Those beyond a limit come first, the furthest first. How many "
        "chance alone would list is found by drawing each series anew many times, with its own mean and spread and no change."
    )


def _caveats(found: Sequence[Series], judged: Judged | None, order: Sequence[int]) -> Iterator[str]:
    yield (
        "A listed series is a reason to look, not yet news. Measures overlap and areas lie within each other, so one cause can be "
        "listed more than once."
    )
    if judged is not None and bool(judged.season.marked.any()):
        marked = int(judged.season.marked.sum())
        yield f"The usual range allows for the time of year in {plural(marked, 'series', 'series')} with a marked season."
    yield from (caveat for at in order[:MOST] for caveat in found[at].measure.caveats[:1])
