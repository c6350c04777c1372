"""Did the level of a monthly series change when something started? Interrupted time series for counts.

J. Lopez Bernal, S. Cummins & A. Gasparrini, “Interrupted time series regression for the evaluation of public health
interventions: a tutorial”, International Journal of Epidemiology 46 (2017).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import regression
from .rates import Floats

FEWEST_BEFORE, FEWEST_AFTER = 12, 3
"""Months needed before the start, so that a season is seen once (Wagner and others 2002 ask for 12), and after it (our choice)."""

YEAR = 12
SEASON_NEEDS = 24
"""Months in all below which a season cannot be told from a change."""


class TooShortError(ValueError):
    """Too few months before or after the start."""


@dataclass(frozen=True)
class Effect:
    """ratio: level after over what it would have been, with its interval and p (two-sided). error: standard error of the log ratio
    that they come from, the larger of the quasi-Poisson one, widened where neighbouring months are alike, and the Newey-West one.

    quasi_error, robust_error: those two. model_error: the model's own. dispersion: 1 when months vary as chance says.
    autocorrelation: of neighbouring months' residuals. expected: what the model says; without: what it says had nothing
    started. prevented: the sum of `without` less what happened, from the start on.
    """

    ratio: float
    lower: float
    upper: float
    p: float
    error: float
    model_error: float
    quasi_error: float
    robust_error: float
    dispersion: float
    autocorrelation: float
    deviance: float
    coefficients: Floats
    errors: Floats
    expected: Floats
    without: Floats
    prevented: float


def interrupted(
    counts: ArrayLike,
    start: int,
    *,
    offset: ArrayLike = 0.0,
    harmonics: int = 0,
    slope: bool = False,
    lags: int | None = None,
    negative_binomial: bool = False,
    confidence: float = 0.95,
    first_month: int = 1,
    months: ArrayLike | None = None,
) -> Effect:
    """A step at place `start` (from 0) of a monthly series with a linear trend on the log scale.

    offset: log of the population. harmonics: pairs of sine and cosine with a period of a year (2 follow most seasons). slope: the trend may
    change too; the ratio is then the change of level at the start. lags: months apart that may be alike (the whole part of
    4(n/100)^(2/9) unless told, Newey & West 1994). first_month: the calendar month of the first count, 1 to 12. months: where each count
    lies in time, from 0, where months are missing between them; one after another unless told.

    Raises TooShortError for too few months, and regression.NoFitError when the counts allow no model.
    """
    y = np.asarray(counts, dtype=np.float64)
    n = y.size
    if start < FEWEST_BEFORE or n - start < FEWEST_AFTER:
        raise TooShortError(
            f"{start} months before and {max(0, n - start)} after are too few; it takes {FEWEST_BEFORE} before and {FEWEST_AFTER} after"
        )
    time = np.arange(1, n + 1, dtype=np.float64) if months is None else np.asarray(months, dtype=np.float64) + 1
    design = _design(time, start, harmonics, slope=slope, first_month=first_month)
    fitted = (regression.negative_binomial if negative_binomial else regression.poisson)(y, design, offset)
    return _effect(fitted, start, slope=slope, lags=lags, confidence=confidence)


def usual_lags(n: int) -> int:
    """Months apart that may be alike: Newey & West's (1994) rule."""
    return int(4 * (n / 100) ** (2 / 9))


def _design(time: Floats, start: int, harmonics: int, *, slope: bool, first_month: int) -> Floats:
    """Columns: one, step, trend (months from 1), sines and cosines, and last the trend after the start."""
    n = time.size
    after = (np.arange(n) >= start).astype(np.float64)
    columns = [np.ones(n), after, time]
    for k in range(1, harmonics + 1):
        angle = 2 * math.pi * k * (time + first_month - 1) / YEAR
        columns += [np.sin(angle), np.cos(angle)]
    if slope:
        columns.append(after * (time - time[start]))
    return np.column_stack(columns)


def _effect(fit: regression.Fit, start: int, *, slope: bool, lags: int | None, confidence: float) -> Effect:
    from scipy.special import stdtr, stdtrit

    n = fit.counts.size
    quasi = fit.errors(max(fit.dispersion, 1.0) if math.isinf(fit.theta) else 1.0)
    robust = np.sqrt(np.diag(regression.newey_west(fit, usual_lags(n) if lags is None else lags)))
    alike = regression.alike_factor(regression.residuals(fit))
    error, beta = float(max(quasi[1] * alike, robust[1])), float(fit.coefficients[1])
    reach = float(stdtrit(fit.freedom, 0.5 + confidence / 2)) * error
    p = 2 * float(stdtr(fit.freedom, -abs(beta) / error))
    effects = fit.design[:, [1, *([fit.design.shape[1] - 1] if slope else [])]]
    weights = fit.coefficients[[1, *([-1] if slope else [])]]
    without: NDArray[np.float64] = fit.fitted / np.exp(effects @ weights)
    prevented = float((without - fit.counts)[start:].sum())
    return Effect(
        math.exp(beta),
        math.exp(beta - reach),
        math.exp(beta + reach),
        p,
        error,
        float(fit.errors()[1]),
        float(quasi[1]),
        float(robust[1]),
        fit.dispersion,
        regression.autocorrelation(regression.residuals(fit)),
        fit.deviance,
        fit.coefficients,
        quasi,
        fit.fitted,
        without,
        prevented,
    )
