"""Does it come back to the same addresses? Asked of exact places alone: public map points are not addresses and are refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wardwise.methods.repeat_places import UPTO, Repeats, repeats
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period

from .about import About
from .asking import Asker, MeasureOrName
from .attention import RESIDENTS_FROM
from .points import Placed, not_exact, placed
from .repeat_wider import Compared, Once, around, compare

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

HOUSEHOLD = 2.4
"""People in a household, on average, in England and Wales (Office for National Statistics, Census 2021)."""
FEWEST = 20
MOST = 20
"""Places listed."""
METHOD = (
    "Records at the same point, to the metre, are taken for one place. By chance each record would fall on any address alike; the number of "
    "addresses is the residents over {household} people a household, unless it is given. Beyond chance means that so few places hit would come "
    "less than once in twenty."
)


@dataclass(frozen=True)
class Spot:
    """One place: its point in metres, how many records, the small area it lies in, first and last month."""

    easting: float
    northing: float
    records: int
    area: str
    first: str
    last: str


def repeat_places(
    source: Snapshot | Asker,
    measure: MeasureOrName,
    area: str,
    period: Period,
    *,
    addresses: int | None = None,
    residents_from: MeasureOrName = RESIDENTS_FROM,
    wider: str = "",
    name: str = "repeat_places",
) -> Findings:
    """Records that came back to a place already hit: table `steps`, against chance; the places with most: table `places`, whose
    points only the analyst sees.

    addresses: how many places could have been hit; residents over people a household unless given. wider: as for
    `repeat_people`.
    """
    about = About.of(source, measure, area, period)
    title = about.title("repeats at the same place")
    found = placed(about, ["area_code", "month"])
    empty = Table("steps", title, _columns(), ())
    why = not_exact(about, found) if len(found) else "No record has a point, so repeats at a place cannot be told."
    few = f"{about.what}: fewer than {FEWEST} records with a point, too few to tell."
    if why or len(found) < FEWEST:
        return about.refused(name, title, empty, why or few, "all", "places")
    spots = _spots(found)
    many = addresses or _addresses(about, residents_from)
    if many < len(spots):
        return about.refused(
            name,
            title,
            empty,
            "It is not known how many addresses there are. Give their number as the option “addresses”.",
            "all",
            "places",
        )
    answer = repeats([spot.records for spot in spots], many)
    rest = _rest(about, Once(answer.hit, answer.repeat_places), wider)
    unplaced = f"For the same address again, {100 * found.without / (found.without + len(found)):.0f}% of the records have no point and are left out."
    return about.findings(
        name,
        title,
        [Table("steps", title, _columns(), _rows(answer)), _all(answer), _list(about, spots), *rest.tables],
        [*_statements(about, answer), *rest.statements],
        method=f"{METHOD.format(household=HOUSEHOLD)} {rest.method}".strip(),
        caveats=(
            unplaced if found.without else "",
            "A place may hold many homes, as a block of flats does, or be a street corner.",
            *rest.caveats,
        ),
        sums=rest.sums,
    )


def _rest(about: About, here: Once, wider: str) -> Compared:
    """Here against the rest of the area around; nothing where there is none, or its records are not held as exact places."""
    whole = around(about, wider)
    if whole is None:
        return Compared()
    found = placed(whole, ["area_code"])
    own = {member for member, _ in about.ask.places.members([about.area])}
    outside = np.array([code not in own for code in found.rows["area_code"].to_pylist()], dtype=bool)
    if not outside.any() or not_exact(whole, found):
        return Compared()
    _, many = np.unique(np.round(found.xy[outside]).astype(np.int64), axis=0, return_counts=True)
    rest = Once(len(many), int((many > 1).sum()))
    return compare(about, whole, here, rest, "places hit", "were hit twice or more")


def _spots(found: Placed) -> list[Spot]:
    """Places by number of records, most first."""
    cells = np.round(found.xy).astype(np.int64)
    points, at, many = np.unique(cells, axis=0, return_inverse=True, return_counts=True)
    areas, months = found.rows["area_code"].to_pylist(), found.rows["month"].to_pylist()
    held: list[list[int]] = [[] for _ in points]
    for record, place in enumerate(at.ravel()):
        held[place].append(record)
    spots = [
        Spot(
            float(points[i, 0]),
            float(points[i, 1]),
            int(many[i]),
            str(areas[records[0]] or ""),
            min(months[r] for r in records),
            max(months[r] for r in records),
        )
        for i, records in enumerate(held)
    ]
    return sorted(spots, key=lambda spot: (-spot.records, spot.easting, spot.northing))


def _addresses(about: About, residents_from: MeasureOrName) -> int:
    people = about.ask.figures(about.ask.measure(residents_from), [about.area], about.period).figures
    return round((people[0].base or 0) / HOUSEHOLD) if people else 0


def _columns() -> tuple[Column, ...]:
    return (
        Column("label", Role.LABEL, "Records at a place"),
        Column("places", Role.COUNT, "Places"),
        Column("expected", Role.BASE, "Places, if by chance", decimals=1),
    )


def _rows(answer: Repeats) -> tuple[Row, ...]:
    return tuple(
        {
            "label": f"{step.events} or more" if step.events == UPTO else str(step.events),
            "places": step.places,
            "expected": step.expected,
        }
        for step in answer.steps
    )


def _all(answer: Repeats) -> Table:
    columns = (
        Column("label", Role.LABEL, "All places"),
        Column("events", Role.COUNT, "Records"),
        Column("hit", Role.COUNT, "Places hit"),
        Column("repeat", Role.COUNT, "Places hit twice or more"),
        Column("at_repeat", Role.COUNT, "Records there"),
        Column("share", Role.PERCENT, "Share of all records", of=("at_repeat", "events"), decimals=1),
        Column("again", Role.COUNT, "Repeats"),
        Column("expected", Role.BASE, "Repeats, if by chance", decimals=1),
    )
    row: Row = {
        "label": "All", "events": answer.events, "hit": answer.hit, "repeat": answer.repeat_places, "at_repeat": answer.at_repeat_places,
        "share": 100 * answer.at_repeat_places / answer.events, "again": answer.again, "expected": answer.expected_again,
    }  # fmt: skip
    return Table("all", "Repeats in all", columns, (row,))


def _list(about: About, spots: Sequence[Spot]) -> Table:
    columns = (
        Column("label", Role.LABEL, "Small area"),
        Column("place", Role.IDENTIFIER, "Grid reference (metres)"),
        Column("area", Role.AREA, "Area code"),
        Column("count", Role.COUNT, "Records"),
        Column("first", Role.PERIOD, "First"),
        Column("last", Role.PERIOD, "Last"),
    )
    known = about.ask.places
    rows: tuple[Row, ...] = tuple(
        {
            "label": known.name(spot.area) if spot.area and known.exists(spot.area) else "Not placed",
            "place": f"{spot.easting:.0f}, {spot.northing:.0f}",
            "area": spot.area,
            "count": spot.records,
            "first": spot.first,
            "last": spot.last,
        }
        for spot in spots[:MOST]
        if spot.records > 1
    )
    return Table("places", "Places with most records", columns, rows)


def _statements(about: About, answer: Repeats) -> list[Statement]:
    refs = {key: Ref("all", 0, key) for key in ("at_repeat", "events", "share", "repeat", "again", "expected")}
    said = {"share": "percent", "expected": "count" if answer.expected_again >= 10 else "rate"} | dict.fromkeys(
        ("at_repeat", "events", "repeat", "again"), "count"
    )

    def sentence(text: str, *names: str) -> Statement:
        return Statement(text, {n: refs[n] for n in names}, {n: said[n] for n in names})

    found = [
        sentence(
            f"{about.what}: {{at_repeat}} of {{events}} ({{share}}) were at {{repeat}} places hit twice or more.",
            "at_repeat", "events", "share", "repeat",
        )
    ]  # fmt: skip
    beyond = "where chance alone would bring about {expected}."
    if answer.p >= 0.05:
        beyond += " Chance alone could bring as many."
    return [
        *found,
        sentence(f"{{again}} were repeats, {beyond}", "again", "expected"),
    ]
