"""What the partnership watches, its targets, and the figures of the synthetic store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ...access.who import Who
from ...governance.models import Plan, Priority, RecoveryPlan
from ...governance.steps import recovery, targets
from ...insight.models import Bringing
from ...insight.steps.bring import bring as bring_figures
from ...meetings.models import Action
from ...organisations.models import Organisation, Partnership
from .story import Story, read

Progress = Callable[[str, int, int], None]


def fill(story: Story) -> None:
    told = read("scorecard")
    for at, one in enumerate(told["priorities"]):
        priority = _priority(story, told["plan"], at + 1, **one)
        for place, watched in enumerate(one["indicators"]):
            _watch(story, position=place, priority=priority, **watched)
    for place, watched in enumerate(told["other"]):
        _watch(story, position=place, **watched)


def _priority(
    story: Story, plan: dict[str, Any], position: int, name: str, lead: str, organisation: str, **_: Any
) -> Priority:
    """The plan's own priority of that name, else one of a small plan made for the purpose."""
    agreed = Priority.unscoped_rows.filter(
        partnership=story.partnership, plan__kind=Plan.Kind.PLAN, plan__status="approved"
    )
    held = agreed.filter(name=name).order_by("-plan__starts").first()
    if held is not None:
        return held
    made, _new = Plan.unscoped_rows.get_or_create(
        partnership=story.partnership, title=plan["title"], defaults={**plan, "status": "approved"}
    )
    return Priority.unscoped_rows.create(
        partnership=story.partnership,
        plan=made,
        position=position,
        name=name,
        lead=lead,
        lead_organisation=story.organisations[organisation],
        group=story.groups["board"],
        status="set",
    )


def _watch(story: Story, measure: str, title: str, better: str, owner: str, **more: Any) -> None:
    target = more.pop("target", None)
    indicator = targets.watch(
        by=story.by, measure=measure, title=title, better=better, owner=story.organisations[owner], **more
    )
    if target:
        targets.set_target(indicator, by=story.by, **{**target, "day": story.day(target["day"])})


def bring(partnership: Partnership, by: Who, store: Path, progress: Progress) -> Bringing:
    """The synthetic store's figures, and how far the recovery plans they open have come. Done again, nothing happens twice."""
    told = read("scorecard")
    made = bring_figures(store, by=by, area=told["area"], to=told["to"], progress=progress)
    for one in told["recovery"]:
        plan = RecoveryPlan.unscoped_rows.filter(
            partnership=partnership, indicator__measure=one["measure"], status="opened"
        ).first()
        if plan is not None:
            _further(plan, partnership, by, **one)
    return made


def _further(
    plan: RecoveryPlan, partnership: Partnership, by: Who, to: str, lead: str, cause: str, resources: str, **_: Any
) -> None:
    led = Organisation.objects.get(standings__partnership=partnership, kind=lead)
    owned = Action.unscoped_rows.filter(partnership=partnership, owner=led, status="open")[:1]
    plan = recovery.propose(plan, by=by, lead=led, cause=cause, resources=resources, actions=list(owned))
    if to in ("agreed", "testing"):
        plan = recovery.agree(plan, by=by)
    if to == "testing":
        recovery.begin_test(plan, by=by)
