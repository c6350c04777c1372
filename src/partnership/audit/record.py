"""Adds an event to a partnership's chain, and checks that a chain is whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from .models import Chain, Event


def record(
    verb: str,
    *,
    partnership_id: int,
    kind: str,
    subject: str,
    actor_id: int | None,
    acting_as: str = "",
    reason: str = "",
    facts: dict[str, Any] | None = None,
    once: str | None = None,
) -> Event:
    """Append one event, in the caller's transaction: if that fails, nothing was recorded and nothing was done.

    `facts` holds open values only (states, dates, references), never a name or free text about a person.
    """
    with transaction.atomic():
        Chain.objects.get_or_create(partnership_id=partnership_id)
        head = Chain.objects.select_for_update().get(partnership_id=partnership_id)
        event = Event(
            partnership_id=partnership_id,
            sequence=head.length + 1,
            at=timezone.now(),
            actor_id=actor_id,
            acting_as=acting_as,
            verb=verb,
            kind=kind,
            subject=subject,
            reason=reason,
            facts=facts or {},
            once=once or None,
            previous=head.hash,
        )
        event.hash = digest(event)
        event.save(force_insert=True)
        Chain.objects.filter(pk=head.pk).update(length=event.sequence, hash=event.hash)
    return event


def digest(event: Event) -> str:
    """SHA-256 of everything an event says and of the hash before it."""
    said = [
        event.partnership_id,
        event.sequence,
        event.at.isoformat(),
        event.actor_id,
        event.acting_as,
        event.verb,
        event.kind,
        event.subject,
        event.reason,
        event.facts,
        event.previous,
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Break:
    """Where a chain does not hold: the event's number and what is wrong with it."""

    partnership_id: int
    sequence: int
    what: str


def breaks(partnership_id: int) -> Iterator[Break]:
    """Every place where the chain was changed, cut or added to behind our back. None when it is whole."""
    previous, sequence = "0" * 64, 0
    for event in Event.objects.filter(partnership_id=partnership_id).order_by("sequence").iterator():
        sequence += 1
        if event.sequence != sequence:
            yield Break(partnership_id, sequence, f"{event.sequence - sequence} missing before number {event.sequence}")
            sequence = event.sequence
        if event.previous != previous:
            yield Break(partnership_id, sequence, "it does not follow from the event before it")
        if event.hash != digest(event):
            yield Break(partnership_id, sequence, "it was changed after it was recorded")
        previous = event.hash
    head = Chain.objects.filter(partnership_id=partnership_id).first()
    if head is not None and (head.length, head.hash) != (sequence, previous):
        yield Break(partnership_id, sequence, f"the chain should end at number {head.length}")
