"""Records in every state that a rule may look at, with the facts that the rules in words are told of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count, product
from typing import Any

from django.db.models import Model

from partnership.audit.record import record
from partnership.governance import models as kept
from partnership.insight import models as brought
from partnership.meetings import models as met
from partnership.organisations.models import Invitation
from tests.factories.site import TODAY, World

WHEN = datetime(2026, 4, 1, 10, tzinfo=UTC)
PLANTED = "zz-hidden"
"""Stands in every field that only some may read."""
numbers = count(1)


def planted() -> str:
    """Words that stand nowhere else: a full stop ends their number."""
    return f"{PLANTED} {next(numbers)}."


@dataclass(frozen=True)
class Facts:
    """What a rule may look at. `owner` and `lead` are organisations, `meeting` and `plan` the states of what it belongs to."""

    group: str = ""
    owner: str = ""
    lead: str = ""
    exempt: bool = False
    meeting: str = ""
    plan: str = ""
    register: str = ""
    private: bool = False
    audience: str = ""


Made = tuple[Model, Facts]


def every(here: World) -> list[Made]:
    """All of them, in one partnership."""
    return [
        (here.partnership, Facts()),
        *_meetings(here),
        *_actions(here),
        *_plans(here),
        *_duties(here),
        *_figures(here),
        *_people(here),
    ]


def _new(here: World, model: Any, **facts: Any) -> Any:
    return model.unscoped_rows.create(partnership=here.partnership, **{"status": "open", **facts})


def _meetings(here: World) -> Iterator[Made]:
    for key, group in here.groups.items():
        yield group, Facts(group=key)
        yield met.GroupMember.objects.create(group=group, organisation=here.organisations["police"]), Facts(group=key)
        yield met.Chairing.objects.create(group=group, post="Director"), Facts(group=key)
        for state in ("planned", "called", "held", "agreed", "cancelled"):
            meeting = _new(here, met.Meeting, group=group, starts=WHEN, status=state)
            facts = Facts(group=key, meeting=state)
            yield meeting, facts
            came = {"organisation": here.organisations["police"], "kind": "present"}
            yield met.Attendance.objects.create(meeting=meeting, **came), facts
            for position, exempt in enumerate(("", "7")):
                told = replace(facts, exempt=bool(exempt))
                item = _new(
                    here,
                    met.AgendaItem,
                    meeting=meeting,
                    position=position,
                    title="Lamps",
                    exempt=exempt,
                    note=planted(),
                )
                yield item, told
                file = {"file": "a.pdf", "file_name": "a.pdf", "kind": "application/pdf", "size": 1}
                yield _new(here, met.Paper, item=item, title="Paper", **file), told
                yield _new(here, met.Decision, item=item, text=planted()), told
    line = met.ReportsTo.objects.create(child=here.groups["closed"], parent=here.groups["board"])
    yield line, Facts(group="closed")


def _actions(here: World) -> Iterator[Made]:
    for group, owner, exempt in product(here.groups, ("police", "council"), ("", "7")):
        row = _new(
            here,
            met.Action,
            group=here.groups[group],
            owner=here.organisations[owner],
            title=f"Lamps of {group} by {owner}{exempt}",
            detail=planted(),
            exempt=exempt,
            due=TODAY,
        )
        facts = Facts(group=group, owner=owner, exempt=bool(exempt))
        yield row, facts
        yield met.Progress.objects.create(action=row, text=planted()), facts


def _plans(here: World) -> Iterator[Made]:
    yield _new(here, kept.Cause, name="Alcohol"), Facts()
    for state in ("draft", "consulting", "ready", "approved", "superseded"):
        plan = _new(here, kept.Plan, title="Plan", starts=TODAY, ends=TODAY, status=state)
        facts = Facts(plan=state)
        yield plan, facts
        yield _new(here, kept.Outcome, plan=plan, position=1, name="Fewer"), facts
        yield _new(here, kept.Activity, plan=plan, number=1, name="Light"), facts
        yield from _commitments(here, facts, plan=plan)
        if state in {"draft", "approved"}:
            for position, (group, lead) in enumerate(product(("", "board", "closed"), ("", "police"))):
                yield from _priority(here, plan, position, replace(facts, group=group, lead=lead))


def _priority(here: World, plan: Any, position: int, facts: Facts) -> Iterator[Made]:
    priority = _new(
        here,
        kept.Priority,
        plan=plan,
        position=position,
        name="Priority",
        group=here.groups.get(facts.group),
        lead_organisation=here.organisations.get(facts.lead),
    )
    yield priority, facts
    yield _new(here, kept.Milestone, priority=priority, name="Lit", due=TODAY), facts
    yield _new(here, kept.Resource, priority=priority, year="2026-27", purpose="Lamps", pounds=1), facts
    yield from _commitments(here, facts, plan=plan, priority=priority)
    yield from _watched(here, replace(facts, plan=""), priority)


def _commitments(here: World, facts: Facts, **of: Any) -> Iterator[Made]:
    for partner in ("", "police"):
        row = _new(here, kept.Commitment, organisation=here.organisations.get(partner), text="We shall", **of)
        yield row, replace(facts, owner=partner)


def _watched(here: World, facts: Facts, priority: Any) -> Iterator[Made]:
    indicator = _new(here, kept.Indicator, priority=priority, measure="burglary", title="Burglary", better="lower")
    yield indicator, facts
    target = {"side": "at-most", "value": 1, "by": TODAY, "rationale": "Agreed"}
    yield _new(here, kept.Target, indicator=indicator, **target), facts
    for lead in ("", "police"):
        row = _new(
            here,
            kept.RecoveryPlan,
            indicator=indicator,
            rule="signal",
            period=lead or "none",
            finding="Rose",
            lead=here.organisations.get(lead),
            cause=planted(),
        )
        yield row, replace(facts, owner=lead)


def _figures(here: World) -> Iterator[Made]:
    run = _new(here, brought.Bringing, area="Z1", area_name="Saltpool", to="2026-03", digest=str(next(numbers)))
    yield run, Facts()
    for audience in ("public", "partnership", "analyst"):
        told = {"name": "chart", "question": "control-chart", "heading": "Months", "title": "Rose", "digest": "0"}
        made = brought.Finding.unscoped_rows.create(bringing=run, measure="burglary", audience=audience, **told)
        yield made, Facts(audience=audience)


def _people(here: World) -> Iterator[Made]:
    yield here.person("partner").memberships.get(), Facts()
    yield record("sign-in", partnership_id=here.partnership.pk, kind="membership", subject="A", actor_id=None), Facts()
    council = here.organisations["council"]
    yield _new(here, Invitation, email="a@example.invalid", name="A", organisation=council, expires=TODAY), Facts()


def _duties(here: World) -> Iterator[Made]:
    for owner in ("", "police"):
        body = here.organisations.get(owner)
        yield _new(here, kept.DutyDue, duty="assessment", owner=body, period="2026-27", due=TODAY), Facts(owner=owner)
        for register, private in product(("risks", "scrutiny-questions", "recommendations"), (False, True)):
            row = _new(
                here,
                kept.Entry,
                register=register,
                title=f"Lamps of {register}",
                owner=body,
                private=private,
                restricted={"address": planted()},
            )
            yield row, Facts(owner=owner, register=register, private=private)
