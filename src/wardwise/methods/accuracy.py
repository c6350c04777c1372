"""How far forecasts missed: the usual measures, as R's `forecast::accuracy` defines them (Hyndman & Koehler 2006)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Accuracy:
    """me, rmse, mae in the unit of the series; mpe, mape in percent; mase without unit (1: as far off as last year's same month was,
    on average, in the months learnt from). An error is actual − forecast. None where it cannot be worked out."""

    me: float
    rmse: float
    mae: float
    mpe: float | None
    mape: float | None
    mase: float | None
    acf1: float | None
    theils_u: float | None


def accuracy(actual: ArrayLike, forecast: ArrayLike, scale: float | None = None) -> Accuracy | None:
    """The measures over the months in which both are known; None when there is no such month.

    scale: what MASE divides by (naive_scale of the months learnt from). Percentages are None when any month was nought: they would be infinite.
    """
    a, f = np.asarray(actual, dtype=np.float64), np.asarray(forecast, dtype=np.float64)
    error = a - f
    known = ~np.isnan(error)
    if not known.any():
        return None
    e = error[known]
    percent = 100 * e / a[known] if (a[known] != 0).all() else None
    mae = float(np.abs(e).mean())
    return Accuracy(
        float(e.mean()),
        float(np.sqrt((e**2).mean())),
        mae,
        None if percent is None else float(percent.mean()),
        None if percent is None else float(np.abs(percent).mean()),
        mae / scale if scale else None,
        acf1(error),
        theils_u(a, f),
    )


def naive_scale(series: ArrayLike, season: int = 12) -> float | None:
    """The mean absolute difference of months a season apart: what MASE divides by. None when no two such months are known, or none differ."""
    y = np.asarray(series, dtype=np.float64)
    if y.shape[-1] <= season:
        return None
    apart = np.abs(y[season:] - y[:-season])
    known = apart[~np.isnan(apart)]
    return float(known.mean()) or None if known.size else None


def acf1(error: ArrayLike) -> float | None:
    """Correlation of each error with the one before it, as R's `acf` works it out around unknown values: sums over known pairs, divided
    by their number plus the lag."""
    e = np.asarray(error, dtype=np.float64)
    around = e - np.nanmean(e)
    pairs = around[1:] * around[:-1]
    known = ~np.isnan(pairs)
    variance = float(np.nanmean(around**2))
    if not known.any() or variance == 0:
        return None
    return float(pairs[known].sum() / (known.sum() + 1) / variance)


def theils_u(actual: ArrayLike, forecast: ArrayLike) -> float | None:
    """Theil's (1966) U2: root of summed squared relative errors over those of “no change from the month before”. Below 1 beats that."""
    a, f = np.asarray(actual, dtype=np.float64), np.asarray(forecast, dtype=np.float64)
    before, now, said = a[:-1], a[1:], f[1:]
    known = ~np.isnan(before + now + said)
    if not known.any() or (before[known] == 0).any():
        return None
    missed = ((said - now) / before)[known]
    moved = ((now - before) / before)[known]
    below = float((moved**2).sum())
    return float(np.sqrt((missed**2).sum() / below)) if below else None
