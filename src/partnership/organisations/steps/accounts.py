"""What is done to people's accounts: invite, give and end roles, end a membership. Nobody does any of it to themselves: the
rule of `access.of_accounts` leaves one's own membership out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError

from ...access.who import Who
from ...cases import journey
from ...meetings.models import GroupMember
from ..models import Invitation, Membership, Organisation, Partnership, Post, RoleHeld, User, on
from ..roles import ROLES

DAYS = 14
"""How long an invitation holds."""

INVITE = journey.step(
    "invite-person", "Invite somebody", "keep-accounts", "{who} sent invitation {what}", to="sent", reason=True
)
SEND_AGAIN = journey.step(
    "send-invitation-again", "Send again", "keep-accounts", "{who} sent invitation {what} again", sources="sent"
)
WITHDRAW = journey.step(
    "withdraw-invitation",
    "Withdraw invitation",
    "keep-accounts",
    "{who} withdrew invitation {what}",
    sources="sent",
    to="withdrawn",
    reason=True,
)
ACCEPT = journey.step(
    "accept-invitation",
    "Accept invitation",
    "keep-accounts",
    "{who} accepted invitation {what}",
    sources="sent",
    to="accepted",
)
GIVE_ROLE = journey.step(
    "give-role", "Give a role", "keep-accounts", "{who} gave a role to member {what}", sources="current", reason=True
)
END_ROLE = journey.step(
    "end-role", "End a role", "keep-accounts", "{who} ended a role of member {what}", sources="current", reason=True
)
END_SESSIONS = journey.step(
    "end-sessions",
    "Sign out everywhere",
    "keep-accounts",
    "{who} signed member {what} out everywhere",
    sources="current",
    reason=True,
)
RESET_SECOND_STEP = journey.step(
    "reset-second-step",
    "Remove the second step",
    "keep-accounts",
    "{who} removed the second step of member {what}",
    sources="current",
    reason=True,
)
END = journey.step(
    "end-membership",
    "End membership",
    "keep-accounts",
    "{who} ended the membership of {what}",
    sources="current",
    to="ended",
    reason=True,
)
OF_MEMBER = [GIVE_ROLE, END_ROLE, END_SESSIONS, RESET_SECOND_STEP, END]
OF_INVITATION = [SEND_AGAIN, WITHDRAW]


def invite(
    *,
    by: Who,
    email: str,
    name: str,
    organisation: Organisation,
    roles: Sequence[str],
    reason: str,
    post: str = "",
    once: str = "",
) -> Invitation:
    """Ask somebody to take part for an organisation, with roles that begin when they accept."""
    of = Partnership.objects.get(pk=by.partnership_id)
    if Membership.objects.filter(partnership=of, status="current", user__email=email.lower()).exists():
        raise ValidationError({"email": "This person belongs to the partnership already"})
    invitation = Invitation(
        email=email.lower(),
        name=name,
        organisation=organisation,
        post=post,
        roles=sorted(roles),
        expires=by.today + timedelta(days=DAYS),
    )
    facts = {"roles": sorted(roles), "organisation": organisation.pk}
    return journey.begin(invitation, INVITE, by=by, of=of, reason=reason, once=once, facts=facts)


def send_again(invitation: Invitation, *, by: Who, once: str = "") -> Invitation:
    """A new link for the same invitation; the old one ends."""

    def body(row: Invitation) -> None:
        row.expires = by.today + timedelta(days=DAYS)

    return journey.move(invitation, SEND_AGAIN, by=by, body=body, once=once)


def withdraw(invitation: Invitation, *, by: Who, reason: str, once: str = "") -> Invitation:
    return journey.move(invitation, WITHDRAW, by=by, reason=reason, once=once)


def accept(invitation: Invitation, *, by: Who, password: str) -> Invitation:
    """The person invited sets a password and belongs from today. One who has an account already keeps its password."""

    def body(row: Invitation) -> Mapping[str, Any]:
        user = User.objects.filter(email=row.email).first()
        if user is None:
            user = User.objects.create_user(row.email, password, name=row.name)
        EmailAddress.objects.update_or_create(user=user, email=row.email, defaults={"verified": True, "primary": True})
        post = Post.objects.get_or_create(organisation=row.organisation, title=row.post)[0] if row.post else None
        member = Membership.objects.create(
            user=user,
            partnership_id=row.partnership_id,
            organisation=row.organisation,
            post=post,
            valid_from=by.today,
        )
        for role in row.roles:
            RoleHeld.objects.create(membership=member, role=role, valid_from=by.today, reason="Invited to it")
        row.membership = member
        return {"member": member.reference}

    return journey.move(invitation, ACCEPT, by=by, body=body)


def give_role(
    member: Membership,
    *,
    by: Who,
    role: str,
    reason: str,
    valid_from: date | None = None,
    valid_to: date | None = None,
    seen: int | None = None,
    once: str = "",
) -> Membership:
    """Give a role from a day, perhaps to a day. The reason stays beside it."""
    begins = valid_from or by.today

    def body(row: Membership) -> Mapping[str, Any]:
        held = row.roles.filter(role=role).exclude(valid_to__lt=begins)
        if held.exists():
            raise ValidationError({"role": "They hold this role then already"})
        given = RoleHeld(membership=row, role=role, valid_from=begins, valid_to=valid_to, reason=reason[:300])
        given.full_clean()
        given.save()
        return {"role": role, "starts": begins.isoformat(), "ends": valid_to.isoformat() if valid_to else None}

    return journey.move(member, GIVE_ROLE, by=by, seen=seen, body=body, reason=reason, once=once)


def end_role(
    member: Membership, *, by: Who, role: str, reason: str, seen: int | None = None, once: str = ""
) -> Membership:
    """End a role now: what it allowed is gone with the next page."""

    def body(row: Membership) -> Mapping[str, Any]:
        for held in row.roles.filter(role=role).exclude(valid_to__lt=by.today):
            _end(held, by.today)
        return {"role": role, "title": ROLES[role].title if role in ROLES else role}

    return journey.move(member, END_ROLE, by=by, seen=seen, body=body, reason=reason, once=once)


def _end(held: RoleHeld, today: date) -> None:
    """A role is held to its last day, so one that ends now ended yesterday; one that began today never was."""
    yesterday = today - timedelta(days=1)
    if held.valid_from and held.valid_from > yesterday:
        held.delete()
    else:
        held.valid_to = yesterday
        held.save()


def end_sessions(member: Membership, *, by: Who, reason: str, once: str = "") -> Membership:
    def body(row: Membership) -> Mapping[str, Any]:
        return {"sessions": _sign_out(row.user)}

    return journey.move(member, END_SESSIONS, by=by, body=body, reason=reason, once=once)


def reset_second_step(member: Membership, *, by: Who, reason: str, once: str = "") -> Membership:
    """For somebody who lost phone and codes: they are signed out, and set up a second step when they come back."""

    def body(row: Membership) -> Mapping[str, Any]:
        Authenticator.objects.filter(user=row.user).delete()
        return {"sessions": _sign_out(row.user)}

    return journey.move(member, RESET_SECOND_STEP, by=by, body=body, reason=reason, once=once)


def end(member: Membership, *, by: Who, reason: str, seen: int | None = None, once: str = "") -> Membership:
    """A leaver: membership, roles and seats end today, and every browser of theirs is signed out. What they led stays and is
    listed on their page for handing over."""

    def body(row: Membership) -> Mapping[str, Any]:
        row.valid_to = max(by.today, row.valid_from or by.today)
        for held in row.roles.filter(on(by.today)):
            _end(held, by.today)
        seats = GroupMember.objects.filter(on(by.today), membership=row)
        ended = seats.update(valid_to=by.today)
        others = Membership.objects.filter(user=row.user, status="current").exclude(pk=row.pk)
        return {"seats": ended, "sessions": 0 if others.exists() else _sign_out(row.user)}

    return journey.move(member, END, by=by, seen=seen, body=body, reason=reason, once=once)


def _sign_out(user: User) -> int:
    held = list(user.signed_in.all())
    for session in held:
        session.end()
    return len(held)
