"""At which spots do collisions gather? Circles of a stated size that hold a stated number, each beside the land around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wardwise.methods.collision_sites import Sites, sites
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period

from . import cells
from .about import About
from .asking import Asker
from .points import Placed, placed
from .roads import COLLISIONS
from .words import COULD_BE, UNLIKELY, literal, plural, sentence_case, spelt

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

RADIUS, FEWEST, RING = 50.0, 4, 500.0
"""50 m holds a junction and its approaches; four in a circle, and roads within 500 m to compare with. Ours: an authority sets its own."""
MOST = 20
METHOD = (
    "Circles of {radius:.0f} m, drawn on collisions, that hold {fewest} or more; no collision is in two, and the busiest is taken first. Each is set against the "
    "land within {ring:.0f} m: whether it holds more than that density would give is tested exactly (binomial; Przyborowski and Wilenski 1940), with "
    "the false discovery rate of all circles held at 5%."
)
CAVEATS = (
    "Collisions happen on roads, and most where there is most traffic. A site that stands out may only be busy; how many pass it is not held.",
    "A busy site in one period tends to have fewer in the next without any work done there. Judge a scheme with places left alone, not by before and after.",
)


def clusters(
    source: Snapshot | Asker,
    area: str,
    period: Period,
    *,
    radius: float = RADIUS,
    fewest: int = FEWEST,
    ring: float = RING,
    most: int = MOST,
    name: str = "road_clusters",
) -> Findings:
    """Sites of collisions, busiest first: table `sites`, at most so many.

    radius, ring: metres. fewest: collisions that make a site, 2 or more. Raises WardwiseError when the ring is not wider than the circle, or fewest is
    below 2.
    """
    about = About.of(source, COLLISIONS, area, period)
    if not 0 < radius < ring or fewest < 2:
        raise WardwiseError(
            "A site's size cannot be used.",
            where="road-clusters",
            next_step="Give a radius above 0, a ring wider than it, and at least two collisions (fewest).",
        )
    title = about.title(f"sites of {fewest} or more collisions within {radius:.0f} m")
    spots = placed(about, ["severity", "casualties"])
    empty = Table("sites", title, _columns(), ())
    if len(spots) < fewest:
        why = f"{about.what}: too few have a place on the map to look for sites."
        return about.refused(name, title, empty, why)
    found = sites(spots.xy, radius, fewest, ring, _land(about, spots.xy, radius, ring))
    rows = _rows(about, spots, found, radius)
    method = METHOD.format(radius=radius, fewest=fewest, ring=ring)
    without = f"{spots.without} of the collisions have no place on the map and are left out." if spots.without else ""
    fewer = f"The {most} busiest sites are listed." if len(rows) > most else ""
    return about.findings(
        name,
        title,
        [Table("sites", title, _columns(), rows[:most]), _total(title, spots, found)],
        _statements(about, rows, most, fewest, radius),
        method=method,
        caveats=(without, fewer, *CAVEATS),
        meta={"noun": "sites"},
    )


def _land(about: About, xy: NDArray[np.float64], radius: float, ring: float) -> NDArray[np.float64] | None:
    """The share of each ring that lies in the area; all of it when no outline is held. Collisions beyond the border are not known either."""
    import shapely

    ground = cells.ground_of(about)
    if ground is None:
        return None
    points = shapely.points(xy)
    shapely.prepare(ground)
    rings = shapely.difference(shapely.buffer(points, ring), shapely.buffer(points, radius))
    share = shapely.area(shapely.intersection(rings, ground)) / shapely.area(rings)
    return np.asarray(np.clip(share, 0.01, 1.0), dtype=np.float64)


def _columns() -> tuple[Column, ...]:
    of = ("count",)
    return (
        Column("label", Role.LABEL, "Site, by ward"),
        Column("area", Role.AREA, "Place"),
        Column("where", Role.NOTE, "Centre on grid"),
        Column("people", Role.COUNT, "People injured"),
        Column("worst", Role.COUNT, "Fatal or serious"),
        Column("count", Role.COUNT, "All collisions"),
        Column("expected", Role.VALUE, "Expected from the land around", of=of, decimals=1),
        Column("verdict", Role.VERDICT, "More than chance?", of=of),
    )


def _rows(about: About, spots: Placed, found: Sites, radius: float) -> tuple[Row, ...]:
    order = sorted(range(len(found)), key=lambda i: (-len(found.members[i]), found.p[i]))
    centres = np.array([spots.xy[members].mean(axis=0) for members in found.members]).reshape(-1, 2)
    names = cells.names(about, centres, order) if len(found) else []
    severity, people = spots.rows["severity"].to_pylist(), spots.rows["casualties"].to_pylist()
    return tuple(
        {
            "label": names[i],
            "area": cells.code(centres[i][0], centres[i][1], radius),
            "where": f"{centres[i][0]:.0f}, {centres[i][1]:.0f}",
            "count": len(found.members[i]),
            "worst": sum(severity[row] in ("fatal", "serious") for row in found.members[i]),
            "people": sum(people[row] or 0 for row in found.members[i]),
            "expected": 1 + float(found.expected[i]),
            "verdict": UNLIKELY if found.told[i] else COULD_BE,
        }
        for i in order
    )


def _total(title: str, spots: Placed, found: Sites) -> Table:
    """All collisions with a place, and those at a site."""
    inside = sum(len(members) for members in found.members)
    columns = (
        Column("label", Role.LABEL, "Collisions"),
        Column("count", Role.COUNT, "Number"),
        Column("share", Role.PERCENT, "Share", of=("count",), decimals=1),
    )
    rows: tuple[Row, ...] = (
        {"label": "At a site", "count": inside, "share": 100 * inside / len(spots)},
        {"label": "With a place on the map", "count": len(spots), "share": 100.0},
    )
    return Table("share", title, columns, rows)


_NAMED = 3


def _statements(about: About, rows: Sequence[Row], listed_: int, fewest: int, radius: float) -> list[Statement]:
    """rows: every site, of which the first `listed_` are in the table."""
    what = f"{fewest} or more collisions within {radius:.0f} m"
    if not rows:
        return [Statement(f"No spot in {literal(about.where)} had {what} in the months supplied.")]
    refs = {"n": Ref("share", 0, "count"), "all": Ref("share", 1, "count"), "share": Ref("share", 0, "share")}
    first = (
        f"{sentence_case(plural(len(rows), 'spot'))} in {literal(about.where)} had {what}, over {plural(about.months_held, 'month')}: {{n}} of {{all}} "
        "collisions ({share})."
    )
    found = [Statement(first, refs, {"n": "count", "all": "count", "share": "percent"})]
    told = [at for at, row in enumerate(rows) if row["verdict"] == UNLIKELY]
    if not told:
        return [*found, Statement("None of them has more than the land around it would often give by chance.")]
    named = [at for at in told if at < listed_][:_NAMED]
    refs = {f"n{i}": Ref("sites", at, "count") for i, at in enumerate(named)}
    unit = [" collisions" if not i else "" for i, _ in enumerate(named)]
    names = ", ".join(f"{literal(str(rows[at]['label']))} ({{n{i}}}{unit[i]})" for i, at in enumerate(named))
    many = "All" if len(told) == len(rows) else sentence_case(spelt(len(told)))
    lead = ("It has" if len(rows) == 1 else "One of them has") if len(told) == 1 else f"{many} of them have"
    more = ", most of all " if len(told) > len(named) else ": "
    text = f"{lead} more than the land around would often give by chance{more if named else ''}{names}."
    return [*found, Statement(text, refs, dict.fromkeys(refs, "count"))]
