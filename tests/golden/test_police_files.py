"""The real police files: each row is accounted for, and Blackpool's monthly totals are those of a plain count."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from wardwise.analysis.points import redrawings
from wardwise.records.periods import Period
from wardwise.sources import ImportReport, import_files
from wardwise.store import Store


@pytest.fixture(scope="module")
def imported(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, ImportReport]:
    store = Store.open(tmp_path_factory.mktemp("police") / "store", create=True)
    return store, import_files(store, [shared / "data" / "police_uk"])


def counted(shared: Path) -> Iterator[dict[str, str]]:
    """Rows of the Lancashire archive, by the standard library alone."""
    with zipfile.ZipFile(shared / "data" / "police_uk" / "lancashire-2018-11-to-2022-10.zip") as archive:
        for name in archive.namelist():
            if name.endswith(".csv"):
                with archive.open(name) as file:
                    yield from csv.DictReader(io.TextIOWrapper(file, "utf-8", newline=""))


def test_every_row_is_accepted(imported: tuple[Store, ImportReport]) -> None:
    _, report = imported
    assert (report.rows, report.accepted, report.quarantined, report.superseded) == (819_601, 819_601, 0, 0)
    by_file = {file.file.rpartition("/")[2]: file.rows for file in report.files}
    assert by_file["2016-06-greater-manchester-street.csv"] == 30_671
    assert by_file["police-uk-2014-04-merseyside-street.CR-line-endings.csv"] == 12_925
    assert by_file["lancashire-asb-2022.tab.gz"] == 56_434
    assert sum(file.rows for file in report.files if "stop-and-search" in file.file) == 22_587


def test_blackpools_monthly_totals_are_those_of_a_plain_count(
    shared: Path, imported: tuple[Store, ImportReport]
) -> None:
    store, _ = imported
    query = (
        "SELECT month, crime_type, count(*) FROM street_crime "
        "WHERE supplier = 'lancashire' AND area_name LIKE 'Blackpool %' GROUP BY ALL"
    )
    held = {(month, kind): n for month, kind, n in store.at().connection().execute(query).fetchall()}
    plain = Counter(
        (row["Month"], row["Crime type"]) for row in counted(shared) if row["LSOA name"].startswith("Blackpool ")
    )
    assert held == plain
    with (shared / "data" / "expected" / "blackpool_month_crimetype_check.csv").open(newline="") as file:
        expected = {(row["month"], row["crime_type"]): int(row["n"]) for row in csv.DictReader(file)}
    assert held == expected


def test_the_redrawing_of_july_2022_is_found_and_no_other(imported: tuple[Store, ImportReport]) -> None:
    """data.police.uk drew its public points anew in July 2022: nearly none of June's is used again. Other months share most."""
    snapshot = imported[0].at()
    query = "SELECT DISTINCT area_code FROM street_crime WHERE area_name LIKE 'Blackpool %'"
    members = [code for (code,) in snapshot.connection().execute(query).fetchall()]
    [found] = redrawings(snapshot, "street_crime", members, Period("2018-11", "2022-10"))
    assert (found.month, found.before, round(100 * found.share)) == ("2022-07", "2022-06", 3)
