"""Plans of the past, the plan in force, the county's agreement, and a refresh that is being written."""

from __future__ import annotations

from typing import Any

from ...governance.models import Activity, Cause, Commitment, Outcome, Plan, Priority, Resource
from ...governance.steps import plans
from .story import Story, read


def fill(story: Story) -> None:
    told = read("plans")
    causes = {
        name: Cause.unscoped_rows.create(partnership=story.partnership, name=name, status="set")
        for name in told["causes"]
    }
    for one in told["plans"]:
        _plan(story, causes, **one)


def _plan(story: Story, causes: dict[str, Cause], then: str, **told: Any) -> None:
    priorities, activities = told.pop("priorities", ()), told.pop("activities", ())
    outcomes = told.pop("outcomes", ())
    plan = plans.begin(by=story.by, **told)
    goals = [
        plans.add(plan, Outcome(plan=plan, position=place, name=name), by=story.by)
        for place, name in enumerate(outcomes, 1)
    ]
    made = [_priority(story, causes, plan, place, dict(one)) for place, one in enumerate(priorities, 1)]
    for number, one in enumerate(activities, 1):
        row = Activity(plan=plan, number=number, heading=one["heading"], name=one["name"])
        links = {
            "outcomes": [goals[at - 1] for at in one["outcomes"]],
            "causes": [causes[name] for name in one["causes"]],
        }
        plans.add(plan, row, by=story.by, priorities=[made[at - 1] for at in one["issues"]], **links)
    if then == "past":
        plans.move(plan, plans.BRING, by=story.by, reason="Made before the site was in use")
    else:
        for step in (plans.CONSULT, plans.READY, plans.APPROVE):
            plan = plans.move(plan, step, by=story.by)


def _priority(story: Story, causes: dict[str, Cause], plan: Plan, place: int, told: dict[str, Any]) -> Priority:
    name, commitments = told.pop("name"), told.pop("commitments", ())
    driven, gives = told.pop("causes", ()), told.pop("gives", None)
    lead = told.pop("organisation", None)
    row = Priority(
        plan=plan,
        position=place,
        name=name,
        lead_organisation=story.organisations[lead] if lead else None,
        group=story.groups["board"] if lead else None,
        **told,
    )
    made = plans.add(plan, row, by=story.by, causes=[causes[one] for one in driven])
    for one in commitments:
        _commitment(story, plan, made, one if isinstance(one, dict) else {"text": one})
    if gives:
        plans.add(plan, Resource(priority=made, giver=story.organisations[gives.pop("by")], **gives), by=story.by)
    return made


def _commitment(story: Story, plan: Plan, priority: Priority, told: dict[str, Any]) -> None:
    partner, step = told.pop("by", None), told.pop("then", None)
    organisation = story.organisations[partner] if partner else None
    made = plans.add(plan, Commitment(plan=plan, priority=priority, organisation=organisation, **told), by=story.by)
    taken = {"under-way": plans.START, "kept": plans.KEEP, "dropped": plans.DROP}.get(step or "")
    if taken:
        plans.commitment(made, taken, by=story.by, reason="No longer needed" if taken is plans.DROP else "")


def refresh(story: Story) -> None:
    """The next plan, begun from the one in force, with one priority changed and one added."""
    told = read("plans")["refresh"]
    plan = Plan.unscoped_rows.get(partnership=story.partnership, status="approved")
    made = plans.refresh(plan, by=story.by, title=told["title"], starts=told["starts"], ends=told["ends"])
    plans.add(made, Priority(plan=made, position=8, **told["priority"]), by=story.by)
    plans.write(made, by=story.by, part="help", words=told["help"])
