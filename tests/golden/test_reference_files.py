"""Every official reference file is read as published: the import reconciles to the row, and known totals come out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from wardwise import sources
from wardwise.areas import Places
from wardwise.measures import calculate
from wardwise.records.periods import Period
from wardwise.sources import ImportReport
from wardwise.store import Snapshot, Store
from wardwise.store import places as store_places
from wardwise.store.residents import residents

ROWS = {
    # file: rows read, all of them accepted
    "lookup_ltla24_csp24_pfa24.csv": 332,
    "blackpool_wards25.geojson": 21,
    "ew_pfa20.geojson": 43,
    "gb_ltla24.geojson": 361,
    "lancashire_lsoa11.geojson": 941,
    "lancashire_lsoa21.geojson": 945,
    "lancashire_wards22.geojson": 271,
    "LLSOA_Dec_2021_PWC": 35_672,
    "LSOA11_to_WD21": 34_753,
    "Exact_Fit_Lookup": 35_796,
    "LSOA_(2021)_to_Electoral_Ward_(2024)": 35_672,
    "2011_to_Ward_2018": 34_753,
    "LAD_to_CSP_to_PFA_2017": 348,
    "population_mid2011_2022_lsoa21.csv": 35_672,
    "lancashire_ward_pop.xlsx": 285,
    "population20_ltla20.csv": 336,
    "imd2010": 32_482,
    "imd2015": 32_844,
    "imd2019": 32_844,
    "imd2025": 33_755,
    "Accidents_2015.csv": 140_056,
    "Acc.csv": 129_982,
    "Casualties_2015.csv": 186_189,
    "Cas.csv": 170_993,
    "stats19_schema.csv": 1_820,
    "stats19_variables.csv": 111,
    "ho_offence_list_from_outcomes.csv": 123,
    "lancashire-asb-2022.tab.gz": 56_434,
}
DISTRICT = "E06000009"


@pytest.fixture(scope="module")
def imported(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, ImportReport]:
    data = shared / "data"
    store = Store.open(tmp_path_factory.mktemp("reference") / "store", create=True)
    heavy = "single-year-of-age"
    files = [path for path in sorted((data / "population").iterdir()) if heavy not in path.name]
    files += [data / "areas", data / "deprivation", data / "collisions"]
    files += [data / "offences/ho_offence_list_from_outcomes.csv", data / "police_uk/lancashire-asb-2022.tab.gz"]
    return store, sources.import_files(store, files)


@pytest.fixture(scope="module")
def snapshot(imported: tuple[Store, ImportReport]) -> Snapshot:
    return imported[0].at()


@pytest.fixture(scope="module")
def places(snapshot: Snapshot) -> Places:
    return store_places.load(snapshot)


def one(snapshot: Snapshot, query: str, parameters: list[Any] | None = None) -> Any:
    (row,) = snapshot.connection().execute(query, parameters or []).fetchall()
    return row[0] if len(row) == 1 else row


@pytest.mark.parametrize("name", ROWS)
def test_every_row_of_a_file_is_accepted(imported: tuple[Store, ImportReport], name: str) -> None:
    (file,) = [file for file in imported[1].files if name in file.file]
    assert (file.rows, file.accepted, file.quarantined, file.superseded) == (ROWS[name], ROWS[name], 0, 0)


def test_importing_again_changes_nothing(imported: tuple[Store, ImportReport], shared: Path) -> None:
    store, _ = imported
    again = sources.import_files(store, [shared / "data/areas/lookup_ltla24_csp24_pfa24.csv"])
    assert (again.load, again.rows, again.accepted) == ("", 332, 332)


def test_blackpool_in_every_vintage(places: Places) -> None:
    assert [len(places.children(DISTRICT, "lsoa", year)) for year in ("2011", "2021")] == [94, 94]
    assert [len(places.children(DISTRICT, "ward", year)) for year in ("2018", "2021", "2024")] == [21, 21, 21]
    assert len(places.children(DISTRICT, "ward")) == 21
    assert places.parent(DISTRICT, "csp") == "E22000151"
    assert places.force_area(DISTRICT) == "E23000003" and places.force(DISTRICT) == "lancashire"
    assert len(places.peers(DISTRICT).codes) == 14
    assert len(places.children("E23000003", "district")) == 14


def test_pennine_lancashire_is_three_districts(places: Places) -> None:
    names = [places.name(code) for code in places.children("pennine-lancashire", "district")]
    assert names == ["Blackburn with Darwen", "Burnley", "Rossendale"]
    assert places.force("pennine-lancashire") == "lancashire"


def test_an_unknown_area_names_the_lookups(places: Places) -> None:
    with pytest.raises(Exception, match=r"ons-lad24-csp24-pfa24 \(2024\).*E06000009 \(Blackpool\)"):
        places.name("Blackpool")
    with pytest.raises(Exception, match=r"Near matches: E06000009 \(Blackpool\)"):
        places.name("E0600009")


def test_residents_of_blackpool(snapshot: Snapshot, places: Places) -> None:
    found = residents(snapshot, places, [DISTRICT, "E23000003", "E05001643"], ["2019", "2022", "2025"])
    assert found[DISTRICT, "2019"].number == 142_407
    assert found[DISTRICT, "2019"].series == "ons-population-lsoa21"
    assert found[DISTRICT, "2025"].note == "The population of mid-2022 is used for 2025."
    assert found["E23000003", "2019"].number > 1_400_000


def test_ward_population_is_mid_2020(snapshot: Snapshot) -> None:
    wards = one(
        snapshot,
        "SELECT sum(residents) FROM population WHERE source = 'ward-population-2020' "
        "AND area_code BETWEEN 'E05001643' AND 'E05001663'",
    )
    district = (
        "SELECT residents FROM population WHERE area_code = ? AND age = 'all' AND source = 'ons-population-lad20-2020'"
    )
    assert wards == one(snapshot, district, [DISTRICT]) == 138_381


def test_deprivation_of_blackpool(snapshot: Snapshot, places: Places) -> None:
    query = (
        "SELECT count(*), count(*) FILTER (decile = 1) FROM deprivation "
        "WHERE edition = ? AND domain = 'overall' AND list_contains(?, area_code)"
    )
    assert one(snapshot, query, ["2019", list(places.children(DISTRICT, "lsoa", "2011"))]) == (94, 39)
    domains = "SELECT count(DISTINCT domain) FROM deprivation WHERE edition = ?"
    assert [one(snapshot, domains, [year]) for year in ("2010", "2015", "2019", "2025")] == [8, 1, 8, 8]


@pytest.mark.parametrize(("year", "recorded", "placed"), [("2015", 373, 368), ("2017", 384, 385)])
def test_collisions_in_blackpool(snapshot: Snapshot, places: Places, year: str, recorded: int, placed: int) -> None:
    """By the authority that the police recorded, as published; and by small area, which differs in a few cases."""
    members = [code for code, _ in places.members([DISTRICT])]
    query = (
        "SELECT count(*) FILTER (authority_code = ?), count(*) FILTER (list_contains(?, area_code)) "
        "FROM collisions WHERE month[:4] = ?"
    )
    assert one(snapshot, query, [DISTRICT, members, year]) == (recorded, placed)
    counted = calculate("road-collisions", snapshot, [DISTRICT], Period(f"{year}-01", f"{year}-12"), ())
    assert [figure.count for figure in counted.figures] == [recorded]
    wards = list(places.children(DISTRICT, "ward"))
    by_ward = calculate("road-collisions", snapshot, wards, Period(f"{year}-01", f"{year}-12"), ())
    assert sum(figure.count or 0 for figure in by_ward.figures) == placed
    strays = (
        "SELECT count(*) FROM casualties WHERE year = ? AND collision_ref NOT IN (SELECT collision_ref FROM collisions)"
    )
    assert one(snapshot, strays, [year]) == 0


def test_outlines_hold_the_centre_points_of_their_areas(snapshot: Snapshot, places: Places) -> None:
    from pyproj import Transformer

    from wardwise.areas import locate

    codes = list(places.children("E23000003", "lsoa"))
    points = snapshot.connection().execute(
        "SELECT area_code, easting, northing FROM centroids WHERE list_contains(?, area_code)", [codes]
    )
    names, east, north = zip(*points.fetchall(), strict=True)
    longitudes, latitudes = Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True).transform(east, north)
    found = locate(longitudes, latitudes, store_places.boundaries(snapshot, codes))
    right = sum(code == name for code, name in zip(found, names, strict=True))
    assert (
        len(names) > 930 and right / len(names) > 0.97
    )  # outlines are simplified: near a coast or a border a few points fall outside


@pytest.mark.scale
def test_home_office_outcomes_and_single_years_of_age(shared: Path, tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store", create=True)
    data = shared / "data"
    outcomes = data / "offences/home-office-outcomes-2017-18-by-force.csv.gz"
    ages = data / "population/lsoa11-mid-2019-single-year-of-age.zip"
    report = sources.import_files(store, [outcomes, ages])
    by_file = {Path(file.file).name: file for file in report.files}
    told = by_file[outcomes.name]
    assert (told.rows, told.accepted, told.quarantined) == (450_913, 450_912, 1)
    assert told.problems == ((450_914, "force_name is missing"),)
    snapshot = store.at()
    assert one(snapshot, "SELECT sum(count) FROM published_series WHERE supplier = 'lancashire'") == 127_028
    assert one(snapshot, "SELECT count(*), count(DISTINCT age) FROM population") == (34_753 * 92, 92)
