"""How a cell is written for people: thousands with a comma, minus as −, months in words, no change as “=”.

One place, so that a table, a sentence, a chart's label and a screen agree on the spelling of a number.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from .cells import NOT_APPLICABLE, Cell, Mark
from .findings import Column, Role
from .periods import Period, is_month, month_name

MINUS = "−"
NO_CHANGE = "="
NUMERIC = frozenset(
    {Role.COUNT, Role.BASE, Role.VALUE, Role.LOWER, Role.UPPER, Role.CHANGE, Role.PERCENT},
)
"""Roles whose cells are numbers: set right in a table."""


def number(value: float, decimals: int | None = None, *, signed: bool = False) -> str:
    """1,234 · −7.1 · +3. Rounds halves away from zero, as published tables do. `decimals` None is a whole number."""
    step = Decimal(1).scaleb(-(decimals or 0))
    rounded = Decimal(repr(value) if isinstance(value, float) else value).quantize(step, ROUND_HALF_UP)
    sign = MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
    return f"{sign}{abs(rounded):,}"


def day(value: date) -> str:
    """27 October 2016."""
    return f"{value.day} {month_name(value.strftime('%Y-%m'))}"


def when(text: str) -> str:
    """October 2022 for 2022-10, April to August 2016 for 2016-04..2016-08; other words as they are."""
    start, _, end = text.partition("..")
    if is_month(start) and is_month(end or start):
        return Period(start, end or start).label()
    return text


def cell(value: Cell, column: Column) -> str:
    """The words for one cell of a table. Marks say themselves: “[c]”, “not supplied”, “–”."""
    if isinstance(value, Mark):
        return str(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, str):
        return when(value) if column.role is Role.PERIOD else value
    return _numeric(value, column)


def _numeric(value: float, column: Column) -> str:
    points = "point" in column.unit
    if column.role is Role.CHANGE:
        return NO_CHANGE if value == 0 else number(value, column.decimals, signed=True)
    if column.role is Role.PERCENT and not points:
        return f"{number(value, column.decimals)}%"
    if column.role is Role.PERCENT:
        return number(value, column.decimals, signed=True)
    if column.role in (Role.LABEL, Role.AREA, Role.PERIOD, Role.FIGURE, Role.IDENTIFIER):
        return str(value)
    return number(value, column.decimals)


_SIZES = {"size": "count", "percent-size": "percent", "rate-size": "rate"}


def spoken(value: Cell, style: str, decimals: int | None = None) -> str:
    """The words for one cell inside a sentence. style: count, signed, size, percent, signed-percent, percent-size, points, rate,
    ratio, signed-rate, rate-size, text, period, month. A size has no sign: “fell by 4 (5.3%)”."""
    if value is NOT_APPLICABLE:
        return "not applicable"
    if isinstance(value, Mark | bool | date):
        return cell(value, Column("", Role.LABEL, ""))
    if isinstance(value, str):
        return when(value)
    if style in _SIZES:
        value, style = abs(value), _SIZES[style]
    if style in ("percent", "signed-percent"):
        return f"{number(value, 1 if decimals is None else decimals, signed=style == 'signed-percent')}%"
    if style in ("points", "signed-rate"):
        return number(value, 1 if decimals is None else decimals, signed=True)
    if style in ("rate", "ratio"):
        return number(value, decimals if decimals is not None else 2 if style == "ratio" else 1)
    return number(value, decimals, signed=style == "signed")
