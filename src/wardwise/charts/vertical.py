"""The height of a chart: one declared range for all its layers, so that words can be kept apart before anything is drawn."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .theme import HEIGHT, LABEL, WIDTH

_LINE = LABEL + 3  # px from one line of labels to the next
_CHARACTER = 6.6  # px, mean width of a character of 13 px Source Sans Pro, digits included
_PLOT = HEIGHT - 75  # px of the height left for the plot by the legend and a two-line time axis


@dataclass(frozen=True)
class Vertical:
    """bottom, top: of the axis, in the unit drawn. step: between its ticks."""

    bottom: float
    top: float
    step: float

    def of(self, field: str, *, grid: bool = False) -> dict[str, Any]:
        """The y encoding of a field: the same scale and axis in every layer."""
        ticks = [self.bottom + i * self.step for i in range(round((self.top - self.bottom) / self.step) + 1)]
        return {
            "field": field,
            "type": "quantitative",
            "title": None,
            "scale": {"domain": [self.bottom, self.top], "nice": False, "zero": False},
            "axis": {
                "values": [round(t, 6) for t in ticks],
                "format": ",~f",
                "title": None,
                "labelOverlap": False,
                "grid": grid,
            },
        }

    @property
    def said(self) -> str:
        """What a reader must be told about the axis; empty when it starts at 0."""
        return "" if self.bottom <= 0 else "The upright axis does not start at 0."

    def apart(self, heights: Sequence[float], plot: float = _PLOT) -> list[float]:
        """The same heights, highest first, moved down just enough for a line of type to fit between each two."""
        gap = (self.top - self.bottom) * _LINE / plot
        placed: list[float] = []
        for y in heights:
            placed.append(min(y, placed[-1] - gap) if placed else y)
        return placed


def vertical(values: Sequence[float | None], *, labels_above: int = 0, zero: bool = False) -> Vertical:
    """A round range with about five ticks that holds the values. It starts at 0 when asked, or when 0 is near enough that the
    points keep half the height; labels_above keeps that many lines of type free at the top."""
    known = [value for value in values if value is not None] or [0, 1]
    low, high = min(known), max(known)
    from_zero = zero or low < 0 or low <= high / 2
    low = min(low, 0) if from_zero else low
    high += (high - low or 1) * labels_above * _LINE / _PLOT * 1.2
    step = _round_step((high - low or high or 1) / 4)
    bottom = math.floor(low / step) * step
    top = max(math.ceil(high / step) * step, bottom + step)
    return Vertical(bottom, top, step)


def _round_step(size: float) -> float:
    """1, 2, 2.5 or 5 times a power of ten, at least `size`; whole numbers from 1 up."""
    power = 10 ** math.floor(math.log10(size))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= size * 0.999)
    return float(math.ceil(step)) if step > 1 else step


def room(labels: Sequence[str]) -> float:
    """Share of the months to leave free at the right for the longest label."""
    needed = max((len(label) for label in labels), default=0) * _CHARACTER + 14
    return needed / (WIDTH - 45 - needed)
