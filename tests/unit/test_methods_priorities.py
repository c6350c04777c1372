"""Issues scored on several criteria: against a slow plain answer, and on cases that can be worked out by hand."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardwise.methods import priorities as method

part = st.floats(0, 1).map(lambda x: round(x, 3))
tables = st.integers(2, 5).flatmap(
    lambda n: st.integers(1, 4).flatmap(
        lambda m: st.lists(st.lists(part, min_size=m, max_size=m), min_size=n, max_size=n)
    )
)


@given(tables, st.data())
def test_scores_and_ranks_agree_with_plain_sums(table: list[list[float]], data: st.DataObject):
    weights = data.draw(st.lists(st.integers(0, 9), min_size=len(table[0]), max_size=len(table[0])).filter(any))
    plain = [sum(w * x for w, x in zip(weights, row, strict=True)) / sum(weights) for row in table]
    found = method.scores(table, weights)
    assert found == pytest.approx(plain)
    exact = np.round(found, 9)
    assert list(method.ranks(exact)) == [1 + sum(other > mine for other in exact) for mine in exact]


@given(tables, st.data())
def test_at_its_tipping_point_the_rival_is_level_with_the_first(table: list[list[float]], data: st.DataObject):
    weights = data.draw(st.lists(st.integers(1, 9), min_size=len(table[0]), max_size=len(table[0])))
    share = method.shares(weights)
    first = int(np.argmax(np.asarray(table) @ share))
    for tip in method.tipping(table, weights):
        others = np.delete(share, tip.criterion)
        moved = np.insert(others / others.sum() * (1 - tip.needed), tip.criterion, tip.needed)
        level = np.asarray(table) @ moved
        assert level[first] == pytest.approx(level[tip.rival], abs=1e-9)


def test_the_share_of_weightings_is_that_of_a_plain_count():
    table, chance = [[1.0, 0.0, 0.4], [0.2, 0.9, 0.5], [0.6, 0.5, 0.6]], random.Random(3)
    times, first = 20_000, [0, 0, 0]
    for _ in range(times):
        drawn = [chance.expovariate(1) for _ in range(3)]
        scores = [sum(w * x for w, x in zip(drawn, row, strict=True)) for row in table]
        first[scores.index(max(scores))] += 1
    found = method.robustness(table, [1, 1, 1], near=None, times=times, seed=1)
    assert found.first == pytest.approx([n / times for n in first], abs=0.015)
    assert found.first.sum() == pytest.approx(1)


def test_one_that_is_better_on_everything_is_always_first():
    for near in (None, 0.5):
        found = method.robustness([[1, 1], [0, 0.5], [0.2, 0]], [3, 1], near=near, times=500, seed=2)
        assert list(found.first) == [1, 0, 0]
        assert (found.lower[0], found.upper[0]) == (1, 1)


def test_the_nearer_the_weights_the_firmer_the_order():
    table = [[0.8, 0.3], [0.3, 0.6]]
    shares = [method.robustness(table, [1, 1], near=near, times=4000, seed=5).first[0] for near in (None, 0.5, 0.1)]
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_an_unknown_part_stands_at_the_middle_and_is_drawn_anywhere():
    table = [[np.nan, 0.5], [0.5, 0.5]]
    assert method.scores(table, [1, 1]) == pytest.approx([0.5, 0.5])
    assert method.robustness(table, [1, 1], near=None, times=4000, seed=7).first[0] == pytest.approx(0.5, abs=0.03)


def test_a_criterion_of_no_weight_changes_nothing():
    with_it = method.robustness([[1, 0], [0, 1]], [1, 0], near=None, times=100, seed=1)
    assert list(with_it.first) == [1, 0]


def test_scales_run_from_lowest_to_highest():
    assert list(method.scaled([2, 4, 3])) == [0, 1, 0.5]
    assert list(method.scaled([5, 5])) == [0.5, 0.5]
    assert np.isnan(method.scaled([np.nan, np.nan])).all()
    assert np.isnan(method.scaled([np.nan, 1, 2])[0])


def test_no_tipping_point_where_nothing_could_change():
    assert method.tipping([[1, 1], [0, 0]], [1, 1]) == ()
    assert method.tipping([[1], [0]], [1]) == ()


@pytest.mark.parametrize("weights", [[0, 0], [-1, 2], [1]])
def test_weights_that_cannot_be_used_are_refused(weights: list[float]):
    with pytest.raises(ValueError, match="weight"):
        method.scores([[1, 0], [0, 1]], weights)


def test_ranks_hold_every_order_of_three():
    for order in itertools.permutations([1, 2, 3]):
        assert list(method.ranks([-place for place in order])) == list(order)
