"""With every look-up held, monthly figures of Blackpool and of Lancashire's fourteen districts are those of a plain count.

The published files count one force's rows by the name of their small area. Figures count what is placed in the district,
whoever recorded it: so rows that other forces (the British Transport Police above all) recorded there are added here too.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from wardwise import measures
from wardwise.records.periods import Period
from wardwise.sources import import_files
from wardwise.store import Snapshot, Store

pytestmark = pytest.mark.scale
PERIOD = Period("2018-11", "2022-10")
DISTRICTS = {
    "E06000008": "Blackburn with Darwen",
    "E06000009": "Blackpool",
    "E07000117": "Burnley",
    "E07000118": "Chorley",
    "E07000119": "Fylde",
    "E07000120": "Hyndburn",
    "E07000121": "Lancaster",
    "E07000122": "Pendle",
    "E07000123": "Preston",
    "E07000124": "Ribble Valley",
    "E07000125": "Rossendale",
    "E07000126": "South Ribble",
    "E07000127": "West Lancashire",
    "E07000128": "Wyre",
}
LANCASHIRE = "lancashire-2018-11-to-2022-10.zip"
NEIGHBOURS = "north-west-and-neighbours-2019-01.zip"

Counts = dict[tuple[str, str, str], int]
"""district's name, month, crime type: rows"""


@pytest.fixture(scope="module")
def held(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    store = Store.open(tmp_path_factory.mktemp("months") / "store", create=True)
    data = shared / "data"
    import_files(store, [data / "areas", data / "police_uk" / LANCASHIRE, data / "police_uk" / NEIGHBOURS])
    return store.at()


def of_neighbours(shared: Path) -> Counter[tuple[str, str, str]]:
    """Rows of other forces, by the district in their small area's name; by the standard library alone."""
    found: Counter[tuple[str, str, str]] = Counter()
    with zipfile.ZipFile(shared / "data" / "police_uk" / NEIGHBOURS) as archive:
        for name in archive.namelist():
            if name.endswith(".csv") and "lancashire" not in name:
                with archive.open(name) as file:
                    for row in csv.DictReader(io.TextIOWrapper(file, "utf-8", newline="")):
                        found[row["LSOA name"].rpartition(" ")[0], row["Month"], row["Crime type"]] += 1
    return found


def published(path: Path, name: str = "") -> Counter[tuple[str, str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return Counter({(row.get("lad") or name, row["month"], row["crime_type"]): int(row["n"]) for row in rows})


def figures(held: Snapshot, codes: list[str]) -> tuple[Counts, set[str]]:
    """Every count above 0, and the months that are missing."""
    found = measures.calculate("recorded-crime", held, codes, PERIOD, ["month", "crime_type"]).figures
    counts = {
        (DISTRICTS[f.key.area], f.key.period.start, dict(f.key.group)["crime_type"]): int(f.count)
        for f in found
        if f.count
    }
    assert all(f.count is None for f in found if f.status.value == "missing")
    return counts, {f.key.period.start for f in found if f.status.value == "missing"}


def test_blackpools_months_are_the_published_ones_and_the_others_are_missing(shared: Path, held: Snapshot) -> None:
    expected = published(shared / "data" / "expected" / "blackpool_month_crimetype_check.csv", "Blackpool")
    more = {key: n for key, n in of_neighbours(shared).items() if key[0] == "Blackpool"}
    counts, missing = figures(held, ["E06000009"])
    assert counts == dict(expected + Counter(more))
    assert sum(more.values()) == 3
    supplied = {month for _, month, _ in expected}
    assert missing == set(PERIOD.months()) - supplied and len(missing) == 12


def test_all_fourteen_districts_months_are_the_published_ones(shared: Path, held: Snapshot) -> None:
    expected = published(shared / "data" / "expected" / "lancashire_month_lad_crimetype_check.csv")
    both = expected + of_neighbours(shared)
    counts, missing = figures(held, list(DISTRICTS))
    assert counts == {key: n for key, n in both.items() if key[0] in set(DISTRICTS.values())}
    assert len(missing) == 12
