"""Charts for what happens too seldom to count by the month: the time, or the number of chances, between one event and the next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import spc

Floats = NDArray[np.float64]

NELSON = 3.6
"""Times between events are raised to 1 / 3.6, which makes exponential times nearly normal (Nelson 1994, J. Quality Technology 26)."""

SIGMAS = 3.0
"""Limits lie three standard deviations from the mean (Shewhart 1931)."""

RARE = 0.01
"""Shares of either tail of the geometric law within which a gap is usual: one gap in a hundred is below, one above. Three
standard deviations would never mark a short gap (the limit falls below nought), which is the sign that matters most."""


@dataclass(frozen=True)
class Gaps:
    """centre: the usual gap. lower, upper: limits, in the unit of the gaps; a lower limit of 0 marks nothing.

    fewer: gaps above the upper limit, so events have become fewer. more: gaps below the lower limit, so events come faster.
    """

    gaps: Floats
    centre: float
    lower: float
    upper: float

    @property
    def fewer(self) -> NDArray[np.bool_]:
        return np.asarray(self.gaps > self.upper, dtype=np.bool_)

    @property
    def more(self) -> NDArray[np.bool_]:
        return np.asarray(self.gaps < self.lower, dtype=np.bool_)


def between(days: ArrayLike) -> Floats:
    """Gaps between the days (or any times) of events, in order of time. Two events on one day are 0 apart."""
    return np.asarray(np.diff(np.sort(np.asarray(days, dtype=np.float64))))


def times(
    gaps: ArrayLike, *, baseline: slice = slice(None), screen: bool = False, factor: float = spc.LIMIT_FACTOR
) -> Gaps:
    """t chart: times between events, on Nelson's scale, charted as XmR and put back into time.

    screen: leave outlying moving ranges out, as qicharts2 does; it also takes factor 3 / 1.128.
    """
    y = np.asarray(gaps, dtype=np.float64)
    found = spc.limits(y ** (1 / NELSON), baseline=baseline, screen=screen)
    reach = factor * float(found.moving_range)
    low, mid, high = float(found.mean) - reach, float(found.mean), float(found.mean) + reach
    return Gaps(y, mid**NELSON, max(low, 0.0) ** NELSON, high**NELSON)


def chances(gaps: ArrayLike, *, baseline: slice = slice(None), three_sigma: bool = False) -> Gaps:
    """g chart: how many chances (days, cases, months) without an event lie between two events, geometric.

    Limits are the quantiles of the geometric law with the same mean at `RARE` in either tail; three_sigma gives the first form
    instead, mean ± 3 √(mean (mean + 1)) (Kaminsky, Benneyan, Davis and Burke 1992, J. Quality Technology 24).
    """
    y = np.asarray(gaps, dtype=np.float64)
    mean = float(np.mean(y[baseline])) if len(y[baseline]) else float("nan")
    if three_sigma:
        reach = SIGMAS * float(np.sqrt(mean * (mean + 1)))
        return Gaps(y, mean, max(mean - reach, 0.0), mean + reach)
    return Gaps(y, mean, _quantile(RARE, mean), _quantile(1 - RARE, mean))


def _quantile(share: float, mean: float) -> float:
    """The smallest g with P(gap ≤ g) ≥ share, where P(gap > g) = (1 − p)^(g + 1) and p = 1 / (mean + 1)."""
    if not mean > 0:
        return mean
    return float(max(0.0, np.ceil(np.log1p(-share) / np.log(mean / (mean + 1)) - 1 - 1e-9)))
