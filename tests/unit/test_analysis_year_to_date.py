"""The year so far beside last year's, and small control charts side by side: made counts whose answer is known."""

from __future__ import annotations

import pytest

from tests.factories.answers import Canned, measure
from tests.factories.sentences import sentences
from wardwise.analysis import panels, year_to_date
from wardwise.charts import panels as drawing
from wardwise.charts import render
from wardwise.disclosure import Audience, release
from wardwise.records.cells import MISSING, NOT_APPLICABLE
from wardwise.records.errors import WardwiseError
from wardwise.records.periods import Period

MONTHS = Period("2013-01", "2016-08").months()


def asked(**series: dict[str, int]) -> Canned:
    return Canned(counts={(name, "A"): counts for name, counts in series.items()}, names={"A": "Here"})


def flat(n: int, **changed: int) -> dict[str, int]:
    return {month: changed.get("y" + month.replace("-", "_"), n + (i % 5)) for i, month in enumerate(MONTHS)}


def doubled() -> dict[str, int]:
    return {month: (200 if month >= "2016-04" else 100) + i % 3 for i, month in enumerate(MONTHS)}


def test_the_month_the_year_to_date_and_last_years_with_the_range_of_the_change():
    found = year_to_date.progress(asked(steady=flat(100), up=doubled()), ["steady", "up"], "A", "2016-08")
    steady, up = found.tables["progress"].rows
    assert (steady["label"], steady["latest"], steady["after"], steady["before"]) == ("Steady", 103, 510, 510)
    assert steady["verdict"] == "No change" and steady["lower"] < 0 < steady["upper"]
    assert up["percent"] == pytest.approx(100, abs=1) and up["verdict"] == "Unlikely to be chance"
    assert 0 < up["lower"] < up["percent"] < up["upper"]
    assert sentences(found) == (
        "In April to August 2016, against the same months of last year, up (99.2%) rose, by more than chance would often give. "
        "The other one could be chance.",
    )


def test_the_first_measure_held_answers_and_one_that_has_both_years_is_better():
    ask = asked(mine=dict.fromkeys(MONTHS[-3:], 9), other=flat(50))
    found = year_to_date.progress(ask, [["nothing", "mine", "other"], ["mine"], "nothing"], "A", "2016-08")
    other, mine = found.tables["progress"].rows
    assert other["label"] == "Other"
    assert mine["before"] is MISSING and mine["verdict"] == "Not compared" and mine["lower"] is NOT_APPLICABLE
    assert sentences(found)[-1] == "One measure could not be compared: mine."
    alone = year_to_date.progress(ask, ["mine"], "A", "2016-08")
    assert "no comparison is made" in sentences(alone)[0]


def test_none_of_them_is_said_to_be_real_when_none_is_and_a_missing_month_is_an_error():
    steady = year_to_date.progress(asked(steady=flat(100)), ["steady"], "A", "2016-08")
    assert sentences(steady)[0].endswith("no change is larger than chance would often give.")
    with pytest.raises(WardwiseError, match="None of these measures"):
        year_to_date.progress(asked(), ["steady"], "A", "2016-08")


def test_a_rise_from_none_has_no_percentage_and_no_range():
    counts = {month: 20 if month >= "2016-04" else 0 for month in MONTHS[-20:]}
    found = year_to_date.progress(asked(new=counts), ["new"], "A", "2016-08")
    row = found.tables["progress"].rows[0]
    assert row["lower"] is NOT_APPLICABLE and row["verdict"] == "Unlikely to be chance"
    assert ", new rose, by more than chance" in sentences(found)[0]


def test_titles_keep_what_stands_in_brackets_only_to_be_told_apart():
    ask = asked(a=flat(50), b=flat(60), c=flat(70))
    titles = {"a": "Burglary (police)", "b": "Burglary (public)", "c": "Robbery (police)"}
    ask = Canned(counts=ask.counts, names=ask.names, measures={n: measure(n, title=t) for n, t in titles.items()})
    found = year_to_date.progress(ask, list(titles), "A", "2016-08")
    assert [row["label"] for row in found.tables["progress"].rows] == [
        "Burglary (police)",
        "Burglary (public)",
        "Robbery",
    ]


def test_hidden_counts_hide_the_range_and_the_sentence():
    counts = {month: 2 if month >= "2016-04" else 30 for month in MONTHS}
    found = release([year_to_date.progress(asked(few=counts), ["few"], "A", "2016-08")], Audience.PUBLIC).findings[
        "progress"
    ]
    row = found.table().rows[0]
    assert str(row["latest"]) == "[c]"


def charts(**series: dict[str, int]) -> panels.Findings:
    found = panels.control_charts(asked(**series), list(series), "A", Period("2013-09", "2016-08"))
    assert found is not None
    return found


def test_small_control_charts_have_a_table_each_and_say_which_stand_out():
    found = charts(steady=flat(100), high={**flat(100), "2016-08": 190})
    assert list(found.tables) == ["steady", "high"]
    assert (
        sentences(found)[0] == "One of the two measures drawn here shows a sign of a real change in August 2016: high."
    )
    assert "high" in sentences(found)[2].lower() and "above the usual range" in sentences(found)[2]
    assert (
        sentences(charts(steady=flat(100)))[0]
        == "The one measure drawn here shows no sign of a real change in August 2016."
    )
    assert sentences(charts(high={**flat(100), "2016-08": 190}))[0].startswith(
        "The one measure drawn here shows a sign"
    )
    assert sentences(charts(a=flat(9), b=flat(9)))[0].startswith("None of the two measures drawn here shows a sign")


def test_too_few_months_leave_a_chart_out():
    short = dict.fromkeys(MONTHS[-6:], 5)
    assert panels.control_charts(asked(short=short), ["short"], "A", Period("2013-09", "2016-08")) is None
    found = panels.control_charts(
        asked(short=short, steady=flat(9)), ["short", "steady"], "A", Period("2013-09", "2016-08")
    )
    assert found is not None and list(found.tables) == ["steady"]


def test_the_picture_names_each_measure_with_its_latest_month_and_usual_range():
    gap = {month: n for month, n in flat(100).items() if month != "2015-05"}
    released = release([charts(steady=flat(100), gap=gap)], Audience.ANALYST).findings["panels"]
    chart = drawing.panels(released)
    drawn = render.svg(chart)
    assert ">Steady<" in drawn and ">103; usual " in drawn
    assert "Gap: Not drawn: 1 month not supplied." in chart.source
    assert chart.alt.count("Control chart of") == 2
    assert {row["panel"] for row in chart.table.rows} == {"Steady", "Gap"}
    few = release([charts(few={**flat(100), "2016-08": 2})], Audience.PUBLIC).findings["panels"]
    assert "[c]<" in render.svg(drawing.panels(few))
    one = panels.control_charts(asked(a=flat(30)), ["a"], "A", Period("2015-02", "2015-12"))
    assert one is None or drawing.panels(release([one], Audience.ANALYST).findings["panels"])
