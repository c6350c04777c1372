"""Which wards stand out, and for what? By a rule that is stated and the same for every kind of crime."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wardwise.methods.ranks import steps
from wardwise.methods.rates import crude_rate
from wardwise.records.figures import Figure
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period

from .asking import Asker, MeasureOrName, asker, count_cell, group_label, once, strictest
from .attention import RESIDENTS_FROM
from .wards import FEW, NOUNS, STEPS
from .words import listed, literal, plural, sentence_case

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

PER = 1000
RULE = (
    f"An area is marked for a kind of crime when it had at least {FEW} of them, its rate is in the highest fifth of areas, and the lower "
    "95% limit of its rate is above the rate of the whole place. Residents are the base, so areas that many visit, such as a town "
    "centre, stand high."
)


@dataclass(frozen=True)
class Kind:
    """One kind of crime: its figure in each area (counts), and its count in the whole place."""

    title: str
    figures: Mapping[str, Figure]
    whole: Figure | None


@dataclass(frozen=True)
class Marked:
    """An area that stands out for a kind: its figure and rate for every 1,000 residents, with its limits."""

    code: str
    kind: str
    figure: Figure
    rate: float
    lower: float
    upper: float


def hotspots(
    source: Snapshot | Asker,
    measures: Sequence[MeasureOrName],
    area: str,
    period: Period,
    *,
    by: str = "",
    level: str = "ward",
    residents_from: MeasureOrName = RESIDENTS_FROM,
    name: str = "hotspots",
) -> Findings:
    """Areas of `level` that stand out for one or more kinds of crime: table `hotspots`, one row an area; table `evidence`, one row
    for each area and kind that is marked; table `matrix`, areas by kinds. The kinds are the measures, or the values of column `by` of each of them.

    residents_from: a measure over residents; only its base is read.
    """
    ask = asker(source)
    definitions = [ask.measure(measure) for measure in measures]
    codes = ask.places.children(area, level)
    kinds = [kind for measure in measures for kind in _kinds(ask, measure, by, codes, area, period)]
    people = ask.figures(ask.measure(residents_from), [*codes, area], period)
    residents = {figure.key.area: figure.base for figure in people.figures if figure.base}
    marked = [one for kind in kinds for one in _marked(kind, codes, residents, area)]
    where, noun = people.names.get(area, area), NOUNS.get(level, f"{level}s")
    title = f"{sentence_case(noun)} of {where} that stand out, {period.label()}"
    rows = _rows(codes, people.names, marked, len(kinds))
    answers = [ask.figures(definition, [area], period) for definition in definitions]
    return Findings(
        name=name,
        title=title,
        tables={
            "hotspots": Table("hotspots", title, _columns(noun), rows),
            "matrix": _matrix(title, noun, rows, kinds, marked),
            "evidence": Table(
                "evidence", f"{title}: counts and rates", _evidence_columns(), _evidence(marked, people.names)
            ),
        },
        statements=tuple(_statements(rows, noun, len(kinds))),
        method=RULE,
        caveats=once(caveat for figures in answers for caveat in figures.caveats),
        sources=once((*(source for figures in answers for source in figures.sources), *people.sources)),
        profile=strictest(definition.profile for definition in definitions),
        meta={"area": where, "area_code": area, "level": level},
    )


def _kinds(
    ask: Asker, measure: MeasureOrName, by: str, codes: Sequence[str], area: str, period: Period
) -> Iterable[Kind]:
    split = [by] if by else []
    each = ask.figures(ask.measure(measure), codes, period, split)
    whole = ask.figures(ask.measure(measure), [area], period, split)
    titles = {figure: group_label(figure, by) if by else each.title for figure in (*each.figures, *whole.figures)}
    for title in sorted({titles[figure] for figure in whole.figures}):
        found = {figure.key.area: figure for figure in each.figures if titles[figure] == title}
        yield Kind(title, found, next((figure for figure in whole.figures if titles[figure] == title), None))


def _marked(kind: Kind, codes: Sequence[str], residents: Mapping[str, float], area: str) -> Iterable[Marked]:
    """The areas that stand out for this kind; none where the whole place's count or residents are not known."""
    total = count_cell(kind.whole)
    if not isinstance(total, int) or not residents.get(area):
        return
    rates = {code: _rate(kind.figures.get(code), residents.get(code)) for code in codes}
    step = steps({code: found[0] if found else None for code, found in rates.items()}, STEPS)
    for code, found in rates.items():
        figure = kind.figures.get(code)
        if not found or figure is None or step[code] != STEPS or (figure.count or 0) < FEW:
            continue
        if found[1] > PER * total / residents[area]:
            yield Marked(code, kind.title, figure, *found)


def _rate(figure: Figure | None, people: float | None) -> tuple[float, float, float] | None:
    """Rate and limits for every 1,000 residents; None when either is not known."""
    count = count_cell(figure)
    if not isinstance(count, int) or not people:
        return None
    found = crude_rate(count, people, PER)
    return float(found.value), float(found.lower), float(found.upper)


def _columns(noun: str) -> tuple[Column, ...]:
    return (
        Column("label", Role.LABEL, sentence_case(noun.removesuffix("s"))),
        Column("area", Role.AREA, "Area code"),
        Column("kinds", Role.BASE, "Kinds it stands out for"),
        Column("stands_out", Role.NOTE, "Stands out for"),
    )


def _rows(codes: Sequence[str], names: Mapping[str, str], marked: Sequence[Marked], of: int) -> tuple[Row, ...]:
    """Areas that stand out for something, those with most kinds first. of: how many kinds there are."""
    kinds = {code: [one.kind for one in marked if one.code == code] for code in codes}
    order = sorted((code for code in codes if kinds[code]), key=lambda code: (-len(kinds[code]), names.get(code, code)))
    return tuple(
        {"label": names.get(code, code), "area": code, "kinds": len(kinds[code]), "stands_out": _named(kinds[code], of)}
        for code in order
    )


def _named(kinds: Sequence[str], of: int) -> str:
    """The kinds by name; “all 14 kinds” where that says as much."""
    return f"all {of} kinds" if len(kinds) == of > 3 else "; ".join(kinds)


MARK = "stands out"


def _matrix(title: str, noun: str, rows: Sequence[Row], kinds: Sequence[Kind], marked: Sequence[Marked]) -> Table:
    """Areas that stand out by kinds of crime, marked where they do."""
    found = {(one.code, one.kind) for one in marked}
    columns = (
        Column("label", Role.LABEL, sentence_case(noun.removesuffix("s"))),
        Column("area", Role.AREA, "Area code"),
        *(Column(f"kind{at}", Role.NOTE, kind.title) for at, kind in enumerate(kinds)),
    )
    marks = tuple(
        {"label": row["label"], "area": row["area"]}
        | {f"kind{at}": MARK if (row["area"], kind.title) in found else "" for at, kind in enumerate(kinds)}
        for row in rows
    )
    return Table("matrix", f"{title}, kind by kind", columns, marks)


def _evidence_columns() -> tuple[Column, ...]:
    return (
        Column("label", Role.LABEL, "Area"),
        Column("area", Role.AREA, "Area code"),
        Column("kind", Role.LABEL, "Kind"),
        Column("count", Role.COUNT, "Number"),
        Column("rate", Role.VALUE, "Per 1,000 residents", of=("count",), decimals=1),
        Column("lower", Role.LOWER, "Lower 95% limit", of=("count",), decimals=1),
        Column("upper", Role.UPPER, "Upper 95% limit", of=("count",), decimals=1),
        Column("id", Role.FIGURE, "Figure", of=("count",)),
    )


def _evidence(marked: Sequence[Marked], names: Mapping[str, str]) -> tuple[Row, ...]:
    return tuple(
        {
            "label": names.get(one.code, one.code),
            "area": one.code,
            "kind": one.kind,
            "count": count_cell(one.figure),
            "rate": one.rate,
            "lower": one.lower,
            "upper": one.upper,
            "id": one.figure.id,
        }
        for one in sorted(marked, key=lambda one: (one.kind, -one.rate))
    )


def _statements(rows: Sequence[Row], noun: str, kinds: int) -> list[Statement]:
    if not rows:
        return [Statement(f"None of the {noun} stands out for any kind of crime.")]
    names = [literal(str(row["label"])) for row in rows]
    verb = "stands" if len(names) == 1 else "stand"
    found = [Statement(f"{listed(names)} {verb} out for one or more kinds of crime.")]
    refs = {"kinds": Ref("hotspots", 0, "kinds")}
    most = f"{names[0]} stands out for {{kinds}} of {plural(kinds, 'kind')}, more than any other."
    alone = len(rows) == 1 or rows[0]["kinds"] != rows[1]["kinds"]
    return [*found, Statement(most, refs, {"kinds": "count"})] if alone and kinds > 1 else found
