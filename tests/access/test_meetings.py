"""Meetings from the cycle to the agreed minutes: agenda, papers, who came, what was decided, and what is exempt."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.utils import timezone

from partnership.access.scope import NotThere, one, rows
from partnership.audit.models import Event
from partnership.cases import journey
from partnership.meetings.models import Action, AgendaItem, Attendance, Decision, Meeting, Paper
from partnership.meetings.quorum import quorum
from partnership.meetings.steps import agendas, groups, meetings
from partnership.organisations.models import Standing
from tests.access.pages import sent, signed_in, words
from tests.factories.site import TODAY, World, world

pytestmark = pytest.mark.django_db
PAST = TODAY - timedelta(days=7)
TEN = time(10)


@pytest.fixture
def here(tmp_path) -> World:
    with override_settings(MEDIA_ROOT=tmp_path / "papers"):
        yield world()


def planned(here: World, group: str = "board", day: date = PAST, **more: object) -> Meeting:
    return meetings.plan(here.groups[group], by=here.system, first=day, clock=TEN, **more)[0]


def held(here: World, group: str = "board", *present: str, exempt: str = "") -> tuple[Meeting, AgendaItem]:
    meeting = planned(here, group)
    item = agendas.add_item(meeting, by=here.system, title="Lamps in the alley", exempt=exempt)
    meeting = meetings.call(meeting, by=here.system)
    came = {here.organisations[name].pk: ("present", "") for name in present}
    return meetings.hold(meeting, by=here.system, came=came, notes="Welcome."), item


def pdf(name: str = "Report.pdf") -> SimpleUploadedFile:
    file = SimpleUploadedFile(name, b"%PDF-1.7 a paper", content_type="application/pdf")
    file.kind = "pdf"
    return file


def test_dates_follow_the_cycle_summer_and_winter(here: World):
    board = here.groups["board"]
    board.weeks_between, board.standing_items = 13, "Apologies\n\n Actions of the last meeting \n"
    made = meetings.plan(board, by=here.system, first=date(2026, 1, 12), clock=TEN, count=3, place="Town hall")
    assert [meeting.day for meeting in made] == [date(2026, 1, 12), date(2026, 4, 13), date(2026, 7, 13)]
    assert [meeting.starts.astimezone(UTC).hour for meeting in made] == [10, 9, 9]
    assert [item.title for item in made[2].items.all()] == ["Apologies", "Actions of the last meeting"]
    again = meetings.plan(board, by=here.system, first=date(2026, 4, 13), clock=TEN, count=3)
    assert [meeting.day for meeting in again] == [date(2026, 10, 12)]
    with pytest.raises(ValidationError, match="already"):
        meetings.plan(board, by=here.system, first=date(2026, 1, 12), clock=TEN)


def test_without_a_cycle_one_meeting_is_planned_at_a_time(here: World):
    with pytest.raises(ValidationError, match="one at a time"):
        meetings.plan(here.groups["board"], by=here.system, first=TODAY, clock=TEN, count=2)


def test_a_form_sent_twice_plans_once(here: World):
    facts = {"by": here.system, "clock": TEN, "once": "form-1"}
    meetings.plan(here.groups["board"], first=TODAY, **facts)
    with pytest.raises(journey.AlreadyDone):
        meetings.plan(here.groups["board"], first=TODAY + timedelta(days=1), **facts)
    assert Meeting.unscoped_rows.count() == 1


def test_a_meeting_is_changed_and_cancelled_with_the_reason(here: World):
    meeting = planned(here, day=date(2026, 3, 30))
    moved = meetings.change(
        meeting, by=here.system, seen=0, reason="Hall taken", first=date(2026, 3, 27), clock=TEN, place="Library"
    )
    assert (moved.starts, moved.place) == (datetime(2026, 3, 27, 10, tzinfo=UTC), "Library")
    gone = meetings.cancel(moved, by=here.system, reason="Too few can come")
    assert gone.status == "cancelled"
    assert planned(here, day=date(2026, 3, 27)).status == "planned", "the day is free again"
    with pytest.raises(journey.WrongState):
        agendas.add_item(gone, by=here.system, title="Too late")


def test_an_agenda_goes_out_with_something_on_it(here: World):
    meeting = planned(here)
    with pytest.raises(ValidationError, match="nothing on the agenda"):
        meetings.call(meeting, by=here.system)


def test_nobody_records_a_meeting_before_it_is_held(here: World):
    meeting = planned(here, day=TODAY + timedelta(days=1))
    agendas.add_item(meeting, by=here.system, title="Lamps")
    called = meetings.call(meeting, by=here.system)
    with pytest.raises(ValidationError, match="not been held yet"):
        meetings.hold(called, by=here.system, came={})


def test_the_agenda_is_put_in_order_and_things_taken_off(here: World):
    meeting = planned(here)
    one_, two, three = (agendas.add_item(meeting, by=here.system, title=title) for title in ("A", "B", "C"))
    agendas.change_item(three, by=here.system, seen=0, place=1, title="C first")
    order = meeting.items.order_by("position").values_list("title", "position")
    assert list(order) == [("C first", 1), ("A", 2), ("B", 3)]
    agendas.change_item(one_, by=here.system, seen=0, place=99)
    assert list(meeting.items.order_by("position").values_list("title", flat=True)) == ["C first", "B", "A"]
    agendas.change_item(two, by=here.system, seen=0, title="B again")
    agendas.take_off(two, by=here.system, reason="Not ready")
    assert meeting.items.filter(status="open").count() == 2


def test_quorum_counts_responsible_authorities_of_the_day(here: World):
    meeting, _ = held(here, "board", "council", "police")
    came = list(Attendance.objects.filter(meeting=meeting))
    assert (quorum(meeting, came).present, quorum(meeting, came).met) == (2, True)
    Standing.objects.filter(organisation=here.organisations["police"]).update(valid_to=PAST - timedelta(days=1))
    assert (quorum(meeting, came).present, quorum(meeting, came).met) == (1, False)
    again = meetings.hold(meeting, by=here.system, came={here.organisations["health"].pk: ("apologies", "Matron")})
    assert [one.kind for one in again.attendances.all()] == ["apologies"]
    assert quorum(again, again.attendances.all()).present == 0


def test_minutes_are_written_agreed_and_then_fixed(here: World):
    meeting, item = held(here, "board", "council")
    chair = here.who("chair")
    with pytest.raises(ValidationError, match="1 of the items have no minute"):
        meetings.agree(meeting, by=chair)
    with pytest.raises(journey.Refused):
        meetings.agree(meeting, by=here.who("secretary", groups=("board",)))
    agendas.minute(item, by=here.who("secretary", groups=("board",)), note="Noted.")
    decision = agendas.decide(item, by=here.system, text="The board agreed to light the alley.", reason="Three thefts")
    agreed = meetings.agree(meeting, by=chair)
    assert (agreed.status, agreed.agreed_on, decision.status) == ("agreed", TODAY, "recorded")
    assert str(decision).startswith("The board agreed")
    for late in (
        lambda: agendas.minute(item, by=here.system, note="Changed"),
        lambda: agendas.decide(item, by=here.system, text="Another"),
        lambda: agendas.change_item(item, by=here.system, seen=1, title="Another"),
        lambda: agendas.take_off(item, by=here.system, reason="Another"),
        lambda: agendas.lay(item, by=here.system, title="Late", file=pdf()),
    ):
        with pytest.raises(journey.WrongState):
            late()


def test_minutes_are_for_members_until_agreed_and_then_for_partners(here: World):
    meeting, item = held(here, "board", "council")
    agendas.minute(item, by=here.system, note="Lamps were discussed.")
    agendas.decide(item, by=here.system, text="Light it.")
    outside, inside = here.person("partner", organisation="health"), here.person("partner", groups=("board",))
    path = f"/meetings/{meeting.reference}/"
    assert "Lamps were discussed." not in words(signed_in(outside).get(path))
    assert "Lamps were discussed." in words(signed_in(inside).get(path))
    assert "Welcome." not in words(signed_in(outside).get(path))
    meetings.agree(Meeting.unscoped_rows.get(pk=meeting.pk), by=here.who("chair"))
    told = words(signed_in(outside).get(path))
    assert all(part in told for part in ("Lamps were discussed.", "Light it.", "Welcome.", "Saltpool council"))


def test_what_is_exempt_is_hidden_everywhere(here: World):
    meeting, item = held(here, "board", "council", exempt="7")
    paper = agendas.lay(item, by=here.system, title="Lamps: named premises", file=pdf())
    agendas.minute(item, by=here.system, note="The lamps were discussed.")
    decision = agendas.decide(item, by=here.system, text="Watch the lamps.")
    member, secretary = (here.person(role, groups=("board",)) for role in ("partner", "secretary"))
    places = [
        f"/meetings/{meeting.reference}/",
        "/list/agenda-items/",
        "/list/papers/",
        "/list/decisions/",
        "/search/?q=lamps",
    ]
    for place in places:
        assert "lamps" in words(signed_in(secretary).get(place)).lower().replace("your search for lamps", ""), place
        hidden = signed_in(member).get(place)
        assert hidden.status_code == 200
        assert "in the alley" not in words(hidden)
        assert "named premises" not in words(hidden)
    for path in (
        f"/agenda-items/{item.reference}/",
        f"/papers/{paper.reference}/",
        f"/papers/{paper.reference}/file",
        f"/decisions/{decision.reference}/",
        f"/decisions/{decision.reference}/give-action/",
    ):
        assert signed_in(member).get(path).status_code == 404
        answer = signed_in(secretary).get(path)
        assert answer.status_code == 200, path
        if answer.streaming:
            assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert Event.objects.get(verb="take-exempt-paper").subject == paper.reference
    assert rows(here.who("scrutiny"), AgendaItem).count() == 0
    with pytest.raises(NotThere):
        one(here.who("partner", groups=("board",)), Decision, decision.reference)


def test_exempt_items_come_last_so_that_all_count_alike(here: World):
    meeting = planned(here)
    for title, exempt in (("Apologies", ""), ("Secret", "3"), ("Close", "")):
        agendas.add_item(meeting, by=here.system, title=title, exempt=exempt)
    path = f"/meetings/{meeting.reference}/"
    assert "2. Close" in words(signed_in(here.person("partner", groups=("board",))).get(path))
    chair = words(signed_in(here.person("chair")).get(path))
    assert "2. Close" in chair
    assert "3. Secret" in chair


def test_a_planned_meeting_is_the_groups_own(here: World):
    meeting = planned(here)
    agendas.add_item(meeting, by=here.system, title="Lamps")
    outside = here.who("partner", organisation="health")
    assert (rows(outside, Meeting).count(), rows(outside, AgendaItem).count()) == (0, 0)
    meetings.call(meeting, by=here.system)
    assert (rows(outside, Meeting).count(), rows(outside, AgendaItem).count()) == (1, 1)


def test_papers_are_kept_under_a_name_that_says_nothing(here: World, tmp_path):
    meeting = planned(here)
    item = agendas.add_item(meeting, by=here.system, title="Lamps")
    client = signed_in(here.person("secretary", groups=("board",)))
    path = f"/agenda-items/{item.reference}/lay-paper/"
    assert sent(client, path, title="Lamps", file=pdf("O'Neill’s report.pdf")).status_code == 302
    paper = Paper.unscoped_rows.get()
    assert "O'Neill" not in paper.file.name
    assert (tmp_path / "papers" / paper.file.name).read_bytes() == b"%PDF-1.7 a paper"
    answer = client.get(f"/papers/{paper.reference}/file")
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 a paper"
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    wrong = SimpleUploadedFile("virus.pdf", b"MZ\x90 not a paper")
    assert "not what its name says" in words(sent(client, path, title="Lamps", file=wrong))
    script = SimpleUploadedFile("page.html", b"<script>")
    assert "must be a PDF" in words(sent(client, path, title="Lamps", file=script))
    base = f"/papers/{paper.reference}/"
    assert "Lamps" in words(client.get(base))
    assert client.get(f"{base}nonsense/").status_code == 404
    assert signed_in(here.person("partner", groups=("board",))).get(f"{base}withdraw-paper/").status_code == 403
    assert sent(client, f"{base}withdraw-paper/", reason="The wrong one").status_code == 302
    assert client.get(base).status_code == 404


def test_a_paper_that_cannot_be_recorded_leaves_no_file(here: World, tmp_path):
    meeting = planned(here)
    item = agendas.add_item(meeting, by=here.system, title="Lamps")
    agendas.lay(item, by=here.system, title="First", file=pdf(), once="form-1")
    with pytest.raises(journey.AlreadyDone):
        agendas.lay(item, by=here.system, title="First", file=pdf(), once="form-1")
    with pytest.raises(ValidationError):
        agendas.lay(item, by=here.system, title="", file=pdf())
    assert len(list((tmp_path / "papers").rglob("*.pdf"))) == 1


def test_a_paper_whose_event_fails_leaves_no_file(here: World, tmp_path, monkeypatch):
    item = agendas.add_item(planned(here), by=here.system, title="Lamps")

    def fails(*given: object, **named: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("partnership.cases.journey.record", fails)
    with pytest.raises(RuntimeError):
        agendas.lay(item, by=here.system, title="First", file=pdf())
    assert (Paper.unscoped_rows.count(), list((tmp_path / "papers").rglob("*.pdf"))) == (0, [])


def test_an_action_follows_from_a_decision(here: World):
    meeting, item = held(here, "board", "council", exempt="7")
    decision = agendas.decide(item, by=here.system, text="Watch the lamps.")
    client = signed_in(here.person("secretary", groups=("board",)))
    later = timezone.localdate() + timedelta(days=30)
    given = {"title": "Watch the quay", "owner": here.organisations["police"].pk, "due": later}
    assert sent(client, f"/decisions/{decision.reference}/give-action/", **given).status_code == 302
    action = Action.unscoped_rows.get(decision=decision)
    assert (action.exempt, action.group) == ("7", meeting.group)
    assert "Watch the quay" in words(client.get(f"/decisions/{decision.reference}/"))
    assert "Watch the quay" in words(client.get(f"/meetings/{meeting.reference}/"))
    assert "Follows from Lamps in the alley" in words(client.get(f"/actions/{action.reference}/"))


def test_a_secretary_takes_a_meeting_from_date_to_minutes(here: World):
    secretary, chair = here.person("secretary", groups=("board",)), here.person("chair")
    board = groups.change(here.groups["board"], by=here.system, seen=0, reason="Cycle", weeks_between=4)
    client, today = signed_in(secretary), timezone.localdate()
    base = f"/groups/{board.reference}/plan-meetings/"
    assert "every 4 weeks" in words(client.get(base))
    assert "must be like 10:30" in words(sent(client, base, first=today, clock="soon", count=2))
    assert sent(client, base, first=today, clock="2 pm", count=2, place="Town hall").status_code == 302
    meeting = Meeting.unscoped_rows.order_by("starts")[0]
    path = f"/meetings/{meeting.reference}/"
    assert "Town hall" in words(client.get("/meetings/"))
    assert sent(client, f"{path}add-agenda-item/", title="Lamps").status_code == 302
    item = AgendaItem.unscoped_rows.get(meeting=meeting)
    change = {"title": "Lamps in the alley", "place": 1}
    assert sent(client, f"/agenda-items/{item.reference}/revise-agenda-item/", **change).status_code == 302
    when = {"first": today, "clock": "10.30", "place": "Library", "reason": "Hall taken"}
    assert sent(client, f"{path}change-meeting/", **when).status_code == 302
    assert sent(client, f"{path}call-meeting/").status_code == 302
    council = here.organisations["council"].pk
    missing = sent(client, f"{path}record-attendance/")
    assert "Say whether Saltpool council came" in words(missing)
    came = {f"came_{council}": "present", f"post_{council}": "Director", "notes": "Welcome."}
    assert sent(client, f"{path}record-attendance/", **came).status_code == 302
    assert sent(client, f"/agenda-items/{item.reference}/write-minute/", note="Noted.").status_code == 302
    decided = {"text": "The board agreed to light the alley."}
    assert sent(client, f"/agenda-items/{item.reference}/record-decision/", **decided).status_code == 302
    assert client.get(f"{path}agree-minutes/").status_code == 403
    assert "not quorate" in words(client.get(path))
    assert sent(signed_in(chair), f"{path}agree-minutes/").status_code == 302
    assert Meeting.unscoped_rows.get(pk=meeting.pk).status == "agreed"
    assert client.get(f"{path}nonsense/").status_code == 404
    assert client.get(f"/agenda-items/{item.reference}/nonsense/").status_code == 404
    other = signed_in(here.person("partner", groups=("board",)))
    assert other.get(f"/agenda-items/{item.reference}/write-minute/").status_code == 403
    assert other.get(base).status_code == 403


@pytest.mark.parametrize("ending, begins", [("docx", b"PK"), ("pdf", b"%PDF")])
def test_minutes_are_taken_out_as_the_reader_may_see_them(here: World, ending: str, begins: bytes):
    meeting, item = held(here, "board", "council")
    secret = agendas.add_item(meeting, by=here.system, title="Named premises", exempt="7")
    agendas.minute(item, by=here.system, note="Lamps were discussed.\nAnd paid for.")
    agendas.minute(secret, by=here.system, note="Watched.")
    decision = agendas.decide(item, by=here.system, text="Light it.", reason="Thefts")
    here.action(decision=decision)
    path = f"/meetings/{meeting.reference}/file.{ending}"
    member, chair = signed_in(here.person("partner", groups=("board",))), signed_in(here.person("chair"))
    whole, part, open_part = chair.get(path), member.get(path), chair.get(f"{path}?part=open")
    assert all(answer.content.startswith(begins) for answer in (whole, part, open_part))
    assert whole["Content-Disposition"] == f'attachment; filename="minutes-{meeting.day}-{meeting.reference}.{ending}"'
    if ending == "docx":
        said = [
            zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
            for answer in (whole, part, open_part)
        ]
        assert ["Named premises" in text for text in said] == [True, False, False]
        for told in ("Lamps were discussed.", "Light it.", "Light the alley", "1 responsible authorities present"):
            assert told in said[1], told
    assert member.get(f"/meetings/{meeting.reference}/file.exe").status_code == 404


def test_before_the_meeting_its_agenda_is_taken_out(here: World):
    meeting = planned(here)
    item = agendas.add_item(meeting, by=here.system, title="Lamps", purpose="To agree the plan", lead="Director")
    agendas.lay(item, by=here.system, title="Plan of lamps", file=pdf())
    answer = signed_in(here.person("manager")).get(f"/meetings/{meeting.reference}/file.docx")
    text = zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
    assert all(part in text for part in ("Agenda", "To agree the plan", "Director", "Plan of lamps"))


def test_the_page_asks_little_of_the_database(here: World, django_assert_max_num_queries):
    meeting, _ = held(here, "board", "council", "police")
    for number in range(12):
        one_ = agendas.add_item(meeting, by=here.system, title=f"Item {number}")
        here.action(decision=agendas.decide(one_, by=here.system, text=f"Decision {number}"))
    client = signed_in(here.person("manager"))
    for path in (f"/meetings/{meeting.reference}/", "/meetings/"):
        with django_assert_max_num_queries(25):
            assert client.get(path).status_code == 200
