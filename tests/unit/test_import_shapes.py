"""Workbooks, outlines, wide tables, several records a line, grid references: each by a declaration alone."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from wardwise.records.errors import WardwiseError
from wardwise.sources import ImportReport, import_files
from wardwise.store import Store

TODAY = date(2024, 1, 15)

MONTHLY: dict[str, Any] = {
    "source": "monthly-table",
    "title": "Monthly counts, a column for each month",
    "owner": "the police",
    "table": "published_series",
    "recognise": {"columns": ["Series"], "matching": [r"^[a-z]{3}[- ]\d{2,4}$|^\d{4}-\d{2}|^\d{4} [a-z]{3}"]},
    "supplier": {"constant": "lancashire"},
    "unpivot": {"columns": r"^(?P<month>[a-z]{3}[- ]\d{2,4}|\d{4}-\d{2}.*|\d{4} [a-z]{3})$"},
    "columns": {
        "month": {"group": "month", "as": "month"},
        "months": {"constant": 1},
        "series": {"from": "Series"},
        "count": {"cell": True, "empty": ["-"], "minimum": 0},
    },
}

LINKS: dict[str, Any] = {
    "source": "links-test",
    "title": "Look-up",
    "owner": "ONS",
    "table": "area_links",
    "recognise": {"columns": ["LSOA", "Ward", "District"]},
    "supplier": {"constant": "ons"},
    "columns": {
        "edition": {"constant": "2021"},
        "child_vintage": {"constant": 2021},
        "parent_vintage": {"constant": 2021},
        "fit": {"constant": "best"},
    },
    "rows": [
        {
            "columns": {
                "child_code": {"from": "LSOA"},
                "child_level": {"constant": "lsoa"},
                "parent_code": {"from": "Ward"},
                "parent_level": {"constant": "ward"},
            },
        },
        {
            "when": ["District"],
            "columns": {
                "child_code": {"from": "Ward"},
                "child_level": {"constant": "ward"},
                "parent_code": {"from": "District"},
                "parent_level": {"constant": "district"},
            },
        },
    ],
}

EXTRACT: dict[str, Any] = {
    "source": "force-extract",
    "title": "Offence extract",
    "owner": "the force",
    "table": "offences",
    "recognise": {"columns": ["Crime No", "Reported"]},
    "supplier": {"constant": "lancashire"},
    "point": {"easting": "X", "northing": "Y"},
    "locate": ["lsoa", "ward"],
    "columns": {
        "month": {"from": "Reported", "as": "month"},
        "reported_date": {"from": "Reported"},
        "offence_ref": {"from": "Crime No"},
        "local_category": {"from": "Type", "words": {"BD": "Burglary dwelling"}},
        "domestic": {"from": "DA", "optional": True, "words": {"Yes": True, "No": False, "NK": None}},
        "victim_sex": {"from": "Sex", "optional": True, "words": {"F": "female", "M": "male"}},
    },
}

OUTLINES: dict[str, Any] = {
    "source": "outlines-test",
    "title": "Outlines",
    "owner": "ONS",
    "table": "boundaries",
    "recognise": {"columns": ["code", "name", "geometry"]},
    "supplier": {"constant": "ons"},
    "columns": {
        "edition": {"constant": "2021"},
        "area_code": {"from": "code"},
        "area_name": {"from": "name"},
        "level": {"constant": "lsoa"},
        "geometry": {"from": "geometry", "as": "geometry"},
    },
}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store.open(tmp_path / "store", create=True)
    (made.definitions / "sources").mkdir(parents=True)
    for each in (MONTHLY, LINKS, EXTRACT, OUTLINES):
        path = made.definitions / "sources" / f"{each['source']}.yaml"
        path.write_text(yaml.safe_dump(each), encoding="utf-8")
    return made


def sheet(path: Path, rows: list[list[Any]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


def load(store: Store, *paths: Path) -> ImportReport:
    report = import_files(store, paths, today=TODAY)
    assert report.accepted + report.quarantined + report.superseded == report.rows
    return report


def held(store: Store, columns: str, table: str) -> list[tuple[Any, ...]]:
    return store.at().connection().execute(f"SELECT {columns} FROM {table} ORDER BY ALL").fetchall()


WIDE = [
    ["Series", "Apr-16", "May-16", "Jun-16"],
    ["Burglary", 10, "", 0],
    ["Assault", 7, "-", 9],
    ["Nothing", "", "", ""],
]


def test_a_wide_table_has_a_record_for_each_filled_cell(store: Store, tmp_path: Path) -> None:
    report = load(store, sheet(tmp_path / "a.csv", WIDE))
    assert (report.rows, report.accepted, report.quarantined) == (3, 3, 0)
    assert held(store, "series, month, count", "published_series") == [
        ("Assault", "2016-04", 7),
        ("Assault", "2016-06", 9),
        ("Burglary", "2016-04", 10),
        ("Burglary", "2016-06", 0),
    ]


def test_one_bad_cell_sets_the_whole_line_aside(store: Store, tmp_path: Path) -> None:
    report = load(store, sheet(tmp_path / "a.csv", [*WIDE, ["Theft", 5, -2, 1], ["Arson", "n/a", 1, 1]]))
    assert (report.rows, report.accepted, report.quarantined) == (5, 3, 2)
    assert report.files[0].problems == ((5, "Count is below 0"), (6, "Count is not a whole number"))


def test_a_wide_table_is_superseded_line_by_line(store: Store, tmp_path: Path) -> None:
    first = sheet(tmp_path / "a.csv", WIDE)
    load(store, first)
    load(store, sheet(tmp_path / "b.csv", [["Series", "Jun-16"], ["Burglary", 3]]))
    assert held(store, "series, month, count", "published_series") == [
        ("Assault", "2016-04", 7),
        ("Burglary", "2016-04", 10),
        ("Burglary", "2016-06", 3),
    ]
    again = load(store, first)
    assert (again.accepted, again.superseded, again.load) == (3, 0, "")  # April is held from every line
    load(store, sheet(tmp_path / "c.csv", [["Series", "Apr-16"], ["Burglary", 11]]))
    assert load(store, first).superseded == 2  # the line without records stays accepted


def test_a_workbook_is_read_with_merged_headers_and_formulas(store: Store, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    notes, table = book.active, book.create_sheet("Counts")
    notes["A1"] = "Read me first"
    table["A1"] = "Recorded crime, Blackpool"
    table["A3"], table["B3"] = None, "2016"
    table.merge_cells("B3:C3")
    for column, value in zip("ABC", ("Series", "Apr", "May"), strict=True):
        table[f"{column}4"] = value
    for row, values in enumerate([("Burglary", 10, 12), ("Assault", 7, None), (None, None, None)], start=5):
        for column, value in zip("ABC", values, strict=True):
            table[f"{column}{row}"] = value
    table["A9"] = "Source: the police"
    book.save(tmp_path / "a.xlsx")
    report = load(store, tmp_path / "a.xlsx")
    assert report.skipped == ("a.xlsx, sheet Sheet",)
    assert (report.rows, report.accepted) == (3, 3)  # the footnote is a line without counts
    assert held(store, "series, month, count", "published_series") == [
        ("Assault", "2016-04", 7),
        ("Burglary", "2016-04", 10),
        ("Burglary", "2016-05", 12),
    ]


def test_dates_and_whole_numbers_in_a_workbook(store: Store, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["Crime No", "Reported", "Type", "X", "Y"])
    book.active.append([12345, datetime(2022, 10, 31, 18, 45), "BD", 331000.0, 436000])
    book.save(tmp_path / "a.xlsx")
    load(store, tmp_path / "a.xlsx")
    assert held(store, "offence_ref, reported_date, local_category", "offences") == [
        ("12345", date(2022, 10, 31), "Burglary dwelling")
    ]


def with_formula(path: Path, value: str) -> Path:
    """A workbook whose second count is the formula B2*2, with `value` as Excel would save it."""
    import zipfile

    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["Series", "Apr-16", "May-16"])
    book.active.append(["Burglary", 10, "=B2*2"])
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        content = {each: archive.read(each) for each in archive.namelist()}
    sheet_name = "xl/worksheets/sheet1.xml"
    before = content[sheet_name]
    content[sheet_name] = before.replace(b"<f>B2*2</f><v></v>", f"<f>B2*2</f>{value}".encode())
    content[sheet_name] = content[sheet_name].replace(b"<f>B2*2</f><v />", f"<f>B2*2</f>{value}".encode())
    assert value == "<v></v>" or content[sheet_name] != before
    with zipfile.ZipFile(path, "w") as archive:
        for each, held_content in content.items():
            archive.writestr(each, held_content)
    return path


def test_a_formula_is_read_as_the_value_saved_with_it(store: Store, tmp_path: Path) -> None:
    load(store, with_formula(tmp_path / "a.xlsx", "<v>20</v>"))
    assert held(store, "month, count", "published_series") == [("2016-04", 10), ("2016-05", 20)]


@pytest.mark.parametrize("value", ["<v></v>", "<v/>", ""])
def test_a_formula_without_a_value_is_not_taken_for_an_empty_cell(store: Store, tmp_path: Path, value: str) -> None:
    with pytest.raises(WardwiseError, match="never worked out"):
        load(store, with_formula(tmp_path / "a.xlsx", value))


def test_a_line_can_give_several_records(store: Store, tmp_path: Path) -> None:
    rows = [["LSOA", "Ward", "District"], ["L1", "W1", "D1"], ["L2", "W1", ""], ["", "W2", "D1"]]
    report = load(store, sheet(tmp_path / "a.csv", rows))
    assert (report.rows, report.accepted, report.quarantined) == (3, 2, 1)
    assert report.files[0].problems == ((4, "LSOA is missing"),)
    assert held(store, "child_code, parent_code", "area_links") == [("L1", "W1"), ("L2", "W1"), ("W1", "D1")]


SQUARE = [[[-3.2, 53.7], [-3.0, 53.7], [-3.0, 53.9], [-3.2, 53.9], [-3.2, 53.7]]]


def outlines(path: Path) -> Path:
    feature = {
        "type": "Feature",
        "properties": {"code": "E01000001", "name": "Here"},
        "geometry": {"type": "Polygon", "coordinates": SQUARE},
    }
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    return path


def test_grid_references_words_and_places(store: Store, tmp_path: Path) -> None:
    rows = [
        ["Crime No", "Reported", "Type", "X", "Y", "DA", "Sex"],
        ["1", "31/10/2022", "bd", "331000", "436000", "Yes", "F"],
        ["2", "30/10/2022", "Theft", "", "", "NK", "male"],
        ["3", "30/10/2022", "Theft", "430000", "436000", "no", ""],
        ["4", "30/10/2022", "Theft", "abc", "436000", "", ""],
        ["5", "30/10/2022", "Theft", "331000", "436000", "sometimes", "x"],
    ]
    # the boundaries come later in the same command and are used all the same
    report = load(store, sheet(tmp_path / "a.csv", rows), outlines(tmp_path / "b.geojson"))
    assert (report.rows, report.accepted, report.quarantined) == (6, 4, 2)
    assert report.files[0].problems == ((5, "The easting is not a number"), (6, "DA is not yes or no"))
    assert report.files[0].notes == {"rows have a point and no area; they lie outside the boundaries held": 1}
    found = held(store, "offence_ref, area_code, domestic, victim_sex, local_category", "offences")
    assert found == [
        ("1", "E01000001", True, "female", "Burglary dwelling"),
        ("2", None, None, "male", "Theft"),
        ("3", None, False, None, "Theft"),
    ]


def test_the_grid_reference_of_a_known_point(store: Store, tmp_path: Path) -> None:
    # TG 51409 13177, the point worked through in Ordnance Survey's guide, is 52.65798 N 1.71605 E in WGS84
    rows = [["Crime No", "Reported", "Type", "X", "Y"], ["1", "31/10/2022", "BD", "651409.903", "313177.270"]]
    load(store, sheet(tmp_path / "a.csv", rows))
    ((longitude, latitude),) = held(store, "longitude, latitude", "offences")
    assert (longitude, latitude) == (pytest.approx(1.71605, abs=1e-4), pytest.approx(52.65798, abs=1e-4))


def test_outlines_are_kept_as_well_known_binary(store: Store, tmp_path: Path) -> None:
    import shapely

    load(store, outlines(tmp_path / "a.geojson"))
    ((code, outline),) = held(store, "area_code, geometry", "boundaries")
    assert code == "E01000001"
    assert shapely.from_wkb(bytes(outline)).bounds == (-3.2, 53.7, -3.0, 53.9)


def test_a_changed_mapping_reads_the_same_file_again(store: Store, tmp_path: Path) -> None:
    rows = [["Crime No", "Reported", "Type", "X", "Y"], ["1", "31/10/2022", "BD", "", ""]]
    path = sheet(tmp_path / "a.csv", rows)
    load(store, path)
    changed = {**EXTRACT, "columns": {**EXTRACT["columns"], "local_category": {"from": "Type"}}}
    (store.definitions / "sources" / "force-extract.yaml").write_text(yaml.safe_dump(changed), encoding="utf-8")
    report = load(store, path)
    assert report.load and report.accepted == 1
    assert held(store, "local_category", "offences") == [("BD",)]


def test_rows_outside_the_force_that_supplied_them_are_counted_and_kept(store: Store, tmp_path: Path) -> None:
    from tests.factories import street

    force = {**LINKS, "source": "force-links", "recognise": {"columns": ["District", "Force code", "Force"]}}
    force["rows"] = [
        {
            "columns": {
                "child_code": {"from": "District"},
                "child_level": {"constant": "district"},
                "parent_code": {"from": "Force code"},
                "parent_name": {"from": "Force"},
                "parent_level": {"constant": "force"},
            }
        }
    ]
    (store.definitions / "sources" / "force-links.yaml").write_text(yaml.safe_dump(force), encoding="utf-8")
    links = sheet(tmp_path / "a.csv", [["LSOA", "Ward", "District"], ["L1", "W1", "D1"], ["L2", "W2", "D2"]])
    forces = sheet(
        tmp_path / "b.csv", [["District", "Force code", "Force"], ["D1", "F1", "Lancashire"], ["D2", "F2", "Cumbria"]]
    )
    rows = [street.row(number=n, lsoa_code=code) for n, code in enumerate(["L1", "L2", "L2", "L9", ""])]
    rows.append(street.row(number=9, lsoa_code="L2", reported_by="British Transport Police"))
    crimes = tmp_path / "c.csv"
    crimes.write_text(street.text(rows), encoding="utf-8")
    report = load(store, crimes, links, forces)
    assert (report.rows, report.accepted) == (10, 10)
    # L9 is in no look-up, and the transport police have no area of their own
    assert report.files[0].notes["rows lie outside the area of the force that supplied them"] == 2
