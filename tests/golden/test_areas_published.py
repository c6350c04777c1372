"""The published look-ups: districts of small areas agree with counts made independently, by the names of the small areas."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from tests.factories.areas import published_places
from wardwise.areas import Places


@pytest.fixture(scope="module")
def places(shared: Path) -> Places:
    return published_places(shared / "data/areas")


def test_blackpool_has_94_small_areas_and_21_wards_in_every_vintage(places: Places) -> None:
    for vintage in ("2011", "2021"):
        assert len(places.children("E06000009", "lsoa", vintage)) == 94
    for vintage in ("2018", "2021", "2024"):
        assert len(places.children("E06000009", "ward", vintage)) == 21
    assert places.force("E06000009") == "lancashire"


@pytest.mark.parametrize(
    ("lsoa", "district"),
    [
        ("E01023964", "Welwyn Hatfield"),
        ("E01027506", "Northumberland"),
        ("E01008187", "Gateshead"),
        ("E01023508", "East Hertfordshire"),
    ],
)
def test_the_four_small_areas_in_two_districts_go_where_most_lookups_put_them(
    places: Places, lsoa: str, district: str
) -> None:
    found = places.parent(lsoa, "district")
    assert found is not None and places.name(found) == district


def test_no_small_area_is_counted_twice_over_all_districts(places: Places) -> None:
    everything = places.members(places.of_level("district"))
    assert len(everything) > 50_000
    assert len(everything) == len({member for member, _ in everything})


@pytest.mark.parametrize("vintage", ["2018", "2021", "2024"])
def test_the_wards_of_a_district_hold_its_small_areas_and_no_others(places: Places, vintage: str) -> None:
    for district in places.children("E23000003", "district"):
        inside = {member for member, _ in places.members([district]) if places.level(member) == "lsoa"}
        by_ward = [
            m for m, _ in places.members(places.children(district, "ward", vintage)) if places.level(m) == "lsoa"
        ]
        assert len(by_ward) == len(set(by_ward)) and set(by_ward) == inside


def test_counts_by_month_district_and_crime_type(places: Places, shared: Path) -> None:
    district_of = dict(places.members(places.children("E23000003", "district")))
    found: Counter[tuple[str, str, str]] = Counter()
    with zipfile.ZipFile(shared / "data/police_uk/lancashire-2018-11-to-2022-10.zip") as archive:
        for name in archive.namelist():
            with archive.open(name) as file:
                for row in csv.DictReader(io.TextIOWrapper(file, "utf-8-sig")):
                    if row["LSOA code"] in district_of:
                        found[row["Month"], places.name(district_of[row["LSOA code"]]), row["Crime type"]] += 1
    with (shared / "data/expected/lancashire_month_lad_crimetype_check.csv").open(encoding="utf-8") as file:
        ours = {places.name(code) for code in places.children("E23000003", "district")}
        expected = {
            (row["month"], row["lad"], row["crime_type"]): int(row["n"])
            for row in csv.DictReader(file)
            if row["lad"] in ours
        }
    assert len(ours) == 14 and len(expected) == 6_865
    assert found == expected
