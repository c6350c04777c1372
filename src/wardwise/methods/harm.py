"""Harm: counts multiplied by weights, what part of it each kind makes, and how far that rests on the weights.

Arithmetic on arrays; knows nothing of crime. A kind is one entry of every array. Harm is in the unit of the weights (days).
The idea, that crimes should be weighed and not only counted, is Sherman, Neyroud and Neyroud (2016), “The Cambridge Crime Harm
Index”, Policing 10(3), 171–183; the Office for National Statistics' Crime Severity Score does the same with mean sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

NORMAL_90 = 1.6448536269514722
"""The standard normal value with 90% between it and its negative: a range read as 90% of what is plausible."""


@dataclass(frozen=True)
class Weighed:
    """harm = count × weight of each kind, in the weights' unit; total; each kind's share (0 to 1) of harm and of the count."""

    harm: Floats
    total: float
    share_of_harm: Floats
    share_of_count: Floats


@dataclass(frozen=True)
class Pareto:
    """order: kinds from most harm to least (the earlier first where equal). Cumulative shares are in that order, 0 to 1."""

    order: Whole
    harm: Floats
    count: Floats

    def reach(self, share: float) -> int:
        """The fewest kinds, taken from the top, that make up at least `share` (0 to 1) of the harm."""
        return int(np.searchsorted(self.harm, share - 1e-12)) + 1


@dataclass(frozen=True)
class Robust:
    """How a ranking stands when weights are drawn again and again. One entry a kind.

    first: share of draws (0 to 1) in which the kind does most harm. lowest, highest: its best and worst rank in the middle 90% of
    draws (1 does most harm). lower, upper: the middle 90% of its share of harm, 0 to 1.
    """

    first: Floats
    lowest: Whole
    highest: Whole
    lower: Floats
    upper: Floats


def weighed(counts: ArrayLike, weights: ArrayLike) -> Weighed:
    """Harm of each kind and its shares. Raises ValueError when there is nothing to weigh: no count, or weights that make 0."""
    n, w = _pair(counts, weights)
    harm = n * w
    total, of = float(harm.sum()), float(n.sum())
    if not of > 0:
        raise ValueError("nothing was counted, so there is nothing to weigh")
    if not total > 0:
        raise ValueError("the weights of what was counted add up to nought")
    return Weighed(harm, total, harm / total, n / of)


def pareto(harm: ArrayLike, counts: ArrayLike) -> Pareto:
    """Kinds from most harm to least with running shares. Raises ValueError as `weighed` does."""
    n, h = _pair(counts, harm)
    found = weighed(n, np.divide(h, n, out=np.zeros_like(h), where=n > 0))
    order = np.argsort(-found.harm, kind="stable")
    return Pareto(order, np.cumsum(found.share_of_harm[order]), np.cumsum(found.share_of_count[order]))


def ranks(values: ArrayLike) -> Whole:
    """Rank of each value along the last axis, 1 for the highest; equal values share the best rank."""
    x = np.asarray(values, dtype=np.float64)
    return np.asarray((x[..., None, :] > x[..., :, None]).sum(axis=-1) + 1, dtype=np.int64)


def kendall(one: ArrayLike, other: ArrayLike) -> float:
    """Kendall's tau-b of two orderings, −1 to 1: pairs in the same order less pairs in the other, ties allowed for (Kendall 1945,
    Biometrika 33, 239–251). NaN when either has all values alike."""
    x, y = _pair(one, other, signed=True)
    upper = np.triu_indices(len(x), k=1)
    a, b = np.sign(x[:, None] - x)[upper], np.sign(y[:, None] - y)[upper]
    untied = np.sqrt(float((a != 0).sum()) * float((b != 0).sum()))
    return float((a * b).sum() / untied) if untied else float("nan")


def spearman(one: ArrayLike, other: ArrayLike) -> float:
    """Spearman's rank correlation, −1 to 1, equal values at their mean rank (Spearman 1904). NaN when either has all values alike."""
    x, y = (_mean_ranks(each) for each in _pair(one, other, signed=True))
    x, y = x - x.mean(), y - y.mean()
    spread = float(np.sqrt((x**2).sum() * (y**2).sum()))
    return float((x * y).sum() / spread) if spread else float("nan")


def draws(weights: ArrayLike, low: ArrayLike, high: ArrayLike, times: int, seed: int) -> Floats:
    """`times` sets of weights drawn around `weights`, shape (times, kinds), each weight on its own.

    Two halves of log-normals that meet at the weight: 5% of draws lie below `low` and 5% above `high` (a two-piece normal of the
    logarithm: Wallis 2014, Statistical Science 29, 106–112, with equal halves). A kind without a range keeps its weight; so does one of weight 0.
    Raises ValueError when a weight lies outside its range or a range reaches to 0.
    """
    w, below = _pair(weights, low)
    above = np.asarray(high, dtype=np.float64)
    if above.shape != w.shape or bool(((below > w) | (above < w)).any()):
        raise ValueError("each weight must lie between its lowest and its highest")
    if bool(((below <= 0) & (w > 0)).any()):
        raise ValueError("a range of weights cannot reach to nought")
    z = np.random.default_rng(seed).standard_normal((times, len(w)))
    safe = np.where(w > 0, w, 1.0)
    down = np.log(safe / np.where(w > 0, below, 1.0)) / NORMAL_90
    up = np.log(np.where(w > 0, above, 1.0) / safe) / NORMAL_90
    return np.asarray(w * np.exp(np.where(z < 0, z * down, z * up)))


def robust(counts: ArrayLike, drawn: ArrayLike, groups: Sequence[int]) -> Robust:
    """How the ranking of groups by harm moves over drawn weights.

    counts: of each kind. drawn: (draws, kinds). groups: for each kind the number of its group, from 0. Raises ValueError when a
    draw makes no harm at all, or the shapes do not fit.
    """
    n, w = np.asarray(counts, dtype=np.float64), np.asarray(drawn, dtype=np.float64)
    at = np.asarray(groups, dtype=np.int64)
    if w.ndim != 2 or n.shape != at.shape or w.shape[1] != len(n) or not len(n):
        raise ValueError("counts, weights and groups must be of the same kinds")
    member = (at[:, None] == np.arange(int(at.max()) + 1)).astype(np.float64)
    harm = (w * n) @ member
    total = harm.sum(axis=1)
    if not bool((total > 0).all()):
        raise ValueError("the weights of what was counted add up to nought")
    place, share = ranks(harm), harm / total[:, None]
    low, high = np.quantile(place, [0.05, 0.95], axis=0, method="inverted_cdf")
    lower, upper = np.quantile(share, [0.05, 0.95], axis=0)
    return Robust((place == 1).mean(axis=0), low.astype(np.int64), high.astype(np.int64), lower, upper)


def mixed(counts: ArrayLike, weights: ArrayLike) -> float:
    """The mean weight of a mixture of kinds: harm over count. NaN when nothing was counted."""
    n, w = _pair(counts, weights)
    return float((n * w).sum() / n.sum()) if n.sum() > 0 else float("nan")


def _mean_ranks(x: Floats) -> Floats:
    below = (x[None, :] < x[:, None]).sum(axis=1)
    same = (x[None, :] == x[:, None]).sum(axis=1)
    return np.asarray(below + (same + 1) / 2, dtype=np.float64)


def _pair(one: ArrayLike, other: ArrayLike, *, signed: bool = False) -> tuple[Floats, Floats]:
    """Two arrays of one length, of known numbers, none below nought unless `signed`."""
    x, y = np.asarray(one, dtype=np.float64), np.asarray(other, dtype=np.float64)
    if x.ndim != 1 or x.shape != y.shape:
        raise ValueError("the two must be of the same kinds")
    both = np.concatenate([x, y])
    if not bool(np.isfinite(both).all()) or (not signed and bool((both < 0).any())):
        raise ValueError("counts and weights must be known, and none below nought")
    return x, y
