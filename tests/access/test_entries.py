"""Registers: whatever is declared can be kept, and only as it is declared."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from partnership.access.scope import rows
from partnership.cases import journey
from partnership.governance.answers import NotRight, checked, words
from partnership.governance.models import Entry
from partnership.governance.steps import entries
from tests.factories.site import TODAY, World, world
from wardwise.definitions.registers import Register, registers

RISKS = registers()["risks"]
QUESTIONS = registers()["scrutiny-questions"]
GIVEN = {
    "what-could-happen": "Data stop",
    "likelihood": "3 Possible",
    "impact": "4 Major",
    "review": TODAY + timedelta(days=30),
}
MADE = Register.model_validate(
    {
        "register": "made",
        "title": "Made",
        "singular": "thing",
        "why": "To try every kind of answer.",
        "serves": ["D-054"],
        "owner": "nobody",
        "empty": "None.",
        "states": [["open", "Open"]],
        "answers": [
            {"name": "spend", "label": "Spend", "kind": "money"},
            {"name": "share", "label": "Share", "kind": "percent", "most": 100},
            {"name": "day", "label": "Day", "kind": "date"},
            {"name": "sure", "label": "Sure", "kind": "yes-no"},
            {"name": "where", "label": "Where", "kind": "choices", "choices": ["North", "South"]},
            {"name": "page", "label": "Page", "kind": "link"},
        ],
    }
)


@pytest.fixture
def here(db) -> World:
    return world()


def test_answers_are_kept_as_their_kind_says():
    given = {
        "spend": "£1,200",
        "share": "12.5%",
        "day": "2026-04-15",
        "sure": "no",
        "where": ["South"],
        "page": "https://example.org/a",
    }
    kept = checked(MADE, given)
    assert kept == {
        "spend": "1200.00",
        "share": "12.5",
        "day": "2026-04-15",
        "sure": False,
        "where": ["South"],
        "page": "https://example.org/a",
    }
    assert [words(answer, kept[answer.name]) for answer in MADE.answers] == [
        "£1,200",
        "12.5%",
        "15 April 2026",
        "no",
        "South",
        "https://example.org/a",
    ]


@pytest.mark.parametrize(
    "name, value",
    [
        ("spend", "-1"),
        ("spend", "NaN"),
        ("spend", "1e400"),
        ("share", "101"),
        ("day", "31 February"),
        ("sure", "maybe"),
        ("where", ["West"]),
        ("page", "javascript:alert(1)"),
        ("other", "x"),
    ],
)
def test_what_does_not_fit_is_said_of_its_answer(name: str, value: object):
    with pytest.raises(NotRight) as wrong:
        checked(MADE, {name: value})
    assert list(wrong.value.messages) == [name]


def test_an_entry_goes_through_its_declared_moves(here: World):
    manager = here.who("manager")
    risk = entries.add(RISKS, by=manager, title="Feed", answers=GIVEN, owner=here.organisations["health"])
    assert (risk.status, risk.due) == ("open", TODAY + timedelta(days=30))
    review, close = RISKS.moves[0], RISKS.moves[1]
    later = {**GIVEN, "review": TODAY + timedelta(days=90)}
    del later["what-could-happen"]
    risk = entries.take(
        risk, review, by=here.who("partner", organisation="health"), answers={**later, "controls": "A contract"}
    )
    assert (risk.due, risk.answers["controls"], risk.answers["what-could-happen"]) == (
        TODAY + timedelta(days=90),
        "A contract",
        "Data stop",
    )
    with pytest.raises(journey.ReasonNeeded):
        entries.take(risk, close, by=manager, answers={})
    risk = entries.take(risk, close, by=manager, answers={"outcome": "Feed renewed"}, reason="Contract signed")
    assert (risk.status, risk.due) == ("closed", None)


def test_who_may_add_is_declared(here: World):
    asked = {"question": "Is it real?", "answer-by": TODAY}
    entries.add(QUESTIONS, by=here.who("scrutiny"), title="Real?", answers=asked)
    entries.add(QUESTIONS, by=here.who("manager"), title="Real?", answers=asked)
    for refused in ("partner", "governance"):
        with pytest.raises(journey.Refused):
            entries.add(QUESTIONS, by=here.who(refused), title="Real?", answers=asked)
    with pytest.raises(journey.Refused):
        entries.add(RISKS, by=here.who("scrutiny"), title="Risk", answers=GIVEN)


def test_scrutiny_sees_its_own_registers_only(here: World):
    manager = here.who("manager")
    entries.add(RISKS, by=manager, title="Feed", answers=GIVEN)
    entries.add(QUESTIONS, by=manager, title="Real?", answers={"question": "Is it real?", "answer-by": TODAY})
    assert [entry.register for entry in rows(here.who("scrutiny"), Entry)] == ["scrutiny-questions"]
    assert rows(here.who("partner", organisation="police"), Entry).count() == 2


def test_a_register_is_kept_through_its_pages(here: World):
    client = Client()
    client.force_login(here.person("manager"), backend="django.contrib.auth.backends.ModelBackend")
    boxes = {
        "title": "Feed stops",
        "what-could-happen": "Data stop",
        "likelihood": "3 Possible",
        "impact": "4 Major",
        "once": "one",
    }
    refused = client.post("/registers/add/risks/", boxes)
    assert (refused.status_code, Entry.unscoped_rows.count()) == (200, 0)
    assert "Enter the review on" in refused.content.decode() or "Review on" in refused.content.decode()
    boxes |= {"review_day": "1", "review_month": "5", "review_year": "2027"}
    made = client.post("/registers/add/risks/", boxes)
    entry = Entry.unscoped_rows.get()
    assert (made.status_code, made["Location"]) == (302, f"/registers/{entry.reference}/")
    again = client.post("/registers/add/risks/", boxes)
    assert (again.status_code, Entry.unscoped_rows.count()) == (303, 1)
    page = client.get(f"/registers/{entry.reference}/").content.decode()
    assert "1 May 2027" in page and "Record a review" in page
    closing = f"/registers/{entry.reference}/risks:close/"
    assert client.post(closing, {"outcome": "Renewed", "reason": "Signed"}).status_code == 302
    assert Entry.unscoped_rows.get().status == "closed"
    assert "Feed stops" in client.get("/list/risks/").content.decode()
    assert client.get("/registers/").status_code == 200
    assert client.get("/registers/add/nothing/").status_code == 404
