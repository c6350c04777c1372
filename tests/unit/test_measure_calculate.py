"""From rows to figures: what is 0, what is missing, what has no base."""

from __future__ import annotations

from typing import Any

import pytest

from wardwise.measures import calculate
from wardwise.measures.definition import Measure
from wardwise.measures.examples import Flat, Memory
from wardwise.records.errors import WardwiseError
from wardwise.records.periods import Period
from wardwise.store.supplies import Supply, months_between

from .test_measure_definition import GOOD

QUARTER = Period("2022-01", "2022-03")


def measure(records: str = "street_crime", **changes: Any) -> Measure:
    count = {"records": records, "of": "records", **changes.pop("count", {})}
    return Measure.model_validate({**GOOD, "count": count, "by": ["area"], **changes})


def said(figures: Any) -> list[tuple[Any, ...]]:
    return [
        (f.key.area, f.key.period.text(), *(value for _, value in f.key.group), f.count, f.base, f.status.value)
        for f in figures.figures
    ]


class Covered(Flat):
    """Every area is covered by the force of one county; LARGE is made of A and B."""

    def force(self, code: str) -> str | None:
        return "county"

    def children(self, code: str, level: str) -> tuple[str, ...]:
        return ("A", "B") if code == "LARGE" else (code,)

    def members(self, codes: Any) -> list[tuple[str, str]]:
        return [(member, code) for code in codes for member in {*self.children(code, "district"), code}]

    def level(self, code: str) -> str:
        return "county" if code == "LARGE" else "district"


def supply(supplier: str, month: str, source: str = "police") -> Supply:
    return Supply(source, supplier, month, "file.csv", "", 1)


def row(area: str | None, month: str, kind: str = "Burglary", supplier: str = "county") -> dict[str, Any]:
    return {"area": area, "month": month, "crime_type": kind, "supplier": supplier, "source": "police"}


def test_a_supplied_month_without_a_row_is_nought_and_an_unsupplied_one_is_missing():
    held = Memory({"street_crime": [row("A", "2022-01"), row("B", "2022-03")]}, Covered())
    assert said(calculate(measure(), held, ["A"], QUARTER)) == [
        ("A", "2022-01", 1, None, "ok"),
        ("A", "2022-02", None, None, "missing"),
        ("A", "2022-03", 0, None, "ok"),
    ]


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


def test_groups_found_anywhere_in_the_period_are_stated_for_every_supplied_month():
    held = Memory({"street_crime": [row("A", "2022-01"), row("B", "2022-02", "Robbery")]}, Covered())
    found = said(calculate(measure(), held, ["A", "B"], Period("2022-01", "2022-02"), ["month", "crime_type"]))
    assert found == [
        ("A", "2022-01", "Burglary", 1, None, "ok"),
        ("A", "2022-01", "Robbery", 0, None, "ok"),
        ("A", "2022-02", "Burglary", 0, None, "ok"),
        ("A", "2022-02", "Robbery", 0, None, "ok"),
        ("B", "2022-01", "Burglary", 0, None, "ok"),
        ("B", "2022-01", "Robbery", 0, None, "ok"),
        ("B", "2022-02", "Burglary", 0, None, "ok"),
        ("B", "2022-02", "Robbery", 1, None, "ok"),
    ]


def test_a_whole_period_with_a_gap_is_incomplete_and_has_no_count():
    held = Memory({"street_crime": [row("A", "2022-01"), row("A", "2022-03")]}, Covered())
    assert said(calculate(measure(), held, ["A"], QUARTER, [])) == [("A", "2022-01..2022-03", None, None, "incomplete")]
    assert said(calculate(measure(), held, ["A"], Period("2020-01", "2020-03"), [])) == [
        ("A", "2020-01..2020-03", None, None, "missing")
    ]


@pytest.mark.parametrize(
    ("by", "labels"),
    [
        ("quarter", [("2021-12", "2021 Q4"), ("2022-01..2022-03", "2022 Q1"), ("2022-04", "2022 Q2")]),
        ("year", [("2021-12", "2021"), ("2022-01..2022-04", "2022")]),
        ("financial_year", [("2021-12..2022-03", "2021/22"), ("2022-04", "2022/23")]),
    ],
)
def test_parts_of_time_are_cut_to_the_period(by: str, labels: list[tuple[str, str]]):
    period = Period("2021-12", "2022-04")
    held = Memory({"street_crime": [row("A", month) for month in period.months()]}, Covered())
    found = calculate(measure(), held, ["A"], period, [by])
    assert [(f.key.period.text(), f.key.group[0][1]) for f in found.figures] == labels
    assert [f.count for f in found.figures] == [f.key.period.length for f in found.figures]


def test_calendar_and_financial_years_are_not_mixed():
    with pytest.raises(WardwiseError, match="overlap"):
        calculate(measure(), Memory({}), ["A"], QUARTER, ["year", "financial_year"])


def test_a_split_that_does_not_exist_is_named():
    with pytest.raises(WardwiseError, match="cannot be split by “colour”"):
        calculate(measure(), Memory({}), ["A"], QUARTER, ["colour"])


def test_an_empty_cell_is_a_group_of_its_own_and_flags_are_yes_and_no():
    rows = [{"area": "A", "month": "2022-01", "domestic": flag, "supplier": "county"} for flag in (True, False, None)]
    held = Memory({"offences": rows}, Covered())
    found = said(calculate(measure("offences"), held, ["A"], Period.of("2022-01"), ["domestic"]))
    assert [(line[2], line[3]) for line in found] == [("no", 1), ("not stated", 1), ("yes", 1)]


def test_a_larger_area_counts_the_rows_of_its_members_once():
    held = Memory({"street_crime": [row("A", "2022-01"), row("B", "2022-01"), row("C", "2022-01")]}, Covered())
    assert said(calculate(measure(), held, ["LARGE"], Period.of("2022-01"))) == [("LARGE", "2022-01", 2, None, "ok")]


def test_a_rate_uses_the_residents_of_the_middle_of_the_period_from_one_series():
    people = [{"area": "A", "year": str(year), "residents": 1000 * year, "source": "long"} for year in (2020, 2021)]
    people += [{"area": "A", "year": "2022", "residents": 5, "source": "short"}]
    people += [{"area": "A", "year": "2021", "residents": 7, "age": "30", "source": "long"}]
    rate = measure(base={"records": "population", "of": "residents"}, per=1000)
    held = Memory({"street_crime": [row("A", "2021-06"), row("A", "2020-06")], "population": people}, Covered())
    found = calculate(rate, held, ["A"], Period("2020-06", "2021-06"))
    by_month = {f.key.period.text(): (f.count, f.base, f.value) for f in found.figures if f.count}
    assert by_month["2021-06"] == (1, 2021000, pytest.approx(1 / 2021))
    assert by_month["2020-06"] == (1, 2020000, pytest.approx(1 / 2020))


def test_without_residents_there_is_a_count_and_no_rate():
    rate = measure(base={"records": "population", "of": "residents"}, per=1000)
    found = calculate(rate, Memory({"street_crime": [row("A", "2022-01")]}, Covered()), ["A"], Period.of("2022-01"))
    assert said(found) == [("A", "2022-01", 1, None, "no-base")]
    assert found.figures[0].value is None


def test_a_share_is_per_group_and_has_wilsons_interval():
    share = measure(
        "offences",
        count={"where": {"offence_group": "Sexual offences", "non_recent": True}},
        base={"records": "offences", "of": "sexual offences", "where": {"offence_group": "Sexual offences"}},
        per=100,
    )
    plain = {"area": "A", "month": "2016-04", "offence_group": "Sexual offences", "supplier": "county"}
    rows = [{**plain, "non_recent": number < 57, "offence_subgroup": "Rape"} for number in range(268)]
    rows.append({**plain, "non_recent": False, "offence_subgroup": "Other"})
    held = Memory({"offences": rows[:-1]}, Covered())
    figure = calculate(share, held, ["A"], Period.of("2016-04")).figures[0]
    assert (figure.count, figure.base) == (57, 268)
    assert (figure.value, figure.lower, figure.upper) == pytest.approx((21.2687, 16.797, 26.556), abs=0.01)
    split = calculate(share, Memory({"offences": rows}, Covered()), ["A"], Period.of("2016-04"), ["offence_subgroup"])
    assert [line[2:5] for line in said(split)] == [("Other", 0, 1), ("Rape", 57, 268)]


def test_stated_totals_of_several_months_are_never_split_and_never_doubled():
    def stated(month: str, months: int, n: int) -> dict[str, Any]:
        return {"area": "A", "service": "MARAC", "measure": "cases", "month": month, "months": months, "count": n}

    marac = measure("service_returns", count={"sum": "count", "where": {"service": "MARAC"}})
    rows = [stated("2015-04", 12, 442), stated("2016-04", 3, 136), stated("2016-07", 1, 40), stated("2016-08", 1, 0)]
    held = Memory({"service_returns": rows})
    assert said(calculate(marac, held, ["A"], Period("2015-04", "2016-03"), [])) == [
        ("A", "2015-04..2016-03", 442, None, "ok")
    ]
    assert said(calculate(marac, held, ["A"], Period("2016-04", "2016-08"), []))[0][2:] == (176, None, "ok")
    assert said(calculate(marac, held, ["A"], Period("2016-04", "2016-09"), []))[0][2:] == (None, None, "incomplete")
    monthly = said(calculate(marac, held, ["A"], Period("2016-06", "2016-09")))
    assert [line[2:] for line in monthly] == [
        (None, None, "missing"),
        (40, None, "ok"),
        (0, None, "ok"),
        (None, None, "missing"),
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


def test_casualties_are_placed_and_dated_by_their_collision_and_counted_once():
    collisions = [{"area": "A", "month": "2017-03", "collision_ref": "x", "severity": "fatal", "supplier": "dft"}] * 2
    casualties = [
        {"year": "2017", "collision_ref": "x", "severity": severity, "supplier": "dft"}
        for severity in ("fatal", "slight")
    ]
    killed = measure("casualties", count={"where": {"severity": ["fatal", "serious"]}})
    held = Memory({"collisions": collisions, "casualties": casualties})
    assert said(calculate(killed, held, ["A"], Period("2017-02", "2017-03"))) == [
        ("A", "2017-02", 0, None, "ok"),
        ("A", "2017-03", 1, None, "ok"),
    ]


def test_a_state_is_the_newest_edition_at_the_time():
    rows = [
        {"area": "A", "edition": edition, "domain": "overall", "decile": decile}
        for edition, decile in (("2015", 1), ("2019", 2), ("2019", 1))
    ]
    share = measure(
        "deprivation",
        count={"where": {"domain": "overall", "decile": 1}},
        base={"records": "deprivation", "of": "small areas", "where": {"domain": "overall"}},
        per=100,
    )
    held = Memory({"deprivation": rows})
    found = {
        month: said(calculate(share, held, ["A"], Period.of(month), []))[0]
        for month in ("2014-01", "2016-01", "2022-10")
    }
    assert found["2014-01"][2:] == (None, None, "missing")
    assert found["2016-01"][2:] == (1, 1, "ok")
    assert found["2022-10"][2:] == (1, 2, "ok")


def test_months_between_needs_more_than_that_many_whole_months():
    from datetime import date

    def offence(first: date | None, last: date) -> dict[str, Any]:
        return {"area": "A", "month": "2022-03", "occurred_to": first, "reported_date": last, "supplier": "county"}

    rows = [
        offence(date(2021, 3, 15), date(2022, 3, 15)),
        offence(date(2021, 3, 14), date(2022, 3, 15)),
        offence(None, date(2022, 3, 15)),
    ]
    where = {"months_between": {"first": "occurred_to", "last": "reported_date", "more_than": 12}}
    old = measure("offences", count={"where": where})
    assert said(calculate(old, Memory({"offences": rows}, Covered()), ["A"], Period.of("2022-03")))[0][2] == 1


def test_not_counts_empty_cells_and_ranges_do_not():
    rows = [{"area": "A", "month": "2022-03", "victim_age": age, "supplier": "county"} for age in (10, 16, 30, None)]
    held = Memory({"offences": rows}, Covered())

    def counted(**where: Any) -> Any:
        return said(calculate(measure("offences", count={"where": where}), held, ["A"], Period.of("2022-03")))[0][2]

    assert counted(victim_age={"not": [16]}) == 3
    assert counted(victim_age={"from": 10, "to": 16}) == 2
    assert counted(victim_age={"from": 17}) == 1


def test_the_road_back_holds_the_query_its_values_the_loads_and_the_checks():
    rows = [row("A", "2022-01"), row(None, "2022-01"), row("A", "2021-01")]
    found = calculate(
        measure(count={"where": {"crime_type": "Burglary"}}), Memory({"street_crime": rows}, Covered()), ["A"], QUARTER
    )
    road = found.provenance
    assert "Burglary" not in road.query and "$p" in road.query
    assert road.parameters == ("2022-01", "2022-03", "Burglary")
    assert [load["period"] for load in road.loads] == ["2022-01"] or len(road.loads) == 2
    assert road.checks == (
        "Not supplied for A: February to March 2022.",
        "1 of the 2 rows from county (50.0%) have no place, so they are in no area's count.",
    )


def test_nothing_asked_of_anywhere_is_refused():
    with pytest.raises(WardwiseError, match="No area"):
        calculate(measure(), Memory({}), [], QUARTER)


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


def test_different_values_and_sums_are_counted():
    rows = [
        {"area": "A", "month": "2022-01", "supplier": "county", "offence_ref": ref, "victim_age": 20}
        for ref in ("x", "x", None)
    ]
    held = Memory({"offences": rows}, Covered())
    counted = [
        calculate(measure("offences", count=how), held, ["A"], Period.of("2022-01")).figures[0].count
        for how in ({"distinct": "offence_ref"}, {"sum": "victim_age"})
    ]
    assert counted == [1, 60]


def test_a_base_without_the_split_column_is_not_split():
    share = measure(count={"where": {}}, base={"records": "incidents", "of": "incidents"}, per=1)
    incident = {
        "area": "A",
        "month": "2022-01",
        "service": "police",
        "category": "asb",
        "supplier": "county",
        "source": "police",
    }
    held = Memory({"street_crime": [row("A", "2022-01")], "incidents": [incident, incident]}, Covered())
    assert said(calculate(share, held, ["A"], Period.of("2022-01"), ["month", "crime_type"])) == [
        ("A", "2022-01", "Burglary", 1, 2, "ok")
    ]


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
