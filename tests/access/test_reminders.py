"""Reminders: once a day to each person, and a link that reports once, for one person, on one action."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import StringIO
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail, signing
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from partnership.audit.models import Event
from partnership.meetings import reminders
from partnership.meetings.links import LASTS, LinkEnded, opened, token
from partnership.meetings.models import Action, Progress, Reminder
from partnership.meetings.reminders import remind
from partnership.meetings.steps import actions
from partnership.organisations.models import Membership, User
from tests.access.pages import sent, signed_in, words
from tests.factories.site import TODAY, World, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> World:
    return world()


@pytest.fixture
def owner(here: World) -> User:
    return here.person("partner", organisation="police")


def late(here: World, **more: object) -> Action:
    return here.action(due=timezone.localdate() - timedelta(days=3), **more)


def test_each_person_is_written_to_once_a_day(here: World, owner: User):
    here.person("partner", organisation="health")
    here.person("scrutiny", organisation="police")
    late(here)
    late(here, title="Secret lamp", exempt="7")
    late(here, title="Not mine", lead=Membership.objects.get(user=here.person("scrutiny", organisation="police")))
    here.action(title="Far off", due=timezone.localdate() + timedelta(days=30))
    today = timezone.localdate()
    assert remind(here.partnership, today).people == 1
    again = remind(here.partnership, today)
    assert (again.people, again.before) == (0, 1)
    (message,) = mail.outbox
    assert message.to == [owner.email]
    assert "2 of your actions are late" in message.subject
    assert "Light the alley" in message.body
    assert "late by 3 days" in message.body
    assert "Exempt action" in message.body
    assert not [hidden for hidden in ("Secret lamp", "Far off", "Not mine") if hidden in message.body]
    assert Reminder.objects.get().actions == 2
    assert remind(here.partnership, today + timedelta(days=1)).people == 1


def test_the_command_tells_what_it_did(here: World, owner: User, monkeypatch):
    here.action(due=timezone.localdate())
    out, wrong = StringIO(), StringIO()

    def fails(*given: object) -> None:
        raise SMTPServerDisconnected

    monkeypatch.setattr(reminders, "send_mail", fails)
    call_command("remind", stdout=out, stderr=wrong)
    assert "0 written to, 0 written to before today, 1 could not be sent" in out.getvalue()
    assert "tried again" in wrong.getvalue()
    monkeypatch.undo()
    out = StringIO()
    call_command("remind", stdout=out)
    assert "1 written to" in out.getvalue()
    assert "An action is due soon" in mail.outbox[0].subject


def test_a_message_that_was_cut_off_is_sent_at_the_next_run(here: World, owner: User):
    late(here)
    today, now = timezone.localdate(), timezone.now()
    claim = {"partnership": here.partnership, "user": owner, "day": today}
    row = Reminder.objects.create(**claim, claimed=now)
    assert remind(here.partnership, today).people == 0, "another run is at it"
    Reminder.objects.filter(pk=row.pk).update(claimed=now - timedelta(hours=1))
    assert remind(here.partnership, today).people == 1
    assert "An action is late" in mail.outbox[0].subject


def test_the_link_reports_once_without_signing_in(here: World, owner: User):
    action = late(here, detail="Named premises")
    remind(here.partnership, timezone.localdate())
    path = re.findall(r"https?://[^/]+(/report/\S+)", mail.outbox[0].body)[0]
    visitor = Client()
    shown = visitor.get(path)
    assert "Light the alley" in words(shown)
    assert "Named premises" not in words(shown)
    assert "no-store" in shown["Cache-Control"]
    assert Progress.objects.count() == 0, "opening it changes nothing"
    assert sent(visitor, path, text="").status_code == 200
    assert "Thank you" in words(sent(visitor, path, text="Lamp ordered", evidence="Order 12"))
    event = Event.objects.get(verb="report-progress")
    assert (event.actor, event.acting_as) == (owner, "Partner, through a link in an e-mail")
    again = visitor.post(path, {"text": "Twice"})
    assert (again.status_code, "has been used" in words(again)) == (410, True)
    assert list(action.progress.values_list("text", flat=True)) == ["Lamp ordered"]


def test_a_link_sent_twice_at_the_same_moment_reports_once(here: World, owner: User, monkeypatch):
    given = token(owner, late(here))
    visitor, path = Client(), f"/report/{given}/"
    visitor.post(path, {"text": "First"})
    monkeypatch.setattr("partnership.meetings.views.by_link._used", lambda link: False)
    assert visitor.post(path, {"text": "Second"}).status_code == 410
    assert Progress.objects.count() == 1


def test_an_exempt_action_is_not_named_by_its_link(here: World, owner: User):
    action = late(here, title="Secret lamp", exempt="7")
    told = words(Client().get(f"/report/{token(owner, action)}/"))
    assert "Secret lamp" not in told
    assert action.reference in told


def test_a_link_ends(here: World, owner: User):
    action = late(here)
    today = timezone.localdate()
    good = token(owner, action)
    assert opened(good, today).action == action
    other = signing.dumps([owner.pk, here.partnership.pk, action.reference], salt="for something else")
    nobody = signing.dumps([0, here.partnership.pk, action.reference], salt="partnership.meetings.report-progress")
    elsewhere = token(here.person("partner", organisation="health"), action)
    reader = token(here.person("governance", organisation="police"), action)
    for bad in (good[:-1] + ("A" if good[-1] != "A" else "B"), other, nobody, elsewhere, reader, "x", ""):
        with pytest.raises(LinkEnded):
            opened(bad, today)
    assert Client().get(f"/report/{good}x/").status_code == 410
    Membership.objects.filter(user=owner).update(valid_to=today - timedelta(days=1))
    with pytest.raises(LinkEnded):
        opened(good, today)


def test_a_link_is_too_old_after_two_weeks(here: World, owner: User, monkeypatch):
    good = token(owner, late(here))
    now = timezone.now().timestamp() + LASTS.total_seconds() + 60
    monkeypatch.setattr("django.core.signing.time.time", lambda: now)
    with pytest.raises(LinkEnded):
        opened(good, timezone.localdate())


def test_a_link_ends_with_its_action(here: World, owner: User):
    action = late(here)
    good = token(owner, action)
    actions.complete(action, by=here.system, result="Lit")
    answer = Client().get(f"/report/{good}/")
    assert (answer.status_code, "cannot be used" in words(answer)) == (410, True)


def test_a_link_does_no_more_than_report(here: World):
    manager = here.person("manager", organisation="police")
    by = opened(token(manager, late(here)), timezone.localdate()).by
    assert (by.roles, by.reaches_all, by.groups) == (frozenset({"partner"}), False, frozenset())
    assert signed_in(manager).get(f"/report/{token(manager, late(here, owner='council'))}/").status_code == 410


def test_days_are_those_of_the_partnership(here: World):
    assert remind(here.partnership, date(TODAY.year, 1, 1)).people == 0
