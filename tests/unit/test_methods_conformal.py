"""Limits that past misses call for: the finite-sample rank by hand, what too few misses can say, and a forecast widened by them."""

from __future__ import annotations

import numpy as np
import pytest

from tests.factories.series import made
from wardwise.methods.backtest import Series, backtest, look
from wardwise.methods.conformal import reach
from wardwise.methods.forecast_interval import Forecast, Misses, missed

NORMAL = np.inf


def flat(ahead: int, size: float = 1.0, mean: float = 10.0) -> Forecast:
    """Months that are expected to be alike and whose errors have nothing to do with each other."""
    return Forecast("trend", np.full(ahead, mean), size * np.eye(ahead))


def test_the_rank_of_lei_and_others_by_hand():
    """19 scores: ⌈20 × 0.95⌉ = 19, the largest; 39: ⌈40 × 0.95⌉ = 38, the second largest."""
    found = reach(np.arange(1, 20))
    assert found is not None and (found.size, found.by_rank) == (19.0, 0.95)
    found = reach(np.arange(1, 40))
    assert found is not None and (found.size, found.by_rank) == (38.0, 0.95)
    found = reach(np.arange(1, 10), 80)
    assert found is not None and (found.size, found.by_rank) == (8.0, 0.8)


def test_too_few_scores_are_stretched_by_the_normal_curve_and_say_what_they_promise():
    """Four scores promise 80% (1.2816 standard errors); 95% is 1.9600."""
    found = reach([0.5, 2.0, 1.0, np.nan, 0.1])
    assert found is not None and found.by_rank == 0.8
    assert found.size == pytest.approx(2 * 1.959964 / 1.281552, rel=1e-6)
    assert reach([]) is None and reach([np.nan]) is None


def test_scores_are_in_the_methods_own_standard_errors():
    rows = [(flat(3, size=2.0), np.array([14.0, 6.0, 10.0])), (flat(3), np.array([10.0, np.nan, 13.0]))]
    found = missed(rows)
    np.testing.assert_allclose(found.months, [[2, 2, 0], [0, np.nan, 3]])
    np.testing.assert_allclose(found.totals, [[2, 0, 0], [0, np.nan, 3 / np.sqrt(2)]])
    assert np.isnan(missed([(flat(2, size=0.0), np.array([10.0, 11.0]))]).months).all()


def test_limits_are_the_wider_of_both_and_never_narrower_than_the_methods_own():
    own = flat(3)
    small, large = (Misses(np.full((8, 3), by), np.full((8, 3), by), np.full(8, NORMAL)) for by in (0.5, 4.0))
    for wide, times in ((small, 1.0), (large, 4.0 / 1.959964)):
        made_ = Forecast("trend", own.mean, own.root, misses=wide)
        reach_ = made_.limits(95)[1] - own.mean
        np.testing.assert_allclose(reach_, times * (own.limits(95)[1] - own.mean), rtol=1e-6)
        assert made_.first(2).misses is wide
    total = Forecast("trend", own.mean, own.root, misses=large).total(3)
    stretched = 4.0 * 1.959964 / 1.593219  # eight totals promise 8 in 9
    assert total.upper - total.value == pytest.approx(stretched * np.sqrt(3), rel=1e-5)


def test_few_misses_leave_the_methods_own_limits():
    few = Misses(np.full((3, 3), 9.0), np.full((3, 3), 9.0), np.full(3, NORMAL))
    assert few.of_months(95) == 1.0 and few.of_total(3, 95) == 1.0
    none = Misses(np.full((9, 3), np.nan), np.full((9, 3), np.nan), np.full(9, NORMAL))
    assert none.of_months(95) == 1.0 and none.of_total(3, 95) == 1.0


def test_a_total_is_judged_by_the_longest_total_known_up_to_its_length():
    totals = np.array([[1.0, 9.0, np.nan], [1.0, np.nan, 7.0], [1.0, 2.0, 3.0], [4.0, np.nan, np.nan]])
    found = Misses(np.full((4, 3), 1.0), totals, np.full(4, NORMAL))
    assert found.of_total(1, 95) == pytest.approx(4 / 1.281552, rel=1e-5)
    assert found.of_total(3, 95) == pytest.approx(9 / 1.281552, rel=1e-5)


def test_after_a_change_of_level_the_limits_open():
    y = made(48, level=200, slope=0.0)
    y[43:] *= 1.5
    tested = backtest(y, 12, ("seasonal-naive", "trend"))
    own = look(Series(y), 48, 12, ["trend"])["trend"]
    wide = tested.widened(own)
    assert wide.misses is tested.misses["trend"]
    assert (wide.limits()[1] > own.limits()[1]).all()
    assert wide.total(12).upper > own.total(12).upper
    untried = Forecast("theta", own.mean, own.root)
    assert tested.widened(untried).misses is None


def test_the_average_is_taken_unless_another_is_clearly_nearer():
    from wardwise.methods.backtest import Score, choose

    def score(name: str, mase: float) -> Score:
        return Score(name, mase, 0.9, 0.0, mase, 60, 8)

    both = {"combination": score("combination", 0.9)}
    assert choose({"trend": score("trend", 0.7), **both}) == "combination"
    assert choose({"trend": score("trend", 0.6), **both}) == "trend"
