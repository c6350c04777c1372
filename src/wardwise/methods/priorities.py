"""Issues scored on several criteria: weighted sums, how firm the order is when the weights move, and what would change it.

The additive model and its scales: Department for Communities and Local Government (2009), "Multi-criteria analysis: a manual", chapter 6.
Shares of weightings in which each issue comes first or at each rank: Lahdelma, Hokkanen and Salminen (1998), "SMAA – stochastic
multiobjective acceptability analysis", European Journal of Operational Research 106 (rank acceptability indices).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

MIDDLE = 0.5
"""What an unknown score is taken as; the draws take it anywhere from 0 to 1."""


@dataclass(frozen=True)
class Robustness:
    """first: share of the draws in which each issue is first. lower, upper: ranks that hold 95% of each issue's draws. One number an
    issue. times: how many draws."""

    first: Floats
    lower: NDArray[np.int64]
    upper: NDArray[np.int64]
    times: int


@dataclass(frozen=True)
class Tipping:
    """The weight of one criterion, as a share of all weights, at which `rival` overtakes the issue that is first; the other weights keep
    their proportions. now: its share as given."""

    criterion: int
    rival: int
    now: float
    needed: float


def scaled(values: ArrayLike) -> Floats:
    """Values on a scale from 0 (lowest) to 1 (highest). NaN stays; where all are alike each is at the middle."""
    x = np.asarray(values, dtype=np.float64)
    if not np.any(~np.isnan(x)):
        return np.full_like(x, np.nan)
    low, high = np.nanmin(x), np.nanmax(x)
    return np.where(np.isnan(x), np.nan, MIDDLE) if low == high else (x - low) / (high - low)


def scores(parts: ArrayLike, weights: ArrayLike) -> Floats:
    """The weighted mean of each issue's parts, 0 to 1. parts: issues × criteria, NaN where unknown (taken as the middle).

    Raises ValueError when the weights are negative, all nought, or not one for each criterion.
    """
    table, share = np.asarray(parts, dtype=np.float64), shares(weights)
    if table.ndim != 2 or table.shape[1] != share.size:
        raise ValueError("there must be one weight for each criterion")
    total: Floats = np.where(np.isnan(table), MIDDLE, table) @ share
    return total


def shares(weights: ArrayLike) -> Floats:
    """Weights as shares of their sum. Raises ValueError when one is negative or all are nought."""
    w: Floats = np.asarray(weights, dtype=np.float64)
    if np.any(w < 0) or not np.any(w > 0):
        raise ValueError("weights must be nought or more, and not all nought")
    shared: Floats = w / w.sum()
    return shared


def ranks(values: ArrayLike) -> NDArray[np.int64]:
    """Rank of each value along the last axis, 1 for the highest; equal values share the better rank."""
    x = np.asarray(values, dtype=np.float64)
    above: NDArray[np.int64] = np.sum(x[..., None, :] > x[..., :, None], axis=-1)
    return above + 1


def robustness(parts: ArrayLike, weights: ArrayLike, *, near: float | None, times: int, seed: int) -> Robustness:
    """Draw weightings, score and rank.

    near: None draws every weighting of the criteria in use with equal probability (Dirichlet with ones); a number draws each weight
    evenly from (1 − near) to (1 + near) times what was given. Unknown parts are drawn evenly from 0 to 1. Criteria of no weight
    are left out of both.
    """
    table, share = np.asarray(parts, dtype=np.float64), shares(weights)
    used = share > 0
    table, share, chance = table[:, used], share[used], np.random.default_rng(seed)
    if near is None:
        drawn = chance.dirichlet(np.ones(share.size), times)
    else:
        drawn = share * chance.uniform(1 - near, 1 + near, (times, share.size))
        drawn /= drawn.sum(axis=1, keepdims=True)
    total = drawn @ np.where(np.isnan(table), 0.0, table).T
    for issue, criterion in np.argwhere(np.isnan(table)):
        total[:, issue] += drawn[:, criterion] * chance.uniform(0, 1, times)
    placed = ranks(total)
    limits = np.quantile(placed, [0.025, 0.975], axis=0, method="inverted_cdf").astype(np.int64)
    return Robustness(np.mean(placed == 1, axis=0), limits[0], limits[1], times)


def tipping(parts: ArrayLike, weights: ArrayLike) -> tuple[Tipping, ...]:
    """For each criterion in use, the nearest share of the weights at which another issue becomes first; none where no share does.

    With the other weights in proportion, a score is a straight line in one share s: s × part + (1 − s) × score of the rest.
    """
    table, share = np.where(np.isnan(np.asarray(parts, dtype=np.float64)), MIDDLE, parts), shares(weights)
    first = int(np.argmax(table @ share))
    found = [_nearest(table, share, first, int(criterion)) for criterion in np.flatnonzero(share > 0)]
    return tuple(tip for tip in found if tip is not None)


def _nearest(table: Floats, share: Floats, first: int, criterion: int) -> Tipping | None:
    now = float(share[criterion])
    if now == 1:
        return None
    rest = (table @ share - now * table[:, criterion]) / (1 - now)
    lead_on, lead_off = table[first, criterion] - table[:, criterion], rest[first] - rest
    slope = lead_on - lead_off
    with np.errstate(divide="ignore", invalid="ignore"):
        needed = -lead_off / slope
    needed[first] = np.nan
    possible = np.flatnonzero((slope != 0) & (needed >= 0) & (needed <= 1))
    if possible.size == 0:
        return None
    rival = int(possible[np.argmin(np.abs(needed[possible] - now))])
    return Tipping(criterion, rival, now, float(needed[rival]))
