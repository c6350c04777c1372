"""Signing in with one's organisation, against a real OpenID Connect provider in a process of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.test import Client

from partnership.organisations.models import User
from partnership.site import settings as ours
from tests.factories import council_sign_in as council
from tests.factories.site import PASSWORD, World, world
from tests.factories.site_running import free_port

CALLBACK = "http://testserver/sign-in/with/council/login/callback/"


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with council.serving(tmp_path_factory.mktemp("council"), free_port(), CALLBACK) as address:
        yield address


@pytest.fixture
def here(db: Any, provider: str, settings: Any, tmp_path: Path) -> World:
    told = tmp_path / "sign-on.yaml"
    told.write_text(
        f"- {{key: council, name: Saltpool Council, address: '{provider}', client_id: {council.CLIENT}, secret: '{council.SECRET}'}}"
    )
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": ours._one_sign_on(str(told))}}
    return world()


def go(client: Client, email: str) -> Any:
    """Through the council's own pages and back to ours."""
    away = client.post("/sign-in/with/council/login/")
    with httpx.Client(base_url=re.match(r"https?://[^/]+", away["Location"]).group(0)) as browser:  # type: ignore[union-attr]
        asked = browser.get(away["Location"])
        form = browser.get(asked.headers["Location"], follow_redirects=True)
        proof = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', form.text)
        given = {"login": email, "password": council.PASSWORD, "csrfmiddlewaretoken": proof.group(1) if proof else ""}
        answer = browser.post(form.url, data=given)
        while not answer.headers["Location"].startswith(CALLBACK):
            answer = browser.get(answer.headers["Location"])
        return client.get(answer.headers["Location"])


def test_a_known_person_signs_in_with_their_council(here: World, settings: Any):
    settings.SECOND_STEP_ROLES = frozenset({"*"})
    user = here.person("partner")
    User.objects.filter(pk=user.pk).update(email=council.KNOWN)
    client = Client()
    assert "Saltpool Council" in client.get("/sign-in/").content.decode()
    assert go(client, council.KNOWN)["Location"] == "/"
    assert user.name in client.get("/account/").content.decode()
    assert client.get("/list/actions/").status_code == 200, "the council's own second step counts"
    assert go(Client(), council.KNOWN)["Location"] == "/", "and the next time as well"


def test_whom_nobody_invited_has_no_account(here: World):
    answer = go(Client(), council.UNKNOWN)
    assert "You have no account here" in answer.content.decode()
    assert User.objects.count() == 0


def test_an_address_the_council_has_not_checked_opens_nothing(here: World):
    user = here.person("partner")
    User.objects.filter(pk=user.pk).update(email=council.UNCHECKED)
    client = Client()
    assert "You have no account here" in go(client, council.UNCHECKED).content.decode()
    assert client.get("/account/").status_code == 302
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


def test_an_answer_nobody_asked_for_is_refused(here: World):
    client = Client()
    answer = client.get("/sign-in/with/council/login/callback/?code=abc&state=made-up")
    assert "did not answer as it should" in answer.content.decode()
    assert client.get("/sign-in/with/nobody/login/").status_code == 404
