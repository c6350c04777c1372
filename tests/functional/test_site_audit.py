"""Who did what: read as sentences, filtered, taken out, and proved whole; a kill leaves a step done or not done."""

from __future__ import annotations

import csv
import io
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from partnership.audit.models import Event
from partnership.meetings.steps import actions
from partnership.organisations.models import User
from tests.factories.site import World, world
from tests.factories.site_killing import PROGRAM


@pytest.fixture
def here(db: Any) -> World:
    return world()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("role", ["manager", "chair", "partner", "scrutiny", "administrator"])
def test_the_audit_is_not_there_for_others(here: World, role: str):
    client = signed_in(here.person(role))
    assert client.get("/who-did-what/").status_code == client.get("/who-did-what/file/").status_code == 404


def test_events_read_as_sentences_and_are_filtered(here: World):
    world("Elsewhere").action()
    manager = here.person("manager")
    first, second = here.action(title="First"), here.action(title="Second")
    actions.withdraw(first, by=here.standing(manager), reason="Agreed with the police")
    client = signed_in(here.person("governance"))
    page = client.get("/who-did-what/").content.decode()
    assert f"{manager.name} withdrew action {first.reference}, because: Agreed with the police" in page
    assert f"the tests gave out action {second.reference}" in page and page.count("gave out action") == 2
    one = client.get(f"/who-did-what/?reference={second.reference}").content.decode()
    assert second.reference in one and f"withdrew action {first.reference}" not in one
    reference = manager.memberships.get().reference
    mine = client.get(f"/who-did-what/?person={reference}").content.decode()
    assert "withdrew" in mine and "gave out" not in mine
    assert (
        "Nothing on record fits"
        in client.get("/who-did-what/?until_day=1&until_month=1&until_year=2020").content.decode()
    )
    assert (
        "signed in"
        in client.get("/who-did-what/?kind=membership&since_day=1&since_month=1&since_year=2020").content.decode()
    )


def test_taking_the_audit_out_is_itself_on_record(here: World):
    action = here.action()
    actions.withdraw(action, by=here.who("manager"), reason="=1+1")
    client = signed_in(here.person("governance"))
    answer = b"".join(client.get("/who-did-what/file/?kind=action").streaming_content).decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(answer)))
    assert [line["Step"] for line in lines] == ["withdraw-action", "give-action"]
    assert lines[0]["Reason"] == "'=1+1"
    assert Event.objects.order_by("sequence").last().facts == {"rows": 2}  # type: ignore[union-attr]


def test_a_long_record_has_pages(here: World, django_assert_max_num_queries: Any):
    action = here.action()
    for number in range(60):
        actions.report(action, by=here.system, text=f"Word {number}")
    client = signed_in(here.person("governance"))
    with django_assert_max_num_queries(16):
        page = client.get("/who-did-what/").content.decode()
    assert "Older" in page and page.count("<tr>") == 51
    assert "Newer" in client.get("/who-did-what/?page=2").content.decode()


def test_a_record_leads_to_what_was_done_to_it(here: World):
    member = here.person("partner").memberships.get()
    path = f"/accounts/{member.reference}/"
    assert (
        f"/who-did-what/?reference={member.reference}"
        in signed_in(here.person("governance")).get(path).content.decode()
    )
    assert "/who-did-what/?reference" not in signed_in(here.person("administrator")).get(path).content.decode()


def test_the_command_says_whether_the_record_is_whole(here: World, capsys: pytest.CaptureFixture[str]):
    here.action()
    call_command("audit_verify")
    assert "Saltpool: whole. 1 events" in capsys.readouterr().out
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER event_no_update")
        cursor.execute("UPDATE audit_event SET reason = 'never mind'")
    with pytest.raises(SystemExit) as ended:
        call_command("audit_verify")
    assert ended.value.code == 1
    assert "Saltpool: event 1: it was changed after it was recorded." in capsys.readouterr().err


def kill_during_steps(folder: Path, times: int, seed: int) -> int:
    """Kill the process that takes steps at random moments. Each start proves what the last one left. Gives the steps kept."""
    chance, kept = random.Random(seed), 0
    environment = {
        key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    }
    environment |= {"WARDWISE_SITE_DEMO": "1", "WARDWISE_SITE_DATA": str(folder)}
    environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    for _ in range(times + 1):
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", PROGRAM], stdout=subprocess.PIPE, text=True, env=environment
        )
        assert process.stdout is not None
        told = process.stdout.readline().split()
        assert told[:1] == ["whole"], told
        kept = int(told[1])
        time.sleep(chance.uniform(0, 0.6))
        process.kill()
        process.communicate()
    return kept


def test_a_kill_leaves_a_step_done_or_not_done(tmp_path: Path):
    assert kill_during_steps(tmp_path, times=2, seed=4) > 0


@pytest.mark.scale
def test_many_kills_leave_every_step_done_or_not_done(tmp_path: Path):
    assert kill_during_steps(tmp_path, times=60, seed=9) > 60
