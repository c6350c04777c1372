"""What was tried, where and when: the design that every question of “did it work?” shares, and the monthly counts it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wardwise.records.cells import MISSING, NOT_APPLICABLE, Cell, Weighed
from wardwise.records.errors import WardwiseError
from wardwise.records.figures import Figures
from wardwise.records.periods import Period, month_name, month_number, shift

from .asking import Asker, MeasureOrName, count_cell
from .recording import events_for
from .words import listed, months_in_words

NO_COMPARISON = "No comparison area is named, so what would have happened anyway is not known: a fall here may be part of a fall everywhere."
PLACEBO = "Nothing was done in this area at this time. It is a trial of the method: an effect found here would be a false alarm."
CHANCE = "The areas were chosen, not drawn by lot. Whatever else changed in one of them at the same time is counted as an effect."


@dataclass(frozen=True)
class Pilot:
    """title: what it is called. done: what was done, in a sentence; empty for a placebo, where nothing was. target, comparison, buffer,
    comparison_buffer: area codes; all but the target may be empty. start: its first month. end: its last, or "" for the end of the
    period asked about. before: months to compare with. cost: in pounds, None when not known."""

    title: str
    target: tuple[str, ...]
    start: str
    comparison: tuple[str, ...] = ()
    buffer: tuple[str, ...] = ()
    comparison_buffer: tuple[str, ...] = ()
    done: str = ""
    end: str = ""
    before: int = 24
    cost: float | None = None

    def __post_init__(self) -> None:
        month_number(self.start)
        if not self.target:
            raise WardwiseError(
                "An evaluation needs the area where something was done.",
                where=self.title,
                next_step="Name the area's code under target.",
            )
        codes = [*self.target, *self.comparison, *self.buffer, *self.comparison_buffer]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise WardwiseError(
                f"{listed(twice)} stands in two of the areas of one evaluation.",
                where=self.title,
                next_step="Give each area one part: target, comparison, buffer or comparison_buffer.",
            )
        if self.before < 1:
            raise WardwiseError("An evaluation needs months before the start.", where=self.title)

    def spans(self, until: str) -> tuple[Period, Period]:
        """The months before, and those from the start to the end (not after `until`). Raises WardwiseError when it has not begun."""
        end = min(self.end or until, until)
        if end < self.start:
            raise WardwiseError(
                f"The pilot starts in {month_name(self.start)}, after the period asked about ({month_name(until)}).",
                where=self.title,
                next_step="Choose a later --to.",
            )
        return Period(shift(self.start, -self.before), shift(self.start, -1)), Period(self.start, end)

    def caveats(self) -> tuple[str, ...]:
        said = () if self.done else (PLACEBO,)
        return (*said, CHANCE) if self.comparison else (*said, NO_COMPARISON)


@dataclass(frozen=True)
class Series:
    """Monthly counts of one or several areas together; MISSING in a month that any of them lacks. place: the areas' names. ids: of the
    figures, empty for sums of several areas."""

    label: str
    place: str
    months: tuple[str, ...]
    values: tuple[Cell, ...]
    ids: tuple[str, ...]

    def known(self, months: Sequence[str]) -> list[int] | None:
        """The counts of these months, or None when one of them is missing."""
        found = dict(zip(self.months, self.values, strict=True))
        counts = [int(value) for month in months if isinstance(value := found.get(month, MISSING), int | float)]
        return counts if len(counts) == len(months) else None


@dataclass(frozen=True)
class Watched:
    """The series of a pilot: target always, the others where the design names them. figures: of all areas, for words and sources. gone: months
    that one of the areas lacks."""

    pilot: Pilot
    figures: Figures
    before: Period
    after: Period
    gone: tuple[str, ...]
    target: Series
    comparison: Series | None
    buffer: Series | None
    comparison_buffer: Series | None
    changes: tuple[str, ...] = ()
    """What the register of recording changes says of these months."""

    @property
    def whole(self) -> Period:
        return Period(self.before.start, self.after.end)

    @property
    def months_before(self) -> tuple[str, ...]:
        """The months before that were supplied for every area: a month missing for one is left out of all."""
        return tuple(month for month in self.before.months() if month not in self.gone)

    @property
    def months_after(self) -> tuple[str, ...]:
        return tuple(month for month in self.after.months() if month not in self.gone)

    @property
    def start(self) -> int:
        """The place of the first month after among the months kept, from 0."""
        return len(self.months_before)

    @property
    def places(self) -> list[int]:
        """Where each month kept lies in time, from 0."""
        first = month_number(self.before.start)
        return [month_number(month) - first for month in (*self.months_before, *self.months_after)]

    def counts(self, series: Series | None) -> list[int] | None:
        """The counts of the months kept; None without the series, or when no month is kept on one side."""
        if series is None or not self.months_before or not self.months_after:
            return None
        return series.known((*self.months_before, *self.months_after))

    def sides(self, series: Series | None) -> tuple[int, int] | None:
        """The sums before and after, over the months kept."""
        counts = self.counts(series)
        return (sum(counts[: self.start]), sum(counts[self.start :])) if counts else None

    def cells(self, series: Series | None) -> tuple[Cell, Cell]:
        """The same as cells of a table."""
        if series is None:
            return NOT_APPLICABLE, NOT_APPLICABLE
        return self.sides(series) or (MISSING, MISSING)

    def caveats(self) -> tuple[str, ...]:
        lacking = f"Not supplied, and left out of every area: {months_in_words(self.gone)}." if self.gone else ""
        return tuple(filter(None, (lacking, *self.pilot.caveats(), *self.changes, *self.figures.caveats)))


def watch(ask: Asker, measure: MeasureOrName, pilot: Pilot, until: str) -> Watched:
    """Count what the pilot needs, month by month. Months before the first that was supplied shorten the time before."""
    before, after = pilot.spans(until)
    definition = ask.measure(measure)
    codes = (*pilot.target, *pilot.comparison, *pilot.buffer, *pilot.comparison_buffer)
    whole = Period(before.start, after.end)
    figures = ask.figures(definition, codes, whole, ["month"])
    found = {(figure.key.area, figure.key.period.start): count_cell(figure) for figure in figures.figures}
    known = {(figure.key.area, figure.key.period.start): figure.id for figure in figures.figures}
    lacks = {m for m in whole.months() if any(found.get((code, m), MISSING) is MISSING for code in codes)}
    first = next((month for month in before.months() if month not in lacks), before.start)
    before = Period(first, before.end)
    months = Period(before.start, after.end).months()

    def series(part: Sequence[str], what: str) -> Series | None:
        if not part:
            return None
        names = listed([figures.names.get(code, code) for code in part[:3]])
        more = f" and {len(part) - 3} more" if len(part) > 3 else ""
        cells = [[found.get((code, month), MISSING) for code in part] for month in months]
        ids = tuple(known.get((part[0], month), "") if len(part) == 1 else "" for month in months)
        return Series(f"{what} ({names}{more})", f"{names}{more}", months, tuple(_sum(row) for row in cells), ids)

    target = series(pilot.target, "Target")
    assert target is not None
    return Watched(
        pilot,
        figures,
        before,
        after,
        tuple(month for month in months if month in lacks),
        target,
        series(pilot.comparison, "Comparison"),
        series(pilot.buffer, "Next door"),
        series(pilot.comparison_buffer, "Next door to the comparison"),
        tuple(
            event.text
            for event in events_for(definition, months, own=ask.definitions, force=ask.force(pilot.target[0]))
        ),
    )


def _sum(cells: Sequence[Cell]) -> Cell:
    known = [cell for cell in cells if isinstance(cell, int | float)]
    if len(known) < len(cells):
        return MISSING
    total = sum(known)
    return total if isinstance(total, Weighed) else int(total)
