"""Can a published percentage be right? The whole numbers that are consistent with it.

N. J. L. Brown and J. A. J. Heathers (2017), "The GRIM test: a simple technique detects numerous anomalies in the reporting of
results in psychology", Social Psychological and Personality Science 8(4): a share of n whole things can only take n + 1 values.
Percentages come as text in `Decimal`, since the number of decimals printed is what fixes the range. A value that lies just half
a step away is allowed, so that every usual way of rounding is.
"""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction


def margin(percent: Decimal) -> Fraction:
    """Half of the last decimal place printed, in percent: 0.05 for 74.6, 0.5 for 70."""
    exponent = percent.as_tuple().exponent
    assert isinstance(exponent, int), "a percentage is a finite number"
    return Fraction(1, 2 * 10 ** max(0, -exponent))


def possible_counts(percent: Decimal, whole: int) -> range:
    """The counts out of `whole` that round to `percent`; an empty range when there is none. Raises ValueError for a whole below 1."""
    if whole < 1:
        raise ValueError("a share needs a whole of at least one")
    stated, half = Fraction(percent), margin(percent)
    low = max(0, math.ceil((stated - half) * whole / 100))
    high = min(whole, math.floor((stated + half) * whole / 100))
    return range(low, high + 1)


def possible_bases(percent: Decimal, difference: int) -> range:
    """The earlier counts of which `difference` (its sign is not looked at) is `percent`; empty when there is none.

    A percentage that rounds to nought fits every base above a bound; the range then ends at the largest count that is looked at.
    """
    size, stated, half = abs(difference), Fraction(percent), margin(percent)
    low = math.ceil(Fraction(100 * size) / (stated + half))
    high = math.floor(Fraction(100 * size) / (stated - half)) if stated > half else LARGEST
    return range(max(1, low), high + 1)


LARGEST = 10**9
"""No count of a partnership is larger; it ends a range that has no end of its own."""
