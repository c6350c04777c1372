"""Figures are brought whole or not at all, once, and only as they were released for each audience."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from partnership.audit.models import Event
from partnership.cases.journey import Refused
from partnership.governance.board import board
from partnership.governance.models import RecoveryPlan
from partnership.insight import asking
from partnership.insight.models import Bringing, Finding
from partnership.insight.steps.bring import bring
from tests.factories.figures import indicator
from tests.factories.site import World, world
from wardwise.definitions.scorecard import Scorecard, scorecard
from wardwise.products.kept import WardwiseError
from wardwise.store import Store

pytestmark = pytest.mark.django_db
SALTPOOL = {"area": "Z06000001", "to": "2016-08"}


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> World:
    """A partnership that watches three measures and asks for little of each."""
    kept = scorecard().model_dump(by_alias=True)
    kept["asks"], kept["whole"] = [kept["asks"][0], kept["asks"][1], kept["asks"][4]], []
    short = Scorecard.model_validate(kept)
    monkeypatch.setattr("partnership.insight.steps.bring.scorecard", lambda: short)
    made = world()
    for measure in ("burglary", "domestic-share-of-crime", "assault-attendances"):
        indicator(made, measure)
    return made


def test_a_run_is_kept_whole_and_once(here: World, store: Store):
    said = []
    run = bring(store.folder, by=here.who("analyst"), progress=lambda *told: said.append(told), **SALTPOOL)
    assert (run.area_name, run.month, run.lacking) == ("Saltpool (synthetic)", "August 2016", ["assault-attendances"])
    assert said[0][1:] == (0, 9) and said[-1][1:] == (8, 9)
    held = Finding.unscoped_rows.filter(bringing=run, measure="burglary")
    assert {(one.name, one.audience) for one in held} == {
        (name, audience) for name in ("chart", "year", "wards") for audience in ("partnership", "public")
    }
    chart = held.get(name="chart", audience="partnership")
    assert chart.months[-1]["value"] == 167 and chart.months[-1]["sign"] == "high"
    assert chart.chart["svg"].startswith("<svg") and chart.chart["alt"] and chart.sources and chart.figures
    assert chart.facts["definition"]["Question"].endswith("?")
    event = Event.objects.get(verb="bring")
    assert (event.subject, event.facts["to"]) == (run.reference, "2016-08")
    assert RecoveryPlan.unscoped_rows.get().indicator.measure == "burglary"
    again = bring(store.folder, by=here.who("analyst"), **SALTPOOL)
    assert (again, Bringing.unscoped_rows.count(), Event.objects.filter(verb="bring").count()) == (run, 1, 1)


def test_what_is_hidden_from_an_audience_is_in_nothing_it_is_shown(here: World, store: Store):
    bring(store.folder, by=here.who("analyst"), **SALTPOOL)
    for one in Finding.unscoped_rows.filter(measure="domestic-share-of-crime", name="chart"):
        hidden = [month["month"] for month in one.months if month["value"] == "[c]"]
        told = {row[0]: row[1] for row in one.tables["points"]["rows"]}
        assert all(value == "[c]" for month, value in told.items() if month in hidden)
    seen = board(here.who("scrutiny"))
    assert {one.chart.audience for one in seen.stood if one.chart} == {"public"}


def test_a_failure_in_the_middle_keeps_nothing(here: World, store: Store, monkeypatch: pytest.MonkeyPatch):
    def fails(*given: object, **named: object) -> None:
        raise RuntimeError("killed")

    monkeypatch.setattr("partnership.governance.steps.recovery.watch", fails)
    with pytest.raises(RuntimeError):
        bring(store.folder, by=here.who("analyst"), **SALTPOOL)
    assert (Bringing.unscoped_rows.count(), Finding.unscoped_rows.count()) == (0, 0)
    assert not Event.objects.filter(verb="bring").exists()


def test_who_may_bring_and_what_is_said_otherwise(here: World, store: Store, tmp_path: Path):
    with pytest.raises(Refused):
        bring(store.folder, by=here.who("partner"), **SALTPOOL)
    with pytest.raises(WardwiseError):
        bring(tmp_path / "none", by=here.who("analyst"), **SALTPOOL)
    for given in ({"store": str(tmp_path / "none")}, {"store": str(store.folder), "partnership": "nobody"}):
        with pytest.raises(CommandError):
            call_command("bring", **{**SALTPOOL, **given})


def test_the_command_says_what_it_did(here: World, store: Store, capsys: pytest.CaptureFixture[str]):
    call_command("bring", store=str(store.folder), **SALTPOOL)
    said = capsys.readouterr().out
    assert "to August 2016 are on the scorecard" in said and "assault-attendances" in said


def test_an_order_changes_with_what_is_asked(store: Store):
    first = asking.Order.of(store.folder, "Z06000001", "2016-08", ["burglary"], scorecard())
    other = asking.Order.of(store.folder, "Z06000001", "2016-08", ["burglary", "rape"], scorecard())
    assert first.digest != other.digest
    assert json.dumps(first.place.versions)
    every = [asked for _, _, asked in first.questions() if asked.measure == "every"]
    assert all(asking._options(other, asked, "")["measures"] == ["burglary", "rape"] for asked in every)
