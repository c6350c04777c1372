"""The police spreadsheet's forecast, as its published figures imply it: a quadratic through the months, times a factor for the time of year.

Worked out from the October 2016 scrutiny report of Blackpool Council (CORA V16, “quadratic regression with seasonal variation taken into
account”): R² 0.3546 on the axis of dates and an estimate 20.6% above the year before. The sheet states no interval; the one given
here is ours, from how far the months lie from the fit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike

from .forecast_interval import CannotForecastError, Floats, Forecast
from .forecast_trend import SEASON, new_months

FEWEST = 13
"""A quadratic needs more than three months, and a factor for each month of the year needs each of them once, and one to spare."""


@dataclass(frozen=True)
class Curve:
    """A quadratic by least squares: value = a + b·x + c·x². coefficients: (a, b, c)."""

    coefficients: tuple[float, float, float]
    r2: float
    fitted: Floats


@dataclass(frozen=True)
class Sheet:
    """curve: the trend. factors: one for each place in the year from the first month, the plain mean of month ÷ trend over the years
    held, not made to average 1. mean: the months ahead, trend × factor."""

    curve: Curve
    factors: Floats
    mean: Floats


def dates(first: str, months: int) -> Floats:
    """The sheet's horizontal axis: the first day of each month from `first` (YYYY-MM), counted in days."""
    year, month = int(first[:4]), int(first[5:])
    return np.array(
        [date(year + (month - 1 + i) // 12, (month - 1 + i) % 12 + 1, 1).toordinal() for i in range(months)],
        dtype=float,
    )


def curve(series: ArrayLike, x: ArrayLike | None = None) -> Curve:
    """The quadratic through the months known. x: where each month stands; 1, 2, 3 … unless given."""
    y = np.asarray(series, dtype=np.float64)
    at = np.arange(1.0, len(y) + 1) if x is None else np.asarray(x, dtype=np.float64)[: len(y)]
    known = ~np.isnan(y)
    if known.sum() < 4:
        raise CannotForecastError("A curve needs at least four months.")
    line = np.polynomial.Polynomial.fit(at[known], y[known], 2)
    fitted = line(at)
    around = float(((y[known] - y[known].mean()) ** 2).sum())
    missed = float(((y[known] - fitted[known]) ** 2).sum())
    a, b, c = (float(v) for v in np.pad(line.convert().coef, (0, 3))[:3])
    return Curve((a, b, c), 1 - missed / around if around else 0.0, np.asarray(fitted))


def sheet(series: ArrayLike, ahead: int, x: ArrayLike | None = None) -> Sheet:
    """The spreadsheet's forecast. x: places of the months held and of those ahead (dates()); 1, 2, 3 … unless given.

    Raises CannotForecastError with fewer than 13 months, a month of the year never held, or a trend that is nowhere above nought."""
    y = np.asarray(series, dtype=np.float64)
    n = len(y)
    at = np.arange(1.0, n + ahead + 1) if x is None else np.asarray(x, dtype=np.float64)
    known = ~np.isnan(y)
    place = np.arange(n + ahead) % SEASON
    if known.sum() < FEWEST or len(set(place[:n][known])) < SEASON:
        raise CannotForecastError("The spreadsheet's method needs every month of the year and one month more.")
    found = curve(y, at[:n])
    if (found.fitted[known] <= 0).any():
        raise CannotForecastError("The curve falls below nought, so no month can be compared with it.")
    ratio = y / found.fitted
    factors = np.array([np.nanmean(ratio[place[:n] == i]) for i in range(SEASON)])
    a, b, c = found.coefficients
    beyond = at[n:]
    line = (
        np.polynomial.Polynomial.fit(at[:n][known], y[known], 2)(beyond)
        if x is not None
        else a + b * beyond + c * beyond**2
    )
    return Sheet(found, factors, np.asarray(line * factors[place[n:]]))


def spreadsheet(series: ArrayLike, ahead: int) -> Forecast:
    """The same with our interval: the curve's own uncertainty times the factor, and the scatter of the months about curve × factor,
    with 3 + 11 degrees of freedom taken for curve and factors."""
    y = np.asarray(series, dtype=np.float64)
    n = len(y)
    found = sheet(y, ahead)
    known = ~np.isnan(y)
    place = np.arange(n + ahead) % SEASON
    missed = (y - found.curve.fitted * found.factors[place[:n]])[known]
    freedom = max(1, int(known.sum()) - 14)
    sigma = float(np.sqrt((missed**2).sum() / freedom))
    time = np.arange(1, n + ahead + 1) / n
    columns = np.column_stack([np.ones_like(time), time, time**2])
    beyond = columns[n:] * found.factors[place[n:]][:, None]
    root = new_months(columns[:n][known], beyond, sigma)
    return Forecast("spreadsheet", found.mean, root, float(freedom))
