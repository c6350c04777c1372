"""How deprived is the area? The share of its small areas among the most deprived in England."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wardwise.records.cells import MISSING
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period

from .asking import Asker, MeasureOrName, asker, count_cell, figure_id, once, value_cell
from .words import literal, spoken_title

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

MEASURES = ("most-deprived-tenth", "most-deprived-fifth")
CAVEAT = (
    "Deprivation is a rank of places, not of people: not everyone in a deprived small area is deprived. Releases of different years "
    "use different small areas and cannot be subtracted from each other."
)


def shares(
    source: Snapshot | Asker,
    area: str,
    period: Period,
    measures: Sequence[MeasureOrName] = MEASURES,
    *,
    name: str = "deprivation",
) -> Findings:
    """Small areas among England's most deprived, from the newest Indices of Deprivation not after `period`: table `deprivation`.

    The counts are of areas, not of people, so they are open (role BASE).
    """
    ask = asker(source)
    answers = [ask.figures(ask.measure(measure), [area], period) for measure in measures]
    rows: list[Row] = []
    for figures in answers:
        figure = figures.figures[0] if figures.figures else None
        rows.append(
            {
                "label": figures.title,
                "number": count_cell(figure),
                "of": value_cell(figure.base if figure else None),
                "share": value_cell(figure.value if figure else None),
                "edition": figure.note if figure else "",
                "id": figure_id(figure),
            }
        )
    where = next((figures.names[area] for figures in answers if area in figures.names), area)
    title = f"Deprivation in {where}"
    columns = (
        Column("label", Role.LABEL, "Measure"),
        Column("number", Role.BASE, "Small areas"),
        Column("of", Role.BASE, "Out of"),
        Column("share", Role.BASE, "Share", decimals=1, unit="%"),
        Column("edition", Role.NOTE, "Release"),
        Column("id", Role.FIGURE, "Figure"),
    )
    return Findings(
        name=name,
        title=title,
        tables={"deprivation": Table("deprivation", title, columns, tuple(rows))},
        statements=tuple(_statement(at, row, where) for at, row in enumerate(rows)),
        method="Small areas (LSOAs) by their tenth of England on the overall Index of Multiple Deprivation.",
        caveats=once((CAVEAT, *(caveat for figures in answers for caveat in figures.caveats))),
        sources=once(source for figures in answers for source in figures.sources),
        meta={"area": where, "area_code": area},
    )


def _statement(at: int, row: Row, where: str) -> Statement:
    words = literal(spoken_title(str(row["label"])))
    if row["number"] is MISSING or row["share"] is MISSING:
        return Statement(f"{words}: no Indices of Deprivation are held for {literal(where)}.")
    refs = {name: Ref("deprivation", at, name) for name in ("number", "of", "share")}
    return Statement(
        f"{words}: {{number}} of {{of}} in {literal(where)} ({{share}}){_release(row)}.",
        refs,
        {"number": "count", "of": "count", "share": "percent"},
    )


def _release(row: Row) -> str:
    """“, Indices of Deprivation 2019”: the release, which a text must name."""
    edition = str(row["edition"]).removeprefix("Edition ").rstrip(".")
    return f", Indices of Deprivation {literal(edition)}" if edition else ""
