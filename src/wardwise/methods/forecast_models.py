"""The forecasting methods by name, behind one small interface: a monthly series without gaps in, a Forecast out.

ETS, ARIMA and Theta are fitted by statsforecast. All three are models in innovations form, so from the parameters that it finds follow the
errors of all months ahead together, and with them the limits of a year's total, without simulation.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from .decompose import classical
from .forecast_interval import CannotForecastError, Floats, Forecast, combined, innovations_root
from .forecast_spreadsheet import spreadsheet
from .forecast_trend import SEASON, trend

FEWEST = 24
"""Two whole years: with less, the time of year cannot be told from trend or chance (Hyndman & Kostenko 2007, Foresight 6)."""

METHODS = ("seasonal-naive", "trend", "spreadsheet", "theta", "ets", "arima", "combination")
"""In order of simplicity: of two that do nearly as well, the simpler is taken."""

TITLES = {
    "seasonal-naive": "Same month last year",
    "trend": "Trend and month effects",
    "spreadsheet": "Police spreadsheet",
    "theta": "Theta",
    "ets": "Exponential smoothing (ETS)",
    "arima": "ARIMA",
    "combination": "Average of ETS, ARIMA and Theta",
}

COMBINED = ("ets", "arima", "theta")


@dataclass(frozen=True)
class Orders:
    """Which ARIMA: (p, d, q), (P, D, Q), and whether it has a mean or a drift. Kept so that it need not be sought again."""

    order: tuple[int, int, int]
    seasonal: tuple[int, int, int]
    mean: bool
    drift: bool


def forecast(series: ArrayLike, ahead: int, method: str, orders: Orders | None = None) -> Forecast:
    """One method's forecast. Raises CannotForecastError when the method cannot be fitted, KeyError when there is no such method."""
    return forecasts(series, ahead, [method], orders)[method]


def forecasts(
    series: ArrayLike,
    ahead: int,
    methods: Sequence[str] = METHODS,
    orders: Orders | None = None,
    *,
    strict: bool = True,
) -> dict[str, Forecast]:
    """Several methods' forecasts; what the combination is made of is fitted once.

    strict: raise CannotForecastError when one cannot be fitted; otherwise it is left out.
    """
    y = np.asarray(series, dtype=np.float64)
    if np.isnan(y).any():
        raise CannotForecastError("A method of the library cannot take a gap: fill it first.")
    fitted: dict[str, Forecast] = {}
    for name in _needed(methods):
        try:
            made = arima(y, ahead, orders) if name == "arima" else SINGLE[name](y, ahead)
            fitted[name] = unsure(made, len(y)) if name in COMBINED else made
        except CannotForecastError:
            if strict:
                raise
    if "combination" in methods and all(name in fitted for name in COMBINED):
        fitted["combination"] = combined([fitted[name] for name in COMBINED], "combination")
    return {name: fitted[name] for name in methods if name in fitted}


def unsure(made: Forecast, months: int) -> Forecast:
    """The same with the uncertainty of level and slope added, which the library leaves out: its limits take the parameters found for the true
    ones (Hyndman & Athanasopoulos 2021, section 5.5, call such intervals too narrow).

    Added is what a straight line through as many months would be unsure by. Without it a year's total lay inside its 95% limits in about 80
    of 100 simulated series; see docs/explanation/forecasts.md.
    """
    ahead, time = len(made.mean), np.arange(months + len(made.mean))
    columns = np.column_stack([np.ones(len(time)), time / months])
    leverage = np.linalg.solve(np.linalg.qr(columns[:months])[1].T, columns[months:].T)
    covariance = made.root @ made.root.T + float(made.root[0, 0]) ** 2 * (leverage.T @ leverage)
    if not covariance.any():
        return made
    return replace(made, root=np.asarray(np.linalg.cholesky(covariance + RIDGE * np.trace(covariance) * np.eye(ahead))))


RIDGE = 1e-12
"""Keeps the root of a covariance real when rounding would not."""


def _needed(methods: Sequence[str]) -> list[str]:
    wanted = [name for name in methods if name != "combination"]
    return list(dict.fromkeys([*wanted, *(COMBINED if "combination" in methods else ())]))


def seasonal_naive(series: ArrayLike, ahead: int, known: ArrayLike | None = None) -> Forecast:
    """Each month as in the latest year. known: False for months that were filled in; the limits are judged without them.

    The change from one year to the next has size σ in a month and is carried on from month to month by r, the changes' own correlation, as in a
    first-order autoregression: a year that starts above the last tends to stay above it, and the limits of a year's total must say so.
    In the second year ahead the change adds to the first's.
    """
    y = np.asarray(series, dtype=np.float64)
    if len(y) <= SEASON:
        raise CannotForecastError("Last year's same month is not held.")
    seen = y if known is None else np.where(np.asarray(known, dtype=bool), y, np.nan)
    apart = seen[SEASON:] - seen[:-SEASON]
    told = apart[~np.isnan(apart)]
    if not told.size:
        raise CannotForecastError("No month is held in two years running.")
    squares = float((told**2).mean())
    pairs = (apart[1:] * apart[:-1])[~np.isnan(apart[1:] * apart[:-1])]
    carried = float(np.clip(pairs.mean() / squares, 0.0, MOST_CARRIED)) if pairs.size and squares else 0.0
    months = np.arange(ahead)
    lag = np.subtract.outer(months, months)
    changes = np.linalg.cholesky(carried ** np.abs(lag).astype(np.float64))
    years = np.where((lag >= 0) & (lag % SEASON == 0), 1.0, 0.0)
    root = np.sqrt(squares) * np.asarray(years @ changes)
    return Forecast("seasonal-naive", y[-SEASON:][months % SEASON], root, float(told.size))


MOST_CARRIED = 0.95
"""Short series put the correlation of neighbours at 1 by chance; then no month would tell anything that another does not."""


def ets(series: ArrayLike, ahead: int) -> Forecast:
    """Exponential smoothing chosen by corrected AIC among the models with additive errors (Hyndman et al. 2008): counts may be nought, which
    rules multiplicative errors out."""
    model = _fitted("AutoETS", series, season_length=SEASON, model="AZZ")
    found = model.model_
    alpha, beta, gamma, phi = (0.0 if np.isnan(value) else float(value) for value in found["par"][:4])
    damping = phi if found["components"][3] != "N" else 1.0
    lag = np.arange(1, ahead)
    carried = np.cumsum(damping ** lag.astype(np.float64))
    weights = np.r_[1.0, alpha + beta * carried + gamma * (lag % max(int(found["m"]), 1) == 0)][:ahead]
    return Forecast("ets", _mean(model, ahead), innovations_root(weights, float(np.sqrt(found["sigma2"]))))


def theta(series: ArrayLike, ahead: int) -> Forecast:
    """The standard Theta method (Assimakopoulos & Nikolopoulos 2000) on the series less its time of year, which is simple exponential smoothing
    with drift (Hyndman & Billah 2003): every surprise is carried on by alpha.

    The time of year is taken out here, additively: counts may be nought, and statsforecast 2.1 leaves it in its residuals.
    """
    y = np.asarray(series, dtype=np.float64)
    indices = classical(y).indices if is_seasonal(y) else np.zeros(SEASON)
    model = _fitted("Theta", y - indices[np.arange(len(y)) % SEASON], season_length=1)
    found = model.model_
    weights = np.r_[1.0, np.full(ahead - 1, float(found["par"]["alpha"]))]
    sigma = float(np.std(found["residuals"][START_UP:], ddof=1))
    mean = _mean(model, ahead) + indices[np.arange(len(y), len(y) + ahead) % SEASON]
    return Forecast("theta", mean, innovations_root(weights, sigma))


START_UP = 3
"""Errors of the first months tell of the start values, not of the method; statsforecast leaves out as many."""

SEASONAL = 1.645
"""The 90% point of the normal distribution: the test of the time of year in Assimakopoulos & Nikolopoulos (2000)."""


def is_seasonal(series: ArrayLike) -> bool:
    """Whether months a year apart go together more than chance would have it: autocorrelation at 12 beyond 1.645 of Bartlett's (1946) standard
    errors. Needs two whole years."""
    y = np.asarray(series, dtype=np.float64)
    around = y - y.mean()
    squares = float((around**2).sum())
    if len(y) < 2 * SEASON or squares == 0:
        return False
    lags = np.array([(around[lag:] * around[:-lag]).sum() / squares for lag in range(1, SEASON + 1)])
    return bool(abs(lags[-1]) > SEASONAL * np.sqrt((1 + 2 * (lags[:-1] ** 2).sum()) / len(y)))


LARGEST = {
    "max_p": 2,
    "max_q": 2,
    "max_P": 1,
    "max_Q": 1,
    "max_d": 1,
    "start_p": 1,
    "start_q": 1,
    "start_P": 0,
    "start_Q": 0,
}
"""The orders searched. A few years of months cannot tell larger models apart, and trying them takes most of the time."""


def arima(series: ArrayLike, ahead: int, orders: Orders | None = None) -> Forecast:
    """Seasonal ARIMA by maximum likelihood, its orders chosen by corrected AIC (Hyndman & Khandakar 2008), or those given."""
    chosen = orders or arima_orders(series)
    model = _fitted(
        "ARIMA",
        series,
        order=chosen.order,
        seasonal_order=chosen.seasonal,
        season_length=SEASON,
        include_mean=chosen.mean,
        include_drift=chosen.drift,
    )
    found = model.model_
    weights = psi_weights(found["model"]["phi"], found["model"]["theta"], found["model"]["delta"], ahead)
    return Forecast("arima", _mean(model, ahead), innovations_root(weights, float(np.sqrt(found["sigma2"]))))


def arima_orders(series: ArrayLike) -> Orders:
    """The orders that `arima` would choose. The search fits by conditional sum of squares, which takes half the time."""
    found = _fitted("AutoARIMA", series, season_length=SEASON, method="CSS", **LARGEST).model_
    p, q, sp, sq, _, d, sd = found["arma"]
    names = set(found["coef"])
    return Orders((p, d, q), (sp, sd, sq), "intercept" in names, "drift" in names)


def psi_weights(phi: ArrayLike, moving: ArrayLike, delta: ArrayLike, ahead: int) -> Floats:
    """Weights of past surprises: 1, ψ1, ψ2 … of θ(B) / (φ(B) Δ(B)) (Box & Jenkins 1970). delta: the differencing, 1 − Σ delta[i] Bⁱ."""
    left = np.convolve(np.r_[1.0, -np.asarray(phi, dtype=float)], np.r_[1.0, -np.asarray(delta, dtype=float)])
    right = np.r_[1.0, np.asarray(moving, dtype=float), np.zeros(ahead)]
    weights = np.zeros(ahead)
    for j in range(ahead):
        past = min(j, len(left) - 1)
        weights[j] = right[j] - sum(left[i] * weights[j - i] for i in range(1, past + 1))
    return weights


def _fitted(name: str, series: ArrayLike, **options: Any) -> Any:
    """A model of statsforecast, fitted. Whatever it cannot do is one kind of error here; its warnings are about its own search."""
    from statsforecast import models

    y = np.asarray(series, dtype=np.float64)
    if len(y) < FEWEST:
        raise CannotForecastError(f"{name} needs {FEWEST} months; {len(y)} are held.")
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            model = getattr(models, name)(**options).fit(y)
        except Exception as error:
            raise CannotForecastError(f"{name} could not be fitted.") from error
    return model


def _mean(model: Any, ahead: int) -> Floats:
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            mean = np.asarray(model.predict(ahead)["mean"], dtype=np.float64)
        except Exception as error:
            raise CannotForecastError(f"{type(model).__name__} could not look ahead.") from error
    if not np.isfinite(mean).all():
        raise CannotForecastError(f"{type(model).__name__} gave no number.")
    return mean


SINGLE: Mapping[str, Callable[[Floats, int], Forecast]] = {
    "seasonal-naive": seasonal_naive,
    "trend": trend,
    "spreadsheet": spreadsheet,
    "theta": theta,
    "ets": ets,
    "arima": arima,
}
