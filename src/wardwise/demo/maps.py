"""The files about places: outlines, look-ups, centre points, population and deprivation, in the official shapes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from . import residents
from .chance import Chance
from .files import write_csv, write_geojson
from .geography import FORCE, Geography
from .grid import lonlat
from .lattice import Cell

Rows = Iterator[list[str]]


def write(folder: Path, county: Geography, visits: Mapping[str, int], chance: Chance) -> dict[str, int]:
    """Write all of them into `folder`; give the rows of each file by its name."""
    done = _outlines(folder / "boundaries", county)
    done.update(_lookups(folder / "look-ups", county, chance))
    rise = residents.growth(county, chance)
    for name, people in (
        ("synthetic-lsoa21-population-mid-2011-to-2022.csv", residents.by_area(county, rise)),
        ("synthetic-population-by-age-and-sex-mid-2011-to-2016.csv", residents.by_age(county, rise, chance)),
        ("synthetic-people-present.csv", _present(county, visits)),
    ):
        done[name] = write_csv(folder / "population" / name, *people)
    for year, made in (("2015", _imd2015(county)), ("2019", _imd2019(county))):
        name = f"synthetic-imd{year}-lsoa11.csv"
        done[name] = write_csv(folder / "deprivation" / name, *made)
    return done


def _ring(county: Geography, cells: Sequence[Cell]) -> list[list[float]]:
    import numpy as np

    points = np.array(county.outlines.ring(cells))
    lon, lat = lonlat(points[:, 0], points[:, 1])
    return [[round(x, 6), round(y, 6)] for x, y in zip(lon.tolist(), lat.tolist(), strict=True)]


def _outlines(folder: Path, county: Geography) -> dict[str, int]:
    cells = [
        cell
        for district in county.districts
        for ward in county.wards
        if ward.district == district.code
        for cell in ward.cells
    ]
    names = {district.code: district.name for district in county.districts}
    rings = [_ring(county, [cell]) for cell in cells]
    small = list(zip(county.areas, rings, strict=True))
    lad21 = {code: {"ltla21_name": name, "ltla21_code": code} for code, name in names.items()}
    layers = {
        "synthetic_lsoa21": [
            ({"lsoa21_name": a.name, "lsoa21_code": a.code, "ward24_name": a.ward.name, "ward24_code": a.ward.code,
              "ltla24_name": a.district.name, "ltla24_code": a.district.code}, ring) for a, ring in small],
        "synthetic_lsoa11": [
            ({"lsoa11_name": a.name, "lsoa11_code": a.code, **lad21[a.district.code]}, ring) for a, ring in small],
        "synthetic_wards22": [
            ({"ward22_name": w.name, "ward22_code": w.code, "ward21_name": w.name, **lad21[w.district]},
             _ring(county, w.cells)) for w in county.wards],
        "synthetic_ltla24": [
            ({"ltla24_name": d.name, "ltla24_code": d.code}, _ring(county, d.cells)) for d in county.districts],
        "synthetic_pfa20": [({"pfa20_name": county.county, "pfa20_code": FORCE}, _ring(county, cells))],
    }  # fmt: skip
    return {f"{name}.geojson": write_geojson(folder / f"{name}.geojson", layer) for name, layer in layers.items()}


def _lookups(folder: Path, county: Geography, chance: Chance) -> dict[str, int]:
    areas, districts = county.areas, county.districts
    made: dict[str, tuple[str, list[list[str]]]] = {
        "synthetic-lsoa11-lsoa21-lad22-exact-fit": (
            "LSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,CHGIND,LAD22CD,LAD22NM,LAD22NMW,ObjectId",
            [[a.code, a.name, a.code, a.name, "U", a.district.code, a.district.name, "", str(i)]
             for i, a in enumerate(areas, 1)]),
        "synthetic-lsoa21-ward24-lad24-best-fit": (
            "LSOA21CD,LSOA21NM,LSOA21NMW,WD24CD,WD24NM,WD24NMW,LAD24CD,LAD24NM,LAD24NMW,ObjectId",
            [[a.code, a.name, "", a.ward.code, a.ward.name, "", a.district.code, a.district.name, "", str(i)]
             for i, a in enumerate(areas, 1)]),
        "synthetic-lsoa11-ward18": (
            "LSOA11CD,LSOA11NM,WD18CD,WD18NM,WD18NMW,LAD18CD,LAD18NM,FID",
            [[a.code, a.name, a.ward.code, a.ward.name, "", a.district.code, a.district.name, str(i)]
             for i, a in enumerate(areas, 1)]),
        "synthetic-lad17-csp17-pfa17": (
            "LAD17CD,LAD17NM,CSP17CD,CSP17NM,PFA17CD,PFA17NM,FID",
            [[d.code, d.name, d.csp, d.name, FORCE, county.county, str(i)] for i, d in enumerate(districts, 1)]),
        "synthetic-ltla24-csp24-pfa24": (
            "ltla24_code,ltla24_name,csp24_code,csp24_name,pfa24_code,pfa24_name",
            [[d.code, d.name, d.csp, d.name, FORCE, county.county] for d in districts]),
        "synthetic-lsoa21-centre-points": (
            "FID,LSOA21CD,GlobalID,x,y",
            [[str(i), a.code, name, f"{a.centre[0]:.4f}", f"{a.centre[1]:.4f}"]
             for i, (a, name) in enumerate(zip(areas, chance.of("ids").identifiers(len(areas), 32), strict=True), 1)]),
    }  # fmt: skip
    return {
        f"{name}.csv": write_csv(folder / f"{name}.csv", header.split(","), rows, mark="LSOA" in header)
        for name, (header, rows) in made.items()
    }


def _present(county: Geography, visits: Mapping[str, int]) -> tuple[list[str], Rows]:
    """Residents and visitors on an average day; a day trip is a third of a day."""

    def rows() -> Rows:
        for district in county.districts:
            trips = visits.get(district.name, visits["others"])
            for year in range(2013, 2017):
                people = str(district.people + trips // 3 // 365)
                yield ["Synthetic visitor estimate", district.code, district.name, str(year), people]

    return ["Population series", "Area code", "Area name", "Year", "People present"], rows()


def _imd2015(county: Geography) -> tuple[list[str], Rows]:
    header = ["lsoa11_code", "lsoa11_name", "lad13_code", "lad13_name", "IMD_score", "IMD_rank", "IMD_decile"]

    def rows() -> Rows:
        for a in county.areas:
            score = 92 * ((32845 - a.rank) / 32844) * ((32845 - a.rank) / 32844)
            yield [a.code, a.name, a.district.code, a.district.name, f"{score:.3f}", str(a.rank), str(a.decile)]

    return header, rows()


def _imd2019(county: Geography) -> tuple[list[str], Rows]:
    domains = ["IMD", "Income", "Employment", "Education", "Health", "Crime", "Housing_and_Access", "Environment"]
    header = ["lsoa11_code", *(f"{name}_decile" for name in domains), *(f"{name}_rank" for name in domains)]

    def rows() -> Rows:
        for a in county.areas:
            # every domain follows the whole, some way off: housing and access the other way round
            ranks = [
                a.rank,
                *(1 + (a.rank + 977 * k * k) % 32844 if k > 5 else min(32844, a.rank + 613 * k) for k in range(1, 8)),
            ]
            yield [a.code, *(str(min(10, 1 + (rank - 1) * 10 // 32844)) for rank in ranks), *map(str, ranks)]

    return header, rows()
