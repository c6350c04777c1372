"""From rows to figures: what is 0, what is missing, what has no base."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories.measures import QUARTER, Covered, measure, row, said
from wardwise.measures import calculate
from wardwise.measures.examples import Memory
from wardwise.records.errors import WardwiseError
from wardwise.records.periods import Period


def test_a_supplied_month_without_a_row_is_nought_and_an_unsupplied_one_is_missing():
    held = Memory({"street_crime": [row("A", "2022-01"), row("B", "2022-03")]}, Covered())
    assert said(calculate(measure(), held, ["A"], QUARTER)) == [
        ("A", "2022-01", 1, None, "ok"),
        ("A", "2022-02", None, None, "missing"),
        ("A", "2022-03", 0, None, "ok"),
    ]


def test_a_score_that_an_edition_does_not_give_is_missing_and_not_nought():
    """The 2010 edition gives a rank and no score; adding up nothing is neither 0 nor an error."""
    score = measure("deprivation", count={"of": "points", "sum": "score", "where": {"domain": "overall"}})
    rows = [
        {"area": "A", "edition": "2010", "domain": "overall", "rank": 7},
        {"area": "A", "edition": "2015", "domain": "overall", "rank": 9, "score": 40.5},
        {"area": "B", "edition": "2010", "domain": "overall", "rank": 8, "score": 12.5},
    ]
    held = Memory({"deprivation": rows})
    then, now = (Period(f"{year}-01", f"{year}-12") for year in (2012, 2016))
    assert said(calculate(score, held, ["A", "B"], then, [])) == [
        ("A", then.text(), None, None, "missing"),
        ("B", then.text(), 12.5, None, "ok"),
    ]
    assert calculate(score, held, ["A"], then, []).figures[0].note == "Not given in edition 2010."
    assert [figure.count for figure in calculate(score, held, ["A"], now, []).figures] == [40.5]
    per = measure(
        "deprivation", count={"of": "areas"}, base={"records": "deprivation", "of": "points", "sum": "score"}, per=1
    )
    assert said(calculate(per, held, ["A"], then, []))[0][3:] == (None, "no-base")


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
