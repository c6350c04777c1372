"""Groups: set up, chaired, joined, reported to and closed; and the structure they make."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from partnership.access.scope import rows
from partnership.cases import journey
from partnership.meetings.models import Chairing, Group, GroupMember, ReportsTo
from partnership.meetings.picture import draw
from partnership.meetings.steps import groups
from partnership.meetings.structure import arranged, structure
from tests.access.pages import sent, signed_in, words
from tests.factories.site import TODAY, World, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> World:
    return world()


def made(here: World, name: str, **more: object) -> Group:
    return groups.set_up(by=here.system, name=name, kind="working", purpose="To try.", **more)


def test_a_task_and_finish_group_says_when_it_will_have_finished(here: World):
    facts = {"by": here.system, "name": "Prevent", "kind": "task-and-finish", "purpose": "To write the plan."}
    with pytest.raises(ValidationError, match="will have finished"):
        groups.set_up(**facts)
    group = groups.set_up(**facts, sunset=TODAY + timedelta(days=90))
    assert (group.status, group.valid_from) == ("open", TODAY)


@pytest.mark.parametrize("role", ["partner", "secretary", "chair", "scrutiny", "governance"])
def test_the_structure_is_kept_by_those_who_may(here: World, role: str):
    asked = here.who(role, groups=("board",))
    with pytest.raises(journey.Refused):
        groups.name_chair(here.groups["board"], by=asked, post="Director", place="chair", since=TODAY)


def test_an_administrator_sees_every_group_and_nothing_of_its_work(here: World):
    here.action("closed")
    asked = here.who("administrator")
    assert rows(asked, Group).count() == 2
    page = signed_in(here.person("administrator")).get(f"/groups/{here.groups['closed'].reference}/")
    assert "Nothing is open" in words(page)


def test_chairs_follow_one_another_by_date(here: World):
    board = here.groups["board"]
    for post, since in (
        ("Chief officer", date(2020, 4, 1)),
        ("Director", date(2024, 4, 1)),
        ("Leader", date(2024, 4, 1)),
    ):
        board = groups.name_chair(board, by=here.system, post=post, place="chair", since=since)
    groups.name_chair(board, by=here.system, post="Deputy", place="deputy", since=date(2024, 4, 1))
    held = Chairing.objects.filter(group=board, place="chair").order_by("valid_from")
    assert [(one.post, one.valid_to) for one in held] == [("Chief officer", date(2024, 3, 31)), ("Leader", None)]
    assert Group.unscoped_rows.get(pk=board.pk).chair_post == "Leader"


def test_a_chair_to_come_does_not_chair_yet(here: World):
    board = groups.name_chair(
        here.groups["board"], by=here.system, post="Next", place="chair", since=TODAY + timedelta(days=9)
    )
    assert board.chair_post == ""


def test_seats_begin_and_end_by_date(here: World):
    board, police = here.groups["board"], here.organisations["police"]
    board = groups.give_seat(board, by=here.system, organisation=police, since=date(2024, 4, 1))
    with pytest.raises(ValidationError, match="has that seat already"):
        groups.give_seat(board, by=here.system, organisation=police, since=TODAY)
    seat = GroupMember.objects.get(group=board)
    with pytest.raises(ValidationError, match="before the seat began"):
        groups.end_seat(board, by=here.system, seat=seat, last=date(2023, 1, 1), reason="Wrong")
    groups.end_seat(board, by=here.system, seat=seat, last=date(2025, 3, 31), reason="Left the board")
    client = signed_in(here.person("manager"))
    path = f"/groups/{board.reference}/"
    assert "Nobody sat on the group" in words(client.get(path))
    then = words(client.get(path, {"day_day": 1, "day_month": 5, "day_year": 2024}))
    assert "Members on 1 May 2024" in then
    assert "Saltpool police" in then
    member = here.person("partner", organisation="police", groups=("board",)).memberships.get()
    GroupMember.objects.filter(membership=member).update(represents="Policing")
    GroupMember.objects.create(group=board, organisation=police)
    now = words(client.get(path))
    assert "Organisation Represents Post From To" in now
    assert now.count("not named") == 1, "the seat that a person fills stands for the organisation's own"
    assert str(GroupMember(organisation=police, represents="Health")) == "Saltpool police, for Health"


def test_groups_never_report_in_a_circle(here: World):
    first, second, third = made(here, "First"), made(here, "Second"), made(here, "Third")
    groups.report_to(second, by=here.system, parent=first)
    groups.report_to(third, by=here.system, parent=second, note="Under review")
    with pytest.raises(ValidationError, match="directly or through others"):
        groups.report_to(first, by=here.system, parent=third)
    with pytest.raises(ValidationError, match="reports there already"):
        groups.report_to(third, by=here.system, parent=second)
    assert ReportsTo.objects.count() == 2


def test_two_groups_become_one(here: World):
    aqua, azure, both = made(here, "Aquamarine"), made(here, "Azure"), made(here, "Aquazure")
    here.groups["aqua"] = aqua
    action = here.action("aqua")
    with pytest.raises(ValidationError, match="Open actions: 1"):
        groups.close(aqua, by=here.system, closing_report="Done")
    with pytest.raises(ValidationError, match="from itself"):
        groups.close(aqua, by=here.system, closing_report="Done", successor=aqua)
    groups.report_to(aqua, by=here.system, parent=here.groups["board"])
    groups.give_seat(aqua, by=here.system, organisation=here.organisations["police"], since=TODAY)
    for one in (aqua, azure):
        closed = groups.close(one, by=here.system, closing_report="Its work goes on.", successor=both)
        assert (closed.status, closed.valid_to) == ("closed", TODAY)
    action.refresh_from_db()
    assert (action.group, action.version) == (both, 1)
    assert ReportsTo.objects.get().valid_to == GroupMember.objects.get().valid_to == TODAY
    client = signed_in(here.person("manager"))
    assert "Aquazure took over" in words(client.get(f"/groups/{aqua.reference}/"))
    after = words(client.get(f"/groups/{both.reference}/"))
    assert "Took over from Aquamarine Azure" in after
    ended = words(client.get("/groups/"))
    assert "Groups that have ended" in ended
    with pytest.raises(journey.WrongState):
        groups.close(aqua, by=here.system, closing_report="Again")


def test_a_group_whose_work_is_done_needs_nobody_to_take_over(here: World):
    closed = groups.close(made(here, "Prevent"), by=here.system, closing_report="584 people are trained.")
    assert (closed.status, closed.successors.count()) == ("closed", 0)


def test_a_group_stands_once_in_the_tree_and_names_its_other_parents(here: World):
    first, second, third = made(here, "First"), made(here, "Second"), made(here, "Third <&>")
    shown = arranged(
        [first, second, third],
        [(third.pk, first.pk, "Under review"), (third.pk, second.pk, "Under review"), (third.pk, 0, "")],
    )
    assert [(place.group, [below.group for below in place.below]) for place in shown.tops] == [
        (first, [third]),
        (second, []),
    ]
    place = shown.tops[0].below[0]
    assert (place.also, place.notes, shown.notes) == ([second], [1, 1], ["Under review"])
    svg = draw(shown, "Who reports to whom")
    assert svg.count("<path") == 2
    assert svg.count("stroke-dasharray") == 1
    assert "Third &lt;&amp;&gt;" in svg
    assert "style=" not in svg


def test_the_picture_draws_any_shape(here: World):
    long = made(here, "A group whose name goes on " * 5, sunset=TODAY)
    level = made(here, "Level")
    shown = arranged([long, level, here.groups["board"]], [(level.pk, here.groups["board"].pk, "")])
    next(place for place in shown.tops if place.group == long).also.append(here.groups["board"])
    assert " …" in draw(shown, "All")
    assert draw(arranged([], []), "None").startswith("<svg")


def test_a_closed_groups_place_is_not_told_to_others(here: World):
    ReportsTo.objects.create(child=here.groups["closed"], parent=here.groups["board"])
    outside = [place.group for place in structure(here.who("partner", organisation="health")).all()]
    assert outside == [here.groups["board"]]
    client = signed_in(here.person("scrutiny"))
    assert "Saltpool closed" not in client.get("/groups/structure.svg").content.decode()
    assert "Saltpool closed" in signed_in(here.person("manager")).get("/groups/").content.decode()
    assert client.get(f"/groups/{here.groups['closed'].reference}/").status_code == 404


def test_every_step_has_its_page(here: World):
    client, board = signed_in(here.person("manager")), here.groups["board"]
    today = timezone.localdate()
    facts = {"name": "Night", "kind": "task-and-finish", "purpose": "Nights out end well.", "quorum": 2}
    assert "will have finished" in words(sent(client, "/groups/set-up/", **facts))
    assert sent(client, "/groups/set-up/", sunset=today, standing_items="Apologies", **facts).status_code == 302
    night = Group.unscoped_rows.get(name="Night")
    base = f"/groups/{night.reference}/"
    steps = [
        ("name-chair", {"post": "Director", "place": "chair", "since": today}),
        ("give-seat", {"organisation": here.organisations["police"].pk, "since": today}),
        ("report-to", {"parent": board.pk, "note": "Under review"}),
        ("change-group", {**facts, "sunset": today, "cycle": "monthly", "reason": "Agreed by the board"}),
    ]
    for verb, answers in steps:
        assert sent(client, f"{base}{verb}/", **answers).status_code == 302, verb
    seat = GroupMember.objects.get(group=night)
    assert sent(client, f"{base}end-seat/", seat=seat.pk, last=today, reason="Left").status_code == 302
    told = words(client.get(base))
    assert all(part in told for part in ("Director", "monthly", "Under review", "Reports to Saltpool board"))
    closing = {"closing_report": "The streets are calmer.", "successor": board.pk}
    assert sent(client, f"{base}close-group/", **closing).status_code == 302
    assert "The streets are calmer." in words(client.get(base))
    assert client.get(f"{base}nonsense/").status_code == 404


def test_others_do_not_come_to_the_forms(here: World):
    client = signed_in(here.person("partner", groups=("board",)))
    assert client.get("/groups/set-up/").status_code == 403
    assert client.get(f"/groups/{here.groups['board'].reference}/close-group/").status_code == 403


def test_pages_ask_little_of_the_database(here: World, django_assert_max_num_queries):
    for number in range(12):
        groups.report_to(made(here, f"Group {number}"), by=here.system, parent=here.groups["board"])
    client = signed_in(here.person("manager"))
    for path in ("/groups/", f"/groups/{here.groups['board'].reference}/"):
        with django_assert_max_num_queries(25):
            assert client.get(path).status_code == 200


def test_somebody_without_a_standing_finds_nothing(here: World):
    user = here.person("manager")
    user.memberships.update(valid_to=date(2021, 1, 1))
    assert signed_in(user).get("/groups/").status_code == 404
