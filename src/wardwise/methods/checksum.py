"""Do parts add up to their whole, as far as the rounding of each allows?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Checksum:
    """sum: of the parts. difference: sum less the stated whole. allowed: the largest difference that rounding alone could make."""

    sum: Decimal
    difference: Decimal
    allowed: Decimal

    @property
    def agrees(self) -> bool:
        return abs(self.difference) <= self.allowed


def step(values: Sequence[Decimal]) -> Decimal:
    """The step that values look rounded to: the coarsest power of ten, up to 10, that goes into all of them; for 64.9 and 72.4 it is 0.1.

    Ten is the step of published benefit counts (Department for Work and Pensions). Raises ValueError for no values.
    """
    if not values:
        raise ValueError("there is nothing to tell the rounding of")
    finest = min(int(value.normalize().as_tuple().exponent) for value in values)
    return Decimal(10) ** max(min(finest, 1), -12) if any(values) else Decimal(1)


def parts(whole: Decimal, given: Sequence[Decimal]) -> Checksum:
    """Parts against their stated whole. Each, and the whole, may be out by half a step of its rounding, so `allowed` is half a step for each
    part and half for the whole. Raises ValueError for fewer than two parts."""
    if len(given) < 2:
        raise ValueError("a whole is made of at least two parts")
    each = step([*given, whole])
    total = sum(given, Decimal(0))
    return Checksum(total, total - whole, each * (len(given) + 1) / 2)
