"""Would the hotspots of the period before have held what came next? Hit rate and the three indices, beside simpler choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from wardwise.methods import hotspot_accuracy as m
from wardwise.methods.autocorrelation import NothingVariesError, gi_star
from wardwise.methods.false_discovery import real
from wardwise.methods.neighbours import of_pairs
from wardwise.methods.rates import wilson
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period

from .about import About
from .asking import Asker, MeasureOrName, count_cell
from .neighbours import touching
from .points import metres
from .wards import NOUNS, by_code
from .words import plural

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

FEWEST_AREAS, FEWEST_RECORDS = 10, 30
HOT, NUMBER, LOT = "Hotspots of the period before", "As many areas, by number alone", "As many areas, drawn by lot"
METHOD = (
    "The hotspots that stood out in the period before (Gi*, false discovery rate 5%) are tried on this one. The hit rate is their share of its "
    "records, with Wilson’s 95% limits. PAI is it over their share of the land (Chainey and others 2008); 1 is an even "
    "spread. PEI is PAI over the largest that as much land could have had (Hunt 2016); 100% is the best. RRI is the share they had before "
    "over the share they held (after Levine 2008): above 1, they held less than foreseen. By lot: the middle 95% of 2,000 draws."
)
COUNTS_HERE = (
    "Records near each other in time can have one cause, so the limits of the hit rate are a little too narrow."
)


@dataclass(frozen=True)
class Ground:
    """Small areas in one order: their land in hectares, records before and after, and which were hotspots before."""

    land: NDArray[np.float64]
    before: NDArray[np.float64]
    came: NDArray[np.float64]
    hot: NDArray[np.bool_]


def hotspot_accuracy(
    source: Snapshot | Asker,
    measure: MeasureOrName,
    area: str,
    period: Period,
    *,
    level: str = "lsoa",
    name: str = "hotspot_accuracy",
) -> Findings:
    """The hotspots of the period of equal length just before `period`, tried on `period`: table `choices`, one row for each way to choose.

    Says why not where either period was not supplied in full, an outline lacks, or nothing stood out before.
    """
    about = About.of(source, measure, area, period)
    before = About.of(about.ask, about.measure, area, period.shift(-period.length))
    noun = NOUNS.get(level, f"{level}s")
    title = about.title(f"held by the hotspots of {before.period.label()}")
    found = _ground(about, before, level, noun)
    if isinstance(found, str):
        return about.refused(name, title, Table("choices", title, _columns(), ()), found)
    rows = _rows(found, about, before)
    return about.findings(
        name,
        title,
        [Table("choices", title, _columns(), rows), about.total()],
        _statements(about, before, found, noun),
        method=METHOD,
        caveats=(COUNTS_HERE,),
        meta={"level": level, "noun": noun},
    )


def _ground(about: About, before: About, level: str, noun: str) -> Ground | str:
    """Why not, in words, where the question cannot be asked."""
    codes = about.ask.places.children(about.area, level)
    outlines = about.ask.outlines(codes)
    if len(codes) < FEWEST_AREAS or len(outlines) < len(codes):
        return f"There are too few {noun} with an outline here to tell how well hotspots foresaw what came."
    counts = [_counts(each, codes) for each in (before, about)]
    for each, held in zip((before, about), counts, strict=True):
        if held is None:
            return f"{about.what}: not supplied for all {noun} of {about.where} in {each.period.label()}."
        if held.sum() < FEWEST_RECORDS:
            return f"{about.what}: fewer than {FEWEST_RECORDS} records in {each.period.label()}, too few to try hotspots on."
    earlier, came = (np.asarray(each, dtype=float) for each in counts)
    try:
        hot = _hot(codes, outlines, earlier)
    except NothingVariesError as error:
        return f"{about.what}: {error}."
    if not hot.any():
        return (
            f"{about.what}: nothing stood out from chance in {before.period.label()}, so there was no hotspot to try."
        )
    return Ground(np.array([_hectares(outlines[code]) for code in codes]), earlier, came, hot)


def _counts(about: About, codes: Sequence[str]) -> NDArray[np.float64] | None:
    figures = by_code(about.ask.figures(about.measure, codes, about.period))
    cells = [count_cell(figures.get(code)) for code in codes]
    return np.array(cells, dtype=float) if all(isinstance(n, int) for n in cells) else None


def _hot(codes: Sequence[str], outlines: Mapping[str, Any], counts: NDArray[np.float64]) -> NDArray[np.bool_]:
    one, other = np.nonzero(np.triu(touching(codes, outlines)))
    found = gi_star(counts, of_pairs(one, other, len(codes)))
    return np.asarray(real(found.p) & (found.z > 0))


def _hectares(outline: Any) -> float:
    """Land within an outline in degrees."""
    import shapely

    turned = shapely.transform(outline, lambda xy: np.column_stack(metres(xy[:, 0], xy[:, 1])))
    return float(turned.area) / 10_000


def _columns() -> tuple[Column, ...]:
    of = ("count",)
    return (
        Column("label", Role.LABEL, "Choice of areas"),
        Column("areas", Role.BASE, "Areas"),
        Column("land", Role.BASE, "Share of land", decimals=1, unit="%"),
        Column("count", Role.COUNT, "Records held"),
        Column("share", Role.PERCENT, "Hit rate", of=of, decimals=1),
        Column("lower", Role.LOWER, "Lower 95% limit", of=of, decimals=1, unit="%"),
        Column("upper", Role.UPPER, "Upper 95% limit", of=of, decimals=1, unit="%"),
        Column("had", Role.PERCENT, "Held before", of=of, decimals=1),
        Column("pai", Role.VALUE, "PAI", of=of, decimals=1),
        Column("most", Role.VALUE, "Largest PAI", of=of, decimals=1),
        Column("pei", Role.PERCENT, "PEI", of=of, decimals=0),
        Column("rri", Role.VALUE, "RRI", of=of, decimals=2),
        Column("key", Role.KEY, "Key", of=of),
    )


def _rows(ground: Ground, about: About, before: About) -> tuple[Row, ...]:
    """The hotspots; as many areas by number alone; and by lot, whose number is what a mean draw holds and whose limits are of draws."""
    many, total = int(ground.hot.sum()), float(ground.came.sum())
    made: list[Row] = []
    for label, inside in ((HOT, ground.hot), (NUMBER, _first(ground.before, many))):
        found = m.chosen(ground.came, ground.before, inside, ground.land)
        limits = wilson(found.caught, total)
        made.append(
            {
                "label": label, "areas": many, "land": 100 * found.area, "count": round(found.caught), "share": 100 * found.share,
                "lower": 100 * float(limits.lower), "upper": 100 * float(limits.upper),
                "had": 100 * float(ground.before[inside].sum() / ground.before.sum()), "pai": found.pai, "most": found.most,
                "pei": 100 * found.pei, "rri": found.rri if found.caught else 0.0,
                "key": about.key(held=f"{label}, {before.period.text()}, {about.period.text()}"),
            }
        )  # fmt: skip
    lot, best = m.at_random(ground.came, many), m.chosen(ground.came, ground.before, ground.hot, ground.land).most
    drawn: Row = {
        "label": LOT, "areas": many, "land": 100 * lot.share, "count": round(lot.share * total), "share": 100 * lot.share,
        "lower": 100 * lot.lower, "upper": 100 * lot.upper, "had": 100 * lot.share, "pai": 1.0, "most": best, "pei": 100 / best,
        "rri": 1.0, "key": about.key(held=f"{LOT}, {many}, {about.period.text()}"),
    }  # fmt: skip
    return (*made, drawn)


def _first(counts: NDArray[np.float64], many: int) -> NDArray[np.bool_]:
    inside = np.zeros(len(counts), dtype=bool)
    inside[np.argsort(-counts, kind="stable")[:many]] = True
    return inside


def _statements(about: About, before: About, ground: Ground, noun: str) -> list[Statement]:
    def sentence(text: str, **at: tuple[int, str, str]) -> Statement:
        refs = {name: Ref("choices", row, column) for name, (row, column, _) in at.items()}
        return Statement(text, refs, {name: how for name, (_, _, how) in at.items()})

    hotspots = plural(int(ground.hot.sum()), "hotspot")
    first = (
        f"{about.what}: the {hotspots} of {before.period.label()} held {{share}} of the records of {about.period.label()} "
        "({n} of {all}; 95% limits {low}% to {high}%), on {land} of the land."
    )
    of_all = sentence(
        first,
        share=(0, "share", "percent"), n=(0, "count", "count"), low=(0, "lower", "rate"), high=(0, "upper", "rate"), land=(0, "land", "percent"),
    )  # fmt: skip
    whole = {**of_all.refs, "all": Ref("all", 0, "count")}
    return [
        Statement(first, whole, {**of_all.formats, "all": "count"}),
        sentence(
            "That is {pai} times an even spread (PAI). As much land could have held {most} times at most, so they reached {pei} of what was "
            "possible (PEI).",
            pai=(0, "pai", "rate"), most=(0, "most", "rate"), pei=(0, "pei", "percent"),
        ),
        sentence(
            f"As many {noun} chosen by their number alone would have held {{plain}}; drawn by lot, about {{lot}} ({{low}}% to {{high}}%).",
            plain=(1, "share", "percent"), lot=(2, "share", "percent"), low=(2, "lower", "rate"), high=(2, "upper", "rate"),
        ),
        sentence(
            "In the period before, the same hotspots had held {had} (RRI {rri}; above 1, they held less than before).",
            had=(0, "had", "percent"), rri=(0, "rri", "ratio"),
        ),
    ]  # fmt: skip
