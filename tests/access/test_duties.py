"""Duties: declared with their law, set for a year once, met with evidence, late when they are late."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from pydantic import ValidationError as NotSound

from partnership.access.rules import may
from partnership.cases import journey
from partnership.governance import calendar
from partnership.governance.models import DutyDue
from partnership.governance.steps import duties as steps
from partnership.governance.steps import entries
from partnership.organisations.models import Membership, Partnership, Standing
from tests.factories.site import TODAY, World, world
from wardwise.definitions.duties import Duty, dues, duties
from wardwise.definitions.registers import registers

ALL = duties()
YEAR = calendar.year_of(TODAY)
PLAIN = {
    "duty": "made",
    "title": "Made",
    "asks": "To try.",
    "law": "None",
    "kind": "local",
    "serves": ["D-053"],
    "when": {"every": "year", "by": "03-31"},
    "for": {"each": "partnership"},
    "evidence": [{"name": "shows", "label": "What shows it"}],
    "late_means": "Nothing.",
}


@pytest.fixture
def here(db) -> World:
    return world()


def signed_in(here: World, *roles: str, organisation: str = "council") -> Client:
    client = Client()
    client.force_login(
        here.person(*roles, organisation=organisation), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def row(here: World, duty: str = "public-meeting", **facts: object) -> DutyDue:
    steps.set_year(by=here.system, year=YEAR, only=[duty])
    return DutyDue.unscoped_rows.filter(partnership=here.partnership, duty=duty, **facts).order_by("due", "id")[0]


@pytest.mark.parametrize("duty", ALL.values(), ids=list(ALL))
def test_a_declaration_is_sound(duty: Duty):
    assert duty.asks.endswith(".") and duty.late_means.endswith(".") and duty.how_often
    if not duty.checked:
        assert re.search(r"not (read|checked|seen)|memory", duty.note, re.IGNORECASE), (
            "unchecked law says what was not checked"
        )


def test_every_duty_serves_something_in_the_inventory(shared: Path):
    inventory = "".join((shared / "domain" / f"{name}.md").read_text() for name in ("inventory", "capabilities"))
    known = set(re.findall(r"\b[AD]-\d{3}\b", inventory))
    assert {(name, one) for name, duty in ALL.items() for one in duty.serves if one not in known} == set()


@pytest.mark.parametrize(
    "duty, year, expected",
    [
        ("partnership-plan", 2026, [("2026-27", date(2027, 3, 31))]),
        ("plan-summary", 2026, [("2026-27", date(2026, 4, 30))]),
        ("scrutiny-meeting", 2027, [("2027-28", date(2028, 2, 28))]),
        ("domestic-abuse-strategy", 2027, [("2027-30", date(2028, 1, 5))]),
        ("domestic-abuse-strategy", 2028, []),
        ("report-to-policing-body", 2026, []),
    ],
)
def test_when_a_duty_falls_due(duty: str, year: int, expected: list[tuple[str, date]]):
    assert dues(ALL[duty], year) == expected


def test_quarterly_data_are_due_at_the_end_of_the_next_quarter():
    assert dues(ALL["section-17a-returns"], 2026) == [
        ("January to March 2026", date(2026, 6, 30)),
        ("April to June 2026", date(2026, 9, 30)),
        ("July to September 2026", date(2026, 12, 31)),
        ("October to December 2026", date(2027, 3, 31)),
    ]


def test_a_day_that_a_month_does_not_have_is_its_last():
    leap = Duty.model_validate({**PLAIN, "when": {"every": "year", "by": "02-29"}})
    assert [dues(leap, year)[0][1] for year in (2026, 2027)] == [date(2027, 2, 28), date(2028, 2, 29)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"when": {"every": "year"}},
        {"when": {"every": "event", "days": 3}},
        {"when": {"every": "entry", "register": "nothing", "during": ["x"]}},
        {"when": {"every": "entry", "register": "risks", "during": ["nowhere"]}},
        {"evidence": []},
    ],
)
def test_what_does_not_hold_together_is_refused(wrong: dict[str, object]):
    Duty.model_validate(PLAIN)
    with pytest.raises(NotSound):
        Duty.model_validate({**PLAIN, **wrong})


def test_a_year_is_set_once(here: World):
    entries.start(registers()["data-sets"], by=here.system)
    made = steps.set_year(by=here.who("manager"), year=YEAR)
    assert made > 100
    assert steps.set_year(by=here.who("manager"), year=YEAR) == 0
    found = DutyDue.unscoped_rows.filter(partnership=here.partnership)
    assert found.filter(duty="section-17a-returns").count() == 84, "21 data sets, four quarters"
    assert found.filter(duty="prevent-duty").count() == 18, "six musts of council, police and health"
    assert found.filter(duty="county-agreement").count() == 0, "not for a partnership below a county"
    assert found.filter(duty="data-for-case-reviews").count() == 0, "not in force"
    for refused in ("partner", "scrutiny", "chair"):
        with pytest.raises(journey.Refused):
            steps.set_year(by=here.who(refused), year=YEAR + 1)


def test_a_county_has_duties_of_its_own(here: World):
    Partnership.objects.filter(pk=here.partnership.pk).update(kind="county")
    assert row(here, "county-agreement").due == date(YEAR + 1, 3, 31)


def test_a_row_that_was_handed_over_is_not_made_again(here: World):
    due = row(here)
    police = here.organisations["police"]
    due = steps.change(
        due, by=here.who("manager"), reason="They host it", due=due.due - timedelta(days=5), owner=police
    )
    assert (due.owner, due.version) == (police, 1)
    due = steps.change(due, by=here.who("manager"), reason="Back again", due=due.due, owner=None)
    assert steps.set_year(by=here.system, year=YEAR, only=[due.duty]) == 0


def test_an_owner_that_nobody_is_stays_open(here: World):
    Standing.objects.filter(organisation=here.organisations["police"]).delete()
    assert row(here, "hate-crime-report").owner is None


def test_a_duty_is_met_with_what_it_needs(here: World):
    due, manager = row(here), here.who("manager")
    with pytest.raises(ValidationError) as missing:
        steps.meet(due, by=manager, met_on=TODAY)
    assert set(missing.value.message_dict) == {"held", "senior", "told", "published"}
    due = steps.record_evidence(due, by=manager, evidence={"held": "1 April", "senior": "All five"})
    rest = {"told": "Posters", "published": "Website"}
    with pytest.raises(ValidationError):
        steps.meet(due, by=manager, met_on=TODAY + timedelta(days=1), evidence=rest)
    due = steps.meet(due, by=manager, met_on=TODAY, evidence=rest)
    assert (due.status, due.met_on, due.evidence["held"]) == ("met", TODAY, "1 April")
    due = steps.reopen(due, by=manager, reason="Only two authorities came")
    due = steps.fail(due, by=manager, reason="No hall was free")
    assert (due.status, due.note) == ("not-met", "No hall was free")
    assert steps.meet(due, by=manager, met_on=TODAY).status == "met"


def test_who_answers_for_a_duty_may_record_it(here: World):
    due = row(here, "prevent-duty", owner=here.organisations["health"])
    assert may(here.who("partner", organisation="health"), "keep-duties", due)
    for other in (here.who("partner", organisation="police"), here.who("scrutiny")):
        with pytest.raises(journey.Refused):
            steps.record_evidence(due, by=other, evidence={"shows": "x"})


def test_a_clock_starts_when_something_happens(here: World):
    due = steps.start_clock(ALL["report-to-policing-body"], by=here.who("manager"), happened=TODAY)
    assert (due.due - TODAY).days == 28


def test_the_calendar_puts_parts_together_and_the_late_first(here: World):
    entries.start(registers()["data-sets"], by=here.system)
    order = {"area": "Front", "restricts": "Drink", "why": "Shown", "from": "2024-09-01", "ends": "2027-01-31"}
    orders = registers()["public-spaces-orders"]
    entry = entries.add(orders, by=here.system, title="Front", answers=order)
    make = next(move for move in orders.moves if move.move == "make")
    given = {"from": "2024-09-01", "ends": "2027-01-31", "consultation": "Most agreed"}
    entry = entries.take(entry, make, by=here.system, answers=given)
    steps.set_year(by=here.system, year=YEAR, only=["section-17a-returns", "due-regard", "prevent-duty"])
    later = here.system.__class__(**{**here.system.__dict__, "today": date(2026, 10, 15)})
    late = calendar.late(later)
    assert (entry.reference, "Front") in {(line.reference, line.part) for line in late}
    data = [line for line in late if line.reference == "section-17a-returns"]
    assert [(line.many, line.late, line.state) for line in data] == [(21, 21, "late"), (21, 21, "late")]
    assert [line.due for line in late] == sorted(line.due for line in late)
    assert {line.owner for line in calendar.lines(later, YEAR, organisation="Saltpool health")} == {"Saltpool health"}
    assert (calendar.lines(None, YEAR), calendar.late(None)) == ([], [])


def test_returns_are_told_by_data_set_and_provider(here: World):
    entries.start(registers()["data-sets"], by=here.system)
    steps.set_year(by=here.system, year=YEAR, only=["section-17a-returns"])
    crimes = DutyDue.unscoped_rows.filter(partnership=here.partnership, item="Recorded crimes in nine groups").order_by(
        "due"
    )
    later = here.system.__class__(**{**here.system.__dict__, "today": date(2026, 10, 15)})
    first, second = crimes[0], crimes[1]
    steps.meet(first, by=later, met_on=first.due, evidence={"file": "load"})
    steps.meet(second, by=later, met_on=second.due + timedelta(days=9), evidence={"file": "load"})
    other = DutyDue.unscoped_rows.filter(item="Racial incidents").order_by("due")[0]
    steps.fail(other, by=later, reason="System change")
    quarters, found, punctual = calendar.returns(later, YEAR)
    assert quarters[0] == "January to March 2026"
    cells = {one.data_set: one.cells for one in found}
    assert cells["Recorded crimes in nine groups"] == ["on time", "9 days late", "not due yet", "not due yet"]
    assert cells["Racial incidents"][0] == "not sent"
    assert cells["Hospital admissions for assault"][0] == "missing, 107 days late"
    police = next(one for one in punctual if one.provider.endswith("police"))
    assert (police.asked, police.on_time, police.late, police.missing) == (4, 1, 1, 2)
    assert calendar.returns(None, YEAR) == ([], [], [])


def test_duties_are_kept_through_their_pages(here: World, django_assert_max_num_queries):
    manager = signed_in(here, "manager")
    assert "No day is set" in manager.get("/duties/").content.decode()
    year = calendar.year_of(date.today())
    assert manager.post("/duties/set/", {"year": str(year)}).status_code == 302
    with django_assert_max_num_queries(25):
        page = manager.get("/duties/").content.decode()
    assert "Public meeting" in page and "Law not checked" in page
    for address in (
        "/duties/?by=organisation",
        "/duties/?year=9999",
        "/duties/law/",
        "/duties/returns/",
        "/list/duty-days/?state=late",
        "/list/duty-days/?state=due",
    ):
        assert manager.get(address).status_code == 200
    due = DutyDue.unscoped_rows.get(partnership=here.partnership, duty="plan-copy")
    assert manager.get(f"/duties/{due.reference}/").status_code == 200
    refused = manager.post(f"/duties/{due.reference}/meet-duty/", {"seen": "0", "sent": ""})
    assert "Enter “Day and way it was sent”" in refused.content.decode()
    day = {"met_on_day": "1", "met_on_month": "4", "met_on_year": str(year), "seen": "0", "once": "one"}
    for _ in range(2):
        assert manager.post(f"/duties/{due.reference}/meet-duty/", {**day, "sent": "By post"}).status_code in (302, 303)
    assert "Met" in manager.get(f"/duties/{due.reference}/").content.decode()
    for verb in ("reopen-duty", "fail-duty", "change-duty", "record-evidence", "meet-duty"):
        assert manager.get(f"/duties/{due.reference}/{verb}/").status_code == 200
    seen = {"seen": "1", "reason": "Sent to the wrong address"}
    assert manager.post(f"/duties/{due.reference}/reopen-duty/", seen).status_code == 302
    evidence = {"seen": "2", "sent": "Again by hand"}
    assert manager.post(f"/duties/{due.reference}/record-evidence/", evidence).status_code == 302
    moved = {"seen": "3", "reason": "Agreed", "due_day": "1", "due_month": "5", "due_year": str(year)}
    assert manager.post(f"/duties/{due.reference}/change-duty/", moved).status_code == 302
    assert manager.post(f"/duties/{due.reference}/fail-duty/", {"seen": "2", "reason": "Late"}).status_code == 409
    assert manager.get(f"/duties/{due.reference}/nothing/").status_code == 404


def test_each_duty_has_a_page_with_its_law(here: World):
    manager, scrutiny = signed_in(here, "manager"), signed_in(here, "scrutiny")
    steps.set_year(by=here.system, year=YEAR, only=["public-meeting"])
    for name in ALL:
        assert manager.get(f"/duties/about/{name}/").status_code == 200
    assert "Nobody has read this law" in scrutiny.get("/duties/about/prevent-duty/").content.decode()
    assert manager.get("/duties/about/nothing/").status_code == 404
    start = "/duties/about/report-to-policing-body/start/"
    assert manager.get(start).status_code == 200
    assert manager.post(start, {"happened_day": "1", "happened_month": "4", "happened_year": "2026"}).status_code == 302
    assert (scrutiny.get(start).status_code, scrutiny.get("/duties/set/").status_code) == (404, 404)
    assert signed_in(here, "administrator").get("/duties/").status_code == 404


def test_a_duty_that_is_no_longer_declared_keeps_its_page(here: World):
    old = DutyDue.unscoped_rows.create(
        partnership=here.partnership, duty="old-duty", period="2020-21", due=TODAY, status="due"
    )
    manager = signed_in(here, "manager")
    assert "no longer declared" in manager.get(f"/duties/{old.reference}/").content.decode()
    assert "Old duty" in manager.get("/list/duty-days/").content.decode()


def test_the_feed_is_for_its_person_while_they_take_part(here: World):
    steps.set_year(by=here.system, year=calendar.year_of(date.today()) + 1)
    client = signed_in(here, "partner")
    link = re.search(r'href="(/duties/feed/[^"]+)"', client.get("/duties/").content.decode()).group(1)
    feed = Client().get(link)
    text = feed.content.decode()
    assert (feed.status_code, feed["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert text.startswith("BEGIN:VCALENDAR\r\n") and text.endswith("END:VCALENDAR\r\n")
    assert "SUMMARY:Public meeting" in text and all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    tampered = link.replace("/duties.ics", "x/duties.ics")
    assert Client().get(tampered).status_code == 404
    Membership.objects.filter(partnership=here.partnership).update(valid_to=date(2021, 1, 1))
    assert Client().get(link).status_code == 404


def test_long_and_awkward_words_stand_in_a_feed():
    line = calendar.Line("A, b; c\\d", "é" * 90, "Nobody\nyet", date(2026, 4, 1), "due", "duty", "x")
    text = calendar.icalendar("Feed", [line], lambda one: "https://example.org/", "20260401T000000Z")
    assert "A\\, b\\; c\\\\d" in text and "Nobody\\nyet" in text
    assert all(len(one.encode()) <= 75 for one in text.split("\r\n"))


def test_a_command_sets_the_days(here: World, capsys):
    call_command("duties", year=2030)
    assert "days set for 2030-31." in capsys.readouterr().out
    call_command("duties")
