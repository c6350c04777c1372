"""An agenda as one person may see it: items in order with their papers, decisions and actions. Exempt items come last, so
that everybody counts the open ones alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ..access.redact import redact
from ..access.scope import rows
from ..access.who import Who
from .models import Action, AgendaItem, Decision, Meeting, Paper


@dataclass(frozen=True)
class Line:
    """One item with what belongs to it. `number` is its place among what everybody sees."""

    number: int
    item: AgendaItem
    papers: list[Paper] = field(default_factory=list)
    decisions: list[tuple[Decision, list[Action]]] = field(default_factory=list)


def agenda(who: Who, meeting: Meeting) -> list[Line]:
    """Four queries and those that redact, however many items there are."""
    items = redact(who, list(rows(who, AgendaItem).filter(meeting_id=meeting.pk, status="open")))
    items.sort(key=lambda item: (bool(item.exempt), item.position))
    papers = _by("item_id", rows(who, Paper).filter(item__meeting_id=meeting.pk, status="laid").order_by("id"))
    decisions = _by("item_id", redact(who, list(rows(who, Decision).filter(item__meeting_id=meeting.pk))))
    actions = _by(
        "decision_id", rows(who, Action).filter(decision__item__meeting_id=meeting.pk).select_related("owner")
    )
    return [
        Line(number, item, papers[item.pk], [(one, actions[one.pk]) for one in decisions[item.pk]])
        for number, item in enumerate(items, 1)
    ]


def _by(name: str, found: Iterable[Any]) -> dict[int, list[Any]]:
    sorted_out: dict[int, list[Any]] = defaultdict(list)
    for row in found:
        sorted_out[getattr(row, name)].append(row)
    return sorted_out
