"""Areas and links straight from the published look-ups, read with the standard library only."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from wardwise.areas import Area, Link, Places

_LOOKUPS = {
    # part of the file's name: child column and level, then (parent column, level, exact)
    "Exact_Fit": [("LSOA11CD", "lsoa", "2011"), ("LSOA21CD", "lsoa", "2021"), ("LAD22CD", "district", "2022")],
    "(2024)": [("LSOA21CD", "lsoa", "2021"), ("WD24CD", "ward", "2024"), ("LAD24CD", "district", "2024")],
    "2018_Lookup": [("LSOA11CD", "lsoa", "2011"), ("WD18CD", "ward", "2018"), ("LAD18CD", "district", "2018")],
    "WD21": [("LSOA11CD", "lsoa", "2011"), ("WD21CD", "ward", "2021"), ("LAD21CD", "district", "2021")],
    "CSP_to_PFA": [("LAD17CD", "district", "2017"), ("CSP17CD", "csp", "2017"), ("PFA17CD", "force", "2017")],
}


def _rows(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    with zipfile.ZipFile(folder / "ons-lookups.zip") as archive:
        for part in _LOOKUPS:
            member = next(name for name in archive.namelist() if part in name)
            with archive.open(member) as file:
                for row in csv.DictReader(io.TextIOWrapper(file, "utf-8-sig")):
                    yield part, row


def published_places(folder: Path) -> Places:
    """Places from `ons-lookups.zip` in `folder`."""
    areas: dict[str, Area] = {}
    links: dict[tuple[str, str], Link] = {}

    def link(child: str, parent: str, level: str, year: str, exact: bool, change: str = "") -> None:
        held = links.get((child, parent), Link(child, parent, level, "", exact, change))
        years = " ".join(sorted({*held.vintages.split(), year}))
        links[child, parent] = held._replace(vintages=years, exact=held.exact or exact)

    for part, row in _rows(folder):
        columns = _LOOKUPS[part]
        for column, level, vintage in columns:
            held = areas[row[column]].vintages.split() if row[column] in areas else []
            name = row[column.replace("CD", "NM")]
            areas[row[column]] = Area(row[column], name, level, " ".join(sorted({*held, vintage})))
        (first, _, _), (second, middle, year), (third, top, top_year) = columns
        change = row.get("CHGIND", "")
        link(row[first], row[second], middle, year, part in ("Exact_Fit", "CSP_to_PFA"), change)
        link(row[second], row[third], top, top_year, True)
        link(row[first], row[third], top, top_year, part in ("Exact_Fit", "CSP_to_PFA"))
    return Places(areas.values(), links.values(), held=("ONS look-ups",))
