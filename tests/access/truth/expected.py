"""The rules in words, one line each. Nothing here is read from `partnership.access` or from what a role allows: where the
two disagree, one of them is wrong.

A rule says of a person `p` and the facts `f` of a record whether the thing may be done. A new rule of the rule book needs its
line here, and rows of its kind in `rows.py`.
"""

from __future__ import annotations

from collections.abc import Callable

from .people import Person
from .rows import Facts

Rule = Callable[[Person, Facts], bool]

HOLDS = {
    "see-records": "manager analyst chair lead secretary partner governance",
    "see-exempt": "manager analyst chair lead secretary",
    "see-restricted": "manager",
    "run-meetings": "manager secretary",
    "chair": "chair",
    "keep-actions": "manager lead secretary",
    "update-own": "manager analyst chair lead secretary partner",
    "keep-plan": "manager lead",
    "approve-plan": "chair",
    "keep-registers": "manager lead",
    "keep-duties": "manager",
    "keep-targets": "manager analyst lead",
    "bring-figures": "manager analyst",
    "publish": "manager",
    "ask-questions": "scrutiny",
    "keep-consultation": "manager analyst",
    "keep-structure": "manager administrator",
    "keep-accounts": "governance administrator",
    "read-audit": "governance",
    "export": "manager analyst chair lead",
}
"""Which roles hold each permission, as the roles are described to a governance lead."""

EVERYWHERE = {"manager", "analyst", "chair"}
"""Roles that reach every group of the partnership."""
SCRUTINY_REGISTERS = {"scrutiny-questions", "recommendations"}


def holds(p: Person, permission: str) -> bool:
    return p.role in HOLDS[permission].split()


def works(p: Person) -> bool:
    """Takes part in the partnership's work."""
    return holds(p, "see-records")


def takes_part(p: Person) -> bool:
    """Works in the partnership, or holds it to account."""
    return works(p) or p.role == "scrutiny"


def inside(p: Person, f: Facts) -> bool:
    """Belongs to the group, or has a role that reaches every group."""
    return works(p) and (p.role in EVERYWHERE or f.group in p.groups)


def known(p: Person, f: Facts) -> bool:
    """A closed group, its seats, chairs and lines are its members' own; whoever keeps the structure knows of every group."""
    return inside(p, f) or (takes_part(p) and f.group == "board") or holds(p, "keep-structure")


def own(p: Person, f: Facts) -> bool:
    """The person's organisation answers for it."""
    return works(p) and f.owner == p.organisation


def business(p: Person, f: Facts) -> bool:
    """Open business of open groups is everybody's; a closed group's is its members'; exempt business asks for the right as well."""
    if f.exempt:
        return inside(p, f) and holds(p, "see-exempt")
    return inside(p, f) or (takes_part(p) and f.group == "board")


def announced(p: Person, f: Facts) -> bool:
    """A meeting that is only planned is its group's own business."""
    return inside(p, f) or f.meeting != "planned"


def minuted(p: Person, f: Facts) -> bool:
    """What was said and decided is the group's own until the minutes are agreed."""
    return inside(p, f) or f.meeting == "agreed"


def attended(p: Person, f: Facts) -> bool:
    """Who came is the group's own until the minutes are agreed, and then everybody's where the group is open."""
    return inside(p, f) or (takes_part(p) and f.group == "board" and f.meeting == "agreed")


def written(p: Person, f: Facts) -> bool:
    """A draft plan is for those who write or approve it."""
    return takes_part(p) and (f.plan != "draft" or p.role in {"manager", "analyst", "chair", "lead"})


def leads(p: Person, f: Facts) -> bool:
    """Leads the priority: through the group or the organisation that leads it, or through a role that reaches everywhere."""
    return p.role in EVERYWHERE or f.group in p.groups or f.lead == p.organisation


def register(p: Person, f: Facts) -> bool:
    """Every register for those who work; scrutiny's own for scrutiny; a restricted entry asks for the right or to be one's own."""
    mine = works(p) or (p.role == "scrutiny" and f.register in SCRUTINY_REGISTERS)
    return mine and (not f.private or p.role == "manager" or own(p, f))


def kept(p: Person, f: Facts) -> bool:
    """Entries are kept by the manager and leads, and by scrutiny in its own registers."""
    asks = p.role == "scrutiny" and f.register in SCRUTINY_REGISTERS
    return register(p, f) and (holds(p, "keep-registers") or asks)


def reports(p: Person, f: Facts) -> bool:
    return holds(p, "update-own") and own(p, f)


def given_out(p: Person, f: Facts) -> bool:
    return (business(p, f) or own(p, f)) and inside(p, f) and holds(p, "keep-actions")


def released(p: Person, f: Facts) -> bool:
    """Figures are for the audience they were released for: anyone who takes part, those who work here, those who bring them."""
    for_whom = {"public": takes_part(p), "partnership": works(p), "analyst": p.role in {"manager", "analyst"}}
    return for_whom[f.audience]


EXPECTED: dict[tuple[str, str], Rule] = {
    ("Group", "see"): known,
    **{(model, verb): known for model in ("GroupMember", "Chairing", "ReportsTo") for verb in ("see", "read")},
    ("Group", "read"): inside,
    ("Group", "keep-structure"): lambda p, f: holds(p, "keep-structure"),
    ("Group", "run-meetings"): lambda p, f: inside(p, f) and holds(p, "run-meetings"),
    ("Group", "keep-actions"): lambda p, f: inside(p, f) and holds(p, "keep-actions"),
    ("Meeting", "see"): lambda p, f: inside(p, f) or (takes_part(p) and f.group == "board" and f.meeting != "planned"),
    ("Meeting", "read"): lambda p, f: inside(p, f) or (takes_part(p) and f.group == "board" and f.meeting == "agreed"),
    ("Attendance", "see"): attended,
    ("Attendance", "read"): attended,
    ("Meeting", "run-meetings"): lambda p, f: inside(p, f) and holds(p, "run-meetings"),
    ("Meeting", "chair"): lambda p, f: p.role == "chair",
    ("AgendaItem", "see"): lambda p, f: business(p, f) and announced(p, f),
    ("AgendaItem", "read"): lambda p, f: business(p, f) and minuted(p, f),
    ("AgendaItem", "run-meetings"): lambda p, f: business(p, f) and inside(p, f) and holds(p, "run-meetings"),
    ("Paper", "see"): lambda p, f: business(p, f) and announced(p, f),
    ("Paper", "read"): lambda p, f: business(p, f) and announced(p, f),
    ("Paper", "run-meetings"): lambda p, f: business(p, f) and inside(p, f) and holds(p, "run-meetings"),
    ("Decision", "see"): lambda p, f: business(p, f) and minuted(p, f),
    ("Decision", "read"): lambda p, f: business(p, f) and minuted(p, f),
    ("Decision", "run-meetings"): lambda p, f: business(p, f) and inside(p, f) and holds(p, "run-meetings"),
    ("Action", "see"): lambda p, f: business(p, f) or own(p, f),
    ("Action", "read"): lambda p, f: own(p, f) or (business(p, f) and inside(p, f)),
    ("Progress", "see"): lambda p, f: own(p, f) or (business(p, f) and inside(p, f)),
    ("Progress", "read"): lambda p, f: own(p, f) or (business(p, f) and inside(p, f)),
    ("Action", "update-own"): lambda p, f: reports(p, f) or given_out(p, f),
    ("Action", "keep-actions"): given_out,
    ("Plan", "see"): written,
    ("Plan", "read"): written,
    ("Plan", "keep-plan"): lambda p, f: p.role == "manager",
    ("Plan", "approve-plan"): lambda p, f: p.role == "chair",
    ("Cause", "see"): lambda p, f: takes_part(p),
    ("Cause", "read"): lambda p, f: takes_part(p),
    ("Cause", "keep-plan"): lambda p, f: p.role == "manager",
    **{(name, verb): written for name in ("Priority", "Outcome", "Activity") for verb in ("see", "read")},
    **{(name, verb): written for name in ("Commitment", "Milestone", "Resource") for verb in ("see", "read")},
    **{(name, "keep-plan"): lambda p, f: p.role == "manager" for name in ("Outcome", "Activity")},
    **{
        (name, "keep-plan"): lambda p, f: holds(p, "keep-plan") and leads(p, f)
        for name in ("Priority", "Commitment", "Milestone", "Resource")
    },
    ("Commitment", "update-own"): lambda p, f: (
        written(p, f) and (reports(p, f) or (holds(p, "keep-plan") and leads(p, f)))
    ),
    **{(name, verb): lambda p, f: takes_part(p) for name in ("Indicator", "Target") for verb in ("see", "read")},
    **{
        (name, "keep-targets"): lambda p, f: holds(p, "keep-targets") and leads(p, f)
        for name in ("Indicator", "Target")
    },
    ("RecoveryPlan", "see"): lambda p, f: takes_part(p),
    ("RecoveryPlan", "read"): lambda p, f: works(p),
    ("RecoveryPlan", "keep-plan"): lambda p, f: holds(p, "keep-plan") and (leads(p, f) or own(p, f)),
    ("RecoveryPlan", "chair"): lambda p, f: p.role == "chair",
    **{("Bringing", verb): lambda p, f: takes_part(p) for verb in ("see", "read")},
    **{("Finding", verb): released for verb in ("see", "read")},
    ("DutyDue", "see"): lambda p, f: takes_part(p),
    ("DutyDue", "read"): lambda p, f: takes_part(p),
    ("DutyDue", "keep-duties"): lambda p, f: p.role == "manager" or reports(p, f),
    ("Entry", "see"): register,
    ("Entry", "read"): lambda p, f: register(p, f) and (p.role == "manager" or own(p, f)),
    ("Entry", "keep-registers"): kept,
    ("Entry", "update-own"): lambda p, f: kept(p, f) or (register(p, f) and reports(p, f)),
    **{
        (name, verb): lambda p, f: holds(p, "keep-accounts")
        for name in ("Membership", "Invitation")
        for verb in ("see", "read", "keep-accounts")
    },
    **{("Event", verb): lambda p, f: holds(p, "read-audit") for verb in ("see", "read")},
    ("Partnership", "see"): lambda p, f: True,
    **{("Partnership", name): lambda p, f, name=name: holds(p, name) for name in HOLDS},
}

AWAITING: frozenset[str] = frozenset()
"""Kinds of record whose rules are not written down here yet: a debt, to be paid before the issue is closed."""
