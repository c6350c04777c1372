"""The one way a record is begun and moved along. Asks access, checks the state, acts, records the event: all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Model

from ..access.rules import may
from ..access.who import Who
from ..audit.models import Event
from ..audit.record import record
from ..organisations.models import Record

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Step:
    """One row of a journey's table. `to` None leaves the state as it is; `sources` empty begins a record.

    `said` is the audit sentence: {who} and {what} are put in.
    """

    verb: str
    label: str
    permission: str
    said: str
    sources: frozenset[str] = field(default_factory=frozenset)
    to: str | None = None
    reason: bool = False


STEPS: dict[str, Step] = {}
"""Every step by its verb, for the diagrams, the truth table and the sentences of the audit."""


def step(
    verb: str, label: str, permission: str, said: str, *, sources: str = "", to: str | None = None, reason: bool = False
) -> Step:
    """Declare a step. `sources` names states with spaces between."""
    assert verb not in STEPS, f"{verb} is declared already"
    STEPS[verb] = Step(verb, label, permission, said, frozenset(sources.split()), to, reason)
    return STEPS[verb]


class Refused(Exception):
    """This person may not take this step here."""


class WrongState(Exception):
    """The record is no longer where this step begins; `state` says where it is."""

    def __init__(self, state: str) -> None:
        self.state = state
        super().__init__(state)


class Changed(Exception):
    """Somebody changed the record since it was shown; `events` tells what they did."""

    def __init__(self, events: list[Event]) -> None:
        self.events = events
        super().__init__("changed")


class ReasonNeeded(Exception):
    """This step asks for a reason, and none was given."""


class AlreadyDone(Exception):
    """The same form came twice. `reference` is the record that the first one made or moved."""

    def __init__(self, reference: str) -> None:
        self.reference = reference
        super().__init__(reference)


def begin(
    row: R, step: Step, *, by: Who, of: Model, reason: str = "", once: str = "", facts: Mapping[str, Any] | None = None
) -> R:
    """Save a new record in the first state of its journey. The permission is asked of `of`, what it is begun under."""
    check(step, of, by, reason)
    with _Once(once), transaction.atomic():
        row.partnership_id, row.status = by.partnership_id, step.to or row.status
        row.full_clean(exclude=["partnership"])
        row.save(force_insert=True)
        _record(row, step, by, reason, once, facts or {})
    return row


def move(
    row: R,
    step: Step,
    *,
    by: Who,
    seen: int | None = None,
    body: Callable[[R], Mapping[str, Any] | None] | None = None,
    reason: str = "",
    once: str = "",
) -> R:
    """Take one step. `seen` is the version the person had before them; `body` changes fields and may return audit facts.

    Raises Refused, ReasonNeeded, WrongState, Changed or AlreadyDone, and then nothing has happened. Either the record, its
    new state and the event are all kept, or none is.
    """
    with _Once(once), transaction.atomic():
        current: R = type(row).unscoped_rows.select_for_update().get(pk=row.pk)
        check(step, current, by, reason)
        if current.status not in step.sources:
            raise WrongState(current.status)
        if seen is not None and seen != current.version:
            raise Changed(_since(current, seen))
        facts = (body(current) if body else None) or {}
        before, current.status = current.status, step.to or current.status
        current.version += 1
        current.full_clean(exclude=["partnership"])
        current.save()
        _record(current, step, by, reason, once, {"from": before, "to": current.status, **facts})
    return current


def offered(row: Record, by: Who, steps: list[Step]) -> list[Step]:
    """The steps this person may take from here, for the buttons of a page."""
    ready = [step for step in steps if row.status in step.sources]
    asked = {step.permission for step in ready}
    allowed = {permission: bool(may(by, permission, row)) for permission in asked}
    return [step for step in ready if allowed[step.permission]]


def check(step: Step, row: Model, by: Who, reason: str = "") -> None:
    """Refuse early what `begin` and `move` would refuse, before work that takes long. Raises Refused or ReasonNeeded."""
    if not may(by, step.permission, row):
        raise Refused(step.verb)
    if step.reason and not reason.strip():
        raise ReasonNeeded(step.verb)


def _record(row: Record, step: Step, by: Who, reason: str, once: str, facts: Mapping[str, Any]) -> None:
    record(
        step.verb,
        partnership_id=row.partnership_id,
        kind=type(row)._meta.model_name or "",
        subject=row.reference,
        actor_id=by.user_id,
        acting_as=by.acting_as,
        reason=reason,
        facts={"version": row.version, **facts},
        once=once,
    )


def _since(row: Record, seen: int) -> list[Event]:
    events = Event.objects.filter(partnership_id=row.partnership_id, subject=row.reference).select_related("actor")
    return [event for event in events.order_by("sequence") if event.facts.get("version", 0) > seen]


class _Once:
    """Turns the second coming of one form into AlreadyDone, whether it came later or at the same moment."""

    def __init__(self, token: str) -> None:
        self.token = token

    def __enter__(self) -> None:
        if self.token and (earlier := Event.objects.filter(once=self.token).first()):
            raise AlreadyDone(earlier.subject)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if (
            isinstance(error, IntegrityError)
            and self.token
            and (earlier := Event.objects.filter(once=self.token).first())
        ):
            raise AlreadyDone(earlier.subject) from error
