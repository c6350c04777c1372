from .duty import DutyDue
from .entry import Entry
from .plan import Activity, Cause, Commitment, Milestone, Outcome, Plan, Priority, Resource
from .scorecard import Indicator, RecoveryPlan, Target

__all__ = [
    "Activity",
    "Cause",
    "Commitment",
    "DutyDue",
    "Entry",
    "Indicator",
    "Milestone",
    "Outcome",
    "Plan",
    "Priority",
    "RecoveryPlan",
    "Resource",
    "Target",
]
