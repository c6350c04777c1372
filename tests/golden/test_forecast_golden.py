"""Forecasts of published cases: the police spreadsheet to the digit, R's regressions, accuracy measures and decompositions."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import minimize

from tests.factories.answers import Canned
from tests.factories.sentences import sentences
from wardwise.analysis import year_end
from wardwise.methods import decompose, forecast_spreadsheet
from wardwise.methods.accuracy import accuracy, naive_scale
from wardwise.methods.forecast_trend import trends
from wardwise.records.findings import Findings

READINGS = {
    # G-02: pairs swapped against the one right reading (April and February swapped in the scan) → R² by number of month, by date
    (): (0.354700, 0.354589),
    ("apr",): (0.391000, 0.390938),
    ("feb",): (0.301215, 0.300708),
    ("apr", "feb"): (0.339138, 0.338635),
    ("jan",): (0.373052, 0.373017),
    ("apr", "jan"): (0.408293, 0.408317),
    ("feb", "jan"): (0.316315, 0.315880),
    ("apr", "feb", "jan"): (0.353178, 0.352757),
}
PAIRS = {"apr": (0, 24), "jan": (9, 33), "feb": (10, 34)}


def _column(path: Path, name: str) -> np.ndarray:
    with path.open(encoding="utf-8") as file:
        return np.array([float(row[name]) if row[name] != "NA" else np.nan for row in csv.DictReader(file)])


@pytest.fixture(scope="module")
def cora(shared: Path) -> np.ndarray:
    return _column(shared / "golden/forecast/cora.csv", "y")


@pytest.fixture(scope="module")
def air(shared: Path) -> np.ndarray:
    return _column(shared / "golden/forecast/airpassengers.csv", "y")


@pytest.mark.parametrize(("swapped", "wanted"), READINGS.items(), ids=str)
def test_only_one_reading_gives_the_published_fit(cora, swapped, wanted):
    """G-02: "R² = 0.3546" (scrutiny report of 27 October 2016, paragraph 6.3.4), on both axes, for the eight readings of the table."""
    y = cora.copy()
    for pair in swapped:
        one, other = PAIRS[pair]
        y[[one, other]] = y[[other, one]]
    index = forecast_spreadsheet.curve(y).r2
    by_date = forecast_spreadsheet.curve(y, forecast_spreadsheet.dates("2013-04", 41)).r2
    assert (round(index, 6), round(by_date, 6)) == wanted
    assert (round(by_date, 4) == 0.3546) == (swapped == ())


def test_the_spreadsheets_estimate_to_the_digit(shared: Path, cora):
    """CORA-1, G-04: "a full year estimate of +20.6%", with every coefficient, factor and month behind it."""
    wanted = json.loads((shared / "golden/cora/cora_expected.json").read_text(encoding="utf-8"))
    found = forecast_spreadsheet.sheet(cora, 7)
    np.testing.assert_allclose(
        found.curve.coefficients, wanted["B_R2_quadratic_on_month_index"]["coef_const_t_t2"], rtol=1e-9
    )
    np.testing.assert_allclose(found.factors, wanted["C_forecast"]["seasonal_index_apr_to_mar"], rtol=1e-12)
    np.testing.assert_allclose(found.mean, wanted["C_forecast"]["forecast_sep16_mar17"], rtol=1e-12)
    estimate = cora[-5:].sum() + found.mean.sum()
    assert estimate == pytest.approx(wanted["C_forecast"]["estimate_2016_17"], abs=1e-8)
    assert f"{100 * (estimate / 8886 - 1):+.1f}%" == "+20.6%"
    on_dates = forecast_spreadsheet.sheet(cora, 7, forecast_spreadsheet.dates("2013-04", 48))
    assert cora[-5:].sum() + on_dates.mean.sum() == pytest.approx(
        wanted["D_forecast_same_but_x_dates"]["estimate_2016_17"], abs=1e-5
    )


def test_the_years_totals_and_the_back_test(shared: Path):
    """G-03 and G-04: totals 9,083, 8,408, 8,886; at the same point of earlier years −1.3% and −8.0%, against +7.6% and −6.9% for “as last year”."""
    found = _county(shared)
    row = found.tables["year_end"].rows[1]
    assert (row["actual"], row["before"], round(float(row["total"]), 1)) == (4325, 8886, 10719.4)
    missed = {
        (r["year"], str(r["label"]).split()[0]): (round(float(r["total"])), r["actual"], round(float(r["error"]), 1))
        for r in found.tables["missed"].rows
    }
    assert missed["2014/15", "Police"] == (8299, 8408, -1.3)
    assert missed["2014/15", "Same"][2] == 7.6
    assert missed["2015/16", "Police"] == (8178, 8886, -8.0)
    assert missed["2015/16", "Same"][2] == -6.9


def test_what_councillors_would_have_been_told(shared: Path):
    """The estimate with its interval, the spreadsheet's beside it, and the warning that its report left out."""
    said = sentences(_county(shared))
    assert said[0].startswith("Domestic abuse: ") and "more than the 8,886 recorded in 2015/16" in said[0]
    assert said[1].startswith("Warning: the fit is weak.")
    assert (
        "gives 10,719 (20.6% more) and states no interval. Its curve explains 35% of the ups and downs of the months: a weak fit."
        in said[2]
    )
    assert "the spreadsheet's method would have been 8.0% too low" in said[3]


def _county(shared: Path) -> Findings:
    with (shared / "golden/cora/cora_lancashire_da.csv").open(encoding="utf-8") as file:
        held = {row["month"]: int(row["domestic_abuse"]) for row in csv.DictReader(file)}
    return year_end.year_end(
        Canned(counts={("domestic-abuse", "E23000003"): held}), "domestic-abuse", "E23000003", "2016-08"
    )


@pytest.mark.parametrize(
    ("name", "season"),
    [
        ("cora_quad_season", 12),
        ("cora_quad", 0),
        ("airpassengers_quad_season", 12),
        ("log_airpassengers_quad_season", 12),
    ],
)
def test_trend_and_season_as_in_r(shared: Path, cora, air, name: str, season: int):
    """FC-1: tslm of R's forecast 8.20, its 80% and 95% prediction intervals, to 1e-8."""
    y = cora if name.startswith("cora") else np.log(air) if name.startswith("log") else air
    found = trends(y, 12, degree=2, season=season)
    with (shared / "golden/forecast/tslm_R_forecasts.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["series"] == name]
    np.testing.assert_allclose(found.mean, [float(row["mean"]) for row in rows], rtol=1e-8)
    for level in (80, 95):
        limits = found.limits(level, floor=None)
        for side, limit in zip(("lo", "hi"), limits, strict=True):
            np.testing.assert_allclose(limit, [float(row[f"{side}{level}"]) for row in rows], rtol=1e-8)
    with (shared / "golden/forecast/tslm_R_fit.csv").open(encoding="utf-8") as file:
        fit = next(row for row in csv.DictReader(file) if row["series"] == name)
    found_fit = (float(found.r2), float(found.sigma), float(found.freedom))
    np.testing.assert_allclose(found_fit, [float(fit["r2"]), float(fit["sigma"]), float(fit["df"])], rtol=1e-9)


NAMES = {
    "ME": "me",
    "RMSE": "rmse",
    "MAE": "mae",
    "MPE": "mpe",
    "MAPE": "mape",
    "MASE": "mase",
    "ACF1": "acf1",
    "Theil's U": "theils_u",
}


def _published(shared: Path, method: str, part: str) -> dict[str, float]:
    with (shared / "golden/forecast/accuracy_R_airpassengers.csv").open(encoding="utf-8") as file:
        row = next(row for row in csv.DictReader(file) if (row["m"], row["set"]) == (method, part))
    return {name: float(row[name]) for name in NAMES if row[name] != "NA"}


@pytest.mark.parametrize(("method", "season"), [("snaive", 12), ("naive", 1)])
def test_accuracy_of_naive_forecasts(shared: Path, air, method: str, season: int):
    """FC-2: every measure of R's `accuracy`, learnt from 120 months and tried on 24, to 1e-9."""
    before, after = air[:120], air[120:]
    fitted = np.r_[np.full(season, np.nan), before[:-season]]
    ahead = np.resize(before[-season:], 24)
    for part, actual, said in (("train", before, fitted), ("test", after, ahead)):
        found = accuracy(actual, said, naive_scale(before))
        for name, wanted in _published(shared, method, part).items():
            assert getattr(found, NAMES[name]) == pytest.approx(wanted, rel=1e-9), (method, part, name)


def test_accuracy_of_holt_and_winters(shared: Path, air):
    """FC-2: multiplicative Holt-Winters fitted here by least squares; on the 24 months every size of error within 2% of R's."""
    before, after = air[:120], air[120:]
    found = accuracy(after, _holt_winters(before, 24), naive_scale(before))
    wanted = _published(shared, "hw_mult", "test")
    for name in ("ME", "RMSE", "MAE", "MPE", "MAPE", "MASE", "Theil's U"):
        assert getattr(found, NAMES[name]) == pytest.approx(wanted[name], rel=0.02), name


def _holt_winters(y: np.ndarray, ahead: int) -> np.ndarray:
    """Start values as R's HoltWinters: a line through the trend of the first two years, and their classical indices."""
    start = decompose.classical(y[:24], multiplicative=True)
    slope, level = np.polyfit(np.arange(1, 13), start.trend[~np.isnan(start.trend)], 1)

    def run(weights: np.ndarray) -> tuple[float, float, float, list[float]]:
        at, up, season, squares = level, slope, list(start.indices), 0.0
        for value in y[12:]:
            factor = season[-12]
            squares += (value - (at + up) * factor) ** 2
            new = weights[0] * value / factor + (1 - weights[0]) * (at + up)
            up = weights[1] * (new - at) + (1 - weights[1]) * up
            at = new
            season.append(weights[2] * value / at + (1 - weights[2]) * factor)
        return squares, at, up, season[-12:]

    best = minimize(lambda weights: run(weights)[0], (0.3, 0.1, 0.1), bounds=[(0, 1)] * 3, method="L-BFGS-B")
    _, at, up, season = run(best.x)
    return np.array([(at + up * (h + 1)) * season[h % 12] for h in range(ahead)])


def test_ets_of_the_reference_stopped_short(shared: Path, air):
    """FC-2: R's additive ETS has a root mean square error of 14.0 on the months it learnt from. statsmodels finds a better one (11.6), so its
    forecasts cannot agree; the measures of both are what they say."""
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    before = air[:120]
    fitted = ETSModel(before, error="add", trend="add", seasonal="add", seasonal_periods=12).fit(disp=False)
    found = accuracy(before, fitted.fittedvalues, naive_scale(before))
    assert found is not None
    assert found.rmse < _published(shared, "ets_AAA", "train")["RMSE"]


def test_stl_and_classical_indices_as_in_r(shared: Path, cora, air):
    """FC-3: STL with a periodic season of log AirPassengers, and classical multiplicative indices of the 41 months, to 1e-6."""
    path = shared / "golden/forecast/stl_R_log_airpassengers.csv"
    found = decompose.stl(np.log(air))
    for name in ("seasonal", "trend", "remainder"):
        np.testing.assert_allclose(getattr(found, name), _column(path, name), atol=1e-6)
    indices = decompose.classical(cora, multiplicative=True).indices
    wanted = _column(shared / "golden/forecast/decompose_mult_cora_R.csv", "figure")
    np.testing.assert_allclose(np.roll(indices, 3), wanted, atol=1e-6)
