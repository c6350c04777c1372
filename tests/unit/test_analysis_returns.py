"""What partners state: MARAC over unequal periods, tools and powers, escalation, shares and overlapping themes."""

from __future__ import annotations

import pytest

from tests.factories.answers import Canned, measure
from tests.factories.sentences import sentences
from wardwise.analysis import deprivation, marac, powers, returns, shares
from wardwise.records.cells import MISSING, NOT_APPLICABLE
from wardwise.records.periods import Period

AREA = "E06000009"
NOW = Period("2016-04", "2016-08")
NAMES = {AREA: "Blackpool"}


def stated(**totals: dict[str, int]) -> Canned:
    return Canned(totals={(name.replace("_", "-"), AREA): each for name, each in totals.items()}, names=NAMES)


def test_marac_columns_and_rates_of_g07():
    year, quarter = "2015-04..2016-03", "2016-04..2016-06"
    ask = stated(
        marac_cases={year: 442, quarter: 136},
        marac_children={year: 509, quarter: 127},
        marac_repeat_cases={year: 84, quarter: 30},
    )
    found = marac.marac(ask, AREA, NOW)
    table, rates = found.tables["marac"], found.tables["rates"]
    assert [column.title for column in table.columns[:3]] == ["MARAC", "April 2015 to March 2016", "April to June 2016"]
    assert [(row["p0"], row["p1"]) for row in table.rows] == [(442, 136), (509, 127), (84, 30)]
    said = [f"{row['repeat_rate']:.1f} {row['children_per_case']:.2f} {row['cases_a_month']:.1f}" for row in rates.rows]
    assert said == ["19.0 1.15 36.8", "22.1 0.93 45.3"]
    assert found.caveats[0].startswith(
        "Unequal periods: April 2015 to March 2016 covers 12 months and April to June 2016 covers 3."
    )
    assert sentences(found) == (
        "In April 2015 to March 2016, 442 cases were listed at MARAC; 84 (19.0%) were repeat cases.",
        "In April to June 2016, 136 cases were listed at MARAC; 30 (22.1%) were repeat cases.",
    )


def test_marac_with_only_the_last_year_and_with_nothing():
    year = "2015-04..2016-03"
    ask = stated(marac_cases={year: 0}, marac_children={year: 0}, marac_repeat_cases={year: 0})
    found = marac.marac(ask, AREA, NOW)
    assert len(found.tables["rates"].rows) == 1 and found.statements == ()
    assert found.tables["rates"].rows[0]["repeat_rate"] is NOT_APPLICABLE
    assert not any("Unequal" in caveat for caveat in found.caveats)
    nothing = marac.marac(stated(marac_cases={}, marac_children={}, marac_repeat_cases={}), AREA, NOW)
    assert nothing.tables["rates"].rows[0]["children_per_case"] is MISSING
    at_year_end = marac.marac(ask, AREA, Period("2015-04", "2016-03"))
    assert len(at_year_end.tables["rates"].rows) == 1


POWERS = {
    "warning-letters": 238,
    "community-protection-notices": 56,
    "fixed-penalty-notices": 0,
    "civil-injunctions": 3,
    "undertakings": 1,
    "criminal-behaviour-orders": 1,
}


def powers_ask(**changes: int) -> Canned:
    return Canned(totals={(name, AREA): {NOW.text(): n} for name, n in {**POWERS, **changes}.items()}, names=NAMES)


def test_powers_of_g08_state_their_noughts():
    found = powers.powers(powers_ask(), AREA, NOW)
    assert {row["label"]: row["count"] for row in found.tables["powers"].rows}["Fixed penalty notices"] == 0
    assert "Fixed penalty notices: 0 in April to August 2016." in sentences(found)


def test_powers_returned_for_part_of_the_period_are_told_with_the_months_they_cover():
    """Twelve months are asked of returns that began in April."""
    year = Period("2015-09", "2016-08")
    found = powers.powers(powers_ask(), AREA, year)
    assert found.title == "Tools and powers used in Blackpool, April to August 2016"
    assert sentences(found)[0] == "Warning letters: 238 in April to August 2016."
    assert {row["period"] for row in found.tables["powers"].rows} == {NOW.text()}
    nothing = powers.powers(Canned(totals={(name, AREA): {} for name in POWERS}, names=NAMES), AREA, year)
    assert nothing.title.endswith("September 2015 to August 2016")
    assert sentences(nothing)[0] == "Warning letters: not supplied for September 2015 to August 2016."


def test_escalation_of_g08_and_g09():
    found = powers.escalation(powers_ask(), AREA, NOW)
    assert sentences(found) == (
        "In April to August 2016 there were 238 warning letters and 56 notices: 76.5% of warnings were not followed by a notice in the "
        "same months (95% interval 70.7% to 81.4%).",
    )
    assert "not those that followed the same people" in found.caveats[0]
    other = Canned(totals={("cse-warnings", AREA): {NOW.text(): 71}, ("cse-notices", AREA): {NOW.text(): 5}})
    row = (
        powers.escalation(other, AREA, NOW, warnings="cse-warnings", notices="cse-notices").tables["escalation"].rows[0]
    )
    assert [f"{row[name]:.1f}" for name in ("share", "lower", "upper")] == ["93.0", "84.6", "97.0"]


@pytest.mark.parametrize(("warnings", "notices"), [(0, 0), (3, 5)])
def test_escalation_that_cannot_be_worked_out(warnings: int, notices: int):
    ask = powers_ask(**{"warning-letters": warnings, "community-protection-notices": notices})
    found = powers.escalation(ask, AREA, NOW)
    assert found.tables["escalation"].rows[0]["share"] is NOT_APPLICABLE
    assert "cannot be said" in sentences(found)[0]
    missing = powers.escalation(stated(warning_letters={}, community_protection_notices={}), AREA, NOW)
    assert missing.tables["escalation"].rows[0]["share"] is MISSING


def test_returns_say_what_they_cover():
    ask = stated(cctv={"2015-09..2016-08": 69}, hotline={NOW.text(): 12}, gone={})
    found = returns.stated(ask, ["cctv", "hotline", "gone"], AREA, NOW)
    assert sentences(found) == (
        "Cctv: 69 in September 2015 to August 2016.",
        "Hotline: 12 in April to August 2016.",
        "Gone: not supplied for April to August 2016.",
    )


def test_a_total_to_date_is_found_whatever_months_it_covers():
    """G-20 and Avert: 18 referrals since November 2015, 46 since January 2015."""
    ask = stated(referrals={"2015-11..2016-08": 18}, drugs={"2015-11..2016-08": 7}, avert={"2015-01..2016-08": 46})
    found = returns.stated(ask, ["referrals", "avert"], AREA, NOW)
    assert sentences(found) == (
        "Referrals: 18 in November 2015 to August 2016.",
        "Avert: 46 in January 2015 to August 2016.",
    )
    themes = shares.themes(ask, "referrals", ["drugs"], AREA, NOW)
    assert themes.title == "Referrals by theme, Blackpool, November 2015 to August 2016"
    assert [row["count"] for row in themes.tables["themes"].rows] == [18, 7]


def test_shares_with_their_counts_and_change_in_points():
    share = measure("non-recent", title="Non-recent", unit="% of sexual offences", per=100, of="all")
    before = NOW.year_before().text()
    ask = Canned(
        totals={("non-recent", AREA): {NOW.text(): 57, before: 30}, ("all", AREA): {NOW.text(): 268, before: 185}},
        measures={"non-recent": share},
        names=NAMES,
    )
    found = shares.of_records(ask, ["non-recent"], AREA, NOW)
    row = found.tables["shares"].rows[0]
    assert (row["part"], row["whole"], f"{row['share']:.1f}", f"{row['points']:.1f}") == (57, 268, "21.3", "5.1")
    assert sentences(found) == ("Non-recent: 21.3% of sexual offences in April to August 2016 (57 of 268).",)
    gone = shares.of_records(Canned(totals={("non-recent", AREA): {}}), [share], AREA, NOW)
    assert sentences(gone) == ("Non-recent: not supplied for April to August 2016.",)
    assert gone.tables["shares"].rows[0]["points"] is NOT_APPLICABLE


def test_themes_that_overlap_say_so():
    """G-20: 18 referrals, themes that add up to 22."""
    counts = {"referrals": 18, "drugs": 7, "exploitation": 6, "illicit-trade": 5, "trafficking": 4}
    ask = Canned(totals={(name, AREA): {NOW.text(): n} for name, n in counts.items()})
    found = shares.themes(ask, "referrals", list(counts)[1:], AREA, NOW)
    assert found.caveats[0] == shares.MULTIPLE
    assert sentences(found)[:2] == ("Referrals: 18 in April to August 2016.", "Drugs: 7 in April to August 2016.")
    apart = shares.themes(ask, "referrals", ["drugs", "exploitation"], AREA, NOW)
    assert shares.MULTIPLE not in apart.caveats
    gone = shares.themes(Canned(totals={("referrals", AREA): {}}), "referrals", [], AREA, NOW)
    assert sentences(gone) == ("Referrals: not supplied for April to August 2016.",)


def test_deprivation_is_a_share_of_small_areas():
    tenth = measure("tenth", title="Small areas in the most deprived tenth", unit="% of small areas", per=100, of="all")
    ask = Canned(
        totals={("tenth", AREA): {NOW.text(): 39}, ("all", AREA): {NOW.text(): 94}},
        measures={"tenth": tenth},
        names=NAMES,
    )
    found = deprivation.shares(ask, AREA, NOW, ["tenth"])
    assert sentences(found) == ("Small areas in the most deprived tenth: 39 of 94 in Blackpool (41.5%).",)
    gone = deprivation.shares(Canned(totals={("tenth", AREA): {}}), AREA, NOW, ["tenth"])
    assert sentences(gone) == ("Tenth: no Indices of Deprivation are held for E06000009.",)
