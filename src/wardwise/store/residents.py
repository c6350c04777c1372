"""How many people live in an area: the denominators, with the series and the year that were really used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ..areas import Places
from ..areas.links import rank
from ..definitions import find
from ..records.errors import WardwiseError
from .snapshot import Snapshot

VISITORS = "visitor"
"""A source with this word in its name counts people present, not residents; it is used only where asked for."""


class Residents(NamedTuple):
    """number: people at mid-year. series: the source that gave it. year: the one really used.

    note: empty, or words for the reader when that is not the year asked for.
    """

    number: float
    series: str
    year: str
    note: str = ""


Years = Mapping[str, float]

_SUMS = """
WITH wanted AS (SELECT unnest($members) AS member, unnest($areas) AS area, unnest($levels) AS level),
people AS (
    SELECT source, area_code, year, coalesce(sum(residents) FILTER (age = 'all'), sum(residents)) AS number
    FROM population WHERE contains(source, $word) = $adjusted GROUP BY source, area_code, year
)
SELECT area, source, level, year, sum(number) FROM people JOIN wanted ON area_code = member GROUP BY ALL
"""


def residents(
    snapshot: Snapshot, places: Places, codes: Sequence[str], years: Iterable[str], *, adjusted: bool = False
) -> dict[tuple[str, str], Residents]:
    """People in each area for each year asked for (text, YYYY). Areas that nobody gives a number for are left out.

    All years of an area come from one series, so that a change of series is never a change in people: the one with most years;
    of equals the one given for larger areas. A series of small areas is added up, each once. A year that is not held takes the
    nearest earlier one and says so; before the first held year, the first. adjusted: people present on an average day, from a
    visitor-adjusted series where one is held, else estimated from `areas/visitors.yaml` for the areas that it names.
    """
    asked = tuple(dict.fromkeys(years))
    series = _series(snapshot, places, codes, adjusted)
    if adjusted:
        lacking = [code for code in codes if code not in series]
        return {**_estimated(snapshot, places, lacking, asked), **_chosen(series, asked)}
    return _chosen(series, asked)


def _chosen(
    series: Mapping[str, Mapping[tuple[str, int], Years]], asked: Sequence[str]
) -> dict[tuple[str, str], Residents]:
    found: dict[tuple[str, str], Residents] = {}
    for code, held in series.items():
        name, by_year = _best(held)
        for year in asked:
            used = max((other for other in by_year if other <= year), default=min(by_year))
            note = "" if used == year else f"The population of mid-{used} is used for {year}."
            found[code, year] = Residents(by_year[used], name, used, note)
    return found


def visitors(own: Path | None = None) -> dict[str, float]:
    """For each area in `areas/visitors.yaml`, the average number of visitors present on a day: visits × nights / 365.

    Raises WardwiseError when an entry lacks a number.
    """
    path = next((path for path in find.files("areas", own) if path.stem == "visitors"), None)
    entries = find.read(path).get("places", []) if path else []
    try:
        return {str(each["area"]): float(each["visits"]) * float(each["nights"]) / 365 for each in entries}
    except (KeyError, TypeError, ValueError) as error:
        raise WardwiseError(
            "An entry does not give its area, visits and nights as numbers.",
            where=str(path),
            next_step="Follow the entry of the shipped file.",
        ) from error


def _estimated(
    snapshot: Snapshot, places: Places, codes: Sequence[str], asked: Sequence[str]
) -> dict[tuple[str, str], Residents]:
    daily = visitors(snapshot.folder / "definitions")
    known = residents(snapshot, places, [code for code in codes if code in daily], asked)
    return {
        (code, year): found._replace(
            number=found.number + daily[code],
            note=f"{found.note} An estimate: residents, and visitors on an average day ({daily[code]:,.0f}).".strip(),
        )
        for (code, year), found in known.items()
    }


def _series(
    snapshot: Snapshot, places: Places, codes: Sequence[str], adjusted: bool
) -> dict[str, dict[tuple[str, int], Years]]:
    """For each area: (source, how small its areas are) -> people by year."""
    pairs = places.members(codes)
    given = {
        "members": [member for member, _ in pairs],
        "areas": [area for _, area in pairs],
        "levels": [rank(places.level(member)) for member, _ in pairs],
        "word": VISITORS,
        "adjusted": adjusted,
    }
    found: dict[str, dict[tuple[str, int], dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for area, source, level, year, number in snapshot.connection().execute(_SUMS, given).fetchall():
        found[area][source, level][year] = number
    return {area: dict(series) for area, series in found.items()}


def _best(held: Mapping[tuple[str, int], Years]) -> tuple[str, Years]:
    source, level = min(held, key=lambda one: (-len(held[one]), -one[1], one[0]))
    return source, held[source, level]
