"""An import that lets Spark count, on a real standalone master with two workers, reports what one with DuckDB does, and what
a plain count of the same rows says."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.factories import street
from wardwise.records.errors import WardwiseError
from wardwise.sources import import_files
from wardwise.store import Store

from .cluster import NEEDED

pytestmark = NEEDED

HOME, AWAY, NOWHERE = "E01012607", "E01012608", ""
LINKS = f"""LSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,CHGIND,LAD22CD,LAD22NM,LAD22NMW,ObjectId
{HOME},Blackpool 001A,{HOME},Blackpool 001A,U,E06000009,Blackpool,,1
{AWAY},Elsewhere 001A,{AWAY},Elsewhere 001A,U,E06000010,Elsewhere,,2
"""
FORCES = """LAD17CD,LAD17NM,CSP17CD,CSP17NM,PFA17CD,PFA17NM,FID
E06000009,Blackpool,E22000001,Blackpool,E23000003,Lancashire,1
E06000010,Elsewhere,E22000002,Elsewhere,E23000004,Merseyside,2
"""

crimes = st.fixed_dictionaries(
    {
        "crime_id": st.sampled_from(["", f"{1:064x}", f"{2:064x}"]),
        "month": st.sampled_from(["2022-09", "2022-10"]),
        "crime_type": st.sampled_from(["Burglary", "Anti-social behaviour", ""]),
        "lsoa_code": st.sampled_from([HOME, AWAY, NOWHERE]),
        "longitude": st.sampled_from(["-3.05", "-3.1", ""]),
    }
)
files = st.lists(st.lists(crimes, min_size=1, max_size=12), min_size=1, max_size=3)


def lay(folder: Path, given: list[list[dict[str, str]]]) -> Path:
    """The files of one import, look-ups among them."""
    folder.mkdir(parents=True)
    (folder / "lsoas.csv").write_text(LINKS)
    (folder / "forces.csv").write_text(FORCES)
    for number, crimes in enumerate(given):
        rows = [street.row(**crime) for crime in crimes]
        (folder / f"street-{number}.csv").write_text(street.text(rows))
    return folder


def told(store: Store, folder: Path, engine: str, master: str) -> dict[str, Any]:
    """The whole report, but for the load's id, which is new each time."""
    report = import_files(store, [folder], today=date(2023, 12, 31), engine=engine, master=master)
    return {**report.as_json(), "load": ""}


def by_hand(folder: Path) -> dict[str, Mapping[str, int]]:
    """What is worth noting in each street file, by the standard library."""
    return {path.name: noted(path) for path in sorted(folder.glob("street-*.csv"))}


def noted(path: Path) -> Mapping[str, int]:
    with path.open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Crime type"]]
    ids = Counter(row["Crime ID"] for row in rows if row["Crime ID"])
    asb = [row for row in rows if row["Crime type"] == "Anti-social behaviour" and row["Longitude"]]
    points = Counter((row["Longitude"], row["LSOA code"]) for row in asb)
    found = {
        "rows have no location": sum(not row["Longitude"] for row in rows),
        "rows have no small area": sum(not row["LSOA code"] for row in rows),
        "rows repeat the Crime ID of another row": ids.total() - len(ids),
        "anti-social behaviour rows look like another row (separate incidents at one public point)": points.total()
        - len(points),
        "rows lie outside the area of the force that supplied them": sum(row["LSOA code"] == AWAY for row in rows),
    }
    return {words: rows for words, rows in found.items() if rows}


CALM = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
QUICK = [Phase.generate]
"""Shrinking a failure would take the cluster many minutes."""


def agree(root: Path, master: str, imports: list[list[list[dict[str, str]]]]) -> None:
    """Import the same files, one folder after another, with either engine into a store of its own."""
    stores = {engine: Store.open(root / engine, create=True) for engine in ("duckdb", "spark")}
    for number, supply in enumerate(imports):
        folder = lay(root / str(number), supply)
        one, other = (told(store, folder, engine, master) for engine, store in stores.items())
        assert one == other
        notes = {file["file"].rpartition("/")[2]: file["notes"] for file in other["files"]}
        assert {name: found for name, found in notes.items() if name.startswith("street")} == by_hand(folder)
    checks = [stores["spark"].verify(engine, master) for engine in ("duckdb", "spark")]
    assert checks[0] == checks[1] and checks[0].sound


def crime(number: int = 0, month: str = "2022-10", area: str = HOME, kind: str = "Burglary") -> dict[str, str]:
    crime_id = f"{number:064x}" if number else ""
    return {"crime_id": crime_id, "month": month, "crime_type": kind, "lsoa_code": area, "longitude": "-3.05"}


def test_the_report_is_the_same_on_both_engines_and_by_hand(master: str, tmp_path: Path) -> None:
    asb = crime(kind="Anti-social behaviour")
    first = [
        [crime(1), crime(1), crime(2), crime(3, area=AWAY), crime(4, area=NOWHERE)],
        [asb, asb, asb, crime(5, "2022-09")],
    ]
    second = [[crime(6, "2022-09"), {**crime(7), "longitude": ""}, crime(8, kind="")]]
    agree(tmp_path, master, [first, second])


@pytest.mark.scale
@settings(max_examples=12, deadline=None, phases=QUICK, suppress_health_check=CALM)
@given(first=files, second=files)
def test_reports_of_many_imports_are_the_same(
    master: str, tmp_path_factory: pytest.TempPathFactory, first: list[Any], second: list[Any]
) -> None:
    agree(tmp_path_factory.mktemp("import"), master, [first, second])


def test_differences_are_counted_on_the_cluster(master: str, tmp_path: Path) -> None:
    """A month that shrinks by more than half, and a month that two files of one import give."""
    store = Store.open(tmp_path / "store", create=True)
    assert told(store, lay(tmp_path / "1", [[crime()] * 9]), "spark", master)["differences"] == []
    again = told(store, lay(tmp_path / "2", [[crime()] * 5, [crime()] * 2]), "spark", master)["differences"]
    slot = {"source": "police-street-crime", "supplier": "lancashire", "period": "2022-10"}
    files = {"before_file": "2/street-0.csv", "after_file": "2/street-1.csv"}
    assert again == [
        {**slot, "before": 5, "after": 2, **files, "same_import": True},
        {**slot, "before": 9, "after": 2, **files, "before_file": "1/street-0.csv", "same_import": False},
    ]


def test_the_command_line_imports_and_verifies_with_spark(
    master: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from wardwise.cli.main import run

    folder = lay(tmp_path / "incoming", [[{"lsoa_code": AWAY}]])
    monkeypatch.setenv("WARDWISE_SPARK", master)
    start = ["wardwise", "--store", str(tmp_path / "store"), "--engine", "spark"]
    for words in (["import", str(folder)], ["store", "verify"]):
        monkeypatch.setattr("sys.argv", [*start, *words])
        with pytest.raises(SystemExit) as ended:
            run()
        assert ended.value.code == 0
    said = capsys.readouterr().out
    assert "1 rows lie outside the area of the force" in said and "The store is sound." in said


def test_what_a_worker_cannot_read_is_told_plainly(master: str, tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store", create=True)
    told(store, lay(tmp_path / "1", [[crime()]]), "spark", master)
    for path in store.at().files("street_crime"):
        Path(path).write_bytes(b"PAR1 no such thing PAR1")
    with pytest.raises(WardwiseError, match="Spark could not count"):
        told(store, lay(tmp_path / "2", [[crime()] * 2]), "spark", master)
