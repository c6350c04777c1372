"""The plan, the scorecard, duties and registers as lists show them."""

from __future__ import annotations

from ..access.kinds import Column, Kind
from ..organisations.roles import Permission
from .duty_lists import DUTIES
from .models import Commitment, Plan
from .register_lists import REGISTERS
from .score_kinds import KINDS as SCORES

PLANS = Kind(
    name="plans",
    title="Plans and agreements",
    singular="plan",
    model=Plan,
    columns=(
        Column("title", "Plan", sort="title"),
        Column("kind", "Kind", lambda row: row.get_kind_display()),
        Column("starts", "From", sort="starts"),
        Column("ends", "To", sort="ends"),
        Column("status", "State", sort="status"),
    ),
    page="plan",
    search=("title",),
    order=("-starts", "-id"),
    empty="No plan is on record. A plan begins from a strategic assessment.",
    add="plan-begin",
    added_with=(Permission.KEEP_PLAN,),
)
COMMITMENTS = Kind(
    name="commitments",
    title="Commitments",
    singular="commitment",
    model=Commitment,
    columns=(
        Column("text", "Commitment"),
        Column("organisation", "Partner", lambda row: str(row.organisation or "All partners")),
        Column("priority", "Priority", lambda row: str(row.priority or "The whole plan")),
        Column("status", "State", sort="status"),
    ),
    page="commitment",
    search=("text", "organisation__name"),
    order=("plan_id", "id"),
    related=("organisation", "priority", "plan"),
)


KINDS = (PLANS, COMMITMENTS, DUTIES, *SCORES, *REGISTERS)
