"""Street files in the shape data.police.uk publishes, made small for tests."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

HEADER = (
    "Crime ID",
    "Month",
    "Reported by",
    "Falls within",
    "Longitude",
    "Latitude",
    "Location",
    "LSOA code",
    "LSOA name",
    "Crime type",
    "Last outcome category",
    "Context",
)


def row(month: str = "2022-10", number: int = 0, **changes: str) -> dict[str, str]:
    """One crime. `changes` are by heading, with underscores for spaces: crime_type="Burglary"."""
    force = "Lancashire Constabulary"
    values = [
        f"{number:064x}",
        month,
        force,
        force,
        "-3.05",
        "53.81",
        "On or near Park Road",
        "E01012607",
        "Blackpool 001A",
        "Burglary",
        "Under investigation",
        "",
    ]
    made = dict(zip(HEADER, values, strict=True))
    titles = {heading.casefold().replace(" ", "_"): heading for heading in HEADER}
    return made | {titles[key]: value for key, value in changes.items()}


def rows(count: int, month: str = "2022-10", **changes: str) -> list[dict[str, str]]:
    return [row(month, number, **changes) for number in range(count)]


def text(
    given: Iterable[Mapping[str, str]], header: Iterable[str] = HEADER, end: str = "\n", delimiter: str = ","
) -> str:
    """The file as text."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(header), lineterminator=end, delimiter=delimiter, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(given)
    return out.getvalue()
