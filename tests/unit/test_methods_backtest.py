"""How far forecasts missed, and which method is chosen for it."""

from __future__ import annotations

import numpy as np
import pytest

from tests.factories.series import made
from wardwise.methods.accuracy import accuracy, acf1, naive_scale, theils_u
from wardwise.methods.backtest import Score, Series, backtest, choose, origins
from wardwise.methods.backtest_many import try_many

LIGHT = ("seasonal-naive", "trend", "spreadsheet")


def test_the_measures_by_hand():
    found = accuracy([10, 20, 40], [12, 20, 30], scale=4)
    assert found is not None
    assert (found.me, found.mae, found.mase) == (pytest.approx(8 / 3), 4, 1)
    assert found.rmse == pytest.approx(np.sqrt(104 / 3))
    assert found.mpe == pytest.approx((-20 + 0 + 25) / 3) and found.mape == 15


def test_measures_that_there_are_not():
    assert accuracy([np.nan], [3]) is None
    found = accuracy([0, 2], [1, 2])
    assert found is not None
    assert (found.mpe, found.mase, found.theils_u) == (None, None, None)
    assert naive_scale([1.0] * 12) is None and naive_scale([1.0] * 24) is None
    assert naive_scale(np.r_[np.full(12, np.nan), np.ones(12)]) is None
    assert acf1([1.0]) is None and acf1([2.0, 2.0]) is None
    assert theils_u([3, 3, 3], [3, 4, 3]) is None


def test_origins_step_back_by_quarters_over_two_years():
    assert origins(48) == [47, 44, 41, 38, 35, 32, 29, 26]
    assert origins(25) == [24]
    assert origins(24) == []


def test_nothing_later_than_the_origin_is_seen():
    """Change the last month: forecasts from every earlier origin stay as they were, so the score of the first origins is the same."""
    y = made()
    changed = y.copy()
    changed[-1] += 500
    from wardwise.methods.backtest import look

    assert set(look(Series(y), 30, 3, ("seasonal-naive",))) == {"seasonal-naive"}
    for months in (26, 35, 47):
        one, other = look(Series(y), months, 12, LIGHT), look(Series(changed), months, 12, LIGHT)
        for name in LIGHT:
            assert (one[name].mean == other[name].mean).all()


def test_a_straight_line_is_found():
    told: list[tuple[int, int]] = []
    found = backtest(made(level=200, slope=4.0), 12, LIGHT, tell=lambda done, of: told.append((done, of)))
    assert found.chosen == "trend" and told[-1] == (8, 8)
    score = found.scores["trend"]
    assert score.origins == 8 and score.months == 1 + 4 + 7 + 10 + 12 * 4
    assert score.coverage > 0.8 and score.mase is not None and score.mase < found.scores["seasonal-naive"].mase


def test_the_library_is_tried_too_and_the_gap_is_not_scored():
    y = made(40)
    y[30] = np.nan
    masked = np.zeros(40)
    masked[35] = 1
    found = backtest(Series(y, masked), 6)
    assert set(found.scores) == {"seasonal-naive", "trend", "spreadsheet", "theta", "ets", "arima", "combination"}
    assert found.scores["ets"].months < found.scores["ets"].origins * 6


def test_a_method_that_misses_an_origin_is_not_chosen_over_one_that_does_not():
    def score(name: str, mase: float | None, origins: int = 8) -> Score:
        return Score(name, mase, 0.9, 0.0, 5.0 if mase is None else mase, 60, origins)

    assert choose({"ets": score("ets", 0.5, 3), "trend": score("trend", 0.9)}) == "trend"
    assert choose({"ets": score("ets", 0.88), "trend": score("trend", 0.9)}) == "trend"
    assert choose({"ets": score("ets", 0.5), "trend": score("trend", 0.9)}) == "ets"
    assert choose({"spreadsheet": score("spreadsheet", 0.1)}) is None
    assert choose({"trend": score("trend", None), "ets": score("ets", None)}) == "trend"


def test_too_few_months_to_try_anything():
    found = backtest(made(24))
    assert found.scores == {} and found.chosen is None


def test_origins_from_which_nothing_can_be_told_are_passed_over():
    y = made(48)
    y[:20] = np.nan
    found = backtest(y, 6, ("trend", "arima"))
    assert found.scores["trend"].origins < 8


def test_noughts_have_no_scale():
    y = np.zeros(40)
    y[39] = 1
    found = backtest(y, 3, LIGHT)
    assert found.scores["trend"].mase is None
    assert found.scores["trend"].mae < 1


@pytest.mark.parametrize("workers", [1, 2])
def test_many_series_are_tried_in_order_and_the_impossible_one_says_why(workers: int):
    series = [Series(made(seed=seed)) for seed in range(11)]
    series[4] = Series(np.full(30, np.nan))
    told: list[tuple[int, int]] = []
    found = try_many(series, 6, LIGHT, workers=workers, tell=lambda done, of: told.append((done, of)))
    assert told[-1] == (11, 11) and len(found) == 11
    assert found[4].forecast is None and "cannot tell" in found[4].why_not
    alone = backtest(series[7], 6, LIGHT)
    assert found[7].tested == alone and found[7].forecast is not None
    assert found[7].forecast.method == alone.chosen
    assert try_many([Series(made(20))], 3, ("ets",), workers=1)[0].why_not
    assert try_many([], 3) == []
