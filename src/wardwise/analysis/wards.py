"""Where was it recorded? Every ward (or small area) of a place, with what could not be placed, so that it adds up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wardwise.methods.ranks import places as ranked
from wardwise.methods.ranks import steps
from wardwise.records.cells import MISSING, NOT_APPLICABLE, Cell
from wardwise.records.figures import Figure, Figures
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Sum, Table
from wardwise.records.periods import Period

from .about import called
from .asking import Asker, MeasureOrName, asker, count_cell, figure_id, value_cell
from .words import listed, literal, sentence_case, spoken_title

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

NOT_PLACED = "In none of these {noun}"
MORE_THAN_TOTAL = "no number can be given: the parts add up to more than the total, which is counted by another rule."
TOTAL = "Total"
STEPS = 5
FEW = 10
"""Areas with fewer events than this are marked, and a map hatches them: their rates swing by chance (APHO 2008 calls rates on
fewer than 10 events unreliable)."""

NOUNS = {"ward": "wards", "lsoa": "small areas (LSOAs)", "district": "districts"}


@dataclass(frozen=True)
class Placed:
    """One area's figure, its rate's step (1 the lowest fifth, 5 the highest; 0 without a value) and rank."""

    code: str
    label: str
    figure: Figure | None
    step: int
    rank: Cell


def by_area(
    source: Snapshot | Asker,
    measure: MeasureOrName,
    area: str,
    period: Period,
    *,
    level: str = "ward",
    name: str = "wards",
) -> Findings:
    """The measure in every `level` area of `area`, highest first: table `areas`, with a row for what is in none of them and the
    total. `step` (1 to 5) is the class to colour a map by: fifths of the areas, by rate where there is one, else by count."""
    ask = asker(source)
    definition = ask.measure(measure)
    codes = ask.places.children(area, level)
    figures = ask.figures(definition, codes, period)
    whole = ask.figures(definition, [area], period)
    total = whole.figures[0] if whole.figures else None
    where = whole.names.get(area, area)
    placed = _placed(codes, figures, {code: called(ask, code, where) for code in codes})
    rated = figures.per is not None
    noun = NOUNS.get(level, f"{level}s")
    title = f"{figures.title} in the {noun} of {where}, {period.label()}"
    rows = [_row(one, rated=rated) for one in placed]
    rest = _rest(total, [row["count"] for row in rows], NOT_PLACED.format(noun=noun), level)
    table = Table("areas", title, _columns(figures.unit, level, rated=rated), (*rows, rest, _total(total)))
    return Findings(
        name=name,
        title=title,
        tables={"areas": table},
        statements=tuple(_statements(placed, figures, noun, rest, len(rows), whole.title, area_name=where)),
        sums=_sums(len(rows), rest),
        method=f"{_counted(level)} Fifths, and colours on a map, are of the {noun}. Areas with fewer than {FEW} are marked.",
        caveats=figures.caveats,
        sources=figures.sources,
        profile=definition.profile,
        meta={"area": where, "area_code": area, "level": level, "unit": figures.unit},
    )


def _counted(level: str) -> str:
    if level == "lsoa":
        return "Counts by small area (LSOA), as the records state it."
    return f"Counts by {level}, each record in the newest {level} that its small area belongs to."


def by_code(figures: Figures) -> dict[str, Figure]:
    return {figure.key.area: figure for figure in figures.figures}


def worth(figure: Figure | None) -> float | None:
    """The rate, or the count of a measure without a base; None when it was not supplied."""
    return figure.value if figure is not None and count_cell(figure) is not MISSING else None


def _placed(codes: Sequence[str], figures: Figures, names: Mapping[str, str]) -> list[Placed]:
    found = by_code(figures)
    values = {code: worth(found.get(code)) for code in codes}
    standing, step = ranked(values), steps(values, STEPS)
    placed = [
        Placed(
            code,
            names[code],
            found.get(code),
            step.get(code, 0),
            standing[code].rank if code in standing else NOT_APPLICABLE,
        )
        for code in codes
    ]
    return sorted(
        placed, key=lambda one: (standing[one.code].rank if one.code in standing else len(codes) + 1, one.label)
    )


def _columns(unit: str, level: str, *, rated: bool) -> tuple[Column, ...]:
    rates = (
        Column("base", Role.BASE, "Residents"),
        Column("rate", Role.VALUE, sentence_case(unit), of=("count",), decimals=1),
        Column("lower", Role.LOWER, "Lower 95% limit", of=("count",), decimals=1),
        Column("upper", Role.UPPER, "Upper 95% limit", of=("count",), decimals=1),
    )
    return (
        Column("label", Role.LABEL, sentence_case(NOUNS.get(level, level).removesuffix("s"))),
        Column("area", Role.AREA, "Area code"),
        Column("count", Role.COUNT, "Number"),
        *(rates if rated else ()),
        Column("rank", Role.VALUE, "Rank", of=("count",)),
        Column("step", Role.VALUE, "Fifth (5 is highest)", of=("count",)),
        Column("note", Role.NOTE, "Note", of=("count",)),
        Column("id", Role.FIGURE, "Figure", of=("count",)),
        Column("key", Role.KEY, "Key, in none of them", of=("count",)),
    )


def _row(one: Placed, *, rated: bool) -> Row:
    count = count_cell(one.figure)
    row: dict[str, Cell] = {
        "label": one.label,
        "area": one.code,
        "count": count,
        "rank": one.rank,
        "step": one.step or NOT_APPLICABLE,
        "note": "few" if isinstance(count, int) and count < FEW else "",
        "id": figure_id(one.figure),
        "key": "",
    }
    return row | _rates(one.figure) if rated else row


def _rates(figure: Figure | None) -> dict[str, Cell]:
    cells = (figure.base, figure.value, figure.lower, figure.upper) if figure else (None,) * 4
    return dict(zip(("base", "rate", "lower", "upper"), map(value_cell, cells), strict=True))


_BLANK = {"rank": NOT_APPLICABLE, "step": NOT_APPLICABLE, "base": NOT_APPLICABLE, "rate": NOT_APPLICABLE}
_BLANK |= {"lower": NOT_APPLICABLE, "upper": NOT_APPLICABLE}


def _rest(total: Figure | None, counts: Sequence[Cell], label: str, level: str) -> Row:
    """What the total holds and no area does; MISSING when any count is."""
    whole, known = count_cell(total), [n for n in counts if isinstance(n, int)]
    rest: Cell = whole - sum(known) if isinstance(whole, int) and len(known) == len(counts) else MISSING
    note = ""
    if isinstance(rest, int) and rest < 0:
        rest = NOT_APPLICABLE  # counted in the whole by another rule than in its parts, such as collisions by who recorded them
        note = MORE_THAN_TOTAL  # without the number, which would tell what is hidden in one of the parts
    key = replace(total.key, group=(*total.key.group, ("in", f"no {level}"))).text() if total else ""
    return {**_BLANK, "label": label, "area": "", "count": rest, "note": note, "id": "", "key": key}


def _total(total: Figure | None) -> Row:
    code = total.key.area if total else ""
    blank = {**_BLANK, **_rates(total)}
    return {
        **blank,
        "label": TOTAL,
        "area": code,
        "count": count_cell(total),
        "note": "",
        "id": figure_id(total),
        "key": "",
    }


def _sums(parts: int, rest: Row) -> tuple[Sum, ...]:
    """Wards add up to the total with what is in none of them; a negative rest means an area in two places, and no sum holds."""
    left = rest["count"]
    if not isinstance(left, int) or left < 0:
        return ()
    return (Sum(Ref("areas", parts + 1, "count"), tuple(Ref("areas", i, "count") for i in range(parts + 1))),)


def _statements(
    placed: Sequence[Placed], figures: Figures, noun: str, rest: Row, at: int, title: str, area_name: str
) -> list[Statement]:
    top = [i for i, one in enumerate(placed[:3]) if count_cell(one.figure) is not MISSING]
    if not top:
        return [Statement(f"{literal(spoken_title(title))}: not supplied for the {noun} of {literal(area_name)}.")]
    key = "rate" if figures.per is not None else "count"
    refs = {f"v{i}": Ref("areas", i, key) for i in top}
    named = listed([f"{literal(placed[i].label)} ({{v{i}}})" for i in top])
    unit = f", in {literal(figures.unit)}" if key == "rate" else ""
    found = [Statement(f"{literal(spoken_title(title))}: highest in {named}{unit}.", refs, dict.fromkeys(refs, key))]
    if isinstance(rest["count"], int) and rest["count"] > 0:
        text = "{rest} of {total} could be placed in the area as a whole and in none of the " + f"{noun}."
        both = {"rest": Ref("areas", at, "count"), "total": Ref("areas", at + 1, "count")}
        found.append(Statement(text, both, dict.fromkeys(both, "count")))
    return found
