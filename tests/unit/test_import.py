"""Importing street files: every row is accepted, quarantined or superseded, and only what is new is written."""

from __future__ import annotations

import gzip
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.factories import street
from wardwise.records.errors import WardwiseError
from wardwise.sources import ImportReport, import_files
from wardwise.store import Store

TODAY = date(2024, 1, 15)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "store", create=True)


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def load(store: Store, *paths: Path) -> ImportReport:
    report = import_files(store, paths, today=TODAY)
    for each in (report, *report.files):
        assert each.accepted + each.quarantined + each.superseded == each.rows
    return report


def totals(report: ImportReport) -> tuple[int, int, int, int]:
    return report.rows, report.accepted, report.quarantined, report.superseded


def months(store: Store, **at: object) -> list[tuple[str, str, int]]:
    query = "SELECT supplier, month, count(*) FROM street_crime GROUP BY ALL ORDER BY ALL"
    return store.at(**at).connection().execute(query).fetchall()  # type: ignore[arg-type]


def test_a_street_file_becomes_street_crime(store: Store, tmp_path: Path) -> None:
    asb = street.row(crime_id="", crime_type="Anti-social behaviour", last_outcome_category="", location="On or near ")
    path = write(tmp_path / "a.csv", street.text([street.row(number=7), asb]))
    report = load(store, path)
    assert totals(report) == (2, 2, 0, 0)
    held = store.at().fetch("SELECT * FROM street_crime ORDER BY crime_type").to_pylist()
    assert held[0]["crime_id"] is None and held[0]["location"] is None
    assert held[1] == {
        "source": "police-street-crime",
        "supplier": "lancashire",
        "month": "2022-10",
        "crime_id": bytes(31) + b"\x07",
        "falls_within": "Lancashire Constabulary",
        "longitude": -3.05,
        "latitude": 53.81,
        "location": "On or near Park Road",
        "area_code": "E01012607",
        "area_name": "Blackpool 001A",
        "crime_type": "Burglary",
        "last_outcome": "Under investigation",
    }


def test_repeats_and_look_alikes_are_kept_and_counted(store: Store, tmp_path: Path) -> None:
    alike = [street.row(crime_id="", crime_type="Anti-social behaviour")] * 4
    nowhere = street.row(number=1, longitude="", latitude="", location="No Location", lsoa_code="", lsoa_name="")
    path = write(tmp_path / "a.csv", street.text([*alike, street.row(number=9), street.row(number=9), nowhere]))
    report = load(store, path)
    assert totals(report) == (7, 7, 0, 0)
    assert months(store) == [("lancashire", "2022-10", 7)]
    notes = report.files[0].notes
    assert sorted(notes.values()) == [1, 1, 1, 3]
    assert notes["rows repeat the Crime ID of another row"] == 1
    assert notes["anti-social behaviour rows look like another row (separate incidents at one public point)"] == 3


def test_importing_the_same_bytes_again_writes_nothing(store: Store, tmp_path: Path) -> None:
    content = street.text(street.rows(5))
    load(store, write(tmp_path / "a.csv", content))
    before = sorted(p for p in store.folder.rglob("*") if p.is_file())
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("2022-10/2022-10-lancashire-street.csv", content)
    write(tmp_path / "c.csv.gz", gzip.compress(content.encode()))
    report = load(store, tmp_path / "b.zip", tmp_path / "c.csv.gz", tmp_path / "a.csv")
    assert totals(report) == (15, 15, 0, 0)
    assert not report.load
    assert sorted(p for p in store.folder.rglob("*") if p.is_file()) == before
    assert store.at().versions == {"street_crime": 0}


def test_a_re_supplied_month_replaces_only_itself_and_tells_the_difference(store: Store, tmp_path: Path) -> None:
    both = write(tmp_path / "both.csv", street.text([*street.rows(3, "2022-09"), *street.rows(4, "2022-10")]))
    load(store, both)
    then = datetime.now().astimezone()
    report = load(store, write(tmp_path / "again.csv", street.text(street.rows(6, "2022-10"))))
    assert months(store) == [("lancashire", "2022-09", 3), ("lancashire", "2022-10", 6)]
    assert months(store, as_of=then) == [("lancashire", "2022-09", 3), ("lancashire", "2022-10", 4)]
    (difference,) = report.differences
    assert (difference.supplier, difference.period, difference.before, difference.after) == (
        "lancashire",
        "2022-10",
        4,
        6,
    )


def test_an_older_supply_that_was_replaced_is_superseded(store: Store, tmp_path: Path) -> None:
    old = write(tmp_path / "old.csv", street.text([*street.rows(3, "2022-09"), *street.rows(4, "2022-10")]))
    load(store, old)
    load(store, write(tmp_path / "new.csv", street.text(street.rows(6, "2022-10"))))
    report = load(store, old)
    assert totals(report) == (7, 3, 0, 4)
    assert not report.load
    assert months(store) == [("lancashire", "2022-09", 3), ("lancashire", "2022-10", 6)]


def test_a_replaced_supply_can_be_gone_back_to(store: Store, tmp_path: Path) -> None:
    whole = write(tmp_path / "whole.csv", street.text(street.rows(5)))
    cut = write(tmp_path / "cut.csv", street.text(street.rows(2)))
    load(store, whole)
    load(store, cut)
    back = import_files(store, [whole], again=True)
    assert totals(back) == (5, 5, 0, 0) and [(d.before, d.after) for d in back.differences] == [(2, 5)]
    assert not import_files(store, [whole], again=True).load


def test_within_one_import_the_later_path_wins(store: Store, tmp_path: Path) -> None:
    first = write(tmp_path / "1.csv", street.text(street.rows(3)))
    second = write(tmp_path / "2.csv", street.text(street.rows(5)))
    report = load(store, second, first)
    assert [(f.accepted, f.superseded) for f in report.files] == [(0, 5), (3, 0)]
    assert months(store) == [("lancashire", "2022-10", 3)]
    (told,) = report.differences
    assert (told.before_file, told.before, told.after_file, told.after) == ("2.csv", 5, "1.csv", 3)
    assert told.same_import and not told.halved


def test_what_two_files_of_one_import_differ_in_is_told_once_beside_what_is_replaced(
    store: Store, tmp_path: Path
) -> None:
    held = write(tmp_path / "0.csv", street.text(street.rows(9)))
    load(store, held)
    paths = [write(tmp_path / f"{rows}.csv", street.text(street.rows(rows))) for rows in (5, 4)]
    report = load(store, held, *paths)
    assert [(d.before_file, d.before, d.after, d.same_import) for d in report.differences] == [
        ("5.csv", 5, 4, True),
        ("0.csv", 9, 4, False),
    ]


def test_the_screen_tells_which_of_two_files_was_left_out_and_what_halved(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from wardwise.cli.main import run

    load(store, write(tmp_path / "0.csv", street.text(street.rows(9))))
    paths = [write(tmp_path / f"{rows}.csv", street.text(street.rows(rows))) for rows in (5, 4)]
    monkeypatch.setattr("sys.argv", ["wardwise", "--store", str(store.folder), "import", *map(str, paths)])
    with pytest.raises(SystemExit):
        run()
    said = capsys.readouterr().out
    assert "Given twice: police-street-crime, lancashire, 2022-10: 5.csv has 5 rows and was left out;" in said
    assert "Replaced: police-street-crime, lancashire, 2022-10: 9 rows before, 4 after." in said
    assert said.count("Less than half") == 1


def test_an_engine_that_finds_other_rows_than_were_written_stops_the_import(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(store, write(tmp_path / "0.csv", street.text(street.rows(3))))
    monkeypatch.setattr("wardwise.store.counts.held", lambda *_: {})
    with pytest.raises(WardwiseError, match="0 and 2 rows were found where 3 and 2 were written"):
        load(store, write(tmp_path / "1.csv", street.text(street.rows(2))))
    assert months(store) == [("lancashire", "2022-10", 3)]


def test_an_engine_that_does_not_exist_is_told_before_anything_is_read(store: Store, tmp_path: Path) -> None:
    with pytest.raises(WardwiseError, match="no engine called “pandas”"):
        import_files(store, [tmp_path / "none.csv"], engine="pandas")


def test_rows_that_cannot_be_records_are_set_aside_with_line_and_reason(store: Store, tmp_path: Path) -> None:
    given = [
        street.row(number=1),
        street.row(month=""),
        street.row(month="2022-13"),
        street.row(month="2024-02"),
        street.row(crime_type=""),
        street.row(latitude="north"),
        street.row(longitude="-190"),
        street.row(number=2, location='On or near "The\nSwan"'),
        street.row(number=3),
    ]
    lines = street.text(given).splitlines(keepends=True)
    lines.insert(3, "only,three,cells\n")
    lines.insert(4, "," * 14 + "more\n")
    report = load(store, write(tmp_path / "a.csv", "".join(lines) + ",,,,,,,,,,,\n\n\n" + lines[1][:-30]))
    assert totals(report) == (13, 3, 10, 0)
    assert report.files[0].problems == (
        (3, "Month is missing"),
        (4, "It has 3 columns and the header has 12"),
        (5, "It has 15 columns and the header has 12"),
        (6, "Month is not a month"),
        (7, "Month is in the future"),
        (8, "Crime type is missing"),
        (9, "Latitude is not a number"),
        (10, "Longitude is below -180"),
        (14, "Every column is empty"),
        (17, "It has 10 columns and the header has 12, where the file ends"),
    )
    kept = store.quarantined(report.load)
    assert kept.num_rows == 10
    assert kept.to_pylist()[0] == {"file": "a.csv", "line": 3, "reason": "Month is missing"}


def test_an_unclosed_quote_costs_only_its_own_line(store: Store, tmp_path: Path) -> None:
    good = street.text(street.rows(300)).splitlines(keepends=True)
    good[5] = good[5].replace("On or near", '"On or near')
    report = load(store, write(tmp_path / "a.csv", "".join(good)))
    assert totals(report) == (300, 299, 1, 0)
    assert report.files[0].problems == ((6, "A quotation mark is opened and not closed"),)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(store: Store, tmp_path: Path, encoding: str, end: str) -> None:
    given = [street.row(number=1, location="On or near Café Street"), street.row(number=2)]
    report = load(store, write(tmp_path / "a.csv", street.text(given, end=end).encode(encoding)))
    assert totals(report) == (2, 2, 0, 0)
    held = store.at().fetch("SELECT location FROM street_crime ORDER BY 1").to_pylist()
    assert held[0]["location"] == "On or near Café Street"


def test_extra_and_reordered_columns_and_another_delimiter(store: Store, tmp_path: Path) -> None:
    header = ["Notes", *reversed(street.HEADER)]
    given = [{**street.row(), "Notes": "x"}]
    assert totals(load(store, write(tmp_path / "a.csv", street.text(given, header, delimiter=";")))) == (1, 1, 0, 0)
    assert months(store) == [("lancashire", "2022-10", 1)]


def test_a_header_without_rows_is_no_rows(store: Store, tmp_path: Path) -> None:
    assert totals(load(store, write(tmp_path / "a.csv", street.text([])))) == (0, 0, 0, 0)
    assert store.at().versions == {}


def test_a_folder_skips_what_is_not_data(store: Store, tmp_path: Path) -> None:
    write(tmp_path / "in" / "2022-10" / "a.csv", street.text(street.rows(2)))
    write(tmp_path / "in" / "README.md", "hello")
    report = load(store, tmp_path / "in")
    assert totals(report) == (2, 2, 0, 0)
    assert report.skipped == ("in/README.md",)


def test_a_file_that_cannot_be_read_stops_the_whole_import(store: Store, tmp_path: Path) -> None:
    good = write(tmp_path / "a.csv", street.text(street.rows(2)))
    bad = write(tmp_path / "b.csv", "colour,shape\nred,round\n")
    with pytest.raises(WardwiseError, match="not of a kind") as caught:
        load(store, good, bad)
    assert caught.value.where == "b.csv"
    assert store.at().versions == {}


def test_a_renamed_column_is_named(store: Store, tmp_path: Path) -> None:
    content = street.text(street.rows(2)).replace("Crime type", "Offence", 1)
    with pytest.raises(WardwiseError, match="“Crime type”"):
        load(store, write(tmp_path / "a.csv", content))


def test_progress_goes_from_nothing_to_all(store: Store, tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    paths = [write(tmp_path / f"{n}.csv", street.text(street.rows(2, f"2022-0{n}"))) for n in (1, 2)]
    import_files(store, paths, progress=lambda *told: seen.append(told), today=TODAY)
    size = sum(path.stat().st_size for path in paths)
    assert seen[0] == ("1.csv", 0, size)
    assert seen[-1] == ("", size, size)
