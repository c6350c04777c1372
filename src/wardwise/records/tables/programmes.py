"""People and families on programmes, one row each, and those they are compared with."""

from __future__ import annotations

from ..columns import Column, Sensitivity, Table, Type
from .common import AREA, MONTH, supply

PROGRAMME_PEOPLE = Table(
    "programme_people",
    "People and families on programmes",
    "one person or family on one programme, or in its comparison group; `month` is the one in which they started",
    (
        *supply(MONTH),
        Column(
            "person_ref",
            Type.TEXT,
            "The service's pseudonym of the person or family.",
            sensitivity=Sensitivity.RESTRICTED,
        ),
        Column("programme", Type.TEXT, "The programme, warning or order, for example Step Up.", required=True),
        Column(
            "part",
            Type.TEXT,
            "Whether they took part, or are someone to compare with.",
            values=("took part", "comparison"),
            required=True,
        ),
        *AREA,
        Column(
            "event_month",
            Type.MONTH,
            "Month of the first event that the programme is to prevent. Empty where none has happened.",
            sensitivity=Sensitivity.PERSONAL,
        ),
        Column("followed_to", Type.MONTH, "The last month for which it is known whether it happened.", required=True),
        Column("sessions", Type.INTEGER, "Sessions offered.", unit="sessions", minimum=0, maximum=200),
        Column("attended", Type.INTEGER, "Sessions attended.", unit="sessions", minimum=0, maximum=200),
        Column(
            "age",
            Type.INTEGER,
            "Age at the start.",
            unit="years",
            minimum=0,
            maximum=120,
            sensitivity=Sensitivity.PERSONAL,
        ),
        Column("earlier", Type.INTEGER, "Events in the year before the start.", unit="events", minimum=0, maximum=500),
        Column(
            "need", Type.INTEGER, "The service's score of need at the start.", unit="points", minimum=0, maximum=1000
        ),
    ),
    "month",
)
