"""Ranks with ties, tallies, and rounding once and exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest

from wardwise.methods.ranks import Place, Tally, places, steps, tally
from wardwise.methods.rounding import half_up, percent, plain, signed, signed_percent


def test_ties_share_the_best_rank_and_unknown_has_none() -> None:
    found = places({"A": 5.0, "B": 7.0, "C": 5.0, "D": None, "E": 1.0})
    assert found == {"B": Place(1, 4, 1), "A": Place(2, 4, 2), "C": Place(2, 4, 2), "E": Place(4, 4, 1)}
    assert (found["B"].from_bottom, found["A"].from_bottom, found["E"].from_bottom) == (4, 2, 1)


def test_unknown_values_are_counted_apart() -> None:
    found = tally([1, 2, 3, None, 5], [2, 1, 3, 4, None])
    assert found == Tally(rose=1, fell=1, same=1, unknown=2)
    assert found.of == 3
    with pytest.raises(ValueError, match="shorter"):
        tally([1, 2], [1])


def test_steps_hold_equal_numbers_and_ties_stay_together() -> None:
    ten = {str(i): float(i) for i in range(10)}
    assert [steps(ten, 5)[str(i)] for i in range(10)] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert steps({"A": 0.0, "B": 0.0, "C": 0.0, "D": 7.0, "E": None}, 5) == {"A": 1, "B": 1, "C": 1, "D": 4}
    assert steps({}, 5) == {}


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (Fraction(108600, 16332), 1, "6.6"),  # 6.6495…: rounding twice would give 6.7
        (2.675, 2, "2.68"),
        (Fraction(1, 2), 0, "1"),
        (Fraction(-1, 2), 0, "-1"),
        (Fraction(-5, 100), 1, "-0.1"),
        (1e-9, 2, "0.00"),
        (7, 1, "7.0"),
    ],
)
def test_halves_go_away_from_nought(value: Fraction | float, decimals: int, expected: str) -> None:
    assert str(half_up(value, decimals)) == expected


def test_numbers_as_people_read_them() -> None:
    assert [plain(1234567), plain(-2), plain(-0.04, 1), plain(Fraction(133, 20), 1)] == [
        "1,234,567",
        "−2",
        "0.0",
        "6.7",
    ]
    assert [signed(9), signed(-2), signed(0), signed(0.04, 1), signed(1234.5, 1)] == [
        "+9",
        "−2",
        "=",
        "0.0",
        "+1,234.5",
    ]
    assert [signed_percent(3, 5), signed_percent(-2, 28), signed_percent(0, 1), signed_percent(4, 0)] == [
        "60.0%",
        "−7.1%",
        "None",
        "None",
    ]


def test_a_share_of_nothing_is_not_nought() -> None:
    assert percent(0, 0) is None
    assert str(percent(0, 4)) == "0.0"
