"""A person's own account: what they may do here, how they sign in, and where they are signed in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from ...access.scope import NotThere
from ...organisations.models import Membership, RoleHeld, live, on
from ...organisations.roles import ROLES
from ..middleware import CHOSEN


@login_required
def page(request: HttpRequest) -> HttpResponse:
    """Memberships and roles of today, and the browsers signed in."""
    today = timezone.localdate()
    held = Membership.objects.filter(on(today), user=request.user, status="current").select_related(
        "partnership", "organisation", "post"
    )
    roles = RoleHeld.objects.filter(on(today), membership__in=held).order_by("id")
    told = [
        (member, [ROLES[role.role] for role in roles if role.membership_id == member.pk and role.role in ROLES])
        for member in held
    ]
    facts = {
        "memberships": told,
        "several": len({member.partnership_id for member, _ in told}) > 1,
        "sessions": live(request.user),
        "this": request.session.session_key,
    }
    return render(request, "site/account.html", facts)


@login_required
@require_POST
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """Work in another partnership one belongs to."""
    today = timezone.localdate()
    mine = Membership.objects.filter(on(today), user=request.user, status="current", partnership__slug=slug)
    if not mine.exists():
        raise NotThere
    request.session[CHOSEN] = slug
    return redirect("home")


@login_required
@require_POST
def end_session(request: HttpRequest, number: int) -> HttpResponse:
    """Sign one of one's own browsers out."""
    for session in request.user.signed_in.filter(pk=number):
        session.end()
        messages.success(request, "That browser is signed out.")
    return redirect("account")
