"""Road collisions and casualties, as in STATS19."""

from __future__ import annotations

from ..columns import Column, Sensitivity, Table, Type
from .common import AREA, MONTH, POINT, supply

SEVERITY = ("fatal", "serious", "slight")
ROAD_USERS = ("on foot", "cyclist", "motorcyclist", "car", "bus or coach", "van or lorry", "other")

COLLISIONS = Table(
    "collisions",
    "Road collisions in which someone was injured",
    "one collision reported to the police",
    (
        *supply(MONTH),
        Column("collision_ref", Type.TEXT, "The collision index.", required=True),
        Column("date", Type.DATE, "The day it happened."),
        Column("time", Type.TIME, "The time it happened, HH:MM."),
        Column("severity", Type.TEXT, "The most severe injury.", values=SEVERITY, required=True),
        Column("vehicles", Type.INTEGER, "Vehicles involved.", unit="vehicles", minimum=0),
        Column("casualties", Type.INTEGER, "People injured.", unit="people", minimum=0),
        Column("speed_limit", Type.INTEGER, "Speed limit.", unit="miles per hour"),
        *POINT,
        *AREA,
        Column(
            "authority_code",
            Type.TEXT,
            "The local authority as the police recorded it, which published district totals follow: a district, or in older files the "
            "highway authority, which is the county where there are two tiers. It differs from the small area's district in a few cases.",
        ),
    ),
    "month",
)

CASUALTIES = Table(
    "casualties",
    "People injured in road collisions",
    "one person injured in one collision; joins to its collision by collision_ref",
    (
        *supply(Column("year", Type.TEXT, "The year of the collision.", required=True)),
        Column("collision_ref", Type.TEXT, "The collision index.", required=True),
        Column("casualty_ref", Type.INTEGER, "Number of the casualty within the collision.", unit="number"),
        Column("severity", Type.TEXT, "Severity of the injury.", values=SEVERITY, required=True),
        Column(
            "casualty_class",
            Type.TEXT,
            "Driver or rider, passenger, or pedestrian.",
            values=("driver or rider", "passenger", "pedestrian"),
        ),
        Column(
            "road_user",
            Type.TEXT,
            "How the person was travelling. Car takes in taxis; other takes in horse riders, trams, tractors and mobility scooters.",
            values=ROAD_USERS,
        ),
        Column(
            "adjusted_serious",
            Type.NUMBER,
            "How likely the injury would be graded serious where it is graded by the injuries themselves: the department's severity adjustment. "
            "Empty where it was not supplied.",
            unit="from 0 to 1",
            minimum=0,
            maximum=1,
        ),
        Column(
            "age",
            Type.INTEGER,
            "Age of the casualty.",
            unit="years",
            minimum=0,
            maximum=120,
            sensitivity=Sensitivity.PERSONAL,
        ),
        Column(
            "sex",
            Type.TEXT,
            "Sex of the casualty.",
            values=("female", "male", "other", "unknown"),
            sensitivity=Sensitivity.PERSONAL,
        ),
    ),
    "year",
)
