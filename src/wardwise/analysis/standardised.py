"""Would the rate differ if every area had the same ages? Directly standardised rates, where offences carry ages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from wardwise.methods.rates import crude_rate
from wardwise.methods.standardise import ESP2013, FEWEST_EVENTS, TooFewEventsError, direct
from wardwise.records.cells import MISSING, NOT_APPLICABLE, Cell
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period

from .asking import Asker, MeasureOrName, asker, count_cell, once
from .peers import group_of
from .words import literal, spelt, spoken_title

if TYPE_CHECKING:
    from wardwise.areas import PeerGroup
    from wardwise.measures.definition import Measure
    from wardwise.store.snapshot import Snapshot

Bands = tuple[tuple[int, int], ...]
BANDS: Bands = (*((start, start + 4) for start in range(0, 90, 5)), (90, 120))
"""The nineteen bands of the European Standard Population 2013."""

METHOD = (
    "Directly standardised rates: the rate in each of nineteen age bands, weighted as in the European Standard Population 2013, with "
    f"Dobson's 95% interval. None is given for fewer than {FEWEST_EVENTS} events (APHO Technical Briefing 3). "
)
CAVEAT = (
    "Only offences whose victim's age is stated are counted. The interval takes every offence to be of another person; where "
    "the same people are victims again and again it is too narrow."
)


@dataclass(frozen=True)
class Aged:
    """One area's events and residents by band; None where a band could not be counted."""

    code: str
    counts: tuple[int, ...] | None
    people: tuple[int, ...] | None


def standardised(
    source: Snapshot | Asker,
    measure: MeasureOrName,
    area: str,
    period: Period,
    *,
    group: PeerGroup | Literal["districts"] | None = None,
    age: str = "victim_age",
    name: str = "standardised",
) -> Findings | None:
    """The measure's crude and age-standardised rate per 1,000 in each area of the group: table `standardised`.

    measure: counts records that carry an age in the column `age`. None when no area has both ages and residents by age.
    """
    ask = asker(source)
    definition = ask.measure(measure)
    if not any(column.name == age for column in definition.count.table.columns):
        raise WardwiseError(
            f"{definition.title} counts records without a column “{age}”.",
            where=definition.measure,
            next_step="Choose a measure of a force's own offences, which carry the victim's age.",
        )
    chosen = group_of(ask, area, group)
    found = _aged(ask, definition, chosen.codes, period, age)
    if not any(one.counts and one.people for one in found):
        return None
    whole = ask.figures(definition, chosen.codes, period)
    title = f"{whole.title}, age-standardised, {chosen.name}, {period.label()}"
    rows = [_row(one, whole.names.get(one.code, one.code)) for one in found]
    rows.sort(key=lambda row: -row["rate"] if isinstance(row["rate"], float) else 1.0)
    where = whole.names.get(area, area)
    return Findings(
        name=name,
        title=title,
        tables={"standardised": Table("standardised", title, _columns(), tuple(rows))},
        statements=_statements(rows, area, where, whole.title),
        method=METHOD,
        caveats=once((CAVEAT, chosen.why, *whole.caveats)),
        sources=whole.sources,
        profile=definition.profile,
        meta={"area": where, "area_code": area, "group": chosen.name},
    )


def _aged(ask: Asker, definition: Measure, codes: Sequence[str], period: Period, age: str) -> list[Aged]:
    residents = ask.measure("residents")
    counts = [_by_band(ask, _of_ages(definition, age, band), codes, period) for band in BANDS]
    people = [_by_band(ask, residents_aged(residents, band), codes, period) for band in BANDS]
    return [Aged(code, _all([c[code] for c in counts]), _all([p[code] for p in people])) for code in codes]


def _of_ages(definition: Measure, age: str, band: tuple[int, int]) -> Measure:
    """The measure, of one age band only."""
    where = {**definition.count.where, age: {"from": band[0], "to": band[1]}}
    count = definition.count.model_validate({**definition.count.model_dump(), "where": where})
    changed = {"measure": f"{definition.measure}-aged-{band[0]}", "count": count, "base": None, "per": None}
    return definition.model_copy(update=changed)


def residents_aged(residents: Measure, band: tuple[int, int]) -> Measure:
    """The measure of residents, of one age band only. Estimates end in an open age, 90 and over."""
    ages = [str(year) for year in range(band[0], min(band[1], 89) + 1)] + (["90+", "90"] if band[1] >= 90 else [])
    count = residents.count.model_validate({**residents.count.model_dump(), "where": {"age": ages}})
    return residents.model_copy(update={"measure": f"residents-aged-{band[0]}", "count": count})


def _by_band(ask: Asker, measure: Measure, codes: Sequence[str], period: Period) -> dict[str, Cell]:
    found = {figure.key.area: count_cell(figure) for figure in ask.figures(measure, codes, period).figures}
    return {code: found.get(code, MISSING) for code in codes}


def _all(cells: Sequence[Cell]) -> tuple[int, ...] | None:
    known = tuple(int(cell) for cell in cells if isinstance(cell, int | float))
    return known if len(known) == len(cells) else None


def _columns() -> tuple[Column, ...]:
    def of(name: str, role: Role, title: str) -> Column:
        return Column(name, role, title, of=("count",), decimals=1)

    return (
        Column("label", Role.LABEL, "Area"),
        Column("area", Role.AREA, "Area code"),
        Column("count", Role.COUNT, "Number with a stated age"),
        Column("base", Role.BASE, "Residents"),
        of("rate", Role.VALUE, "Standardised rate per 1,000"),
        of("lower", Role.LOWER, "Lower 95% limit"),
        of("upper", Role.UPPER, "Upper 95% limit"),
        of("crude", Role.VALUE, "Crude rate per 1,000"),
        Column("note", Role.NOTE, "Note", of=("count",)),
    )


def _row(one: Aged, label: str) -> Row:
    row: dict[str, Cell] = {"label": label, "area": one.code}
    nothing: dict[str, Cell] = dict.fromkeys(("rate", "lower", "upper", "crude"), NOT_APPLICABLE)
    if one.counts is None or one.people is None:
        lacking = "Ages of victims are not held." if one.counts is None else "Residents by age are not held."
        return {**row, "count": MISSING, "base": MISSING, **nothing, "note": lacking}
    events, people = sum(one.counts), sum(one.people)
    row |= {"count": events, "base": people}
    try:
        found = direct(one.counts, one.people, ESP2013)
    except TooFewEventsError:
        return {**row, **nothing, "note": "Too few for a standardised rate."}
    except ValueError:
        return {**row, **nothing, "note": "An age band has nobody living in it."}
    crude = float(crude_rate(events, people, 1000).value)
    return {**row, "rate": found.value, "lower": found.lower, "upper": found.upper, "crude": crude, "note": ""}


def _statements(rows: Sequence[Row], area: str, where: str, title: str) -> tuple[Statement, ...]:
    words, place = literal(spoken_title(title)), literal(where)
    at = next((i for i, row in enumerate(rows) if row["area"] == area), None)
    if at is None or not isinstance(rows[at]["rate"], float):
        why = literal(str(rows[at]["note"])) if at is not None else ""
        return (Statement(f"{words}: no age-standardised rate can be given for {place}. {why}".strip()),)
    refs = {key: Ref("standardised", at, key) for key in ("rate", "lower", "upper", "crude")}
    text = (
        f"{words}, where the age is stated: {{crude}} for every 1,000 residents of {place}, and {{rate}} (95% interval {{lower}} to {{upper}}) if they had the ages "
        f"of the European standard population. {_meaning(rows[at])}"
    )
    first = Statement(text, refs, dict.fromkeys(refs, "rate"))
    known = sum(isinstance(row["rate"], float) for row in rows)
    if known == len(rows):
        return (first,)
    held = f"The rate can be worked out for {spelt(known)} of {spelt(len(rows))} areas, so ages cannot be ruled out as a reason why the rest differ."
    return first, Statement(held)


def _meaning(row: Row) -> str:
    """What the ages of those who live here do to the rate."""
    crude, lower, upper = (float(row[key]) for key in ("crude", "lower", "upper"))  # type: ignore[arg-type]
    if lower <= crude <= upper:
        return "Their ages make no clear difference."
    return f"Their ages make the rate {'lower' if crude < lower else 'higher'} than it would otherwise be."
