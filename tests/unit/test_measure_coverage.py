"""Who speaks for an area: whose months, extracts and editions count, and which sources are named."""

from __future__ import annotations

from typing import Any

from tests.factories.measures import QUARTER, Covered, measure, row, said
from wardwise.measures import calculate
from wardwise.measures.examples import Flat, Memory
from wardwise.records.periods import Period
from wardwise.store.supplies import Supply, months_between


def test_rows_of_another_force_do_not_make_a_month_supplied():
    rows = [row("A", "2022-01"), row("A", "2022-01", supplier="transport"), row("A", "2022-02", supplier="transport")]
    held = Memory({"street_crime": rows}, Covered())
    assert said(calculate(measure(), held, ["A"], QUARTER)) == [
        ("A", "2022-01", 2, None, "ok"),
        ("A", "2022-02", None, None, "missing"),
        ("A", "2022-03", None, None, "missing"),
    ]


def test_without_a_known_force_the_supplier_of_most_rows_speaks_for_the_area():
    rows = [row("A", "2022-01"), row("A", "2022-03"), row("A", "2022-02", supplier="transport")]
    assert [line[-1] for line in said(calculate(measure(), Memory({"street_crime": rows}), ["A"], QUARTER))] == [
        "ok",
        "missing",
        "ok",
    ]


def test_totals_of_a_larger_area_need_every_part():
    def stated(area: str, n: int) -> dict[str, Any]:
        return {"area": area, "service": "S", "measure": "m", "month": "2022-01", "count": n}

    total = measure("service_returns", count={"sum": "count"})
    both = Memory({"service_returns": [stated("A", 2), stated("B", 3)]}, Covered())
    assert said(calculate(total, both, ["LARGE"], Period.of("2022-01")))[0][2:] == (5, None, "ok")
    one = Memory({"service_returns": [stated("A", 2)]}, Covered())
    assert said(calculate(total, one, ["LARGE"], Period.of("2022-01")))[0][2:] == (None, None, "incomplete")
    own = Memory({"service_returns": [stated("A", 2), stated("B", 3), stated("LARGE", 9)]}, Covered())
    assert said(calculate(total, own, ["LARGE"], Period.of("2022-01")))[0][2:] == (9, None, "ok")


def test_an_extract_says_nothing_about_districts_it_never_reached():
    def offence(area: str, month: str) -> dict[str, Any]:
        return {"area": area, "month": month, "supplier": "county", "source": "extract"}

    month = Period.of("2022-01")
    one = Memory({"offences": [offence("A", "2022-01")]}, Covered())
    assert said(calculate(measure("offences"), one, ["A", "B", "LARGE"], month)) == [
        ("A", "2022-01", 1, None, "ok"),
        ("B", "2022-01", None, None, "missing"),
        ("LARGE", "2022-01", None, None, "missing"),
    ]
    checks = calculate(measure("offences"), one, ["LARGE"], month).provenance.checks
    assert checks == ("Not supplied for LARGE: the records held have never had one in B.",)
    both = Memory({"offences": [offence("A", "2022-01"), offence("B", "2021-06")]}, Covered())
    assert said(calculate(measure("offences"), both, ["B", "LARGE"], month)) == [
        ("B", "2022-01", 0, None, "ok"),
        ("LARGE", "2022-01", 1, None, "ok"),
    ]


def test_a_larger_area_has_residents_only_when_all_its_districts_have():
    def people(area: str) -> dict[str, Any]:
        return {"area": area, "year": "2022", "residents": 1000, "source": "ons"}

    rate = measure(base={"records": "population", "of": "residents"}, per=1000)
    crimes = [row("A", "2022-01"), row("B", "2022-01")]
    some = Memory({"street_crime": crimes, "population": [people("A")]}, Covered())
    assert said(calculate(rate, some, ["LARGE"], Period.of("2022-01")))[0][2:] == (2, None, "no-base")
    every = Memory({"street_crime": crimes, "population": [people("A"), people("B")]}, Covered())
    assert said(calculate(rate, every, ["LARGE"], Period.of("2022-01")))[0][2:] == (2, 2000, "ok")


def test_only_the_sources_that_were_counted_are_named():
    plain = {"area": "A", "month": "2022-01", "supplier": "county", "service": "police"}
    rows = [
        {**plain, "category": "hate incident", "source": "hate-incidents"},
        {**plain, "category": "asb", "source": "police-asb"},
    ]
    hate = measure("incidents", count={"where": {"category": "hate incident"}})
    assert len(calculate(hate, Memory({"incidents": rows}, Covered()), ["A"], Period.of("2022-01")).sources) == 1
    stated = {"area": "A", "month": "2022-01", "service": "S", "measure": "m", "count": 1}
    returns = [{**stated, "source": "one"}, {**stated, "source": "two", "service": "Other"}]
    total = measure("service_returns", count={"sum": "count", "where": {"service": "S"}})
    found = calculate(total, Memory({"service_returns": returns}, Covered()), ["A"], Period.of("2022-01"))
    assert found.sources == ("one (Example)",)


def test_a_district_is_covered_through_the_small_areas_in_it():
    class Nested(Covered):
        def level(self, code: str) -> str:
            return "lsoa" if code.startswith("a") else "district"

        def parent(self, code: str, level: str) -> str | None:
            return "A" if code.startswith("a") else None

        def members(self, codes: Any) -> list[tuple[str, str]]:
            return [(member, code) for code in codes for member in ({"A", "a1", "a2"} if code == "A" else {code})]

    rows = [{"area": "a1", "month": "2022-01", "supplier": "county"}]
    found = calculate(
        measure("offences"), Memory({"offences": rows}, Nested()), ["A", "a1", "a2"], Period.of("2022-01")
    )
    assert [line[2:] for line in said(found)] == [(1, None, "ok"), (1, None, "ok"), (0, None, "ok")]


def test_a_file_that_can_only_hold_something_else_does_not_make_a_month_of_none():
    """A file of anti-social behaviour says nothing of hate incidents: not supplied, not 0."""
    asb = {"area": "A", "month": "2022-01", "supplier": "county", "source": "police-asb-points"}
    rows = [asb | {"service": "police", "category": "anti-social behaviour"}]
    held = Memory({"incidents": rows}, Covered())
    january = Period("2022-01", "2022-01")
    hate = measure("incidents", count={"where": {"category": "hate incident"}})
    assert said(calculate(hate, held, ["A"], january)) == [("A", "2022-01", None, None, "missing")]
    calls = measure("incidents", count={"where": {"category": "anti-social behaviour"}})
    assert said(calculate(calls, held, ["A"], january)) == [("A", "2022-01", 1, None, "ok")]


def test_records_that_never_tell_a_kind_apart_do_not_say_that_there_was_none_of_it():
    """data.police.uk has no kinds of anti-social behaviour: nuisance is not supplied there, never 0."""
    plain = {"area": "A", "supplier": "county", "service": "police", "category": "anti-social behaviour"}
    nuisance = measure("incidents", count={"where": {"subcategory": "Nuisance"}})
    quarter = Period("2022-01", "2022-02")

    def counted(*rows: dict[str, Any]) -> list[tuple[int | None, str]]:
        found = calculate(nuisance, Memory({"incidents": list(rows)}, Covered()), ["A"], quarter)
        return [(figure.count, figure.status.value) for figure in found.figures]

    public = [plain | {"month": month, "source": "police-asb-points"} for month in ("2022-01", "2022-02")]
    own = plain | {"month": "2022-01", "source": "police-asb", "subcategory": "Personal"}
    other = plain | {"month": "2022-01", "source": "anything", "subcategory": "Personal"}
    assert counted(*public) == [(None, "missing"), (None, "missing")]
    for extract in (own, other):
        assert counted(extract) == [(0, "ok"), (None, "missing")]
        assert counted(*public, extract) == [(0, "ok"), (None, "missing")]


def test_an_extract_without_a_flag_does_not_say_that_no_offence_had_it():
    def offences(**flags: bool) -> Memory:
        held = {"area": "A", "month": "2022-01", "supplier": "county", "source": "force-offences"}
        return Memory({"offences": [held, held | flags]}, Covered())

    month = Period.of("2022-01")
    knife = measure("offences", count={"where": {"knife": True}})
    assert said(calculate(knife, offences(), ["A"], month)) == [("A", "2022-01", None, None, "missing")]
    assert said(calculate(knife, offences(knife=False), ["A"], month)) == [("A", "2022-01", 0, None, "ok")]
    without = measure("offences", count={"where": {"knife": {"not": True}}})
    assert said(calculate(without, offences(), ["A"], month)) == [("A", "2022-01", 2, None, "ok")]
    spell = {"first": "occurred_from", "last": "reported_date", "more_than": 12}
    apart = measure("offences", count={"where": {"months_between": spell}})
    assert said(calculate(apart, offences(), ["A"], month)) == [("A", "2022-01", None, None, "missing")]


def test_of_populations_and_deprivation_only_the_editions_used_are_named():
    def people(year: str, source: str) -> dict[str, Any]:
        return {"area": "A", "year": year, "residents": 1000, "source": source}

    rate = measure(base={"records": "population", "of": "residents"}, per=1000)
    held = [people("2021", "long"), people("2022", "long"), people("2020", "short")]
    memory = Memory({"street_crime": [row("A", "2022-01")], "population": held}, Covered())
    named = calculate(rate, memory, ["A"], Period.of("2022-01")).sources
    assert [name for name in named if "long" in name or "short" in name] == ["long (Example)"]
    ranks = [
        {"area": "A", "edition": edition, "domain": "overall", "decile": 1, "source": f"imd-of-{edition}"}
        for edition in ("2015", "2019")
    ]
    tenth = measure("deprivation", count={"where": {"domain": "overall"}})
    deprived = calculate(tenth, Memory({"deprivation": ranks}, Covered()), ["A"], Period.of("2022-01"))
    assert deprived.sources == ("imd-of-2019 (Example)",)


def test_a_month_without_a_row_inside_an_unbroken_file_is_none_and_outside_it_not_supplied():
    def incident(month: str, source: str) -> dict[str, Any]:
        return {
            "area": "A",
            "month": month,
            "supplier": "county",
            "service": "police",
            "category": "hate incident",
            "source": source,
        }

    hate = measure("incidents", count={"where": {"category": "hate incident"}})
    year = Period("2022-01", "2022-06")
    for source, between in (("hate-incidents", (0, "ok")), ("another-feed", (None, "missing"))):
        rows = [incident("2022-02", source), incident("2022-05", source)]
        found = calculate(hate, Memory({"incidents": rows}, Covered()), ["A"], year)
        assert [(f.count, f.status.value) for f in found.figures] == [
            (None, "missing"), (1, "ok"), between, between, (1, "ok"), (None, "missing")
        ]  # fmt: skip


def test_two_files_are_two_spans():
    def given(file: str, *months: str) -> list[Supply]:
        return [Supply("s", "county", month, file, file, 1) for month in months]

    assert months_between([*given("a", "2021-12", "2022-02"), *given("b", "2022-05")]) == {
        "2021-12", "2022-01", "2022-02", "2022-05"
    }  # fmt: skip
    assert months_between([]) == frozenset()


class Coded(Flat):
    """A district outside all counties (E06000009) and one of a county (E07000128), each with one small area, in one force."""

    def members(self, codes: Any) -> list[tuple[str, str]]:
        below = {"E06000009": ["E06000009", "E01000001"], "E07000128": ["E07000128", "E01000002"]}
        below["E23000003"] = ["E23000003", *(each for codes in below.values() for each in codes)]
        return [(member, code) for code in codes for member in below.get(code, [code])]

    def level(self, code: str) -> str:
        return {"E01": "lsoa", "E23": "force"}.get(code[:3], "district")


def test_a_collision_counts_for_the_district_that_the_police_recorded_and_the_small_area_of_its_place():
    def collision(number: int, area: str | None, authority: str | None) -> dict[str, Any]:
        return {
            "area": area,
            "month": "2017-03",
            "collision_ref": str(number),
            "severity": "slight",
            "supplier": "dft",
            "authority_code": authority,
        }

    rows = [
        collision(1, "E01000001", "E06000009"),
        collision(2, "E01000002", "E06000009"),  # over the border, recorded here
        collision(3, None, "E06000009"),  # no small area
        collision(4, "E01000001", "E10000017"),  # recorded in the county: no district outside it has it
        collision(5, "E01000002", "E10000017"),  # the county's: its district is that of its place
        collision(6, "E01000002", None),
    ]
    hurt = [{"year": "2017", "collision_ref": str(n), "severity": "slight", "supplier": "dft"} for n in (2, 2, 4, 5)]
    memory = Memory({"collisions": rows, "casualties": hurt}, Coded())
    areas = ["E06000009", "E07000128", "E23000003", "E01000001", "E01000002"]
    counted = calculate(measure("collisions"), memory, areas, Period.of("2017-03"))
    assert [figure.count for figure in counted.figures] == [3, 2, 6, 2, 3]
    people = calculate(measure("casualties"), memory, areas, Period.of("2017-03"))
    assert [figure.count for figure in people.figures] == [2, 1, 4, 1, 3]
