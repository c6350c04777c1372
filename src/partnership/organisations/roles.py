"""The roles of a partnership as plain data: what each may do, in words a governance lead can sign. Imports nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """What a role may allow. The value is the name kept in audit events; `MEANING` says it in words."""

    SEE_RECORDS = "see-records"
    SEE_EXEMPT = "see-exempt"
    SEE_RESTRICTED = "see-restricted"
    RUN_MEETINGS = "run-meetings"
    CHAIR = "chair"
    KEEP_ACTIONS = "keep-actions"
    UPDATE_OWN = "update-own"
    KEEP_PLAN = "keep-plan"
    APPROVE_PLAN = "approve-plan"
    KEEP_REGISTERS = "keep-registers"
    KEEP_DUTIES = "keep-duties"
    KEEP_TARGETS = "keep-targets"
    BRING_FIGURES = "bring-figures"
    PUBLISH = "publish"
    ASK_QUESTIONS = "ask-questions"
    KEEP_CONSULTATION = "keep-consultation"
    KEEP_STRUCTURE = "keep-structure"
    KEEP_ACCOUNTS = "keep-accounts"
    READ_AUDIT = "read-audit"
    EXPORT = "export"


MEANING: dict[Permission, str] = {
    Permission.SEE_RECORDS: "See the partnership's plan, groups they belong to, actions, scorecard and open registers.",
    Permission.SEE_EXEMPT: "See items and papers that are exempt from the public, with the reason for the exemption.",
    Permission.SEE_RESTRICTED: "See entries marked restricted, such as the address of a safe house.",
    Permission.RUN_MEETINGS: "Set dates, agenda, papers and attendance, and write the minutes.",
    Permission.CHAIR: "Agree minutes, take decisions into the record, and close recovery plans when the exit test holds.",
    Permission.KEEP_ACTIONS: "Give out, change and close anybody's actions.",
    Permission.UPDATE_OWN: "Report progress on the actions their organisation owns.",
    Permission.KEEP_PLAN: "Write the plan: priorities, commitments, activities, milestones, resources.",
    Permission.APPROVE_PLAN: "Approve a plan whose statutory contents are complete.",
    Permission.KEEP_REGISTERS: "Add and change entries of the partnership's registers.",
    Permission.KEEP_DUTIES: "Record evidence for statutory duties and say when they are met.",
    Permission.KEEP_TARGETS: "Set targets, with the reason for each.",
    Permission.BRING_FIGURES: "Bring released figures and products of the library on to the site.",
    Permission.PUBLISH: "Put what has been released in front of the public.",
    Permission.ASK_QUESTIONS: "Put questions and recommendations as scrutiny, and follow the answers.",
    Permission.KEEP_CONSULTATION: "Build surveys, key in paper answers, theme free text and publish results.",
    Permission.KEEP_STRUCTURE: "Keep organisations, groups, posts and reporting lines.",
    Permission.KEEP_ACCOUNTS: "Invite people, give and end roles, end sessions.",
    Permission.READ_AUDIT: "Read who did what, and check that the record is whole.",
    Permission.EXPORT: "Take lists out as files.",
}


@dataclass(frozen=True)
class Role:
    """One role. `whole` says that it reaches every group of the partnership, not only the holder's own."""

    name: str
    title: str
    description: str
    allows: frozenset[Permission]
    whole: bool = False


def _role(name: str, title: str, description: str, *allows: Permission, whole: bool = False) -> Role:
    return Role(name, title, description, frozenset(allows), whole)


P = Permission
_ROLES = (
    _role(
        "manager",
        "Community safety manager",
        "Runs the partnership from day to day: its meetings, plan, actions, duties and registers.",
        *(set(P) - {P.CHAIR, P.APPROVE_PLAN, P.KEEP_ACCOUNTS, P.READ_AUDIT, P.ASK_QUESTIONS}),
        whole=True,
    ),
    _role(
        "analyst",
        "Partnership analyst",
        "Brings figures and products, keeps targets with the leads, and writes the assessment.",
        P.SEE_RECORDS,
        P.SEE_EXEMPT,
        P.UPDATE_OWN,
        P.BRING_FIGURES,
        P.KEEP_TARGETS,
        P.KEEP_CONSULTATION,
        P.EXPORT,
        whole=True,
    ),
    _role(
        "chair",
        "Board chair",
        "Chairs the partnership or one of its groups, and is answerable for what it decides.",
        P.SEE_RECORDS,
        P.SEE_EXEMPT,
        P.CHAIR,
        P.APPROVE_PLAN,
        P.UPDATE_OWN,
        P.EXPORT,
        whole=True,
    ),
    _role(
        "lead",
        "Priority lead",
        "Leads one priority: its delivery plan, commitments, targets and recovery plans.",
        P.SEE_RECORDS,
        P.SEE_EXEMPT,
        P.KEEP_PLAN,
        P.KEEP_TARGETS,
        P.KEEP_ACTIONS,
        P.UPDATE_OWN,
        P.KEEP_REGISTERS,
        P.EXPORT,
    ),
    _role(
        "secretary",
        "Meeting secretary",
        "Prepares and minutes the meetings of the groups they belong to.",
        P.SEE_RECORDS,
        P.SEE_EXEMPT,
        P.RUN_MEETINGS,
        P.KEEP_ACTIONS,
        P.UPDATE_OWN,
    ),
    _role(
        "partner",
        "Partner",
        "Sits on one or more groups for their organisation, and reports on its actions.",
        P.SEE_RECORDS,
        P.UPDATE_OWN,
    ),
    _role(
        "scrutiny",
        "Scrutiny member",
        "A councillor who holds the partnership to account: sees what is open, asks questions, follows recommendations.",
        P.ASK_QUESTIONS,
    ),
    _role(
        "governance",
        "Information governance lead",
        "Checks who may see what and who did what. Does not see what a meeting decided in private.",
        P.SEE_RECORDS,
        P.READ_AUDIT,
        P.KEEP_ACCOUNTS,
    ),
    _role(
        "administrator",
        "Administrator",
        "Keeps accounts, organisations and groups. Sees no more of the work than an administrator needs.",
        P.KEEP_ACCOUNTS,
        P.KEEP_STRUCTURE,
    ),
)

ROLES: dict[str, Role] = {role.name: role for role in _ROLES}
"""Every role by its name."""


def allowed(names: frozenset[str]) -> frozenset[Permission]:
    """What the named roles allow together. A name that is no longer a role allows nothing."""
    return frozenset().union(*(ROLES[name].allows for name in names if name in ROLES))


def reaches_all(names: frozenset[str]) -> bool:
    """Whether one of the named roles reaches every group of the partnership."""
    return any(ROLES[name].whole for name in names if name in ROLES)
