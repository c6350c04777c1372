"""What is the place like? Each published indicator beside England or the areas it is compared with, with its interval and base."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wardwise.methods.rates import wilson
from wardwise.records.cells import MISSING, NOT_APPLICABLE, Cell
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period

from .asking import Asker, asker, once
from .context_sums import sums_table
from .words import listed, literal, plural, sentence_case

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

ENGLAND = ("E92000001", "Z92000001")
"""Its code, and the one of the synthetic county's country."""
HIGHER, LOWER, ALIKE, UNTOLD = "Higher", "Lower", "Not told apart", "No interval"
PEOPLE = "people"
METHOD = (
    "The newest published value up to the period's end. It is called higher or lower when the other value lies outside its 95% interval, as published; "
    "where none is published, and the value is a share whose base is, Wilson's interval is used."
)
CAVEAT = "Context is not cause. Areas differ in many ways at once, and an indicator of a place says nothing of one person in it."
OPEN_COUNTS = "The numbers behind these indicators were published by others, who have hidden what may not be shown."


@dataclass(frozen=True)
class Value:
    """One published value."""

    indicator: str
    people: str
    area: str
    period: str
    order: str
    value: float | None
    lower: float | None
    upper: float | None
    base: float | None
    unit: str
    part_of: str
    publisher: str

    @property
    def name(self) -> str:
        return f"{self.indicator} ({self.people})" if self.people else self.indicator

    @property
    def limits(self) -> tuple[float, float] | None:
        """As published; Wilson's for a share with a base; None otherwise."""
        if self.lower is not None and self.upper is not None:
            return self.lower, self.upper
        if self.value is None or not self.base or not self.unit.startswith("%") or not 0 <= self.value <= 100:
            return None
        found = wilson(self.value / 100 * self.base, self.base)
        return 100 * float(found.lower), 100 * float(found.upper)


@dataclass(frozen=True)
class Beside:
    """Our value, and the one it is compared with: England's, or the middle one of the peers."""

    ours: Value
    other: float | None
    whose: str

    @property
    def verdict(self) -> str:
        limits = self.ours.limits
        if self.other is None or self.ours.value is None:
            return ""
        if limits is None:
            return UNTOLD
        return HIGHER if self.other < limits[0] else LOWER if self.other > limits[1] else ALIKE


def context(
    source: Snapshot | Asker,
    area: str,
    period: Period,
    indicators: Sequence[str] = (),
    *,
    name: str = "context",
) -> Findings | None:
    """Each indicator held for the area, or those named, newest value: table `context`; plain numbers of people: `numbers`; parts against
    their whole: `sums`.

    None when none is held for the area up to the period's end.
    """
    ask = asker(source)
    peers = [code for code in _peers(ask, area) if code != area]
    values = list(_values(ask, [area, *ENGLAND, *peers], period))
    ours = {
        each.name: each for each in values if each.area == area and (not indicators or each.indicator in indicators)
    }
    if not ours:
        return None
    found = [_beside(each, values, peers) for each in ours.values() if each.unit != PEOPLE]
    numbers = [each for each in ours.values() if each.unit == PEOPLE]
    where = ask.places.name(area)
    title = f"The area and its people, {where}"
    table = Table("context", title, _columns(), tuple(_row(each) for each in found))
    checked, flagged = sums_table(title, list(ours.values()))
    return Findings(
        name=name,
        title=title,
        tables={"context": table, "numbers": _numbers(numbers, title), "sums": checked},
        statements=(*_statements(found, where), *flagged),
        method=METHOD,
        caveats=once((CAVEAT, OPEN_COUNTS)),
        sources=once(sorted(each.publisher for each in ours.values())),
        profile="open",
        meta={"area": where, "area_code": area},
    )


def _peers(ask: Asker, area: str) -> tuple[str, ...]:
    return ask.places.peers(area).codes if ask.places.exists(area) else ()


_SQL = """
SELECT indicator, sex, age, area_code, period, coalesce(month, year || '-00') AS moment, value, lower, upper, base, unit, part_of, publisher, source
FROM context_indicators
WHERE category IS NULL AND list_contains(?, area_code) AND coalesce(month, year || '-00') <= ?
QUALIFY row_number() OVER (PARTITION BY indicator, sex, age, area_code ORDER BY moment DESC, period DESC, source, supplier) = 1
ORDER BY part_of NULLS FIRST, indicator, sex NULLS FIRST, age NULLS FIRST, area_code
"""


def _values(ask: Asker, areas: Sequence[str], period: Period) -> Iterator[Value]:
    """The newest value of each indicator, group of people and area."""
    for row in ask.snapshot.fetch(_SQL, [list(areas), period.end]).to_pylist():
        yield Value(
            row["indicator"],
            ", ".join(each for each in (_group(row["sex"]), _group(row["age"])) if each),
            row["area_code"],
            row["period"],
            row["moment"],
            row["value"],
            row["lower"],
            row["upper"],
            row["base"],
            row["unit"] or "",
            row["part_of"] or "",
            row["publisher"] or str(row["source"]).replace("-", " ").capitalize(),
        )


def _group(words: Any) -> str:
    """A group of people; everybody is not said."""
    return "" if words is None or str(words).lower() in ("persons", "all", "all ages", "not applicable") else str(words)


def _beside(ours: Value, values: Sequence[Value], peers: Sequence[str]) -> Beside:
    """England of the same period; else the middle of the peers', where at least three have that period's value."""
    alike = {each.area: each.value for each in values if each.name == ours.name and each.period == ours.period}
    country = next((alike[code] for code in ENGLAND if alike.get(code) is not None), None)
    if country is not None:
        return Beside(ours, country, "England")
    known = sorted(value for code in peers if (value := alike.get(code)) is not None)
    if len(known) >= 3:
        middle = len(known) // 2
        median = known[middle] if len(known) % 2 else (known[middle - 1] + known[middle]) / 2
        return Beside(ours, median, "the middle of its peers")
    return Beside(ours, None, "")


def _columns() -> tuple[Column, ...]:
    return (
        Column("label", Role.LABEL, "Indicator"),
        Column("period", Role.PERIOD, "Period"),
        Column("value", Role.BASE, "Here", decimals=1),
        Column("lower", Role.BASE, "Lower 95% limit", decimals=1),
        Column("upper", Role.BASE, "Upper 95% limit", decimals=1),
        Column("base", Role.BASE, "Base"),
        Column("other", Role.BASE, "Compared with", decimals=1),
        Column("whose", Role.NOTE, "Whose value"),
        Column("unit", Role.NOTE, "Unit"),
        Column("verdict", Role.NOTE, "Can it be told apart?"),
        Column("publisher", Role.NOTE, "Published by"),
    )


def _numbers(found: Sequence[Value], title: str) -> Table:
    """Numbers of people, which say nothing beside another area's."""
    columns = (
        Column("label", Role.LABEL, "What is counted"),
        Column("period", Role.PERIOD, "Period"),
        Column("number", Role.BASE, "People"),
        Column("part_of", Role.NOTE, "Part of"),
        Column("publisher", Role.NOTE, "Published by"),
    )
    rows: list[Row] = [
        {
            "label": each.name,
            "period": each.period,
            "number": MISSING if each.value is None else round(each.value),
            "part_of": each.part_of,
            "publisher": each.publisher,
        }
        for each in found
    ]
    return Table("numbers", f"{title}: numbers of people", columns, tuple(rows))


def _row(each: Beside) -> Row:
    limits: tuple[Cell, Cell] = each.ours.limits or (NOT_APPLICABLE, NOT_APPLICABLE)
    return {
        "label": each.ours.name,
        "period": each.ours.period,
        "value": MISSING if each.ours.value is None else each.ours.value,
        "lower": limits[0],
        "upper": limits[1],
        "base": NOT_APPLICABLE if each.ours.base is None else each.ours.base,
        "other": MISSING if each.other is None else each.other,
        "whose": each.whose or "None is held",
        "unit": each.ours.unit,
        "verdict": each.verdict,
        "publisher": each.ours.publisher,
    }


def _statements(found: Sequence[Beside], where: str) -> list[Statement]:
    """Those that are told apart, in words; then how many are not."""
    said = []
    for verdict in (HIGHER, LOWER):
        at = [i for i, each in enumerate(found) if each.verdict == verdict]
        for i in at:
            refs = {key: Ref("context", i, key) for key in ("value", "other", "lower", "upper")}
            one = found[i]
            unit = (
                f" {literal(one.ours.unit)}"
                if one.ours.unit and not one.ours.unit.startswith("%")
                else "%"
                if one.ours.unit
                else ""
            )
            text = (
                f"{literal(one.ours.name)}, {literal(one.ours.period)}: {{value}}{unit} in {literal(where)} (95% interval {{lower}} to {{upper}}), "
                f"{verdict.lower()} than {one.whose} ({{other}}{unit})."
            )
            said.append(Statement(text, refs, dict.fromkeys(refs, "rate")))
    counts = [(words, sum(each.verdict == kind for each in found)) for kind, words in _REST.items()]
    parts = [f"{plural(n, 'is', 'are')} {words}" for words, n in counts if n]
    if parts:
        said.append(Statement(f"Of {plural(len(found), 'indicator')}, {listed(parts)}."))
    return said or [
        Statement(
            f"{sentence_case(plural(len(found), 'indicator'))} held for {literal(where)}, with nothing to compare them with."
        )
    ]


_REST = {
    ALIKE: "not told apart from the value beside it",
    UNTOLD: "without an interval, so no difference is claimed",
    "": "without a value to compare with",
}
