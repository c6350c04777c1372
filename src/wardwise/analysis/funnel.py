"""Which areas differ from their group by more than chance, given their size? A funnel, with limits that widen where areas differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from wardwise.methods import funnel as method
from wardwise.methods.funnel import FAR, USUAL, Spread, Standing
from wardwise.methods.rates import Interval
from wardwise.records.cells import MISSING, NOT_APPLICABLE, Cell
from wardwise.records.errors import WardwiseError
from wardwise.records.figures import Figure, Figures
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Sum, Table
from wardwise.records.periods import Period

from .asking import Asker, MeasureOrName, asker, count_cell, figure_id
from .peers import group_of
from .words import literal, sentence_case, spelt, spoken_title

if TYPE_CHECKING:
    from wardwise.areas import PeerGroup
    from wardwise.store.snapshot import Snapshot

FEWEST_AREAS = 5
"""With fewer areas the usual difference between them cannot be judged (our choice; Spiegelhalter 2005 has dozens)."""

METHOD = (
    "The group's rate is all its events over all its residents. What an area would have had at that rate is compared with what it had. "
    "Limits by chance alone are exact Poisson. Where areas differ by more than chance, the limits drawn are wider: the spread of the "
    "areas' scores, with the outer tenth at each end pulled in, is added to chance (Spiegelhalter 2005, on the square-root scale). "
    "One area in 20 lies beyond the inner limits and 2 in 1,000 beyond the outer ones if it differs only as areas usually do."
)
CAVEAT = (
    "A place beyond the limits differs from the group. The funnel does not say why: visitors, recording and the people who live there "
    "all count."
)
WORDS = {
    Standing.FAR_ABOVE: "Far above the usual range",
    Standing.ABOVE: "Above the usual range",
    Standing.WITHIN: "Within the usual range",
    Standing.BELOW: "Below the usual range",
    Standing.FAR_BELOW: "Far below the usual range",
}


@dataclass(frozen=True)
class Judged:
    """The areas with a count and a base, in order of base, and where each stands. ratio: observed over expected limits."""

    figures: tuple[Figure, ...]
    baseline: float
    spread: Spread | None
    chance: tuple[Standing, ...]
    standing: tuple[Standing, ...]
    usual: Interval
    far: Interval


def funnel(
    source: Snapshot | Asker,
    measure: MeasureOrName,
    area: str,
    period: Period,
    *,
    group: PeerGroup | Literal["districts"] | None = None,
    noun: str = "districts",
    name: str = "funnel",
) -> Findings | None:
    """Each area of the peer group with its rate and the limits for its size: table `funnel`.

    None when fewer than two areas have a count and a base. Raises WardwiseError for a measure without a base.
    """
    ask = asker(source)
    definition = ask.measure(measure)
    chosen = group_of(ask, area, group)
    found = ask.figures(definition, chosen.codes, period)
    if found.per is None:
        raise WardwiseError(
            f"{found.title} is a count, and a funnel compares rates.",
            where=found.measure,
            next_step="Choose a measure with a base, such as a rate per 1,000 residents.",
        )
    judged = judge(found.figures, found.per, share=found.unit.startswith("%"))
    if judged is None:
        return None
    where = found.names.get(area, area)
    title = f"{found.title}, {chosen.name}, {period.label()}"
    return Findings(
        name=name,
        title=title,
        tables={"funnel": _table(judged, found, title)},
        statements=tuple(_statements(judged, found, area, noun)),
        sums=_sums(judged),
        method=METHOD,
        caveats=(chosen.why, CAVEAT, *found.caveats),
        sources=found.sources,
        profile=definition.profile,
        meta={"area": where, "area_code": area, "group": chosen.name, "unit": found.unit, "better": found.better},
    )


def judge(figures: Sequence[Figure], per: float, *, share: bool = False) -> Judged | None:
    """Where each area stands; None when fewer than two have a count and a base, or none has an event."""
    known = [f for f in figures if count_cell(f) is not MISSING and f.base]
    known.sort(key=lambda figure: float(figure.base or 0))
    counts = np.array([float(figure.count or 0) for figure in known])
    bases = np.array([float(figure.base or 0) for figure in known])
    if len(known) < 2 or counts.sum() == 0:
        return None
    baseline = float(counts.sum() / bases.sum())
    expected = baseline * bases
    by_chance = [_chance(x, n, e, baseline, share=share) for x, n, e in zip(counts, bases, expected, strict=True)]
    spread = _spread(counts, expected)
    usual, far = (_limits(bases, expected, baseline, spread, confidence, share=share) for confidence in (USUAL, FAR))
    places = [
        method.standing(x / e, Interval(usual.lower[i], usual.upper[i]), Interval(far.lower[i], far.upper[i]))
        for i, (x, e) in enumerate(zip(counts, expected, strict=True))
    ]
    scale = baseline * per
    usual, far = (Interval(limits.lower * scale, limits.upper * scale) for limits in (usual, far))
    return Judged(tuple(known), scale, spread, tuple(by_chance), tuple(places), usual, far)


def _chance(count: float, base: float, expected: float, baseline: float, *, share: bool) -> Standing:
    return method.share_standing(count, base, baseline) if share else method.ratio_standing(count, expected)


def _spread(counts: np.ndarray, expected: np.ndarray) -> Spread | None:
    """The usual difference between areas; None when there are too few to judge it, or it is no more than chance."""
    if len(counts) < FEWEST_AREAS:
        return None
    z = method.winsorised(method.scores(counts, expected))
    found = method.spread(z, method.errors(expected))
    return found if found.tau2 > 0 else None


def _limits(
    bases: np.ndarray, expected: np.ndarray, baseline: float, spread: Spread | None, confidence: float, *, share: bool
) -> Interval:
    """Limits of observed over expected."""
    if spread is not None:
        return method.wide_limits(method.errors(expected), spread.tau2, confidence=confidence)
    if share:
        found = method.share_limits(bases, baseline, confidence)
        return Interval(found.lower / baseline, found.upper / baseline)
    return method.poisson_limits(expected, confidence)


def _table(judged: Judged, found: Figures, title: str) -> Table:
    of = {"of": ("count",), "decimals": 1, "whole": True}
    columns = (
        Column("label", Role.LABEL, "Area"),
        Column("area", Role.AREA, "Area code"),
        Column("count", Role.COUNT, "Number"),
        Column("base", Role.BASE, "Out of" if found.unit.startswith("%") else "Residents"),
        Column("rate", Role.VALUE, sentence_case(found.unit), of=("count",), decimals=1),
        Column("lower", Role.LOWER, "Usual range from", **of),  # type: ignore[arg-type]
        Column("upper", Role.UPPER, "Usual range to", **of),  # type: ignore[arg-type]
        Column("far_lower", Role.LOWER, "Outer limit, low", **of),  # type: ignore[arg-type]
        Column("far_upper", Role.UPPER, "Outer limit, high", **of),  # type: ignore[arg-type]
        Column("standing", Role.VERDICT, "Where it stands", of=("count",), whole=True),
        Column("chance", Role.VERDICT, "By chance alone", of=("count",), whole=True),
        Column("id", Role.FIGURE, "Figure", of=("count",)),
    )
    rows = [_row(judged, at, found) for at in range(len(judged.figures))]
    return Table("funnel", title, columns, (*rows, _whole(judged)))


def _row(judged: Judged, at: int, found: Figures) -> Row:
    figure = judged.figures[at]
    code = figure.key.area
    return {
        "label": found.names.get(code, code),
        "area": code,
        "count": count_cell(figure),
        "base": float(figure.base or 0),
        "rate": float(figure.value or 0),
        "lower": float(judged.usual.lower[at]),
        "upper": float(judged.usual.upper[at]),
        "far_lower": float(judged.far.lower[at]),
        "far_upper": float(judged.far.upper[at]),
        "standing": WORDS[judged.standing[at]],
        "chance": "Could be chance" if judged.chance[at] is Standing.WITHIN else "More than chance",
        "id": figure_id(figure),
    }


def _whole(judged: Judged) -> Row:
    blank: Mapping[str, Cell] = dict.fromkeys(("lower", "upper", "far_lower", "far_upper"), NOT_APPLICABLE)
    return {
        "label": "All areas",
        "area": "",
        "count": sum(int(figure.count or 0) for figure in judged.figures),
        "base": sum(float(figure.base or 0) for figure in judged.figures),
        "rate": judged.baseline,
        **blank,
        "standing": "",
        "chance": "",
        "id": "",
    }


def _sums(judged: Judged) -> tuple[Sum, ...]:
    n = len(judged.figures)
    return (Sum(Ref("funnel", n, "count"), tuple(Ref("funnel", at, "count") for at in range(n))),)


def _statements(judged: Judged, found: Figures, area: str, noun: str) -> list[Statement]:
    codes = [figure.key.area for figure in judged.figures]
    said = [_of_area(judged, found, codes.index(area))] if area in codes else []
    n = len(codes)
    beyond = sum(place is not Standing.WITHIN for place in judged.standing)
    refs = {f"n{at}": Ref("funnel", at, "count") for at in range(n)}
    formats = dict.fromkeys(refs, "count")
    if judged.spread is None:
        text = (
            f"By chance alone about one area in 20 would lie outside its range; {spelt(beyond)} of the {spelt(n)} did."
        )
    else:
        text = (
            f"The {spelt(n)} {noun} differ by more than chance, as places do, so the range allows for it. "
            f"{sentence_case(spelt(beyond))} of them lay outside it."
        )
    return [*said, Statement(text, refs, formats)]


def _of_area(judged: Judged, found: Figures, at: int) -> Statement:
    refs = {"rate": Ref("funnel", at, "rate"), "all": Ref("funnel", len(judged.figures), "rate")}
    refs |= {"low": Ref("funnel", at, "lower"), "high": Ref("funnel", at, "upper")}
    where = literal(found.names.get(judged.figures[at].key.area, ""))
    how = WORDS[judged.standing[at]].lower().replace("the usual range", "the range usual for a place of its size")
    share = found.unit.startswith("%")
    of = "" if share else f" {literal(found.unit)}"
    text = (
        f"{literal(spoken_title(found.title))}: {where}'s {{rate}}{of} was {how} ({{low}} to {{high}}; "
        "all areas together {all})."
    )
    return Statement(text, refs, dict.fromkeys(refs, "percent" if share else "rate"))
