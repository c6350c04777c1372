"""data.police.uk street files of the synthetic force, in the official layout: every district, one file a month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .chance import Chance, share_out
from .files import write_csv
from .places import POINTS, Places
from .targets import PERIOD

if TYPE_CHECKING:
    import numpy as np

    from .geography import Geography
    from .incidents import Incidents
    from .offences import Offences
    from .series import Totals
    from .targets import Demo

    Whole = np.ndarray[Any, np.dtype[np.int64]]

_HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)
HEADER = _HEADER.split(",")
TYPES = (
    "Anti-social behaviour",
    "Bicycle theft",
    "Burglary",
    "Criminal damage and arson",
    "Drugs",
    "Other crime",
    "Other theft",
    "Possession of weapons",
    "Public order",
    "Robbery",
    "Shoplifting",
    "Theft from the person",
    "Vehicle crime",
    "Violence and sexual offences",
)
ELSEWHERE: Mapping[str, Mapping[str, int]] = {
    "violence": {"Violence and sexual offences": 1},
    "sexual": {"Violence and sexual offences": 1},
    "asb": {"Anti-social behaviour": 1},
    "theft": {"Burglary": 22, "Vehicle crime": 21, "Bicycle theft": 5, "Theft from the person": 3, "Shoplifting": 25, "Other theft": 24},
    "other": {"Robbery": 4, "Drugs": 13, "Criminal damage and arson": 58, "Possession of weapons": 3, "Public order": 18, "Other crime": 4},
}  # fmt: skip
"""Of the other districts' crime of each kind, how much is of each type."""

OUTCOMES = {
    "Investigation complete; no suspect identified": 48,
    "Unable to prosecute suspect": 22,
    "Status update unavailable": 9,
    "Local resolution": 5,
    "Offender given a caution": 5,
    "Suspect charged as part of another case": 1,
    "Offender given penalty notice": 2,
    "Court result unavailable": 4,
    "Awaiting court outcome": 4,
}
NOWHERE = {"Theft from the person": 143, "Burglary": 101}
"""Rows without a location, of a thousand, by type; 45 for the rest. As in a county's published files of 2018 to 2022."""


@dataclass(frozen=True)
class Rows:
    """Columns of equal length: type, month, area and point are numbers from 0."""

    type: Whole
    month: Whole
    area: Whole
    point: Whole


def of_main(demo: Demo, offences: Offences, asb: Incidents) -> Rows:
    """The main district's rows: one for each offence and each ASB incident, at the public point of its address."""
    import numpy as np

    kinds = np.array([TYPES.index(line.street) for line in demo.lines])
    return Rows(
        np.concatenate([kinds[offences.line], np.full(len(asb), TYPES.index("Anti-social behaviour"))]),
        np.concatenate([offences.month, asb.month]),
        np.concatenate([offences.area, asb.area]),
        np.concatenate([offences.address, asb.address]) % POINTS,
    )


def of_others(county: Geography, totals: Totals, chance: Chance) -> Rows:
    """The other districts' rows, as many in each month as their totals say."""
    import numpy as np

    weights = np.array([small.weight for small in county.areas])
    made: list[tuple[Whole, Whole, Whole]] = []
    for district in county.districts[1:]:
        places = np.array([i for i, small in enumerate(county.areas) if small.district.code == district.code])
        for kind, types in ELSEWHERE.items():
            series = totals[district.code, kind]
            by_type = share_out(sum(series), list(types.values()))
            drawn = chance.of(district.code, kind)
            made.append(
                (
                    np.array([TYPES.index(name) for name in types])[drawn.of("types").deal(by_type)],
                    np.repeat(np.arange(len(series)), series),
                    places[drawn.of("areas").pick(weights[places].tolist(), sum(series))],
                )
            )
    kind_, month, area = (np.concatenate([part[i] for part in made]) for i in range(3))
    return Rows(kind_, month, area, chance.of("points").below(POINTS, len(kind_)))


def slug(county: Geography) -> str:
    """The force as it is spelt in the names of data.police.uk files."""
    return county.county.lower().replace("(", "").replace(")", "").replace(" ", "-")


def write(folder: Path, county: Geography, places: Places, rows: Sequence[Rows], chance: Chance) -> dict[str, int]:
    """Write YYYY-MM/YYYY-MM-force-street.csv for every month; give the rows of each."""
    import numpy as np

    kind, month, area, point = (np.concatenate([getattr(part, name) for part in rows]) for name in Rows.__annotations__)
    size = len(kind)
    nowhere = np.array([NOWHERE.get(name, 45) for name in TYPES])[kind] > chance.of("nowhere").below(1000, size)
    outcome = chance.of("outcomes").pick(list(OUTCOMES.values()), size)
    area = np.where(nowhere, -1, area)
    order = np.lexsort((point, area, nowhere, month))
    ends = np.searchsorted(month[order], np.arange(PERIOD.length + 1))
    done = {}
    for i, name in enumerate(PERIOD.months()):
        here = order[ends[i] : ends[i + 1]]
        picked = (column[here].tolist() for column in (kind, area, point, outcome))
        identifiers = chance.of("ids", name).identifiers(len(here))
        file = f"{name}-{slug(county)}-street.csv"
        lines = _lines(county, places, name, identifiers, *picked)
        done[file] = write_csv(folder / name / file, HEADER, lines)
    return done


def _lines(county: Geography, places: Places, month: str, ids: list[str], *columns: list[int]) -> list[tuple[str, ...]]:
    outcomes = tuple(OUTCOMES)
    areas = [(small.code, small.name) for small in county.areas]
    made: list[tuple[str, ...]] = []
    for identifier, kind, area, point, outcome in zip(ids, *columns, strict=True):
        where = ("", "", "No Location", "", "")
        if area >= 0:
            street = f"On or near {places.street[area][point]}"
            where = (places.longitude[area][point], places.latitude[area][point], street, *areas[area])
        known = (identifier, outcomes[outcome]) if kind else ("", "")
        made.append((known[0], month, county.force, county.force, *where, TYPES[kind], known[1], ""))
    return made
