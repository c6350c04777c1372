"""What people do with actions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from ...access.who import Who
from ...cases import journey
from ...organisations.models import Membership, Organisation
from ..models import Action, Decision, Group, Progress

GIVE = journey.step("give-action", "Give out action", "keep-actions", "{who} gave out action {what}", to="open")
CHANGE = journey.step(
    "change-action", "Change action", "keep-actions", "{who} changed action {what}", sources="open", reason=True
)
REPORT = journey.step(
    "report-progress", "Report progress", "update-own", "{who} reported progress on {what}", sources="open"
)
COMPLETE = journey.step(
    "complete-action", "Record as done", "update-own", "{who} recorded action {what} as done", sources="open", to="done"
)
REOPEN = journey.step(
    "reopen-action",
    "Open again",
    "keep-actions",
    "{who} opened action {what} again",
    sources="done withdrawn",
    to="open",
    reason=True,
)
WITHDRAW = journey.step(
    "withdraw-action",
    "Withdraw action",
    "keep-actions",
    "{who} withdrew action {what}",
    sources="open",
    to="withdrawn",
    reason=True,
)
HAND_DOWN = journey.step(
    "hand-down-action",
    "Hand down a part",
    "keep-actions",
    "{who} handed down {what}, a part of a larger action",
    sources="open",
    to="open",
)
STEPS = [REPORT, COMPLETE, HAND_DOWN, CHANGE, WITHDRAW, REOPEN]
"""In the order a page offers them."""


def give(group: Group, *, by: Who, title: str, owner: Organisation, due: date, once: str = "", **more: Any) -> Action:
    """A group gives an action to an organisation. An action from an exempt item is exempt under the same paragraph."""
    decision: Decision | None = more.get("decision")
    if decision is not None and not more.get("exempt"):
        more["exempt"] = decision.item.exempt
    action = Action(group=group, title=title, owner=owner, due=due, **more)
    return journey.begin(action, GIVE, by=by, of=group, once=once, facts={"due": due.isoformat()})


def hand_down(
    action: Action, *, by: Who, group: Group, title: str, owner: Organisation, due: date, once: str = "", **more: Any
) -> Action:
    """Give a part of an action to another group or organisation. The part is as exempt as the whole, and due no later."""
    if action.status not in HAND_DOWN.sources:
        raise journey.WrongState(action.status)
    if due > action.due:
        raise ValidationError({"due": "A part must be due no later than the whole"})
    kept = {"tag": action.tag, "decision": action.decision, **more, "exempt": more.get("exempt") or action.exempt}
    part = Action(group=group, title=title, owner=owner, due=due, handed_down=action, **kept)
    facts = {"due": due.isoformat(), "part of": action.reference}
    return journey.begin(part, HAND_DOWN, by=by, of=action, once=once, facts=facts)


def change(action: Action, *, by: Who, seen: int, reason: str, once: str = "", **fields: Any) -> Action:
    """Change an open action. The reason is kept, with the names of the fields that changed and a due date's old value."""

    def body(row: Action) -> Mapping[str, Any]:
        altered = sorted(name for name, value in fields.items() if getattr(row, name) != value)
        facts: dict[str, Any] = {"changed": altered}
        if "due" in altered:
            facts |= {"due before": row.due.isoformat(), "due": fields["due"].isoformat()}
        for name in altered:
            setattr(row, name, fields[name])
        return facts

    return journey.move(action, CHANGE, by=by, seen=seen, body=body, reason=reason, once=once)


def report(action: Action, *, by: Who, text: str, evidence: str = "", once: str = "") -> Action:
    """Say how an action is going. What was said before stays."""

    def body(row: Action) -> None:
        _say(row, by, text, evidence)

    return journey.move(action, REPORT, by=by, body=body, once=once)


def complete(
    action: Action, *, by: Who, result: str, evidence: str = "", seen: int | None = None, once: str = ""
) -> Action:
    """Record an action as done, with its result and what shows it."""

    def body(row: Action) -> Mapping[str, Any]:
        row.result, row.finished = result, by.today
        _say(row, by, result, evidence)
        return {"days late": max((by.today - row.due).days, 0)}

    return journey.move(action, COMPLETE, by=by, seen=seen, body=body, once=once)


def reopen(action: Action, *, by: Who, reason: str, seen: int | None = None, once: str = "") -> Action:
    """Open a done or withdrawn action again; its result so far stays in its progress."""

    def body(row: Action) -> None:
        row.finished = None

    return journey.move(action, REOPEN, by=by, seen=seen, body=body, reason=reason, once=once)


def withdraw(action: Action, *, by: Who, reason: str, seen: int | None = None, once: str = "") -> Action:
    """Take an action back, with the reason. It stays in the lists of the past."""

    def body(row: Action) -> None:
        row.finished = by.today

    return journey.move(action, WITHDRAW, by=by, seen=seen, body=body, reason=reason, once=once)


def _say(action: Action, by: Who, text: str, evidence: str) -> None:
    member = (
        Membership.objects.filter(user_id=by.user_id, partnership_id=by.partnership_id).first() if by.user_id else None
    )
    Progress.objects.create(
        action=action, organisation=member.organisation if member else None, by=member, text=text, evidence=evidence
    )
