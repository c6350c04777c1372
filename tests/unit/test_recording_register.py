"""The register of recording changes: which measures and areas each entry touches, and how a partnership adds its own."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from tests.factories.answers import Canned, measure
from wardwise import measures
from wardwise.analysis import recording
from wardwise.analysis.recording import breaks, events, events_for
from wardwise.records.errors import WardwiseError
from wardwise.records.periods import Period

TEN_YEARS = Period("2014-01", "2026-12").months()


def labels(name: str, force: str | None = None) -> set[str]:
    return {event.label for event in events_for(measures.load(name), TEN_YEARS, force=force)}


def test_every_entry_of_the_national_register_says_what_it_must():
    found = events()
    assert len(found) >= 25
    for event in found:
        assert event.source and event.text.endswith(".") and event.precision in recording.PRECISION
        assert (event.precision == "day") == bool(event.day)
        assert event.month <= event.until and len(event.label) <= 45
    unsure = [event.label for event in found if not event.checked]
    assert "One principal crime for each report" in unsure
    assert all(event.note.endswith(recording.UNCHECKED) for event in found if not event.checked)


@pytest.mark.parametrize(
    ("name", "touched", "not_touched"),
    [
        ("violence-against-the-person", "One principal crime for each report", "Burglary split anew"),
        ("burglary", "Burglary split anew", "Stalking recorded beside other crime"),
        ("domestic-abuse", "Controlling behaviour becomes an offence", "Knife offences counted anew"),
        ("knife-crime", "Knife offences counted anew", "Domestic abuse marker begins"),
        ("hate-incidents", "Higher bar for non-crime hate incidents", "Burglary split anew"),
        ("recorded-asb", "Lockdown reports counted as ASB", "One principal crime for each report"),
        ("recorded-violence", "One principal crime for each report", "Lockdown reports counted as ASB"),
        ("all-crime", "Stalking recorded beside other crime", "Domestic abuse marker begins"),
        ("recorded-burglary", "COVID-19 restrictions begin", "Stalking recorded beside other crime"),
    ],
)
def test_a_change_marks_the_measures_it_touches_and_no_others(name: str, touched: str, not_touched: str):
    found = labels(name)
    assert touched in found and not_touched not in found


def test_a_change_of_one_force_marks_its_own_area_only():
    assert "Greater Manchester changes its system" not in labels("all-crime", "lancashire")
    assert "Greater Manchester changes its system" in labels("all-crime", "greater-manchester")


def test_a_line_is_broken_where_a_change_begins_and_after_one_that_ends():
    found = [event for event in events() if event.label in ("COVID-19 restrictions begin", "Burglary split anew")]
    assert breaks(found) == ("2017-04",)
    assert len(recording.left_out(found, TEN_YEARS)) == 17
    knife = [event for event in events() if event.label == "Knife offences counted anew"]
    assert breaks(knife) == ("2019-04", "2021-04")


def test_a_partnerships_own_file_adds_to_the_register(tmp_path: Path):
    (tmp_path / "recording").mkdir()
    (tmp_path / "recording" / "local.yaml").write_text(
        "changes:\n  - {label: New crime system, from: 2018-11, records: [offences], break: true, text: The force moved to a new "
        "system., source: Lancashire Constabulary}\n",
        encoding="utf-8",
    )
    assert {event.label for event in events(tmp_path)} >= {"New crime system", "COVID-19 restrictions begin"}
    (tmp_path / "recording" / "local.yaml").write_text(
        "changes:\n  - {label: x, from: 2018-11, records: [offences], text: y, precision: hour}\n", encoding="utf-8"
    )
    with pytest.raises(WardwiseError, match="hour"):
        events(tmp_path)


def test_the_usual_variation_of_a_place_is_used_when_its_months_are_held():
    from wardwise.analysis import change

    months = Period("2010-01", "2013-12").months()
    random = np.random.default_rng(8)
    held = {month: int(n) for month, n in zip(months, random.poisson(random.gamma(50, 20, 48)), strict=True)}
    made = measure("crime", count=SimpleNamespace(records="offences", where={"offence_group": "Robbery"}))
    ask = Canned(counts={("crime", "A"): held}, measures={"crime": made}, names={"A": "Here"})
    found = change.compare_periods(ask, ["crime"], "A", Period("2013-01", "2013-12"))
    assert any("varied from month to month here" in caveat for caveat in found.caveats), found.caveats
    short = Canned(counts={("crime", "A"): dict(list(held.items())[-24:])}, measures={"crime": made})
    told = change.compare_periods(short, ["crime"], "A", Period("2013-01", "2013-12"))
    assert any("takes every event to be separate" in caveat for caveat in told.caveats)


def test_a_change_of_recording_touches_only_the_kind_that_it_names():
    from wardwise.analysis.variation import _touching

    named = SimpleNamespace(where={"crime_type": ("Anti-social behaviour",)})
    every = SimpleNamespace(where={})
    assert _touching([named, every], "crime_type", "Vehicle crime") == [every]
    assert _touching([named, every], "crime_type", "Anti-social behaviour") == [named, every]
    assert _touching([named, every], "ward", "Park") == [named, every]


def test_the_test_that_was_used_is_told_once_for_all_rows_and_names_the_others():
    from wardwise.analysis.pairs import CHANCE_CAVEAT, VARIATION_CAVEAT, Pair, Spans
    from wardwise.methods.dispersion import Dispersion

    spans = Spans(Period("2012-01", "2012-12"), Period("2013-01", "2013-12"))
    told, plain = Pair("Robbery", 5, 6, dispersion=Dispersion(1.2, 0.1, 30, 48)), Pair("Arson (fires)", 1, 2)
    assert spans.caveats([plain]) == (CHANCE_CAVEAT,)
    assert spans.caveats([told, told]) == (VARIATION_CAVEAT,)
    assert spans.caveats([told, plain])[1].startswith("Arson: the test of chance takes every event to be separate")
    assert spans.caveats([told, *[plain] * 5])[1].startswith("Five of the rows: ")
