"""What is known of the area and its people besides crime: published indicators of health, work, benefits, education and care."""

from __future__ import annotations

from ..columns import Column, Table, Type
from .common import AREA, supply

CONTEXT_INDICATORS = Table(
    "context_indicators",
    "Published indicators of an area and its people",
    "the value of one indicator for one area, period and group of people",
    (
        *supply(Column("year", Type.TEXT, "The year in which the period begins.", required=True)),
        Column("indicator", Type.TEXT, "The publisher's name of the indicator.", required=True),
        *AREA,
        Column("period", Type.TEXT, "The period in the publisher's words, for example 2013/14.", required=True),
        Column("month", Type.MONTH, "The month, where the period is one."),
        Column("sex", Type.TEXT, "Only people of this sex, in the publisher's words."),
        Column("age", Type.TEXT, "Only people of this age, in the publisher's words."),
        Column("category", Type.TEXT, "A further split, for example a tenth of deprivation."),
        Column(
            "value",
            Type.NUMBER,
            "The value. Empty where the publisher gives none, for example because too few people are behind it.",
            unit="as `unit` says",
        ),
        Column("lower", Type.NUMBER, "Lower 95% limit, as published.", unit="as the value"),
        Column("upper", Type.NUMBER, "Upper 95% limit, as published.", unit="as the value"),
        Column("count", Type.NUMBER, "The number the value was worked out from.", unit="as published", minimum=0),
        Column("base", Type.NUMBER, "What it was worked out over.", unit="people", minimum=0),
        Column("unit", Type.TEXT, "The unit of the value: %, per 1,000, people …"),
        Column("part_of", Type.TEXT, "The indicator that this one is a part of: the parts should add up to it."),
        Column("publisher", Type.TEXT, "Who published it, for example DWP."),
        Column("note", Type.TEXT, "What the publisher says about the value."),
    ),
    "year",
)
