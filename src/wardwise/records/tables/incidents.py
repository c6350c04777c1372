"""Incidents that services are called to, and what partners only total."""

from __future__ import annotations

from ..columns import Column, Sensitivity, Table, Type
from .common import AREA, COUNT, EXACT_POINT, MONTH, supply

INCIDENTS = Table(
    "incidents",
    "Incidents reported to a service",
    "one incident: an ASB call, a hate incident, a fire, an ambulance call, a hospital admission, a school exclusion",
    (
        *supply(MONTH),
        Column(
            "incident_ref", Type.TEXT, "The service's reference, or its pseudonym.", sensitivity=Sensitivity.RESTRICTED
        ),
        Column(
            "service",
            Type.TEXT,
            "The kind of service: police, council, fire, ambulance, hospital, school.",
            required=True,
        ),
        Column(
            "category",
            Type.TEXT,
            "What kind of incident, in canonical words, for example anti-social behaviour.",
            required=True,
        ),
        Column("subcategory", Type.TEXT, "The service's own heading, for example Nuisance."),
        Column("reported_date", Type.DATE, "The day it was reported.", sensitivity=Sensitivity.RESTRICTED),
        Column(
            "occurred_date",
            Type.DATE,
            "The day it happened, where the service says.",
            sensitivity=Sensitivity.RESTRICTED,
        ),
        Column("time", Type.TIME, "The time of day, HH:MM."),
        *EXACT_POINT,
        Column("location", Type.TEXT, "A street or outward postcode, as supplied.", sensitivity=Sensitivity.RESTRICTED),
        *AREA,
        Column("alcohol", Type.FLAG, "Alcohol was a factor. Empty where the source does not say."),
        Column("drugs", Type.FLAG, "Drugs were a factor. Empty where the source does not say."),
        Column(
            "caller_ref",
            Type.TEXT,
            "A pseudonym of the person who called, or whom the incident is about; the same in each of the person's records. Never a name.",
            sensitivity=Sensitivity.RESTRICTED,
        ),
        Column(
            "age",
            Type.INTEGER,
            "Age of the person concerned.",
            unit="years",
            minimum=0,
            maximum=120,
            sensitivity=Sensitivity.PERSONAL,
        ),
        Column(
            "sex",
            Type.TEXT,
            "Sex of the person concerned.",
            values=("female", "male", "other", "unknown"),
            sensitivity=Sensitivity.PERSONAL,
        ),
    ),
    "month",
)

PUBLISHED_SERIES = Table(
    "published_series",
    "Published totals, for sources that give no records",
    "one total of one category in one area and period",
    (
        *supply(MONTH),
        Column(
            "months",
            Type.INTEGER,
            "How many months the total covers, beginning with `month`.",
            unit="months",
            required=True,
            minimum=1,
            maximum=120,
        ),
        *AREA,
        Column("series", Type.TEXT, "What is counted, for example Domestic Abuse.", required=True),
        Column("offence_code", Type.TEXT, "Home Office offence code, where the series has one."),
        Column("detail", Type.TEXT, "A further split, for example the outcome type."),
        Column(
            "count",
            Type.INTEGER,
            "How many. 0 is a stated none; a cell left empty makes no row. Below 0 where the publisher corrects an earlier total.",
            unit="records",
            required=True,
        ),
    ),
    "month",
)

SERVICE_RETURNS = Table(
    "service_returns",
    "Totals returned by partner services",
    "one number returned by one service for one area and period; a none is stated as 0",
    (
        *supply(MONTH),
        Column(
            "months",
            Type.INTEGER,
            "How many months the number covers, beginning with `month`.",
            unit="months",
            required=True,
            minimum=1,
            maximum=120,
        ),
        *AREA,
        Column("service", Type.TEXT, "The service or panel, for example MARAC.", required=True),
        Column("measure", Type.TEXT, "What is counted, for example cases listed.", required=True),
        COUNT,
        Column("note", Type.TEXT, "What the service says about the number."),
    ),
    "month",
)
