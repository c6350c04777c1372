"""Places and the people in them: population, deprivation, links between areas, boundaries, centre points, code lists."""

from __future__ import annotations

from ..columns import Column, Table, Type
from .common import supply

YEAR = Column("year", Type.TEXT, "The mid-year the estimate is for.", required=True)
EDITION = Column("edition", Type.TEXT, "The vintage or release, for example 2011-2021 or 2019.", required=True)
CODE = Column("area_code", Type.TEXT, "The area's official code.", required=True)
NAME = Column("area_name", Type.TEXT, "The area's name.")

POPULATION = Table(
    "population",
    "People living in an area",
    "residents of one area, in one year, of one age (or all ages)",
    (
        *supply(YEAR),
        CODE,
        NAME,
        Column("age", Type.TEXT, "all, a single year of age, or 90+.", required=True),
        Column(
            "residents",
            Type.NUMBER,
            "Usual residents, or average people present for a visitor-adjusted series.",
            unit="people",
            required=True,
            minimum=0,
        ),
    ),
    "year",
)

DEPRIVATION = Table(
    "deprivation",
    "English Indices of Deprivation",
    "one domain of one small area in one release",
    (
        *supply(EDITION),
        CODE,
        Column(
            "domain",
            Type.TEXT,
            "overall (the IMD), income, employment, education, health, crime, housing or environment.",
            required=True,
        ),
        Column("score", Type.NUMBER, "The published score; higher is more deprived."),
        Column("rank", Type.INTEGER, "Rank in England; 1 is the most deprived.", unit="rank", minimum=1),
        Column(
            "decile", Type.INTEGER, "Tenth of England; 1 is the most deprived.", unit="tenth", minimum=1, maximum=10
        ),
    ),
    "edition",
)

LEVELS = ("lsoa", "msoa", "ward", "district", "csp", "force", "county", "region", "country")

AREA_LINKS = Table(
    "area_links",
    "Which area lies in which",
    "one area and one larger (or newer) area that it belongs to",
    (
        *supply(EDITION),
        Column("child_code", Type.TEXT, "Code of the smaller or older area.", required=True),
        Column("child_name", Type.TEXT, "Its name."),
        Column("child_level", Type.TEXT, "Its level.", values=LEVELS, required=True),
        Column("child_vintage", Type.TEXT, "The year of its boundaries.", required=True),
        Column("parent_code", Type.TEXT, "Code of the larger or newer area.", required=True),
        Column("parent_name", Type.TEXT, "Its name."),
        Column("parent_level", Type.TEXT, "Its level.", values=LEVELS, required=True),
        Column("parent_vintage", Type.TEXT, "The year of its boundaries.", required=True),
        Column(
            "fit",
            Type.TEXT,
            "exact: the child lies wholly in the parent. best: most of its people do.",
            values=("exact", "best"),
            required=True,
        ),
        Column(
            "change",
            Type.TEXT,
            "For older to newer small areas: U unchanged, S split, M merged, X irregular.",
            values=("U", "S", "M", "X"),
        ),
    ),
    "edition",
)

BOUNDARIES = Table(
    "boundaries",
    "Outlines of areas",
    "the outline of one area, generalised, WGS84",
    (
        *supply(EDITION),
        CODE,
        NAME,
        Column("level", Type.TEXT, "The area's level.", values=LEVELS, required=True),
        Column("parent_code", Type.TEXT, "The district it lies in, where the file says."),
        Column("geometry", Type.BYTES, "Polygon or multipolygon as well-known binary.", required=True),
    ),
    "edition",
)

CENTROIDS = Table(
    "centroids",
    "Population-weighted centre points of small areas",
    "the centre point of one small area",
    (
        *supply(EDITION),
        CODE,
        Column("easting", Type.NUMBER, "Easting on the British National Grid.", unit="metres", required=True),
        Column("northing", Type.NUMBER, "Northing on the British National Grid.", unit="metres", required=True),
    ),
    "edition",
)

CODE_LISTS = Table(
    "code_lists",
    "Published code lists",
    "one code of one list and what it stands for",
    (
        *supply(EDITION),
        Column(
            "list",
            Type.TEXT,
            "The list, for example home-office-offences, or the STATS19 variable light_conditions (its table is the group).",
            required=True,
        ),
        Column("code", Type.TEXT, "The code; empty where the row describes the variable itself."),
        Column("label", Type.TEXT, "What it stands for."),
        Column("subgroup", Type.TEXT, "The subgroup it belongs to."),
        Column("group", Type.TEXT, "The group it belongs to."),
        Column("note", Type.TEXT, "A published note."),
    ),
    "edition",
)
