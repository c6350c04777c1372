"""Rounding as people do it on paper: exactly, once, and half away from nought.

Floating point cannot hold 6.65, and rounding a rounded number moves it: 1,086 of 16,332 is 6.6495…%, which is 6.6%,
never 6.7%. So a ratio of counts is kept exact (a Fraction) until the one moment it is shown.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

MINUS = "−"
NO_CHANGE = "="
NO_PERCENT = "None"


def half_up(value: Fraction | int | float, decimals: int = 0) -> Decimal:
    """`value` to `decimals` places, a half going away from nought. A Fraction or whole number is rounded exactly; a float is
    rounded as the shortest decimal that stands for it, so that 2.675 is 2.68."""
    exact = Fraction(repr(value)) if isinstance(value, float) else Fraction(value)
    scaled = abs(exact) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    sign = -1 if exact < 0 else 1
    return Decimal(sign * whole).scaleb(-decimals).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def percent(part: int, whole: int, decimals: int = 1) -> Decimal | None:
    """part / whole × 100, rounded once. None when there is no whole to take a share of."""
    return None if whole == 0 else half_up(Fraction(part * 100, whole), decimals)


def plain(value: Fraction | int | float, decimals: int = 0) -> str:
    """“1,086”, “6.6”, “−2”: thousands with a comma, minus as −. A value that rounds to nought has no sign."""
    rounded = half_up(value, decimals)
    text = f"{abs(rounded):,.{decimals}f}"
    return f"{MINUS}{text}" if rounded < 0 else text


def signed(value: Fraction | int | float, decimals: int = 0) -> str:
    """“+9”, “−2”, and “=” where nothing changed. A change too small to show keeps its 0 without a sign."""
    if value == 0:
        return NO_CHANGE
    text = plain(value, decimals)
    return f"+{text}" if half_up(value, decimals) > 0 else text


def signed_percent(change: int, base: int, decimals: int = 1) -> str:
    """“8.7%”, “−7.1%”, and “None” where nothing changed or there is no base: a rise carries no plus, as in the published tables."""
    if change == 0 or base == 0:
        return NO_PERCENT
    return f"{plain(Fraction(change * 100, base), decimals)}%"
