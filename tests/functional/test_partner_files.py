"""Partner files in the documented layouts are read without any setting up, as CSV and as a workbook; other headings by declaration."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from shapely import box, to_wkb

from tests.factories.tables import fill
from wardwise import sources
from wardwise.sources import declarations
from wardwise.store import Store

DOCS = Path(__file__).resolve().parents[2] / "docs"
TODAY = date(2026, 1, 31)

EVENTS = {
    # source: (a line under each needed heading, the canonical columns it gives)
    "force-offences": (
        {
            "Force": "Northshire Constabulary",
            "Crime reference": "C1",
            "Reported date": "31/08/2016",
            "Offence": "Assault with injury",
            "Offence code": "8n",
            "Domestic": "Y",
            "Alcohol": "no",
            "Victim age": "34",
            "Victim sex": "Female",
        },
        {
            "supplier": "northshire",
            "month": "2016-08",
            "reported_date": date(2016, 8, 31),
            "offence_code": "8N",
            "domestic": True,
            "alcohol": False,
            "knife": None,
            "victim_age": 34,
            "victim_sex": "female",
        },
    ),
    "police-asb": (
        {
            "Force": "Northshire Police",
            "Incident reference": "I1",
            "Reported date": "2016-08-01",
            "ASB type": "Nuisance",
            "Reported time": "23:05",
        },
        {
            "supplier": "northshire",
            "month": "2016-08",
            "service": "police",
            "category": "anti-social behaviour",
            "subcategory": "Nuisance",
            "time": "23:05",
        },
    ),
    "hate-incidents": (
        {
            "Force": "Northshire Police",
            "Incident reference": "H1",
            "Reported date": "01/04/2016",
            "Hate incident type": "Racist Incident",
        },
        {"category": "hate incident", "subcategory": "Racist Incident", "month": "2016-04"},
    ),
    "police-incidents": (
        {
            "Force": "Northshire Police",
            "Incident reference": "P1",
            "Reported date": "01/04/2016",
            "Incident category": "Public safety and welfare",
        },
        {"category": "public safety incident"},
    ),
    "fire-incidents": (
        {
            "Fire service": "Northshire Fire and Rescue Service",
            "Incident reference": "F1",
            "Incident date": "02/04/2016",
            "Fire incident type": "Deliberate primary fire (vehicle)",
        },
        {"supplier": "northshire-fire-and-rescue-service", "service": "fire", "category": "deliberate vehicle fire"},
    ),
    "ambulance-incidents": (
        {
            "Ambulance service": "Northern Ambulance",
            "Incident reference": "A1",
            "Incident date": "02/04/2016",
            "Call reason": "Assault",
            "Age": "19",
            "Sex": "M",
        },
        {"service": "ambulance", "category": "assault", "age": 19, "sex": "male"},
    ),
    "hospital-admissions": (
        {
            "Hospital trust": "Northshire Hospitals",
            "Admission reference": "X1",
            "Admission date": "02/04/2016",
            "Admission reason": "X99",
            "Outward postcode": "ZZ1",
        },
        {"service": "hospital", "category": "assault", "subcategory": "X99", "location": "ZZ1"},
    ),
    "council-asb": (
        {"Council": "Aton Council", "Case reference": "K1", "Reported date": "02/04/2016", "ASB type": "Noise"},
        {"supplier": "aton-council", "service": "council", "category": "anti-social behaviour", "subcategory": "Noise"},
    ),
    "racial-incidents": (
        {
            "Council": "Aton Council",
            "Incident reference": "R1",
            "Reported date": "02/04/2016",
            "Racial incident type": "Graffiti",
        },
        {"category": "racial incident", "subcategory": "Graffiti"},
    ),
    "school-exclusions": (
        {
            "Council": "Aton Council",
            "Exclusion reference": "E1",
            "Exclusion date": "02/04/2016",
            "Exclusion type": "Suspension",
            "Reason": "Physical assault",
            "Age": "14",
        },
        {"service": "school", "category": "fixed-term exclusion", "subcategory": "Physical assault", "age": 14},
    ),
    "service-incidents": (
        {
            "Organisation": "Street Reach",
            "Service": "Outreach",
            "Incident reference": "S1",
            "Incident date": "02/04/2016",
            "Category": "begging",
        },
        {"supplier": "street-reach", "service": "Outreach", "category": "begging"},
    ),
}
PLACE = {"Area code": "Z01000001", "Area name": "Aton 001A"}


def csv_file(path: Path, rows: list[dict[str, Any]]) -> Path:
    lines = [",".join(rows[0]), *(",".join(str(value) for value in row.values()) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def workbook(path: Path, rows: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "store", create=True)


def held(store: Store, table: str) -> list[dict[str, Any]]:
    query = f"SELECT * FROM {table} ORDER BY month, count" if table == "published_series" else f"SELECT * FROM {table}"
    return store.at().fetch(query).to_pylist()


def load(store: Store, path: Path) -> sources.ImportReport:
    return sources.import_files(store, [path], today=TODAY)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("source", EVENTS)
def test_an_event_file_is_read_as_it_is_laid_out(store: Store, tmp_path: Path, source: str, kind: str) -> None:
    line, expected = EVENTS[source]
    line = {**line, **PLACE}
    path = tmp_path / f"from-partner.{kind}"
    if kind == "csv":
        csv_file(path, [line])
    else:
        workbook(path, [list(line), list(line.values())])
    report = load(store, path)
    assert (report.rows, report.accepted, report.quarantined) == (1, 1, 0)
    assert report.files[0].sources == (source,)
    found = held(store, "offences" if source == "force-offences" else "incidents")[0]
    assert {key: found[key] for key in expected} == expected
    assert (found["area_code"], found["area_name"]) == ("Z01000001", "Aton 001A")


def test_every_layout_in_the_reference_is_declared_and_tested() -> None:
    told = set(
        re.findall(r"^###.*`([a-z-]+)` →", (DOCS / "reference/partner-files.md").read_text("utf-8"), re.MULTILINE)
    )
    declared = {source.source for source in declarations.every()}
    assert told <= declared
    assert set(EVENTS) <= told and len(told) >= 20


def test_points_become_small_areas_whichever_way_they_are_given(tmp_path: Path) -> None:
    outline = {
        "source": "x",
        "edition": "2021",
        "area_code": "Z01000007",
        "level": "lsoa",
        "geometry": to_wkb(box(-3.1, 53.7, -3.0, 53.9)),
    }
    store = fill(tmp_path / "store", boundaries=[outline])
    base = EVENTS["police-asb"][0]
    grid = {**base, "Easting": 331000, "Northing": 436000, "Longitude": "", "Latitude": ""}
    degrees = {**base, "Easting": "", "Northing": "", "Longitude": -3.05, "Latitude": 53.8}
    nowhere = {**base, "Easting": "", "Northing": "", "Longitude": "", "Latitude": ""}
    load(store, csv_file(tmp_path / "asb.csv", [grid, degrees, nowhere]))
    assert [row["area_code"] for row in held(store, "incidents")].count("Z01000007") == 2
    only = {**base, "Longitude": -3.05, "Latitude": 53.8}
    load(store, csv_file(tmp_path / "asb-degrees.csv", [only]))
    assert [row["area_code"] for row in held(store, "incidents")] == ["Z01000007"]


def test_a_stated_none_is_kept_and_an_empty_count_makes_no_record(store: Store, tmp_path: Path) -> None:
    row = {
        "Organisation": "Aton Council",
        "Service": "Powers",
        "Measure": "Fixed penalty notices",
        "Area code": "Z06000001",
        "Period start": "2016-04",
        "Months": 5,
    }
    rows = [{**row, "Count": 0, "Note": "none issued"}, {**row, "Measure": "Closure orders", "Count": "", "Note": ""}]
    report = load(store, csv_file(tmp_path / "return.csv", rows))
    assert (report.rows, report.accepted, report.quarantined) == (2, 2, 0)
    (found,) = held(store, "service_returns")
    assert (found["count"], found["months"], found["note"]) == (0, 5, "none issued")


SERIES = {"Supplier": "Northshire Constabulary", "Area code": "Z23000001", "Series": "Domestic Abuse"}


def series(store: Store) -> list[tuple[str, int]]:
    return [(row["month"], row["count"]) for row in held(store, "published_series")]


@pytest.mark.parametrize(
    ("heading", "cells"),
    [(("Month", "Count"), [("Apr-13", 664), ("May-13", ""), ("2013-06", 716)])],
)
def test_monthly_series_down(
    store: Store, tmp_path: Path, heading: tuple[str, str], cells: list[tuple[str, Any]]
) -> None:
    rows = [{**SERIES, **dict(zip(heading, pair, strict=True))} for pair in cells]
    load(store, csv_file(tmp_path / "series.csv", rows))
    assert series(store) == [("2013-04", 664), ("2013-06", 716)]


def test_monthly_series_across_with_words_and_with_dates(store: Store, tmp_path: Path) -> None:
    load(store, csv_file(tmp_path / "wide.csv", [{**SERIES, "Apr-13": 664, "May 2013": "", "2013-06": 0}]))
    assert series(store) == [("2013-04", 664), ("2013-06", 0)]
    heads = [*SERIES, date(2013, 4, 1), date(2013, 5, 1)]
    load(store, workbook(tmp_path / "wide.xlsx", [heads, [*SERIES.values(), 665, None]]))
    assert series(store)[0] == ("2013-04", 665)


def test_two_months_to_a_row(store: Store, tmp_path: Path) -> None:
    heads = [*SERIES, "Month", "Result", "Month", "Result"]
    rows = [[*SERIES.values(), "Apr-13", 664, "Apr-15", 709], [*SERIES.values(), "Sep-14", 691, "Sep-16", None]]
    report = load(store, workbook(tmp_path / "pairs.xlsx", [heads, *rows]))
    assert (report.rows, report.accepted) == (2, 2)
    assert series(store) == [("2013-04", 664), ("2014-09", 691), ("2015-04", 709)]


def test_years_across(store: Store, tmp_path: Path) -> None:
    rows = [
        {**SERIES, "Month of year": "April", "2013-14": 664, "2014/15": 740, "2016": 810},
        {**SERIES, "Month of year": "Jan", "2013-14": 839, "2014/15": 639, "2016": ""},
    ]
    load(store, csv_file(tmp_path / "years.csv", rows))
    assert series(store) == [("2013-04", 664), ("2014-01", 839), ("2014-04", 740), ("2015-01", 639), ("2016-04", 810)]


def test_a_number_below_none_is_kept_aside_where_nobody_corrects(store: Store, tmp_path: Path) -> None:
    rows = [{**SERIES, "Month": "2013-04", "Count": -5}, {**SERIES, "Month": "2013-05", "Count": 5}]
    report = load(store, csv_file(tmp_path / "series.csv", rows))
    assert (report.accepted, report.quarantined) == (1, 1)
    assert report.files[0].problems == ((2, "Count is below 0"),)


def test_other_headings_need_a_declaration_and_nothing_else(store: Store, tmp_path: Path) -> None:
    page = (DOCS / "how-to/read-a-partners-own-headings.md").read_text("utf-8")
    own = store.definitions / "sources"
    own.mkdir(parents=True)
    (own / "northshire.yaml").write_text(page.partition("```yaml\n")[2].partition("```")[0], encoding="utf-8")
    heads = "CRIME NO,DATE REC,DATE COMM FROM,DATE COMM TO,HO CLASS,CAT,BEAT,DV,WEAPON,V AGE,V SEX,X,Y"
    line = "N/1,05-Aug-2016,01-Aug-2016,02-Aug-2016,008/01,Less serious assault,B1,DV,?,999,1,331000,436000"
    path = tmp_path / "crime-extract.csv"
    path.write_text(f"{heads}\n{line}\n", encoding="utf-8")
    assert load(store, path).accepted == 1
    (found,) = held(store, "offences")
    expected = {
        "supplier": "northshire",
        "month": "2016-08",
        "occurred_to": date(2016, 8, 2),
        "offence_code": "8N",
        "local_category": "Less serious assault",
        "domestic": True,
        "knife": None,
        "victim_age": None,
        "victim_sex": "female",
    }
    assert {key: found[key] for key in expected} == expected
    assert round(found["longitude"], 2) == -3.05
