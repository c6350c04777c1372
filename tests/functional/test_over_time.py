"""The questions about months as a product asks them of a store, their chart, and the command that records a new level."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.factories.sentences import sentences
from tests.factories.tables import fill, link
from wardwise.analysis import rebases
from wardwise.cli import main
from wardwise.disclosure import Audience, release
from wardwise.products.enquiry import Enquiry
from wardwise.products.pictures import pictures
from wardwise.products.questions import QUESTIONS
from wardwise.records.errors import WardwiseError
from wardwise.records.periods import Period
from wardwise.store.store import Store

if not any(command.name == "rebase" for command in main.app.registered_commands):
    main._register()

AREA, WARD = "E06000009", "E05000001"
NOW = Period("2017-01", "2017-12")
UPS_AND_DOWNS = (20, 22, 19, 21, 20, 18, 22, 21, 19, 20, 23, 20, 17, 24)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Burglary steps up in 2016; robbery is rare."""
    links = [link("E01000001", WARD, "lsoa in ward"), link(WARD, AREA, "ward in district")]
    links.append({**link(AREA, "E23000003", "district in force"), "parent_name": "Lancashire"})
    rows = []
    for i, month in enumerate(Period("2014-01", "2017-12").months()):
        burglaries = UPS_AND_DOWNS[i % 14] * (2 if month >= "2016-01" else 1)
        for kind, n in (("Burglary", burglaries), ("Robbery", int(i % 4 == 0))):
            row = {"source": "police-street-crime", "supplier": "lancashire", "month": month, "area_code": "E01000001"}
            rows += [{**row, "crime_type": kind}] * n
    return fill(tmp_path_factory.mktemp("store"), area_links=links, street_crime=rows)


def ask(store: Store, question: str, **options: object) -> object:
    enquiry = Enquiry.of(store.at(), AREA, NOW, store.definitions)
    return QUESTIONS[question](enquiry, question, options)


def test_a_chart_with_its_options_and_its_moving_ranges(store: Store):
    found = ask(store, "moving-range", measure="recorded-burglary", months=48, rules="nhs", seasonal="yes", screen=True)
    assert "NHS" in found.method
    released = release([found], Audience.PARTNERSHIP).findings["moving-range"]
    enquiry = Enquiry.of(store.at(), AREA, NOW, None)
    drawn = pictures(enquiry)["moving_range"](released, "")
    assert drawn is not None and len(drawn.spec["vconcat"]) == 2 and "Under it:" in drawn.alt
    based = ask(
        store, "control-chart", measure="recorded-burglary", months=48, baseline="2014-01..2014-12", phases=False
    )
    assert based.tables["points"].rows[-1]["verdict"].startswith("above the upper limit")
    assert ask(store, "control-chart", measure="recorded-burglary", months=6) is None
    with pytest.raises(WardwiseError, match="rule set"):
        ask(store, "control-chart", measure="recorded-burglary", rules="own")


def test_new_levels_trends_and_rare_events(store: Store):
    (row,) = ask(store, "rebase", measure="recorded-burglary", months=48).tables["levels"].rows
    assert row["month"] == "2016-01"
    assert ask(
        store, "rebase", measure="recorded-burglary", months=12
    ).statements  # too few months: said, though no row is given
    words = ask(store, "trend-words", measures=["recorded-burglary"]).tables["trends"].rows
    assert words[0]["trend"].endswith("upward")
    assert "g chart" in ask(store, "rare-events", measure="recorded-robbery", months=48).method


def test_what_needs_attention_at_each_level(store: Store):
    for level in ("area", "ward", "districts"):
        found = ask(store, "watch", level=level, measures=["recorded-burglary"])
        assert re.search(r"series looked at (does not stand|stands?) out in December 2017", sentences(found)[0])
    assert ask(store, "watch") is not None
    with pytest.raises(WardwiseError, match="no level"):
        ask(store, "watch", level="street")


def test_wards_are_watched_only_where_they_are_known(tmp_path: Path):
    bare = fill(tmp_path, area_links=[link(AREA, "E23000003", "district in force")])
    assert ask(bare, "watch", level="ward") is None


def run(store: Store, *words: str) -> str:
    done = CliRunner().invoke(main.app, ["--store", str(store.folder), "rebase", *words], catch_exceptions=True)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.output


def test_a_new_level_is_looked_for_and_then_recorded_with_its_reason(store: Store):
    assert "new level about January 2016" in run(store, "recorded-burglary", "--area", AREA, "--to", "2017-12")
    with pytest.raises(WardwiseError, match="not said which months"):
        run(store, "recorded-burglary", "--area", AREA)
    with pytest.raises(WardwiseError, match="lacks its reason"):
        run(store, "recorded-burglary", "--area", AREA, "--month", "2016-01", "--by", "analyst")
    reason = "The force moved to a new crime system."
    decision = ("recorded-burglary", "--area", AREA, "--month", "2016-01", "--by", "analyst", "--reason", reason)
    assert "is charted at a new level" in run(store, *decision)
    with pytest.raises(WardwiseError, match="already has a new level"):
        run(store, *decision)
    run(store, *("recorded-burglary", "--area", AREA, "--month", "2017-01", "--by", "analyst", "--reason", reason))
    file = store.folder / "definitions" / rebases.FILE
    assert len(rebases.every(store.folder / "definitions")) == 2 and file.read_text(encoding="utf-8").startswith("#")
    chart = ask(store, "control-chart", measure="recorded-burglary", months=48)
    assert chart.tables["points"].rows[24]["note"].startswith("New level: The force moved")
    file.unlink()
