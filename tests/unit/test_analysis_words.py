"""Words and spans that answers share."""

from __future__ import annotations

import pytest

from tests.factories.answers import Canned
from wardwise.analysis import spans, words
from wardwise.analysis.asking import Asker, asker, count_cell, strictest
from wardwise.records.cells import MISSING
from wardwise.records.periods import Period


def test_numbers_in_words():
    assert [words.spelt(n) for n in (0, 1, 11, 20, 21, 1000)] == ["none", "one", "eleven", "twenty", "21", "1,000"]
    assert [words.ordinal(n) for n in (1, 10, 11, 12, 21, 22, 23, 24)] == [
        "first", "tenth", "11th", "12th", "21st", "22nd", "23rd", "24th",
    ]  # fmt: skip
    assert [words.listed(each) for each in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert (
        words.lower_first("ASB incidents") == "ASB incidents"
        and words.lower_first("Recorded crime") == "recorded crime"
    )


def test_runs_of_months():
    months = ["2020-06", "2019-03", "2019-04", "2019-05"]
    assert words.months_in_words(months) == "March to May 2019 and June 2020"
    assert words.months_in_words([]) == ""


@pytest.mark.parametrize(
    ("month", "financial", "calendar"),
    [
        ("2016-08", "2015-04..2016-03", "2015-01..2015-12"),
        ("2016-03", "2015-04..2016-03", "2015-01..2015-12"),
        ("2016-12", "2015-04..2016-03", "2016-01..2016-12"),
        ("2016-02", "2014-04..2015-03", "2015-01..2015-12"),
    ],
)
def test_last_whole_years(month: str, financial: str, calendar: str):
    assert spans.last_whole(month, financial=True).text() == financial
    assert spans.last_whole(month, financial=False).text() == calendar


def test_years_to_date_and_names():
    assert spans.year_to_date("2016-02").text() == "2015-04..2016-02"
    assert spans.year_to_date("2016-02", financial=False).text() == "2016-01..2016-02"
    assert spans.financial_year_name("2000-03") == "1999/00"


def test_a_snapshot_is_wrapped_and_an_asker_is_not():
    ask = Canned()
    assert asker(ask) is ask
    assert asker(ask.snapshot) == Asker(None)  # type: ignore[arg-type]


def test_no_figure_is_missing_and_the_strictest_profile_wins():
    assert count_cell(None) is MISSING
    assert strictest(["standard", "health", "sensitive"]) == "health"
    assert strictest([]) == "standard"
    assert Period.of("2016-04").length == 1
