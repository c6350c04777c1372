"""What to expect, the year's end and the track record, as findings: limits, warnings, gaps, registered changes, and what cannot be forecast."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.factories.answers import Canned, measure
from tests.factories.sentences import sentences
from tests.factories.series import PUBLISHED, made
from wardwise.analysis import forecast, track_record, trends, year_end
from wardwise.analysis.track_record import Kept
from wardwise.charts import render
from wardwise.charts.fan import fan
from wardwise.disclosure import Audience, Released, release
from wardwise.products import forecasts_kept
from wardwise.records.cells import MISSING, NOT_APPLICABLE, SUPPRESSED
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Findings
from wardwise.records.periods import Period

AREA = "E06000009"
FAST = "trend"


def asked(values: list[float | None], start: str = "2013-04", **changes: object) -> Canned:
    months = Period(start, Period.of(start).shift(len(values) - 1).end).months()
    held = {m: int(n) for m, n in zip(months, values, strict=True) if n is not None}
    return Canned(
        counts={("crime", AREA): held}, names={AREA: "Blackpool"}, measures={"crime": measure("crime", **changes)}
    )


def expected(values: list[float | None], to: str = "2016-08", start: str = "2013-04", **options: object) -> Findings:
    return forecast.forecast(asked(values, start), "crime", AREA, to, **{"method": FAST, **options})  # type: ignore[arg-type]


def released(found: Findings, audience: Audience = Audience.PUBLIC) -> Released:
    return release([found], audience).findings[found.name]


def test_the_months_ahead_with_their_limits_and_how_sure_they_are():
    found = expected(list(PUBLISHED))
    rows = found.tables["forecast"].rows
    assert [rows[0]["month"], rows[-1]["month"]] == ["2016-09", "2017-08"]
    assert all(r["lower95"] <= r["lower80"] <= r["value"] <= r["upper80"] <= r["upper95"] for r in rows)  # type: ignore[operator]
    said = sentences(found)
    assert said[0].startswith("Crime: ") and "in the 12 months before it was 9,616." in said[0]
    assert any(s.startswith("Warning: the fit is weak.") and "tenth too low" in s for s in said)
    assert any(s.startswith("Method: Trend and month effects.") for s in said)
    assert {r["used"] for r in found.tables["backtest"].rows} == {"", "used here"}
    assert "The method was asked for." in found.method


def test_auto_takes_the_method_that_did_best():
    found = forecast.forecast(asked(list(PUBLISHED)), "crime", AREA, "2016-08")
    used = [row["label"] for row in found.tables["backtest"].rows if row["used"]]
    assert len(found.tables["backtest"].rows) == 7 and len(used) == 1
    assert found.meta["method"] and "more than 30% smaller" in found.method


def test_one_month_ahead():
    found = expected(list(PUBLISHED), ahead=1)
    assert "the month before it was 814" in sentences(found)[0]
    with pytest.raises(WardwiseError, match="cannot be forecast"):
        expected(list(PUBLISHED), ahead=40)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([5.0] * 23, "23 months of counts are held. A forecast needs 24"),
        ([0.0] * 30, "none was recorded in any of the 30 months"),
        ([7.0] * 30, "every month holds the same number"),
        ([None if i % 12 == 4 else 5.0 + i for i in range(36)], "at least one month of the year was never supplied"),
    ],
)
def test_what_cannot_be_forecast_says_why_and_shows_what_is_held(values: list[float | None], said: str):
    to = Period.of("2013-04").shift(len(values) - 1).end
    for found in (expected(values, to), year_end.year_end(asked(values), "crime", AREA, to, method=FAST)):
        assert set(found.tables) == {"points"}
        assert len(sentences(found)) == 1 and said in sentences(found)[0]
        assert fan(released(found, Audience.ANALYST)).alt


def test_nothing_held_a_share_and_a_method_that_there_is_not():
    with pytest.raises(WardwiseError, match="No month"):
        expected([None, None], "2013-05")
    with pytest.raises(WardwiseError, match="only counts"):
        forecast.forecast(asked([1.0] * 30, unit="% of offences"), "crime", AREA, "2015-09")
    with pytest.raises(WardwiseError, match="no forecasting method"):
        expected(list(PUBLISHED), method="crystal-ball")
    falling = [float(max(0, 60 - 4 * i)) + i % 2 for i in range(30)]
    with pytest.raises(WardwiseError, match="cannot be fitted"):
        expected(falling, "2015-09", method="spreadsheet")


def test_missing_months_are_told_and_nowhere_shown_as_counts():
    values: list[float | None] = list(PUBLISHED)
    values[10] = None
    found = expected([*values, None], "2016-09")
    points = found.tables["points"].rows
    assert points[10]["value"] is MISSING and len(points) == 41
    told = " ".join(found.caveats)
    assert "Not supplied: February 2014." in told and "September 2016 not yet supplied" in told
    assert found.tables["forecast"].rows[0]["month"] == "2016-09"


ASB = SimpleNamespace(records="street_crime", where={"crime_type": "Anti-social behaviour"})


def test_spring_2020_is_left_out_and_the_restrictions_are_a_step_and_both_are_said():
    values = [float(v) for v in made(48, level=100)]
    values[17:19] = [400.0, 380.0]  # April and May 2020
    ask = asked(values, "2018-11", count=ASB)
    found = forecast.forecast(ask, "crime", AREA, "2022-10", method=FAST)
    told = " ".join(found.caveats)
    assert "April to May 2020 left out of the fit" in told and "COVID-19 restrictions begin: carried as a step" in told
    with_, without = (row["value"] for row in found.tables["sensitivity"].rows)
    assert isinstance(with_, float) and isinstance(without, float) and with_ != without
    assert any("taken as they come" in s for s in sentences(found))
    labels = [row["note"] for row in found.tables["points"].rows if row["note"]]
    assert labels == ["COVID-19 restrictions begin", "Lockdown reports counted as ASB"]
    same = forecast.forecast(ask, "crime", AREA, "2022-10", method="seasonal-naive")
    assert any("does not move the middle figure" in s for s in sentences(same))


def test_a_hidden_month_hides_the_forecast_that_rests_on_it():
    small = [float(v) for v in made(48, level=9, slope=0.0)]
    small[20] = 2.0
    found = expected(small, "2017-03")
    public = released(found)
    assert {row["value"] for row in public.tables["forecast"].rows} == {SUPPRESSED}
    assert {row["mase"] for row in public.tables["backtest"].rows} == {SUPPRESSED}
    assert not any(char.isdigit() for char in sentences(found, Audience.PUBLIC)[0])
    assert "The forecast is hidden." in fan(public).alt
    assert forecasts_kept.shown({"x": public}, "p", Audience.PUBLIC, "2017-04-01") == ()


def test_rounded_counts_give_a_rounded_forecast():
    found = forecast.forecast(
        asked([float(v) for v in made(48)], profile="health"), "crime", AREA, "2017-03", method="seasonal-naive"
    )
    public = released(found)
    values = [row["value"] for row in public.tables["forecast"].rows]
    assert all(isinstance(v, int) and v % 5 == 0 for v in values)
    assert public.tables["backtest"].rows[0]["coverage"] == found.tables["backtest"].rows[0]["coverage"]


def test_a_column_worked_out_from_a_table_that_is_not_there_is_refused():
    found = expected(list(PUBLISHED))
    tables = {name: table for name, table in found.tables.items() if name != "points"}
    from dataclasses import replace

    with pytest.raises(WardwiseError, match=r"points\.value"):
        release([replace(found, tables=tables, statements=())], Audience.PUBLIC)


def test_the_pictures():
    chart = fan(released(expected(list(PUBLISHED))))
    assert "A shaded fan shows what to expect" in chart.alt and "August 2017" in chart.alt
    drawn = render.svg(chart)
    assert "Upper limit" in drawn and "Expected" in drawn


def test_the_year_adds_what_was_recorded_to_what_is_expected():
    found = year_end.year_end(asked(list(PUBLISHED)), "crime", AREA, "2016-08", method=FAST)
    row = found.tables["year_end"].rows[0]
    assert row["actual"] == 4325 and row["before"] == 8886
    assert row["total"] == pytest.approx(4325 + float(row["ahead"]))  # type: ignore[arg-type]
    assert row["lower"] < row["total"] < row["upper"]  # type: ignore[operator]
    assert [r["month"] for r in found.tables["forecast"].rows] == list(Period("2016-09", "2017-03").months())
    asked_for = year_end.year_end(asked(list(PUBLISHED)), "crime", AREA, "2016-08", method="spreadsheet")
    assert isinstance(asked_for.tables["year_end"].rows[0]["lower"], float)


def test_at_the_end_of_march_the_next_year_is_meant():
    found = year_end.year_end(asked(list(PUBLISHED[:36])), "crime", AREA, "2016-03", method=FAST)
    assert found.tables["year_end"].rows[0]["actual"] is NOT_APPLICABLE
    assert "2016/17" in found.title


def test_a_gap_in_this_year_leaves_no_year_end():
    values: list[float | None] = list(PUBLISHED)
    values[38] = None
    found = year_end.year_end(asked(values), "crime", AREA, "2016-08", method=FAST)
    assert "June 2016 not supplied" in sentences(found)[0] and set(found.tables) == {"points"}


def kept(
    target: str, value: float, lower: float | None, upper: float | None, method: str = FAST, **changes: str
) -> Kept:
    return Kept(
        **{
            "measure": "crime",
            "area": AREA,
            "origin": "2015-08",
            "method": method,
            "target": target,
            "value": value,
            "lower": lower,
            "upper": upper,
            **changes,
        }
    )  # type: ignore[arg-type]


def test_the_record_is_scored_when_the_truth_arrives():
    ask = asked(list(PUBLISHED))
    record = [
        kept("2015-04..2016-03", 8178.0, None, None, "spreadsheet"),
        kept("2015-04..2016-03", 8600.0, 8000.0, 9200.0),
        kept("2015-09", 700.0, 600.0, 800.0),
        kept("2015-10", 600.0, 550.0, 650.0),
        kept("2015-10", 600.0, 550.0, 650.0, product="second-product"),
        kept("2016-12", 600.0, 550.0, 650.0),
        kept("2015-09", 1.0, 0.0, 2.0, area="E06000008"),
    ]
    found = track_record.track_record(ask, record, AREA, "2016-08")
    assert found is not None
    years = {row["method"]: row for row in found.tables["year_ends"].rows}
    sheet = years["Police spreadsheet"]
    assert (sheet["actual"], round(float(sheet["error"]), 1), sheet["verdict"]) == (8886, -8.0, "no interval stated")  # type: ignore[arg-type]
    assert years["Trend and month effects"]["verdict"] == "inside its interval"
    months = found.tables["months"].rows[0]
    assert (months["months"], months["inside"]) == (2, 1) and isinstance(months["mase"], float)
    said = sentences(found)
    assert any(
        "estimated in August 2015 at 8,178" in s and "The estimate was 8.0% too low; it stated no interval." in s
        for s in said
    )
    assert any("one of the two recorded since lay inside" in s for s in said)
    assert track_record.track_record(ask, record[-2:], AREA, "2016-08") is None


def test_a_record_of_nought_and_of_an_estimate_that_was_just_right():
    ask = asked([0.0] * 12)
    found = track_record.track_record(
        ask,
        [kept("2013-05", 1.0, 0.0, 3.0, origin="2013-04"), kept("2013-04..2014-03", 0.0, 0.0, 1.0)],
        AREA,
        "2014-03",
    )
    assert found is not None
    assert found.tables["months"].rows[0]["error"] is NOT_APPLICABLE
    assert any("The estimate was just right" in s for s in sentences(found))


def test_what_went_out_is_kept_as_it_was_shown(tmp_path: Path):
    ask = asked(list(PUBLISHED))
    answers = {
        "a": released(forecast.forecast(ask, "crime", AREA, "2016-08", method=FAST)),
        "b": released(year_end.year_end(ask, "crime", AREA, "2016-08", method=FAST, name="b")),
        "c": released(trends.control_chart(ask, "crime", AREA, Period("2014-09", "2016-08"), name="c")),
    }
    shown = forecasts_kept.shown(answers, "report", Audience.PUBLIC, "2016-10-27")
    assert len(shown) == 12 + 3  # the months, and a year-end by each of three methods
    assert {k.target for k in shown if k.method == "spreadsheet"} == {"2016-04..2017-03"}
    forecasts_kept.add(tmp_path, shown[:1])
    forecasts_kept.add(tmp_path, [])
    forecasts_kept.add(tmp_path, shown[1:])
    assert forecasts_kept.earlier(tmp_path) == shown
    with (tmp_path / forecasts_kept.FILE).open("a", encoding="utf-8") as file:
        file.write(json.dumps({"measure": "x"})[:-2])
    with pytest.raises(WardwiseError, match="cannot be read"):
        forecasts_kept.earlier(tmp_path)
    assert forecasts_kept.earlier(tmp_path / "elsewhere") == ()
