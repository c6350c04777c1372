"""wardwise measures, figures and explain, as they are typed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from typer.testing import CliRunner, Result

from tests.generative.worlds import NORTH, full, links
from wardwise.cli import main
from wardwise.records.tables import TABLES
from wardwise.store import Store, Supply

if not any(command.name == "figures" for command in main.app.registered_commands):
    main._register()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """January 2022: three crimes, one of them of another force, one without a place; February missing; one in March."""
    folder = tmp_path_factory.mktemp("commands") / "store"
    opened = Store.open(folder, create=True)
    plain = {"source": "police-street-crime", "supplier": "northshire", "month": "2022-01", "area_code": "Z01000001"}
    crimes = [
        {**plain, "crime_type": "Burglary", "location": "On or near Pier Road"},
        {**plain, "crime_type": "Robbery", "supplier": "transport"},
        {**plain, "crime_type": "Burglary", "area_code": None},
        {**plain, "crime_type": "Burglary", "month": "2022-03"},
        {**plain, "crime_type": "Robbery", "month": "2022-02", "supplier": "transport"},
    ]
    _save(opened, "street_crime", crimes)
    _save(opened, "area_links", links())
    offence = {"source": "force-offences", "supplier": "northshire", "month": "2022-01", "area_code": "Z01000001"}
    _save(opened, "offences", [{**offence, "offence_group": "Robbery", "offence_ref": "planted-ref", "victim_age": 47}])
    yield folder


def _save(store: Store, name: str, rows: list[dict[str, object]]) -> None:
    table = TABLES[name]
    slots = sorted({tuple(str(row[key]) for key in table.supply) for row in rows})
    supplies = [
        Supply(source, supplier, period, f"{name}-{period}.csv", "d" * 64, 1) for source, supplier, period in slots
    ]
    store.save(table, pa.Table.from_pylist([full(name, row) for row in rows], schema=table.schema()), supplies)


def wardwise(store: Path, *words: str) -> Result:
    return CliRunner().invoke(main.app, ["--store", str(store), *words], catch_exceptions=False)


FIGURES = ("figures", "recorded-crime", "--area", NORTH, "--from", "2022-01", "--to", "2022-03")


def test_csv_has_the_agreed_columns_and_says_what_is_missing(store: Path):
    text = wardwise(store, *FIGURES, "--by", "month,crime_type", "--format", "csv").stdout
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["area", "month", "crime_type", "count", "base", "value", "lower", "upper", "status"]
    assert [row[1:4] + row[-1:] for row in rows[1:]] == [
        ["2022-01", "Burglary", "1", "ok"],
        ["2022-01", "Robbery", "1", "ok"],
        ["2022-02", "Burglary", "", "missing"],
        ["2022-02", "Robbery", "", "missing"],
        ["2022-03", "Burglary", "1", "ok"],
        ["2022-03", "Robbery", "0", "ok"],
    ]


def test_a_whole_period_has_its_text_in_the_month_column(store: Path):
    text = wardwise(store, *FIGURES, "--by", "year", "--format", "csv").stdout
    assert text.splitlines() == [
        "area,month,year,count,base,value,lower,upper,status",
        f"{NORTH},2022-01..2022-03,2022,,,,,,incomplete",
    ]


def test_the_table_says_not_supplied_and_what_was_checked(store: Path):
    text = wardwise(store, *FIGURES).stdout
    assert "not supplied" in text
    assert "Not supplied for Z06000001: February 2022." in text
    assert "1 of the 3 rows from northshire (33.3%) have no place" in text
    assert "wardwise explain 'recorded-crime~" in text


def test_json_holds_the_road_back(store: Path):
    content = json.loads(wardwise(store, *FIGURES, "--format", "json").stdout)
    assert content["figures"][0]["count"] == 2
    assert content["sources"] == ["data.police.uk street-level crime and anti-social behaviour (Northshire)"]
    assert {load["file"] for load in content["provenance"]["loads"]} >= {"street_crime-2022-01.csv"}


def test_as_of_a_day_before_anything_was_imported_nothing_is_known(store: Path):
    with pytest.raises(Exception, match="Nothing had been imported by 1 January 2020"):
        wardwise(store, *FIGURES, "--as-of", "2020-01-01")
    for then in (date.today().isoformat(), f"{date.today()}T23:59:59"):
        assert f"{NORTH},2022-01,2," in wardwise(store, *FIGURES, "--as-of", then, "--format", "csv").stdout


def test_a_period_of_which_nothing_was_supplied_is_printed_and_warned_of(store: Path):
    words = ("figures", "recorded-crime", "--area", NORTH, "--from", "2021-01", "--to", "2021-02", "--format", "csv")
    result = wardwise(store, *words)
    assert result.exit_code == 1
    assert [line.rpartition(",")[2] for line in result.stdout.splitlines()] == ["status", "missing", "missing"]
    assert result.stderr.splitlines() == [
        "Warning: Nothing was supplied for January to February 2021, so there is no figure to give.",
        "Where: Recorded crime and anti-social behaviour (public street data), Z06000001. Held: January 2022, March 2022.",
        "What to do: Import the files of those months, or ask for months that are held.",
    ]
    assert wardwise(store, *FIGURES).exit_code == 0  # February is missing; January and March are not


@pytest.mark.parametrize(("measure", "held"), [("residents", "2020, 2021"), ("marac-cases", "April 2021")])
def test_years_and_stated_totals_that_are_held_are_named_too(tmp_path: Path, measure: str, held: str):
    opened = Store.open(tmp_path / "store", create=True)
    _save(opened, "area_links", links())
    given = {"source": "somewhere", "supplier": "northshire", "area_code": NORTH}
    people = {**given, "age": "all", "residents": 9}
    _save(opened, "population", [{**people, "year": year} for year in ("2020", "2021")])
    _save(opened, "service_returns", [{**given, "month": "2021-04", "months": 12, "service": "MARAC", "count": 3}])
    words = ("figures", measure, "--area", NORTH, "--from", "2001-01", "--to", "2001-01")
    result = wardwise(opened.folder, *words)
    assert result.exit_code == 1
    assert f"Held: {held}." in result.stderr


def test_nothing_held_at_all_is_said(tmp_path: Path):
    opened = Store.open(tmp_path / "store", create=True)
    _save(opened, "area_links", links())
    result = wardwise(opened.folder, *FIGURES)
    assert result.exit_code == 1
    assert "Held: nothing.\nWhat to do: Import the files of those months.\n" in result.stderr


def test_a_figure_from_before_its_table_was_held_is_explained_as_it_was(store: Path):
    told = json.loads(
        wardwise(store, "explain", f"recorded-crime~{NORTH}~2022-01@61aaf2b8.area_links-0", "--json").stdout
    )
    assert told["figure"]["status"] == "missing"


def test_explain_leads_from_a_figure_to_its_source_rows(store: Path):
    content = json.loads(wardwise(store, *FIGURES, "--by", "month,crime_type", "--format", "json").stdout)
    figure = content["figures"][0]["id"]
    text = wardwise(store, "explain", figure[:20] + "\u200b" + figure[20:]).stdout
    assert "January 2022, crime type: Burglary" in text
    assert "street_crime-2022-01.csv" in text
    assert "On or near Pier Road" in text
    assert "It has changed since" not in text
    nought = next(f["id"] for f in content["figures"] if f["count"] == 0)
    told = json.loads(wardwise(store, "explain", nought, "--json").stdout)
    assert (told["figure"]["id"], told["figure"]["count"], told["rows"]) == (nought, 0, [])


def test_explain_withholds_what_may_tell_of_a_person(store: Path):
    words = ("figures", "robbery", "--area", NORTH, "--from", "2022-01", "--to", "2022-01", "--format", "json")
    figure = json.loads(wardwise(store, *words).stdout)["figures"][0]["id"]
    closed = wardwise(store, "explain", figure).stdout
    assert "planted-ref" not in closed and "47" not in closed.split("The first")[1]
    assert "Left out because they may tell of a person: offence_ref" in closed
    assert "planted-ref" in wardwise(store, "explain", figure, "--identifiers").stdout


def test_explain_says_when_the_definition_has_changed(store: Path):
    figure = json.loads(wardwise(store, *FIGURES, "--format", "json").stdout)["figures"][0]["id"]
    own = store / "definitions" / "measures" / "recorded-crime.yaml"
    own.parent.mkdir(parents=True)
    shipped = Path(json.loads(wardwise(store, "measures", "recorded-crime", "--json").stdout)[0]["file"])
    own.write_text(shipped.read_text(encoding="utf-8").replace("better: lower", "better: neither"), encoding="utf-8")
    try:
        text = wardwise(store, "explain", figure).stdout
        assert str(own) in text
        assert "It has changed since this figure was made" in text
    finally:
        own.unlink()


def test_a_figure_of_another_store_is_refused(store: Path):
    with pytest.raises(Exception, match=r"no version 99.*which holds its versions 0 to 0"):
        wardwise(store, "explain", f"recorded-crime~{NORTH}~2022-01@61aaf2b8.street_crime-99")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((*FIGURES, "--format", "xml"), "There is no format “xml”"),
        ((*FIGURES, "--engine", "abacus"), "There is no engine called “abacus”"),
        ((*FIGURES, "--by", "colour"), "cannot be split by “colour”"),
        (("figures", "no-such", *FIGURES[2:]), "There is no measure called “no-such”"),
        ((*FIGURES, "--as-of", "yesterday"), "“yesterday” is not a day"),
        (("explain", "nonsense"), "not a figure's id"),
        (("explain", f"recorded-crime~{NORTH}~2022-01@61aaf2b8"), "version part"),
        (("explain", f"recorded-crime~{NORTH}~2022-01@zzz.street_crime-0"), "version part"),
        (("explain", f"recorded-crime~{NORTH}~2022-01@61aaf2b8.street_crime-x"), "version part"),
        (("explain", f"recorded-crime~{NORTH}~2022-01@61aaf2b8.street-0"), "a table that there is not: “street”"),
        (("explain", f"no-such~{NORTH}~2022-01@61aaf2b8.street_crime-0"), "There is no measure called “no-such”"),
    ],
)
def test_a_wrong_command_is_told_what_is_wrong(store: Path, words: tuple[str, ...], said: str):
    with pytest.raises(Exception, match=said):
        wardwise(store, *words)


def test_measures_are_listed_shown_and_checked(store: Path):
    assert "recorded-crime " in wardwise(store, "measures").stdout
    one = wardwise(store, "measures", "marac-repeat-rate").stdout
    assert "Unit: % of cases" in one and "Owner:" in one
    checked = wardwise(store, "measures", "rape", "--check").stdout
    assert "1 worked examples run, 0 figures not as expected." in checked
