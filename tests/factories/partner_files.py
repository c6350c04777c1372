"""Small partner files in the official shapes, made up: one district of two small areas, policed by one force."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.factories.street import HEADER as STREET
from wardwise.records.periods import Period

DISTRICT = "Z06000001"
FORCE = "Z23000001"
SMALL_AREAS = ("Z01000001", "Z01000002")


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
    return path


def street_row(month: str, crime_type: str, number: int, *, area: str = SMALL_AREAS[0]) -> list[object]:
    """One street row; `number` makes its Crime ID (ASB has none)."""
    name = f"Sandhaven 001{'AB'[SMALL_AREAS.index(area)]}" if area else ""
    crime_id = "" if crime_type == "Anti-social behaviour" else f"{number:064x}"
    force = "Sandhaven Constabulary"
    point = (-30.01, 53.01) if area else ("", "")
    where = "On or near Made-up Road" if area else "No Location"
    return [crime_id, month, force, force, *point, where, area, name, crime_type, "Under investigation", ""]


def street_file(folder: Path, month: str, counts: dict[str, int], unplaced: int = 0) -> Path:
    """A street file of one month with `counts` rows of each crime type, and some thefts that have no place."""
    rows = [
        street_row(month, kind, hash_of(month, kind, i), area=SMALL_AREAS[i % 2])
        for kind, n in counts.items()
        for i in range(n)
    ]
    rows += [street_row(month, "Other theft", hash_of(month, "x", i), area="") for i in range(unplaced)]
    return write_csv(folder / month / f"{month}-sandhaven-street.csv", STREET, rows)


def hash_of(month: str, kind: str, i: int) -> int:
    return abs(int.from_bytes(f"{month}{kind}{i}".encode(), "big")) % (1 << 250)


def look_ups(folder: Path) -> list[Path]:
    """Which small area lies in which district, and which force polices it."""
    exact = ["LSOA11CD", "LSOA11NM", "LSOA21CD", "LSOA21NM", "CHGIND", "LAD22CD", "LAD22NM", "LAD22NMW", "ObjectId"]
    rows = [
        [code, f"Sandhaven 001{'AB'[i]}", code, f"Sandhaven 001{'AB'[i]}", "U", DISTRICT, "Sandhaven", "", i]
        for i, code in enumerate(SMALL_AREAS)
    ]
    csp = '"ltla24_code","ltla24_name","csp24_code","csp24_name","pfa24_code","pfa24_name"'.replace('"', "").split(",")
    return [
        write_csv(folder / "exact-fit.csv", exact, rows),
        write_csv(folder / "csp.csv", csp, [[DISTRICT, "Sandhaven", "Z22000001", "Sandhaven", FORCE, "Sandhaven"]]),
    ]


def archive(folder: Path, period: Period, leave_out: Sequence[str] = ()) -> list[Path]:
    """Street files for every month of a period: 10 to 15 burglaries, 20 ASB, 3 robberies a month."""
    return [
        street_file(folder, month, {"Burglary": 10 + i % 6, "Anti-social behaviour": 20, "Robbery": 3}, unplaced=1)
        for i, month in enumerate(period.months())
        if month not in leave_out
    ]
