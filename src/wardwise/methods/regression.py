"""Regression of counts: Poisson and negative binomial with a log link, for one series or a table of areas.

Iteratively reweighted least squares (McCullagh & Nelder 1989, Generalized Linear Models, section 2.5). Written out, because a
start-up cost of seconds is too much for one chart; the tests hold it to statsmodels and to R.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .rates import Floats

ROUNDS = 100
CLOSE = 1e-10
"""Stop when the deviance moves by less than this share of itself (R's glm stops at 1e-8)."""

NEAR = 1e-9
"""Stop looking for theta when it moves by less than this share of itself."""


class NoFitError(ValueError):
    """The model cannot be fitted to these numbers; the message says why."""


@dataclass(frozen=True)
class Fit:
    """coefficients and their covariance under the model (multiply by `dispersion` for a quasi-Poisson one).

    fitted: expected counts. dispersion: Pearson chi-squared over degrees of freedom, 1 for counts that vary as chance says.
    theta: size of the negative binomial (infinite for Poisson): variance = mean + mean²/theta.
    """

    coefficients: Floats
    covariance: Floats
    fitted: Floats
    deviance: float
    dispersion: float
    theta: float
    design: Floats
    counts: Floats

    @property
    def freedom(self) -> int:
        return self.counts.size - self.coefficients.size

    def errors(self, dispersion: float = 1.0) -> Floats:
        return np.asarray(np.sqrt(np.diag(self.covariance) * dispersion))


def poisson(counts: ArrayLike, design: ArrayLike, offset: ArrayLike = 0.0) -> Fit:
    """Counts on the columns of `design` (one row for each count), with a known offset on the log scale.

    Raises NoFitError when counts are all nought, when there are no more counts than columns, or when columns repeat one another.
    """
    return _fit(*_checked(counts, design, offset), math.inf)


def negative_binomial(counts: ArrayLike, design: ArrayLike, offset: ArrayLike = 0.0) -> Fit:
    """The same with extra spread: theta and the coefficients in turn, each by maximum likelihood (Venables & Ripley 2002, section
    7.4; R's MASS::glm.nb). Where the counts vary no more than Poisson ones, the Poisson fit, with theta infinite."""
    y, x, o = _checked(counts, design, offset)
    found = _fit(y, x, o, math.inf)
    if ((y - found.fitted) ** 2 - y).sum() <= 0:
        return found
    theta = y.size / float((((y - found.fitted) / found.fitted) ** 2).sum())
    before = 0.0
    while abs(theta - before) > NEAR * theta and not math.isinf(theta):
        found = _fit(y, x, o, theta)
        before, theta = theta, _theta(y, found.fitted)
    return _fit(y, x, o, theta)


def theta_error(fit: Fit) -> float:
    """Standard error of theta, from the observed information of its likelihood."""
    from scipy.special import polygamma

    y, m, t = fit.counts, fit.fitted, fit.theta
    information = polygamma(1, t) - polygamma(1, y + t) - 1 / t + 2 / (m + t) - (y + t) / (m + t) ** 2
    return 1 / math.sqrt(float(information.sum()))


def log_likelihood(fit: Fit) -> float:
    """Natural log of the likelihood, with every constant."""
    from scipy.special import gammaln

    y, m, t = fit.counts, fit.fitted, fit.theta
    if math.isinf(t):
        return float((y * np.log(m) - m - gammaln(y + 1)).sum())
    parts = gammaln(y + t) - gammaln(t) - gammaln(y + 1) + t * np.log(t / (m + t)) + y * np.log(m / (m + t))
    return float(parts.sum())


def newey_west(fit: Fit, lags: int, starts: ArrayLike | None = None) -> Floats:
    """Covariance of the coefficients that allows for neighbours in time to be alike, up to `lags` apart (Newey & West 1987,
    Bartlett weights), with the small-sample factor n / (n − p). Rows must be in the order of time.

    starts: which series each row belongs to, where the rows hold several; only rows of one series are neighbours.
    """
    n, p = fit.design.shape
    residual = (fit.counts - fit.fitted) / (1 + fit.fitted / fit.theta)
    score = fit.design * residual[:, None]
    series = np.zeros(n) if starts is None else np.asarray(starts)
    middle = score.T @ score
    for lag in range(1, min(lags, n - 1) + 1):
        same = series[lag:] == series[:-lag]
        cross = score[lag:][same].T @ score[:-lag][same]
        middle += (1 - lag / (lags + 1)) * (cross + cross.T)
    return np.asarray(fit.covariance @ middle @ fit.covariance * n / (n - p))


def residuals(fit: Fit) -> Floats:
    """Pearson residuals: how far each count is from its expectation, in standard errors of the model."""
    return np.asarray((fit.counts - fit.fitted) / np.sqrt(fit.fitted + fit.fitted**2 / fit.theta))


def autocorrelation(values: ArrayLike, lag: int = 1) -> float:
    """Correlation of a series with itself `lag` steps earlier; 0 for a series that never changes."""
    x = np.asarray(values, dtype=np.float64)
    x = x - x.mean()
    whole = float((x**2).sum())
    return float((x[lag:] * x[:-lag]).sum()) / whole if whole > 0 else 0.0


def alike_factor(pearson: ArrayLike) -> float:
    """How much a standard error must grow because neighbouring months are alike: the root of (1 + r) / (1 − r) for a series whose
    likeness r fades as in a first-order autoregression (Bartlett 1946). 1 where r is no more than chance gives, 1/√n."""
    x = np.asarray(pearson, dtype=np.float64)
    r = min(autocorrelation(x), 0.95)
    return math.sqrt((1 + r) / (1 - r)) if r > 1 / math.sqrt(x.size) else 1.0


def _checked(counts: ArrayLike, design: ArrayLike, offset: ArrayLike) -> tuple[Floats, Floats, Floats]:
    y, x = np.asarray(counts, dtype=np.float64), np.asarray(design, dtype=np.float64)
    o = np.broadcast_to(np.asarray(offset, dtype=np.float64), y.shape)
    if not (np.isfinite(y).all() and np.isfinite(x).all() and np.isfinite(o).all()):
        raise NoFitError("a month has no count, or no population")
    if (y < 0).any() or y.sum() == 0:
        raise NoFitError("there are no events to fit a model to")
    if x.shape[0] <= x.shape[1]:
        raise NoFitError(f"{x.shape[0]} counts are too few for a model with {x.shape[1]} parts")
    if np.linalg.matrix_rank(x) < x.shape[1]:
        raise NoFitError("the parts of the model cannot be told from one another in these months")
    return y, x, o


def _fit(y: Floats, x: Floats, offset: Floats, theta: float) -> Fit:
    mean = np.maximum(y, 0.5 * y.mean() if y.mean() > 0 else 0.5)
    eta = np.log(mean)
    before, deviance, rounds = math.inf, 0.0, 0
    while abs(before - deviance) > CLOSE * (abs(deviance) + 0.1) and rounds < ROUNDS:
        weight = mean / (1 + mean / theta)
        root = np.sqrt(weight)
        beta = np.linalg.lstsq(x * root[:, None], (eta - offset + (y - mean) / mean) * root, rcond=None)[0]
        eta = np.clip(x @ beta + offset, -30, 30)
        mean = np.exp(eta)
        before, deviance, rounds = deviance, _deviance(y, mean, theta), rounds + 1
    weight = mean / (1 + mean / theta)
    covariance = np.linalg.pinv(x.T @ (x * weight[:, None]))
    pearson = float(((y - mean) ** 2 / (mean + mean**2 / theta)).sum())
    return Fit(
        np.asarray(beta, np.float64),
        np.asarray(covariance, np.float64),
        mean,
        deviance,
        pearson / (y.size - x.shape[1]),
        theta,
        x,
        y,
    )


def _deviance(y: Floats, mean: Floats, theta: float) -> float:
    share = np.where(y > 0, y * np.log(np.where(y > 0, y, 1) / mean), 0.0)
    if math.isinf(theta):
        return float(2 * (share - (y - mean)).sum())
    return float(2 * (share - (y + theta) * np.log((y + theta) / (mean + theta))).sum())


def _theta(y: Floats, mean: Floats) -> float:
    """The theta that makes the counts likeliest, given their means; infinite when more is always likelier."""
    from scipy.optimize import brentq
    from scipy.special import digamma

    def slope(log_theta: float) -> float:
        t = math.exp(log_theta)
        parts = digamma(y + t) - digamma(t) + np.log(t / (mean + t)) + 1 - (y + t) / (mean + t)
        return float(parts.sum())

    low, high = math.log(1e-4), math.log(1e7)
    return math.inf if slope(high) > 0 else math.exp(float(brentq(slope, low, high, xtol=1e-12)))
