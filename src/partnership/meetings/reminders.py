"""The digest of what is late or nearly due: each person at most once a day, however often it is run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from ..access.scope import NotThere, rows
from ..organisations.models import Partnership, User, on
from .links import LASTS, reporting, token
from .models import Action, Reminder

SOON = timedelta(days=7)
"""How long before its day an action is first spoken of."""
GIVEN_UP = timedelta(minutes=30)
"""A message claimed so long ago and not sent was cut off, and is sent again."""


@dataclass
class Sent:
    """What one run did."""

    people: int = 0
    before: int = 0
    failed: int = 0


def remind(partnership: Partnership, today: date) -> Sent:
    """Write to everybody whose organisation owns an action that is late or due within a week. An action with a lead
    goes to that person alone. Safe to run again on the same day."""
    done = Sent()
    members = User.objects.filter(on(today, "memberships__"), memberships__partnership=partnership, is_active=True)
    for user in members.distinct().order_by("id"):
        actions = owed(user, partnership, today)
        if not actions:
            continue
        claim = _claimed(partnership, user, today)
        if claim is None:
            done.before += 1
            continue
        try:
            _send(partnership, user, actions, today)
        except (OSError, SMTPException):
            claim.delete()
            done.failed += 1
        else:
            Reminder.objects.filter(pk=claim.pk).update(sent=timezone.now(), actions=len(actions))
            done.people += 1
    return done


def owed(user: User, partnership: Partnership, today: date) -> list[Action]:
    """Open actions of the person's organisation that are late or due within a week, latest first."""
    try:
        by = reporting(user, partnership, today)
    except NotThere:
        return []
    mine = Q(lead__isnull=True) | Q(lead__user=user)
    found = rows(by, Action).filter(mine, status="open", due__lte=today + SOON, owner_id__in=by.organisations)
    return list(found.select_related("group").order_by("due", "id"))


def _claimed(partnership: Partnership, user: User, today: date) -> Reminder | None:
    """The right to write to this person today; None when somebody has it or has used it."""
    key = {"partnership": partnership, "user": user, "day": today}
    now: datetime = timezone.now()
    try:
        with transaction.atomic():
            return Reminder.objects.create(**key, claimed=now)
    except IntegrityError:
        cut_off = Reminder.objects.filter(**key, sent=None, claimed__lt=now - GIVEN_UP)
        return Reminder.objects.get(**key) if cut_off.update(claimed=now) else None


def _send(partnership: Partnership, user: User, actions: list[Action], today: date) -> None:
    told = [
        {
            "words": f"Exempt action {action.reference}" if action.exempt else action.title,
            "group": action.group,
            "due": action.due,
            "late": (today - action.due).days,
            "link": settings.ADDRESS + reverse("report-by-link", args=[token(user, action)]),
        }
        for action in actions
    ]
    facts = {"partnership": partnership, "actions": told, "address": settings.ADDRESS, "days": LASTS.days}
    late = sum(action.due < today for action in actions)
    subject = (
        f"{late} of your actions are late" if late > 1 else "An action is late" if late else "An action is due soon"
    )
    send_mail(
        f"{partnership}: {subject}",
        render_to_string("meetings/remind.txt", facts),
        None,
        [user.email],
    )
