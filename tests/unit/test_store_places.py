"""What a store knows of places: look-ups and boundaries make areas; populations make denominators that say what they used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from shapely import box, to_wkb

from tests.factories.tables import fill, link
from wardwise.records.errors import WardwiseError
from wardwise.store import places as store_places
from wardwise.store.residents import Residents, residents, visitors

LINKS = [
    link("L1", "D1", "lsoa in district"),
    link("L2", "D1", "lsoa in district"),
    link("L3", "D2", "lsoa in district"),
    link("D1", "F1", "district in force"),
    link("D2", "F1", "district in force"),
]


def people(code: str, year: str, number: float, source: str = "small", age: str = "all") -> dict[str, Any]:
    return {"source": source, "year": year, "area_code": code, "age": age, "residents": number}


def outline(code: str, level: str, left: float, parent: str | None = None, edition: str = "2024") -> dict[str, Any]:
    shape = to_wkb(box(left, 0, left + 1, 1))
    row = {"edition": edition, "area_code": code, "area_name": f"name of {code}", "level": level, "geometry": shape}
    return {**row, "parent_code": parent}


def test_areas_come_from_links_and_from_boundaries_that_no_link_names(tmp_path: Path) -> None:
    outlines = [outline("W9", "ward", 0, "D1"), outline("L1", "lsoa", 0, "D2")]
    snapshot = fill(tmp_path / "store", area_links=LINKS, boundaries=outlines).at()
    places = store_places.load(snapshot)
    assert places.children("D1", "lsoa") == ("L1", "L2")
    assert places.children("D1", "ward") == ("W9",)
    assert places.force("W9") == "name-of-f1"
    with pytest.raises(WardwiseError, match=r"test \(2024\)"):
        places.name("X1")


def test_the_newest_outline_is_used(tmp_path: Path) -> None:
    outlines = [outline("L1", "lsoa", 0, edition="2011"), outline("L1", "lsoa", 5, edition="2021")]
    snapshot = fill(tmp_path / "store", boundaries=outlines).at()
    held = store_places.boundaries(snapshot, ["L1", "L9"])
    assert list(held) == ["L1"] and held["L1"].bounds[0] == 5
    assert list(store_places.outlines(snapshot, "lsoa")) == ["L1"]


def test_small_areas_are_added_up_and_the_nearest_earlier_year_is_named(tmp_path: Path) -> None:
    population = [people(code, year, n) for code, n in (("L1", 10), ("L2", 20), ("L3", 5)) for year in ("2019", "2020")]
    snapshot = fill(tmp_path / "store", area_links=LINKS, population=population).at()
    found = residents(snapshot, store_places.load(snapshot), ["D1", "F1", "L3"], ["2018", "2020", "2022"])
    assert found["D1", "2020"] == Residents(30, "small", "2020")
    assert found["F1", "2020"].number == 35
    assert found["D1", "2022"] == Residents(30, "small", "2020", "The population of mid-2020 is used for 2022.")
    assert found["L3", "2018"].year == "2019"


def test_one_series_serves_all_years_and_adjusted_ones_are_asked_for(tmp_path: Path) -> None:
    population = [people("D1", "2020", 31, "districts"), people("D1", "2020", 50, "visitor-adjusted")]
    population += [people("D1", year, n, "long", age) for year in ("2019", "2020") for age, n in (("0", 1), ("1", 2))]
    snapshot = fill(tmp_path / "store", area_links=LINKS, population=population).at()
    places = store_places.load(snapshot)
    assert residents(snapshot, places, ["D1"], ["2020"])["D1", "2020"] == Residents(3, "long", "2020")
    assert residents(snapshot, places, ["D1"], ["2020"], adjusted=True)["D1", "2020"].number == 50
    assert residents(snapshot, places, ["D2"], ["2020"]) == {}


def test_a_partnerships_own_groups_are_read_first(tmp_path: Path) -> None:
    own = tmp_path / "store" / "definitions" / "areas"
    store = fill(tmp_path / "store", area_links=LINKS)
    own.mkdir(parents=True)
    (own / "partnerships.yaml").write_text("partnerships: [{code: pair, name: Pair, members: [D1, D2]}]")
    places = store_places.load(store.at())
    assert sorted(code for code, _ in places.members(["pair"])) == ["D1", "D2", "L1", "L2", "L3", "pair"]
    assert places.peers("D1").name == "the 2 districts of name of F1"
    (own / "partnerships.yaml").write_text("partnerships: [{code: pair}]")
    with pytest.raises(WardwiseError, match="does not say name, members"):
        store_places.load(store.at())


def test_the_shipped_groups_are_the_ones_of_the_documents() -> None:
    pennine = next(p for p in store_places.partnerships() if p.code == "pennine-lancashire")
    assert (len(pennine.members), len(pennine.associates)) == (3, 2)
    assert len(store_places.peer_rules()[0].codes) == 14


def test_visitors_are_estimated_where_a_definition_says_how_many(tmp_path: Path) -> None:
    assert round(visitors()["E06000009"]) == 9_132  # ten million day trips of eight hours
    own = tmp_path / "store" / "definitions" / "areas"
    store = fill(tmp_path / "store", area_links=LINKS, population=[people("D1", "2020", 31), people("D2", "2020", 9)])
    own.mkdir(parents=True)
    (own / "visitors.yaml").write_text("places: [{area: D1, visits: 730, nights: 0.5}]", encoding="utf-8")
    places = store_places.load(store.at())
    found = residents(store.at(), places, ["D1", "D2"], ["2021"], adjusted=True)
    assert list(found) == [("D1", "2021")] and found["D1", "2021"].number == 32
    assert found["D1", "2021"].note.endswith("An estimate: residents, and visitors on an average day (1).")
    (own / "visitors.yaml").write_text("places: [{area: D1, visits: many}]", encoding="utf-8")
    with pytest.raises(WardwiseError, match="visits and nights"):
        residents(store.at(), places, ["D1"], ["2021"], adjusted=True)
