"""Whether a plan holds what the law asks for, and how it differs from the plan it refreshes. Takes records already read through
access."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from wardwise.definitions.plans import Checklist, Part, checklists

from ..organisations.models import Standing, on
from .models import Activity, Commitment, Outcome, Plan, Priority, Resource


@dataclass
class Held:
    """A plan's own records, read by whoever asks."""

    priorities: Sequence[Any] = ()
    outcomes: Sequence[Any] = ()
    activities: Sequence[Any] = ()
    commitments: Sequence[Any] = ()
    resources: Sequence[Any] = ()
    responsible: Sequence[Any] = ()


def held(plan: Plan, read: Callable[[type[Any]], Any]) -> Held:
    """The plan's records; `read` gives the rows of a model that count (all of them for a step, the visible ones for a page)."""
    responsible = Standing.objects.filter(on(plan.starts), partnership_id=plan.partnership_id, kind="responsible")
    return Held(
        priorities=list(read(Priority).filter(plan=plan).select_related("lead_organisation", "group")),
        outcomes=list(read(Outcome).filter(plan=plan)),
        activities=list(read(Activity).filter(plan=plan).prefetch_related("outcomes", "causes", "priorities")),
        commitments=list(read(Commitment).filter(plan=plan).select_related("organisation", "priority")),
        resources=list(read(Resource).filter(priority__plan=plan).select_related("giver")),
        responsible=[standing.organisation for standing in responsible.select_related("organisation")],
    )


@dataclass(frozen=True)
class Checked:
    """One part of the checklist: what is still missing, in words; nothing when it is there."""

    part: Part
    missing: str

    @property
    def there(self) -> bool:
        return not self.missing


def checklist(plan: Plan) -> Checklist:
    return checklists()[plan.checklist]


def check(plan: Plan, has: Held) -> list[Checked]:
    """Every part the law asks for, and what is missing of it."""
    return [Checked(part, _MISSING[part.check](plan, has, part)) for part in checklist(plan).parts]


def _text(plan: Plan, has: Held, part: Part) -> str:
    return "" if str(plan.contents.get(part.name, "")).strip() else "Nothing is written here yet."


def _assessment(plan: Plan, has: Held, part: Part) -> str:
    return "" if plan.assessment.strip() else "No assessment is named."


def _strands(plan: Plan, has: Held, part: Part) -> str:
    served = {name for priority in has.priorities for name in priority.strands}
    left = [strand.label for strand in checklist(plan).strands if strand.name not in served]
    return f"No priority serves: {'; '.join(left)}." if left else ""


def _priorities(plan: Plan, has: Held, part: Part) -> str:
    if not has.priorities:
        return "There is no priority."
    left = [priority.name for priority in has.priorities if not (priority.rationale and priority.proposals)]
    return f"Reasons or proposals are missing for: {'; '.join(left)}." if left else ""


def _commitments(plan: Plan, has: Held, part: Part) -> str:
    left = [priority.name for priority in has.priorities if not _of(has.commitments, priority)]
    return f"No commitment for: {'; '.join(left)}." if left else ("" if has.commitments else "There is no commitment.")


def _resources(plan: Plan, has: Held, part: Part) -> str:
    left = [priority.name for priority in has.priorities if not _of(has.resources, priority)]
    return f"No resources for: {'; '.join(left)}." if left else ("" if has.resources else "There are no resources.")


def _measures(plan: Plan, has: Held, part: Part) -> str:
    measuring = {one.organisation_id for one in has.commitments if one.measure}
    left = [str(body) for body in has.responsible if body.pk not in measuring]
    return f"No measure of its success by: {'; '.join(left)}." if left else ""


def _outcomes(plan: Plan, has: Held, part: Part) -> str:
    return "" if has.outcomes else "There is no outcome."


def _activities(plan: Plan, has: Held, part: Part) -> str:
    left = [str(one.number) for one in has.activities if not one.outcomes.all()]
    return (
        f"Activities that serve no outcome: {', '.join(left)}."
        if left
        else ("" if has.activities else "There is none.")
    )


_MISSING = {
    "text": _text,
    "assessment": _assessment,
    "strands": _strands,
    "priorities": _priorities,
    "commitments": _commitments,
    "resources": _resources,
    "measures": _measures,
    "outcomes": _outcomes,
    "activities": _activities,
}


def _of(found: Sequence[Any], priority: Any) -> list[Any]:
    return [one for one in found if one.priority_id == priority.pk]


@dataclass
class Difference:
    """What changed from a plan to its refresh, heading by heading. `changed` holds the name, the words before and the words after."""

    heading: str
    added: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    changed: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def any(self) -> bool:
        return bool(self.added or self.dropped or self.changed)


def difference(before: Plan, had: Held, after: Plan, has: Held) -> list[Difference]:
    """A readable difference. Priorities are the same when their names are; commitments and outcomes when their words are."""
    made = [
        _named("Priorities", had.priorities, has.priorities, ("rationale", "proposals", "lead")),
        _named("Outcomes", had.outcomes, has.outcomes, ()),
        _lists("Commitments", [one.text for one in had.commitments], [one.text for one in has.commitments]),
        _lists("Activities", [one.name for one in had.activities], [one.name for one in has.activities]),
        _contents(before, after),
    ]
    return [one for one in made if one.any]


def _lists(heading: str, before: list[str], after: list[str]) -> Difference:
    added = [one for one in after if one not in before]
    return Difference(heading, added, [one for one in before if one not in after])


def _named(heading: str, before: Sequence[Any], after: Sequence[Any], fields: tuple[str, ...]) -> Difference:
    made = _lists(heading, [one.name for one in before], [one.name for one in after])
    old = {one.name: one for one in before}
    for one in after:
        for name in fields if one.name in old else ():
            words = str(getattr(old[one.name], name)), str(getattr(one, name))
            if words[0] != words[1]:
                made.changed.append((f"{one.name}: {one._meta.get_field(name).verbose_name}", *words))
    return made


def _contents(before: Plan, after: Plan) -> Difference:
    made = Difference("What is written under the law's headings")
    for part in checklist(after).parts:
        words = str(before.contents.get(part.name, "")), str(after.contents.get(part.name, ""))
        if words[0] != words[1]:
            made.changed.append((part.label, *words))
    return made
