"""Ranks with ties, and how many of several went up or down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

DRAWS, SEED = 10_000, 1996
"""Simulated rankings, and the seed that makes them the same every time."""


@dataclass(frozen=True)
class Place:
    """rank 1 is the highest value. Tied values share the best rank (1, 2, 2, 4). of: how many could be ranked."""

    rank: int
    of: int
    tied: int

    @property
    def from_bottom(self) -> int:
        """Rank counted from the lowest value, which is 1."""
        return self.of - (self.rank + self.tied - 1) + 1


@dataclass(frozen=True)
class Tally:
    """How many rose, fell and stayed the same; unknown: those without both values, never counted as the same."""

    rose: int
    fell: int
    same: int
    unknown: int

    @property
    def of(self) -> int:
        """How many could be told: those with both values."""
        return self.rose + self.fell + self.same


@dataclass(frozen=True)
class RankRange:
    """best and worst: the ranks between which the simulated rank lies 19 times in 20. top: the share of them in which it was
    first; bottom: last."""

    best: int
    worst: int
    top: float
    bottom: float


def places(values: Mapping[str, float | None]) -> dict[str, Place]:
    """Each name's place among the values that are known. A name without a value has no place."""
    known = {name: value for name, value in values.items() if value is not None}
    ordered = sorted(known.values(), reverse=True)
    return {name: Place(ordered.index(value) + 1, len(ordered), ordered.count(value)) for name, value in known.items()}


def tally(before: Sequence[float | None], after: Sequence[float | None]) -> Tally:
    """How many of paired values rose, fell or stayed. Raises ValueError when the two are not of one length."""
    pairs = list(zip(before, after, strict=True))
    known = [(b, a) for b, a in pairs if b is not None and a is not None]
    rose, fell = sum(a > b for b, a in known), sum(a < b for b, a in known)
    return Tally(rose, fell, len(known) - rose - fell, len(pairs) - len(known))


def steps(values: Mapping[str, float | None], classes: int) -> dict[str, int]:
    """The class of each known value, 1 (lowest) to `classes`, each holding as near an equal number as ties allow: a value's class
    follows the share of values below it, so equal values share a class. A name without a value has none."""
    known = {name: value for name, value in values.items() if value is not None}
    ordered = sorted(known.values())
    return {name: 1 + ordered.index(value) * classes // len(ordered) for name, value in known.items()}


def rank_ranges(
    counts: Mapping[str, float],
    bases: Mapping[str, float],
    confidence: float = 0.95,
    *,
    share: bool = False,
    draws: int = DRAWS,
    seed: int = SEED,
) -> dict[str, RankRange]:
    """How firm each area's rank is, 1 the highest rate: the middle `confidence` of its ranks when every area's rate is drawn from
    what its count allows, a gamma with shape count + ½ over the base, or for a share a beta (Jeffreys' priors for a Poisson
    rate and for a proportion).

    Goldstein & Spiegelhalter (1996), “League tables and their limitations”, Journal of the Royal Statistical Society A 159.
    An area with a base of nought or less raises ValueError.
    """
    import numpy as np

    names = list(counts)
    if any(bases[name] <= 0 for name in names):
        raise ValueError("every area that is ranked needs a base above nought")
    x, base = np.array([counts[name] for name in names]), np.array([bases[name] for name in names])
    chance, shape = np.random.default_rng(seed), (draws, len(names))
    rates = chance.beta(x + 0.5, base - x + 0.5, shape) if share else chance.gamma(x + 0.5, 1 / base, shape)
    drawn = (-rates).argsort(axis=1).argsort(axis=1) + 1
    tail = (1 - confidence) / 2
    best, worst = np.quantile(drawn, [tail, 1 - tail], axis=0, method="inverted_cdf")
    first, last = (drawn == 1).mean(axis=0), (drawn == len(names)).mean(axis=0)
    return {
        name: RankRange(int(best[i]), int(worst[i]), float(first[i]), float(last[i])) for i, name in enumerate(names)
    }
