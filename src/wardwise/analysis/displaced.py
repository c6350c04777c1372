"""Did it move next door? The weighted displacement difference over target, comparison and buffer areas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wardwise.methods.differences import trend_before
from wardwise.methods.displacement import NONE, Counts, Difference, quotient, weighted_difference
from wardwise.methods.regression import NoFitError
from wardwise.records.cells import NOT_APPLICABLE, Cell
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table

from .asking import Asker, MeasureOrName, asker, once
from .pilots import Pilot, Series, Watched, watch
from .words import literal, spoken_title

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

METHOD = (
    "Weighted displacement difference (Wheeler and Ratcliffe 2018): the change a month in the target less that in the comparison area, "
    "plus the same for the areas next door, with a standard error from the counts, widened where the months before the start varied more than chance. The older displacement "
    "quotient (Bowers and Johnson 2003; Guerette 2009) has no standard error, so nothing said here rests on it. "
)
FEW = "Some counts are under 5, where the method's interval is rough."
NO_OWN_BUFFER = "The comparison area has no area next door of its own, so change next door to the target is taken as it is, season and trend in it."


def displacement(
    source: Snapshot | Asker, measure: MeasureOrName, pilot: Pilot, until: str, *, name: str = "displacement"
) -> Findings | None:
    """Change a month where it was done, next door and together: table `displacement`; the quotient: table `quotient`.

    None when the pilot names no comparison area or none next door, or when a month was not supplied.
    """
    ask = asker(source)
    seen = watch(ask, measure, pilot, until)
    if seen.comparison is None or seen.buffer is None:
        return None
    parts = [seen.target, seen.comparison, seen.buffer, seen.comparison_buffer]
    cells = [_counts(series, seen) for series in parts]
    if any(cell is None for cell, series in zip(cells, parts, strict=True) if series is not None):
        return None
    target, comparison, buffer, other = (cell or NONE for cell in cells)
    found = weighted_difference(
        target,
        comparison,
        buffer,
        other,
        time_before=seen.start,
        time_after=len(seen.months_after),
        spread=_spread(seen),
    )
    title = f"{spoken_title(seen.figures.title)}: did it move next door? {pilot.title}, {seen.whole.label()}"
    rows = _rows(seen, found)
    own = () if seen.comparison_buffer else (NO_OWN_BUFFER,)
    return Findings(
        name=name,
        title=title,
        tables={
            "displacement": Table("displacement", title, _columns(seen), rows),
            "quotient": _quotient(title, target, buffer, comparison),
        },
        statements=_statements(found, seen),
        method=METHOD,
        caveats=once((*((FEW,) if found.few else ()), *own, *seen.caveats())),
        sources=seen.figures.sources,
        profile=ask.measure(measure).profile,
        meta={"area": pilot.title},
    )


def _spread(seen: Watched) -> float:
    """How much more than chance the months before the start varied between target and comparison; 1 when it cannot be told."""
    ours, theirs = seen.counts(seen.target), seen.counts(seen.comparison)
    try:
        return max(1.0, trend_before(ours or [], theirs or [], seen.start).dispersion)
    except NoFitError:
        return 1.0


def _counts(series: Series | None, seen: Watched) -> Counts | None:
    if series is None:
        return None
    sides = seen.sides(series)
    return Counts(*sides) if sides else None


BOTH = ("before", "after", "other_before", "other_after")


def _columns(seen: Watched) -> tuple[Column, ...]:
    before, after = seen.before.label(), seen.after.label()

    def of(name: str, role: Role, heading: str) -> Column:
        return Column(name, role, heading, of=BOTH, decimals=1)

    return (
        Column("label", Role.LABEL, "Where"),
        Column("before", Role.COUNT, before),
        Column("after", Role.COUNT, after),
        Column("other_before", Role.COUNT, f"Comparison, {before}"),
        Column("other_after", Role.COUNT, f"Comparison, {after}"),
        of("change", Role.VALUE, "Change a month beyond the comparison"),
        of("lower", Role.LOWER, "Lower 95% limit"),
        of("upper", Role.UPPER, "Upper 95% limit"),
    )


def _rows(seen: Watched, found: Difference) -> tuple[Row, ...]:
    def row(label: str, ours: Series | None, theirs: Series | None, change: float, error: float) -> Row:
        mine, others = seen.cells(ours), seen.cells(theirs)
        return {
            "label": label,
            "before": mine[0],
            "after": mine[1],
            "other_before": others[0],
            "other_after": others[1],
            "change": change,
            "lower": change - 1.959963984540054 * error,  # the 95% point of the normal distribution
            "upper": change + 1.959963984540054 * error,
        }

    assert seen.buffer is not None
    local = row(
        f"Where it was done ({seen.target.place})", seen.target, seen.comparison, found.local, found.local_error
    )
    spill = row(seen.buffer.label, seen.buffer, seen.comparison_buffer, found.spill, found.spill_error)
    both: dict[str, Cell] = {
        "label": "Both together",
        **{key: _added(local[key], spill[key]) for key in BOTH},
        "change": found.total,
        "lower": found.lower,
        "upper": found.upper,
    }
    return (local, spill, both)


def _added(one: Cell, other: Cell) -> Cell:
    known = [cell for cell in (one, other) if isinstance(cell, int)]
    return sum(known) if known else NOT_APPLICABLE


def _quotient(title: str, target: Counts, buffer: Counts, comparison: Counts) -> Table:
    counts = {"target": target, "buffer": buffer, "comparison": comparison}
    names = {f"{who}_{when}": f"{who.capitalize()}, {when}" for who in counts for when in ("before", "after")}
    columns = (
        *(Column(key, Role.COUNT, heading) for key, heading in names.items()),
        Column("quotient", Role.VALUE, "Displacement quotient", of=tuple(names), decimals=2),
        Column("total", Role.VALUE, "Net events prevented", of=tuple(names), decimals=0),
    )
    cells: dict[str, Cell] = {}
    for who, each in counts.items():
        cells |= {f"{who}_before": int(each.before), f"{who}_after": int(each.after)}
    try:
        found = quotient(target, buffer, comparison)
        ratio = NOT_APPLICABLE if found.quotient is None or found.success >= 0 else found.quotient
        cells |= {"quotient": ratio, "total": found.total}
    except ValueError:
        cells |= {"quotient": NOT_APPLICABLE, "total": NOT_APPLICABLE}
    return Table("quotient", f"{title}: displacement quotient", columns, (cells,))


def _way(change: float) -> str:
    """The change in a sentence, without a direction where it would be said as 0.0."""
    if abs(change) < 0.05:
        return "did not change"
    return "rose by {change} a month" if change > 0 else "fell by {change} a month"


def _statements(found: Difference, seen: Watched) -> tuple[Statement, ...]:
    assert seen.buffer is not None
    words, place = literal(spoken_title(seen.figures.title)), literal(seen.buffer.place)
    beyond = f" relative to {literal(seen.comparison_buffer.place)}" if seen.comparison_buffer else ""

    def refs(at: int) -> dict[str, Ref]:
        return {key: Ref("displacement", at, key) for key in ("change", "lower", "upper")}

    formats = {"change": "rate-size", "lower": "signed-rate", "upper": "signed-rate"}
    both = f"{words} where it was done and next door together {_way(found.total)} relative to the comparison areas (95% interval {{lower}} to {{upper}})."
    next_door = (
        f"Next door alone, in {place}, the number {_way(found.spill)}{beyond} (95% interval {{lower}} to {{upper}})."
    )
    low, high = found.spill - 1.96 * found.spill_error, found.spill + 1.96 * found.spill_error
    moved = (
        "Some of it moved next door."
        if low > 0
        else "The gain spread next door."
        if high < 0
        else "It cannot be told whether anything moved there."
    )
    return (Statement(both, refs(2), formats), Statement(f"{next_door} {moved}", refs(1), formats))
