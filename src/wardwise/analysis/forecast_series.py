"""The months a forecast learns from: what was supplied, what is left out and why, and what kind of series cannot be forecast."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from wardwise.measures.definition import Measure
from wardwise.methods import forecast_models
from wardwise.methods.backtest import Backtest, Series, backtest, choose, look
from wardwise.methods.forecast_interval import CannotForecastError, Forecast
from wardwise.records.cells import MISSING, Cell
from wardwise.records.errors import WardwiseError
from wardwise.records.figures import Figures
from wardwise.records.findings import Column, Role, Table
from wardwise.records.periods import Period, month_name, month_number, shift

from .asking import Asker, count_cell
from .recording import Event, events_for
from .words import listed, months_in_words, plural, sentence_case, spelt

MONTHS = 60
"""Five years are learnt from: longer ago says little about next year, and recording has changed since."""

LONGEST_LEFT_OUT = 3
"""A registered break of up to three months is left out of the fit; a longer one is carried as a step, since too much would be lost."""

SPRING_2020 = Period("2020-04", "2020-05")
"""The first lockdown, unlike any month before or after: left out of every fit of a series that the restrictions touch."""

MOST_STEPS = 2
"""Steps carried at once, the latest first. With a few years of months, more cannot be told from the trend."""

YEAR = 12


@dataclass(frozen=True)
class Changes:
    """Registered changes of recording: months `left_out` of the fit with the change they belong to, changes `carried` as steps, and those that
    are `named` only, because before and after can be put in one line or too few months lie on one side."""

    left_out: tuple[tuple[Period, Event], ...] = ()
    carried: tuple[Event, ...] = ()
    named: tuple[Event, ...] = ()

    def any(self) -> bool:
        return bool(self.left_out or self.carried)


@dataclass(frozen=True)
class Held:
    """Monthly counts of one measure in one area, from the first month supplied to the last."""

    measure: Measure
    area: str
    figures: Figures
    months: tuple[str, ...]
    values: tuple[Cell, ...]
    ids: tuple[str, ...]
    changes: Changes

    @property
    def period(self) -> Period:
        return Period(self.months[0], self.months[-1])

    @property
    def origin(self) -> str:
        """The last month known."""
        return self.months[-1]

    @property
    def known(self) -> list[float]:
        return [float(v) for v in self.values if isinstance(v, int | float)]

    def series(self, ahead: int, *, adjusted: bool = True) -> Series:
        """What the methods see. adjusted: with registered changes left out or carried."""
        y = np.array([float(v) if isinstance(v, int | float) else np.nan for v in self.values])
        months = Period(self.months[0], shift(self.origin, ahead)).months()
        if not adjusted or not self.changes.any():
            return Series(y)
        masked = np.array([any(span.start <= m <= span.end for span, _ in self.changes.left_out) for m in self.months])
        steps = [[float(e.month <= m <= _until(e)) for m in months] for e in self.changes.carried]
        return Series(y, masked.astype(float), np.array(steps) if steps else None)

    def cannot(self) -> str:
        """Why there can be no forecast, as a sentence; empty when there can."""
        known, title = self.known, sentence_case(self.figures.title)
        if len(known) < forecast_models.FEWEST:
            return (
                f"{title}: {plural(len(known), 'month')} of counts are held. A forecast needs {forecast_models.FEWEST}, because with fewer "
                "the time of year cannot be told from a trend."
            )
        if not any(known):
            return f"{title}: none was recorded in any of the {len(known)} months held, so there is nothing to work a forecast out from."
        if len(set(known)) == 1:
            return (
                f"{title}: every month holds the same number. Real counts vary, so check whether a total was spread over the months. "
                "No forecast is made."
            )
        if (
            len({month_number(m) % YEAR for m, v in zip(self.months, self.values, strict=True) if v is not MISSING})
            < YEAR
        ):
            return f"{title}: at least one month of the year was never supplied, so the time of year cannot be allowed for. No forecast is made."
        return ""


def held(ask: Asker, measure: Measure, area: str, to: str, months: int = MONTHS) -> Held:
    """The months supplied, of the `months` up to `to`. Raises WardwiseError when none is, or the measure is a share and not a count."""
    figures = ask.figures(measure, [area], Period(shift(to, 1 - months), to), ["month"])
    if figures.unit.startswith("%"):
        raise WardwiseError(
            f"{figures.title} is a share; only counts are forecast.",
            where=measure.measure,
            next_step="Forecast the counts above and below the line instead.",
        )
    by_month = {figure.key.period.start: figure for figure in figures.figures}
    every = Period(shift(to, 1 - months), to).months()
    known = [m for m in every if count_cell(by_month.get(m)) is not MISSING]
    if not known:
        raise WardwiseError(
            f"No month of {figures.title} is held up to {to}.",
            where=area,
            next_step="Import the months, or choose a month that `wardwise sources` lists.",
        )
    inside = Period(known[0], known[-1]).months()
    cells = tuple(count_cell(by_month.get(m)) for m in inside)
    found = events_for(measure, inside, own=ask.definitions, force=ask.force(area))
    ids = tuple(by_month[m].id if m in by_month else "" for m in inside)
    return Held(measure, area, figures, inside, cells, ids, _changes(found, inside))


def _changes(events: Sequence[Event], months: Sequence[str]) -> Changes:
    """Which of the changes to allow for, and how. Only those that the register calls a break, or leaves out of trends, are."""
    passed = [e for e in events if (e.breaks or e.leave_out) and not _lasts(e)]
    longest = [e for e in passed if not any(o is not e and o.month <= e.month and e.until <= o.until for o in passed)]
    short = [e for e in longest if Period(e.month, e.until).length <= LONGEST_LEFT_OUT]
    steps = [e for e in longest if e not in short] + [e for e in events if e.breaks and _lasts(e) and _amid(e, months)]
    steps = sorted(steps, key=lambda event: event.month)[-MOST_STEPS:]
    left_out = [(Period(e.month, e.until), e) for e in short]
    left_out += [
        (SPRING_2020, e)
        for e in passed
        if e not in short and e.month <= SPRING_2020.start and SPRING_2020.end <= e.until
    ][-1:]
    used = [*steps, *(event for _, event in left_out)]
    return Changes(tuple(left_out), tuple(steps), tuple(e for e in events if e not in used))


def _amid(event: Event, months: Sequence[str]) -> bool:
    """Whether a year of months lies on each side of where it begins."""
    before = sum(month < event.month for month in months)
    return min(before, len(months) - before) >= YEAR


def _lasts(event: Event) -> bool:
    """A change without a declared end is there to stay."""
    return event.until == event.month


def _until(event: Event) -> str:
    return "9999-12" if _lasts(event) else event.until


@dataclass(frozen=True)
class Study:
    """tested: the back-test. chosen: the method used. made: every method's forecast from the last month known. asked: the method was
    named by whoever asked, and not chosen."""

    tested: Backtest
    chosen: str
    made: dict[str, Forecast]
    asked: bool = False

    @property
    def best(self) -> Forecast:
        return self.made[self.chosen]


Tell = Callable[[int, int], None]
"""Is told (past months tried, past months in all)."""


@dataclass(frozen=True)
class _Listener:
    """Who is told how far the back-test is. All are equal, so that an answer kept is found whoever listens."""

    tell: Tell | None = field(default=None, compare=False)


def study(of: Held, ahead: int, method: str = "auto", tell: Tell | None = None) -> Study:
    """Test the methods, choose one (or take the one named) and look ahead. tell: called as the back-test goes on; not when the answer was kept.
    Raises WardwiseError when no method, or not the one named, can."""
    if method != "auto" and method not in forecast_models.METHODS:
        raise WardwiseError(
            f"There is no forecasting method “{method}”.",
            where="--method",
            next_step=f"Use auto, {', '.join(forecast_models.METHODS)}.",
        )
    series = of.series(ahead)
    packed = tuple(None if part is None else part.tobytes() for part in (series.values, series.masked, series.steps))
    return _study(packed, ahead, method, _Listener(tell))


@lru_cache(maxsize=256)
def _study(packed: tuple[bytes | None, ...], ahead: int, method: str, listener: _Listener) -> Study:
    """Kept, because a product asks about one series more than once."""
    values, masked, steps = (None if part is None else np.frombuffer(part) for part in packed)
    assert values is not None
    series = Series(values, masked, None if steps is None else steps.reshape(-1, len(values) + ahead))
    light = ("seasonal-naive", "trend", "spreadsheet")
    methods = forecast_models.METHODS if method == "auto" else tuple(dict.fromkeys((*light, method)))
    tested = backtest(series, ahead, methods, tell=listener.tell)
    try:
        made = look(series, len(values), ahead, methods)
    except CannotForecastError as error:
        raise WardwiseError(str(error), next_step="Import more months.") from error
    able = {name: score for name, score in tested.scores.items() if name in made}
    chosen = method if method != "auto" else (choose(able) or "seasonal-naive")
    if chosen not in made:
        raise WardwiseError(
            f"The method “{chosen}” cannot be fitted to these months.",
            where="--method",
            next_step="Use --method auto, which takes one that can.",
        )
    return Study(tested, chosen, {name: tested.widened(part) for name, part in made.items()}, method != "auto")


def points_table(of: Held) -> Table:
    """Table `points`: the months learnt from, as supplied. Nothing that was filled in is in it."""
    columns = (
        Column("month", Role.PERIOD, "Month"),
        Column("value", Role.COUNT, sentence_case(of.figures.unit)),
        Column("note", Role.NOTE, "Recording", of=("value",)),
        Column("id", Role.FIGURE, "Figure", of=("value",)),
    )
    changes = of.changes
    labels = {
        event.month: event.label
        for event in (*changes.named, *changes.carried, *(event for _, event in changes.left_out))
    }
    rows = tuple(
        {"month": month, "value": of.values[i], "note": labels.get(month, ""), "id": of.ids[i]}
        for i, month in enumerate(of.months)
    )
    return Table("points", f"{of.figures.title}, {of.period.label()}, by month", columns, rows)


def caveats(of: Held, to: str) -> tuple[str, ...]:
    """What was missing, what was left out, and what that means."""
    said = []
    gone = [m for m, v in zip(of.months, of.values, strict=True) if v is MISSING]
    if gone:
        said.append(
            f"Not supplied: {months_in_words(gone)}. The trend is fitted around such months; the other methods see them filled in from trend "
            "and time of year. What is filled in is used for the fit only and is nowhere shown as a count."
        )
    if of.origin < to:
        late = Period(shift(of.origin, 1), to).months()
        said.append(
            f"{sentence_case(months_in_words(late))} not yet supplied: the forecast starts from the last month that was."
        )
    for event in of.changes.carried:
        said.append(f"{event.label}: carried as a step of its own, so that it is not taken for a trend.")
        said.append(event.note)
    for span, event in of.changes.left_out:
        words = "" if event in of.changes.carried else f" {event.note}"
        said.append(f"{span.label()} left out of the fit and of the back-test ({event.label}).{words}")
    if of.changes.named:
        named = listed([f"{event.label} ({month_name(event.month)})" for event in of.changes.named])
        said.append(f"Changes that the forecast does not allow for: {named}.")
    return tuple(said)


def share_words(n: int, of: int) -> str:
    """“seven of the eight”, for numbers of months or forecasts."""
    return f"{spelt(n)} of the {spelt(of)}"
