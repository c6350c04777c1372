"""The signed link in a reminder: one person may report once on one action with it, for two weeks, without signing in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.core import signing
from django.core.exceptions import ObjectDoesNotExist

from ..access.scope import NotThere, one
from ..access.who import Who, who
from ..organisations.models import Partnership, User
from ..organisations.roles import Permission
from .models import Action

PURPOSE = "partnership.meetings.report-progress"
"""Binds the signature to this use: a token made for anything else does not open it."""
LASTS = timedelta(days=14)
THROUGH = "a link in an e-mail"


class LinkEnded(Exception):
    """The link is too old, was changed, or its person or action is no longer open to it."""


@dataclass(frozen=True)
class Opened:
    """What a link opens: the action, the person as one who may only report on it, and the number that makes it single."""

    action: Action
    by: Who
    once: str


def token(user: User, action: Action) -> str:
    """For the person and the action alone. It holds numbers, no name and no address."""
    return signing.dumps([user.pk, action.partnership_id, action.reference], salt=PURPOSE, compress=False)


def opened(given: str, today: date) -> Opened:
    """Raises LinkEnded. What the person may do is asked anew: a link dies with the membership and with the action's end."""
    try:
        user_id, partnership_id, reference = signing.loads(given, salt=PURPOSE, max_age=LASTS)
        user, partnership = User.objects.get(pk=user_id), Partnership.objects.get(pk=partnership_id)
        by = reporting(user, partnership, today)
        found = one(by, Action, reference, status="open", owner_id__in=by.organisations)
    except (signing.BadSignature, ObjectDoesNotExist, NotThere):
        raise LinkEnded from None
    return Opened(found, by, hashlib.sha256(given.encode()).hexdigest()[:40])


def reporting(user: User, partnership: Partnership, today: date) -> Who:
    """The person as a partner who reports on what their own organisation owns, whatever else they may do when signed in."""
    standing = who(user, partnership, today)
    if standing is None or not standing.has(Permission.UPDATE_OWN):
        raise NotThere
    return replace(standing, roles=frozenset({"partner"}), groups=frozenset(), through=THROUGH)
