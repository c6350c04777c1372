"""The page of an action and its steps, as the people who use them meet them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from partnership.access.scope import rows
from partnership.audit.models import Event
from partnership.cases import journey
from partnership.meetings.models import Action, Progress
from partnership.meetings.steps import actions
from partnership.organisations.models import Membership, Post
from tests.access.pages import sent, signed_in, words
from tests.factories.site import TODAY, World, world

pytestmark = pytest.mark.django_db
SOON = TODAY + timedelta(days=7)


@pytest.fixture
def here() -> World:
    return world()


def test_the_page_tells_an_insider_all_and_an_outsider_that_part_is_kept_back(here: World):
    action = here.action(detail="Named premises", threat="Thefts at the quay", tactic="Patrol", due=SOON)
    actions.report(action, by=here.system, text="Lamp ordered", evidence="Order 12")
    path = f"/actions/{action.reference}/"
    inside = words(signed_in(here.person("partner", organisation="police")).get(path))
    for told in (
        "Named premises",
        "Thefts at the quay",
        "Patrol",
        "Lamp ordered",
        "Order 12",
        "the tests gave out action",
    ):
        assert told in inside
    outside = words(signed_in(here.person("scrutiny")).get(path))
    assert "Light the alley" in outside
    assert "They are not shown to you" in outside
    for kept in ("Named premises", "Thefts at the quay", "Lamp ordered", "Who did what"):
        assert kept not in outside
    assert rows(here.who("scrutiny"), Progress).count() == 0


def test_a_late_action_says_so(here: World):
    action = here.action(due=timezone.localdate() - timedelta(days=3))
    told = words(signed_in(here.person("manager")).get(f"/actions/{action.reference}/"))
    assert "late by 3 days" in told
    assert not action.late(action.due)
    assert action.late(action.due + timedelta(days=1))


def test_each_step_is_offered_to_those_who_may_take_it(here: World):
    action = here.action()
    path = f"/actions/{action.reference}/"
    owner = words(signed_in(here.person("partner", organisation="police")).get(path))
    assert ("Report progress" in owner, "Record as done" in owner, "Withdraw" in owner) == (True, True, False)
    manager = words(signed_in(here.person("manager")).get(path))
    assert all(label in manager for label in ("Hand down a part", "Change action", "Withdraw action"))
    scrutiny = words(signed_in(here.person("scrutiny")).get(path))
    assert "Report progress" not in scrutiny


def test_an_owner_reports_and_records_as_done(here: World):
    action = here.action()
    client = signed_in(here.person("partner", organisation="police"))
    base = f"/actions/{action.reference}/"
    assert sent(client, f"{base}report-progress/", text="Lamp ordered", evidence="Order 12").status_code == 302
    assert sent(client, f"{base}report-progress/", text="").status_code == 200
    assert sent(client, f"{base}complete-action/", result="Lamp lit").status_code == 302
    action.refresh_from_db()
    assert (action.status, action.result, action.progress.count()) == ("done", "Lamp lit", 2)


def test_a_manager_changes_withdraws_and_opens_again(here: World):
    action, later = here.action(), timezone.localdate() + timedelta(days=30)
    client = signed_in(here.person("manager"))
    base = f"/actions/{action.reference}/"
    whole = {"title": "Light both alleys", "owner": action.owner_id, "due": later, "reason": "A second alley"}
    assert sent(client, f"{base}change-action/", **whole).status_code == 302
    action.refresh_from_db()
    assert (action.title, action.due, action.detail) == ("Light both alleys", later, "")
    assert sent(client, f"{base}withdraw-action/", reason="Agreed with the police").status_code == 302
    assert sent(client, f"{base}reopen-action/", reason="Asked for again").status_code == 302
    assert Action.unscoped_rows.get(pk=action.pk).status == "open"


def test_a_change_that_leaves_the_day_says_nothing_of_it(here: World):
    action = actions.change(here.action(), by=here.system, seen=0, reason="Clearer", title="Light it")
    facts = Event.objects.get(verb="change-action", subject=action.reference).facts
    assert (facts["changed"], "due" in facts) == (["title"], False)


def test_a_part_is_handed_to_another_group(here: World):
    action = here.action(exempt="7", tag="pursue")
    given = {"group": here.groups["closed"], "owner": here.organisations["health"], "title": "Ask the ward"}
    part = actions.hand_down(action, by=here.who("manager"), due=action.due, **given)
    assert (part.handed_down, part.exempt, part.tag, part.status) == (action, "7", "pursue", "open")
    told = words(signed_in(here.person("manager")).get(f"/actions/{action.reference}/"))
    assert "Parts handed down" in told
    assert "Part of Light the alley" in words(signed_in(here.person("manager")).get(f"/actions/{part.reference}/"))
    with pytest.raises(ValidationError, match="no later than the whole"):
        actions.hand_down(action, by=here.who("manager"), due=action.due + timedelta(days=1), **given)
    done = actions.complete(action, by=here.who("manager"), result="Lit")
    with pytest.raises(journey.WrongState):
        actions.hand_down(done, by=here.who("manager"), due=action.due, **given)


def test_a_part_is_handed_down_on_its_page(here: World):
    later = timezone.localdate() + timedelta(days=30)
    action, client = here.action(due=later), signed_in(here.person("manager"))
    given = {"title": "Ask the ward", "group": here.groups["closed"].pk, "owner": here.organisations["health"].pk}
    answer = sent(client, f"/actions/{action.reference}/hand-down-action/", due=later, **given)
    assert answer.status_code == 302
    assert Action.unscoped_rows.get(title="Ask the ward").handed_down == action
    late = sent(client, f"/actions/{action.reference}/hand-down-action/", due=later + timedelta(days=1), **given)
    assert "no later than the whole" in words(late)


def test_an_action_is_given_out_from_a_group(here: World):
    path = f"/groups/{here.groups['board'].reference}/give-action/"
    later = timezone.localdate() + timedelta(days=30)
    client = signed_in(here.person("secretary", groups=("board",)))
    given = {"title": "Light the quay", "owner": here.organisations["police"].pk, "due": later}
    assert sent(client, path, **given).status_code == 302
    made = Action.unscoped_rows.get(title="Light the quay")
    assert (made.group, made.status, made.decision) == (here.groups["board"], "open", None)
    assert signed_in(here.person("partner", groups=("board",))).get(path).status_code == 403


def test_a_lead_sits_in_the_organisation_that_owns_the_action(here: World):
    user = here.person("partner", organisation="health")
    member = Membership.objects.get(user=user)
    member.post = Post.objects.create(organisation=member.organisation, title="Ward manager")
    member.save()
    path = f"/groups/{here.groups['board'].reference}/give-action/"
    later = timezone.localdate() + timedelta(days=30)
    client = signed_in(here.person("manager"))
    given = {"title": "Light the quay", "due": later, "lead": member.pk}
    wrong = sent(client, path, owner=here.organisations["police"].pk, **given)
    assert "must be in the organisation that owns the action" in words(wrong)
    assert "Ward manager" in words(wrong)
    assert user.name not in words(wrong)
    assert sent(client, path, owner=here.organisations["health"].pk, **given).status_code == 302


@pytest.mark.parametrize("verb, status", [("nonsense", 404), ("change-action", 403), ("withdraw-action", 403)])
def test_a_step_that_is_not_ones_own(here: World, verb: str, status: int):
    action = here.action()
    client = signed_in(here.person("partner", organisation="police"))
    assert client.get(f"/actions/{action.reference}/{verb}/").status_code == status


def test_a_change_to_what_somebody_changed_is_told(here: World):
    action, client = here.action(), signed_in(here.person("manager"))
    path = f"/actions/{action.reference}/withdraw-action/"
    stale = {"reason": "My own view", "seen": 0, "once": "form-9"}
    actions.report(action, by=here.system, text="Lamp ordered")
    answer = client.post(path, stale)
    assert answer.status_code == 409
    assert "reported progress" in words(answer)


def test_the_page_asks_little_of_the_database(here: World, django_assert_max_num_queries):
    action = here.action()
    for number in range(12):
        actions.report(action, by=here.system, text=f"Step {number}")
    client = signed_in(here.person("manager"))
    with django_assert_max_num_queries(25):
        assert client.get(f"/actions/{action.reference}/").status_code == 200
