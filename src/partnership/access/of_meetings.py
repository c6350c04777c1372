"""Rules for groups, meetings and what they agree."""

from __future__ import annotations

from django.db.models import Q

from ..meetings.models import (
    Action,
    AgendaItem,
    Attendance,
    Chairing,
    Decision,
    Group,
    GroupMember,
    Meeting,
    Paper,
    Progress,
    ReportsTo,
)
from ..organisations.roles import Permission
from .conditions import EVERY, NOTHING, holding, owned, taking_part
from .rules import READ, SEE, rule
from .who import Who


def _within(who: Who, group: str) -> Q:
    """The person belongs to the group, or a role reaches every group. `group` is the way there: "" or "meeting__group_"."""
    if not who.has(Permission.SEE_RECORDS):
        return NOTHING
    return EVERY if who.reaches_all else Q(**{f"{group}id__in": who.groups})


def _open(who: Who, group: str) -> Q:
    """The group shows its open business to the rest of the partnership, scrutiny members included."""
    return taking_part(who) & Q(**{f"{group}open_to_partners": True})


def _shown(who: Who, group: str, exempt: str) -> Q:
    """Open business of open groups, all open business of one's own, and exempt business with the right to it."""
    unexempt = Q(**{exempt: ""})
    return (
        (_open(who, group) & unexempt)
        | (_within(who, group) & unexempt)
        | holding(who, Permission.SEE_EXEMPT, _within(who, group))
    )


def _known(who: Who, group: str) -> Q:
    """Groups that a person may know of: their own, open ones, and all of them for whoever keeps the structure."""
    return _within(who, group) | _open(who, group) | holding(who, Permission.KEEP_STRUCTURE)


@rule(Group, SEE)
def see_group(who: Who) -> Q:
    return _known(who, "")


@rule(GroupMember, SEE, READ)
def see_seat(who: Who) -> Q:
    return _known(who, "group__")


@rule(Chairing, SEE, READ)
def see_chairing(who: Who) -> Q:
    return _known(who, "group__")


@rule(ReportsTo, SEE, READ)
def see_line(who: Who) -> Q:
    """A line between two groups is seen by those who may know of both."""
    return _known(who, "child__") & _known(who, "parent__")


@rule(Group, READ)
def read_group(who: Who) -> Q:
    return _within(who, "")


@rule(Group, "keep-structure")
def keep_structure(who: Who) -> Q:
    return holding(who, Permission.KEEP_STRUCTURE, EVERY)


@rule(Group, "run-meetings")
def run_group(who: Who) -> Q:
    return holding(who, Permission.RUN_MEETINGS, _within(who, ""))


@rule(Group, "keep-actions")
def give_actions(who: Who) -> Q:
    return holding(who, Permission.KEEP_ACTIONS, _within(who, ""))


def _meeting(who: Who, way: str) -> Q:
    """Members know of every meeting of their group; others, of an open group's, once its agenda is out."""
    return _within(who, f"{way}group__") | (_open(who, f"{way}group__") & ~Q(**{f"{way}status": "planned"}))


@rule(Meeting, SEE)
def see_meeting(who: Who) -> Q:
    return _meeting(who, "")


@rule(Attendance, SEE, READ)
def see_attendance(who: Who) -> Q:
    """Members at once; others once the minutes are agreed."""
    agreed = _meeting(who, "meeting__") & Q(meeting__status="agreed")
    return _within(who, "meeting__group__") | agreed


@rule(Meeting, READ)
def read_meeting(who: Who) -> Q:
    return _within(who, "group__") | (see_meeting(who) & Q(status="agreed"))


@rule(Meeting, "run-meetings")
def run_meeting(who: Who) -> Q:
    return holding(who, Permission.RUN_MEETINGS, _within(who, "group__"))


@rule(Meeting, "chair")
def chair_meeting(who: Who) -> Q:
    return holding(who, Permission.CHAIR, _within(who, "group__"))


@rule(AgendaItem, SEE)
def see_item(who: Who) -> Q:
    return _shown(who, "meeting__group__", "exempt") & (
        ~Q(meeting__status="planned") | _within(who, "meeting__group__")
    )


@rule(AgendaItem, READ)
def read_item(who: Who) -> Q:
    """The minute of an item: members while it is drafted, and those who see the item once the minutes are agreed."""
    return see_item(who) & (Q(meeting__status="agreed") | _within(who, "meeting__group__"))


@rule(AgendaItem, "run-meetings")
def run_item(who: Who) -> Q:
    return see_item(who) & holding(who, Permission.RUN_MEETINGS, _within(who, "meeting__group__"))


def _through_item(who: Who) -> Q:
    return _shown(who, "item__meeting__group__", "item__exempt") & (
        Q(item__meeting__status="agreed") | _within(who, "item__meeting__group__")
    )


@rule(Paper, SEE, READ)
def see_paper(who: Who) -> Q:
    return _shown(who, "item__meeting__group__", "item__exempt") & (
        ~Q(item__meeting__status="planned") | _within(who, "item__meeting__group__")
    )


@rule(Paper, "run-meetings")
def keep_paper(who: Who) -> Q:
    return see_paper(who) & holding(who, Permission.RUN_MEETINGS, _within(who, "item__meeting__group__"))


@rule(Decision, SEE, READ)
def see_decision(who: Who) -> Q:
    return _through_item(who)


@rule(Decision, "run-meetings")
def keep_decision(who: Who) -> Q:
    return _through_item(who) & holding(who, Permission.RUN_MEETINGS, _within(who, "item__meeting__group__"))


@rule(Action, SEE)
def see_action(who: Who) -> Q:
    """An owner sees its action whatever the group; what is exempt is seen by nobody else without the right."""
    return _shown(who, "group__", "exempt") | owned(who)


@rule(Action, READ)
def read_action(who: Who) -> Q:
    return see_action(who) & (_within(who, "group__") | owned(who))


@rule(Progress, SEE, READ)
def see_progress(who: Who) -> Q:
    """What was reported on an action is for those who read the whole of it."""
    shown = _shown(who, "action__group__", "action__exempt") | owned(who, "action__owner_id")
    return shown & (_within(who, "action__group__") | owned(who, "action__owner_id"))


@rule(Action, "update-own")
def update_action(who: Who) -> Q:
    return see_action(who) & (holding(who, Permission.UPDATE_OWN, owned(who)) | keep_action(who))


@rule(Action, "keep-actions")
def keep_action(who: Who) -> Q:
    return see_action(who) & holding(who, Permission.KEEP_ACTIONS, _within(who, "group__"))
