"""One quantity with two values: a number in the words that is nearly, but not quite, the one in the table beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .doubts import Doubt, Level, quoted
from .numbers import NUMBER, whole
from .text import Text, is_count

NEAR = 0.05
"""Numbers within 5% of each other are taken to be meant as the same one."""
SMALLEST = 1000
"""Smaller numbers are too often near each other without being the same thing."""


def two_values(text: Text) -> Iterator[Doubt]:
    """A doubt for each number in the words of a section that is near a table's number under the same name, and differs."""
    for grid in text.grids:
        for row in grid.rows:
            name, value = _named(row)
            if not name or value < SMALLEST:
                continue
            for passage in text.section(grid.heading):
                for found in re.finditer(NUMBER, passage.text):
                    said = whole(found[0])
                    beside = passage.text[max(0, found.start() - 12) : found.end() + 40]
                    if (
                        said != value
                        and abs(said - value) <= NEAR * value
                        and name in beside
                        and not _rounded(said, value)
                    ):
                        why = f"The text says {said:,}, the table says {value:,} for “{row[0]}”."
                        yield Doubt(
                            "two-values",
                            Level.WRONG,
                            passage.place,
                            quoted(beside),
                            why,
                            "Ask which is right, and whether both are of the same day.",
                        )


def _named(row: tuple[str, ...]) -> tuple[str, int]:
    """The row's first word in capitals, such as ESA, and its first number."""
    name = re.search(r"\b[A-Z]{2,}\b", row[0])
    numbers = [cell for cell in row[1:] if is_count(cell) and "." not in cell and "%" not in cell]
    return (name[0] if name else "", whole(numbers[0]) if numbers else 0)


def _rounded(said: int, value: int) -> bool:
    return any(said == round(value / step) * step for step in (100, 500, 1000))
