"""Runs about a centre line, after Anhøj, and charts in phases: limits worked out afresh from stated points on."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import spc
from .spc_rules import Rules

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Runs:
    """Of one series: points that are not on the centre line; the longest run on one side and the longest that chance allows;
    how often the line is crossed and how often, at the least, by chance."""

    useful: int
    longest: int
    longest_by_chance: int
    crossings: int
    fewest_by_chance: int

    @property
    def shift(self) -> bool:
        """Whether either test says that the series is not one level with chance about it."""
        return self.longest > self.longest_by_chance or self.crossings < self.fewest_by_chance


def runs(series: ArrayLike, centre: float | None = None) -> Runs:
    """Anhøj's two tests about the median, unless another centre is given. Points on the line, and missing ones, are left out.

    The longest run by chance is log2(n) + 3, rounded (Schilling 2012); crossings are binomial with n − 1 trials, and the fewest
    is their 5% point (Anhøj and Olesen 2014, PLoS ONE 9(11) e113825).
    """
    from scipy.stats import binom

    y = np.asarray(series, dtype=np.float64)
    y = y[~np.isnan(y)]
    sides = np.sign(y - (np.median(y) if centre is None else centre)) if y.size else y
    sides = sides[sides != 0]
    if not sides.size:
        return Runs(0, 0, 0, 0, 0)
    crossings = int(np.count_nonzero(np.diff(sides)))
    longest = int(spc.longest_run(np.stack([sides > 0, sides < 0])).max())
    n = len(sides)
    fewest = max(0, int(binom.ppf(0.05, n - 1, 0.5))) if n > 1 else 0
    return Runs(n, longest, round(math.log2(n) + 3), crossings, fewest)


@dataclass(frozen=True)
class Phased:
    """A number for each point: the mean and limits of the phase it is in (NaN where that has too few points), its moving range within
    the phase, and its signs."""

    mean: Floats
    lower: Floats
    upper: Floats
    ranges: Floats
    range_mean: Floats
    range_limit: Floats
    signals: spc.Signals


def phased(
    series: ArrayLike,
    rules: Rules,
    *,
    starts: Sequence[int] = (),
    baseline: slice = slice(None),
    fewest: int = 2,
    screen: bool = False,
    widen: float = 1.0,
) -> Phased:
    """One series charted in phases: limits, runs and moving ranges begin afresh at each of `starts` (places in the series).

    baseline: the points that the first phase's limits come from. A phase with fewer known points than `fewest` has no limits.
    screen, widen: see `spc.limits` and `spc.widened`.
    """
    y = np.asarray(series, dtype=np.float64)
    edges = [0, *sorted({at for at in starts if 0 < at < len(y)}), len(y)]
    parts = []
    for first, last in itertools.pairwise(edges):
        chosen = baseline if first == 0 else slice(None)
        parts.append(_phase(y[first:last], rules, chosen, fewest, screen=screen, widen=widen))
    joined = {name: np.concatenate([getattr(part, name) for part in parts]) for name in (*_LEVELS, "ranges")}
    flags = [np.concatenate([getattr(part.signals, f.name) for part in parts]) for f in fields(spc.Signals)]
    return Phased(**joined, signals=spc.Signals(*flags))


def _phase(y: Floats, rules: Rules, baseline: slice, fewest: int, *, screen: bool, widen: float) -> Phased:
    found = spc.limits(y, baseline=baseline, screen=screen)
    found = found if widen == 1 else spc.widened(found, widen)
    known = np.count_nonzero(~np.isnan(y[baseline])) >= fewest
    lines = {
        name: np.full(y.shape, float(getattr(found, source)) if known else np.nan) for name, source in _LEVELS.items()
    }
    none = np.zeros(y.shape, dtype=bool)
    signals = spc.signals(y, found, rules) if known else spc.Signals(*[none] * len(fields(spc.Signals)))
    return Phased(**lines, ranges=spc.moving_ranges(y), signals=signals)


_LEVELS = {
    "mean": "mean",
    "lower": "lower",
    "upper": "upper",
    "range_mean": "moving_range",
    "range_limit": "range_limit",
}
"""Line of a chart in phases → its name in `spc.Limits`."""
