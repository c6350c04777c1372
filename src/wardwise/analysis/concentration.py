"""How few places hold how much of it? Lorenz curve over small areas, Gini, and what is luck in the busiest places' share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wardwise.methods import concentration as c
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period

from .about import About
from .asking import Asker, MeasureOrName, count_cell
from .wards import NOUNS
from .words import plural

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

STEPS = (0.01, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Shares of places, busiest first, at which the curve is given."""
FEWEST = 5
"""With fewer areas than this a curve says nothing."""
METHOD = (
    "Areas are put in order of their count, busiest first. Gini’s coefficient is 0 when all have as many and near 1 when one has all; the "
    "generalised coefficient allows for fewer records than areas (Bernasco and Steenbeek 2017). The busiest areas are picked after looking, so "
    "part of their share is luck: “luck left out” is the share of the risk itself in the areas that run most of it, with 95% limits."
)


def concentration(
    source: Snapshot | Asker,
    measure: MeasureOrName,
    area: str,
    period: Period,
    *,
    level: str = "lsoa",
    top: float = 0.1,
    name: str = "concentration",
) -> Findings:
    """The share of records in the busiest areas of `level`: table `curve`; the coefficients: table `measures`.

    top: the share of areas that the sentences speak of. An area without a record counts, as 0.
    """
    about = About.of(source, measure, area, period)
    codes = about.ask.places.children(area, level)
    noun = NOUNS.get(level, f"{level}s")
    title = about.title(f"how concentrated in {noun}")
    known = [count_cell(figure) for figure in about.ask.figures(about.measure, codes, period).figures] if codes else []
    counts = np.array([n for n in known if isinstance(n, int)], dtype=float)
    if len(counts) < FEWEST or len(counts) < len(known) or counts.sum() < FEWEST:
        return about.refused(name, title, _curve(title, noun, np.array([])), _lacking(about, counts, known, noun))
    share = c.top_share(counts, top)
    half = c.places_for(counts)
    tables = [_curve(title, noun, counts), _measures(counts, share, half)]
    return about.findings(
        name,
        title,
        tables,
        _statements(about, counts, share, half, noun),
        method=METHOD,
        meta={"level": level, "noun": noun},
    )


def _lacking(about: About, counts: NDArray[np.float64], known: Sequence[object], noun: str) -> str:
    if len(known) < FEWEST:
        return f"There are too few {noun} in {about.where} to say how concentrated {about.what} is."
    if len(counts) < len(known):
        return f"{about.what}: not supplied for all {noun} of {about.where} in {about.period.label()}."
    return f"{about.what}: too few records in {about.where} to say how concentrated they are."


def _curve(title: str, noun: str, counts: NDArray[np.float64]) -> Table:
    columns = (
        Column("label", Role.LABEL, "Busiest"),
        Column("share_of_places", Role.BASE, f"Share of {noun}", decimals=0, unit="%"),
        Column("places", Role.BASE, "Number of areas"),
        Column("count", Role.COUNT, "Records in them"),
        Column("share", Role.PERCENT, "Share of records", of=("count",), decimals=1),
    )
    rows: list[Row] = []
    ordered = np.cumsum(np.sort(counts)[::-1])
    for step in STEPS if len(counts) else ():
        k = max(1, int(np.floor(step * len(counts) + 0.5)))
        if rows and rows[-1]["places"] == k:
            continue
        n = int(ordered[k - 1])
        percent = 100 * k / len(counts)
        label = "all areas" if k == len(counts) else f"{percent:.0f}% of areas"
        rows.append(
            {"label": label, "share_of_places": percent, "places": k, "count": n, "share": float(100 * n / ordered[-1])}
        )
    return Table("curve", title, columns, tuple(rows))


def _measures(counts: NDArray[np.float64], share: c.TopShare, half: int) -> Table:
    columns = (Column("label", Role.LABEL, "Measure"), Column("value", Role.VALUE, "Value", decimals=2))
    rows = {
        "Gini coefficient": c.gini(counts),
        "Generalised Gini coefficient": c.generalised_gini(counts),
        "Areas that hold half of the records": half,
        "Busiest areas": share.places,
        "Their share of records, as counted (%)": 100 * share.observed,
        "Their share if all ran the same risk (%)": 100 * share.by_chance,
        "Their share of the risk (%)": 100 * share.underlying,
        "… lower 95% limit (%)": 100 * share.lower,
        "… upper 95% limit (%)": 100 * share.upper,
    }
    return Table("measures", "Concentration", columns, tuple({"label": k, "value": float(v)} for k, v in rows.items()))


def _statements(about: About, counts: NDArray[np.float64], share: c.TopShare, half: int, noun: str) -> list[Statement]:
    at = {"half": 2, "observed": 4, "chance": 5, "risk": 6, "lower": 7, "upper": 8}
    refs = {name: Ref("measures", row, "value") for name, row in at.items()}
    said = {name: "count" if name == "half" else "percent" for name in at}
    whole = f"{len(counts):,} {noun}"
    busiest = plural(share.places, "busiest area", "busiest areas")

    def sentence(text: str, *names: str) -> Statement:
        return Statement(text, {n: refs[n] for n in names}, {n: said[n] for n in names})

    holds = "holds" if share.places == 1 else "hold"
    return [
        sentence(
            f"{about.what}: half of the records are in {{half}} of {whole} ({100 * half / len(counts):.0f}% of them).",
            "half",
        ),
        sentence(
            f"The {busiest} {holds} {{observed}} of the records. If all areas ran the same risk, the busiest would still have {{chance}}, by luck.",
            "observed",
            "chance",
        ),
        sentence(
            "Luck left out, those areas run about {risk} of the risk (95% limits {lower} to {upper}).",
            "risk",
            "lower",
            "upper",
        ),
    ]
