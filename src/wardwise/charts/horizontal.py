"""What charts with names down the side share: wrapped names, room for them, a value axis along the foot."""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Sequence
from typing import Any

from .vertical import vertical

_WRAP = 34  # characters of a name on one line
_ONE, _TWO = 21, 33  # px for a row with a name of one line, of two
_MANY, _CLOSE = 12, 16  # from so many rows of one line they stand closer, in px, to leave the page room for words
CHARACTER = 6.6  # px, mean width of a character of the labels


def wrapped(name: str) -> str:
    """The name on at most two lines; without what stands in brackets at its end where it is longer."""
    lines = textwrap.wrap(name, _WRAP)
    if len(lines) > 2:
        lines = textwrap.wrap(re.sub(r"\s*\([^)]*\)$", "", name), _WRAP)
    if len(lines) < 2:
        return "".join(lines)
    return "\n".join([lines[0], textwrap.shorten(" ".join(lines[1:]), _WRAP, placeholder=" …")])


def names(order: Sequence[str], *, labels: bool = True) -> dict[str, Any]:
    """The y encoding: names in the order given."""
    axis = (
        {"title": None, "labelExpr": "split(datum.label, '\\n')", "labelOverlap": False, "labelPadding": 8}
        if labels
        else None
    )
    return {"field": "name", "type": "nominal", "sort": list(order), "axis": axis, "scale": {"domain": list(order)}}


def height(order: Sequence[str], extra: int = 55) -> int:
    """Pixels for the rows and, in `extra`, for the axis and the legend."""
    row = _TWO if any("\n" in name for name in order) else _CLOSE if len(order) > _MANY else _ONE
    return max(2, len(order)) * row + extra


def margin(order: Sequence[str]) -> float:
    """Pixels that the names take."""
    return max((len(line) for name in order for line in name.split("\n")), default=0) * CHARACTER + 14


def across(values: Sequence[float | None], *, label: str, zero: bool, plot: float, title: str = "") -> dict[str, Any]:
    """The x encoding of a value axis that holds the values and, beyond the highest, room for the longest label in `plot` px."""
    known = [value for value in values if value is not None] or [0, 1]
    low = 0 if zero or min(known) > 0 else min(known)
    taken = min(0.5, (len(label) * CHARACTER + 16) / plot)
    wanted = low + (max(known) - low) / (1 - taken)
    ticks = vertical([low, max(known)], zero=True)
    values_shown = [ticks.bottom + i * ticks.step for i in range(math.floor((wanted - ticks.bottom) / ticks.step) + 1)]
    shown = [round(v, 6) for v in values_shown if v <= max(known) * 1.001 or v <= ticks.step]
    axis = {
        "values": shown,
        "format": ",~f",
        "title": title or None,
        "grid": True,
        "domain": False,
        "ticks": False,
        "labelFlush": False,
    }
    return {"type": "quantitative", "scale": {"domain": [min(low, ticks.bottom), wanted], "nice": False}, "axis": axis}
