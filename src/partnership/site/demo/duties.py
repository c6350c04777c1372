"""The calendar of duties for last year and this one, some met, some late, some missed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from wardwise.definitions.duties import duties

from ...governance.calendar import year_of
from ...governance.models import DutyDue
from ...governance.steps import duties as steps
from .story import Story, read


def fill(story: Story) -> None:
    told = read("duties")
    this = year_of(story.by.today)
    for year in (this - 1, this):
        steps.set_year(by=story.by, year=year)
    for name in told["started"]:
        steps.start_clock(duties()[name], by=story.by, happened=story.day(-20))
    due = DutyDue.unscoped_rows.filter(partnership=story.partnership, due__lt=story.by.today).order_by("due", "id")
    for place, row in enumerate(due):
        _tell(story, row, place, told)


def _tell(story: Story, row: DutyDue, place: int, told: dict[str, Any]) -> None:
    """What became of a day that has passed: what the file says of its duty, else met in time."""
    said = told["past"].get(row.duty, {})
    if place % said.get("every", 1_000_000) == 1:
        if reason := said.get("not_met"):
            steps.fail(row, by=story.by, reason=reason)
        return
    words = said.get("evidence", "Held with the papers of the year")
    evidence = {slot.name: words for slot in duties()[row.duty].evidence if slot.needed}
    met_on = row.due + timedelta(days=said.get("days", -9) if place % 5 == 2 else -3)
    steps.meet(row, by=story.by, met_on=min(met_on, story.by.today), evidence=evidence)
