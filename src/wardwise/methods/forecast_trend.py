"""A straight (or curved) trend with month effects, by least squares, for one series or thousands at once, with prediction intervals.

It is R's `tslm(y ~ trend + season)`: the intercept, powers of time, and one effect for each place in the year. All series that lack
the same months share one factorisation, so that ten thousand cost little more than one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .forecast_interval import CannotForecastError, Floats, Forecast, quantile

SEASON = 12
"""Months in a year."""

RANK = 1e-9
"""A column whose part not explained by the others is smaller than this share of it tells nothing of its own."""


@dataclass(frozen=True)
class Trends:
    """For every series: mean, spread (standard errors of a new month, in units of sigma) by month ahead; sigma, the residual standard
    deviation; freedom, its degrees; r2. NaN where the months held cannot tell the effects apart."""

    mean: Floats
    spread: Floats
    sigma: Floats
    freedom: Floats
    r2: Floats

    def limits(self, level: float = 95, floor: float | None = 0.0) -> tuple[Floats, Floats]:
        """Lower and upper prediction limits by Student's t, raised to `floor`: a count cannot be below nought."""
        from scipy.special import stdtrit

        # series share their degrees of freedom, and the quantile is the dearest part: look each up once
        each, which = np.unique(np.atleast_1d(self.freedom), return_inverse=True)
        quantiles = stdtrit(each, 0.5 + level / 200)[which].reshape(np.shape(self.freedom))
        reach = (quantiles * self.sigma)[..., None] * self.spread
        lower, upper = self.mean - reach, self.mean + reach
        return (lower, upper) if floor is None else (np.maximum(lower, floor), np.maximum(upper, floor))


def design(months: int, degree: int = 1, season: int = SEASON, steps: ArrayLike | None = None) -> Floats:
    """The columns of the regression, a row a month: 1, time, its powers, a 0/1 column for each place in the year but the first, then
    `steps` (columns of 0 and 1 for months under a registered change)."""
    time = np.arange(1, months + 1) / months
    columns = [time**power for power in range(degree + 1)]
    place = np.arange(months) % season if season else np.zeros(months)
    columns += [(place == i).astype(np.float64) for i in range(1, season)]
    extra = np.zeros((months, 0)) if steps is None else np.asarray(steps, dtype=np.float64).reshape(-1, months).T
    return np.column_stack([*columns, extra])


def trends(
    series: ArrayLike, ahead: int, *, degree: int = 1, season: int = SEASON, steps: ArrayLike | None = None
) -> Trends:
    """Fit every series (last axis is time, NaN where not supplied) and look `ahead` months.

    steps: rows of 0 and 1 over the months held and the months ahead together. season: 0 for none.
    """
    y = np.asarray(series, dtype=np.float64)
    flat = y.reshape(-1, y.shape[-1])
    n = flat.shape[1]
    columns = design(n + ahead, degree, season, steps)
    rows, months = len(flat), n + ahead
    out = Trends(*(np.full(shape, np.nan) for shape in ((rows, ahead), (rows, ahead), rows, rows, rows)))
    known = ~np.isnan(flat)
    for pattern, members in _patterns(known):
        _fit(flat, members, pattern, columns[:n], columns[n:months], out)
    shape = y.shape[:-1]
    return Trends(*(values.reshape((*shape, *values.shape[1:])) for values in vars(out).values()))


def trend(
    series: ArrayLike, ahead: int, *, degree: int = 1, steps: ArrayLike | None = None, method: str = "trend"
) -> Forecast:
    """One series: the same forecast, with the errors of its months held together so that they can be summed.

    Raises CannotForecastError when the months held cannot tell trend and season apart."""
    y = np.asarray(series, dtype=np.float64)
    found = trends(y, ahead, degree=degree, steps=steps)
    if np.isnan(found.sigma):
        raise CannotForecastError("The months held cannot tell the trend from the time of year.")
    columns = design(len(y) + ahead, degree, SEASON, steps)
    inside, beyond = columns[: len(y)][~np.isnan(y)], columns[len(y) :]
    return Forecast(method, found.mean, new_months(inside, beyond, float(found.sigma)), float(found.freedom))


def new_months(inside: Floats, beyond: Floats, sigma: float) -> Floats:
    """The root of the errors of new months under a regression: σ² (I + Z (X'X)⁻¹ Z') for rows X fitted and rows Z ahead."""
    leverage = np.linalg.solve(np.linalg.qr(inside)[1].T, beyond.T)
    return np.asarray(sigma * np.linalg.cholesky(np.eye(len(beyond)) + leverage.T @ leverage), dtype=np.float64)


def effects(series: ArrayLike, steps: ArrayLike, *, degree: int = 1) -> tuple[Floats, Floats]:
    """What the trend and the time of year say of every month, and by how much the months of each step stood above that.

    Raises CannotForecastError when they cannot be told apart."""
    y = np.asarray(series, dtype=np.float64)
    count = np.asarray(steps).reshape(-1, len(y)).shape[0]
    columns = design(len(y), degree, SEASON, steps)
    known = ~np.isnan(y)
    if not _full_rank(np.linalg.qr(columns[known])[1], columns[known]):
        raise CannotForecastError("The months held cannot tell the trend from the time of year.")
    beta = np.linalg.lstsq(columns[known], y[known], rcond=None)[0]
    cut = columns.shape[1] - count
    return np.asarray(columns[:, :cut] @ beta[:cut]), np.asarray(beta[cut:])


def _patterns(known: NDArray[np.bool_]) -> list[tuple[NDArray[np.bool_], NDArray[np.intp]]]:
    """Series that hold the same months, together."""
    if known.all():
        return [(known[0], np.arange(len(known)))] if len(known) else []
    patterns, which = np.unique(known, axis=0, return_inverse=True)
    return [(pattern, np.flatnonzero(which.reshape(-1) == i)) for i, pattern in enumerate(patterns)]


def _fit(
    y: Floats, members: NDArray[np.intp], known: NDArray[np.bool_], x: Floats, beyond: Floats, out: Trends
) -> None:
    """Fit the series that hold the months `known`, and write what is found in their rows of `out`."""
    inside = x[known]
    freedom = inside.shape[0] - inside.shape[1]
    if freedom < 1:
        return
    q, r = np.linalg.qr(inside)
    if not _full_rank(r, inside):
        return
    everyone = len(members) == len(y)
    held = y if everyone and known.all() else y[np.ix_(members, np.flatnonzero(known))]
    where = slice(None) if everyone else members
    beta = held @ np.linalg.solve(r, q.T).T
    missed = held - beta @ inside.T
    squares = np.einsum("ij,ij->i", missed, missed)
    around = held - held.mean(axis=1, keepdims=True)
    spread = np.einsum("ij,ij->i", around, around)
    leverage = np.linalg.solve(r.T, beyond.T)
    out.mean[where] = beta @ beyond.T
    out.spread[where] = np.sqrt(1 + (leverage**2).sum(axis=0))
    out.sigma[where] = np.sqrt(squares / freedom)
    out.freedom[where] = freedom
    out.r2[where] = 1 - np.divide(squares, spread, out=np.zeros_like(squares), where=spread > 0)


def _full_rank(r: Floats, inside: Floats) -> bool:
    if len(inside) < inside.shape[1]:
        return False
    lengths = np.sqrt((inside**2).sum(axis=0))
    return bool((np.abs(np.diag(r)) > RANK * np.maximum(lengths, 1e-300)).all() and (lengths > 0).all())


__all__ = ["CannotForecastError", "Trends", "design", "effects", "quantile", "trend", "trends"]
