"""How well did a map of hotspots foresee where events happened? Three indices, for every number of areas from one to all.

Sources: Chainey, Tompson & Uhlig 2008, Security Journal 21, 4-28 (prediction accuracy index); Hunt 2016, "Do crime hot spots
move?", American University (prediction efficiency index); the recapture rate index as in
Levine 2008, Security Journal 21, 295-302, here events foreseen over events that came.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

DRAWS = 2000
"""Draws behind the limits of a choice by lot: their ends then vary by about a twentieth of their width (Efron & Tibshirani 1993, chapter 13)."""
SEED = 20081208


@dataclass(frozen=True)
class Accuracy:
    """Arrays as long as the areas, those foreseen to have most first; place i is about the first i + 1 areas together.

    order: the areas' numbers. share: of all events that came. area: of all land. pai: share / area, 1 is no better than chance.
    pei: events caught over the most that as much land could have caught, 1 is best. rri: foreseen over came, 1 is well judged.
    """

    order: NDArray[np.int64]
    share: Floats
    area: Floats
    pai: Floats
    pei: Floats
    rri: Floats


def accuracy(came: ArrayLike, foreseen: ArrayLike, size: ArrayLike | None = None) -> Accuracy:
    """The three indices. came: events of each area in the period that was foreseen. foreseen: events, or a score, by which areas are
    taken in turn (for each unit of land). size: land of each area, in any unit; all alike unless given.

    An index that has nothing to divide by is NaN. Raises ValueError when lengths differ, nothing came, or an area has no land.
    """
    x, p, land = _checked(came, foreseen, size)
    order = np.argsort(-p / land, kind="stable")
    caught, covered = np.cumsum(x[order]), np.cumsum(land[order])
    share, area = caught / x.sum(), covered / land.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        pei = np.where(caught + _best(x, land, covered) > 0, caught / _best(x, land, covered), np.nan)
        rri = np.where(caught > 0, np.cumsum(p[order]) / caught, np.nan)
    return Accuracy(order, share, area, share / area, pei, rri)


@dataclass(frozen=True)
class Chosen:
    """How well one set of areas held what came. caught: events in it. share: of all events; area: of all land; pai: share / area.

    most: the largest pai that as much land could have had (Hunt 2016); pei: pai / most, 1 is best. rri: events foreseen there, at the level
    of what came, over events that came: above 1 the set held less than it had before. NaN where there is nothing to divide by.
    """

    caught: float
    share: float
    area: float
    pai: float
    most: float
    pei: float
    rri: float


def chosen(came: ArrayLike, foreseen: ArrayLike, inside: ArrayLike, size: ArrayLike | None = None) -> Chosen:
    """The indices for the areas that are true in `inside`. came, foreseen: events of each area in the later and the earlier period;
    those foreseen are brought to the later total, so that the two periods may be of unlike level. size: as for `accuracy`.

    Raises ValueError when lengths differ, nothing came or was foreseen, no area is chosen, or an area has no land.
    """
    x, p, land = _checked(came, foreseen, size)
    mine = np.asarray(inside, dtype=bool)
    if mine.shape != x.shape or not mine.any() or p.sum() <= 0:
        raise ValueError("no area is chosen, nothing was foreseen, or the lists are not of one length")
    caught, covered = float(x[mine].sum()), float(land[mine].sum())
    share, area = caught / float(x.sum()), covered / float(land.sum())
    most = float(_best(x, land, np.array([covered]))[0]) / float(x.sum()) / area
    rri = float(p[mine].sum() / p.sum()) / share if caught > 0 else float("nan")
    return Chosen(caught, share, area, share / area, most, share / area / most, rri)


@dataclass(frozen=True)
class AtRandom:
    """The share of events in so many areas drawn at random: its mean, and the middle 95% of draws."""

    share: float
    lower: float
    upper: float


def at_random(came: ArrayLike, many: int, *, draws: int = DRAWS, seed: int = SEED) -> AtRandom:
    """What a choice of `many` areas by lot would have held. The mean, many / areas, is exact; the limits are of seeded draws.

    Raises ValueError when nothing came, or so many areas cannot be drawn.
    """
    x = np.asarray(came, dtype=np.float64)
    if x.ndim != 1 or x.sum() <= 0 or not 1 <= many <= len(x):
        raise ValueError("no event came, or so many areas cannot be drawn")
    lots = np.random.default_rng(seed).random((draws, len(x))).argsort(axis=1)[:, :many]
    low, high = np.percentile(x[lots].sum(axis=1) / x.sum(), [2.5, 97.5])
    return AtRandom(many / len(x), float(low), float(high))


def _best(x: Floats, land: Floats, covered: Floats) -> Floats:
    """The most events that so much land could have caught: the densest areas first, the last one in part."""
    order = np.argsort(-x / land, kind="stable")
    return np.asarray(
        np.interp(covered, np.concatenate([[0], np.cumsum(land[order])]), np.concatenate([[0], np.cumsum(x[order])]))
    )


def _checked(came: ArrayLike, foreseen: ArrayLike, size: ArrayLike | None) -> tuple[Floats, Floats, Floats]:
    x, p = np.asarray(came, dtype=np.float64), np.asarray(foreseen, dtype=np.float64)
    land = np.ones_like(x) if size is None else np.asarray(size, dtype=np.float64)
    if x.ndim != 1 or x.shape != p.shape or x.shape != land.shape:
        raise ValueError("the three lists must be of one length")
    if x.sum() <= 0 or (land <= 0).any():
        raise ValueError("no event came, or an area has no land")
    return x, p, land
