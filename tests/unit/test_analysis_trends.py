"""Control charts in findings: limits, signs in words, gaps, re-basing, shares."""

from __future__ import annotations

import csv
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.factories.answers import Canned, measure
from tests.factories.sentences import sentences
from wardwise.analysis import trends
from wardwise.charts import render
from wardwise.charts.control_chart import control_chart
from wardwise.disclosure import Audience, release
from wardwise.methods.spc_rules import NHS
from wardwise.records.cells import MISSING, NOT_APPLICABLE, SUPPRESSED
from wardwise.records.findings import Findings
from wardwise.records.periods import Period

AREA = "E06000009"


def asked(values: list[int | None], start: str = "2014-01", name: str = "crime") -> tuple[Canned, Period]:
    period = Period(start, Period.of(start).shift(len(values) - 1).end)
    held = {month: n for month, n in zip(period.months(), values, strict=True) if n is not None}
    return Canned(counts={(name, AREA): held}, names={AREA: "Blackpool"}), period


def chart(values: list[int | None], **options: object) -> Findings:
    ask, period = asked(values)
    return trends.control_chart(ask, "crime", AREA, period, **options)  # type: ignore[arg-type]


STEADY = [20, 22, 19, 21, 20, 18, 22, 21, 19, 20, 21, 20]


def test_a_steady_series_has_no_sign():
    found = chart(STEADY)
    rows = found.tables["points"].rows
    assert {row["verdict"] for row in rows} == {""}
    assert rows[0]["mean"] == rows[-1]["mean"] == pytest.approx(20.25)
    assert sentences(found) == (
        "Crime stood at 20 in December 2014, within the usual range of 15 to 25 a month.",
        "No month shows a sign of a real change: the ups and downs are what chance would give.",
    )
    assert "2.66 mean moving ranges" in found.method and "Wheeler" in found.method


def test_points_beyond_the_limits_are_named_with_their_counts():
    found = chart([*STEADY, 60, 20, 1])
    assert sentences(found) == (
        "Crime stood at 1 in March 2015, within the usual range of 0 to 44 a month.",
        "Above the usual range: January 2015 (60).",
    )
    assert found.tables["points"].rows[12]["verdict"] == "above the upper limit; an unusual jump from the month before"


def test_below_the_limits():
    found = chart([*[n * 10 for n in STEADY], 20])
    assert sentences(found)[0].startswith("Crime stood at 20 in January 2015, below the usual range")


def test_a_lower_limit_of_a_count_is_never_below_nought():
    assert chart([0, 5, 1, 9, 0, 4, 0, 8, 1, 0, 7, 2]).tables["points"].rows[0]["lower"] == 0.0


def test_a_run_is_told_with_its_months():
    found = chart([30, 31, 29, 30, 32, 30, 29, 31, *STEADY[:8]])
    said = sentences(found)
    assert (
        "From January 2014 to August 2014 it was above its average for eight months in a row, which chance rarely does."
        in said
    )
    assert (
        "From September 2014 to April 2015 it was below its average for eight months in a row, which chance rarely does."
        in said
    )


def test_seven_are_a_run_by_nhs_rules_only():
    values: list[int | None] = [*STEADY, *[23] * 7]
    assert any("in a row" in said for said in sentences(chart(values, rules=NHS)))
    assert not any("in a row" in said for said in sentences(chart(values)))


def test_missing_months_are_gaps_and_said_so():
    found = chart([*STEADY[:6], None, None, *STEADY[6:]])
    rows = found.tables["points"].rows
    assert rows[6]["value"] is MISSING and rows[6]["id"]
    assert "Not supplied, and left as a gap: July to August 2014." in found.caveats


def test_too_few_months_have_no_limits():
    found = chart(STEADY[:11])
    assert found.tables["points"].rows[0]["mean"] is NOT_APPLICABLE
    assert sentences(found) == ("Crime: too few months were supplied to tell usual variation from change.",)
    assert chart([None] * 12).tables["points"].rows[0]["upper"] is NOT_APPLICABLE


def test_limits_from_a_baseline():
    found = chart([*STEADY, *[40] * 4], baseline=Period("2014-01", "2014-12"))
    assert found.tables["points"].rows[-1]["mean"] == pytest.approx(20.25)
    assert "January to December 2014" in found.method
    elsewhere = chart(STEADY, baseline=Period("2001-01", "2001-12"))
    assert elsewhere.tables["points"].rows[0]["mean"] is NOT_APPLICABLE


def test_many_points_beyond_are_counted_and_the_latest_named():
    found = chart([*STEADY, *[60, 61] * 4], baseline=Period("2014-01", "2014-12"))
    assert any(
        said.startswith("Eight months stood above the usual range, most recently March 2015 (60)")
        for said in sentences(found)
    )


def test_a_hidden_month_closes_the_mean_and_limits():
    found = chart([*STEADY[:11], 1])
    public = release([found], Audience.PUBLIC).findings["control_chart"].tables["points"]
    assert public.rows[-1]["value"] is SUPPRESSED
    assert {row["mean"] for row in public.rows} == {SUPPRESSED}


def test_a_share_is_charted_as_a_percentage():
    held = {month: 10 + i % 3 for i, month in enumerate(Period("2014-01", "2014-12").months())}
    whole = dict.fromkeys(held, 40)
    ask = Canned(
        counts={("share", AREA): held, ("all", AREA): whole},
        measures={"share": measure("share", unit="% of offences", per=100, of="all")},
    )
    found = trends.control_chart(ask, "share", AREA, Period("2014-01", "2014-12"))
    assert found.tables["points"].rows[0]["value"] == 25.0


def test_a_change_of_recording_is_marked_on_the_measures_it_touches():
    ask, period = asked(STEADY, "2020-01")
    asb = measure("crime", count=SimpleNamespace(records="street_crime", where={"crime_type": "Anti-social behaviour"}))
    found = trends.control_chart(ask, asb, AREA, period)
    labels = [row["note"] for row in found.tables["points"].rows if row["note"]]
    assert labels == ["COVID-19 restrictions begin", "Lockdown reports counted as ASB"]
    assert any("lockdown breaches" in caveat for caveat in found.caveats)
    other = measure("crime", count=SimpleNamespace(records="street_crime", where={"crime_type": ["Burglary"]}))
    labels = [
        row["note"] for row in trends.control_chart(ask, other, AREA, period).tables["points"].rows if row["note"]
    ]
    assert labels == ["COVID-19 restrictions begin"]


def test_the_series_of_2016_reads_as_golden_case_g05(shared: Path):
    with (shared / "golden/cora/cora_lancashire_da.csv").open(encoding="utf-8") as file:
        held = {row["month"]: int(row["domestic_abuse"]) for row in csv.DictReader(file)}
    ask = Canned(counts={("domestic-abuse", AREA): held})
    found = trends.control_chart(ask, "domestic-abuse", AREA, Period("2013-04", "2016-08"))
    row = found.tables["points"].rows[0]
    assert [f"{row[name]:.2f}" for name in ("mean", "lower", "upper")] == ["748.83", "611.04", "886.62"]
    said = sentences(found)
    assert "Above the usual range: May 2016 (936), June 2016 (898)." in said
    assert "Below the usual range: February 2015 (588)." in said
    assert (
        "From August 2014 to July 2015 it was below its average for twelve months in a row, which chance rarely does."
        in said
    )


def asb(start: str, months: int, swollen: dict[str, int]) -> Findings:
    """A steady series of anti-social behaviour with a few months of another size."""
    values: list[int | None] = [20 + i % 5 for i in range(months)]
    ask, period = asked(values, start)
    for month, n in swollen.items():
        ask.counts["crime", AREA][month] = n  # type: ignore[index]
    counted = measure(
        "crime", count=SimpleNamespace(records="street_crime", where={"crime_type": "Anti-social behaviour"})
    )
    return trends.control_chart(ask, counted, AREA, period)


def test_months_that_the_register_leaves_out_are_no_part_of_the_limits_and_not_judged():
    plain = asb("2019-01", 44, {})
    found = asb("2019-01", 44, {"2020-04": 400, "2020-05": 390})
    rows = found.tables["points"].rows
    out = [row["month"] for row in rows if row["left_out"]]
    assert out == list(Period("2020-03", "2021-07").months())
    assert rows[0]["upper"] == plain.tables["points"].rows[0]["upper"]
    assert rows[15]["value"] == 400 and rows[15]["verdict"] == ""
    assert "but those left out" in found.method
    told = "Left out of the mean and limits, drawn hollow and not judged: March 2020 to July 2021"
    assert any(told in caveat for caveat in found.caveats)
    assert any(said.startswith("None of the months judged shows a sign") for said in sentences(found))


def test_a_long_stretch_is_kept_where_too_few_months_would_be_left_and_that_is_said():
    found = asb("2020-01", 14, {"2020-04": 400, "2020-05": 390})
    rows = found.tables["points"].rows
    assert [row["month"] for row in rows if row["left_out"]] == ["2020-04", "2020-05"]
    assert rows[0]["upper"] < 60  # type: ignore[operator]
    assert any("too few months would remain" in caveat for caveat in found.caveats)
    ends = asb("2019-03", 15, {"2020-04": 400, "2020-05": 390})
    assert sentences(ends)[0] == (
        "Crime stood at 390 in May 2020, a month that is not judged: it is left out of the mean and limits."
    )


def test_months_left_out_are_drawn_hollow_and_told_in_caption_and_alt_text():
    public = release([asb("2019-01", 44, {"2020-04": 400})], Audience.PUBLIC).findings["control_chart"]
    drawn = control_chart(public)
    told = "Hollow: 17 months (March 2020 to July 2021) are left out of the mean and limits, and are not judged."
    assert told in drawn.source and told in drawn.alt
    assert "Left out of the limits" in render.svg(drawn)
    assert "left out" in {row["left_out"] for row in public.tables["points"].rows}
    without = release([chart(STEADY)], Audience.PUBLIC).findings["control_chart"]
    assert "Left out" not in render.svg(control_chart(without)) and "Hollow" not in control_chart(without).alt
