"""The arithmetic of the figures published in the five documents (golden cases G-06 to G-23), from their counts.

Where a document prints only a change, every baseline that rounds to its percentage is tried: the range is the truth.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from wardwise.methods import compare, rates
from wardwise.methods.rounding import half_up, percent, plain, signed, signed_percent

HATE = [
    # type, 2015, 2016, change, %, z (G-06)
    ("Disability-Motivated Incident", 5, 8, "+3", "60.0%", "1.18"),
    ("Gender Identity", 1, 3, "+2", "200.0%", "1.46"),
    ("Gender-Motivated Incident", 2, 4, "+2", "100.0%", None),
    ("Homophobic Incident", 28, 26, "−2", "−7.1%", "-0.38"),
    ("Racist Incident", 65, 68, "+3", "4.6%", "0.37"),
    ("Racist or Homophobic Incident Involving Police Staff", 1, 1, "=", "None", None),
    ("Religious-Motivated Incident", 1, 2, "+1", "100.0%", None),
    ("Grand Total", 103, 112, "+9", "8.7%", "0.87"),
]


@pytest.mark.parametrize(("kind", "before", "after", "change", "share", "z"), HATE)
def test_hate_table_and_nothing_in_it_beyond_chance(
    kind: str, before: int, after: int, change: str, share: str, z: str | None
) -> None:
    assert signed(after - before) == change
    assert signed_percent(after - before, before) == share
    assert not compare.verdict(before, after).distinguishable
    assert z is None or f"{compare.poisson_z(before, after):.2f}" == z


RANGES = [
    # case, published %, change, first and last baseline that fit
    ("G-10 all crime", "13.5", 932, 6879, 6929),
    ("G-11a violence", "20.3", 416, 2045, 2054),
    ("G-11b serious assaults", "-3.2", -2, 62, 63),
    ("G-11c less serious assaults", "34.4", 320, 929, 931),
    ("G-11d non-injury assaults", "-0.8", -7, 824, 933),
    ("G-12 theft", "10.6", 316, 2968, 2995),
    ("G-13a sexual offences", "44.9", 83, 185, 185),
    ("G-13b rape", "-5.3", -4, 75, 76),
    ("G-13c sexual assault", "53.0", 35, 66, 66),
    ("G-13d victim under 16", "38.5", 37, 96, 96),
    ("G-14 county rape", "20", 65, 318, 333),
    ("G-15a domestic assaults", "15.5", 78, 502, 504),
    ("G-15b serious domestic", "21.4", 3, 14, 14),
    ("G-15c less serious domestic", "34.6", 79, 228, 228),
    ("G-15d non-injury domestic", "-1.7", -4, 229, 242),
    ("G-16 domestic abuse marker", "15.6", 111, 710, 713),
    ("G-18a ASB", "-4.1", -256, 6169, 6320),
    (
        "G-21b ASB of 2014/15",
        "-3",
        -366,
        10458,
        14640,
    ),  # the case has 14,639: 366 of 14,640 is 2.5% exactly, which we round away from 0
    ("G-21c domestic abuse of 2014/15", "-5.2", -86, 1639, 1669),
]


@pytest.mark.parametrize(("case", "published", "change", "first", "last"), RANGES)
def test_published_percentages_fix_the_baseline_to_a_range(
    case: str, published: str, change: int, first: int, last: int
) -> None:
    places = len(published.partition(".")[2])
    fits = [base for base in range(1, 20000) if str(percent(change, base, places)) == published]
    assert (fits[0], fits[-1]) == (first, last)


REAL = [("G-11c", 930, 1250, True), ("G-13a", 185, 268, True), ("G-11b", 62, 60, False), ("G-13b", 75, 71, False)]
REAL += [("G-15b", 14, 17, False), ("G-18b ASBRAC referrals", 36, 24, False), ("G-22b rape", 118, 137, False)]


@pytest.mark.parametrize(("case", "before", "after", "real"), REAL)
def test_which_changes_can_be_told_from_chance(case: str, before: int, after: int, real: bool) -> None:
    assert compare.verdict(before, after).distinguishable is real


def test_scores_as_published() -> None:
    found = [f"{compare.poisson_z(b, a):.1f}" for b, a in ((930, 1250), (185, 268), (36, 24), (75, 71))]
    assert found == ["9.7", "5.5", "-2.2", "-0.5"]
    assert f"{compare.poisson_z(118, 137):.2f}" == "1.68"


def test_marac_columns_of_unequal_length() -> None:
    """G-07: twelve months beside three."""
    assert [str(percent(84, 442)), str(percent(30, 136))] == ["19.0", "22.1"]
    assert [str(half_up(Fraction(509, 442), 2)), str(half_up(Fraction(127, 136), 2))] == ["1.15", "0.93"]
    with pytest.raises(compare.UnequalPeriodsError):
        compare.change(442, 136, months_before=12, months_after=3)
    stated = compare.change(442, 136, months_before=12, months_after=3, unequal_stated=True)
    assert stated.percent is None and stated.unequal
    assert stated.monthly_percent is not None and plain(stated.monthly_percent, 1) == "23.1"


@pytest.mark.parametrize(
    ("case", "kept", "of", "share", "lower", "upper"),
    [("G-08", 182, 238, "76", "70.7", "81.4"), ("G-09", 66, 71, "93", "84.6", "97.0")],
)
def test_warnings_not_followed_by_a_notice(case: str, kept: int, of: int, share: str, lower: str, upper: str) -> None:
    assert str(percent(kept, of, 0)) == share
    limits = rates.wilson(kept, of)
    assert [f"{100 * float(limits.lower):.1f}", f"{100 * float(limits.upper):.1f}"] == [lower, upper]


def test_reoffending_fell_in_points_not_in_percent() -> None:
    """G-17: “2.1% decrease” is percentage points; the relative change is −6.7%."""
    found = compare.point_change(1004, 3213, 788, 2704)
    assert found is not None and found.percent is not None
    assert (plain(found.points, 1), plain(found.percent, 1)) == ("−2.1", "−6.7")
    assert [str(half_up(Fraction(3157, 1004), 2)), str(half_up(Fraction(2720, 788), 2))] == ["3.14", "3.45"]


CHANGES_2014_15 = [
    ("G-21a all crime", 16332, 15246, "−6.6%"),
    ("G-21d violence", 3947, 4048, "2.6%"),
    ("G-22b rape", 118, 137, "16.1%"),
    ("G-23b alcohol violence", 1385, 1312, "−5.3%"),
    ("G-23c drug offences", 620, 514, "−17.1%"),
]


@pytest.mark.parametrize(("case", "before", "after", "published"), CHANGES_2014_15)
def test_changes_of_2014_15(case: str, before: int, after: int, published: str) -> None:
    assert signed_percent(after - before, before) == published


def test_shares_of_2014_15() -> None:
    """G-21d 26.6% of all crime, G-23b a third of violence."""
    assert [str(percent(4048, 15246)), str(percent(1312, 4048))] == ["26.6", "32.4"]
    assert [str(percent(133, 268)), str(percent(57, 268))] == ["49.6", "21.3"]


def test_counts_behind_published_shares() -> None:
    """G-13f 15% of 268 offences; G-16 its share of the county's; G-21a the boundary of 6.65%; G-22a 370 or 371, up 54."""
    fits = [n for n in range(1, 268) if str(percent(n, 268, 0)) == "15"]
    assert (fits[0], fits[-1]) == (39, 41)
    assert str(percent(480, 2644)) == "18.2"
    assert str(percent(-1086, 16332)) == "-6.6", "6.6495%: rounding a rounded 6.65 would print 6.7"
    assert {before for before in (316, 317) if str(percent(54, before, 0)) == "17"} == {316, 317}
