"""The checks, one after another, and what they found in the order of the report."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from . import agreement, comparisons, people, percentages, sums
from .doubts import Doubt
from .reading import read
from .text import Text

CHECKS: dict[str, tuple[Callable[[Text], Iterator[Doubt]], ...]] = {
    "possible": (percentages.possible,),
    "arithmetic": (percentages.follows,),
    "sum": (sums.tables, sums.splits),
    "two-values": (agreement.two_values,),
    "unit": (percentages.units,),
    "period": (comparisons.periods,),
    "base": (percentages.bases,),
    "count": (percentages.uncounted,),
    "release": (comparisons.releases,),
    "definition": (comparisons.definitions,),
    "small-numbers": (comparisons.small_numbers,),
    "overlap": (sums.themes,),
    "chance": (comparisons.chance,),
    "named-person": (people.named,),
}
"""Every check by its name, the gravest first."""


def check_file(path: Path) -> tuple[Doubt, ...]:
    """Read a report and check it. Raises WardwiseError when it cannot be read."""
    return check_text(read(path))


def check_text(text: Text) -> tuple[Doubt, ...]:
    """Every doubt about the report, once, in the order in which a reader meets them."""
    found = [doubt for checks in CHECKS.values() for check in checks for doubt in check(text)]
    return tuple(sorted(dict.fromkeys(found), key=lambda doubt: _order(doubt, text)))


def _order(doubt: Doubt, text: Text) -> tuple[int, list[int]]:
    orders = {grid.place: grid.order for grid in text.grids} | {
        passage.place: passage.order for passage in text.passages
    }
    return orders.get(doubt.place, 0), [int(n) for n in re.findall(r"\d+", doubt.place)]
