"""Which method would have done best? A rolling origin: forecast from each of several past months as if nothing later were known, then look.

Tashman (2000), International Journal of Forecasting 16: out-of-sample tests; Hyndman & Koehler (2006) for MASE.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike

from .accuracy import naive_scale
from .forecast_gaps import trend_through, whole
from .forecast_interval import CannotForecastError, Floats, Forecast, Misses, missed
from .forecast_models import FEWEST, METHODS, Orders, arima_orders, forecasts, seasonal_naive
from .forecast_spreadsheet import spreadsheet

STEP = 3
"""Months from one origin to the next: a quarter, so that the origins share little and take little time."""

LATEST = 24
"""Origins reach back two years: what did well long ago says less about next year."""

CLEARLY = 0.30
"""The average of ETS, ARIMA and Theta is taken unless another method's MASE is more than 30% smaller. On a few origins the best of seven is often best
by luck, and combinations are hard to beat (Bates & Granger 1969; Makridakis, Spiliotis & Assimakopoulos 2020, International Journal of Forecasting 36); the
simulation in docs/explanation/forecasts.md shows what this does after a change of level."""

NEARLY = 0.05
"""A simpler method is taken when its MASE is within 5% of the best: differences that small do not last from one set of months to the next."""

CHOSEN_FROM = tuple(name for name in METHODS if name != "spreadsheet")
"""The spreadsheet's method is scored beside the others and never chosen: it states no interval of its own."""


@dataclass(frozen=True)
class Score:
    """mase: mean absolute error over that of “same month last year” in the months learnt from; None when that is nought.
    coverage: share of months inside the 95% interval. bias: mean (forecast − actual), percent of the mean actual; None when that is nought.
    months: how many were compared. origins: from how many past months. mae: in the unit of the series."""

    method: str
    mase: float | None
    coverage: float
    bias: float | None
    mae: float
    months: int
    origins: int


@dataclass(frozen=True)
class Backtest:
    """scores: by method, in the order given. chosen: the method to use; None when none could be tested. misses: what each missed, from which
    its limits are widened."""

    scores: dict[str, Score]
    chosen: str | None
    misses: dict[str, Misses] = field(default_factory=dict, compare=False)

    def widened(self, made: Forecast) -> Forecast:
        """The forecast with limits no narrower than its method's misses call for."""
        return replace(made, misses=self.misses.get(made.method))


@dataclass(frozen=True)
class Series:
    """What to forecast: values (NaN where not supplied); masked: months to leave out of fit and score; steps: rows of 0 and 1 that reach
    at least as far as the months ahead of the last one."""

    values: Floats
    masked: Floats | None = None
    steps: Floats | None = None

    def to(self, months: int, ahead: int) -> tuple[Floats, Floats | None, Floats | None]:
        """The first `months` and nothing later, but for the registered dates of steps."""
        masked = None if self.masked is None else self.masked[:months]
        steps = None if self.steps is None else self.steps[:, : months + ahead]
        return self.values[:months], masked, steps


def origins(months: int, fewest: int = FEWEST) -> list[int]:
    """How many months are known at each origin, the latest first: one month less than all, then every third before it."""
    return list(range(months - 1, max(fewest, months - LATEST) - 1, -STEP))


def look(
    series: Series, months: int, ahead: int, methods: Sequence[str] = METHODS, orders: Orders | None = None
) -> dict[str, Forecast]:
    """The methods' forecasts from the first `months` of a series. One that cannot be fitted is left out.

    The trend is fitted around gaps; the others see the gaps filled and the steps taken out, and get them back ahead. A month filled in
    misses the fit by nothing, so the limits are widened by the root of all months over those known. Repeating last year's month
    takes the months as they were, and the spreadsheet's method knows of no gap or change at all.
    """
    values, masked, steps = series.to(months, ahead)
    found = whole(values, ahead, masked, steps)
    own = ("trend", "seasonal-naive", "spreadsheet")
    made = forecasts(found.series, ahead, [m for m in methods if m not in own], orders, strict=False)
    wider = float(np.sqrt(len(found.filled) / max(1, (~found.filled).sum())))
    made = {name: replace(part, root=part.root * wider) for name, part in made.items()}
    made = {name: replace(part, mean=part.mean + found.ahead) for name, part in made.items()}
    if "seasonal-naive" in methods:
        made["seasonal-naive"] = seasonal_naive(np.where(found.filled, found.series, values), ahead, ~found.filled)
    if "spreadsheet" in methods:
        made |= _as_the_sheet_would(values, ahead)
    if "trend" in methods:
        made["trend"] = trend_through(values, ahead, masked, steps)
    return {name: made[name] for name in methods if name in made}


def _as_the_sheet_would(values: Floats, ahead: int) -> dict[str, Forecast]:
    """The spreadsheet's method knows of no registered change: it sees the months as they were supplied."""
    try:
        return {"spreadsheet": spreadsheet(values, ahead)}
    except CannotForecastError:
        return {}


def backtest(
    series: Series | ArrayLike,
    ahead: int = 12,
    methods: Sequence[str] = METHODS,
    fewest: int = FEWEST,
    tell: Callable[[int, int], None] | None = None,
) -> Backtest:
    """Score every method over the origins and choose one. tell: called with (origins done, origins in all).

    ARIMA's orders are chosen at the earliest origin and kept, so that no later month has a say in them.
    """
    given = series if isinstance(series, Series) else Series(np.asarray(series, dtype=np.float64))
    places = sorted(origins(len(given.values), fewest))
    orders = _first_orders(given, places, ahead, methods)
    if tell:
        tell(0, len(places))
    tried: dict[str, list[_Miss]] = {name: [] for name in methods}
    for done, months in enumerate(places):
        try:
            found = look(given, months, ahead, methods, orders)
        except CannotForecastError:
            found = {}
        for name, made in found.items():
            tried[name].append(_miss(given, made, months))
        if tell:
            tell(done + 1, len(places))
    scores = {name: score for name, misses in tried.items() if (score := _score(name, misses))}
    misses = {name: missed([(miss.made, miss.after) for miss in tried[name]]) for name in scores}
    return Backtest(scores, choose(scores), misses)


def choose(scores: dict[str, Score]) -> str | None:
    """Of the methods tested at the most origins: the average of ETS, ARIMA and Theta, unless another's MASE is more than 30% smaller; then
    that with the least MASE, or the simplest within 5% of it."""
    able = {name: score for name, score in scores.items() if name in CHOSEN_FROM}
    if not able:
        return None
    most = max(score.origins for score in able.values())
    able = {name: score for name, score in able.items() if score.origins == most}
    errors = {name: score.mae if score.mase is None else score.mase for name, score in able.items()}
    best = min(errors.values())
    if best >= errors.get("combination", np.inf) * (1 - CLEARLY):
        return "combination"
    return next(name for name in METHODS if name in errors and errors[name] <= best * (1 + NEARLY))


@dataclass(frozen=True)
class _Miss:
    """From one origin: the forecast and the months after it; errors (forecast − actual) of those known, which of them lay inside, and what MASE
    divides by."""

    made: Forecast
    after: Floats
    error: Floats
    inside: Floats
    actual: Floats
    scale: float | None


def _miss(series: Series, made: Forecast, months: int) -> _Miss:
    after = series.values[months : months + len(made.mean)].copy()
    if series.masked is not None:
        after[np.asarray(series.masked[months : months + len(after)], dtype=bool)] = np.nan
    known = ~np.isnan(after)
    lower, upper = (limit[: len(after)][known] for limit in made.limits(95))
    actual = after[known]
    error = made.expected()[: len(after)][known] - actual
    inside = np.asarray((actual >= lower) & (actual <= upper), dtype=np.float64)
    return _Miss(made, after, error, inside, actual, naive_scale(series.values[:months]))


def _score(name: str, misses: Sequence[_Miss]) -> Score | None:
    told = [miss for miss in misses if miss.error.size]
    if not told:
        return None
    error = np.concatenate([miss.error for miss in told])
    actual = np.concatenate([miss.actual for miss in told])
    scaled = [np.abs(miss.error) / miss.scale for miss in told if miss.scale]
    return Score(
        name,
        float(np.concatenate(scaled).mean()) if len(scaled) == len(told) else None,
        float(np.concatenate([miss.inside for miss in told]).mean()),
        float(100 * error.mean() / actual.mean()) if actual.mean() else None,
        float(np.abs(error).mean()),
        int(error.size),
        len(told),
    )


def _first_orders(series: Series, places: Sequence[int], ahead: int, methods: Sequence[str]) -> Orders | None:
    if not places or not {"arima", "combination"} & set(methods):
        return None
    try:
        return arima_orders(whole(*_front(series, places[0], ahead)).series)
    except CannotForecastError:
        return None


def _front(series: Series, months: int, ahead: int) -> tuple[Floats, int, Floats | None, Floats | None]:
    values, masked, steps = series.to(months, ahead)
    return values, ahead, masked, steps
