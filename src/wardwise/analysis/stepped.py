"""Did the level of the series change at the start? An interrupted time series of the target area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wardwise.methods.interrupted import FEWEST_AFTER, FEWEST_BEFORE, SEASON_NEEDS, Effect, TooShortError
from wardwise.methods.interrupted import interrupted as fit
from wardwise.methods.regression import NoFitError
from wardwise.records.cells import MISSING, NOT_APPLICABLE, Cell
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import month_name

from .asking import Asker, MeasureOrName, asker, once
from .pilots import Pilot, Watched, watch
from .words import literal, spoken_title

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

METHOD = (
    "Interrupted time series (Lopez Bernal and others 2017): a Poisson regression of the target's monthly counts on a trend, a season (two waves, "
    f"from {SEASON_NEEDS} months) and a step at the start. The interval takes the larger of two standard errors, one for months that vary more than "
    "chance and one for neighbouring months that are alike (Newey and West 1987). "
)
ALONE = "The step against its own trend looks at the target alone: anything else that changed in the same month counts as an effect."
STRONG = 0.3
"""Neighbouring months this alike leave the interval too narrow, as the simulations in docs/explanation/did-it-work.md show."""


def interrupted(
    source: Snapshot | Asker, measure: MeasureOrName, pilot: Pilot, until: str, *, name: str = "interrupted"
) -> Findings:
    """The step at the start: table `step`, one row; the months with what the model expects and what it expects had nothing started:
    table `points`. With too few months it says what is needed."""
    ask = asker(source)
    seen = watch(ask, measure, pilot, until)
    found, why = _fitted(seen)
    words = literal(spoken_title(seen.figures.title))
    title = f"{spoken_title(seen.figures.title)}: level before and after, {pilot.title}, {seen.whole.label()}"
    return Findings(
        name=name,
        title=title,
        tables={
            "step": Table("step", title, _columns(seen), (_row(seen, found),)),
            "points": _points(seen, found, title),
        },
        statements=(_statement(seen, found, words, why),),
        method=METHOD,
        caveats=once((ALONE, *_alike(found), *seen.caveats())),
        sources=seen.figures.sources,
        profile=ask.measure(measure).profile,
        meta={"area": seen.target.label, "start": pilot.start, "target": seen.target.label, "unit": seen.figures.unit},
    )


def _fitted(seen: Watched) -> tuple[Effect | None, str]:
    counts = seen.counts(seen.target)
    if counts is None:
        return None, "Too few months were supplied."
    first = int(seen.before.start[5:])
    try:
        harmonics = 2 if len(counts) >= SEASON_NEEDS else 0
        return fit(counts, seen.start, harmonics=harmonics, first_month=first, months=seen.places), ""
    except TooShortError:
        needs = f"It takes {FEWEST_BEFORE} months before the start and {FEWEST_AFTER} after"
        return None, f"{needs}; there are {seen.start} and {len(seen.months_after)}."
    except NoFitError as error:
        return None, f"{str(error)[:1].upper()}{str(error)[1:]}."


def _alike(found: Effect | None) -> tuple[str, ...]:
    if found is None or found.autocorrelation < STRONG:
        return ()
    return ("Neighbouring months are much alike in this series, so the interval is narrower than it should be.",)


def _columns(seen: Watched) -> tuple[Column, ...]:
    def of(name: str, role: Role, heading: str, unit: str = "") -> Column:
        return Column(name, role, heading, of=("before", "after"), decimals=1, unit=unit)

    return (
        Column("before", Role.COUNT, seen.before.label()),
        Column("after", Role.COUNT, seen.after.label()),
        of("step", Role.PERCENT, "Step at the start"),
        of("lower", Role.LOWER, "Lower 95% limit", "%"),
        of("upper", Role.UPPER, "Upper 95% limit", "%"),
        of("dispersion", Role.VALUE, "Spread of months (1 is chance)"),
        of("alike", Role.VALUE, "Likeness of neighbouring months (0 is none)"),
    )


def _row(seen: Watched, found: Effect | None) -> Row:
    row: dict[str, Cell] = dict(zip(("before", "after"), seen.cells(seen.target), strict=True))
    if found is None:
        return {**row, **dict.fromkeys(("step", "lower", "upper", "dispersion", "alike"), NOT_APPLICABLE)}
    ends = {"step": found.ratio, "lower": found.lower, "upper": found.upper}
    row |= {key: 100 * (value - 1) for key, value in ends.items()}
    return {**row, "dispersion": found.dispersion, "alike": found.autocorrelation}


def _points(seen: Watched, found: Effect | None, title: str) -> Table:
    columns = (
        Column("month", Role.PERIOD, "Month"),
        Column("count", Role.COUNT, "Number"),
        Column("expected", Role.VALUE, "Expected", of=("count",), whole=True, decimals=1),
        Column("without", Role.VALUE, "Expected had nothing started", of=("count",), whole=True, decimals=1),
    )
    kept = {month: at for at, month in enumerate((*seen.months_before, *seen.months_after))}
    rows = []
    for month, value in zip(seen.target.months, seen.target.values, strict=True):
        at = kept.get(month)
        model: dict[str, Cell] = {"expected": MISSING, "without": MISSING}
        if found is not None and at is not None:
            model = {"expected": float(found.expected[at]), "without": float(found.without[at])}
        rows.append({"month": month, "count": value, **model})
    return Table("points", title, columns, tuple(rows))


def _statement(seen: Watched, found: Effect | None, words: str, why: str) -> Statement:
    start = month_name(seen.pilot.start)
    if found is None:
        return Statement(f"{words} in {literal(seen.target.place)}: no step can be judged. {literal(why)}")
    refs = {key: Ref("step", 0, key) for key in ("step", "lower", "upper")}
    formats = {"step": "percent-size", "lower": "signed-percent", "upper": "signed-percent"}
    way = "lower" if found.ratio < 1 else "higher"
    often = "rarely" if found.upper < 1 or found.lower > 1 else "often"
    text = (
        f"{words} in {literal(seen.target.place)}: from {start} the level was {{step}} {way} than its own trend and season led to expect (95% interval {{lower}} to "
        f"{{upper}}). A step this size {often} comes by chance."
    )
    return Statement(text, refs, formats)
