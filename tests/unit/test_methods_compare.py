"""Changes, and whether they can be told from chance: the exact test against a slow sum of every outcome."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from wardwise.methods import compare
from wardwise.methods.compare import Direction


def _slow_p(before: int, after: int, share: Fraction) -> float:
    """Add, exactly, every outcome of the binomial that is no more likely than the one seen."""
    total = before + after

    def probability(k: int) -> Fraction:
        return math.comb(total, k) * share**k * (1 - share) ** (total - k)

    seen = probability(after)
    return float(sum(p for k in range(total + 1) if (p := probability(k)) <= seen))


@pytest.mark.parametrize("months", [(1, 1), (12, 3), (3, 12), (5, 7), (59, 1), (1, 59)])
def test_the_exact_test_adds_every_outcome_no_more_likely(months: tuple[int, int]) -> None:
    share = Fraction(months[1], sum(months))
    for before in (0, 1, 2, 5, 14, 40):
        for after in (0, 1, 3, 9, 17, 60):
            found = compare.ratio_test(before, after, *months)
            assert found.p == pytest.approx(_slow_p(before, after, share), rel=1e-7), (before, after)


def test_large_counts_are_quick_and_sensible() -> None:
    assert compare.ratio_test(1_000_000, 1_000_000).p == 1
    assert compare.ratio_test(1_000_000, 1_002_000).p == pytest.approx(0.1575, abs=0.001)


def test_no_events_at_all_say_nothing() -> None:
    found = compare.ratio_test(0, 0)
    assert math.isnan(found.ratio) and found.p == 1
    assert (found.lower, found.upper) == (0, math.inf)


def test_unequal_exposure_changes_the_direction() -> None:
    """110 in twelve months and 30 in three: fewer, but more a month."""
    found = compare.verdict(110, 30, 12, 3)
    assert found.direction is Direction.UP and found.z is None
    assert compare.verdict(110, 30).direction is Direction.DOWN
    assert compare.verdict(30, 30).direction is Direction.SAME


def test_equal_counts_are_never_a_change() -> None:
    found = compare.verdict(7, 7)
    assert (found.direction, found.distinguishable, found.p, found.z) == (Direction.SAME, False, 1.0, 0.0)


def test_percent_is_exact_and_absent_without_a_base() -> None:
    assert compare.change(16332, 15246).percent == Fraction(-108600, 16332)
    nothing = compare.change(0, 4)
    assert nothing.percent is None and nothing.difference == 4 and nothing.monthly_percent is None
    assert not nothing.unequal


def test_shares_without_a_base_have_no_change() -> None:
    assert compare.point_change(0, 0, 1, 2) is None
    assert compare.point_change(1, 2, 0, 0) is None
    found = compare.point_change(0, 2, 1, 2)
    assert found is not None and found.points == 50 and found.percent is None
