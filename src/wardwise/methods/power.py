"""How long must a pilot run to see a fall of a given size? Asked before starting, of counts in a target and a comparison area.

The standard error of the log of a ratio of Poisson rates is the root of the sum of one over each expected count (Rothman & Greenland,
Modern Epidemiology, 1998, chapter 14), widened by how much more than chance the months vary.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from .rates import _normal

USUAL_POWER = 0.8
"""Four chances in five of seeing the fall (Cohen 1988)."""


@dataclass(frozen=True)
class Pilot:
    """What is planned. rate: events a month expected in the target area; comparison_rate: in the comparison area, None when there is
    none. months_before: months known before the start. dispersion: variance of the months over their mean, 1 for chance alone."""

    rate: float
    months_before: float
    comparison_rate: float | None = None
    dispersion: float = 1.0

    def __post_init__(self) -> None:
        if (
            self.rate <= 0
            or self.months_before <= 0
            or (self.comparison_rate is not None and self.comparison_rate <= 0)
        ):
            raise ValueError("a pilot needs events to expect, and months before it to compare with")


def power_of(pilot: Pilot, fall: float, months: float, confidence: float = 0.95) -> float:
    """The chance that a pilot of `months` shows a true fall of `fall` (0.2 for 20%) at two-sided `confidence`."""
    from scipy.special import ndtr

    return float(ndtr(abs(math.log(1 - _share(fall))) / _error(pilot, fall, months) - _normal(confidence)))


def months_needed(
    pilot: Pilot, fall: float, power: float = USUAL_POWER, confidence: float = 0.95, longest: int = 120
) -> int | None:
    """The fewest whole months with that power; None when even `longest` months are not enough, because the months before or the
    comparison area hold too few events."""
    if power_of(pilot, fall, longest, confidence) < power:
        return None
    low, high = 0, longest
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if power_of(pilot, fall, middle, confidence) >= power else (middle, high)
    return high


def smallest_fall(pilot: Pilot, months: float, power: float = USUAL_POWER, confidence: float = 0.95) -> float | None:
    """The smallest fall that a pilot of `months` would show with that power, to a tenth of a percent; None when none would."""
    return next((n / 1000 for n in range(1, 1000) if power_of(pilot, n / 1000, months, confidence) >= power), None)


def _error(pilot: Pilot, fall: float, months: float) -> float:
    target = 1 / (pilot.rate * pilot.months_before) + 1 / (pilot.rate * (1 - fall) * months)
    other = pilot.comparison_rate
    beside = 0.0 if other is None else 1 / (other * pilot.months_before) + 1 / (other * months)
    return math.sqrt(max(pilot.dispersion, 1.0) * (target + beside))


def _share(fall: float) -> float:
    if not 0 < fall < 1:
        raise ValueError("a fall lies between nothing and everything: write 0.2 for 20%")
    return fall
