"""Which wards stand out, and for what? By a rule that is stated and the same for every kind of crime."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from wardwise.methods.ranks import steps
from wardwise.records.cells import Cell
from wardwise.records.figures import Figures
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period

from .asking import Asker, MeasureOrName, asker, count_cell, figure_id, once, strictest
from .wards import NOUNS, STEPS, by_code, worth
from .words import listed, literal, sentence_case

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

HOTSPOT_RULE = (
    "An area is marked for a kind of crime when it is among the highest fifth of areas and the lower 95% limit of its rate is above "
    "the rate of the whole place. Residents are the base, so areas that many visit, such as a town centre, stand high."
)


def hotspots(
    source: Snapshot | Asker,
    measures: Sequence[MeasureOrName],
    area: str,
    period: Period,
    *,
    level: str = "ward",
    name: str = "hotspots",
) -> Findings:
    """Wards that stand out for one or more kinds of crime, by the rule that is stated: table `hotspots`. Measures need a base."""
    ask = asker(source)
    definitions = [ask.measure(measure) for measure in measures]
    codes = ask.places.children(area, level)
    answers = [ask.figures(definition, codes, period) for definition in definitions]
    wholes = [ask.figures(definition, [area], period) for definition in definitions]
    marked = [_marked(codes, figures, whole) for figures, whole in zip(answers, wholes, strict=True)]
    where = wholes[0].names.get(area, area)
    noun = NOUNS.get(level, f"{level}s")
    title = f"{sentence_case(noun)} of {where} that stand out, {period.label()}"
    rows = tuple(sorted((_hotspot(code, answers, marked) for code in codes), key=_most_marked))
    return Findings(
        name=name,
        title=title,
        tables={"hotspots": Table("hotspots", title, _hotspot_columns(answers), rows)},
        statements=(_hotspot_statement(rows, noun),),
        method=HOTSPOT_RULE,
        caveats=once(caveat for figures in answers for caveat in figures.caveats),
        sources=once(source for figures in answers for source in figures.sources),
        profile=strictest(definition.profile for definition in definitions),
        meta={"area": where, "area_code": area, "level": level},
    )


def _marked(codes: Sequence[str], figures: Figures, whole: Figures) -> set[str]:
    """The areas that stand out: in the highest fifth, with a lower limit above the whole place's rate."""
    found = by_code(figures)
    step = steps({code: worth(found.get(code)) for code in codes}, STEPS)
    overall = worth(whole.figures[0]) if whole.figures else None
    if overall is None:
        return set()
    above = {code for code, figure in found.items() if figure.lower is not None and figure.lower > overall}
    return {code for code in codes if step.get(code) == STEPS and code in above}


def _hotspot_columns(answers: Sequence[Figures]) -> tuple[Column, ...]:
    counts = [Column(f"n{i}", Role.COUNT, figures.title) for i, figures in enumerate(answers)]
    ids = [
        Column(f"id{i}", Role.FIGURE, f"Figure, {figures.title}", of=(f"n{i}",)) for i, figures in enumerate(answers)
    ]
    every = tuple(column.name for column in counts)
    return (
        Column("label", Role.LABEL, "Area"),
        Column("area", Role.AREA, "Area code"),
        Column("stands_out", Role.VERDICT, "Stands out for", of=every),
        *counts,
        *ids,
    )


def _hotspot(code: str, answers: Sequence[Figures], marked: Sequence[set[str]]) -> Row:
    row: dict[str, Cell] = {"label": answers[0].names.get(code, code), "area": code}
    row["stands_out"] = "; ".join(f.title for f, high in zip(answers, marked, strict=True) if code in high)
    for i, figures in enumerate(answers):
        figure = by_code(figures).get(code)
        row |= {f"n{i}": count_cell(figure), f"id{i}": figure_id(figure)}
    return row


def _most_marked(row: Row) -> tuple[int, str]:
    kinds = str(row["stands_out"])
    return (-(kinds.count(";") + 1) if kinds else 0, str(row["label"]))


def _hotspot_statement(rows: Sequence[Mapping[str, Cell]], noun: str) -> Statement:
    named = [(i, literal(str(row["label"]))) for i, row in enumerate(rows) if row["stands_out"]]
    if not named:
        return Statement(f"None of the {noun} stands out for any kind of crime.")
    refs = {f"s{i}": Ref("hotspots", i, "stands_out") for i, _ in named}
    verb = "stands" if len(named) == 1 else "stand"
    return Statement(f"{listed([label for _, label in named])} {verb} out for one or more kinds of crime.", refs)
