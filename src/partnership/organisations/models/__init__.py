from .dated import Dated, in_order, on
from .invitation import Invitation
from .organisation import Organisation, Standing, Succession
from .partnership import Authority, Partnership
from .people import Membership, Post, RoleHeld, User
from .record import COMMON, Record, new_reference
from .sensitivity import Sensitivity, classes
from .session import SignedIn, live

__all__ = [
    "COMMON",
    "Authority",
    "Dated",
    "Invitation",
    "Membership",
    "Organisation",
    "Partnership",
    "Post",
    "Record",
    "RoleHeld",
    "Sensitivity",
    "SignedIn",
    "Standing",
    "Succession",
    "User",
    "classes",
    "in_order",
    "live",
    "new_reference",
    "on",
]
