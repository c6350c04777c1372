"""Near repeats: small sets of events whose pairs are counted by hand, and what happens with events that cannot be asked."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import binom, nbinom, poisson

from wardwise.methods import bands, dealing, nearrepeat, pairs
from wardwise.methods.pairs import Metric

FOUR = [[0, 0], [3, 4], [0, 0], [100, 0]]
"""Metres: the first and third are at one place, the second is 5 m away (7 along the axes), the last far off."""


def test_pairs_counted_by_hand() -> None:
    found = nearrepeat.knox(FOUR, [1, 1, 3, 3], bands.between(0, 1, 6, math.inf), bands.between(0, 2, math.inf))
    assert found.observed.tolist() == [[0, 1], [1, 1], [1, 2]]
    assert found.expected.tolist() == pytest.approx(np.array([[1 / 3, 2 / 3], [2 / 3, 4 / 3], [1, 2]]))
    assert (found.p, found.permutations, found.events) == (None, 0, 4)


def test_along_the_streets_is_further() -> None:
    space, time = bands.between(0, 6, math.inf), bands.between(0, math.inf)
    assert nearrepeat.knox(FOUR, [1, 1, 3, 3], space, time).observed[0, 0] == 3
    assert nearrepeat.knox(FOUR, [1, 1, 3, 3], space, time, metric=Metric.MANHATTAN).observed[0, 0] == 1


def test_a_cell_says_what_it_counts_and_never_divides_by_nothing() -> None:
    apart = [[0, 0], [10, 0], [20, 0], [30, 0]]
    found = nearrepeat.knox(
        apart, [1, 2, 3, 4], bands.steps(5, 1, "m", same_place=True), bands.days(1, 2), permutations=19
    )
    same = found.cells()[0]
    assert (same.space, same.time, same.observed, same.expected) == ("same place", "0 days", 0, 0.0)
    assert (same.ratio, same.ratio_of_median, same.p, same.p_closed) == (None, None, 1.0, 1.0)
    last = found.cells()[-1]
    assert (last.space, last.time, last.observed) == ("5 m or more", "2 days or more", 3)
    assert (last.ratio, last.ratio_of_median) == (1.0, 1.0)
    assert all(
        np.isfinite(table).all() for table in (found.expected, found.variance, found.p_closed, found.p, found.mean)
    )


def test_bands_without_an_open_end_leave_the_rest_out() -> None:
    found = nearrepeat.knox(FOUR, [1, 1, 3, 3], bands.between(0, 6), bands.between(0, 1), permutations=9)
    assert found.observed.tolist() == [[1]]
    none = nearrepeat.knox(FOUR, [1, 1, 3, 3], bands.between(0, math.inf), bands.between(0, math.inf), permutations=9)
    assert none.observed.tolist() == [[6]]
    assert none.p is not None and none.p.tolist() == [[1.0]]


def test_a_planted_near_repeat_is_found_and_the_same_seed_gives_the_same_table() -> None:
    chance = np.random.default_rng(5)
    first, when = chance.uniform(0, 5_000, (150, 2)), chance.integers(0, 365, 150)
    xy, days = np.concatenate([first, first[:40] + 20]), np.concatenate([when, when[:40] + 3])
    given = (xy, days, bands.steps(100, 2, "m"), bands.days(7, 2))
    one, again = (nearrepeat.knox(*given, permutations=99, seed=8) for _ in range(2))
    assert one.p is not None and again.p is not None
    assert one.p[0, 0] == 0.01 and one.p_closed[0, 0] < 1e-6
    assert one.p.tolist() == again.p.tolist()
    assert one.p.tolist() != nearrepeat.knox(*given, permutations=99, seed=9).p.tolist()  # type: ignore[union-attr]


def test_dealing_in_batches_and_threads_gives_the_same_table(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(6)
    given = (chance.uniform(0, 900, (80, 2)), chance.integers(0, 60, 80), bands.steps(100, 2, "m"), bands.days(7, 2))
    whole = nearrepeat.knox(*given, permutations=40)
    monkeypatch.setattr(dealing, "TOGETHER", 1)
    monkeypatch.setattr(dealing, "WORTH_THREADS", 1)
    assert nearrepeat.knox(*given, permutations=40).p.tolist() == whole.p.tolist()  # type: ignore[union-attr]


@pytest.mark.parametrize("spread", [1, 100_000, 10**12], ids=["two bytes", "four bytes", "eight bytes"])
def test_days_of_any_size(spread: int) -> None:
    days = np.array([0, 1, 30, 32]) * spread
    found = nearrepeat.knox(
        FOUR, days, bands.between(0, 6, math.inf), bands.between(0, 2 * spread, math.inf), permutations=5
    )
    assert found.observed.tolist() == [[1, 2], [0, 3]]
    wide = nearrepeat.knox(FOUR, days, bands.between(0, 6, math.inf), bands.between(0, 1e15, math.inf), permutations=5)
    assert wide.observed.tolist() == [[3, 0], [3, 0]]


@pytest.mark.parametrize(
    ("points", "days", "says"),
    [
        (FOUR[:3], [1, 2, 3], "3 events are too few"),
        ([[5, 5]] * 6, range(6), "at one place"),
        (FOUR, [7] * 4, "on one day"),
        (np.zeros((0, 2)), [], "0 events are too few"),
    ],
)
def test_events_that_cannot_be_asked(points: list[list[float]], days: list[int], says: str) -> None:
    with pytest.raises(nearrepeat.NoNearRepeatsError, match=says):
        nearrepeat.knox(points, list(days), bands.at_most(10), bands.at_most(3))


@pytest.mark.parametrize(
    ("points", "days", "says"),
    [
        ([1, 2, 3], [1, 2, 3], "two coordinates"),
        ([[0, 0], [math.nan, 1]], [1, 2], "cannot be placed"),
        (FOUR, [1, 2], "one day"),
        (FOUR, [0.5, 1, 2, 3], "whole numbers"),
    ],
)
def test_events_that_are_not_events(points: list[list[float]], days: list[float], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        nearrepeat.knox(points, days, bands.at_most(10), bands.at_most(3))


def test_too_many_pairs_are_refused_before_they_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "MOST_PAIRS", 5)
    with pytest.raises(pairs.TooManyPairsError, match="shorter distance"):
        nearrepeat.knox(FOUR, [1, 2, 3, 4], bands.at_most(500), bands.at_most(3))


def test_each_events_own_near_repeats() -> None:
    found = nearrepeat.local(FOUR, [1, 1, 3, 3], 5, 1)
    assert (found.close.tolist(), found.recent.tolist()) == ([2, 2, 2, 0], [1, 1, 1, 1])
    assert found.both.tolist() == [1, 1, 0, 0]
    assert found.p.tolist() == pytest.approx([2 / 3, 2 / 3, 1, 1])  # one of three others is recent, two are drawn


def test_bands_are_called_by_their_own_names() -> None:
    assert bands.between(0, 1, 201, math.inf).labels == ("[0,1)", "[1,201)", "[201,Inf)")
    assert bands.steps(200, 2, "m").labels == ("under 200 m", "200 to under 400 m", "400 m or more")
    assert bands.steps(200, 1, "m", same_place=True).labels[:2] == ("same place", "over 0 and under 200 m")
    assert bands.days(7, 2).labels == ("0 to 6 days", "7 to 13 days", "14 days or more")
    assert bands.calculator_distance(200, 2).labels == ("Same location", "1 to 200", "201 to 400", "More than 400")
    assert bands.calculator_days(7, 2).breaks == (0, 7, 14, math.inf)
    assert bands.calculator_days(7, 2).labels == ("0 to 7", "8 to 14", "More than 14")
    assert bands.at_most(5).labels == ("at most 5", "over 5")
    assert len(bands.days(7, 2)) == 3


@pytest.mark.parametrize(
    ("breaks", "labels"), [((0,), ()), ((1, 2), ("a",)), ((0, 2, 2), ("a", "b")), ((0, 1), ("a", "b"))]
)
def test_bands_that_are_none(breaks: tuple[float, ...], labels: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="band"):
        bands.Bands(breaks, labels)


def test_the_chance_of_as_many_is_that_of_the_named_distributions() -> None:
    """Mean 4 with variance 3 is 16 trials at 1/4; with variance 8 the negative binomial of size 4; with variance 4 Poisson."""
    mean, variance = np.full(3, 4.0), np.array([3.0, 8.0, 4.0])
    found = nearrepeat.as_many(np.array([6, 6, 6]), mean, variance)
    assert found == pytest.approx([binom.sf(5, 16, 0.25), nbinom.sf(5, 4, 0.5), poisson.sf(5, 4)])
    assert nearrepeat.as_many(np.array([0, 17, 3]), mean, np.array([3.0, 3.0, 0.0])).tolist() == [1.0, 0.0, 1.0]
    assert nearrepeat.as_many(np.array([5]), np.array([4.0]), np.array([0.0])).tolist() == [0.0]
