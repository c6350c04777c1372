"""How many people live in an area: the denominators, with the series and the year that were really used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..areas import Places
from ..areas.links import rank
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
    nearest earlier one and says so; before the first held year, the first. adjusted: people present on an average day, where a
    visitor-adjusted series is held.
    """
    series = _series(snapshot, places, codes, adjusted)
    asked = tuple(dict.fromkeys(years))
    found: dict[tuple[str, str], Residents] = {}
    for code, held in series.items():
        name, by_year = _best(held)
        for year in asked:
            used = max((other for other in by_year if other <= year), default=min(by_year))
            note = "" if used == year else f"The population of mid-{used} is used for {year}."
            found[code, year] = Residents(by_year[used], name, used, note)
    return found


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
