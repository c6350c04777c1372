"""Bands of distance or of days, as near-repeat tables use them: each from its lower end up to but not including its upper end."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Bands:
    """breaks: from 0, rising, one more than there are bands; the last may be infinite. labels: what each band is called.

    Raises ValueError when the breaks do not start at 0 and rise, or when there is not one label for each band.
    """

    breaks: tuple[float, ...]
    labels: tuple[str, ...]

    def __post_init__(self) -> None:
        rising = all(a < b for a, b in pairwise(self.breaks))
        if len(self.breaks) < 2 or self.breaks[0] != 0 or not rising:
            raise ValueError("bands start at 0 and each ends after the one before")
        if len(self.labels) != len(self):
            raise ValueError("each band needs one label")

    def __len__(self) -> int:
        return len(self.breaks) - 1

    @property
    def open_ended(self) -> bool:
        return math.isinf(self.breaks[-1])

    @property
    def closed(self) -> tuple[float, ...]:
        """The upper ends that are finite."""
        return self.breaks[1:-1] if self.open_ended else self.breaks[1:]


SAME_PLACE = math.ulp(0.0)
"""The upper end of a band that holds a distance of 0 and nothing else: the smallest number above it."""


def between(*breaks: float) -> Bands:
    """Bands as NearRepeat (R, Steenbeek) writes them: between(0, 1, 201, math.inf) is [0,1), [1,201), [201,Inf)."""
    ends = ["Inf" if math.isinf(end) else f"{end:g}" for end in breaks]
    return Bands(tuple(breaks), tuple(f"[{a},{b})" for a, b in pairwise(ends)))


def steps(width: float, count: int, unit: str, *, same_place: bool = False) -> Bands:
    """`count` bands of `width`, and one for all beyond: “under 200 m”, “200 to under 400 m”, “400 m or more”. same_place: first a band
    of its own for a distance of 0. For whole days use `days`, whose labels name the days themselves."""
    ends = [width * step for step in range(1, count + 1)]
    first = f"over 0 and under {width:g} {unit}" if same_place else f"under {width:g} {unit}"
    labels = [first, *(f"{a:g} to under {b:g} {unit}" for a, b in pairwise(ends)), f"{ends[-1]:g} {unit} or more"]
    if same_place:
        return Bands((0.0, SAME_PLACE, *ends, math.inf), ("same place", *labels))
    return Bands((0.0, *ends, math.inf), tuple(labels))


def days(width: int, count: int) -> Bands:
    """`count` bands of `width` whole days, and one for all later: days(7, 2) is “0 to 6 days”, “7 to 13 days”, “14 days or more”."""
    starts = range(0, width * count, width)
    labels = [f"{a} to {a + width - 1} days" if width > 1 else f"{a} days" for a in starts]
    return Bands((*map(float, starts), float(width * count), math.inf), (*labels, f"{width * count} days or more"))


def calculator_distance(width: int, count: int) -> Bands:
    """Distance bands of Ratcliffe's Near Repeat Calculator 1.3, with its labels. They are off by one: what it calls “201 to 400” is
    [200, 400) (NearRepeat's vignette “NRC”; golden case NR-1). For comparing with published tables only."""
    ends = [float(width * step) for step in range(1, count + 1)]
    labels = [f"{width * step + 1} to {width * (step + 1)}" for step in range(count)]
    return Bands((0.0, SAME_PLACE, *ends, math.inf), ("Same location", *labels, f"More than {width * count}"))


def calculator_days(width: int, count: int) -> Bands:
    """Day bands of Ratcliffe's calculator, with its labels, off by one as well: what it calls “8 to 14” is [7, 14), and “0 to 7” is [0, 7)."""
    ends = [float(width * step) for step in range(1, count + 1)]
    later = [f"{width * step + 1} to {width * (step + 1)}" for step in range(1, count)]
    return Bands((0.0, *ends, math.inf), (f"0 to {width}", *later, f"More than {width * count}"))


def at_most(limit: float) -> Bands:
    """Two bands: up to and including `limit`, and beyond, as Knox (1964) and pointpats split them."""
    return Bands((0.0, math.nextafter(limit, math.inf), math.inf), (f"at most {limit:g}", f"over {limit:g}"))
