"""Do points lie closer together than chance would put them? Quadrat counts, nearest distances and Ripley's K, in a box.

Chance is “complete spatial randomness”: every spot of the box equally likely. Recorded crime never looks so, because people and streets do
not; these say how far from it a pattern is, and at which distances.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .density import Box
from .pairs import Floats, coordinates, layout


@dataclass(frozen=True)
class Quadrats:
    """counts: rows × columns, south to north. x2: chi-squared on df degrees of freedom; p: of counts at least as uneven by chance.
    expected: points in each quadrat by chance; under 5 the p value is rough (Cochran 1954)."""

    counts: Floats
    expected: float
    x2: float
    df: int
    p: float


@dataclass(frozen=True)
class Nearest:
    """mean: distance to the nearest other point, on average; expected: by chance, without regard to the box's edge. ratio under 1 is clustered
    (Clark & Evans 1954). z: of the difference; p: two-sided."""

    mean: float
    expected: float
    ratio: float
    z: float
    p: float


@dataclass(frozen=True)
class Ripley:
    """K at each radius, in square units: `chance` is πr²; above it is clustered. plain: without regard to the edge, too low; border: from points
    further than r from the edge, 0 where there is none (`inner` says how many there are); isotropic: each pair weighed by the share of its
    circle that lies in the box (Ripley 1976)."""

    radius: Floats
    chance: Floats
    plain: Floats
    border: Floats
    isotropic: Floats
    inner: Floats


def quadrats(points: ArrayLike, box: Box, rows: int, columns: int) -> Quadrats:
    """Counts in rows × columns equal parts of the box, against the same number everywhere (as spatstat's quadrat.test, upper tail here).

    Raises ValueError for no points, points outside the box, or fewer than two quadrats.
    """
    from scipy.special import gammaincc

    xy, (west, south, east, north) = _inside(points, box, fewest=1), box
    if rows * columns < 2:
        raise ValueError("counts in one quadrat cannot be uneven: take more quadrats")
    found = np.histogram2d(xy[:, 1], xy[:, 0], bins=(rows, columns), range=((south, north), (west, east)))[0]
    expected, df = len(xy) / (rows * columns), rows * columns - 1
    x2 = float(((found - expected) ** 2).sum() / expected)
    return Quadrats(found, expected, x2, df, float(gammaincc(df / 2, x2 / 2)))


def nearest(points: ArrayLike, box: Box) -> Nearest:
    """Distances to the nearest other point against those that chance would give (Clark & Evans 1954, equations 1 to 4; “naive” in spatstat:
    the edge is not corrected for, so the ratio is a little high)."""
    from scipy.spatial import cKDTree
    from scipy.special import ndtr

    xy, (west, south, east, north) = _inside(points, box, fewest=2), box
    n, area = len(xy), (east - west) * (north - south)
    mean = float(cKDTree(xy).query(xy, k=2)[0][:, 1].mean())
    expected = 0.5 * (area / n) ** 0.5
    error = ((4 - np.pi) * area / (4 * np.pi)) ** 0.5 / n
    z = float((mean - expected) / error)
    return Nearest(mean, expected, mean / expected, z, float(2 * ndtr(-abs(z))))


def ripley(points: ArrayLike, box: Box, radius: ArrayLike) -> Ripley:
    """Ripley's K at each `radius`, rising, three ways (as spatstat's Kest). Raises ValueError for fewer than two points, points outside the box,
    or a radius over half the box's shorter side."""
    xy, (west, south, east, north) = _inside(points, box, fewest=2), box
    r, n, area = np.asarray(radius, dtype=np.float64), len(xy), (east - west) * (north - south)
    if r.ndim != 1 or not r.size or (np.diff(r) <= 0).any() or r[0] < 0 or r[-1] > min(east - west, north - south) / 2:
        raise ValueError("radii rise from 0 to at most half the shorter side of the box")
    laid = layout(xy, float(np.nextafter(r[-1], np.inf)))
    sides = np.stack([laid.x - west, east - laid.x, laid.y - south, north - laid.y])
    edge, plain, round_, inner = sides.min(axis=0), np.zeros(len(r) + 1), np.zeros(len(r) + 1), np.zeros(len(r) + 1)
    for block in laid.blocks():
        first = np.searchsorted(r, block.distance)
        plain += 2 * np.bincount(first, minlength=len(r) + 1)
        for end in (block.first, block.second):
            round_ += np.bincount(first, 1 / _share_of_circle(sides[:, end], block.distance), minlength=len(r) + 1)
            last = np.searchsorted(
                r, edge[end], side="right"
            )  # counts at the radii from `first` up to, not including, this one
            seen = last > first
            inner += np.bincount(first[seen], minlength=len(r) + 1) - np.bincount(last[seen], minlength=len(r) + 1)
    deep = (edge[:, None] >= r).sum(axis=0).astype(np.float64)
    whole = area / (n * (n - 1.0))
    near = np.cumsum(inner)[:-1]
    border = np.divide(near * area / n, deep, out=np.zeros(len(r)), where=deep > 0)
    return Ripley(r, np.pi * r**2, np.cumsum(plain)[:-1] * whole, border, np.cumsum(round_)[:-1] * whole, deep)


def _share_of_circle(sides: Floats, radius: Floats) -> Floats:
    """The share of each circle's rim that lies in the box. sides: 4 × circles, how far each centre is from west, east, south and north; no
    circle reaches two opposite sides by more than half the box, so only corners can be cut off twice."""
    safe = np.where(radius > 0, radius, 1.0)
    angle = np.arccos(np.minimum(sides / safe, 1.0))
    twice = [np.maximum(angle[a] + angle[b] - np.pi / 2, 0.0) for a in (0, 1) for b in (2, 3)]
    outside = 2 * angle.sum(axis=0) - np.sum(twice, axis=0)
    return np.asarray(np.where(radius > 0, 1 - outside / (2 * np.pi), 1.0))


def _inside(points: ArrayLike, box: Box, fewest: int) -> Floats:
    xy, (west, south, east, north) = coordinates(points), box
    if not (east > west and north > south):
        raise ValueError("the box needs west, south, east, north in that order, and some area")
    if len(xy) < fewest:
        raise ValueError(f"{len(xy)} points are too few: this needs at least {fewest}")
    if not ((xy >= (west, south)) & (xy <= (east, north))).all():
        raise ValueError("a point lies outside the box")
    return xy
