"""Making a series whole before a method sees it: months not supplied, months that a change of recording distorts, months under a step.

Nothing here is shown as a count. What was filled in stays inside the fit, and whoever calls says so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .forecast_interval import CannotForecastError, Floats, Forecast
from .forecast_trend import effects, trend

FEWEST_UNDER = 3
"""A step's size is not judged from fewer than three months under it; they are left out instead."""

FEWEST_BESIDE = 12
"""Nor with less than a year outside it, which is what tells it from the time of year."""


@dataclass(frozen=True)
class Whole:
    """series: without gaps, as if no step had been. filled: months put in by the fit. lifts: the size of each step, in the unit of the series;
    NaN for one whose months were left out instead. ahead: what the steps add to each month ahead."""

    series: Floats
    filled: NDArray[np.bool_]
    lifts: Floats
    ahead: Floats


def whole(series: ArrayLike, ahead: int, masked: ArrayLike | None = None, steps: ArrayLike | None = None) -> Whole:
    """Fill and straighten a series (NaN where not supplied).

    masked: True for months to leave out. steps: rows of 0 and 1, months held and months ahead together. A gap is filled with
    straight trend and month effects of the other months (forecast_trend). Raises CannotForecastError when those cannot be told apart.
    """
    y = np.asarray(series, dtype=np.float64).copy()
    n = len(y)
    if masked is not None:
        y[np.asarray(masked, dtype=bool)[:n]] = np.nan
    given = np.zeros((0, n + ahead)) if steps is None else np.asarray(steps, dtype=np.float64).reshape(-1, n + ahead)
    lifts = np.full(len(given), np.nan)
    carried = np.zeros(len(given), dtype=bool)
    for i, step in enumerate(given):
        under, known = step[:n] > 0, ~np.isnan(y)
        if not under.any():
            lifts[i] = 0.0
        elif (under & known).sum() >= FEWEST_UNDER and (~under & known).sum() >= FEWEST_BESIDE:
            carried[i] = True
        else:
            y[under] = np.nan
    gone = np.isnan(y)
    if not gone.any() and not carried.any():
        return Whole(y, gone, lifts, np.zeros(ahead))
    usual, found = effects(y, given[carried, :n])
    lifts[carried] = found
    straight = y - found @ given[carried, :n]
    return Whole(np.where(gone, np.maximum(usual, 0.0), straight), gone, lifts, found @ given[carried, n:])


def trend_through(
    series: ArrayLike, ahead: int, masked: ArrayLike | None = None, steps: ArrayLike | None = None
) -> Forecast:
    """The straight trend fitted around the gaps and beside the steps, in one regression: nothing is filled in, and the uncertainty of every
    step is in the limits."""
    y = np.asarray(series, dtype=np.float64).copy()
    n = len(y)
    found = whole(y, ahead, masked, steps)
    y[found.filled] = np.nan
    given = np.zeros((0, n + ahead)) if steps is None else np.asarray(steps, dtype=np.float64).reshape(-1, n + ahead)
    used = [i for i in range(len(given)) if not np.isnan(found.lifts[i]) and given[i, :n].any()]
    return trend(y, ahead, steps=given[used] if used else None)


__all__ = ["CannotForecastError", "Whole", "trend_through", "whole"]
