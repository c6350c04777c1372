"""What stands out now, new levels, trends in words and rare events: made series whose answer is known."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from tests.factories.answers import Canned, measure
from tests.factories.sentences import sentences
from wardwise.analysis import direction, new_level, rare, rebases, watch
from wardwise.disclosure import Audience, release
from wardwise.measures.kinds import Kind
from wardwise.methods import false_alarms
from wardwise.methods.spc_rules import NHS, WHEELER
from wardwise.records.cells import MISSING, NOT_APPLICABLE
from wardwise.records.findings import Findings
from wardwise.records.periods import Period

PERIOD = Period("2010-01", "2013-12")
MONTHS = PERIOD.months()
RANDOM = np.random.default_rng(11)


def held(values: Any) -> dict[str, int]:
    return {month: int(n) for month, n in zip(MONTHS, values, strict=False) if n == n}


def asked(**series: Any) -> Canned:
    """One area “A” (and “B” for names that end in B), each series a measure of its own."""
    counts = {(name.removesuffix("_B"), "B" if name.endswith("_B") else "A"): held(v) for name, v in series.items()}
    made = {name: measure(name, base=None, count=SimpleNamespace(records="offences", where={})) for name, _ in counts}
    return Canned(counts=counts, measures=made, names={"A": "Here", "B": "There"})


STEADY = [20, 22, 19, 21, 20, 18, 22, 21, 19, 20, 21, 20] * 4


def watched(ask: Canned, areas: tuple[str, ...] = ("A",), **options: Any) -> Findings:
    return watch.attention_now(ask, areas, "2013-12", measures=list(ask.measures), **options)


def test_what_stands_out_is_listed_furthest_first_with_the_false_alarms_to_expect():
    ask = asked(
        steady=STEADY,
        high=[*STEADY[:47], 60],
        higher=[*STEADY[:47], 90],
        run=[*np.random.default_rng(2).normal(100, 12, 39), *[110, 108] * 4, 110],
    )
    found = watched(ask)
    assert [row["label"] for row in found.tables["watch"].rows] == ["Higher", "High", "Run"]
    first = found.tables["watch"].rows[0]
    assert first["latest"] == 90 and first["upper"] < 90 and first["verdict"].startswith("above the upper limit")
    said = sentences(found)
    assert said[0].startswith(
        "Three of the four series looked at stand out in December 2013. If nothing had changed anywhere, chance alone"
    )
    assert said[1].startswith("Higher: 90, above the usual range of")
    assert "but part of a run above the mean" in said[3]
    assert watched(ask, rules=NHS).method != found.method


def test_nothing_stands_out():
    found = watched(asked(steady=STEADY))
    assert sentences(found)[0].startswith("The one series looked at does not stand out in December 2013.")
    assert found.tables["watch"].rows == ()


def test_series_too_short_or_too_rare_are_counted_apart():
    ask = asked(steady=STEADY, rare=[1, 0] * 24, short=[np.nan] * 30 + STEADY[:18], gone=STEADY[:40])
    said = sentences(watched(ask))
    assert said[-1].startswith("Two series are not judged")
    lone = asked(rare=[1, 0] * 24)
    assert (
        sentences(watched(lone))[0].startswith("No series has twenty-four months")
        or "No series has 24" in sentences(watched(lone))[0]
    )
    assert watched(asked(gone=STEADY[:40])).tables["watch"].rows == ()


def test_every_measure_that_counts_events_is_watched_unless_some_are_named(monkeypatch: pytest.MonkeyPatch):
    ask = asked(steady=STEADY)
    kinds = [
        measure("steady", base=None, count=SimpleNamespace(records="offences", where={}, kind=Kind.EVENTS)),
        measure("rate", base=object(), count=SimpleNamespace(records="offences", where={}, kind=Kind.EVENTS)),
        measure(
            "beds", base=None, profile="health", count=SimpleNamespace(records="offences", where={}, kind=Kind.EVENTS)
        ),
        measure("stated", base=None, count=SimpleNamespace(records="service_returns", where={}, kind=Kind.TOTALS)),
    ]
    monkeypatch.setattr(Canned, "every_measure", lambda _: tuple(kinds))
    assert "The one series" in sentences(watch.attention_now(ask, ["A"], "2013-12"))[0]


def test_months_before_an_accepted_level_are_left_out(tmp_path, monkeypatch: pytest.MonkeyPatch):
    entry = rebases.Rebase("step", "A", "2012-01", "The council takes the calls now.", "board", "2026-01-01")
    (tmp_path / rebases.FILE).write_text(f"rebases:\n{entry.as_lines()}", encoding="utf-8")
    ask = asked(step=[*STEADY[:24], *[n * 3 for n in STEADY[24:]]])
    assert watched(ask).tables["watch"].rows != ()
    monkeypatch.setattr(Canned, "definitions", tmp_path)
    assert watched(ask).tables["watch"].rows == ()


def test_a_marked_season_is_allowed_for_and_said():
    usual = 1 + 0.4 * np.sin(2 * np.pi * np.arange(48) / 12)
    found = watched(asked(season=200 * usual + RANDOM.normal(0, 4, 48)), ("A",))
    assert any("one series with a marked season" in caveat for caveat in found.caveats)


def test_small_counts_are_hidden_with_their_limits():
    ask = asked(low=[*[30, 32, 28] * 15, 30, 31, 2])
    public = release([watched(ask)], Audience.PUBLIC).findings["watch"].tables["watch"].rows
    assert len(public) == 1 and not any(isinstance(public[0][name], float) for name in ("usual", "lower", "upper"))


def test_false_alarms_by_simulation_are_near_those_of_series_without_change():
    series = RANDOM.poisson(40, (400, 48)).astype(float)
    expected = false_alarms.latest(series, WHEELER)
    from wardwise.methods import spc

    seen = spc.signals(series, spc.limits(series), WHEELER).any()[:, -1].sum()
    assert expected.separate == pytest.approx(seen, abs=9)
    assert expected.follows < 0.1
    assert false_alarms.latest([[np.nan] * 48], WHEELER) == false_alarms.Expected(0.0, 0.0, 0.0)
    assert false_alarms.latest(np.zeros((3, 24)), WHEELER).separate == 0
    follows = false_alarms.draw(np.full(200, 50.0), np.full(200, 6.0), 0.6, 48, RANDOM)
    both = false_alarms.latest(follows, WHEELER)
    assert both.follows > 0.3 and both.following > both.separate


def test_a_new_level_is_suggested_and_never_applied(tmp_path, monkeypatch: pytest.MonkeyPatch):
    ask = asked(step=[*[n * 5 for n in STEADY[:24]], *[n * 8 for n in STEADY[24:]]])
    found = new_level.suggest(ask, "step", "A", PERIOD)
    (row,) = found.tables["levels"].rows
    assert (row["month"], row["status"]) == ("2012-01", "Suggested")
    assert row["before_mean"] == pytest.approx(101.25) and row["after_mean"] == pytest.approx(162)
    (said,) = sentences(found)
    assert (
        said.startswith("Step in Here rose to a new level about January 2012") and "until a person records why" in said
    )
    entry = rebases.Rebase("step", "A", "2012-01", "The council takes the calls now.", "board", "2026-01-01")
    other = rebases.Rebase("step", "A", "2010-06", "Somebody thought that it moved.", "board", "2026-01-01")
    (tmp_path / rebases.FILE).write_text(f"rebases:\n{entry.as_lines()}{other.as_lines()}", encoding="utf-8")
    monkeypatch.setattr(Canned, "definitions", tmp_path)
    told = new_level.suggest(ask, "step", "A", PERIOD)
    assert "Accepted: The council takes the calls now." in sentences(told)[0]
    assert any("June 2010 shows no change of level" in caveat for caveat in told.caveats)


def test_no_new_level_and_too_few_months():
    assert "no re-base is suggested" in sentences(new_level.suggest(asked(steady=STEADY), "steady", "A", PERIOD))[0]
    few = sentences(new_level.suggest(asked(few=STEADY[:20]), "few", "A", PERIOD))[0]
    assert "too few to look for a new level" in few


def test_no_new_level_is_looked_for_in_months_that_the_register_leaves_out():
    period = Period("2017-01", "2022-12")
    made = measure("crime", count=SimpleNamespace(records="street_crime", where={}))

    def suggested(restricted: int, after: int) -> Findings:
        parts = [n * 5 for n in STEADY[:38]] + [n * restricted for n in STEADY[:17]] + [n * after for n in STEADY[:17]]
        values = dict(zip(period.months(), parts, strict=True))
        return new_level.suggest(
            Canned(counts={("crime", "A"): values}, measures={"crime": made}), "crime", "A", period
        )

    passing = suggested(restricted=2, after=5)
    assert passing.tables["levels"].rows == ()
    assert any("search" in caveat and "March 2020 to July 2021" in caveat for caveat in passing.caveats)
    lasting = suggested(restricted=2, after=8)
    (row,) = lasting.tables["levels"].rows
    assert (row["month"], row["between"]) == ("2021-08", "2020-03..2021-08")
    assert (row["before_months"], row["after_months"]) == (38, 17)
    assert "(between March 2020 and August 2021)" in sentences(lasting)[0]


def test_a_change_of_recording_near_a_new_level_is_named():
    period = Period("2015-01", "2018-12")
    values = dict(zip(period.months(), [*[n * 5 for n in STEADY[:27]], *[n * 8 for n in STEADY[27:]]], strict=True))
    made = measure(
        "burglary", count=SimpleNamespace(records="offences", where={"offence_subgroup": "Domestic burglary"})
    )
    ask = Canned(counts={("burglary", "A"): values}, measures={"burglary": made})
    found = new_level.suggest(ask, "burglary", "A", period)
    assert found.tables["levels"].rows[0]["recording"] == "Burglary split anew"
    assert "Registered near it: Burglary split anew." in sentences(found)[0]
    words = direction.trend_words(ask, ["burglary"], "A", period)
    assert words.tables["trends"].rows[0]["period"] == "2017-04..2018-12"
    assert words.tables["trends"].rows[0]["note"] == "starts after a change of recording"


def test_trends_in_words():
    rising = [40 + i + 5 * (i % 3) for i in range(48)]
    ask = asked(rising=rising, falling=rising[::-1], steady=STEADY, few=STEADY[:12], rare=[0, 1] * 24)
    found = direction.trend_words(ask, ["rising", "falling", "steady", "few", "rare"], "A", PERIOD)
    rows = found.tables["trends"].rows
    assert [row["trend"] for row in rows] == [
        "clear upward", "clear downward", "static", "too short to tell", "too short to tell",
    ]  # fmt: skip
    assert rows[3]["yearly"] is NOT_APPLICABLE and rows[0]["total"] == sum(rising)
    said = sentences(found)
    assert said[0].startswith("Rising: clear upward trend, rising by about") and said[2].startswith("Steady: static.")
    assert "too few months or events" in said[3]


def test_the_months_of_the_restrictions_are_no_part_of_a_trend():
    period = Period("2018-01", "2023-12")
    values = {month: 50 + i % 4 for i, month in enumerate(period.months())}
    made = measure("crime", count=SimpleNamespace(records="street_crime", where={"crime_type": "Burglary"}))
    ask = Canned(counts={("crime", "A"): values}, measures={"crime": made})
    row = direction.trend_words(ask, ["crime"], "A", period).tables["trends"].rows[0]
    assert row["known"] == 72 - 17 and row["note"] == "without March 2020 to July 2021"


def rare_events(days: list[int], **options: Any) -> Findings:
    start = date(2010, 1, 1).toordinal()
    found = [date.fromordinal(start + day) for day in days]
    counts: dict[str, int] = dict.fromkeys(MONTHS, 0)
    for day in found:
        counts[f"{day:%Y-%m}"] += 1
    made = measure("killed", count=SimpleNamespace(records="collisions", where={}, kind=Kind.EVENTS))
    ask = Canned(counts={("killed", "A"): {m: n for m, n in counts.items() if m not in options.get("gone", ())}}, measures={"killed": made})  # fmt: skip
    table = pa.table({"date": found if not options.get("dateless") else [None] * len(found)})
    object.__setattr__(ask, "records", lambda *_: table)
    return rare.days_between(ask, "killed", "A", PERIOD)


def test_days_between_rare_events():
    days = [0, 90, 170, 260, 345, 430, 520, 600, 690, 780, 860, 950, 1035, 1036]
    found = rare_events(days)
    rows = found.tables["gaps"].rows
    assert rows[-1]["gap"] == 1 and rows[-1]["verdict"] == "sooner than usual"
    said = sentences(found)
    assert said[0].startswith("Killed in A: the latest came 1 day after the one before.")
    assert said[1] == "One event came sooner than usual, most recently in November 2012."
    assert "t chart" in found.method
    steady = rare_events(days[:-1])
    assert sentences(steady)[-1] == "No gap is a sign of a real change."


def test_months_between_events_where_no_day_is_given():
    days = [*range(0, 380, 31), 1400]
    found = rare_events(days, dateless=True)
    rows = found.tables["gaps"].rows
    assert rows[1]["gap"] == 0 and rows[-1]["verdict"] == "later than usual"
    assert "g chart" in found.method and "later than usual" in sentences(found)[-1]


def test_a_gap_over_a_month_not_supplied_is_left_out_and_few_gaps_have_no_limits():
    found = rare_events([0, 40, 80, 120], gone=("2010-02",))
    assert [row["gap"] for row in found.tables["gaps"].rows] == [40]
    assert found.tables["gaps"].rows[0]["usual"] is NOT_APPLICABLE
    assert "fewer than ten gaps" in sentences(found)[0]
    assert any("February 2010" in caveat for caveat in found.caveats)
    assert "too often to be called rare" in sentences(rare_events(list(range(0, 1400, 10))))[0]
    assert MISSING not in [row["gap"] for row in found.tables["gaps"].rows]


def test_totals_have_no_days():
    ask = asked(stated=[1, 0, 0] * 16)
    assert "g chart" in rare.days_between(ask, "stated", "A", PERIOD).method
