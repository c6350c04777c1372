"""Accounts: nobody gives themselves a role, what is ended is ended at once, and an invitation opens once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client

from partnership.access.rules import may
from partnership.audit.models import Event
from partnership.cases import journey
from partnership.meetings.models import GroupMember
from partnership.organisations.models import Invitation, Membership, SignedIn, User
from partnership.organisations.steps import accounts
from partnership.organisations.steps.invitations import invited, token
from tests.factories.site import PASSWORD, TODAY, World, world

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def here() -> World:
    return world()


def member(here: World, *roles: str, **more: Any) -> Membership:
    return here.person(*roles, **more).memberships.get()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def test_nobody_gives_themselves_a_role(here: World):
    keeper = here.person("administrator")
    by, own = here.standing(keeper), keeper.memberships.get()
    assert may(by, "see", own) and not may(by, "keep-accounts", own)
    for step in (accounts.give_role, accounts.end_role):
        with pytest.raises(journey.Refused):
            step(own, by=by, role="manager", reason="I should like to")
    assert signed_in(keeper).get(f"/accounts/{own.reference}/give-role/").status_code == 404


@pytest.mark.parametrize("role", ["manager", "chair", "analyst", "lead", "secretary", "partner", "scrutiny"])
def test_only_those_who_keep_accounts_reach_them(here: World, role: str):
    somebody, client = member(here), signed_in(here.person(role))
    for path in (f"/accounts/{somebody.reference}/", f"/accounts/{somebody.reference}/give-role/"):
        assert client.get(path).status_code == 404
    assert client.get("/accounts/invite/accounts/").status_code == 404
    assert somebody.user.name not in client.get("/list/accounts/").content.decode()


def test_a_role_is_given_with_a_reason_and_dates_and_holds_between_them(here: World):
    somebody, by = member(here), here.who("governance")
    with pytest.raises(journey.ReasonNeeded):
        accounts.give_role(somebody, by=by, role="chair", reason=" ")
    later = TODAY + timedelta(days=5)
    accounts.give_role(somebody, by=by, role="chair", reason="Elected", valid_from=later, valid_to=later)
    assert here.standing(somebody.user).roles == frozenset()  # type: ignore[union-attr]
    with pytest.raises(ValidationError):
        accounts.give_role(somebody, by=by, role="chair", reason="Again", valid_from=later)
    event = Event.objects.get(verb="give-role")
    assert (event.subject, event.reason, event.facts["role"]) == (somebody.reference, "Elected", "chair")


def test_a_role_that_is_ended_allows_nothing_from_then_on(here: World):
    somebody, by = member(here, "manager"), here.who("administrator")
    accounts.end_role(somebody, by=by, role="manager", reason="Moved post")
    assert here.standing(somebody.user).roles == frozenset()  # type: ignore[union-attr]
    accounts.give_role(somebody, by=by, role="partner", reason="Trial")
    accounts.end_role(somebody, by=by, role="partner", reason="A mistake")
    assert not somebody.roles.filter(role="partner").exists(), "one that began today never was"


def test_a_leaver_has_left_at_once(here: World):
    somebody, by = member(here, "partner", groups=("board",)), here.who("administrator")
    client = signed_in(somebody.user)
    assert client.get("/account/").status_code == 200
    ended = accounts.end(somebody, by=by, reason="New job")
    assert (ended.status, ended.valid_to) == ("ended", TODAY)
    assert here.standing(somebody.user) is None
    assert client.get("/account/").status_code == 302, "signed out"
    assert list(GroupMember.objects.filter(membership=somebody).values_list("valid_to", flat=True)) == [TODAY]
    assert Event.objects.get(verb="end-membership").facts["seats"] == 1
    with pytest.raises(journey.WrongState):
        accounts.give_role(ended, by=by, role="chair", reason="Too late")


def test_a_leaver_of_one_partnership_stays_in_another(here: World):
    somebody, there = member(here), world("Elsewhere")
    Membership.objects.create(
        user=somebody.user, partnership=there.partnership, organisation=there.organisations["council"]
    )
    signed_in(somebody.user)
    accounts.end(somebody, by=here.who("administrator"), reason="New job")
    assert there.standing(somebody.user) is not None
    assert SignedIn.objects.filter(user=somebody.user).exists()


def test_sessions_and_a_lost_second_step_are_ended(here: World):
    somebody, by = member(here), here.who("administrator")
    for step in (accounts.end_sessions, accounts.reset_second_step):
        client = signed_in(somebody.user)
        step(somebody, by=by, reason="Lost phone")
        assert client.get("/account/").status_code == 302
    assert [event.facts["sessions"] for event in Event.objects.exclude(verb="sign-in")] == [1, 1]


def ask(here: World, **more: Any) -> Invitation:
    given = {"email": "New@Example.invalid", "name": "Núria O'Neill", "reason": "New lead"} | more
    return accounts.invite(
        by=here.who("administrator"), organisation=here.organisations["police"], roles=["partner"], **given
    )


def test_an_invitation_opens_once_within_its_days(here: World):
    asked = ask(here)
    link = token(asked)
    assert invited(link, TODAY) == asked
    assert invited(link, TODAY + timedelta(days=15)) is None
    assert invited(link[:-2] + "xx", TODAY) is None and invited("nonsense", TODAY) is None
    again = accounts.send_again(asked, by=here.who("administrator"))
    assert invited(link, TODAY) is None and invited(token(again), TODAY) == again
    done = accounts.accept(again, by=here.system, password=PASSWORD)
    assert invited(token(done), TODAY) is None
    assert here.standing(done.membership.user).roles == {"partner"}
    with pytest.raises(ValidationError):
        ask(here)


def test_a_withdrawn_invitation_opens_nothing(here: World):
    asked = accounts.withdraw(ask(here, email="b@example.invalid"), by=here.who("governance"), reason="Not coming")
    assert invited(token(asked), TODAY) is None


def test_one_with_an_account_keeps_it(here: World):
    there = world("Elsewhere")
    known = there.person("partner")
    done = accounts.accept(ask(here, email=known.email), by=here.system, password="never used")
    assert done.membership.user == known
    assert User.objects.get(pk=known.pk).check_password(PASSWORD)


def test_the_pages_from_invitation_to_leaving(here: World):
    keeper = signed_in(here.person("administrator"))
    given = {"email": "new@example.invalid", "name": "Zoë Field", "organisation": here.organisations["police"].pk}
    form = given | {"post": "Sergeant", "roles": ["partner", "lead"], "reason": "Takes over"}
    assert keeper.post("/accounts/invite/accounts/", {**form, "reason": ""}).status_code == 200
    page = keeper.post("/accounts/invite/accounts/", form, follow=True).content.decode()
    assert "Zoë Field" in page and "Priority lead" in page
    path = re.search(r"http://testserver(/invited/\S+)", mail.outbox[0].body).group(1)  # type: ignore[union-attr]
    new = Client()
    assert "Zoë Field, you are asked to take part" in new.get(path).content.decode()
    assert new.post(path, {"password": "password1234", "password_again": "password1234"}).status_code == 200
    assert new.post(path, {"password": PASSWORD, "password_again": "another phrase altogether"}).status_code == 200
    assert new.post(path, {"password": PASSWORD, "password_again": PASSWORD})["Location"] == "/sign-in/"
    assert new.get(path).status_code == 404
    assert new.post("/sign-in/", {"login": "new@example.invalid", "password": PASSWORD})["Location"] == "/"
    joined = Membership.objects.get(user__email="new@example.invalid")
    own = f"/accounts/{joined.reference}/"
    assert "Zoë Field" in keeper.get("/list/accounts/?role=lead").content.decode()
    here.action(owner="police", title="Light the alley", lead=joined)
    for verb in ("give-role", "end-role", "end-sessions", "reset-second-step", "end-membership"):
        assert keeper.get(f"{own}{verb}/").status_code == 200
    seen = {"seen": joined.version, "reason": "Needed"}
    assert keeper.post(f"{own}give-role/", {"role": "secretary", **seen}).status_code == 302
    assert keeper.post(f"{own}end-role/", {"role": "lead", **seen}).status_code == 409, "changed meanwhile"
    assert keeper.post(f"{own}end-membership/", {"reason": "Left"}).status_code == 302
    assert "Left on" in keeper.get(own).content.decode()
    assert new.get("/").status_code == 302
    assert keeper.get(f"{own}nothing/").status_code == 404


def test_an_invitation_is_sent_again_and_withdrawn_from_its_page(here: World):
    keeper, asked = signed_in(here.person("governance")), ask(here)
    own = f"/accounts/invitations/{asked.reference}/"
    assert keeper.get(f"{own}send-invitation-again/").status_code == 200
    assert keeper.post(f"{own}send-invitation-again/", {"once": "one"}).status_code == 302
    assert len(mail.outbox) == 1
    assert keeper.get(f"{own}nothing/").status_code == 404
    assert keeper.get(f"{own}withdraw-invitation/").status_code == 200
    assert keeper.post(f"{own}withdraw-invitation/", {"reason": "No"}).status_code == 302
    assert "Withdrawn" in keeper.get(own).content.decode()


def test_the_first_account_begins_from_the_command_line(db: Any, capsys: pytest.CaptureFixture[str]):
    given = [
        "first@example.invalid",
        "--name=Jo Field",
        "--partnership=Fylde Partnership",
        "--organisation=Fylde Council",
    ]
    call_command("first_account", *given, "--site=http://testserver")
    path = re.search(r"http://testserver(/invited/\S+)", capsys.readouterr().out).group(1)  # type: ignore[union-attr]
    Client().post(path, {"password": PASSWORD, "password_again": PASSWORD})
    joined = Membership.objects.get()
    assert [role.role for role in joined.roles.all()] == ["administrator"]
    assert [event.acting_as for event in Event.objects.order_by("sequence")] == [
        "The command line",
        "The person invited",
    ]
    with pytest.raises(CommandError):
        call_command("first_account", *given)


def test_a_mail_that_cannot_go_keeps_the_invitation(here: World, monkeypatch: pytest.MonkeyPatch):
    def refuse(*given: Any, **named: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("partnership.organisations.views.accounts.send_mail", refuse)
    keeper, asked = signed_in(here.person("governance")), ask(here)
    path = f"/accounts/invitations/{asked.reference}/send-invitation-again/"
    assert "The mail could not be sent" in keeper.post(path, {"once": "two"}, follow=True).content.decode()
    assert Invitation.unscoped_rows.get().status == "sent"
