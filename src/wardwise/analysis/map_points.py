"""Which public map points have most records, and had they the year before? Never addresses; not across a redrawing of the points."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from wardwise.records.cells import NOT_APPLICABLE, Cell
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period

from .about import About, called
from .asking import Asker, MeasureOrName
from .points import PUBLIC, Redrawn, redrawn, redrawn_words
from .words import literal

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

MOST = 10
METHOD = (
    "Records at one public map point of data.police.uk, which stands for at least eight addresses or none, and for the streets around it: "
    "where records were moved to, not where anything happened."
)

Spot = tuple[str, str, float, float]
"""Small area, description, longitude, latitude."""


def map_points(
    source: Snapshot | Asker,
    measure: MeasureOrName,
    area: str,
    period: Period,
    *,
    most: int = MOST,
    name: str = "map_points",
) -> Findings:
    """The public map points with most records, with the same months a year before: table `points`.

    Where the points were redrawn inside the period, only the months since are counted; where it was in between, nothing is
    compared. Both are said. Exact points of a force's own extract are refused: those are asked of by repeat_places.
    """
    about = About.of(source, measure, area, period)
    title = about.title("busiest public map points")
    if about.measure.count.records not in PUBLIC:
        why = (
            "These records do not have public map points. Ask for repeats at the same place, or a density map, instead."
        )
        return about.refused(name, title, Table("points", title, _columns(), ()), why)
    changes = redrawn(about, months_before=12)
    inside = [each for each in changes if each.month > period.start]
    since = Period(inside[-1].month, period.end) if inside else period
    now = About.of(about.ask, measure, area, since)
    counted = _points(now)
    before = About.of(about.ask, measure, area, period.year_before())
    whole = isinstance(about.count, int) and isinstance(before.count, int)
    earlier = _points(before) if whole and not changes else None
    lacking = (
        ""
        if whole
        else f"Nothing is compared, as not all months of {period.label()} and of the year before were supplied."
    )
    rows = tuple(_row(now, before, spot, n, earlier) for spot, n in counted.most_common(most))
    title = now.title("busiest public map points")
    return about.findings(
        name,
        title,
        [Table("points", title, _columns(), rows)],
        _statements(now, rows, changes),
        method=METHOD,
        caveats=(lacking,),  # a redrawing is in the second sentence
    )


def _points(about: About) -> Counter[Spot]:
    rows = about.records(["area_code", "location", "longitude", "latitude"])
    each = zip(*(rows[n].to_pylist() for n in ("area_code", "location", "longitude", "latitude")), strict=True)
    return Counter(spot for spot in each if spot[2] is not None)


def _columns() -> tuple[Column, ...]:
    return (
        Column("label", Role.LABEL, "Public map point"),
        Column("where", Role.LABEL, "Small area"),
        Column("area", Role.AREA, "Area code"),
        Column("count", Role.COUNT, "Number"),
        Column("before", Role.COUNT, "A year before"),
        Column("change", Role.CHANGE, "Change", of=("count", "before")),
        Column("key", Role.KEY, "Key", of=("count",)),
        Column("before_key", Role.KEY, "Key, a year before", of=("before",)),
    )


def _row(about: About, year_before: About, spot: Spot, n: int, earlier: Counter[Spot] | None) -> Row:
    code, location = str(spot[0] or ""), str(spot[1] or "Not described")
    point = f"point {spot[2]:.6f} {spot[3]:.6f}"
    before: Cell = NOT_APPLICABLE if earlier is None else earlier.get(spot, 0)
    return {
        "label": location,
        "where": called(about.ask, code, about.where) if code and about.ask.places.exists(code) else "",
        "area": code,
        "count": n,
        "before": before,
        "change": n - before if isinstance(before, int) else NOT_APPLICABLE,
        "key": about.key(point),
        "before_key": year_before.key(point),
    }


def _statements(about: About, rows: tuple[Row, ...], changes: tuple[Redrawn, ...]) -> list[Statement]:
    if not rows:
        return [Statement(f"{about.what}: no record in {literal(about.where)} has a public map point.")]
    first = f"{about.what}: most at the public map point “{literal(str(rows[0]['label']))}” ({{n}})."
    found = [Statement(first, {"n": Ref("points", 0, "count")}, {"n": "count"})]
    if changes:
        found.append(
            Statement(
                f"{redrawn_words(changes[-1])} So no change is given, and only {about.period.label()} is counted."
            )
        )
    return found
