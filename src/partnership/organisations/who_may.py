"""The page that a governance lead signs: what each role may do, written from `roles` so that it cannot say anything else."""

from __future__ import annotations

from .roles import MEANING, ROLES, Permission, Role

INTRODUCTION = """# Who may do what

This page is written from `src/partnership/organisations/roles.py`; change that, then run `make docs`. A table of every role against every
state of every kind of record is tested against rules written separately in plain words (`tests/access/truth/expected.py`).

A person may do what their roles allow, for the organisation and on the groups where they sit, from the first day of each to the last. Nobody gives
themselves a role. Every role that is given or ended is on record with who did it and why.

What holds for every role:

- A record of another partnership is not there.
- A group's business is for its members. What is open in a group that is open to partners is for everyone who takes part.
- Exempt business (Local Government Act 1972, Schedule 12A) is for members who also have the right to see it, and for the organisation that must act on it.
- A draft plan is for those who write or approve plans.
- A page somebody may not see looks like a page that is not there.
"""


def page() -> str:
    """The whole page, as Markdown."""
    return "\n".join([INTRODUCTION, *(_role(role) for role in ROLES.values()), _table(), SIGNED])


def _role(role: Role) -> str:
    reach = (
        "Reaches every group of the partnership." if role.whole else "Reaches the groups and organisation they sit for."
    )
    may = [f"- {MEANING[permission]}" for permission in Permission if permission in role.allows]
    return "\n".join([f"## {role.title}", "", f"{role.description} {reach}", "", *may, ""])


def _table() -> str:
    heads = " | ".join(role.title for role in ROLES.values())
    lines = ["## All roles", "", f"| May | {heads} |", "|---|" + "---|" * len(ROLES)]
    for permission in Permission:
        cells = " | ".join("yes" if permission in role.allows else "" for role in ROLES.values())
        lines.append(f"| {permission.value.replace('-', ' ').capitalize()} | {cells} |")
    return "\n".join([*lines, ""])


SIGNED = """## Agreed

| Name | Post | Date |
|---|---|---|
| | | |
"""
