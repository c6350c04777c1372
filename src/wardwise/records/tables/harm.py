"""Weights of harm as their owners publish them: days of sentence for one offence."""

from __future__ import annotations

from ..columns import Column, Table, Type
from .common import supply
from .places import EDITION

HARM_WEIGHTS = Table(
    "harm_weights",
    "Harm weights of offences",
    "the weight of one offence in one edition of one owner's table",
    (
        *supply(EDITION),
        Column("table", Type.TEXT, "The table's short name, for example cambridge or ons.", required=True),
        Column("offence_ref", Type.TEXT, "The owner's own number of the offence."),
        Column(
            "offence_code",
            Type.TEXT,
            "Home Office offence code, for example 8N. Several offences may share one; their median is then the code's weight.",
        ),
        Column("offence", Type.TEXT, "The offence in words.", required=True),
        Column("offence_subgroup", Type.TEXT, "The subgroup, as the owner spells it."),
        Column("offence_group", Type.TEXT, "The group, as the owner spells it."),
        Column(
            "weight",
            Type.NUMBER,
            "Days of sentence that stand for the harm of one such offence. May be a fraction.",
            unit="days",
            required=True,
            minimum=0,
        ),
        Column("starting_point", Type.TEXT, "The sentence behind the weight, in the owner's words."),
        Column("notifiable", Type.FLAG, "Whether the offence is counted in recorded crime. Empty where not said."),
    ),
    "edition",
)
