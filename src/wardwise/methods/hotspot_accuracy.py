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
    x, p = np.asarray(came, dtype=np.float64), np.asarray(foreseen, dtype=np.float64)
    land = np.ones_like(x) if size is None else np.asarray(size, dtype=np.float64)
    if x.ndim != 1 or x.shape != p.shape or x.shape != land.shape:
        raise ValueError("the three lists must be of one length")
    if x.sum() <= 0 or (land <= 0).any():
        raise ValueError("no event came, or an area has no land")
    order = np.argsort(-p / land, kind="stable")
    caught, covered = np.cumsum(x[order]), np.cumsum(land[order])
    share, area = caught / x.sum(), covered / land.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        pei = np.where(caught + _best(x, land, covered) > 0, caught / _best(x, land, covered), np.nan)
        rri = np.where(caught > 0, np.cumsum(p[order]) / caught, np.nan)
    return Accuracy(order, share, area, share / area, pei, rri)


def _best(x: Floats, land: Floats, covered: Floats) -> Floats:
    """The most events that so much land could have caught: the densest areas first, the last one in part."""
    order = np.argsort(-x / land, kind="stable")
    return np.asarray(
        np.interp(covered, np.concatenate([[0], np.cumsum(land[order])]), np.concatenate([[0], np.cumsum(x[order])]))
    )
