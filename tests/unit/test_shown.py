"""How numbers, months and marks read."""

from __future__ import annotations

from datetime import date

import pytest

from wardwise.records.cells import MISSING, NOT_APPLICABLE, SUPPRESSED, Cell
from wardwise.records.findings import Column, Role
from wardwise.records.shown import cell, number, spoken, when


@pytest.mark.parametrize(
    ("value", "decimals", "signed", "words"),
    [
        (1234, None, False, "1,234"),
        (-7.14, 1, False, "−7.1"),
        (3, None, True, "+3"),
        (0, None, True, "0"),
        (2.25, 1, False, "2.3"),  # a half goes up, as in published tables, not to the even digit
        (-0.04, 1, True, "0.0"),  # never a minus before nothing
        (1e6, None, False, "1,000,000"),
    ],
)
def test_numbers(value: float, decimals: int | None, signed: bool, words: str) -> None:
    assert number(value, decimals, signed=signed) == words


@pytest.mark.parametrize(
    ("value", "role", "words"),
    [
        (0, Role.CHANGE, "="),
        (2, Role.CHANGE, "+2"),
        (-2, Role.CHANGE, "−2"),
        (200.0, Role.PERCENT, "200.0%"),
        ("None", Role.PERCENT, "None"),
        (SUPPRESSED, Role.COUNT, "[c]"),
        (MISSING, Role.COUNT, "not supplied"),
        (NOT_APPLICABLE, Role.PERCENT, "–"),
        ("2016-04..2016-08", Role.PERIOD, "April to August 2016"),
        ("2022-10", Role.PERIOD, "October 2022"),
        (date(2016, 10, 27), Role.LABEL, "27 October 2016"),
        (True, Role.LABEL, "yes"),
        (12, Role.COUNT, "12"),
        (12.5, Role.VALUE, "12.5"),
    ],
)
def test_cells(value: Cell, role: Role, words: str) -> None:
    decimals = 1 if role in (Role.PERCENT, Role.VALUE) else None
    assert cell(value, Column("x", role, "X", decimals=decimals)) == words


def test_percentage_points_carry_a_sign_and_no_percent_sign() -> None:
    assert cell(2.1, Column("x", Role.PERCENT, "X", decimals=1, unit="percentage points")) == "+2.1"


@pytest.mark.parametrize(
    ("value", "style", "words"),
    [
        (-4, "size", "4"),
        (-5.26, "percent-size", "5.3%"),
        (66, "count", "66"),
        (12, "signed", "+12"),
        (18.18, "percent", "18.2%"),
        (-4.1, "signed-percent", "−4.1%"),
        (3.456, "rate", "3.5"),
        (1.012, "ratio", "1.01"),
        ("2022-10", "month", "October 2022"),
        (MISSING, "count", "not supplied"),
        (NOT_APPLICABLE, "percent", "not applicable"),
    ],
)
def test_cells_in_a_sentence(value: Cell, style: str, words: str) -> None:
    assert spoken(value, style) == words


def test_words_that_are_not_a_month_stay() -> None:
    assert when("last year") == "last year"
