"""Did the target area change more than its comparison area? Before and after, beside areas where nothing was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wardwise.methods import cohorts, differences
from wardwise.methods.differences import Change
from wardwise.methods.regression import NoFitError
from wardwise.records.cells import MISSING, NOT_APPLICABLE, Cell
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table

from .asking import Asker, MeasureOrName, asker, once
from .pilots import NO_COMPARISON, Pilot, Series, Watched, watch
from .words import literal, plural, spoken_title

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

METHOD = (
    "Difference in differences on the scale of ratios: how much the target changed, divided by how much the comparison area changed. "
    "Each month's events are shared between the two areas, so that season and recording, which they have in common, fall away. The interval "
    "allows for months that vary more than chance and for neighbouring months to be alike (Newey and West 1987); with fewer than six months on a side "
    "it comes from the four totals (Woolf 1955), and p from Fisher's exact test. "
)
COUNTS = ("target_before", "target_after", "comparison_before", "comparison_after")
EFFECT = ("effect", "lower", "upper", "prevented")
APART = 0.05
"""Below this p the two areas are said to have moved apart before the start."""


def what_worked(
    source: Snapshot | Asker, measure: MeasureOrName, pilot: Pilot, until: str, *, name: str = "what_worked"
) -> Findings:
    """The effect beyond the comparison area: table `effect`, one row; the months of both as percent of their average before:
    table `lines`. Without a comparison area or with a month missing it says so, and gives the counts that there are."""
    ask = asker(source)
    seen = watch(ask, measure, pilot, until)
    found = effect_of(seen)
    title = f"{spoken_title(seen.figures.title)}: {pilot.title}, {seen.whole.label()}"
    return Findings(
        name=name,
        title=title,
        tables={"effect": Table("effect", title, _columns(seen), (_row(seen, found),)), "lines": _lines(seen, title)},
        statements=tuple(_statements(seen, found)),
        method=METHOD,
        caveats=once((*_apart(seen), *seen.caveats())),
        sources=seen.figures.sources,
        profile=ask.measure(measure).profile,
        meta={
            "area": literal(seen.target.label),
            "start": pilot.start,
            "target": seen.target.label,
            "unit": seen.figures.unit,
        },
    )


def cost(
    source: Snapshot | Asker, measure: MeasureOrName, pilot: Pilot, until: str, *, name: str = "cost"
) -> Findings | None:
    """What each prevented event cost: table `cost`, one row. None when the cost is not known or nothing could be compared."""
    ask = asker(source)
    seen = watch(ask, measure, pilot, until)
    found = effect_of(seen)
    if pilot.cost is None or found is None:
        return None
    each = cohorts.cost_per(pilot.cost, found.prevented, found.prevented_lower, found.prevented_upper)
    title = f"Cost of each prevented event: {pilot.title}, {seen.after.label()}"

    def of(column: str, role: Role, heading: str, decimals: int = 0) -> Column:
        return Column(column, role, heading, of=("after",), decimals=decimals, whole=True)

    columns = (
        Column("after", Role.COUNT, "Events in the target from the start"),
        of("prevented", Role.VALUE, "Prevented"),
        of("lower", Role.LOWER, "Lower 95% limit"),
        of("upper", Role.UPPER, "Upper 95% limit"),
        Column("cost", Role.BASE, "Cost", unit="£"),
        of("each", Role.VALUE, "Cost of each, £"),
        of("each_lower", Role.LOWER, "At least, £"),
        of("each_upper", Role.UPPER, "At most, £"),
    )
    row: Row = {
        "after": seen.cells(seen.target)[1],
        "prevented": found.prevented,
        "lower": found.prevented_lower,
        "upper": found.prevented_upper,
        "cost": pilot.cost,
        "each": _or_none(each.value),
        "each_lower": _or_none(each.lower),
        "each_upper": _or_none(each.upper),
    }
    return Findings(
        name=name,
        title=title,
        tables={"cost": Table("cost", title, columns, (row,))},
        statements=(_costs(row),),
        shared_methods=(METHOD,),
        method="Cost over the events prevented, with the limits turned over: many prevented, little each. ",
        caveats=once(
            (
                "Costs are as given by the partnership. What harm each event would have done is not counted.",
                *seen.caveats(),
            )
        ),
        sources=seen.figures.sources,
        profile=ask.measure(measure).profile,
    )


def effect_of(seen: Watched) -> Change | None:
    """The effect from the months, or from the totals where there are too few; None when nothing can be compared."""
    target, other = seen.counts(seen.target), seen.counts(seen.comparison)
    if target is None or other is None:
        return None
    start = seen.start
    try:
        return differences.of_months(target, other, start)
    except NoFitError:
        pass
    if sum(target) == 0 or sum(other) == 0:
        return None
    # The lengths of the periods fall away: they are the same for both areas.
    return differences.of_totals(sum(target[:start]), sum(target[start:]), sum(other[:start]), sum(other[start:]))


def _apart(seen: Watched) -> tuple[str, ...]:
    """A caveat where the areas already moved apart before the start; none where that cannot be judged."""
    target, other = seen.counts(seen.target), seen.counts(seen.comparison)
    if target is None or other is None:
        return ()
    try:
        found = differences.trend_before(target, other, seen.start)
    except NoFitError:
        return ("The months before the start are too few, or too empty, to tell whether the two areas moved alike.",)
    if found.p >= APART:
        return ("Before the start the target and the comparison area moved alike, as far as can be told.",)
    return (
        "Before the start the target and the comparison area were already moving apart, so the comparison is weak: the effect may be "
        "that movement going on.",
    )


def _columns(seen: Watched) -> tuple[Column, ...]:
    def of(name: str, role: Role, heading: str, unit: str = "") -> Column:
        return Column(name, role, heading, of=COUNTS, decimals=1, unit=unit)

    before, after = seen.before.label(), seen.after.label()
    return (
        Column("label", Role.LABEL, "Pilot"),
        Column("target_before", Role.COUNT, f"Target, {before}"),
        Column("target_after", Role.COUNT, f"Target, {after}"),
        Column("comparison_before", Role.COUNT, f"Comparison, {before}"),
        Column("comparison_after", Role.COUNT, f"Comparison, {after}"),
        of("target_change", Role.PERCENT, "Target, change of the monthly average"),
        of("comparison_change", Role.PERCENT, "Comparison, change of the monthly average"),
        of("effect", Role.PERCENT, "Change beyond the comparison area"),
        of("lower", Role.LOWER, "Lower 95% limit", "%"),
        of("upper", Role.UPPER, "Upper 95% limit", "%"),
        of("prevented", Role.VALUE, "Prevented"),
        of("prevented_lower", Role.LOWER, "Prevented, lower 95% limit"),
        of("prevented_upper", Role.UPPER, "Prevented, upper 95% limit"),
        Column("verdict", Role.VERDICT, "Is it real?", of=COUNTS),
    )


def _row(seen: Watched, found: Change | None) -> Row:
    sides = {"target": seen.target, "comparison": seen.comparison}
    row: dict[str, Cell] = {"label": seen.pilot.title}
    for side, series in sides.items():
        before, after = seen.cells(series)
        row |= {f"{side}_before": before, f"{side}_after": after}
        row[f"{side}_change"] = _monthly(before, after, seen)
    if found is None:
        nothing: dict[str, Cell] = dict.fromkeys((*EFFECT, "prevented_lower", "prevented_upper"), NOT_APPLICABLE)
        return {**row, **nothing, "verdict": "Not compared"}
    return {
        **row,
        "effect": 100 * (found.ratio - 1),
        "lower": 100 * (found.lower - 1),
        "upper": 100 * (found.upper - 1),
        "prevented": found.prevented,
        "prevented_lower": found.prevented_lower,
        "prevented_upper": found.prevented_upper,
        "verdict": verdict(found),
    }


def verdict(found: Change) -> str:
    """What a table says about an effect."""
    if found.lower <= 1 <= found.upper:
        return "Could be chance"
    return "Fell more than the comparison" if found.upper < 1 else "Rose more than the comparison"


def _monthly(before: Cell, after: Cell, seen: Watched) -> Cell:
    if not (isinstance(before, int) and isinstance(after, int)) or before == 0:
        return NOT_APPLICABLE
    return 100 * (after / len(seen.months_after)) / (before / seen.start) - 100


def _lines(seen: Watched, title: str) -> Table:
    """Long: month, series, count and the count as percent of the series' monthly average before the start."""
    columns = (
        Column("month", Role.PERIOD, "Month"),
        Column("series", Role.LABEL, "Area"),
        Column("count", Role.COUNT, "Number"),
        Column("index", Role.VALUE, "Percent of the average month before", of=("count",), whole=True, decimals=0),
        Column("id", Role.FIGURE, "Figure", of=("count",)),
    )
    rows = [row for series in (seen.target, seen.comparison) if series for row in _of_series(series, seen)]
    return Table("lines", f"{title}, average month before = 100", columns, tuple(rows))


def _of_series(series: Series, seen: Watched) -> list[Row]:
    sides = seen.sides(series)
    average = sides[0] / seen.start if sides and sides[0] else None
    return [
        {
            "month": month,
            "series": series.label,
            "count": value,
            "index": 100 * value / average if average and isinstance(value, int | float) else MISSING,
            "id": figure,
        }
        for month, value, figure in zip(series.months, series.values, series.ids, strict=True)
    ]


def _statements(seen: Watched, found: Change | None) -> list[Statement]:
    words, pilot = literal(spoken_title(seen.figures.title)), literal(seen.pilot.title)
    lead = f"{pilot}: nothing was done here, as a trial of the method. " if not seen.pilot.done else f"{pilot}. "
    if seen.comparison is None:
        return [Statement(lead + NO_COMPARISON), *_before_after(seen, words)]
    if found is None:
        why = "Too few months were supplied, or an area had no event."
        return [Statement(f"{lead}{words}: no comparison can be made. {why}"), *_before_after(seen, words)]
    refs = {key: Ref("effect", 0, key) for key in EFFECT}
    formats = {"effect": "percent-size", "lower": "signed-percent", "upper": "signed-percent", "prevented": "size"}
    way = "fell" if found.ratio < 1 else "rose"
    target, other = literal(seen.target.place), literal(seen.comparison.place)
    text = f"{lead}{words} in {target} {way} by {{effect}} relative to {other}, the comparison area (95% interval {{lower}} to {{upper}})."
    real = found.upper < 1 or found.lower > 1
    tail = (
        " A difference this size rarely comes by chance." if real else " A difference this size often comes by chance."
    )
    said = [Statement(text + tail, refs, formats), *_before_after(seen, words)]
    if found.upper < 1:
        said.append(_prevented(seen, target))
    return said


def _prevented(seen: Watched, target: str) -> Statement:
    """How many fewer there were than the comparison area's change would have given."""
    refs = {key: Ref("effect", 0, key) for key in ("prevented", "prevented_lower", "prevented_upper")}
    what = literal(seen.figures.unit) if seen.figures.per is None else "events"
    text = f"That is about {{prevented}} {what} prevented in {target} since the start (95% interval {{prevented_lower}} to {{prevented_upper}})."
    return Statement(text, refs, dict.fromkeys(refs, "count"))


def _before_after(seen: Watched, words: str) -> list[Statement]:
    """How many there were in the target, named by the measure's unit where that is a plain count."""
    refs = {key: Ref("effect", 0, key) for key in ("target_before", "target_after")}
    if seen.sides(seen.target) is None:
        return [Statement(f"{words} in {literal(seen.target.place)}: too few months were supplied.")]
    of = f" {literal(seen.figures.unit)}" if seen.figures.per is None else ""
    text = (
        f"{literal(seen.target.place)} had {{target_before}}{of} in the {plural(seen.start, 'month')} supplied from {seen.before.label()}, "
        f"and {{target_after}} in the {plural(len(seen.months_after), 'month')} supplied from {seen.after.label()}."
        if seen.gone
        else f"{literal(seen.target.place)} had {{target_before}}{of} in the {plural(seen.start, 'month')} from {seen.before.label()}, "
        f"and {{target_after}} in the {plural(len(seen.months_after), 'month')} from {seen.after.label()}."
    )
    return [Statement(text, refs, dict.fromkeys(refs, "count"))]


def _or_none(value: float | None) -> Cell:
    return NOT_APPLICABLE if value is None else value


def _costs(row: Row) -> Statement:
    refs = {key: Ref("cost", 0, key) for key in ("cost", "each", "each_lower", "each_upper", "prevented")}
    formats = dict.fromkeys(refs, "count")
    if row["each"] is NOT_APPLICABLE:
        return Statement(
            "It cost £{cost}. No event was prevented, as far as can be told, so there is no cost for each.",
            refs,
            formats,
        )
    if row["each_upper"] is NOT_APPLICABLE:
        return Statement(
            "It cost £{cost}: £{each} for each prevented event if the estimate is right, and at least £{each_lower}. It may have prevented "
            "none, so there is no upper limit.",
            refs,
            formats,
        )
    return Statement(
        "It cost £{cost}: £{each} for each prevented event (95% interval £{each_lower} to £{each_upper}).",
        refs,
        formats,
    )
