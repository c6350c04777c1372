"""What a cell may hold besides a number or words: hidden, or not supplied. Neither is zero, and they are not each other.

A sum of weights is a number that knows how many records are behind it, for those are what must not be too few to show.
"""

from __future__ import annotations

from datetime import date
from enum import Enum


class Mark(Enum):
    """SUPPRESSED: there is a number and it may not be shown. MISSING: nobody supplied one. NOT_APPLICABLE: there can be none."""

    SUPPRESSED = "[c]"
    MISSING = "not supplied"
    NOT_APPLICABLE = "–"

    def __str__(self) -> str:
        return self.value


SUPPRESSED = Mark.SUPPRESSED
MISSING = Mark.MISSING
NOT_APPLICABLE = Mark.NOT_APPLICABLE

Cell = int | float | str | bool | date | Mark


class Weighed(float):
    """A sum of weights, such as days of sentence, and how many records it is the sum of: one grave offence is thousands of days, and
    still one person's. Sums and differences of such numbers keep the count; any other arithmetic gives a plain number."""

    rows: int

    def __new__(cls, value: float, rows: int) -> Weighed:
        made = super().__new__(cls, value)
        made.rows = rows
        return made

    def __getnewargs__(self) -> tuple[float, int]:  # type: ignore[override]
        return float(self), self.rows

    def __add__(self, other: float) -> float:
        whole = float(self) + other
        if isinstance(other, Weighed):
            return Weighed(whole, self.rows + other.rows)
        return Weighed(whole, self.rows) if other == 0 else whole

    __radd__ = __add__

    def __sub__(self, other: float) -> float:
        rest = float(self) - other
        return Weighed(rest, self.rows - other.rows) if isinstance(other, Weighed) else rest


def how_many(count: float) -> float:
    """How many records a count is of: itself, unless it is a sum of weights."""
    return count.rows if isinstance(count, Weighed) else count
