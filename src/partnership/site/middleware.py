"""What happens around every request: the content security policy, and who is asking."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from ..access.who import Who, who
from ..organisations.models import Partnership, User, on
from .sign_in.sessions import note_session

Next = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
SEEN_EVERY = timedelta(minutes=5)
CHOSEN = "partnership"
"""Session key of the partnership a person works in, for those who belong to several."""


def content_security(next_step: Next) -> Next:
    """Nothing is loaded from anywhere else, nothing inline runs, and no page of a signed-in person is kept by a browser."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = next_step(request)
        response.setdefault("Content-Security-Policy", POLICY)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.setdefault("Cache-Control", "no-store")
        return response

    return handle


def who_is_asking(next_step: Next) -> Next:
    """`request.who` is the person's standing in the partnership they work in; None when they have none."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.who = SimpleLazyObject(lambda: standing(request))  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            _note_seen(request)
            if lacks_second_step(request):
                messages.info(request, "Your role asks for a second step when you sign in. Set one up to go on.")
                return redirect("mfa_index")
        return next_step(request)

    return handle


OWN = ("/account/", "/sign-in/", "/sign-out/", "/help/", "/privacy/", "/accessibility/", "/static/")
"""Pages that everyone may reach who is still to set up a second step."""
HAS_SECOND_STEP = "second-step"


def lacks_second_step(request: HttpRequest) -> bool:
    """Whether a role of this person asks for a second step, and they have none. One that came by an organisation's own
    sign-in has taken that organisation's. Asked of the database until there is one, then kept in the session."""
    roles = settings.SECOND_STEP_ROLES
    if not roles or request.path.startswith(OWN) or request.session.get(HAS_SECOND_STEP):
        return False
    who: Who | None = request.who  # type: ignore[attr-defined]
    asked = bool(who) and who is not None and ("*" in roles or bool(who.roles & roles))
    if asked and (is_mfa_enabled(request.user) or _by_organisation(request)):
        request.session[HAS_SECOND_STEP] = True
        return False
    return asked


def _by_organisation(request: HttpRequest) -> bool:
    return any(one.get("method") == "socialaccount" for one in get_authentication_records(request, request.user))


def standing(request: HttpRequest) -> Who | None:
    """Who is asking, in the partnership they chose, or the only or first one they belong to today."""
    user = request.user
    if not user.is_authenticated:
        return None
    today = timezone.localdate()
    held = on(today, "memberships__") & Q(memberships__user=user, memberships__status="current")
    mine = Partnership.objects.filter(held).distinct().order_by("name")
    chosen = mine.filter(slug=request.session.get(CHOSEN, "")).first() or mine.first()
    return who(user, chosen, today) if chosen else None


def _note_seen(request: HttpRequest) -> None:
    """When this person, in this browser, was here last: to the nearest few minutes."""
    user, now = request.user, timezone.now()
    if user.last_seen is None or now - user.last_seen > SEEN_EVERY:
        User.objects.filter(pk=user.pk).update(last_seen=now)
        note_session(request, user)
