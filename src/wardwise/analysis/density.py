"""Where do records lie most densely? A smooth surface, and the least land that holds a quarter, half, three quarters of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from wardwise.methods import density as d
from wardwise.methods import grids
from wardwise.records.figures import ALONE
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Sum, Table
from wardwise.records.periods import Period

from . import cells
from .about import About
from .asking import Asker, MeasureOrName
from .points import PUBLIC, Placed, degrees, placed, redrawn, redrawn_words
from .words import listed, literal

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

BANDWIDTH = 300.0
"""Metres: the standard deviation of the smoothing; about three streets. A map of density shows nothing finer."""
SIDE = 100.0
FEWEST = 50
IN_PATCH = 10
"""A patch of dense land with fewer records than this is not drawn: it could point at one home."""
MOSTLY = 0.8
"""The share of the densest land at which no further ward is named."""
HELD = (25, 50, 75)
"""Percent of the records that the densest land holds, for each band."""
METHOD = (
    "Each record is spread over the land around it (a normal kernel, {bandwidth:.0f} m, on squares of {side:.0f} m, corrected at the edge of the area). Land is "
    "taken from the densest on until it holds 25%, 50% and 75%; patches with fewer than {patch} records are left out. Times: the share of records "
    "over the share of land (Chainey and others 2008)."
)


@dataclass(frozen=True)
class Band:
    """Land between two shares: its outline in metres, hectares, and the records on it."""

    label: str
    outline: Any
    hectares: float
    records: int


def density(
    source: Snapshot | Asker,
    measure: MeasureOrName,
    area: str,
    period: Period,
    *,
    bandwidth: float = BANDWIDTH,
    name: str = "density",
) -> Findings:
    """The bands of dense land: table `bands`, whose outlines are in `meta` for the map."""
    about = About.of(source, measure, area, period)
    title = about.title("where it is densest")
    spots = placed(about)
    ground = cells.ground_of(about)
    empty = Table("bands", title, _columns(), ())
    if len(spots) < FEWEST or ground is None:
        why = (
            f"{about.what}: fewer than {FEWEST} records with a point in {about.where}, too few for a map of density."
            if len(spots) < FEWEST
            else f"No outline of {about.where} is held, so density cannot be drawn. Import its boundary file."
        )
        return about.refused(name, title, empty, why)
    bands = _bands(about, spots, ground, bandwidth)
    outside = len(spots) - sum(band.records for band in bands)
    rows = _rows(about, f"{bandwidth:.0f} m", bands, outside, ground.area / 10_000, len(spots))
    last = len(rows) - 1
    return about.findings(
        name,
        title,
        [Table("bands", title, _columns(), rows), about.total()],
        _statements(about, bands),
        method=METHOD.format(bandwidth=bandwidth, side=_side(bandwidth), patch=IN_PATCH),
        caveats=_caveats(about, spots),
        sums=(Sum(Ref("bands", last, "count"), tuple(Ref("bands", row, "count") for row in range(last))),),
        meta={f"outline {band.label}": _text(band.outline) for band in bands},
    )


def _side(bandwidth: float) -> float:
    """Squares of 100 m, smaller for a small bandwidth."""
    return min(SIDE, bandwidth / d.FEWEST_CELLS)


def _bands(about: About, spots: Placed, ground: Any, bandwidth: float) -> list[Band]:
    grid = grids.squares(ground.bounds, _side(bandwidth))
    land = cells.on_land(about, grid.centres(), grid.side / 2).reshape(grid.rows, grid.columns)
    surface = d.on_grid(spots.xy, grid, bandwidth, area=land).values.ravel()
    counts = grids.counts(grid.cells(spots.xy), grid)
    order = np.argsort(-surface, kind="stable")
    share = np.cumsum(surface[order]) / surface.sum()
    ends = [int(np.searchsorted(share, held / 100)) + 1 for held in HELD]
    found, start = [], 0
    taken = np.zeros(len(grid), dtype=bool)
    for held, end in zip(HELD, ends, strict=True):
        taken[order[start:end]] = True
        kept = _patches(taken, counts, grid) & _between(order, start, end, len(grid))
        outline = _outline(kept, grid)
        found.append(Band(f"Densest: {held}% of records" if not start else f"Next: up to {held}%", outline, kept.sum() * grid.area / 10_000, round(counts[kept].sum())))  # fmt: skip
        start = end
    return [band for band in found if band.records]


def _between(order: NDArray[np.intp], start: int, end: int, cells_: int) -> NDArray[np.bool_]:
    these = np.zeros(cells_, dtype=bool)
    these[order[start:end]] = True
    return these


def _patches(taken: NDArray[np.bool_], counts: NDArray[np.float64], grid: grids.Squares) -> NDArray[np.bool_]:
    """Of the cells taken, those in patches with enough records."""
    from scipy.ndimage import label

    numbered, many = label(taken.reshape(grid.rows, grid.columns))
    inside = np.bincount(numbered.ravel(), counts, minlength=many + 1)
    inside[0] = 0
    return np.asarray(inside[numbered.ravel()] >= IN_PATCH)


def _outline(kept: NDArray[np.bool_], grid: grids.Squares) -> Any:
    import shapely

    return shapely.union_all(shapely.polygons(grid.outlines()[kept]))


def _text(outline: Any) -> str:
    """Well-known text in degrees, to about a metre."""
    import shapely

    return str(shapely.to_wkt(degrees(outline), rounding_precision=5))


def _columns() -> tuple[Column, ...]:
    return (
        Column("label", Role.LABEL, "Land"),
        Column("count", Role.COUNT, "Records on it"),
        Column("share", Role.PERCENT, "Share of records", of=("count",), decimals=1),
        Column("hectares", Role.BASE, "Hectares", decimals=0),
        Column("land", Role.BASE, "Share of land", decimals=1, unit="%"),
        Column("times", Role.VALUE, "Times an even spread", of=("count",), decimals=1),
        Column("key", Role.KEY, "Key", of=("count",)),
    )


def _rows(
    about: About, bandwidth: str, bands: list[Band], outside: int, hectares: float, records: int
) -> tuple[Row, ...]:
    """Each band moves from period to period, so its key holds the period: two periods of it can never be subtracted."""

    def row(label: str, n: int, land: float) -> Row:
        share, part = 100 * n / records, float(100 * land / hectares)
        key = about.key(density=f"{label}, {bandwidth}", **{ALONE: about.period.text()})
        return {"label": label, "count": n, "share": share, "hectares": land, "land": part, "times": share / part if part > 0 else 0.0, "key": key}  # fmt: skip

    rest = float(max(hectares - sum(band.hectares for band in bands), 0.0))
    each = [row(band.label, band.records, float(band.hectares)) for band in bands]
    return (*each, row("All other land", outside, rest), row("Total", records, hectares))


def _caveats(about: About, spots: Placed) -> tuple[str, ...]:
    public = about.measure.count.records in PUBLIC
    return (
        "Records lie at public map points near where they happened, not at the place itself." if public else "",
        f"{100 * spots.without / (spots.without + len(spots)):.0f}% of the records have no point and are left out." if spots.without else "",
        *(redrawn_words(each) for each in redrawn(about, 0)),
    )  # fmt: skip


def _statements(about: About, bands: list[Band]) -> list[Statement]:
    refs = {key: Ref("bands", 0, key) for key in ("share", "land", "times")}
    said = {"share": "percent", "land": "percent", "times": "rate"}
    if not bands:
        return [Statement(f"{about.what}: no patch of land in {about.where} holds {IN_PATCH} records or more.")]
    where = _wards(about, bands[0])
    text = f"{about.what}: {{share}} of the records with a point are on {{land}} of the land, {{times}} times an even spread."
    there = f" That land is mostly in {literal(listed(where))}." if where else ""
    return [Statement(text + there, refs, said)]


def _wards(about: About, band: Band) -> list[str]:
    """The wards with most of the band's land, until they hold MOSTLY of it; at most three. None where no ward's outline is held."""
    import shapely

    held = about.ask.outlines(about.ask.places.children(about.area, "ward"))
    outline = degrees(band.outline)
    whole = shapely.area(outline)
    inside = {code: shapely.area(shapely.intersection(outline, ward)) / whole for code, ward in held.items()}
    found, share = list[str](), 0.0
    for code in sorted(inside, key=lambda each: -inside[each])[:3]:
        if share < MOSTLY and inside[code] > 0:
            found.append(about.ask.places.name(code))
            share += inside[code]
    return found if share > 0.5 else []
