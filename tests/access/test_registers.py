"""Every declared register: sound, named in the inventory, and kept through its pages by those it names."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pydantic import ValidationError

from partnership.access.kinds import listing
from partnership.governance.answers import checked, figure
from partnership.governance.kinds import KINDS
from partnership.governance.models import Entry
from partnership.governance.steps import entries
from partnership.organisations.roles import ROLES
from tests.factories.site import TODAY, World, world
from wardwise.definitions.registers import Answer, Move, Register, registers

ALL = registers()
LISTS = {kind.name: kind for kind in KINDS}
BY_NAME = pytest.mark.parametrize("register", ALL.values(), ids=list(ALL))
MOST_QUERIES = 25


@pytest.fixture
def here(db) -> World:
    return world()


def signed_in(here: World, *roles: str) -> Client:
    client = Client()
    client.force_login(here.person(*roles), backend="django.contrib.auth.backends.ModelBackend")
    return client


def role_with(permission: str) -> str:
    """The manager where the manager may; otherwise the first role that may."""
    able = [name for name, role in ROLES.items() if permission in role.allows]
    return "manager" if "manager" in able else able[0]


def filled(answer: Answer) -> dict[str, Any]:
    """Something that fits an answer, as its box sends it."""
    name = answer.name
    match answer.kind:
        case "date":
            return {f"{name}_day": "1", f"{name}_month": "5", f"{name}_year": "2026"}
        case "choice":
            return {name: answer.choices[0]}
        case "choices":
            return {name: list(answer.choices[:2])}
        case "yes-no":
            return {name: "yes"}
        case "link":
            return {name: "https://example.org/a"}
        case "number" | "money" | "percent":
            return {name: "12"}
        case _:
            return {name: "Some words"}


def boxes(register: Register, names: Any) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for name in names:
        given |= filled(register.answer(name))
    return given


def way_to(register: Register, move: Move) -> list[Move]:
    """The shortest row of moves from the first state to where `move` begins."""
    ways: dict[str, list[Move]] = {register.first: []}
    waiting = [register.first]
    while waiting:
        state = waiting.pop(0)
        for one in register.moves:
            if state in one.start and one.to not in ways:
                ways[one.to] = [*ways[state], one]
                waiting.append(one.to)
    return next(ways[state] for state in move.start if state in ways)


@BY_NAME
def test_a_declaration_is_sound(register: Register):
    assert all(text[0].isupper() for text in (register.title, register.why, register.empty))
    assert register.why.endswith(".") and register.empty.endswith(".")
    assert all("{who}" in move.said and "{what}" in move.said for move in register.moves)
    assert len(register.name) + max((len(move.move) for move in register.moves), default=0) < 59, (
        "the audit's longest verb"
    )
    for start in register.starts_with:
        checked(register, start.answers)


def test_every_register_serves_something_in_the_inventory(shared: Path):
    inventory = "".join((shared / "domain" / f"{name}.md").read_text() for name in ("inventory", "capabilities"))
    known = set(re.findall(r"\b[AD]-\d{3}\b", inventory))
    assert {(name, one) for name, register in ALL.items() for one in register.serves if one not in known} == set()


@BY_NAME
def test_entries_are_added_and_moved_through_their_pages(here: World, register: Register):
    asked = [answer.name for answer in register.answers]
    permissions = {*register.added_with, *(move.permission for move in register.moves)}
    clients = {permission: signed_in(here, role_with(permission)) for permission in permissions}
    for permission in register.added_with:
        client = clients[permission]
        form = client.get(f"/registers/add/{register.name}/")
        assert form.status_code == 200
        made = client.post(f"/registers/add/{register.name}/", {"title": "An entry", **boxes(register, asked)})
        assert made.status_code == 302, made.content.decode()
    page = client.get(made["Location"])
    assert page.status_code == 200
    for move in register.moves:
        _through(here, clients[move.permission], register, move)


def _through(here: World, client: Client, register: Register, move: Move) -> None:
    """Take an entry to where the move begins, then take the move on its page."""
    system = here.system
    entry = entries.add(register, by=system, title="One", answers=answers(register, [a.name for a in register.answers]))
    for one in way_to(register, move):
        entry = entries.take(entry, one, by=system, answers=answers(register, one.asks), reason="To get there")
    address = f"/registers/{entry.reference}/{register.name}:{move.move}/"
    assert client.get(address).status_code == 200
    done = client.post(address, {**boxes(register, move.asks), "reason": "It is so"})
    assert done.status_code == 302, done.content.decode()
    assert Entry.unscoped_rows.get(pk=entry.pk).status == move.to


def answers(register: Register, names: Any) -> dict[str, Any]:
    given = {}
    for name in names:
        box = filled(register.answer(name))
        given[name] = "2026-05-01" if register.answer(name).kind == "date" else box[name]
    return given


@BY_NAME
def test_a_list_shows_filters_and_sums_what_is_declared(here: World, register: Register, django_assert_max_num_queries):
    entries.add(register, by=here.system, title="One", answers=answers(register, [a.name for a in register.answers]))
    client = signed_in(here, "manager")
    chosen = {name: register.answer(name).choices[0] for name in register.filters}
    with django_assert_max_num_queries(MOST_QUERIES):
        page = client.get(f"/list/{register.name}/", {**chosen, "state": register.first}).content.decode()
    assert ">One<" in page
    assert ("Total of every row" in page) == bool(register.totals)
    other = {name: register.answer(name).choices[-1] for name in register.filters[:1]}
    if other and register.answer(register.filters[0]).choices[2:]:
        assert ">One<" not in client.get(f"/list/{register.name}/", other).content.decode()


def test_sums_reach_over_every_page_of_a_list(here: World):
    grants, manager = ALL["grants"], here.who("manager")
    given = answers(grants, [a.name for a in grants.answers])
    for _ in range(27):
        entries.add(grants, by=manager, title="One", answers={**given, "amount": "1000.25", "spent": None})
    found = listing(manager, LISTS["grants"], {})
    assert (len(found.rows), found.more) == (25, True)
    assert list(found.totals) == [("Amount", "£27,006.75"), ("Spent so far", "none given")]


def test_a_share_is_never_told_without_its_base():
    training = ALL["training"]
    worked = training.worked[0]
    assert figure(training, worked, {"staff": "40", "trained": "30"}) == "75% (30 of 40)"
    assert figure(training, worked, {"staff": "0", "trained": "0"}) == "no base"
    assert figure(training, worked, {"staff": "40", "trained": None}) == "not given"
    grants = ALL["grants"]
    assert figure(grants, grants.worked[0], {"amount": "100.00", "spent": "250.00"}) == "−£150"


def test_the_clock_follows_the_state(here: World):
    register, manager = ALL["recommendations"], here.who("manager")
    given = {"recommendation": "Light it", "committee": "Scrutiny", "made-on": TODAY}
    entry = entries.add(register, by=manager, title="Lamps", answers=given)
    assert (entry.due - TODAY).days == 28
    accept = next(move for move in register.moves if move.move == "accept")
    entry = entries.take(entry, accept, by=manager, answers={"response": "Yes", "done-by": "2026-12-01"})
    assert entry.due.isoformat() == "2026-12-01"
    orders = ALL["public-spaces-orders"]
    order = {"area": "Front", "restricts": "Drink", "why": "Shown", "ends": "2027-04-15"}
    assert entries.add(orders, by=manager, title="Front", answers=order).due.isoformat() == "2026-10-14"


def test_a_restricted_entry_is_for_those_with_the_right(here: World):
    assets, manager = ALL["assets"], here.who("manager")
    given = answers(assets, ["kind", "number", "use", "where", "review"])
    house = entries.add(assets, by=manager, title="House", answers=given, private=True)
    assert house.restricted == {"where": "Some words"}
    page = f"/registers/{house.reference}/"
    assert signed_in(here, "manager").get(page).status_code == 200
    assert signed_in(here, "partner").get(page).status_code == 404
    assert "House" not in signed_in(here, "partner").get("/list/assets/").content.decode()
    assert "House" not in signed_in(here, "partner").get("/search/?q=house").content.decode()


def test_a_register_starts_once_with_what_is_shipped(here: World):
    client = signed_in(here, "manager")
    assert "Start with" in client.get("/registers/").content.decode()
    for _ in range(2):
        assert client.post("/registers/start/data-sets/", {"once": ""}).status_code == 302
        assert Entry.unscoped_rows.filter(register="data-sets").count() == 21
    crimes = Entry.unscoped_rows.get(title="Recorded crimes in nine groups")
    assert crimes.owner == here.organisations["police"]
    assert Entry.unscoped_rows.filter(register="data-sets", owner=None).count() == 6, "no fire service here"
    assert client.get("/registers/start/data-sets/").status_code == 200
    assert client.get("/registers/start/risks/").status_code == 404
    assert signed_in(here, "partner").get("/registers/start/data-sets/").status_code == 404


def test_search_asks_the_registers_once(here: World, django_assert_max_num_queries):
    risks = ALL["risks"]
    entries.add(risks, by=here.system, title="Lamp fails", answers=answers(risks, [a.name for a in risks.answers]))
    client = signed_in(here, "manager")
    with django_assert_max_num_queries(MOST_QUERIES):
        assert "Lamp fails" in client.get("/search/?q=lamp").content.decode()
    assert "Lamp fails" in client.get("/list/entries/?register=risks").content.decode()


@pytest.mark.parametrize(
    "wrong, said",
    [
        ({"columns": ["secret"]}, "restricted"),
        (
            {
                "moves": [
                    {"move": "end", "label": "End", "start": ["open"], "to": "open", "asks": ["secret"], "said": "x"}
                ]
            },
            "restricted",
        ),
        ({"columns": ["day"]}, "due day"),
        ({"totals": ["words"]}, "is no number"),
        ({"filters": ["words"]}, "is no choice"),
        ({"states": [["open", "Open"], ["shut", "Shut"]]}, "no move leads"),
        ({"worked": [{"name": "share", "label": "Share", "how": "share", "of": ["words", "count"]}]}, "is no number"),
        ({"starts_with": [{"title": "One", "answers": {"nothing": 1}}]}, "is no answer"),
    ],
)
def test_what_does_not_hold_together_is_refused(wrong: dict[str, Any], said: str):
    sound = {
        "register": "made",
        "title": "Made",
        "singular": "thing",
        "why": "To try.",
        "serves": ["D-054"],
        "owner": "nobody",
        "empty": "None.",
        "states": [["open", "Open"]],
        "due": {"after": "day", "during": ["open"], "said": "Due"},
        "answers": [
            {"name": "words", "label": "Words"},
            {"name": "count", "label": "Count", "kind": "number"},
            {"name": "day", "label": "Day", "kind": "date"},
            {"name": "secret", "label": "Secret", "restricted": True},
        ],
    }
    Register.model_validate(sound)
    with pytest.raises(ValidationError, match=said):
        Register.model_validate({**sound, **wrong})
