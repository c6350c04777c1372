"""Where records are, in metres; whether a point is the place itself; and when public map points were redrawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from wardwise.definitions.find import files, read
from wardwise.records.periods import Period, month_name, shift

from .about import About

if TYPE_CHECKING:
    import pyarrow as pa

    from wardwise.store.snapshot import Snapshot

Floats = NDArray[np.float64]

GRID = "EPSG:27700"
"""The British National Grid, in metres."""
PUBLIC = frozenset({"street_crime", "outcomes", "stop_and_search"})
"""Tables of data.police.uk, whose points were all moved to a public one (data.police.uk, “Location anonymisation”)."""

REDRAWN_BELOW = 0.25
"""Public points are redrawn when fewer than this share of a month's points were used in the month before. In Lancashire it was from
57% to 74% between all neighbouring months held from November 2018 to October 2022, but 3% from June to July 2022."""
FEWEST_POINTS = 30
"""Fewer points in a month than this tell nothing about redrawing."""
SNAPPED_FROM = 0.5
"""Points said to be exact are not believed when this share of them or more lie on public map points (10 m and nearer). In a force's own
extract some do by chance, about one in ten; in lists copied from data.police.uk 96% do."""
_NEAR = 4  # decimals of a degree: about 10 m


@dataclass(frozen=True)
class Placed:
    """Records that have a point. rows: their other columns, in the same order. without: how many have none."""

    easting: Floats
    northing: Floats
    rows: pa.Table
    without: int

    def __len__(self) -> int:
        return len(self.easting)

    @property
    def xy(self) -> Floats:
        return np.column_stack([self.easting, self.northing])


@dataclass(frozen=True)
class Redrawn:
    """Points of `month` were drawn anew: only `share` of them were used in `before`, the month held before it."""

    month: str
    before: str
    share: float


def placed(about: About, columns: Sequence[str] = ()) -> Placed:
    """The measure's records that have a point, on the National Grid in metres."""
    rows = about.records([*dict.fromkeys(("longitude", "latitude", "source", *columns))])
    known = rows["longitude"].is_valid().to_numpy(zero_copy_only=False)
    known &= rows["latitude"].is_valid().to_numpy(zero_copy_only=False)
    kept = rows.filter(known)
    easting, northing = metres(kept["longitude"].to_numpy(), kept["latitude"].to_numpy())
    return Placed(easting, northing, kept, rows.num_rows - kept.num_rows)


def metres(longitude: Any, latitude: Any) -> tuple[Floats, Floats]:
    """Degrees (WGS84) to metres on the National Grid; each distinct point is turned once."""
    from pyproj import Transformer

    pairs = np.column_stack([np.asarray(longitude, dtype=float), np.asarray(latitude, dtype=float)])
    distinct, back = np.unique(pairs, axis=0, return_inverse=True)
    turned = Transformer.from_crs("EPSG:4326", GRID, always_xy=True).transform(distinct[:, 0], distinct[:, 1])
    east, north = (np.asarray(each, dtype=float)[back.ravel()] for each in turned)
    return east, north


def degrees(outline: Any) -> Any:
    """A shapely geometry from metres to degrees."""
    import shapely
    from pyproj import Transformer

    turn = Transformer.from_crs(GRID, "EPSG:4326", always_xy=True)
    return shapely.transform(outline, lambda xy: np.column_stack(turn.transform(xy[:, 0], xy[:, 1])))


def not_exact(about: About, found: Placed) -> str:
    """Why these points may not be taken for the places themselves; empty when they may. The words say what would do."""
    more = "Ask for it of the force's own offence or incident extract, which gives the place itself."
    if about.measure.count.records in PUBLIC:
        return (
            "Points on data.police.uk are moved to a public map point nearby, which stands for at least eight addresses or none, "
            f"so two records at one point are not two at one address. {more}"
        )
    if set(found.rows["source"].to_pylist()) - _exact_sources(about):
        return (
            "The points of these records are not known to be the places themselves, so they are not taken for addresses. The declaration "
            "of a source whose points are exact says so (points: exact)."
        )
    if _on_public_points(about, found) >= SNAPPED_FROM:
        return f"Most of these points are public map points of data.police.uk, whatever the source's declaration says. {more}"
    return ""


def redrawn(about: About, months_before: int = 1) -> tuple[Redrawn, ...]:
    """The months of the period, and of `months_before` it, at which the public points of the area's suppliers were redrawn.

    Found in the points themselves, all kinds of record together. Tables of exact points have none.
    """
    table = about.measure.count.records
    if table not in PUBLIC:
        return ()
    first = shift(about.period.start, -months_before)
    members = [member for member, _ in about.ask.places.members([about.area])]
    window = Period(shift(first, -_LOOK_BACK), about.period.end)
    return tuple(each for each in redrawings(about.ask.snapshot, table, members, window) if each.month > first)


def redrawings(snapshot: Snapshot, table: str, members: Sequence[str], window: Period) -> tuple[Redrawn, ...]:
    """Months of `window` whose public points are not those of the month held before, for the suppliers of the small areas `members`."""
    answer = snapshot.fetch(_SHARED.format(table=table), [list(members), window.start, window.end]).to_pylist()
    return tuple(
        Redrawn(row["month"], row["before"], row["shared"] / fewer)
        for row in answer
        if row["before"]
        and (fewer := min(row["points"], row["points_before"])) >= FEWEST_POINTS
        and row["shared"] / fewer < REDRAWN_BELOW
    )


_LOOK_BACK = 6  # months held before the first, to compare it with
_SHARED = """
WITH near AS (
    SELECT DISTINCT supplier FROM {table} WHERE list_contains(?, area_code)
),
used AS (
    SELECT DISTINCT month, longitude, latitude FROM {table}
    WHERE supplier IN (SELECT supplier FROM near) AND supplier <> 'british-transport'
      AND longitude IS NOT NULL AND month BETWEEN ? AND ?
),
months AS (
    SELECT month, count(*) AS points, lag(month) OVER (ORDER BY month) AS before,
           lag(count(*)) OVER (ORDER BY month) AS points_before
    FROM used GROUP BY month
)
SELECT months.*, (
    SELECT count(*) FROM used AS a JOIN used AS b USING (longitude, latitude)
    WHERE a.month = months.month AND b.month = months.before
) AS shared FROM months ORDER BY month
"""


def redrawn_words(found: Redrawn) -> str:
    """The caveat that goes with a redrawing."""
    percent = 100 * found.share
    return (
        f"The public map points were redrawn in {month_name(found.month)}: {percent:.0f}% of them were also used in "
        f"{month_name(found.before)}. Points before and after cannot be compared."
    )


def _exact_sources(about: About) -> set[str]:
    """Sources whose declaration says that their points are exact."""
    own = getattr(about.ask.snapshot, "folder", None)
    declared = (read(path) for path in files("sources", own / "definitions" if own else None))
    return {str(one.get("source")) for one in declared if one.get("points") == "exact"}


def _on_public_points(about: About, found: Placed) -> float:
    """The share of distinct points that lie on a public point held of the same area."""
    members = [member for member, _ in about.ask.places.members([about.area])]
    public = about.ask.snapshot.fetch(_PUBLIC_POINTS, [_NEAR, _NEAR, members])
    if not len(found) or not public.num_rows:
        return 0.0
    rounded = {
        *zip(
            np.round(found.rows["longitude"].to_numpy(), _NEAR).tolist(),
            np.round(found.rows["latitude"].to_numpy(), _NEAR).tolist(),
            strict=True,
        )
    }
    known = {*zip(public["longitude"].to_pylist(), public["latitude"].to_pylist(), strict=True)}
    return len(rounded & known) / len(rounded)


_PUBLIC_POINTS = """
SELECT DISTINCT round(longitude, ?) AS longitude, round(latitude, ?) AS latitude
FROM street_crime WHERE longitude IS NOT NULL AND list_contains(?, area_code)
"""
