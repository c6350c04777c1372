"""Files in the layouts that `wardwise fetch` brings are read: the publishers' headings, sheets and outlines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from wardwise import sources
from wardwise.store import Store

DOMAINS = {
    "Index of Multiple Deprivation (IMD)": "",
    "Income": " (rate)",
    "Employment": " (rate)",
    "Education, Skills and Training": "",
    "Health Deprivation and Disability": "",
    "Crime": "",
    "Barriers to Housing and Services": "",
    "Living Environment": "",
}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "store", create=True)


def held(store: Store, path: Path, query: str) -> list[tuple[Any, ...]]:
    report = sources.import_files(store, [path])
    assert report.accepted == report.rows > 0
    return store.at().connection().execute(query).fetchall()


@pytest.mark.parametrize(("year", "code"), [("2019", "2011"), ("2025", "2021")])
def test_the_indices_of_deprivation_as_file_7(store: Store, tmp_path: Path, year: str, code: str) -> None:
    heads, cells = [f"LSOA code ({code})", f"LSOA name ({code})"], ["Z01000001", "Aton 001A"]
    for domain, unit in DOMAINS.items():
        heads += [f"{domain} Score{unit}", f"{domain} Rank (where 1 is most deprived)"]
        heads.append(f"{domain} Decile (where 1 is most deprived 10% of LSOAs)")
        cells += ["0.5", "7", "1"]
    path = tmp_path / "File_7.csv"
    lines = [",".join(f'"{head}"' for head in heads), ",".join(cells)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = held(store, path, "SELECT source, edition, domain, score, rank, decile FROM deprivation ORDER BY domain")
    assert len(found) == 8
    assert found[-1] == (f"imd-{year}", year, "overall", 0.5, 7, 1)


def test_population_sheets_give_their_years(store: Store, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "Contents"
    book.active.append(["This workbook has two sheets"])
    for year, total in (("2021", 1500), ("2022", 1510)):
        sheet = book.create_sheet(f"Mid-{year} LSOA 2021")
        sheet.append([f"Mid-{year} population estimates"])
        sheet.append(["Source: ONS"])
        sheet.append([])
        sheet.append(["LAD 2023 Code", "LAD 2023 Name", "LSOA 2021 Code", "LSOA 2021 Name", "Total", "F0 to 15"])
        sheet.append(["Z06000001", "Aton", "Z01000001", "Aton 001A", total, 140])
    path = tmp_path / "sapelsoabroadage20112022.xlsx"
    book.save(path)
    query = "SELECT year, area_code, age, residents FROM population ORDER BY year"
    found = held(store, path, query)
    assert found == [("2021", "Z01000001", "all", 1500.0), ("2022", "Z01000001", "all", 1510.0)]


def test_outlines_with_the_portals_headings(store: Store, tmp_path: Path) -> None:
    ring = [[-3.05, 53.8], [-3.04, 53.8], [-3.04, 53.81], [-3.05, 53.8]]
    feature = {
        "type": "Feature",
        "properties": {"LSOA21CD": "Z01000001", "LSOA21NM": "Aton 001A"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    path = tmp_path / "aton_lsoa21.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    found = held(store, path, "SELECT supplier, edition, area_code, level FROM boundaries")
    assert found == [("aton", "2021", "Z01000001", "lsoa")]


def test_collisions_and_casualties_with_the_newer_headings(store: Store, tmp_path: Path) -> None:
    heads = "collision_index,collision_year,longitude,latitude,collision_severity,number_of_vehicles,number_of_casualties,date,time,local_authority_ons_district,speed_limit,lsoa_of_accident_location"
    line = "2023010419171,2023,-3.05,53.8,2,2,1,31/01/2023,18:45,E06000009,-1,E01012662"
    path = tmp_path / "dft-road-casualty-statistics-collision-2023.csv"
    path.write_text(f"{heads}\n{line}\n", encoding="utf-8")
    query = "SELECT month, severity, speed_limit, authority_code, area_code FROM collisions"
    assert held(store, path, query) == [("2023-01", "serious", None, "E06000009", "E01012662")]
    heads = "collision_index,collision_year,casualty_reference,casualty_class,sex_of_casualty,age_of_casualty,casualty_severity"
    path = tmp_path / "dft-road-casualty-statistics-casualty-2023.csv"
    path.write_text(f"{heads}\n2023010419171,2023,1,3,2,-1,3\n", encoding="utf-8")
    query = "SELECT year, severity, casualty_class, age, sex FROM casualties"
    assert held(store, path, query) == [("2023", "slight", "pedestrian", None, "female")]
