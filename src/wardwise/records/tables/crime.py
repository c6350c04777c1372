"""Recorded crime: public street rows, their outcomes, a force's own offence extract, and stop and search."""

from __future__ import annotations

from ..columns import Column, Sensitivity, Table, Type
from .common import AREA, EXACT_POINT, MONTH, POINT, supply

STREET_CRIME = Table(
    "street_crime",
    "Street-level crime and ASB as published by data.police.uk",
    "one row of a data.police.uk street file: a recorded crime, or a report of anti-social behaviour, moved to a nearby public point",
    (
        *supply(MONTH),
        Column(
            "crime_id",
            Type.BYTES,
            "The published Crime ID (32 bytes). Empty for ASB. Not unique: never used to drop a row.",
        ),
        Column("falls_within", Type.TEXT, "The force whose area it falls in, as published."),
        *POINT,
        Column("location", Type.TEXT, "The published description of the point, for example On or near Park Road."),
        *AREA,
        Column("crime_type", Type.TEXT, "The data.police.uk category, as published that month.", required=True),
        Column(
            "last_outcome", Type.TEXT, "The last outcome category when the file was downloaded, not at the month's end."
        ),
    ),
    "month",
)

OUTCOMES = Table(
    "outcomes",
    "Outcomes as published by data.police.uk",
    "one outcome of one recorded crime",
    (
        *supply(MONTH),
        Column("crime_id", Type.BYTES, "The published Crime ID (32 bytes)."),
        Column("falls_within", Type.TEXT, "The force whose area it falls in, as published."),
        *POINT,
        Column("location", Type.TEXT, "The published description of the point."),
        *AREA,
        Column("outcome", Type.TEXT, "The outcome type, as published.", required=True),
    ),
    "month",
)

FLAGS = {
    "domestic": "The force's domestic abuse marker.",
    "alcohol": "Alcohol was a factor.",
    "drugs": "Drugs were a factor.",
    "hate_race": "Hate crime: race or ethnicity.",
    "hate_religion": "Hate crime: religion or beliefs.",
    "hate_sexual_orientation": "Hate crime: sexual orientation.",
    "hate_disability": "Hate crime: disability.",
    "hate_transgender": "Hate crime: transgender identity.",
    "online": "Committed in part or whole online.",
    "social_media": "Social media was used to commit it.",
    "non_recent": "Occurred more than 12 months before it was reported.",
    "victim_under_16": "The victim was under 16 when it occurred.",
    "knife": "A knife or sharp instrument was used or threatened.",
    "night_time_economy": "Connected with pubs, clubs or the streets around them at night.",
}

OFFENCES = Table(
    "offences",
    "Recorded offences from a force's own extract",
    "one offence recorded under the Home Office Counting Rules",
    (
        *supply(MONTH),
        Column(
            "offence_ref", Type.TEXT, "The force's reference, or its pseudonym.", sensitivity=Sensitivity.RESTRICTED
        ),
        Column("reported_date", Type.DATE, "The day it was reported.", sensitivity=Sensitivity.RESTRICTED),
        Column(
            "occurred_from",
            Type.DATE,
            "The first day on which it can have happened.",
            sensitivity=Sensitivity.RESTRICTED,
        ),
        Column(
            "occurred_to", Type.DATE, "The last day on which it can have happened.", sensitivity=Sensitivity.RESTRICTED
        ),
        Column("occurred_month", Type.MONTH, "The month it happened, where the source gives no day."),
        Column("time_from", Type.TIME, "The earliest time of day, HH:MM."),
        Column("time_to", Type.TIME, "The latest time of day, HH:MM."),
        Column("offence_code", Type.TEXT, "Home Office offence classification code, for example 8N."),
        Column("offence", Type.TEXT, "The offence in words."),
        Column("offence_subgroup", Type.TEXT, "Home Office offence subgroup, for example Violence with injury."),
        Column("offence_group", Type.TEXT, "Home Office offence group, for example Violence against the person."),
        Column("local_category", Type.TEXT, "The force's own heading, for example Less serious assault."),
        *EXACT_POINT,
        *AREA,
        *(
            Column(name, Type.FLAG, meaning + " Empty where the source does not say.")
            for name, meaning in FLAGS.items()
        ),
        Column(
            "victim_ref",
            Type.TEXT,
            "A pseudonym of the victim, the same in each of the person's records. Never a name. Empty where none is supplied.",
            sensitivity=Sensitivity.RESTRICTED,
        ),
        Column(
            "offender_ref",
            Type.TEXT,
            "A pseudonym of the offender or suspect, the same in each of the person's records. Never a name.",
            sensitivity=Sensitivity.RESTRICTED,
        ),
        Column(
            "victim_age",
            Type.INTEGER,
            "Age of the victim.",
            unit="years",
            minimum=0,
            maximum=120,
            sensitivity=Sensitivity.PERSONAL,
        ),
        Column(
            "victim_sex",
            Type.TEXT,
            "Sex of the victim.",
            values=("female", "male", "other", "unknown"),
            sensitivity=Sensitivity.PERSONAL,
        ),
        Column(
            "offender_age",
            Type.INTEGER,
            "Age of the offender or suspect.",
            unit="years",
            minimum=0,
            maximum=120,
            sensitivity=Sensitivity.PERSONAL,
        ),
        Column(
            "offender_sex",
            Type.TEXT,
            "Sex of the offender or suspect.",
            values=("female", "male", "other", "unknown"),
            sensitivity=Sensitivity.PERSONAL,
        ),
    ),
    "month",
)

STOP_AND_SEARCH = Table(
    "stop_and_search",
    "Stop and search as published by data.police.uk",
    "one search of a person or vehicle",
    (
        *supply(MONTH),
        Column("date", Type.DATE, "The day of the search."),
        Column("time", Type.TIME, "The time of the search, HH:MM, as published (UTC)."),
        Column("search_type", Type.TEXT, "Person search, Vehicle search, or both.", required=True),
        Column("operation", Type.FLAG, "Part of a policing operation."),
        *POINT,
        *AREA,
        Column("gender", Type.TEXT, "As published.", sensitivity=Sensitivity.PERSONAL),
        Column("age_range", Type.TEXT, "As published, for example 18-24.", sensitivity=Sensitivity.PERSONAL),
        Column("self_defined_ethnicity", Type.TEXT, "As published.", sensitivity=Sensitivity.SPECIAL),
        Column("officer_defined_ethnicity", Type.TEXT, "As published.", sensitivity=Sensitivity.SPECIAL),
        Column("legislation", Type.TEXT, "The power used."),
        Column("object_of_search", Type.TEXT, "What was looked for."),
        Column("outcome", Type.TEXT, "The outcome, as published."),
        Column("outcome_linked", Type.FLAG, "Whether the outcome is linked to the object of the search."),
        Column("more_than_outer_clothing", Type.FLAG, "Removal of more than outer clothing."),
    ),
    "month",
)
