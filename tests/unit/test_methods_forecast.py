"""Forecasting methods: small cases of our own, gaps and steps, totals, bad input."""

from __future__ import annotations

import numpy as np
import pytest

from tests.factories.series import PUBLISHED, made
from wardwise.methods import forecast_models as models
from wardwise.methods.decompose import classical, stl
from wardwise.methods.forecast_gaps import trend_through, whole
from wardwise.methods.forecast_interval import CannotForecastError, Forecast, combined, innovations_root
from wardwise.methods.forecast_spreadsheet import curve, dates, sheet, spreadsheet
from wardwise.methods.forecast_trend import effects, trend, trends


def test_the_published_estimate_from_the_published_months():
    """G-04 without its file: 10,719.4, which is 20.6% above 8,886."""
    found = sheet(PUBLISHED, 7)
    assert round(float(PUBLISHED[-5:].sum() + found.mean.sum()), 1) == 10719.4
    assert round(found.curve.r2, 4) == 0.3547
    assert round(curve(PUBLISHED, dates("2013-04", 41)).r2, 4) == 0.3546


def test_an_exact_line_with_seasons_is_continued():
    time = np.arange(48)
    y = 100 + 2.0 * time + np.tile(np.arange(12), 4)
    found = trends(y[:36], 12)
    np.testing.assert_allclose(found.mean, y[36:], atol=1e-9)
    assert float(found.r2) == pytest.approx(1)


def test_many_series_are_the_same_as_one_by_one():
    many = np.stack([made(seed=seed) for seed in range(6)])
    many[2, 5] = many[4, [7, 30]] = np.nan
    together = trends(many, 12)
    for i, one in enumerate(many):
        alone = trends(one, 12)
        np.testing.assert_allclose(together.mean[i], alone.mean)
        np.testing.assert_allclose(together.limits()[0][i], alone.limits()[0])
        single = trend(one, 12)
        np.testing.assert_allclose(single.limits(95)[1], alone.limits(95)[1])
        assert single.total(1).value == pytest.approx(float(alone.mean[0]))
    assert trends(np.zeros((0, 48)), 3).mean.shape == (0, 3)


def test_a_sum_of_months_is_surer_than_its_months_added_up_and_less_sure_than_if_they_were_strangers():
    found = trend(made(), 12)
    lower, upper = found.limits(95)
    total = found.total(12)
    added = float((upper - lower).sum())
    strangers = float(np.sqrt(((upper - lower) ** 2).sum()))
    assert strangers < total.upper - total.lower < added
    assert total.value == pytest.approx(float(found.mean.sum()))
    assert found.first(5).total(5) == found.total(5)


def test_months_that_cannot_tell_the_season_give_nothing():
    y = made(20)
    y[5:] = np.nan
    assert np.isnan(trends(y, 3).mean).all()
    with pytest.raises(CannotForecastError, match="time of year"):
        trend(y, 3)
    with pytest.raises(CannotForecastError, match="time of year"):
        effects(y, np.zeros((0, 20)))
    no_may = made(36)
    no_may[4::12] = np.nan
    with pytest.raises(CannotForecastError):
        trend(no_may, 3)


def test_a_fall_never_goes_below_nought():
    found = trend(np.maximum(40 - np.arange(40.0), 0), 12)
    assert (found.expected() >= 0).all() and (found.limits()[0] >= 0).all()
    total = found.total(12)
    assert 0 <= total.lower <= total.value <= total.upper
    free = Forecast("x", np.array([-3.0]), np.array([[1.0]]), floor=None)
    assert free.total(1).value == -3 and free.limits()[0][0] < -4


def test_the_spreadsheet_says_why_it_cannot():
    with pytest.raises(CannotForecastError, match="every month"):
        sheet(made(12), 3)
    with pytest.raises(CannotForecastError, match="below nought"):
        sheet(np.r_[np.full(12, 500.0), np.zeros(24)] + np.arange(36) * 0.0 + np.r_[np.zeros(13), np.full(23, -1.0)], 3)
    with pytest.raises(CannotForecastError, match="four months"):
        curve([1.0, 2.0, np.nan, 3.0])
    assert curve([2.0, 2.0, 2.0, 2.0]).r2 == 0
    assert spreadsheet(PUBLISHED, 7).total(7).value == pytest.approx(6394.448, abs=1e-3)


@pytest.mark.parametrize("method", models.METHODS)
def test_every_method_forecasts_an_ordinary_series(method: str):
    found = models.forecast(made(), 12, method)
    assert found.method == method and found.mean.shape == (12,)
    assert np.isfinite(found.mean).all() and np.isfinite(found.root).all()
    narrow, wide = found.limits(80), found.limits(95)
    assert (wide[0] <= narrow[0]).all() and (narrow[1] <= wide[1]).all()
    assert 500 < found.total(12).value < 1500


def test_limits_are_those_of_the_library():
    from statsforecast import models as library

    y = PUBLISHED
    ets = library.AutoETS(season_length=12, model="AZZ").fit(y).predict(12, level=[95])
    np.testing.assert_allclose(models.ets(y, 12).limits(95)[0], ets["lo-95"], rtol=1e-6)
    orders = models.arima_orders(y)
    fitted = library.ARIMA(
        orders.order,
        season_length=12,
        seasonal_order=orders.seasonal,
        include_mean=orders.mean,
        include_drift=orders.drift,
    )
    wanted = np.asarray(fitted.fit(y).predict(12, level=[95])["lo-95"])
    np.testing.assert_allclose(models.arima(y, 12, orders).limits(95)[0], wanted, rtol=0.01)


def test_a_damped_trend_and_a_season_are_carried_as_the_library_carries_them():
    """Series for which the models with trend and with season are chosen; the limits of statsforecast's own formulas.
    A year ahead only: its 2.1 release counts the seasons passed from the last month asked for, in every month."""
    from statsforecast import models as library

    rng = np.random.default_rng(5)
    time = np.arange(72)
    for y in (
        100 + np.cumsum(np.r_[4.0, 0.9 ** np.arange(71) * 4]) + rng.normal(0, 0.3, 72),
        200 + 1.5 * time + 40 * np.sin(2 * np.pi * time / 12) + rng.normal(0, 2, 72),
        np.cumsum(rng.normal(0, 3, 72)) + 200 + np.tile(rng.normal(0, 30, 12), 6),
    ):
        wanted = library.AutoETS(season_length=12, model="AZZ").fit(y).predict(12, level=[95])
        np.testing.assert_allclose(models.ets(y, 12).limits(95)[0], wanted["lo-95"], rtol=1e-5)


def test_the_uncertainty_of_level_and_slope_is_added():
    """A series of white noise: the root of the plain line's prediction, 1 + 1/n + (t − mean)² / Σ (t − mean)²."""
    found = models.unsure(Forecast("ets", np.zeros(3), 2.0 * np.eye(3)), 24)
    time, at = np.arange(24), 24 + np.arange(3)
    spread = 1 + 1 / 24 + (at - time.mean()) ** 2 / ((time - time.mean()) ** 2).sum()
    np.testing.assert_allclose((found.root**2).sum(axis=1), 4 * spread)
    flat = Forecast("ets", np.zeros(3), np.zeros((3, 3)))
    assert models.unsure(flat, 24) is flat


def test_arima_weights_by_hand():
    """(1 − 0.5B)(1 − B) y = (1 + 0.4B) e: 1, 1.9, 2.35, 2.575."""
    np.testing.assert_allclose(models.psi_weights([0.5], [0.4], [1.0], 4), [1, 1.9, 2.35, 2.575])
    np.testing.assert_allclose(innovations_root(np.array([1.0, 0.5]), 2.0), [[2, 0], [1, 2]])


def test_the_average_of_forecasts():
    one = Forecast("a", np.array([10.0, 12.0]), np.eye(2))
    other = Forecast("b", np.array([20.0, 14.0]), 3 * np.eye(2), freedom=5.0)
    both = combined([one, other], "both")
    assert both.mean.tolist() == [15, 13] and both.root.tolist() == [[2, 0], [0, 2]] and both.freedom == 5


def test_repeating_last_year_and_what_it_says_of_a_years_total():
    y = np.r_[np.full(12, 10.0), np.full(12, 20.0)] + np.tile([0.0, 1.0], 12)
    found = models.seasonal_naive(y, 14)
    assert found.mean.tolist() == [*y[-12:], *y[-12:-10]]
    alone = np.sqrt((found.root**2).sum(axis=1))
    assert alone[12] > alone[0]
    together = np.sqrt((found.root[:12].sum(axis=0) ** 2).sum())
    assert together > np.sqrt(12) * alone[0]
    with pytest.raises(CannotForecastError, match="same month"):
        models.seasonal_naive(y[:12], 3)
    with pytest.raises(CannotForecastError, match="two years running"):
        models.seasonal_naive(y, 3, known=np.zeros(24))


def test_what_a_method_cannot_take():
    gap = made()
    gap[3] = np.nan
    with pytest.raises(CannotForecastError, match="gap"):
        models.forecast(gap, 3, "ets")
    with pytest.raises(CannotForecastError, match="24 months"):
        models.forecast(made(20), 3, "theta")
    assert set(models.forecasts(made(20), 3, strict=False)) == {"seasonal-naive", "trend", "spreadsheet"}
    with pytest.raises(KeyError):
        models.forecast(made(), 3, "crystal-ball")


def test_a_fault_of_the_library_is_told_as_one_that_cannot(monkeypatch):
    from statsforecast import models as library

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no convergence")

    monkeypatch.setattr(library.AutoETS, "fit", broken)
    with pytest.raises(CannotForecastError, match="could not be fitted"):
        models.ets(made(), 3)
    monkeypatch.setattr(library.Theta, "predict", broken)
    with pytest.raises(CannotForecastError, match="look ahead"):
        models.theta(made(), 3)
    monkeypatch.setattr(library.Theta, "predict", lambda *_, **__: {"mean": [np.nan] * 3})
    with pytest.raises(CannotForecastError, match="no number"):
        models.theta(made(), 3)


def test_whether_a_series_has_a_season():
    assert models.is_seasonal(made(season=0.5, slope=0.0))
    assert not models.is_seasonal(np.full(48, 7.0))
    assert not models.is_seasonal(made(20))


def test_gaps_are_filled_for_the_fit_alone():
    y = made()
    y[[5, 17]] = np.nan
    found = whole(y, 12)
    assert np.flatnonzero(found.filled).tolist() == [5, 17]
    assert np.isfinite(found.series).all() and (found.series[~found.filled] == y[~found.filled]).all()
    untouched = whole(made(), 12)
    assert (untouched.series == made()).all() and not untouched.ahead.any()


def test_a_spike_left_out_does_not_move_the_forecast():
    plain, spiked = made(), made()
    spiked[[17, 18]] += 300
    masked = np.zeros(48, dtype=bool)
    masked[[17, 18]] = True
    without = plain.copy()
    without[[17, 18]] = np.nan
    np.testing.assert_allclose(trend_through(spiked, 12, masked).mean, trend(without, 12).mean)


def test_a_step_is_measured_and_taken_out():
    steps = np.zeros((1, 60))
    steps[0, 20:] = 1
    y = made(step=40, at=20)
    found = whole(y, 12, steps=steps)
    assert 25 < float(found.lifts[0]) < 55 and (found.ahead == found.lifts[0]).all()
    np.testing.assert_allclose(found.series + found.lifts[0] * steps[0, :48], y)
    flat = trend_through(y, 12, steps=steps)
    assert abs(float(flat.mean.mean()) - 115) < 25


def test_a_step_that_cannot_be_measured_is_left_out_or_has_nothing_to_do():
    late, never = np.zeros((1, 60)), np.zeros((1, 60))
    late[0, 46:50], never[0, 50:] = 1, 1
    found = whole(made(), 12, steps=late)
    assert np.isnan(found.lifts[0]) and found.filled.sum() == 2
    assert whole(made(), 12, steps=never).lifts.tolist() == [0.0]
    assert np.isfinite(trend_through(made(), 12, steps=np.vstack([late, never])).mean).all()


def test_parts_of_a_series():
    y = 10 + np.tile(np.arange(12.0), 3)
    added = classical(y)
    np.testing.assert_allclose(added.indices, np.arange(12) - 5.5)
    np.testing.assert_allclose(added.remainder[6:-6], 0, atol=1e-9)
    times = classical(y, multiplicative=True)
    assert times.multiplicative and times.indices.mean() == pytest.approx(1)
    odd = classical(np.tile([1.0, 2.0, 6.0], 4), season=3)
    np.testing.assert_allclose(odd.indices, [-2, -1, 3])
    both = stl(y)
    np.testing.assert_allclose(both.trend + both.seasonal + both.remainder, y)
    with pytest.raises(ValueError, match="without a gap"):
        classical(y[:20])
