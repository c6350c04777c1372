"""Events that services other than the police send: fires, ambulance calls, hospital admissions, council cases, exclusions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from . import counts, people
from .chance import Chance, share_out
from .incidents import Incidents, placed
from .records import incidents
from .targets import PERIOD, Demo
from .when import CLOCK

if TYPE_CHECKING:
    from .geography import Geography, SmallArea
    from .places import Places

Rows = tuple[list[str], list[tuple[str, ...]]]


def feeds(demo: Demo, areas: Sequence[SmallArea], spots: Places, chance: Chance) -> dict[str, Rows]:
    """Header and rows of each service's file, by the file's name without its ending."""
    return {
        told["file"]: _feed(demo, told, areas, spots, chance.of(told["file"])) for told in demo.services["services"]
    }


def _feed(demo: Demo, told: Mapping[str, Any], areas: Sequence[SmallArea], spots: Places, chance: Chance) -> Rows:
    made = _events(demo, told, areas, chance)
    [(heading, supplier)] = told["supplier"].items()
    columns = incidents(made, told["prefix"], areas, spots, supplier)
    names = [heading, told["reference"], told["date"], told.get("time"), told["of"]]
    names += [
        "Area code",
        "Area name",
        *(("Easting", "Northing") if "street" in told else ("", "")),
        told.get("street"),
    ]
    table = {name: column for name, column in zip(names, columns, strict=True) if name}
    for flag, percent in told.get("percent", {}).items():
        table[flag] = ["NY"[yes] for yes in (chance.of(flag).below(100, len(made)) < percent).tolist()]
    if "people" in told:
        table["Age"] = list(map(str, people.ages(told["people"], len(made), chance.of("ages")).tolist()))
        table["Sex"] = ["FM"[man] for man in (chance.of("sexes").below(100, len(made)) < 62).tolist()]
    return list(table), list(zip(*table.values(), strict=True))


def _events(demo: Demo, told: Mapping[str, Any], areas: Sequence[SmallArea], chance: Chance) -> Incidents:
    import numpy as np

    kinds = told["year"]
    totals = [number * PERIOD.length // 12 for number in kinds.values()]
    known = demo.services["seasons"]
    months = counts.season(known.get(told["when"], demo.seasons["other"]), PERIOD, chance.of("season"), 9)
    month = np.repeat(np.arange(PERIOD.length), share_out(sum(totals), months))
    pattern = demo.services["patterns"].get(told["when"]) or demo.patterns[told["when"]]
    return placed(tuple(kinds), chance.of("kinds").deal(totals), month, areas, chance, pattern)


SEARCH = [
    "Type", "Date", "Part of a policing operation", "Policing operation", "Latitude", "Longitude", "Gender", "Age range",
    "Self-defined ethnicity", "Officer-defined ethnicity", "Legislation", "Object of search", "Outcome",
    "Outcome linked to object of search", "Removal of more than just outer clothing",
]  # fmt: skip


def searches(demo: Demo, county: Geography, spots: Places, chance: Chance) -> dict[str, Rows]:
    """Stop and search of the county as data.police.uk publishes it: header and rows for each month."""
    import numpy as np

    told = demo.services["searches"]
    months = counts.season(demo.seasons["other"], PERIOD, chance.of("season"), 12)
    month = np.repeat(np.arange(PERIOD.length), share_out(told["month"] * PERIOD.length, months))
    made = placed(("",), month * 0, month, county.areas, chance, demo.patterns["evening"])
    days = np.datetime_as_string(made.day.astype("datetime64[D]")).tolist()
    spot = [
        (spots.latitude[a][n % 9], spots.longitude[a][n % 9])
        for a, n in zip(made.area.tolist(), made.address.tolist(), strict=True)
    ]
    table: dict[str, list[str]] = {
        "Date": [f"{day}T{CLOCK[minute]}:00+00:00" for day, minute in zip(days, made.minute.tolist(), strict=True)],
        "Latitude": [latitude for latitude, _ in spot],
        "Longitude": [longitude for _, longitude in spot],
    }
    for name, values in told.items():
        if name != "month":
            words = list(values)
            table[name] = [words[i] for i in chance.of(name).pick(list(values.values()), len(made)).tolist()]
    blank = [""] * len(made)
    rows = list(zip(*(table.get(name, blank) for name in SEARCH), strict=True))
    ends = np.searchsorted(month, np.arange(PERIOD.length + 1)).tolist()
    return {name: (SEARCH, rows[ends[i] : ends[i + 1]]) for i, name in enumerate(PERIOD.months())}
