"""Context over a real store: three layouts read, each indicator beside England or its peers, parts checked, residents over years."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.factories.sentences import sentences
from tests.factories.tables import fill, link
from wardwise import sources
from wardwise.analysis import context, population_change
from wardwise.records.cells import MISSING, NOT_APPLICABLE
from wardwise.records.periods import Period
from wardwise.store import Store

AREA, ENGLAND = "E06000009", "E92000001"
OTHERS = ("E07000117", "E07000118", "E07000119", "E07000120")
YEAR = Period("2016-01", "2016-12")
TODAY = date(2026, 1, 31)


def row(indicator: str, area: str, value: float | None, **more: Any) -> dict[str, Any]:
    return {
        "source": "context-indicators", "supplier": "dwp", "year": "2014", "indicator": indicator, "area_code": area, "period": "2014",
        "value": value, "unit": "%", "publisher": "DWP", **more,
    }  # fmt: skip


def store(tmp_path: Path, *rows: dict[str, Any], **more: list[dict[str, Any]]) -> Any:
    links = [link(code, "E23000002", "district in force") for code in (AREA, *OTHERS)]
    return fill(tmp_path / "store", area_links=links, context_indicators=list(rows), **more).at()


def test_an_indicator_stands_beside_england_with_its_interval(tmp_path: Path) -> None:
    at = store(
        tmp_path,
        row("Employment", AREA, 64.9, base=880.0),
        row("Employment", ENGLAND, 72.4),
        row("Looked after", AREA, 152.4, lower=140.0, upper=165.0, unit="per 10,000"),
        row("Looked after", ENGLAND, 60.0, unit="per 10,000"),
        row("Renting", AREA, 26.1),
        row("Renting", ENGLAND, 16.8),
        row("Alike", AREA, 50.0, base=100.0),
        row("Alike", ENGLAND, 52.0),
        row("Alone", AREA, None),
    )
    found = context.context(at, AREA, YEAR)
    assert found is not None
    rows = {each["label"]: each for each in found.tables["context"].rows}
    assert {label: each["verdict"] for label, each in rows.items()} == {
        "Employment": "Lower", "Looked after": "Higher", "Renting": "No interval", "Alike": "Not told apart", "Alone": "",
    }  # fmt: skip
    assert rows["Alone"]["value"] is MISSING
    assert rows["Renting"]["lower"] is NOT_APPLICABLE
    said = sentences(found)
    assert said[0].startswith("Looked after, 2014: 152.4 per 10,000 in")
    assert "(95% interval 140.0 to 165.0), higher than England (60.0 per 10,000)" in said[0]
    assert said[-1] == (
        "Of five indicators, one is not told apart from the value beside it, one is without an interval, so no difference is claimed and one "
        "is without a value to compare with."
    )


def test_peers_stand_in_where_england_is_not_held(tmp_path: Path) -> None:
    peers = [row("A", code, 10.0 * (i + 1)) for i, code in enumerate(OTHERS)]
    at = store(
        tmp_path,
        row("A", AREA, 50.0, lower=45.0, upper=55.0),
        *peers,
        row("B", AREA, 5.0),
        *[row("B", c, 1.0) for c in OTHERS[:2]],
    )
    found = context.context(at, AREA, YEAR)
    assert found is not None
    rows = {each["label"]: each for each in found.tables["context"].rows}
    assert (rows["A"]["other"], rows["A"]["whose"]) == (25.0, "the middle of its peers")
    assert rows["B"]["other"] is MISSING
    odd = store(tmp_path / "odd", row("A", AREA, 50.0), *peers[:3])
    three = context.context(odd, AREA, YEAR)
    assert three is not None and three.tables["context"].rows[0]["other"] == 20.0


def test_only_the_newest_value_up_to_the_period_is_given(tmp_path: Path) -> None:
    at = store(
        tmp_path,
        row("A", AREA, 1.0, year="2013", period="2013"),
        row("A", AREA, 2.0, year="2015", period="2015"),
        row("A", AREA, 3.0, year="2018", period="2018"),
        row("A", AREA, 9.0, year="2015", period="2015", category="Most deprived tenth"),
        row("A", AREA, 4.0, sex="Female", age="All ages"),
    )
    found = context.context(at, AREA, YEAR, ["A"])
    assert found is not None
    assert [(each["label"], each["value"]) for each in found.tables["context"].rows] == [
        ("A", 2.0),
        ("A (Female)", 4.0),
    ]
    assert context.context(at, AREA, YEAR, ["Other"]) is None
    assert context.context(at, OTHERS[0], YEAR) is None


def test_parts_that_do_not_make_their_whole_are_flagged(tmp_path: Path) -> None:
    people = [("Total", 100.0, None), ("One", 60.0, "Total"), ("Two", 70.0, "Total")]
    shares = [
        ("All", 100.0, None),
        ("Young", 21.4, "All"),
        ("Old", 78.6, "All"),
        ("Lone", 5.0, None),
        ("Part", 5.0, "Lone"),
    ]
    rows = [row(name, AREA, value, unit="people", part_of=whole) for name, value, whole in people]
    at = store(tmp_path, *rows, *[row(name, AREA, value, part_of=whole) for name, value, whole in shares])
    found = context.context(at, AREA, YEAR)
    assert found is not None
    assert [(each["label"], each["verdict"]) for each in found.tables["sums"].rows] == [
        ("All", "Adds up"),
        ("Total", "Does not add up"),
    ]
    assert "its parts add up to 130" in sentences(found)[-1]
    assert [each["number"] for each in found.tables["numbers"].rows] == [100, 60, 70]


FILES = {
    "fingertips.csv": (
        "Indicator ID,Indicator Name,Area Code,Area Name,Area Type,Sex,Age,Category Type,Category,Time period,Value,Lower CI 95.0 limit,"
        "Upper CI 95.0 limit,Count,Denominator,Value note\n"
        "90366,Life expectancy,E06000009,Blackpool,UA,Male,All ages,,,2012 - 14,74.3,73.7,74.9,,,\n"
        "90366,Life expectancy,E92000001,England,England,Male,All ages,,,2012 - 14,79.4,79.3,79.5,,,\n"
        "90366,Life expectancy,E92000001,England,England,Male,All ages,Deciles,Most deprived,2012 - 14,,,,,,Not published\n"
    ),
    "nomis-claimants.csv": "Area,mnemonic,July 2014,August 2014\nBlackpool,E06000009,4900,4800\nFylde,E07000119,700,-\n",
    "ours.csv": (
        "Indicator,Area code,Period,Value,Unit,Publisher,Base,Part of\nNEET,E06000009,2014,7,%,DfE,4900,\nNEET,E92000001,2014,5,%,DfE,,\n"
    ),
}


def test_three_layouts_are_read(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    held = Store.open(tmp_path / "store", create=True)
    report = sources.import_files(held, [tmp_path / name for name in FILES], today=TODAY)
    assert {each.sources[0]: (each.accepted, each.quarantined) for each in report.files} == {
        "fingertips": (3, 0), "nomis-wide": (2, 0), "context-indicators": (2, 0),
    }  # fmt: skip
    columns = "indicator, area_code, period, month, value, count, base, unit, sex, category"
    rows = (
        held.at()
        .fetch(f"SELECT {columns} FROM context_indicators ORDER BY indicator, area_code, period, value")
        .to_pylist()
    )
    claimants = [row for row in rows if row["indicator"] == "claimants"]
    assert [(row["month"], row["value"]) for row in claimants] == [
        ("2014-08", 4800.0),
        ("2014-07", 4900.0),
        ("2014-07", 700.0),
    ]
    life = next(row for row in rows if row["area_code"] == AREA and row["indicator"] == "Life expectancy")
    assert (life["period"], life["value"], life["sex"], life["category"]) == ("2012 - 14", 74.3, "Male", None)
    neet = next(row for row in rows if row["indicator"] == "NEET" and row["area_code"] == AREA)
    assert (neet["value"], neet["base"], neet["unit"]) == (7.0, 4900.0, "%")


def residents(years: dict[str, float], ages: bool) -> list[dict[str, Any]]:
    whole = [{"year": year, "area_code": AREA, "age": "all", "residents": n} for year, n in years.items()]
    one = [{"year": "2016", "area_code": AREA, "age": str(age), "residents": 10.0} for age in [*range(90), "90+"]]
    return [*whole, *(one if ages else [])]


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ({"2012": 1000.0, "2016": 1100.0}, "rose from 1,000 in mid-2012 to 1,100 in mid-2016 (10.0%)."),
        ({"2012": 1000.0, "2016": 900.0}, "fell from 1,000 in mid-2012 to 900 in mid-2016 (10.0%)."),
        ({"2012": 1000.0, "2016": 1000.0}, "did not change from 1,000 in mid-2012 to 1,000 in mid-2016."),
    ],
)
def test_residents_over_the_years(tmp_path: Path, years: dict[str, float], said: str) -> None:
    at = fill(
        tmp_path / "store",
        area_links=[link(AREA, "E23000002", "district in force")],
        population=residents(years, ages=True),
    ).at()
    found = population_change.change(at, AREA, YEAR)
    assert found is not None
    assert sentences(found)[0].endswith(said)
    assert [each["residents"] for each in found.tables["ages"].rows] == [160, 90, 200, 200, 260]


def test_one_year_is_no_change_and_no_ages_make_no_table(tmp_path: Path) -> None:
    links = [link(AREA, "E23000002", "district in force")]
    one = fill(tmp_path / "one", area_links=links, population=residents({"2016": 1000.0}, ages=False)).at()
    assert population_change.change(one, AREA, YEAR) is None
    two = fill(tmp_path / "two", area_links=links, population=residents({"2012": 1.0, "2016": 2.0}, ages=False)).at()
    found = population_change.change(two, AREA, YEAR)
    assert found is not None and list(found.tables) == ["residents"]
