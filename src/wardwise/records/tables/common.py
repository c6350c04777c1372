"""Columns that several tables share, so that the same thing has the same name and meaning everywhere."""

from __future__ import annotations

from ..columns import Column, Sensitivity, Type


def supply(period: Column) -> tuple[Column, ...]:
    """The three columns that say which supply a row came in: source, supplier, and the period replaced as one."""
    return (
        Column(
            "source", Type.TEXT, "The declaration that read the row, for example police-street-crime.", required=True
        ),
        Column(
            "supplier",
            Type.TEXT,
            "Who supplied it: a force, council or service, in lower case with hyphens.",
            required=True,
        ),
        period,
    )


MONTH = Column(
    "month",
    Type.MONTH,
    "The month in which it was recorded or reported to the supplier. Never made into a day.",
    required=True,
)

AREA = (
    Column(
        "area_code",
        Type.TEXT,
        "The smallest official area the source gives, or that its coordinates fall in: an LSOA; a ward, district or force where it gives no more. Empty when not placed.",
    ),
    Column("area_name", Type.TEXT, "That area's name, as the source spells it."),
)

POINT = (
    Column(
        "longitude",
        Type.NUMBER,
        "Longitude (WGS84). Public files give a snapped point, never an address.",
        unit="degrees",
        minimum=-180,
        maximum=180,
    ),
    Column("latitude", Type.NUMBER, "Latitude (WGS84).", unit="degrees", minimum=-90, maximum=90),
)

EXACT_POINT = tuple(
    Column(c.name, c.type, c.meaning, c.unit, minimum=c.minimum, maximum=c.maximum, sensitivity=Sensitivity.RESTRICTED)
    for c in POINT
)

COUNT = Column(
    "count",
    Type.INTEGER,
    "How many. 0 is a stated none; a cell left empty makes no row.",
    unit="records",
    required=True,
    minimum=0,
)
