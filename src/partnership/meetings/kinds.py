"""Groups, meetings and actions as lists show them."""

from __future__ import annotations

from django.db.models import Q

from ..access.kinds import Column, Filter, Kind
from ..access.scope import rows
from ..access.who import Who
from .models import Action, AgendaItem, Decision, Group, Meeting, Paper

STATES = (("open", "Open"), ("late", "Late"), ("done", "Done"), ("withdrawn", "Withdrawn"))


def _state(value: str, who: Who) -> Q:
    if value == "late":
        return Q(status="open", due__lt=who.today)
    return Q(status=value)


def _groups(who: Who) -> list[tuple[str, str]]:
    return [(group.reference, group.name) for group in rows(who, Group).only("reference", "name")]


ACTIONS = Kind(
    name="actions",
    title="Actions",
    singular="action",
    model=Action,
    columns=(
        Column("title", "Action", sort="title"),
        Column("owner", "Owner", lambda row: str(row.owner)),
        Column("group", "Group", lambda row: str(row.group)),
        Column("due", "Due", sort="due"),
        Column("status", "State", sort="status"),
    ),
    page="action",
    search=("title", "owner__name", "group__name"),
    filters=(
        Filter("state", "State", lambda who: STATES, _state),
        Filter("group", "Group", _groups, lambda value, who: Q(group__reference=value)),
        Filter(
            "whose",
            "Whose",
            lambda who: (("ours", "My organisation's"),),
            lambda value, who: Q(owner_id__in=who.organisations),
        ),
    ),
    order=("due", "id"),
    related=("owner", "group"),
    empty="No action is on record. Actions are given out by a group, from a decision or by themselves.",
)
GROUPS = Kind(
    name="groups",
    title="Groups",
    singular="group",
    model=Group,
    columns=(
        Column("name", "Group", sort="name"),
        Column("kind", "Kind", lambda row: row.get_kind_display(), sort="kind"),
        Column("cycle", "Meets"),
        Column("chair_post", "Chair"),
    ),
    page="group",
    search=("name", "purpose"),
    order=("name", "id"),
    empty="No group is on record yet. An administrator or the community safety manager sets groups up.",
)
MEETINGS = Kind(
    name="meetings",
    title="Meetings",
    singular="meeting",
    model=Meeting,
    columns=(
        Column("group", "Group", lambda row: str(row.group)),
        Column("starts", "When", sort="starts"),
        Column("place", "Where"),
        Column("status", "State", sort="status"),
    ),
    page="meeting",
    search=("group__name", "place"),
    filters=(Filter("group", "Group", _groups, lambda value, who: Q(group__reference=value)),),
    order=("-starts", "id"),
    related=("group",),
    empty="No meeting is planned. A group's dates are set from its cycle.",
)
ITEMS = Kind(
    name="agenda-items",
    title="Agenda items",
    singular="agenda item",
    model=AgendaItem,
    columns=(
        Column("title", "Item", sort="title"),
        Column("meeting", "Meeting", lambda row: str(row.meeting)),
        Column("lead", "Presented by", lambda row: row.lead or "not named"),
        Column("exempt", "Exempt", lambda row: f"Paragraph {row.exempt}" if row.exempt else "No"),
    ),
    page="agendaitem",
    search=("title", "purpose", "meeting__group__name"),
    order=("-meeting__starts", "position", "id"),
    related=("meeting__group",),
    empty="No item is on an agenda that you may see.",
    where={"status": "open"},
)
PAPERS = Kind(
    name="papers",
    title="Papers",
    singular="paper",
    model=Paper,
    columns=(
        Column("title", "Paper", sort="title"),
        Column("item", "Item", lambda row: str(row.item)),
        Column("item", "Meeting", lambda row: str(row.item.meeting)),
    ),
    page="paper",
    search=("title", "item__title"),
    related=("item__meeting__group",),
    empty="No paper is laid that you may see.",
    where={"status": "laid"},
)
DECISIONS = Kind(
    name="decisions",
    title="Decisions",
    singular="decision",
    model=Decision,
    columns=(
        Column("item", "Item", lambda row: str(row.item)),
        Column("text", "Decision"),
        Column("item", "Meeting", lambda row: str(row.item.meeting)),
    ),
    page="decision",
    search=("item__title", "item__meeting__group__name"),
    related=("item__meeting__group",),
    empty="No decision is on record that you may see.",
)
KINDS = (ACTIONS, GROUPS, MEETINGS, ITEMS, PAPERS, DECISIONS)
