"""Indicators, targets and recovery plans as lists show them."""

from __future__ import annotations

from django.db.models import Q

from ..access.kinds import Column, Filter, Kind
from ..insight.models import said
from ..organisations.roles import Permission
from .models import Indicator, RecoveryPlan, Target

INDICATORS = Kind(
    name="indicators",
    title="Indicators",
    singular="indicator",
    model=Indicator,
    columns=(
        Column("title", "Measure", sort="title"),
        Column("priority", "Priority", lambda row: str(row.priority or "None")),
        Column("better", "Which way is better", lambda row: row.get_better_display()),
        Column("owner", "Owner", lambda row: str(row.owner or "Nobody yet")),
        Column("status", "State", sort="status"),
    ),
    page="indicator",
    search=("title", "measure"),
    filters=(
        Filter(
            "state",
            "State",
            lambda who: (("watched", "Watched"), ("retired", "Retired")),
            lambda value, who: Q(status=value),
        ),
    ),
    order=("priority__position", "position", "title"),
    related=("priority", "owner"),
    empty="No measure is watched yet. A priority lead chooses the measures of a priority.",
    add="indicator-add",
    added_with=(Permission.KEEP_TARGETS,),
)
TARGETS = Kind(
    name="targets",
    title="Targets",
    singular="target",
    model=Target,
    columns=(
        Column("indicator", "Measure", lambda row: str(row.indicator)),
        Column("value", "Target", str),
        Column("by", "To be reached by", sort="by"),
        Column("rationale", "Why this value"),
        Column("status", "State", sort="status"),
    ),
    page="target",
    search=("indicator__title",),
    order=("by", "id"),
    related=("indicator",),
    empty="No target is set. A target is set on the page of a measure, with the reason for its value.",
)
STATES = (
    ("opened", "Opened"),
    ("proposed", "Proposed"),
    ("agreed", "Agreed"),
    ("testing", "Testing"),
    ("closed", "Closed"),
    ("set-aside", "Set aside"),
)
RECOVERY = Kind(
    name="recovery-plans",
    title="Recovery plans",
    singular="recovery plan",
    model=RecoveryPlan,
    columns=(
        Column("indicator", "Measure", lambda row: str(row.indicator)),
        Column("period", "Failed in", lambda row: said(row.period), sort="period"),
        Column("lead", "Lead", lambda row: str(row.lead or "Nobody yet")),
        Column("exit_words", "It closes when"),
        Column("status", "State", sort="status"),
    ),
    page="recoveryplan",
    search=("indicator__title",),
    filters=(Filter("state", "State", lambda who: STATES, lambda value, who: Q(status=value)),),
    related=("indicator", "lead"),
    empty="No recovery plan has been opened. A rule opens one when a measure fails.",
)
KINDS = (INDICATORS, TARGETS, RECOVERY)
