"""A monthly series taken apart: trend, time of year, the rest. Classical indices, and STL with a season that repeats exactly."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Parts:
    """trend, seasonal, remainder: one value a month. They add up to the series, or multiply to it when `multiplicative`. Classical trends
    are NaN for half a year at either end. indices: the seasonal value of each place in the year from the first month."""

    trend: Floats
    seasonal: Floats
    remainder: Floats
    indices: Floats
    multiplicative: bool = False


def classical(series: ArrayLike, season: int = 12, *, multiplicative: bool = False) -> Parts:
    """Classical decomposition by a centred moving average (Macaulay 1931; R's `decompose`). Indices are made to average 0 (or 1).

    Raises ValueError with fewer than two whole years, or a gap.
    """
    y = _whole(series, season)
    weights = np.ones(season + 1) / season if season % 2 == 0 else np.ones(season) / season
    if season % 2 == 0:
        weights[[0, -1]] /= 2
    half = season // 2
    trend = np.full(len(y), np.nan)
    trend[half : len(y) - half] = np.convolve(y, weights, mode="valid")
    apart = y / trend if multiplicative else y - trend
    place = np.arange(len(y)) % season
    means = np.array([np.nanmean(apart[place == i]) for i in range(season)])
    indices = means / means.mean() if multiplicative else means - means.mean()
    seasonal = indices[place]
    rest = y / (trend * seasonal) if multiplicative else y - trend - seasonal
    return Parts(trend, seasonal, rest, indices, multiplicative)


def stl(series: ArrayLike, season: int = 12) -> Parts:
    """STL (Cleveland, Cleveland, McRae & Terpenning 1990) with a season that repeats exactly: R's `stl(s.window = "periodic")`.

    The seasonal smoother spans ten times the series and the result is averaged by place in the year; trend and low-pass windows and jumps
    are R's defaults. Raises ValueError with fewer than two whole years, or a gap.
    """
    from statsmodels.tsa.seasonal import STL

    y = _whole(series, season)
    span = 10 * len(y) + 1
    trend, low = _odd(math.ceil(1.5 * season / (1 - 1.5 / span))), _odd(season)
    found = STL(
        y,
        period=season,
        seasonal=span,
        trend=trend,
        low_pass=low,
        seasonal_deg=0,
        trend_deg=1,
        low_pass_deg=1,
        seasonal_jump=math.ceil(span / 10),
        trend_jump=math.ceil(trend / 10),
        low_pass_jump=math.ceil(low / 10),
    ).fit(inner_iter=2, outer_iter=0)
    place = np.arange(len(y)) % season
    indices = np.array([found.seasonal[place == i].mean() for i in range(season)])
    return Parts(found.trend, indices[place], y - found.trend - indices[place], indices)


def _whole(series: ArrayLike, season: int) -> Floats:
    y = np.asarray(series, dtype=np.float64)
    if len(y) < 2 * season or np.isnan(y).any():
        raise ValueError(f"A season needs at least {2 * season} months without a gap.")
    return y


def _odd(n: int) -> int:
    return n if n % 2 else n + 1
