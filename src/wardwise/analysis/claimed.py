"""Could this claim be right, and could it be chance? What a reader can work out from the numbers printed in a report."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from wardwise.methods import compare, grim


@dataclass(frozen=True)
class Range:
    """Whole numbers from `low` to `high`, both included."""

    low: int
    high: int

    def __contains__(self, value: int) -> bool:
        return self.low <= value <= self.high

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.high + other.high)

    def touches(self, other: Range) -> bool:
        return self.low <= other.high and other.low <= self.high

    def words(self) -> str:
        return f"{self.low:,}" if self.low == self.high else f"{self.low:,} to {self.high:,}"


def share_fits(percent: Decimal, whole: int) -> bool:
    """Whether any whole number of `whole` rounds to the percentage (GRIM)."""
    return bool(grim.possible_counts(percent, whole))


def nearest_shares(percent: Decimal, whole: int) -> tuple[str, str]:
    """The two possible shares on either side of an impossible one, each as “203 (74.4%)”."""
    below = int(Fraction(percent) * whole / 100)
    decimals = max(0, -int(percent.as_tuple().exponent))
    low, high = (f"{count:,} ({100 * count / whole:.{decimals}f}%)" for count in (below, below + 1))
    return low, high


def base_of(percent: Decimal, difference: int) -> Range | None:
    """The earlier counts that fit “percent (n=difference)”; None when none does."""
    found = grim.possible_bases(percent, difference)
    return Range(found[0], found[-1]) if found else None


def change_fits(percent: Decimal, before: int, after: int) -> bool:
    """Whether the change from `before` to `after` rounds to the percentage. Direction is not looked at."""
    if before == 0:
        return False
    exact = abs(Fraction(100 * (after - before), before))
    return abs(exact - Fraction(percent)) <= grim.margin(percent)


def share_is(percent: Decimal, count: int, whole: int) -> bool:
    """Whether `count` of `whole` rounds to the percentage."""
    return count in grim.possible_counts(percent, whole)


def may_be_chance(before: Range, difference: int) -> bool:
    """Whether chance alone would often give the change, for the earliest and the latest base that fit (exact Poisson test)."""
    pairs = [(base, base + difference) for base in (before.low, before.high)]
    if any(after < 0 for _, after in pairs):
        return False
    return all(not compare.verdict(base, after).distinguishable for base, after in pairs)
