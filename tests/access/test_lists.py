"""Lists, search and exports show the same rows: the ones the rule book allows."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client

from partnership.access.redact import fields_hidden
from partnership.audit.models import Event
from partnership.organisations.models import User
from partnership.site.kinds import KINDS
from tests.factories.site import World, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> World:
    return world()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_what_is_searched_is_open(kind):
    hidden = set(fields_hidden(kind.model))
    assert not {name.split("__")[0] for name in kind.search} & hidden


@pytest.mark.parametrize(
    "role, groups, expected",
    [("partner", (), 1), ("secretary", ("closed",), 3), ("manager", (), 3), ("scrutiny", (), 1)],
)
def test_list_search_and_export_agree(here: World, role: str, groups: tuple[str, ...], expected: int):
    here.action("board", title="Open lamp")
    here.action("closed", title="Closed lamp")
    here.action("closed", title="Exempt lamp", exempt="7")
    client = signed_in(here.person(role, organisation="health", groups=groups))
    page = client.get("/list/actions/").content.decode()
    found = client.get("/search/?q=lamp").content.decode()
    titles = [title for title in ("Open lamp", "Closed lamp", "Exempt lamp") if title in page]
    assert len(titles) == expected
    assert [title for title in titles if title in found] == titles
    assert found.count(" lamp</a>") == expected


def test_an_export_holds_what_the_list_holds_and_is_recorded(here: World):
    here.action(title="=HYPERLINK(1)")
    here.action("closed", title="Second")
    client = signed_in(here.person("manager"))
    answer = b"".join(client.get("/list/actions/export/?sort=title").streaming_content).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(answer)))
    assert lines[0][:3] == ["Reference", "Action", "Owner"]
    assert [line[1] for line in lines[1:]] == ["'=HYPERLINK(1)", "Second"]
    event = Event.objects.get(verb="export-list")
    assert event.facts == {"rows": 2, "filters": []}


def test_those_who_may_not_take_lists_out_find_no_such_page(here: World):
    assert signed_in(here.person("partner")).get("/list/actions/export/").status_code == 404


def test_a_list_reads_no_more_rows_than_it_shows(here: World, django_assert_max_num_queries):
    for number in range(30):
        here.action(title=f"Action {number}")
    client = signed_in(here.person("manager"))
    with django_assert_max_num_queries(16):
        page = client.get("/list/actions/").content.decode()
    assert page.count("Action ") == 25


def test_a_stranger_is_asked_to_sign_in(here: World):
    answer = Client().get("/list/actions/")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/list/actions/")
