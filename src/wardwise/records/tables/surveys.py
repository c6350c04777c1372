"""What people say: answers of a partnership's own survey, and estimates that others publish from theirs."""

from __future__ import annotations

from ..columns import Column, Sensitivity, Table, Type
from .common import AREA, MONTH, supply

SEXES = ("female", "male", "other", "unknown")

SURVEY_ANSWERS = Table(
    "survey_answers",
    "Answers to a survey or consultation",
    "one person's answer to one question",
    (
        *supply(MONTH),
        Column("survey", Type.TEXT, "The survey's name, the same from wave to wave.", required=True),
        Column(
            "respondent_ref",
            Type.TEXT,
            "A number for the person within the wave. Never a name.",
            required=True,
            sensitivity=Sensitivity.RESTRICTED,
        ),
        Column("question", Type.TEXT, "The question, as it was put.", required=True),
        Column("answer", Type.TEXT, "The answer chosen. Empty when the question was not answered."),
        Column(
            "weight",
            Type.NUMBER,
            "How many people this one stands for, or in proportion. Empty where the survey has no weights.",
            unit="people",
            minimum=0,
        ),
        Column("stratum", Type.TEXT, "The part of the sample it was drawn in, where there are several."),
        *AREA,
        Column("age_band", Type.TEXT, "Age in bands, as supplied.", sensitivity=Sensitivity.PERSONAL),
        Column("sex", Type.TEXT, "Sex, as answered.", values=SEXES, sensitivity=Sensitivity.PERSONAL),
    ),
    "month",
)

SURVEY_ESTIMATES = Table(
    "survey_estimates",
    "Estimates published from a survey",
    "one published estimate, with its standard error and the number of people asked where they are published",
    (
        *supply(Column("year", Type.TEXT, "The year the estimate is for.", required=True)),
        Column("quarter", Type.INTEGER, "The quarter that the year ends with.", unit="number", minimum=1, maximum=4),
        Column("question", Type.TEXT, "The publisher's name of the question or offence.", required=True),
        Column("unit", Type.TEXT, "Who was asked: a person or a household."),
        Column("kind", Type.TEXT, "What is estimated, for example Prevalence rate."),
        Column("geography", Type.TEXT, "The country, region or force area, in the publisher's words."),
        Column("household_type", Type.TEXT, "Only households of this kind."),
        Column("sex", Type.TEXT, "Only people of this sex, in the publisher's words."),
        Column("age", Type.TEXT, "Only people of this age, in the publisher's words."),
        Column("characteristic", Type.TEXT, "A further split, by the publisher's name."),
        Column("value", Type.TEXT, "The value of that split."),
        Column(
            "estimate",
            Type.NUMBER,
            "The estimate: a share from 0 to 1, or a rate. Empty where the publisher withheld it because too few were asked.",
            unit="share or rate",
        ),
        Column("standard_error", Type.NUMBER, "Its standard error.", unit="as the estimate", minimum=0),
        Column("base", Type.INTEGER, "People asked, before weighting.", unit="people", minimum=0),
    ),
    "year",
)
