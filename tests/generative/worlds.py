"""Made-up measures and records for Hypothesis: small worlds with every awkward thing that real files do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import strategies as st

from wardwise.records.tables import TABLES

from .plain import World

FORCE = "Z23000001"
NORTH, SOUTH, ALONE = "Z06000001", "Z06000002", "Z06000003"
DISTRICTS = (NORTH, SOUTH, ALONE)
SMALL = {NORTH: ("Z01000001", "Z01000002"), SOUTH: ("Z01000003",), ALONE: ("Z01000004",)}
MEMBERS = {district: {district, *small} for district, small in SMALL.items()}
MEMBERS[FORCE] = {FORCE, *MEMBERS[NORTH], *MEMBERS[SOUTH]}
PARTS = {**{district: (district,) for district in DISTRICTS}, FORCE: (NORTH, SOUTH)}
FORCES = {NORTH: "northshire", SOUTH: "northshire", ALONE: None, FORCE: "northshire"}
MONTHS = ("2021-11", "2021-12", "2022-01", "2022-02", "2022-03", "2022-04")
TYPES = ("Burglary", "Robbery", "Anti-social behaviour")
DAYS = (
    date(2020, 2, 29),
    date(2021, 1, 31),
    date(2021, 2, 28),
    date(2022, 1, 31),
    date(2022, 2, 28),
    date(2022, 3, 31),
)


@dataclass(frozen=True)
class Question:
    """A measure as a plain mapping, the world it is asked of, and how it is asked."""

    measure: dict[str, Any]
    rows: dict[str, list[dict[str, Any]]]
    areas: tuple[str, ...]
    first: str
    last: str
    by: tuple[str, ...]

    @property
    def world(self) -> World:
        return World(self.rows, MEMBERS, PARTS, FORCES)


class Hand:
    """The places of these worlds, told by hand to a reading that has no store."""

    def exists(self, code: str) -> bool:
        return any(code in members for members in MEMBERS.values())

    def name(self, code: str) -> str:
        return code

    def level(self, code: str) -> str:
        return {"Z01": "lsoa", "Z06": "district", "Z23": "force"}[code[:3]]

    def parent(self, code: str, level: str) -> str | None:
        return next((district for district in DISTRICTS if code in MEMBERS[district]), None)

    def children(self, code: str, level: str) -> tuple[str, ...]:
        return PARTS[code] if level == "district" else SMALL[code]

    def members(self, codes: Sequence[str]) -> list[tuple[str, str]]:
        return [(member, code) for code in codes for member in sorted(MEMBERS[code])]

    def force(self, code: str) -> str | None:
        return FORCES[code]


def links() -> list[dict[str, Any]]:
    """The same places as rows of area_links, for a store."""
    plain = {"source": "hand", "supplier": "hand", "edition": "2022", "child_vintage": "2022", "parent_vintage": "2022"}
    plain |= {"fit": "exact", "parent_level": "district", "child_level": "lsoa"}
    small = [
        {**plain, "child_code": code, "child_name": code, "parent_code": district, "parent_name": district}
        for district, codes in SMALL.items()
        for code in codes
    ]
    large = [
        {**plain, "child_code": code, "child_name": code, "child_level": "district"}
        | {"parent_code": FORCE, "parent_name": "Northshire", "parent_level": "force"}
        for code in (NORTH, SOUTH)
    ]
    return small + large


AREA = st.sampled_from([*MEMBERS[NORTH], *MEMBERS[SOUTH], *MEMBERS[ALONE], None, "Z01999999"])
SUPPLY = {
    "source": st.sampled_from(["one", "two"]),
    "supplier": st.sampled_from(["northshire", "transport"]),
    "month": st.sampled_from(MONTHS),
    "area_code": AREA,
}
FLAG = st.sampled_from([True, False, None])

STREET = st.fixed_dictionaries({**SUPPLY, "crime_type": st.sampled_from(TYPES)})
OFFENCES = st.fixed_dictionaries(
    {
        **SUPPLY,
        "offence_group": st.sampled_from(["Sexual offences", "Robbery", None]),
        "domestic": FLAG,
        "victim_age": st.sampled_from([None, 0, 15, 16, 40]),
        "occurred_to": st.sampled_from([*DAYS, None]),
        "reported_date": st.sampled_from([*DAYS, None]),
        "offence_ref": st.sampled_from(["a", "b", "c", None]),
        "offence_code": st.sampled_from(["1", "49", "99Z", None]),
    }
)
INCIDENTS = st.fixed_dictionaries(
    {
        **SUPPLY,
        "service": st.sampled_from(["police", "council"]),
        "category": st.sampled_from(["anti-social behaviour", "hate incident"]),
        "subcategory": st.sampled_from(["Nuisance", "Personal", None]),
    }
)
RETURNS = st.fixed_dictionaries(
    {
        "source": st.just("service-return"),
        "supplier": st.sampled_from(["council", "trust"]),
        "month": st.sampled_from(MONTHS),
        "months": st.sampled_from([1, 1, 2, 3]),
        "area_code": st.sampled_from([NORTH, SOUTH, NORTH, SOUTH, FORCE]),
        "service": st.sampled_from(["MARAC", "marac", "CCTV"]),
        "measure": st.sampled_from(["cases", "Cases", "repeats"]),
        "count": st.integers(0, 9),
    }
)


def people(years: Sequence[str], codes: Sequence[str]) -> list[dict[str, Any]]:
    plain = {"source": "ons", "supplier": "ons", "age": "all"}
    return [
        {**plain, "year": year, "area_code": code, "residents": 1000.0 + int(year)} for year in years for code in codes
    ]


WHERE = {
    "street_crime": st.sampled_from([{}, {"crime_type": "Burglary"}, {"crime_type": {"not": ["Burglary"]}}]),
    "offences": st.sampled_from(
        [
            {},
            {"offence_group": {"not": "Robbery"}},
            {"domestic": True},
            {"domestic": {"not": True}},
            {"victim_age": {"from": 10, "to": 15}},
            {"victim_age": {"from": 16}},
            {"months_between": {"first": "occurred_to", "last": "reported_date", "more_than": 12}},
            {"months_between": {"first": "occurred_to", "last": "reported_date", "more_than": 1}},
            {"offence_group": ["Sexual offences", "Robbery"], "domestic": True},
        ]
    ),
    "incidents": st.sampled_from([{}, {"service": "police"}, {"category": "hate incident", "subcategory": "Personal"}]),
    "service_returns": st.sampled_from(
        [{"service": "MARAC"}, {"service": "MARAC", "measure": "cases"}, {"service": {"not": "MARAC"}}]
    ),
}
SPLITS = {
    "street_crime": ["crime_type", "supplier"],
    "offences": ["offence_group", "domestic"],
    "incidents": ["category", "subcategory"],
    "service_returns": ["measure"],
}
ROWS = {"street_crime": STREET, "offences": OFFENCES, "incidents": INCIDENTS, "service_returns": RETURNS}


@st.composite
def questions(draw: st.DrawFn) -> Question:
    table = draw(st.sampled_from(sorted(ROWS)))
    where = draw(WHERE[table])
    count: dict[str, Any] = {"records": table, "of": "records", "where": where}
    if table == "service_returns":
        count["sum"] = "count"
    elif table == "offences":
        weighed = {"weights": "made-up", "weighed": {"1": 8212.5, "49": 28.125}}
        count |= draw(st.sampled_from([{}, {"distinct": "offence_ref"}, {"sum": "victim_age"}, weighed]))
    measure: dict[str, Any] = {"count": count}
    kind = draw(st.sampled_from(["count", "rate", "share"]))
    if kind == "rate":
        measure |= {"base": {"records": "population", "of": "residents"}, "per": 1000}
    if kind == "share":
        base = {name: value for name, value in count.items() if name not in ("where", "distinct")}
        count.pop("distinct", None)
        measure |= {"base": {**base, "where": {}}, "per": 100}
    time = draw(st.sampled_from([(), ("month",), ("month",), ("quarter",), ("year",), ("financial_year",)]))
    split = draw(st.lists(st.sampled_from(SPLITS[table]), max_size=2, unique=True))
    first, last = sorted(draw(st.tuples(st.sampled_from(MONTHS), st.sampled_from(MONTHS))))
    rows = {table: draw(st.lists(ROWS[table], min_size=1, max_size=25))}
    years = draw(st.sampled_from([("2020", "2022"), ("2023",)]))
    counted = draw(st.sampled_from([(NORTH, ALONE), (NORTH, SOUTH)]))
    areas = draw(st.lists(st.sampled_from([*DISTRICTS, FORCE]), min_size=1, max_size=3, unique=True))
    return Question(measure, {**rows, "population": people(years, counted)}, tuple(areas), first, last, (*time, *split))


def full(table: str, row: dict[str, Any]) -> dict[str, Any]:
    """A row with every column of its table."""
    return {name: row.get(name) for name in TABLES[table].names}
