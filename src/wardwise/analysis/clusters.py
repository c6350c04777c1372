"""Which areas are high together beyond chance? Gi* and local Moran on small areas or on hexagons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wardwise.methods import grids
from wardwise.methods.autocorrelation import NothingVariesError, gi_star, local_moran, moran
from wardwise.methods.false_discovery import real
from wardwise.methods.neighbours import Neighbours, of_pairs
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period

from . import cells
from .about import ONE, About
from .asking import Asker, MeasureOrName, count_cell, figure_id
from .neighbours import touching
from .points import placed, redrawn, redrawn_words
from .wards import NOUNS, by_code
from .words import listed, literal, plural, sentence_case

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

HEXAGON = "hexagon"
HECTARES = 12.0
"""Land in a hexagon: 12 ha, about 370 m across, near the 300 to 400 m that people walk in five minutes."""
FEWEST_AREAS, FEWEST_RECORDS = 10, 30
COUNTS_NOT_RATES = "Counts are of records, not rates: a place that many people visit stands high."
HOT, COLD, PLAIN = "hotspot", "cold spot", "as chance would have it"
MORAN = {
    "high-high": "high among high",
    "low-low": "low among low",
    "high-low": "high among low",
    "low-high": "low among high",
}
METHOD = (
    "Hotspots and cold spots: each area with its neighbours against all areas (Gi*, Getis and Ord 1992). The other column sets each area against its "
    "neighbours (local Moran’s I, Anselin 1995). Both with the false discovery rate of all areas held at 5% (Benjamini and Hochberg 1995)."
)


@dataclass(frozen=True)
class Counted:
    """Areas, their names and counts, which are neighbours, and the ids of the figures that give the counts, or the keys of
    hexagons, which are no figures."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    counts: NDArray[np.float64]
    neighbours: Neighbours
    figures: tuple[str, ...]
    caveats: tuple[str, ...] = ()


def clusters(
    source: Snapshot | Asker,
    measure: MeasureOrName,
    area: str,
    period: Period,
    *,
    level: str = "lsoa",
    hectares: float = HECTARES,
    name: str = "clusters",
) -> Findings:
    """Where records gather beyond chance: table `clusters`, hotspots first; one row an area of `level`.

    level: “hexagon” lays hexagons of so many `hectares` over the area; those that do not stand out have no row.
    """
    about = About.of(source, measure, area, period)
    noun = "hexagons" if level == HEXAGON else NOUNS.get(level, f"{level}s")
    title = about.title(f"clusters of {noun}")
    found = _hexagons(about, hectares) if level == HEXAGON else _areas(about, level)
    empty = Table("clusters", title, _columns(level), ())
    if isinstance(found, str):
        return about.refused(name, title, empty, found)
    try:
        hot, local, whole = (
            gi_star(found.counts, found.neighbours),
            local_moran(found.counts, found.neighbours),
            moran(found.counts, found.neighbours),
        )
    except NothingVariesError as error:
        return about.refused(name, title, empty, f"{about.what}: {error}.")
    told, apart = real(hot.p), real(local.p)
    kinds = [HOT if t and z > 0 else COLD if t else PLAIN for t, z in zip(told, hot.z, strict=True)]
    beside = [MORAN.get(kind, "") if a else "" for a, kind in zip(apart, local.kind, strict=True)]
    rows = _rows(found, kinds, beside, hot.z)
    if level == HEXAGON:
        rows = tuple(row for row in rows if row["kind"] != PLAIN or row["moran"])
    return about.findings(
        name,
        title,
        [Table("clusters", title, _columns(level), rows)],
        _statements(about, rows, f"{len(found.codes):,} {noun}", noun, together=whole.p < 0.05 and whole.z > 0),
        method=METHOD,
        caveats=(*found.caveats, COUNTS_NOT_RATES),
        meta={"level": level, "noun": noun},
    )


def _areas(about: About, level: str) -> Counted | str:
    codes = about.ask.places.children(about.area, level)
    noun = NOUNS.get(level, f"{level}s")
    figures = by_code(about.ask.figures(about.measure, codes, about.period)) if codes else {}
    counts = [count_cell(figures.get(code)) for code in codes]
    if len(codes) < FEWEST_AREAS:
        return f"There are too few {noun} here to tell a hotspot from its neighbours."
    if not all(isinstance(n, int) for n in counts):
        return f"{about.what}: not supplied for all {noun} of {about.where} in {about.period.label()}."
    outlines = about.ask.outlines(codes)
    if not outlines:
        return (
            f"No outlines are held of the {noun}, so it is not known which are neighbours. Import their boundary file."
        )
    one, other = np.nonzero(np.triu(touching(codes, outlines)))
    near = of_pairs(one, other, len(codes))
    names = tuple(about.names(codes).values())
    ids = tuple(figure_id(figures.get(code)) for code in codes)
    return Counted(tuple(codes), names, np.array(counts, dtype=float), near, ids)


def _hexagons(about: About, hectares: float) -> Counted | str:
    spots = placed(about)
    if len(spots) < FEWEST_RECORDS:
        return f"{about.what}: fewer than {FEWEST_RECORDS} records with a point in {about.where}, too few for hexagons."
    ground = cells.ground_of(about)
    if ground is None:
        return f"No outline of {about.where} is held, so hexagons cannot be laid on it. Import its boundary file."
    grid = grids.hexagons(ground.bounds, hectares * 10_000)
    every = grids.counts(grid.cells(spots.xy), grid)
    keep = cells.on_land(about, grid.centres(), grid.side * 0.8) | (every > 0)
    counts, centres = every[keep], grid.centres()[keep]
    outside = round(len(spots) - counts.sum())
    order = sorted(range(len(counts)), key=lambda i: (-counts[i], i))
    codes = tuple(np.array(cells.codes(grid))[keep].tolist())
    said = (
        f"{100 * spots.without / (spots.without + len(spots)):.0f}% of the records have no point and are left out." if spots.without else "",
        f"{100 * outside / len(spots):.1f}% lie outside the hexagons." if outside >= 0.0005 * len(spots) else "",
        *(redrawn_words(each) for each in redrawn(about, 0)),
    )  # fmt: skip
    names = tuple(cells.names(about, centres, order))
    return Counted(codes, names, counts, grids.only(grid.neighbours(), keep), tuple(map(about.key, codes)), said)


def _columns(level: str) -> tuple[Column, ...]:
    return (
        Column("label", Role.LABEL, "Hexagon, by ward" if level == HEXAGON else ONE.get(level, "Area")),
        Column("area", Role.AREA, "Area code"),
        Column("kind", Role.VERDICT, "With its neighbours", of=("count",)),
        Column("count", Role.COUNT, "Records"),
        Column("z", Role.VALUE, "Gi*", of=("count",), decimals=1),
        Column("moran", Role.VERDICT, "Against its neighbours", of=("count",)),
        Column("id", Role.KEY if level == HEXAGON else Role.FIGURE, "Figure", of=("count",)),
    )


def _rows(found: Counted, kinds: Sequence[str], beside: Sequence[str], z: NDArray[np.float64]) -> tuple[Row, ...]:
    rank = {HOT: 0, COLD: 1, PLAIN: 2}
    order = sorted(range(len(kinds)), key=lambda i: (rank[kinds[i]], -z[i], found.codes[i]))
    return tuple(
        {
            "label": found.names[i],
            "area": found.codes[i],
            "kind": kinds[i],
            "count": int(found.counts[i]),
            "z": float(z[i]),
            "moran": beside[i],
            "id": found.figures[i],
        }
        for i in order
    )


_MOST = 5


def _statements(about: About, rows: Sequence[Row], every: str, noun: str, *, together: bool) -> list[Statement]:
    hot = [i for i, row in enumerate(rows) if row["kind"] == HOT]
    gather = (
        f"{sentence_case(noun)} with many lie beside others with many, more than chance would have it."
        if together
        else f"{sentence_case(noun)} with many lie no nearer to each other than chance would often have it."
    )
    if not hot:
        return [
            Statement(f"{about.what}: no hotspot stands out from chance among the {noun} of {literal(about.where)}."),
            Statement(gather),
        ]
    where = _by_ward(rows, hot) if noun == f"{HEXAGON}s" else _by_name(rows, hot)
    refs = {f"n{i}": Ref("clusters", i, "count") for i in hot[:_MOST]}
    found = [Statement(f"{about.what}: {plural(len(hot), 'hotspot')} among {every}: {where}.", refs)]
    alone = [i for i, row in enumerate(rows) if row["moran"] == MORAN["high-low"]]
    if alone:
        few = [literal(str(rows[i]["label"])) for i in alone[:_MOST]]
        verb = "stands" if len(few) == 1 else "stand"
        refs = {f"n{i}": Ref("clusters", i, "count") for i in alone[:_MOST]}
        found.append(Statement(f"{listed(few)} {verb} high among neighbours that are low.", refs))
    return [*found, Statement(gather)]


def _by_name(rows: Sequence[Row], hot: Sequence[int]) -> str:
    """“A, B and 7 more”."""
    names = [literal(str(rows[i]["label"])) for i in hot[:_MOST]]
    return listed([*names, *([f"{len(hot) - _MOST} more"] if len(hot) > _MOST else [])])


def _by_ward(rows: Sequence[Row], hot: Sequence[int]) -> str:
    """“12 in Talbot, 9 in Claremont and 3 elsewhere”: a hexagon's own number tells a reader nothing."""
    wards = Counter(str(rows[i]["label"]).rsplit(" ", 1)[0] for i in hot).most_common(_MOST)
    rest = len(hot) - sum(n for _, n in wards)
    return listed([*(f"{n} in {literal(ward)}" for ward, n in wards), *([f"{rest} elsewhere"] if rest else [])])
