"""How densely events lie over a map: kernel density on a grid, and exactly at the events themselves.

On a grid each event is shared among the four centres around it (linear binning; Jones & Lotwick 1983, Wand 1994) and the shares are smoothed by
one filter along the rows and one along the columns, so that the work is one pass over the events and the grid's size does not matter to it.
Unit: events (or weight) for each square unit of the coordinates; × 1,000,000 for events per km² from metres.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .grids import Squares
from .pairs import Floats, coordinates, layout

REACH = 5.0
"""The normal kernel is cut off this many bandwidths away: what lies beyond is 4 parts in a million of it."""

EXACT_REACH = 8.5
"""At the events themselves: beyond it a term is 2 parts in 10¹⁶ of the kernel's peak, as in spatstat's cut-off."""

FEWEST_CELLS = 2.0
"""A bandwidth is at least two cells wide. A lone event's peak is then at most 4% off, at three cells 2%, at five 0.7%; where many events
overlap it is far less. Errors against the exact sum are in docs/explanation/hotspot-methods.md."""

SHARED = 1 / 6
"""Sharing an event between two centres spreads it by a variance of f(1 − f) cells², 1/6 on average; the filter is that much narrower."""

TOGETHER = 1 << 14
"""Events binned together: their arrays stay within a processor's cache."""

Box = tuple[float, float, float, float]
"""west, south, east, north"""


class Kernel(StrEnum):
    """NORMAL: the bandwidth is its standard deviation. QUARTIC: the bandwidth is where it ends, as in CrimeStat and ArcGIS."""

    NORMAL = "normal"
    QUARTIC = "quartic"


@dataclass(frozen=True)
class Density:
    """values: rows × columns of the grid, south to north, never below 0. edge: whether they were raised near the edge of an area."""

    grid: Squares
    values: Floats
    bandwidth: float
    kernel: Kernel
    edge: bool


def on_grid(
    points: ArrayLike,
    grid: Squares,
    bandwidth: float,
    *,
    weights: ArrayLike | None = None,
    kernel: Kernel = Kernel.NORMAL,
    area: NDArray[np.bool_] | None = None,
) -> Density:
    """The density of `points` (n × 2) at the centres of the grid's cells. Events outside the grid but within reach count too.

    area: rows × columns, true for cells that can hold events (land, the district); the density is then divided by the share of the kernel that
    lies on it (the uniform edge correction of Diggle 1985, as spatstat's) and is 0 elsewhere. No events at all is a density of 0.
    Raises ValueError when the bandwidth is under two cells: it could not be told from the cells themselves.
    """
    if not bandwidth >= FEWEST_CELLS * grid.side:
        raise ValueError(
            f"a bandwidth of {bandwidth:g} needs cells of at most {bandwidth / FEWEST_CELLS:g}, not {grid.side:g}"
        )
    xy = coordinates(points)
    given = None if weights is None else np.asarray(weights, dtype=np.float64)
    if given is not None and given.shape != (len(xy),):
        raise ValueError("each event needs one weight")
    wide = bandwidth / grid.side
    margin = math.ceil((REACH if kernel is Kernel.NORMAL else 1) * wide) + 1
    smooth = _smoothed(_binned(xy, given, grid, margin), wide, kernel, margin)
    values = np.maximum(smooth, 0.0) / grid.area
    if area is not None:
        share = _smoothed(np.pad(np.asarray(area, dtype=np.float64), margin), wide, kernel, margin)
        values = np.divide(values, share, out=np.zeros_like(values), where=area & (share > 0))
    return Density(grid, values, bandwidth, kernel, area is not None)


def at_events(points: ArrayLike, bandwidth: float, *, window: Box | None = None, leave_out: bool = False) -> Floats:
    """The exact density at each event, with the normal kernel. leave_out: without the event itself (for choosing a bandwidth).

    window: a box that holds all events; the density is then divided by the share of the kernel within it. The same as spatstat's
    density.ppp(at = "points"). Raises ValueError when the bandwidth is not above 0 or an event is outside the window.
    """
    if not bandwidth > 0:
        raise ValueError("a bandwidth is above 0")
    laid = layout(points, EXACT_REACH * bandwidth)
    n = len(laid.order)
    total = np.full(n, 0.0 if leave_out else 1.0)
    for block in laid.blocks():
        term = np.exp(-0.5 * (block.distance / bandwidth) ** 2)
        total += np.bincount(block.first, term, minlength=n) + np.bincount(block.second, term, minlength=n)
    values = np.empty(n)
    values[laid.order] = total / (2 * np.pi * bandwidth**2)
    return values if window is None else values / share_inside(points, bandwidth, window)


def share_inside(points: ArrayLike, bandwidth: float, window: Box) -> Floats:
    """The share of a normal kernel around each point that lies within the window."""
    from scipy.special import ndtr

    xy, (west, south, east, north) = coordinates(points), window
    if not ((xy >= (west, south)) & (xy <= (east, north))).all():
        raise ValueError("an event lies outside the window")
    low, high = ndtr((np.array([west, south]) - xy) / bandwidth), ndtr((np.array([east, north]) - xy) / bandwidth)
    return np.asarray((high - low).prod(axis=1))


def _binned(xy: Floats, weights: Floats | None, grid: Squares, margin: int) -> Floats:
    """Each event shared among the four centres around it, on the grid with a margin. With fx and fy its way from one centre to the next,
    the shares are (1 − fx)(1 − fy), fx(1 − fy), (1 − fx)fy and fx·fy."""
    rows, columns = grid.rows + 2 * margin, grid.columns + 2 * margin
    sums = np.zeros((4, rows * columns))
    origin = np.array([grid.west, grid.south]) + grid.side * (0.5 - margin)
    for start in range(0, len(xy), TOGETHER):
        fx, fy = (xy[start : start + TOGETHER] - origin).T / grid.side
        weight = None if weights is None else weights[start : start + TOGETHER]
        near = (fx >= 0) & (fx < columns - 1) & (fy >= 0) & (fy < rows - 1)
        if not near.all():
            fx, fy, weight = fx[near], fy[near], None if weight is None else weight[near]
        column, row = fx.astype(np.intp), fy.astype(np.intp)
        fx -= column
        fy -= row
        cell, both = row * columns + column, fx * fy
        for at, share in enumerate((None, fx, fy, both)):
            amount = weight if share is None else share if weight is None else share * weight
            sums[at] += np.bincount(cell, amount, minlength=rows * columns)
    one, x, y, xy_ = sums.reshape(4, rows, columns)
    binned = one - x - y + xy_
    binned[:, 1:] += (x - xy_)[:, :-1]
    binned[1:] += (y - xy_)[:-1]
    binned[1:, 1:] += xy_[:-1, :-1]
    return binned


def _smoothed(binned: Floats, wide: float, kernel: Kernel, margin: int) -> Floats:
    """The kernel summed around each cell, without the margin. wide: the bandwidth in cells. Unit: for each cell."""
    from scipy.ndimage import correlate1d
    from scipy.signal import oaconvolve

    steps = np.arange(-margin, margin + 1, dtype=np.float64)
    if kernel is Kernel.QUARTIC:
        end = wide**2 - 8 * SHARED  # the kernel's variance is an eighth of its bandwidth squared
        square = (steps[:, None] ** 2 + steps**2) / end
        peak = 3 / (math.pi * end)  # Silverman 1986, equation 4.5
        return np.asarray(oaconvolve(binned, peak * np.maximum(1 - square, 0.0) ** 2, mode="same"))[
            margin:-margin, margin:-margin
        ]
    variance = wide**2 - SHARED
    line = np.exp(-0.5 * steps**2 / variance) / math.sqrt(2 * math.pi * variance)
    along = correlate1d(binned, line, axis=0, mode="constant")[margin:-margin]
    return np.asarray(correlate1d(along, line, axis=1, mode="constant"))[:, margin:-margin]
