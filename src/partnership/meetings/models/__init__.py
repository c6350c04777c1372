from .action import Action, Progress
from .group import Chairing, Group, GroupMember, ReportsTo
from .meeting import EXEMPT_PARAGRAPHS, AgendaItem, Attendance, Decision, Meeting, Paper
from .reminder import Reminder

__all__ = [
    "EXEMPT_PARAGRAPHS",
    "Action",
    "AgendaItem",
    "Attendance",
    "Chairing",
    "Decision",
    "Group",
    "GroupMember",
    "Meeting",
    "Paper",
    "Progress",
    "Reminder",
    "ReportsTo",
]
