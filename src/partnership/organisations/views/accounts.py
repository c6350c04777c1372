"""Pages of those who keep accounts: a person, what is done to their account, and invitations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.mail import send_mail
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ...access.rules import may
from ...access.scope import NotThere, one, rows
from ...cases.journey import offered
from ...meetings.models import Action, GroupMember
from ..account_forms import EndRoleForm, GiveRoleForm, InviteForm, ReasonForm
from ..models import Invitation, Membership, Partnership, live
from ..roles import ROLES, Permission
from ..steps import accounts
from ..steps.invitations import token

SAID = {
    "end-membership": "They can no longer enter. Roles and seats end today, and every browser of theirs is signed out. What "
    "they led is listed on their page, for handing over.",
    "end-sessions": "Every browser they are signed in with is signed out now.",
    "reset-second-step": "Do this only when you are sure who asks. They are signed out, and set up a new second step.",
}
PLAIN: dict[str, Callable[..., Membership]] = {
    "end-membership": accounts.end,
    "end-sessions": accounts.end_sessions,
    "reset-second-step": accounts.reset_second_step,
}


@login_required
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """One member: roles with dates and reasons, seats, where they are signed in, what they lead."""
    member: Membership = one(request.who, Membership, reference)
    today = request.who.today
    facts = {
        "member": member,
        "roles": member.roles.order_by("-valid_from", "id"),
        "seats": GroupMember.objects.filter(membership=member).select_related("group").order_by("group__name"),
        "sessions": live(member.user),
        "led": _led(request, member),
        "steps": offered(member, request.who, accounts.OF_MEMBER),
        "today": today,
    }
    return render(request, "organisations/member.html", facts)


def _led(request: HttpRequest, member: Membership) -> list[Action]:
    """Open actions that the person leads, as far as the reader may see them, to be handed over when they leave."""
    return list(rows(request.who, Action).filter(lead=member, status="open").order_by("due")[:50])


@login_required
def step(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """Something done to an account."""
    member: Membership = one(request.who, Membership, reference)
    taken = next((known for known in accounts.OF_MEMBER if known.verb == verb), None)
    if taken is None or not may(request.who, taken.permission, member):
        raise NotThere
    given, form = request.POST or None, None
    if verb == "give-role":
        form = GiveRoleForm(given, seen=member.version)
        does: Callable[..., Membership] = accounts.give_role
    elif verb == "end-role":
        form = EndRoleForm(member, request.who, given, seen=member.version)
        does = accounts.end_role
    else:
        form, does = ReasonForm(given), PLAIN[verb]
    if form.is_valid() and form.take(does, member, by=request.who, **form.cleaned_data):
        messages.success(request, f"{taken.label}: recorded.")
        return redirect("membership", reference)
    facts = {"form": form, "title": taken.label, "caption": member.user.name, "warning": SAID.get(verb, "")}
    return render(request, "page_form.html", {**facts, "cancel": reverse("membership", args=[reference])})


@login_required
def invite(request: HttpRequest, name: str) -> HttpResponse:
    """Ask somebody to take part. The link goes to them by mail."""
    who = request.who
    if not who or not who.has(Permission.KEEP_ACCOUNTS):
        raise NotThere
    form = InviteForm(who, request.POST or None)
    if form.is_valid() and (made := form.take(accounts.invite, by=who, **form.cleaned_data)):
        _send(request, made)
        return redirect("invitation", made.reference)
    facts = {"form": form, "title": "Invite somebody", "button": "Send the invitation"}
    return render(request, "page_form.html", {**facts, "cancel": reverse("list", args=["accounts"])})


@login_required
def invitation(request: HttpRequest, reference: str) -> HttpResponse:
    found: Invitation = one(request.who, Invitation, reference)
    facts = {
        "invitation": found,
        "roles": [ROLES[name] for name in found.roles if name in ROLES],
        "steps": offered(found, request.who, accounts.OF_INVITATION),
        "late": found.status == "sent" and found.expires < request.who.today,
    }
    return render(request, "organisations/invitation.html", facts)


@login_required
def invitation_step(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    found: Invitation = one(request.who, Invitation, reference)
    if verb not in {known.verb for known in accounts.OF_INVITATION}:
        raise Http404
    if verb == accounts.SEND_AGAIN.verb:
        if request.method == "POST":
            _send(request, accounts.send_again(found, by=request.who, once=request.POST.get("once", "")))
            return redirect("invitation", reference)
        return _ask(request, found, None, "Send again")
    form = ReasonForm(request.POST or None)
    if form.is_valid() and form.take(accounts.withdraw, found, by=request.who, **form.cleaned_data):
        messages.success(request, "Invitation withdrawn.")
        return redirect("invitation", reference)
    return _ask(request, found, form, "Withdraw invitation")


def _ask(request: HttpRequest, found: Invitation, form: Any, title: str) -> HttpResponse:
    facts = {"form": form or "", "title": title, "caption": found.name}
    return render(request, "page_form.html", {**facts, "cancel": reverse("invitation", args=[found.reference])})


def _send(request: HttpRequest, made: Invitation) -> None:
    """The link by mail. When the mail cannot go, the invitation stays and says so."""
    partnership = Partnership.objects.get(pk=made.partnership_id)
    link = request.build_absolute_uri(reverse("invitation-accept", args=[token(made)]))
    words = (
        f"{partnership} asks you to take part, for {made.organisation}.\n\n"
        f"Use this link to set up your account. It holds until {made.expires.day} {made.expires:%B %Y}.\n\n{link}\n\n"
        "If you did not expect this, do nothing.\n"
    )
    try:
        send_mail(f"You are invited: {partnership}", words, None, [made.email])
        messages.success(request, "The invitation is on its way.")
    except OSError:
        messages.error(request, "The mail could not be sent. The invitation is kept: send it again later.")
