"""The force's own extracts as rows of text: offences, anti-social behaviour and hate incidents, in the partner-file layout."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .when import CLOCK, written

if TYPE_CHECKING:
    from .geography import SmallArea
    from .incidents import Incidents
    from .offences import Offences
    from .places import Places
    from .targets import Demo

FLAGS = {
    "Domestic": "domestic",
    "Alcohol": "alcohol",
    "Drugs": "drugs",
    "Hate race": "hate_race",
    "Hate religion": "hate_religion",
    "Hate sexual orientation": "hate_sexual_orientation",
    "Hate disability": "hate_disability",
    "Hate transgender": "hate_transgender",
    "Online": "online",
    "Social media": "social_media",
    "Non-recent": "non_recent",
    "Victim under 16": "victim_under_16",
    "Knife": "knife",
    "Night-time economy": "night_time_economy",
}
OFFENCES = [
    "Force", "Crime reference", "Reported date", "Occurred from", "Occurred to", "Time from", "Time to", "Offence code",
    "Offence", "Offence subgroup", "Offence group", "Local category", "Area code", "Area name", "Easting", "Northing",
    *FLAGS, "Victim reference", "Victim age", "Victim sex", "Offender reference", "Offender age", "Offender sex",
]  # fmt: skip
ASB = [
    "Force", "Incident reference", "Reported date", "Reported time", "ASB type", "Area code", "Area name", "Easting",
    "Northing", "Street", "Caller reference", "Alcohol", "Drugs",
]  # fmt: skip
HATE = [
    "Force", "Incident reference", "Reported date", "Reported time", "Hate incident type", "Area code", "Area name", "Street",
]  # fmt: skip
SEX = {0: "F", 1: "M", -1: ""}


def offences(
    made: Offences, demo: Demo, areas: Sequence[SmallArea], places: Places, force: str
) -> list[tuple[str, ...]]:
    """One row of text for each offence, headed by OFFENCES."""
    size = len(made)
    when = made.times
    flags = [
        ["NY"[yes] for yes in (made.domestic if f == "domestic" else made.flags[f]).tolist()] for f in FLAGS.values()
    ]
    codes = [
        (demo.lines[i], demo.lines[i].codes[k]) for i, k in zip(made.line.tolist(), made.code.tolist(), strict=True)
    ]
    return list(
        zip(
            [force] * size,
            [f"SYN-{number:06d}" for number in range(1, size + 1)],
            written(when.reported),
            written(when.first),
            written(when.last),
            [CLOCK[minute] for minute in when.from_minute.tolist()],
            [CLOCK[minute] for minute in when.to_minute.tolist()],
            [code.code for _, code in codes],
            [code.offence for _, code in codes],
            [code.subgroup for _, code in codes],
            [line.group for line, _ in codes],
            [line.category for line, _ in codes],
            *_known(made, areas, places),
            *flags,
            _people("SYN-V", made.victim),
            _ages(made.victim_age),
            [SEX[sex] for sex in made.victim_sex.tolist()],
            _people("SYN-O", made.offender),
            _ages(made.offender_age),
            [SEX[sex] for sex in made.offender_sex.tolist()],
            strict=True,
        )
    )


def _people(prefix: str, people: Any) -> list[str]:
    return [f"{prefix}-{person + 1:05d}" if person >= 0 else "" for person in people.tolist()]


def _ages(ages: Any) -> list[str]:
    return [str(age) if age >= 0 else "" for age in ages.tolist()]


def _where(made: Offences | Incidents, areas: Sequence[SmallArea], places: Places) -> list[list[str]]:
    spots = made.area.tolist()
    return [
        [areas[spot].code for spot in spots],
        [areas[spot].name for spot in spots],
        list(map(str, places.easting[made.area, made.address].tolist())),
        list(map(str, places.northing[made.area, made.address].tolist())),
    ]


def _known(made: Offences, areas: Sequence[SmallArea], places: Places) -> list[list[str]]:
    """Where each offence happened; only the district where no more is known."""
    district = areas[0].district
    instead = (district.code, district.name, "", "")
    unplaced = made.flags["unplaced"].tolist()
    return [
        [other if lost else text for text, lost in zip(column, unplaced, strict=True)]
        for column, other in zip(_where(made, areas, places), instead, strict=True)
    ]


def incidents(
    made: Incidents, prefix: str, areas: Sequence[SmallArea], places: Places, force: str
) -> tuple[list[str], ...]:
    """Columns that both incident files have: force, reference, date, time, kind, area code, area name, easting, northing, street."""
    order = range(len(made))
    streets = [
        places.street[spot][at % len(places.street[spot])]
        for spot, at in zip(made.area.tolist(), made.address.tolist(), strict=True)
    ]
    return (
        [force for _ in order],
        [f"{prefix}-{number:05d}" for number in range(1, len(made) + 1)],
        written(made.day),
        [CLOCK[minute] for minute in made.minute.tolist()],
        [made.kinds[kind] for kind in made.kind.tolist()],
        *_where(made, areas, places),
        streets,
    )


def asb(made: Incidents, areas: Sequence[SmallArea], places: Places, force: str) -> list[tuple[str, ...]]:
    """One row of text for each incident, headed by ASB."""
    columns = incidents(made, "SYN-ASB", areas, places, force)
    flags = (["NY"[yes] for yes in column.tolist()] for column in (made.alcohol, made.drugs))
    return list(zip(*columns, _people("SYN-C", made.caller), *flags, strict=True))


def hate(made: Incidents, areas: Sequence[SmallArea], places: Places, force: str) -> list[tuple[str, ...]]:
    """One row of text for each incident, headed by HATE: with its small area, without its point."""
    columns = incidents(made, "SYN-HATE", areas, places, force)
    return list(zip(*columns[:7], columns[9], strict=True))
