"""The neighbours of every place drawn anew from all other places, many times: how often is their sum as high, or as low?

A place keeps its own value, and its k neighbours are any k of the others (Anselin 1995, “conditional permutation”). One draw of enough
places serves all places: those with k neighbours take its first k. Where the place itself is among them, the next one drawn stands in for it, which
leaves any k of the others equally likely. So the sums are sorted once for each k, and a place is only looked up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .neighbours import Neighbours
from .pairs import Floats

Places = NDArray[np.intp]

ROUNDING = 1e-9
"""Sums this close, relative to the size of what is summed, are ties: adding up in another order must not break one."""


@dataclass(frozen=True)
class Tails:
    """One-sided p of every place, (1 + redraws as extreme) / (1 + redraws). Ties count on both sides, unlike in esda, which takes the lower
    tail without them. high: sums as high or higher; low: as low or lower."""

    high: Floats
    low: Floats
    redraws: int

    @property
    def two_sided(self) -> Floats:
        """Twice the smaller tail, at most 1."""
        return np.asarray(np.minimum(2 * np.minimum(self.high, self.low), 1.0))


def redrawn_sums(values: Floats, neighbours: Neighbours, redraws: int, seed: int) -> Tails:
    """The tails of each place's sum over its neighbours. The weights of one place must be alike (binary or shares): ValueError if not."""
    if not neighbours.alike:
        raise ValueError(
            "redraws need weights that are alike for all neighbours of a place: use binary weights or shares"
        )
    counts, most = neighbours.counts, int(neighbours.counts.max(initial=0))
    drawn = _draws(len(values), min(most + 1, len(values)), redraws, seed)
    sums = np.cumsum(values[drawn], axis=1)
    seen, tie = neighbours.binary().sums(values), ROUNDING * max(float(np.abs(values).max()), 1e-300) * max(most, 1)
    above, below = np.full(len(values), redraws), np.full(len(values), redraws)
    for k in np.unique(counts[counts > 0]):
        here = np.flatnonzero(counts == k)
        ordered = np.sort(sums[:, k - 1])
        above[here] = redraws - np.searchsorted(ordered, seen[here] - tie)
        below[here] = np.searchsorted(ordered, seen[here] + tie, side="right")
    _replace_own(values, counts, drawn, sums, seen, tie, above, below)
    return Tails((1 + above) / (1 + redraws), (1 + below) / (1 + redraws), redraws)


def _draws(places: int, size: int, redraws: int, seed: int) -> Places:
    """redraws × size, each row different places in random order. Rows that drew a place twice are drawn again, which leaves every row of
    different places equally likely; where that would be most rows, each is drawn without replacement."""
    chance = np.random.default_rng(seed)
    if size**2 > 2 * places:
        return np.stack([chance.choice(places, size, replace=False) for _ in range(redraws)]).reshape(redraws, size)
    drawn, again = np.empty((redraws, size), dtype=np.intp), np.arange(redraws)
    while again.size:
        drawn[again] = chance.integers(0, places, (again.size, size))
        ordered = np.sort(drawn[again], axis=1)
        again = again[(np.diff(ordered, axis=1) == 0).any(axis=1)]
    return drawn


def _replace_own(
    values: Floats, counts: Places, drawn: Places, sums: Floats, seen: Floats, tie: float, above: Places, below: Places
) -> None:
    """Where a place was drawn among its own neighbours, put the next one drawn in its stead and count that redraw again."""
    row, column = np.nonzero(np.arange(drawn.shape[1]) < counts[drawn])
    place = drawn[row, column]
    k = counts[place]
    before = sums[row, k - 1]
    after = before - values[place] + values[drawn[row, k]]
    np.add.at(above, place, (after >= seen[place] - tie).astype(np.intp) - (before >= seen[place] - tie))
    np.add.at(below, place, (after <= seen[place] + tie).astype(np.intp) - (before <= seen[place] + tie))
