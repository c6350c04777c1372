"""Which browsers a person is signed in with, and the event of signing in."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from ...audit.record import record
from ...organisations.models import Membership, SignedIn, User, on
from .adapters import address

BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
MACHINES = (
    ("Android", "Android"),
    ("iPhone|iPad", "an iPhone or iPad"),
    ("Windows", "Windows"),
    ("Mac", "a Mac"),
    ("Linux", "Linux"),
)


def note_session(request: HttpRequest, user: User) -> None:
    """Keep that this browser is signed in, or that it still is."""
    if request.session.session_key is None:
        request.session.save()
    facts = {
        "user": user,
        "seen": timezone.now(),
        "browser": browser(request.META.get("HTTP_USER_AGENT", "")),
        "address": address(request),
    }
    SignedIn.objects.update_or_create(session_key=request.session.session_key, defaults=facts)


def browser(agent: str) -> str:
    """What a browser says of itself, in words: "Firefox on Windows"."""
    name = next((said for sign, said in BROWSERS if re.search(sign, agent)), "A browser")
    machine = next((said for sign, said in MACHINES if re.search(sign, agent)), "")
    return f"{name} on {machine}" if machine else name


@receiver(user_logged_in)
def signed_in(sender: Any, request: HttpRequest, user: User, **more: Any) -> None:
    """Signing in is on record in each partnership that the person belongs to today."""
    note_session(request, user)
    User.objects.filter(pk=user.pk).update(last_seen=timezone.now())
    today = timezone.localdate()
    held = Membership.objects.filter(on(today), user=user, status="current").order_by("partnership_id", "id")
    for member in {member.partnership_id: member for member in held}.values():
        record(
            "sign-in",
            partnership_id=member.partnership_id,
            kind="membership",
            subject=member.reference,
            actor_id=user.pk,
        )


@receiver(user_logged_out)
def signed_out(sender: Any, request: HttpRequest, user: User | None, **more: Any) -> None:
    if user is not None:
        SignedIn.objects.filter(user=user, session_key=request.session.session_key or "").delete()
