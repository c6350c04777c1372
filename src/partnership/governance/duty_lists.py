"""The days of duties as a list."""

from __future__ import annotations

from django.db.models import Q

from wardwise.definitions.duties import duties

from ..access.kinds import Column, Filter, Kind
from ..access.who import Who
from .calendar import title
from .models import DutyDue

STATES = (("due", "Due"), ("late", "Late"), ("met", "Met"), ("not-met", "Not met"))


def _state(value: str, who: Who) -> Q:
    return Q(status="due", due__lt=who.today) if value == "late" else Q(status=value)


DUTIES = Kind(
    name="duty-days",
    title="Days of duties",
    singular="day of a duty",
    model=DutyDue,
    columns=(
        Column("duty", "Duty", lambda row: title(row.duty)),
        Column("item", "Part"),
        Column("period", "Period"),
        Column("owner", "Who answers for it", lambda row: str(row.owner or "Nobody yet")),
        Column("due", "Due", sort="due"),
        Column("met_on", "Met on", lambda row: row.met_on or "not yet"),
        Column("status", "State", sort="status"),
    ),
    page="dutydue",
    search=("duty", "item", "owner__name"),
    filters=(
        Filter("state", "State", lambda who: STATES, _state),
        Filter(
            "duty",
            "Duty",
            lambda who: [(name, duty.title) for name, duty in duties().items()],
            lambda value, who: Q(duty=value),
        ),
        Filter(
            "whose",
            "Whose",
            lambda who: (("ours", "My organisation's"),),
            lambda value, who: Q(owner_id__in=who.organisations),
        ),
    ),
    order=("due", "id"),
    related=("owner",),
    empty="No day is set yet. The community safety manager sets the days of a year.",
)
