"""One move: the permission, the state, the version, the event; all or nothing, and once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from partnership.audit.models import Event
from partnership.audit.record import breaks
from partnership.audit.sentences import sentence
from partnership.cases import journey
from partnership.meetings.models import Action, Progress
from partnership.meetings.steps import actions
from tests.factories.site import TODAY, World, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> World:
    return world()


def events(here: World) -> list[str]:
    return list(Event.objects.filter(partnership=here.partnership).order_by("sequence").values_list("verb", flat=True))


def test_an_owner_reports_and_completes(here: World):
    action, owner = here.action(), here.who("partner", organisation="police")
    actions.report(action, by=owner, text="Lamp ordered")
    done = actions.complete(action, by=owner, result="Lamp lit", evidence="Photograph 12")
    assert (done.status, done.finished, done.version) == ("done", TODAY, 2)
    assert list(Progress.objects.order_by("id").values_list("text", "evidence")) == [
        ("Lamp ordered", ""),
        ("Lamp lit", "Photograph 12"),
    ]
    assert events(here) == ["give-action", "report-progress", "complete-action"]


def test_others_are_refused_and_nothing_happens(here: World):
    action = here.action()
    for asked in (here.who("scrutiny"), here.who("partner", organisation="health"), here.who("governance")):
        with pytest.raises(journey.Refused):
            actions.complete(action, by=asked, result="Not mine to say")
    assert Action.unscoped_rows.get(pk=action.pk).status == "open"
    assert events(here) == ["give-action"]


def test_a_step_begins_where_its_table_says(here: World):
    action, manager = here.action(), here.who("manager")
    actions.withdraw(action, by=manager, reason="Agreed with the police")
    with pytest.raises(journey.WrongState) as wrong:
        actions.complete(action, by=manager, result="Late news")
    assert wrong.value.state == "withdrawn"


def test_a_reason_is_asked_for_where_policy_asks(here: World):
    with pytest.raises(journey.ReasonNeeded):
        actions.withdraw(here.action(), by=here.who("manager"), reason="  ")


def test_the_later_of_two_is_told_what_the_earlier_did(here: World):
    action, manager = here.action(), here.who("manager")
    later = action.due + timedelta(days=7)
    actions.change(action, by=manager, seen=0, reason="Crane not free", due=later)
    with pytest.raises(journey.Changed) as changed:
        actions.change(action, by=manager, seen=0, reason="My own view", title="Light both alleys")
    assert [event.verb for event in changed.value.events] == ["change-action"]
    assert changed.value.events[0].facts["changed"] == ["due"]
    assert Action.unscoped_rows.get(pk=action.pk).title == "Light the alley"


def test_a_form_sent_twice_is_acted_on_once(here: World):
    action, manager = here.action(), here.who("manager")
    actions.report(action, by=manager, text="Lamp ordered", once="form-1")
    with pytest.raises(journey.AlreadyDone) as done:
        actions.report(action, by=manager, text="Lamp ordered", once="form-1")
    assert done.value.reference == action.reference
    assert Progress.objects.count() == 1


def test_a_failure_half_way_leaves_nothing(here: World):
    action = here.action()

    def fails(row: Action) -> None:
        row.title = "Changed"
        Progress.objects.create(action=row, text="half")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        journey.move(action, actions.REPORT, by=here.who("manager"), body=fails)
    assert (Action.unscoped_rows.get(pk=action.pk).title, Progress.objects.count()) == ("Light the alley", 0)
    assert events(here) == ["give-action"]


def test_the_chain_is_whole_and_the_database_keeps_it_so(here: World):
    action = here.action()
    actions.report(action, by=here.who("manager"), text="Lamp ordered")
    assert list(breaks(here.partnership.pk)) == []
    for change in (lambda: Event.objects.update(verb="nothing"), lambda: Event.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_what_was_changed_behind_our_back_is_found(here: World):
    here.action()
    here.action()
    _without_triggers("UPDATE audit_event SET reason = 'never mind' WHERE sequence = 1")
    assert [(found.sequence, found.what) for found in breaks(here.partnership.pk)] == [
        (1, "it was changed after it was recorded")
    ]


def test_a_cut_end_is_found(here: World):
    here.action()
    here.action()
    _without_triggers("DELETE FROM audit_event WHERE sequence = 2")
    assert [found.what for found in breaks(here.partnership.pk)] == ["the chain should end at number 2"]


def _without_triggers(statement: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER event_no_update")
            cursor.execute("DROP TRIGGER event_no_delete")
        cursor.execute(statement)


def test_events_read_as_sentences(here: World):
    action, manager = here.action(), here.who("manager")
    actions.withdraw(action, by=manager, reason="Agreed with the police")
    said = {verb: step.said for verb, step in journey.STEPS.items()}
    told = [sentence(event, said) for event in Event.objects.order_by("sequence").select_related("actor")]
    assert told == [
        f"the tests gave out action {action.reference}",
        f"{manager.name} withdrew action {action.reference}, because: Agreed with the police",
    ]
