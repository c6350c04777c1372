"""Counts times weights, the few that make most, ranks that move, weights drawn again."""

from __future__ import annotations

import math

import numpy as np
import pytest

from wardwise.methods import harm

COUNTS, DAYS = [100, 10, 5, 400, 2], [1.0, 365.0, 2555.0, 2.0, 0.0]


def test_harm_is_count_times_weight_and_shares_add_up() -> None:
    found = harm.weighed(COUNTS, DAYS)
    assert found.harm.tolist() == [100, 3650, 12775, 800, 0]
    assert found.total == 17325
    assert found.share_of_harm.sum() == pytest.approx(1) and found.share_of_count.sum() == pytest.approx(1)


def test_the_few_that_make_most() -> None:
    found = harm.pareto([100, 3650, 12775, 800, 0], COUNTS)
    assert found.order.tolist() == [2, 1, 3, 0, 4]
    assert found.reach(0.9) == 2  # (12775 + 3650) / 17325 = 94.8%
    assert found.count[1] == pytest.approx(15 / 517)
    assert found.harm[-1] == pytest.approx(1)
    assert harm.pareto([1, 1], [1, 1]).reach(1.0) == 2


@pytest.mark.parametrize(
    ("counts", "weights", "says"),
    [
        ([0, 0], [1, 2], "nothing was counted"),
        ([3, 4], [0, 0], "add up to nought"),
        ([3, math.nan], [1, 1], "must be known"),
        ([3, -1], [1, 1], "none below nought"),
        ([3], [1, 1], "same kinds"),
    ],
)
def test_what_cannot_be_weighed_is_refused(counts: list[float], weights: list[float], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        harm.weighed(counts, weights)


def test_ranks_share_the_best_place() -> None:
    assert harm.ranks([3, 5, 5, 1]).tolist() == [3, 1, 1, 4]
    assert harm.ranks([[1, 2], [2, 1]]).tolist() == [[2, 1], [1, 2]]


def test_agreement_of_two_orders() -> None:
    assert harm.kendall([1, 2, 3], [10, 20, 30]) == 1
    assert harm.kendall([1, 2, 3], [3, 2, 1]) == -1
    assert harm.kendall([1, 2, 3, 4], [1, 3, 2, 4]) == pytest.approx(4 / 6)
    assert harm.spearman([1, 2, 3, 4], [1, 3, 2, 4]) == pytest.approx(0.8)  # 1 − 6·2 / (4·15)
    assert math.isnan(harm.kendall([1, 1], [1, 2])) and math.isnan(harm.spearman([1, 1], [1, 2]))


def test_drawn_weights_lie_in_their_range_nine_times_in_ten() -> None:
    drawn = harm.draws([10, 100, 5, 0], [5, 90, 5, 0], [40, 300, 5, 0], 40_000, seed=1)
    assert np.median(drawn[:, 0]) == pytest.approx(10, rel=0.02)
    for at, (low, high) in enumerate([(5, 40), (90, 300)]):
        assert (drawn[:, at] < low).mean() == pytest.approx(0.05, abs=0.005)
        assert (drawn[:, at] > high).mean() == pytest.approx(0.05, abs=0.005)
    assert set(drawn[:, 2]) == {5.0} and set(drawn[:, 3]) == {0.0}
    assert np.array_equal(drawn, harm.draws([10, 100, 5, 0], [5, 90, 5, 0], [40, 300, 5, 0], 40_000, seed=1))


@pytest.mark.parametrize(
    ("low", "high", "says"), [([11], [12], "between"), ([0], [12], "nought"), ([1, 2], [3, 4], "same")]
)
def test_ranges_that_make_no_sense_are_refused(low: list[float], high: list[float], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        harm.draws([10], low, high, 10, seed=1)
    with pytest.raises(ValueError, match="between"):
        harm.draws([10], [5], [12, 13], 10, seed=1)


def test_how_a_ranking_stands() -> None:
    drawn = np.array([[1.0, 1.0, 5.0], [1.0, 1.0, 1.5], [1.0, 1.0, 5.0], [1.0, 1.0, 5.0]])
    found = harm.robust([1, 1, 1], drawn, [0, 0, 1])  # the first two kinds are one group
    assert found.first.tolist() == [0.25, 0.75]
    assert (found.lowest.tolist(), found.highest.tolist()) == ([1, 1], [2, 2])
    assert found.lower[0] == pytest.approx(2 / 7) and found.upper[0] > 2 / 7
    with pytest.raises(ValueError, match="same kinds"):
        harm.robust([1, 1], drawn, [0, 0])
    with pytest.raises(ValueError, match="nought"):
        harm.robust([0, 0, 0], drawn, [0, 0, 1])


def test_the_mean_weight_of_a_mixture() -> None:
    assert harm.mixed([3, 1], [2, 10]) == 4
    assert math.isnan(harm.mixed([0], [2]))
