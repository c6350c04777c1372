"""How long must a pilot run to see a fall? Asked before it starts, from the months before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from wardwise.methods import power as method
from wardwise.methods.differences import trend_before
from wardwise.methods.regression import NoFitError, poisson
from wardwise.records.cells import NOT_APPLICABLE, Cell
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table

from .asking import Asker, MeasureOrName, asker, once
from .pilots import Pilot, Series, Watched, watch
from .words import literal, spoken_title

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

FALLS = (0.1, 0.15, 0.2, 0.3, 0.4)
LONGEST = 60
SURE = 99.5
"""From here on a chance in percent is rounded to 100 in the table, and no fall is sure to be seen."""
METHOD = (
    "Power of a comparison of counts before and after with a comparison area: the standard error of the log of the ratio is the root of the sum "
    "of one over each expected count, widened by how much more than chance the months before the start varied. Four chances in five of seeing the fall, at "
    "95% confidence. "
)


def power(
    source: Snapshot | Asker,
    measure: MeasureOrName,
    pilot: Pilot,
    until: str,
    *,
    falls: Sequence[float] = FALLS,
    asked: float = 0.2,
    name: str = "power",
) -> Findings | None:
    """Months that a pilot must run to show falls of several sizes: table `power`. asked: the fall the sentence is about.

    None when a month before the start was not supplied, or nothing happened in them.
    """
    ask = asker(source)
    begun = pilot if pilot.start <= until else replace(pilot, start=until, end=until)
    seen = watch(ask, measure, begun, until)
    planned = _planned(seen)
    if planned is None:
        return None
    title = f"{spoken_title(seen.figures.title)}: how long a pilot must run, {pilot.title}"
    sizes = sorted({*falls, asked})
    rows = tuple(_row(seen, planned, fall) for fall in sizes)
    return Findings(
        name=name,
        title=title,
        tables={"power": Table("power", title, _columns(seen), rows)},
        statements=(_statement(rows, sizes.index(asked), literal(spoken_title(seen.figures.title))),),
        method=METHOD,
        caveats=once(
            (
                "How long a pilot must run is worked out from the months before, as a guide to the months to come.",
                *seen.figures.caveats,
            )
        ),
        sources=seen.figures.sources,
        profile=ask.measure(measure).profile,
        meta={"area": pilot.title},
    )


def _planned(seen: Watched) -> method.Pilot | None:
    target, other = _before(seen, seen.target), _before(seen, seen.comparison)
    if not target or (seen.comparison is not None and not other):
        return None
    months = seen.start
    if sum(target) == 0 or (other is not None and sum(other) == 0):
        return None
    rate = sum(other) / months if other else None
    return method.Pilot(sum(target) / months, months, rate, _dispersion(target, other))


def _before(seen: Watched, series: Series | None) -> list[int] | None:
    return series.known(seen.months_before) if series and seen.months_before else None


def _dispersion(target: Sequence[int], other: Sequence[int] | None) -> float:
    """How much more than chance the months varied: the shares of the two areas, or the target around its trend; 1 when it cannot be told."""
    try:
        if other is not None:
            return max(1.0, trend_before(target, other, len(target)).dispersion)
        return max(1.0, poisson(target, [[1.0, float(at)] for at in range(len(target))]).dispersion)
    except NoFitError:
        return 1.0


def _columns(seen: Watched) -> tuple[Column, ...]:
    return (
        Column("label", Role.LABEL, "A true fall of"),
        Column("count", Role.COUNT, f"Events in the target, {seen.before.label()}"),
        Column("months", Role.VALUE, "Months needed", of=("count",), decimals=0),
        Column("year", Role.PERCENT, "Chance of seeing it in 12 months", of=("count",), decimals=0),
        Column("note", Role.NOTE, "Note", of=("count",)),
    )


def _row(seen: Watched, planned: method.Pilot, fall: float) -> Row:
    months = method.months_needed(planned, fall, longest=LONGEST)
    note = "" if months else f"More than {LONGEST} months: too few events to see a fall of this size."
    needed: Cell = NOT_APPLICABLE if months is None else months
    chance = 100 * method.power_of(planned, fall, 12)
    total = sum(_before(seen, seen.target) or [])
    return {"label": f"{100 * fall:.0f}%", "count": total, "months": needed, "year": chance, "note": note}


def _statement(rows: Sequence[Row], at: int, words: str) -> Statement:
    refs = {"months": Ref("power", at, "months"), "year": Ref("power", at, "year")}
    formats = {"months": "count", "year": "percent"}
    size, year = str(rows[at]["label"]), rows[at]["year"]
    seen = "nearly always" if isinstance(year, float) and year > SURE else "{year} of the time"
    months = "one month" if rows[at]["months"] == 1 else "{months} months"
    if rows[at]["months"] is NOT_APPLICABLE:
        return Statement(
            f"{words}: a pilot here would not show a true fall of {size} within {LONGEST} months; there are too few events. In 12 months it "
            f"would be seen {seen}.",
            refs,
            formats,
        )
    return Statement(
        f"{words}: to see a true fall of {size}, a pilot here must run about {months}. In 12 months it would be seen {seen}.",
        refs,
        formats,
    )
