"""Sums of amounts that would tell what one contributor gave."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardwise.methods.dominance import dominated, guessed

AMOUNTS = st.lists(st.integers(0, 1000), max_size=8)


@pytest.mark.parametrize(
    ("amounts", "two_give_most", "largest_is_told"),
    [
        ([50, 41, 5, 4], True, False),  # 91 of 100; the rest, 9, is more than a tenth of 50
        ([50, 40, 5, 5], False, False),  # exactly 90 of 100
        ([50, 46, 4], True, True),
        ([100], True, True),
        ([0, 0, 0], False, True),
        ([], False, False),
        ([math.nan, 10, 10, 10], False, False),
        ([30, 30, 2.9], True, True),
        ([30, 30, 3.1], True, False),
    ],
)
def test_both_rules_at_their_edges(amounts: list[float], two_give_most: bool, largest_is_told: bool) -> None:
    assert dominated(amounts) is two_give_most
    assert guessed(amounts) is largest_is_told


def test_an_amount_below_nought_is_refused() -> None:
    for rule in (dominated, guessed):
        with pytest.raises(ValueError, match="below 0"):
            rule([5, -1])


@given(AMOUNTS)
def test_they_are_the_rules_as_written(amounts: list[int]) -> None:
    ordered = sorted(amounts, reverse=True)
    assert dominated(amounts) is (sum(amounts) > 0 and 10 * sum(ordered[:2]) > 9 * sum(amounts))
    alone = bool(ordered) and (10 * sum(ordered[2:]) < ordered[0] or ordered[0] == 0)
    assert guessed(amounts) is alone
