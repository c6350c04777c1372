"""Fellegi and Sunter's weights counted on labelled pairs, and what a threshold costs in precision and recall.

Source: Fellegi & Sunter 1969, "A theory for record linkage", Journal of the American Statistical Association 64, 1183-1210.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .rates import wilson

Floats = NDArray[np.float64]
SMOOTHING = 0.5
"""Added to each level's count, so that a level that never came up is unlikely and not impossible (Jeffreys 1946, for a multinomial)."""


@dataclass(frozen=True)
class Weights:
    """m, u: the share of pairs that are one person, and of those that are two, at each level. bits: log2(m / u)."""

    m: Floats
    u: Floats
    bits: Floats


@dataclass(frozen=True)
class Quality:
    """Of pairs at or above `threshold`. precision: how many are right; recall: how many of all true pairs, those never compared
    included, are found; each with its 95% limits (Wilson). NaN precision where no pair is taken."""

    threshold: float
    taken: int
    right: int
    true: int
    precision: tuple[float, float, float]
    recall: tuple[float, float, float]


def weights(levels: ArrayLike, matched: ArrayLike, kinds: int) -> Weights:
    """Counted from labelled pairs. levels: 0 to kinds − 1, −1 where a value is missing (left out). matched: True for one person.

    Raises ValueError when either kind of pair is lacking.
    """
    level, same = np.asarray(levels, dtype=np.int64), np.asarray(matched, dtype=bool)
    if level.shape != same.shape or (level < -1).any() or (level >= kinds).any():
        raise ValueError(f"there is one level, −1 to {kinds - 1}, for each pair")
    known = level >= 0
    if not (same & known).any() or not (~same & known).any():
        raise ValueError("weights need pairs that are one person and pairs that are two")
    m, u = (_shares(level[known & kind], kinds) for kind in (same, ~same))
    return Weights(m, u, np.log2(m / u))


def _shares(levels: NDArray[np.int64], kinds: int) -> Floats:
    counts = np.bincount(levels, minlength=kinds) + SMOOTHING
    return np.asarray(counts / counts.sum(), dtype=np.float64)


def quality(probability: ArrayLike, matched: ArrayLike, threshold: float, missed: int = 0) -> Quality:
    """missed: true pairs that were never compared, because no blocking rule brought them together."""
    chance, same = np.asarray(probability, dtype=np.float64), np.asarray(matched, dtype=bool)
    if chance.shape != same.shape or missed < 0:
        raise ValueError("there is one probability and one label for each pair")
    taken = chance >= threshold
    right, true = int((taken & same).sum()), int(same.sum()) + missed
    return Quality(threshold, int(taken.sum()), right, true, _share(right, int(taken.sum())), _share(right, true))


def _share(part: int, whole: int) -> tuple[float, float, float]:
    if not whole:
        return (float("nan"),) * 3
    limits = wilson(part, whole)
    return part / whole, float(limits.lower), float(limits.upper)


def lowest_threshold(probability: ArrayLike, matched: ArrayLike, precision: float) -> float | None:
    """The lowest probability at which at least `precision` of the pairs taken are one person; None when there is none.

    Every pair with that probability or more is taken; recall only falls as the threshold rises, so the lowest has the most.
    """
    chance, same = np.asarray(probability, dtype=np.float64), np.asarray(matched, dtype=bool)
    order = np.argsort(-chance, kind="stable")
    chance, right = chance[order], np.cumsum(same[order])
    last = np.append(chance[1:] != chance[:-1], True) if len(chance) else np.zeros(0, dtype=bool)
    good = last & (right >= precision * np.arange(1, len(chance) + 1) - 1e-9)
    return float(chance[np.flatnonzero(good)[-1]]) if good.any() else None
