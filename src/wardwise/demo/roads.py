"""Road collisions and casualties of the whole county, in the shape of STATS19 as published for 2015."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .chance import Chance
from .files import write_csv
from .geography import MAIN
from .places import POINTS, Places
from .when import CLOCK

if TYPE_CHECKING:
    from .geography import SmallArea

YEARS = {2013: 1730, 2014: 1790, 2015: 1745, 2016: 1762}
"""Collisions in each year."""

_COLLISIONS = (
    "Accident_Index,Location_Easting_OSGR,Location_Northing_OSGR,Longitude,Latitude,Police_Force,Accident_Severity,"
    "Number_of_Vehicles,Number_of_Casualties,Date,Day_of_Week,Time,Local_Authority_(District),Local_Authority_(Highway),"
    "1st_Road_Class,1st_Road_Number,Road_Type,Speed_limit,Junction_Detail,Junction_Control,2nd_Road_Class,2nd_Road_Number,"
    "Pedestrian_Crossing-Human_Control,Pedestrian_Crossing-Physical_Facilities,Light_Conditions,Weather_Conditions,"
    "Road_Surface_Conditions,Special_Conditions_at_Site,Carriageway_Hazards,Urban_or_Rural_Area,"
    "Did_Police_Officer_Attend_Scene_of_Accident,LSOA_of_Accident_Location"
)
_CASUALTIES = (
    "Accident_Index,Vehicle_Reference,Casualty_Reference,Casualty_Class,Sex_of_Casualty,Age_of_Casualty,"
    "Age_Band_of_Casualty,Casualty_Severity,Pedestrian_Location,Pedestrian_Movement,Car_Passenger,Bus_or_Coach_Passenger,"
    "Pedestrian_Road_Maintenance_Worker,Casualty_Type,Casualty_Home_Area_Type,Casualty_IMD_Decile"
)
COLLISIONS, CASUALTIES = _COLLISIONS.split(","), _CASUALTIES.split(",")
BANDS = (5, 10, 15, 20, 25, 35, 45, 55, 65, 75)
"""Upper ends, exclusive, of STATS19's age bands 1 to 10; 11 is older."""

WAYS, _WEIGHTS = ("9", "1", "3", "5", "8", "11", "19"), (70, 11, 5, 4, 3, 4, 3)
"""STATS19's codes of ways of travelling, but for those on foot, and how often each is drawn: car, bicycle, motorcycles, taxi, bus, van."""


def write(folder: Path, areas: Sequence[SmallArea], places: Places, chance: Chance) -> dict[str, int]:
    """Write Accidents and Casualties for each year; give the rows of each file."""
    done = {}
    for year, size in YEARS.items():
        collisions, casualties = _year(year, size, areas, places, chance.of(str(year)))
        for name, header, rows in (("Accidents", COLLISIONS, collisions), ("Casualties", CASUALTIES, casualties)):
            done[f"{name}_{year}_synthetic.csv"] = write_csv(folder / f"{name}_{year}_synthetic.csv", header, rows)
    return done


def _year(
    year: int, size: int, areas: Sequence[SmallArea], places: Places, chance: Chance
) -> tuple[list[list[str]], list[list[str]]]:
    weights = [3 * small.people if small.district.code == MAIN else 2 * small.people for small in areas]
    first = datetime.date(year, 1, 1)
    draws = zip(
        chance.of("areas").pick(weights, size).tolist(),
        chance.of("points").below(POINTS, size).tolist(),
        sorted(chance.of("days").below(365, size).tolist()),
        (60 * chance.of("hours").pick([1, 1, 1, 0, 0, 1, 2, 5, 8, 6, 5, 6, 7, 7, 7, 9, 10, 10, 8, 6, 4, 3, 3, 2], size)
         + chance.of("minutes").below(60, size)).tolist(),
        chance.of("severity").pick([1, 16, 83], size).tolist(),
        (1 + chance.of("vehicles").pick([32, 58, 8, 2], size)).tolist(),
        (1 + chance.of("casualties").pick([76, 17, 5, 2], size)).tolist(),
        (20 + 10 * chance.of("limits").pick([8, 62, 10, 5, 11, 4], size)).tolist(),
        strict=True,
    )  # fmt: skip
    collisions, casualties = [], []
    for number, (area, point, day, minute, severity, vehicles, people, limit) in enumerate(draws, 1):
        index, date = f"{year}SYN{number:05d}", first + datetime.timedelta(days=day)
        dark = "1" if 7 * 60 <= minute < 19 * 60 else "4"
        collisions.append(
            [index, str(places.easting[area, point]), str(places.northing[area, point]), places.longitude[area][point],
             places.latitude[area][point], "-1", str(severity + 1), str(vehicles), str(people), f"{date:%d/%m/%Y}",
             str(date.isoweekday() % 7 + 1), CLOCK[minute], "-1", areas[area].district.code, "6", "0", "6", str(limit),
             "0", "-1", "-1", "0", "0", "0", dark, "1", "1", "0", "0", "1", "1", areas[area].code]
        )  # fmt: skip
        casualties += _hurt(index, severity + 1, people, chance.of("people", index))
    return collisions, casualties


def _hurt(index: str, severity: int, people: int, chance: Chance) -> list[list[str]]:
    made = []
    for number in range(people):
        age, sex = int(chance.below(60, 1)[0] + chance.below(29, 1)[0]), 1 + int(chance.below(100, 1)[0] >= 58)
        kind = 1 + int(chance.pick([60, 24, 16], 1)[0])
        band = 1 + sum(age >= end + (end > 5) for end in BANDS)
        worst = severity if not number else 3
        on_foot = ("5", "1") if kind == 3 else ("0", "0")
        travelled = "0" if kind == 3 else WAYS[int(chance.of("ways", str(number)).pick(_WEIGHTS, 1)[0])]
        made.append(
            [index, "1", str(number + 1), str(kind), str(sex), str(age), str(band), str(worst), *on_foot,
             "1" if kind == 2 and travelled == "9" else "0", "0", "0", travelled, "-1", "-1"]
        )  # fmt: skip
    return made
