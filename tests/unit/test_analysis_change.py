"""What changed: counts, percentages, verdicts, gaps, parts that do not add up, unequal periods, months compared."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.factories.answers import Canned, measure, spread
from tests.factories.sentences import sentences
from wardwise.analysis import change, many_spans, summary
from wardwise.disclosure import Audience
from wardwise.records.cells import MISSING, NOT_APPLICABLE
from wardwise.records.findings import Findings
from wardwise.records.periods import Period

NOW = Period("2016-04", "2016-08")
THEN = NOW.year_before()
AREA = "E06000009"
NAMES = {AREA: "Blackpool"}


def asked(counts: dict[str, tuple[int, int]], **others: object) -> Canned:
    """Five months now and five a year before, for each measure (before, after)."""
    monthly = {(name, AREA): spread(THEN, before) | spread(NOW, after) for name, (before, after) in counts.items()}
    return Canned(counts=monthly, names=NAMES, **others)  # type: ignore[arg-type]


def shown(found: Findings) -> list[tuple[object, ...]]:
    return [
        (row["label"], row["before"], row["after"], row["change"], row["percent"], row["verdict"])
        for row in found.tables["change"].rows
    ]


def test_a_rise_that_could_be_chance_reads_as_people_say_it():
    found = change.compare_periods(asked({"recorded-burglary": (66, 78)}), ["recorded-burglary"], AREA, NOW)
    assert found.title == "What changed in Blackpool, April to August 2016 compared with April to August 2015"
    assert sentences(found) == (
        "Recorded burglary rose by 12 (18.2%), from 66 to 78. A change this size often happens by chance.",
    )
    [row] = found.tables["change"].rows
    assert row["after_id"] == "recorded-burglary~E06000009~2016-04..2016-08@abcdef12.street_crime-3"
    assert found.sources == ("Source of recorded-burglary",)
    assert "Caveat of recorded-burglary." in found.caveats


def test_an_area_that_the_report_is_not_about_is_named():
    found = change.compare_periods(asked({"rape": (325, 390)}), ["rape"], AREA, NOW, named=True)
    assert sentences(found)[0].startswith("Rape in Blackpool rose by 65")


def test_falls_zero_bases_and_no_change():
    counts = {"fell": (100, 40), "began": (0, 4), "same": (7, 7)}
    found = change.compare_periods(asked(counts), list(counts), AREA, NOW)
    assert shown(found) == [
        ("Fell", 100, 40, -60, -60.0, "Unlikely to be chance"),
        ("Began", 0, 4, 4, "None", "Could be chance"),
        ("Same", 7, 7, 0, "None", "No change"),
    ]
    assert sentences(found) == (
        "Fell fell by 60 (60.0%), from 100 to 40. A change this size rarely happens by chance.",
        "Began rose by 4, from 0 to 4. A change this size often happens by chance.",
        "Same stayed the same, at 7.",
    )


def test_a_month_not_supplied_is_named_and_nothing_is_compared():
    ask = asked({"crime": (500, 600)})
    gappy = {
        month: n for month, n in ask.counts["crime", AREA].items() if month not in ("2015-05", "2015-06", "2016-08")
    }
    found = change.compare_periods(Canned(counts={("crime", AREA): gappy}), ["crime"], AREA, NOW)
    [row] = found.tables["change"].rows
    assert (row["before"], row["after"]) == (MISSING,) * 2
    assert (row["change"], row["percent"]) == (NOT_APPLICABLE,) * 2  # what is missing is said once, in the counts
    assert row["verdict"] == "Not compared"
    assert sentences(found) == (
        "Crime: no comparison is made. Not supplied: May to June 2015 and August 2016. Incomplete: April to August 2015, 3 of 5 months "
        "supplied; April to August 2016, 4 of 5 months supplied.",
    )


def test_a_total_stated_only_for_a_longer_period_says_so():
    ask = Canned(totals={("cases", AREA): {"2015-04..2016-03": 442, NOW.text(): 3}})
    found = change.compare_periods(ask, ["cases"], AREA, NOW)
    assert "no comparison is made" in sentences(found)[0]


def test_parts_that_leave_some_out_get_a_row_and_reconcile():
    """G-11e: −2 + 320 − 7 is 311, not 416: 105 more are in sub-categories that are not listed."""
    counts = {"violence": (2050, 2466), "serious": (62, 60), "less-serious": (930, 1250), "non-injury": (875, 868)}
    found = change.compare_periods(asked(counts), list(counts), AREA, NOW, parts_of="violence")
    rows = found.tables["change"].rows
    assert (rows[-1]["label"], rows[-1]["before"], rows[-1]["after"], rows[-1]["change"]) == (
        change.REST,
        183,
        288,
        105,
    )
    assert sentences(found)[-1] == (
        "The sub-categories listed are not the whole of violence: 288 records in April to August 2016 and 183 in April to August 2015 "
        "are in others."
    )
    assert [len(each.parts) for each in found.sums] == [4, 4]
    for each in found.sums:
        assert rows[each.total.row][each.total.column] == sum(rows[part.row][part.column] for part in each.parts)


def test_the_public_copy_hides_the_small_row_and_what_would_give_it_away():
    """G-15: 14 and 17 serious domestic assaults stay; a part of 2 goes, with another so that it cannot be worked out."""
    counts = {"total": (500, 580), "large": (300, 350), "middle": (198, 227), "tiny": (2, 3)}
    found = change.compare_periods(asked(counts), list(counts), AREA, NOW, parts_of="total")
    said = sentences(found, Audience.PUBLIC)
    assert said[0].startswith("Total rose by 80")
    assert "Tiny: a number behind this could identify someone, so it is not told here." in said
    assert sum("could identify someone" in sentence for sentence in said) >= 2


def test_parts_that_add_up_need_no_row_and_overlapping_parts_are_not_added():
    counts = {"total": (30, 50), "a": (10, 20), "b": (20, 30)}
    whole = change.compare_parts(asked(counts), "total", ["a", "b"], AREA, NOW)
    assert len(whole.tables["change"].rows) == 3 and len(whole.sums) == 2
    told = change.compare_periods(asked(counts), list(counts), AREA, NOW, parts_of="total", overlap=True)
    assert change.OVERLAP in told.caveats and not told.sums
    found_out = change.compare_parts(asked({**counts, "b": (25, 40)}), "total", ["a", "b"], AREA, NOW)
    assert change.OVERLAP in found_out.caveats and not found_out.sums and len(found_out.tables["change"].rows) == 3


def test_unequal_periods_are_said_and_only_monthly_averages_compared():
    """G-07: 442 cases in twelve months, 136 in three."""
    year, quarter = Period("2015-04", "2016-03"), Period("2016-04", "2016-06")
    ask = Canned(totals={("cases", AREA): {year.text(): 442, quarter.text(): 136}})
    found = change.compare_periods(ask, ["cases"], AREA, quarter, year)
    [row] = found.tables["change"].rows
    assert row["change"] is NOT_APPLICABLE
    assert row["percent"] == pytest.approx(23.0769, abs=1e-4)
    assert found.tables["change"].column("percent").title == "Change in the monthly average"
    assert "covers 12 months and April to June 2016 covers 3" in found.caveats[0]
    assert sentences(found)[0].startswith(
        "Cases numbered 136 in April to June 2016 and 442 in April 2015 to March 2016"
    )


def test_a_split_adds_up_to_the_measure_it_splits():
    both = {month: {"Burglary": 10, "Robbery": 2} for month in THEN.months()}
    both |= {month: {"Burglary": 30, "Shoplifting": 5} for month in NOW.months()}
    ask = Canned(counts={("crime", AREA): both}, names=NAMES)
    found = change.compare_periods(ask, ["crime"], AREA, NOW, split=("crime", "crime_type"))
    assert shown(found)[1:] == [
        ("Burglary", 50, 150, 100, 200.0, "Unlikely to be chance"),
        ("Robbery", 10, 0, -10, -100.0, "Unlikely to be chance"),
        ("Shoplifting", 0, 25, 25, "None", "Unlikely to be chance"),
    ]
    assert [len(each.parts) for each in found.sums] == [3, 3]
    assert "crime_type=Robbery" in found.tables["change"].rows[2]["after_id"]
    alone = change.compare_periods(ask, ["other"], AREA, NOW, split=("crime", "crime_type"))
    assert alone.sums == ()


def test_how_many_months_rose():
    then, now = (
        dict(zip(THEN.months(), (9, 9, 9, 9, 9), strict=True)),
        dict(zip(NOW.months(), (8, 7, 6, 5, 9), strict=True)),
    )
    ask = Canned(
        counts={("asb-incidents", AREA): then | now, ("crime", AREA): {**spread(THEN, 50), **spread(NOW, 100)}}
    )
    fell = change.compare_periods(ask, ["asb-incidents"], AREA, NOW, each_month="asb-incidents")
    assert sentences(fell)[-1].startswith(
        "Asb incidents fell in four of the five months, each compared with the same month a year before."
    )
    assert [row["change"] for row in fell.tables["months"].rows] == [-1, -2, -3, -4, 0]
    assert [len(each.parts) for each in fell.sums] == [5, 5]
    rose = change.compare_periods(ask, ["crime"], AREA, NOW, each_month="crime")
    assert sentences(rose)[-1].startswith("Crime rose in each of the five months,")


@pytest.mark.parametrize(
    ("then", "now", "said"),
    [
        (
            {"2015-04": 1},
            {"2016-04": 2, "2016-05": 9},
            "Crime rose in the one month that can be compared; four months cannot",
        ),
        (
            dict.fromkeys(THEN.months(), 3),
            dict.fromkeys(NOW.months(), 3),
            "Crime was the same in each month as in the earlier one.",
        ),
    ],
)
def test_months_that_cannot_be_compared_or_did_not_move(then: dict[str, int], now: dict[str, int], said: str):
    found = change.compare_periods(
        Canned(counts={("crime", AREA): then | now}), ["crime"], AREA, NOW, each_month="crime"
    )
    assert sentences(found)[-1].startswith(said)


def test_changes_in_life_and_recording_are_caveats_of_a_comparison():
    crime = measure("crime", count=SimpleNamespace(records="offences", where={}))
    ask = Canned(counts={("crime", AREA): dict.fromkeys(Period("2019-01", "2022-12").months(), 10)})
    after = change.compare_periods(ask, [crime], AREA, Period("2021-08", "2022-07"))
    assert any("coronavirus" in caveat for caveat in after.caveats)
    early, late = Period("2019-08", "2019-12"), Period("2022-08", "2022-12")
    around = change.compare_periods(ask, [crime], AREA, late, early, each_month="crime")
    assert not any("coronavirus" in caveat for caveat in around.caveats)


def test_no_month_of_one_period_makes_no_sentence_on_months():
    ask = Canned(counts={("crime", AREA): spread(NOW, 50)})
    found = change.compare_periods(ask, ["crime"], AREA, NOW, each_month="crime")
    assert len(found.statements) == 1


def test_a_rise_that_may_be_good_says_so_only_when_it_rises():
    good = measure("reports", rise_may_be_good="More people may be coming forward.", profile="sensitive")
    up = change.compare_periods(asked({"reports": (100, 200)}), [good], AREA, NOW)
    assert sentences(up)[0].endswith("More people may be coming forward.")
    assert up.profile == "sensitive"
    down = change.compare_periods(asked({"reports": (200, 100)}), [good], AREA, NOW)
    assert "coming forward" not in sentences(down)[0]


def test_spans_up_to_a_month():
    months = Period("2013-01", "2016-08").months()
    ask = Canned(counts={("crime", AREA): {month: 10 + (month >= "2016-01") for month in months}}, names=NAMES)
    found = many_spans.compare_spans(ask, "crime", AREA, "2016-08")
    rows = [(row["label"], row["after_period"], row["before"], row["after"]) for row in found.tables["spans"].rows]
    assert rows == [
        ("Latest month", "2016-08", 10, 11),
        ("Financial year to date", "2016-04..2016-08", 50, 55),
        ("Calendar year to date", "2016-01..2016-08", 80, 88),
        ("Rolling 12 months", "2015-09..2016-08", 120, 128),
        ("Last whole financial year", "2015-04..2016-03", 120, 123),
        ("Last whole calendar year", "2015-01..2015-12", 120, 120),
    ]
    assert "Crime (rolling 12 months) rose by 8 (6.7%)" in sentences(found)[3]


def test_braces_in_a_title_are_only_words():
    odd = measure("odd", title="Odd {thing} (as supplied)")
    found = change.compare_periods(asked({"odd": (3, 5)}), [odd], AREA, NOW)
    assert sentences(found)[0].startswith("Odd {thing} rose by 2")


def test_measures_not_supplied_share_one_sentence_after_those_that_were():
    ask = Canned(counts={("crime", AREA): asked({"crime": (500, 600)}).counts["crime", AREA]})
    found = change.compare_periods(ask, ["knives", "crime", "robbery"], AREA, NOW)
    assert sentences(found) == (
        "Crime rose by 100 (20.0%), from 500 to 600. A change this size rarely happens by chance.",
        "Knives and robbery: no comparison is made. Not supplied: April to August 2015 and April to August 2016.",
    )
    assert found.sources == change.compare_periods(ask, ["crime"], AREA, NOW).sources


def test_a_change_measured_from_months_unlike_others_says_so():
    before, after = Period("2020-11", "2021-10"), Period("2021-11", "2022-10")
    counts = {("crime", AREA): {**spread(before, 1200), **spread(after, 1500)}}
    said = sentences(change.compare_periods(Canned(counts=counts), ["crime"], AREA, after))[0]
    assert "Nine months of the earlier period (November 2020 to July 2021) were unlike others" in said
    later = sentences(change.compare_periods(Canned(counts=counts), ["crime"], AREA, before, against=after))[0]
    assert "unlike others" not in later


def test_parts_of_a_measure_share_its_months_unlike_others_and_the_first_page_says_so_once():
    before, after = Period("2020-11", "2021-10"), Period("2021-11", "2022-10")
    counts = {("crime", AREA): {**spread(before, 1200), **spread(after, 1500)}}
    counts["asb", AREA] = {**spread(before, 2400), **spread(after, 1800)}
    found = change.compare_periods(Canned(counts=counts), ["crime", "asb"], AREA, after)
    assert [("unlike others" in line) for line in sentences(found)] == [True, False]
    assert sentences(found)[0].endswith("so part of each change listed here may be a return to what is usual.")
    page = sentences(summary.headlines(found, always=["Asb"]))
    assert [("unlike others" in line) for line in page] == [True, False]
    [alone] = sentences(summary.headlines(found, most=1, always=["Asb"]))
    assert alone.startswith("Asb") and alone.endswith("so part of the change may be a return to what is usual.")
    assert page[0].endswith("so part of each change listed here may be a return to what is usual.")
    assert page[1].endswith("A change this size rarely happens by chance.")
