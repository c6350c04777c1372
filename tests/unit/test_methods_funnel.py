"""Small cases of our own for standardised rates, funnels, quantiles, slopes, shares and rank ranges: known by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from wardwise.methods import funnel, proportions, quantiles, standardise
from wardwise.methods.funnel import Scale, Standing
from wardwise.methods.ranks import rank_ranges
from wardwise.methods.rates import byar


def test_equal_weights_and_equal_people_leave_the_crude_rate_and_its_interval() -> None:
    found = standardise.direct([10, 30], [1000, 1000], [1, 1])
    limits = byar(40)
    assert (found.value, found.events) == (20, 40)
    assert [found.lower, found.upper] == pytest.approx([float(limits.lower) / 2, float(limits.upper) / 2])


def test_an_old_area_looks_better_once_its_ages_are_taken_away() -> None:
    young, old = standardise.direct([90, 1], [9000, 1000], [1, 1]), standardise.direct([10, 9], [1000, 9000], [1, 1])
    assert young.value == pytest.approx(5.5) and old.value == pytest.approx(5.5)


def test_people_with_several_events_widen_the_interval() -> None:
    alone = standardise.direct([12, 12], [1000, 1000], [1, 1])
    again = standardise.direct([12, 12], [1000, 1000], [1, 1], by_times={1: [4, 4], 2: [1, 1], 6: [1, 1]})
    assert again.value == alone.value and again.upper - again.lower > alone.upper - alone.lower


@pytest.mark.parametrize(
    ("counts", "people", "weights", "says"),
    [
        ([10], [100, 100], [1, 1], "do not match"),
        ([10, math.nan], [100, 100], [1, 1], "no count"),
        ([10, 10], [100, 0], [1, 1], "needs people"),
        ([10, 10], [100, 100], [0, 0], "add to nothing"),
    ],
)
def test_bands_that_make_no_rate(counts: list[float], people: list[float], weights: list[float], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        standardise.direct(counts, people, weights)


def test_too_few_events_and_people_that_do_not_add_up() -> None:
    with pytest.raises(standardise.TooFewEventsError, match="9 events"):
        standardise.direct([4, 5], [100, 100], [1, 1])
    with pytest.raises(ValueError, match="do not add up"):
        standardise.direct([12, 12], [100, 100], [1, 1], by_times={1: [12, 11]})


def test_the_european_standard_population_has_nineteen_bands_of_a_hundred_thousand() -> None:
    assert len(standardise.ESP2013) == 19 and sum(standardise.ESP2013) == 100_000


def test_where_counts_stand() -> None:
    assert funnel.ratio_standing(100, 100) is Standing.WITHIN
    assert funnel.ratio_standing(125, 100) is Standing.ABOVE and funnel.ratio_standing(150, 100) is Standing.FAR_ABOVE
    assert funnel.ratio_standing(78, 100) is Standing.BELOW and funnel.ratio_standing(50, 100) is Standing.FAR_BELOW
    assert [funnel.share_standing(x, 100, 0.5) for x in (50, 62, 70, 38, 30)] == [
        Standing.WITHIN,
        Standing.ABOVE,
        Standing.FAR_ABOVE,
        Standing.BELOW,
        Standing.FAR_BELOW,
    ]


def test_share_limits_stay_between_none_and_all() -> None:
    found = funnel.share_limits([4, 10_000], 0.95)
    assert found.upper[0] == 1 and 0.94 < found.lower[1] < 0.95


def test_trimming() -> None:
    z = np.arange(20.0)
    assert np.isnan(funnel.truncated(z)).sum() == 4 and np.isnan(funnel.truncated(z)[[0, 1, 18, 19]]).all()
    assert funnel.winsorised(z).min() == pytest.approx(1.9) and funnel.winsorised(z).max() == pytest.approx(17.1)


def test_areas_that_differ_by_chance_have_no_extra_spread_and_others_have() -> None:
    expected = np.full(200, 100.0)
    chance = np.random.default_rng(1).poisson(expected).astype(float)
    alike = funnel.spread(funnel.scores(chance, expected), funnel.errors(expected))
    apart = funnel.spread(funnel.scores(chance * 2, expected * 2), funnel.errors(expected * 2))
    assert alike.phi == pytest.approx(1, abs=0.2) and alike.tau2 < 0.001
    assert apart.phi > 1.5 and apart.tau2 > alike.tau2
    wide, narrow = funnel.wide_limits(0.05, apart.tau2), funnel.wide_limits(0.05, 0)
    assert wide.lower < narrow.lower < 1 < narrow.upper < wide.upper
    assert float(funnel.wide_limits(2, 0).lower) == 0


def test_what_a_spread_cannot_be_judged_from() -> None:
    with pytest.raises(ValueError, match="two areas"):
        funnel.spread([1.0], [0.1])
    z = funnel.scores([0, 5], [5, 5], Scale.LOG)
    with pytest.raises(ValueError, match="log scale"):
        funnel.spread(z, [0.1, 0.1])
    with pytest.raises(ValueError, match="expect"):
        funnel.scores([1], [0])


def test_quantile_groups_tie_and_refuse_too_few() -> None:
    values = {"a": 9.0, "b": 7.0, "c": 7.0, "d": 1.0, "e": None}
    assert quantiles.groups(values, 2) == {"a": 1, "b": 1, "c": 1, "d": 2, "e": None}
    assert quantiles.groups(values, 2, highest_first=False)["d"] == 1
    assert set(quantiles.groups(values, 5).values()) == {None}


def test_a_straight_line_has_its_own_slope() -> None:
    at = (np.arange(5) + 0.5) / 5
    found = quantiles.slope_index(10 + 4 * at, [100] * 5)
    assert [found.slope, found.intercept, found.ratio] == pytest.approx([4, 10, 1.4]) and found.lower is None
    limits = 10 + 4 * at - 1, 10 + 4 * at + 1
    sure = quantiles.slope_index(10 + 4 * at, [100] * 5, limits, repeats=2000)
    assert sure.lower is not None and sure.upper is not None and sure.lower < 4 < sure.upper
    with pytest.raises(ValueError, match="three groups"):
        quantiles.slope_index([1, 2], [1, 1])


def test_two_shares_and_a_mean() -> None:
    found = proportions.two_shares(10, 100, 10, 100)
    assert (found.difference, found.p, found.p_corrected, found.exact) == (0, 1, 1, 1)
    assert proportions.two_shares(0, 10, 0, 20).chi_squared == 0
    with pytest.raises(ValueError, match="base"):
        proportions.two_shares(0, 0, 1, 2)
    assert proportions.mean([1, 2, 3]).value == 2
    with pytest.raises(ValueError, match="two values"):
        proportions.mean([1])


@pytest.mark.parametrize(
    ("one", "two", "limits"), [((48, 80), (56, 70), (0.0524, 0.3339)), ((3, 10), (9, 10), (0.1705, 0.8090))]
)
def test_two_shares_by_score(one: tuple[int, int], two: tuple[int, int], limits: tuple[float, float]) -> None:
    """Newcombe 1998, Statistics in Medicine 17, 873-890, table II, rows (a) and (b), method 10."""
    found = proportions.two_shares_by_score(*one, *two)
    assert (found.lower, found.upper) == pytest.approx(limits, abs=5e-5)
    assert found.exact == proportions.two_shares(*one, *two).exact


def test_rank_ranges() -> None:
    bases = {"a": 1000.0, "b": 1000.0, "c": 1000.0}
    found = rank_ranges({"a": 300, "b": 100, "c": 100}, bases)
    assert (found["a"].best, found["a"].worst, found["a"].top) == (1, 1, 1.0)
    assert (found["b"].best, found["b"].worst) == (2, 3) and found["b"].bottom == pytest.approx(0.5, abs=0.03)
    assert rank_ranges({"a": 300, "b": 100, "c": 100}, bases) == found
    shares = rank_ranges({"a": 10, "b": 0}, {"a": 10, "b": 10}, share=True)
    assert shares["a"].worst == 1
    with pytest.raises(ValueError, match="base"):
        rank_ranges({"a": 1}, {"a": 0})
