"""Is the site well, and who uses it: for those who keep it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from partnership.meetings.steps import actions
from partnership.organisations.models import User
from partnership.site.views import keeping
from tests.factories.site import World, world


@pytest.fixture
def here(db: Any) -> World:
    return world()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_machine_is_told_whether_all_is_well(here: World, monkeypatch: pytest.MonkeyPatch):
    answer = Client().get("/health/")
    assert (answer.status_code, answer.json()["well"]) == (200, True)
    monkeypatch.setattr(keeping, "LEAST_FREE", 10**18)
    answer = Client().get("/health/")
    assert (answer.status_code, answer.json()["checks"]["Room on the disk"]) == (503, False)
    assert "Not well" in signed_in(here.person("administrator")).get("/health/page/").content.decode()


def test_use_is_counted_by_organisation_and_month(here: World):
    action = here.action()
    first = here.person("partner", organisation="police")
    for person in (first, here.person("partner", organisation="police")):
        signed_in(person)
    actions.report(action, by=here.standing(first), text="Ordered")
    page = signed_in(here.person("governance")).get("/usage/").content.decode()
    row = page[page.index("Saltpool police") :]
    assert [part.split("<")[0] for part in row.split('class="number">')[1:4]] == ["2", "2", "1"]


@pytest.mark.parametrize("path", ["/usage/", "/health/page/"])
def test_others_find_no_such_page(here: World, path: str):
    assert signed_in(here.person("partner")).get(path).status_code == 404
