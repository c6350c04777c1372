"""Trend, season, change of level and dispersion: cases whose answer is known, and slow plain versions that share no code."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from scipy import stats

from wardwise.methods import changepoint, compare, dispersion, spc_seasonal, trend

NAN = float("nan")
RANDOM = np.random.default_rng(20260101)


def test_trend_by_hand() -> None:
    """1, 3, 2, 5: S = 4, slopes 2, ½, 4/3, −1, 1, 3 with median 7/6."""
    found = trend.trend([1.0, 3, 2, 5])
    assert float(found.tau) == pytest.approx(4 / 6)
    assert float(found.slope) == pytest.approx((1 + 4 / 3) / 2)
    assert float(found.yearly) == pytest.approx(12 * float(found.slope) / 2.5)
    assert int(found.points) == 4


def test_trend_without_enough_points_or_without_change() -> None:
    assert math.isnan(trend.trend([1.0, NAN, 2]).p)
    assert math.isnan(trend.trend([NAN, NAN]).slope)
    flat = trend.trend([7.0] * 12)
    assert (float(flat.p), float(flat.slope), float(flat.yearly)) == (1.0, 0.0, 0.0)
    assert float(trend.trend([0.0] * 12).yearly) == 0.0


def _slow(y: list[float]) -> tuple[float, float]:
    """S over its standard deviation, and Sen's slope, by plain loops, for a series whose months do not follow each other."""
    known = [(i, v) for i, v in enumerate(y) if v == v]
    pairs = [((j - i), (b - a)) for (i, a), (j, b) in itertools.combinations(known, 2)]
    score = sum((d > 0) - (d < 0) for _, d in pairs)
    n = len(known)
    groups = [len(list(group)) for _, group in itertools.groupby(sorted(v for _, v in known))]
    variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in groups)) / 18
    return score / math.sqrt(variance), float(np.median([d / gap for gap, d in pairs]))


def test_trend_agrees_with_plain_loops() -> None:
    for _ in range(40):
        y = RANDOM.poisson(6, 30).astype(float) + np.arange(30) * RANDOM.uniform(-0.2, 0.2)
        y = np.round(y)
        y[RANDOM.random(30) < 0.1] = NAN
        z, slope = _slow(y.tolist())
        found = trend.trend(y)
        assert float(found.slope) == pytest.approx(slope)
        # Months that follow each other can only weaken the evidence.
        assert float(found.p) >= 2 * stats.norm.sf(abs(z)) - 1e-9
    tau = stats.kendalltau(np.arange(30), values := RANDOM.normal(size=30)).statistic
    assert float(trend.trend(values).tau) == pytest.approx(tau)


def test_months_that_follow_each_other_are_weaker_evidence() -> None:
    wave = np.sin(np.arange(48) / 12)
    z = _slow(wave.tolist())[0]
    assert float(trend.trend(wave).p) > 10 * 2 * stats.norm.sf(abs(z))


@pytest.mark.parametrize(
    ("p", "yearly", "tau", "strength", "direction"),
    [
        (0.001, 0.2, 0.5, "clear", 1),
        (0.001, -0.2, -0.5, "clear", -1),
        (0.001, 0.03, 0.5, "weak", 1),
        (0.03, -0.4, -0.2, "weak", -1),
        (0.06, 0.4, 0.2, "static", 0),
        (NAN, NAN, NAN, "static", 0),
    ],
)
def test_words_for_trends(p: float, yearly: float, tau: float, strength: str, direction: int) -> None:
    assert trend.called(p, yearly, tau) == trend.Called(strength, direction)


def test_a_marked_season_is_found_and_taken_out() -> None:
    months = np.arange(48)
    usual = 1 + 0.3 * np.sin(2 * np.pi * months / 12)
    found = spc_seasonal.season(100 * usual + RANDOM.normal(0, 1, 48))
    assert bool(found.marked) and float(found.p) < 0.001
    np.testing.assert_allclose(found.factors, usual, atol=0.03)
    assert float(found.widening) == pytest.approx(math.sqrt(36 / 25))
    shifted = spc_seasonal.season(100 * usual[5:] + RANDOM.normal(0, 1, 43), first=5)
    np.testing.assert_allclose(shifted.factors, usual[5:], atol=0.03)


def test_a_season_that_is_not_there_is_left_alone() -> None:
    for series in ([5.0] * 48, RANDOM.normal(100, 5, 35), [3.0] * 5, np.zeros(48), [NAN] * 48):
        found = spc_seasonal.season(series)
        assert not bool(found.marked) and set(found.factors.tolist()) == {1.0} and float(found.widening) == 1.0
    exact = spc_seasonal.season(np.tile(np.arange(10, 22), 4))
    assert bool(exact.marked)
    many = spc_seasonal.season(np.stack([np.tile(np.arange(10, 22), 4), np.full(48, 5)]))
    assert many.marked.tolist() == [True, False]
    gaps = np.tile(np.arange(10.0, 22), 4)
    gaps[20] = NAN
    assert np.isfinite(spc_seasonal.season(gaps).factors).all()


def test_a_step_is_found_where_it_is() -> None:
    series = np.concatenate([RANDOM.poisson(100, 24), RANDOM.poisson(150, 24)]).astype(float)
    (found,) = changepoint.changes(series)
    assert found.earliest <= 24 <= found.latest and abs(found.at - 24) <= 1
    assert found.before < 110 and found.after > 140 and found.p <= 0.01
    assert changepoint.changes(series) == (found,)


def test_a_fall_and_a_rise_do_not_hide_each_other() -> None:
    series = np.concatenate([np.full(15, 80.0), np.full(13, 50.0), np.full(14, 80.0)]) + RANDOM.normal(0, 3, 42)
    assert [change.at for change in changepoint.changes(series, counts=False)] == [15, 28]


def test_nothing_to_find_gives_nothing() -> None:
    assert changepoint.changes([3.0] * 40) == ()
    assert changepoint.changes(RANDOM.normal(0, 1, 23), counts=False) == ()
    assert changepoint.changes(RANDOM.poisson(50, 48).astype(float), alpha=0.001) == ()
    gaps = np.concatenate([np.full(20, 10.0), np.full(20, 40.0)]) + np.tile([0.0, 1.0], 20)
    gaps[5] = NAN
    assert [change.at for change in changepoint.changes(gaps)] == [20]


def _series(factor: float, months: int = 48) -> np.ndarray:
    """Counts of mean 100 whose variance is about `factor` times their mean."""
    if factor == 1:
        return RANDOM.poisson(100, months).astype(float)
    return RANDOM.poisson(RANDOM.gamma(100 / (factor - 1), factor - 1, months)).astype(float)


def test_dispersion_is_near_what_was_put_in() -> None:
    found = [dispersion.estimate(_series(5.0)) for _ in range(60)]
    assert np.mean([one.factor for one in found if one]) == pytest.approx(5, rel=0.15)
    plain = [dispersion.estimate(_series(1.0)) for _ in range(60)]
    assert np.mean([one.factor for one in plain if one]) < 1.25
    assert all(one and one.follows < 0.5 and one.freedom == 36 and one.months == 48 for one in plain)


def test_a_level_of_its_own_is_not_variation() -> None:
    series = np.concatenate([_series(1.0, 36), 2 * _series(1.0, 12)])
    step = [0.0] * 36 + [1.0] * 12
    apart, together = dispersion.estimate(series, levels=[step, step]), dispersion.estimate(series)
    assert apart is not None and together is not None
    assert apart.factor < 2.5 < 5 < together.factor
    assert apart.freedom == 35


def test_too_little_to_tell_dispersion() -> None:
    assert dispersion.estimate(_series(1.0, 29)) is None
    assert dispersion.estimate([0.0] * 48) is None
    assert dispersion.estimate([0.0, 1.0] * 24) is None
    assert dispersion.estimate(np.tile(np.arange(10.0, 22), 4), levels=[np.eye(48)[i] for i in range(48)]) is None
    gaps = _series(1.0)
    gaps[:10] = NAN
    found = dispersion.estimate(gaps)
    assert found is not None and found.months == 38


def test_totals_of_months_that_follow_each_other_vary_more() -> None:
    alone = dispersion.Dispersion(2.0, 0.0, 30, 48)
    assert alone.of_total(12) == 2.0
    following = dispersion.Dispersion(2.0, 0.5, 30, 48)
    plain = sum(0.5 ** abs(i - j) for i in range(12) for j in range(12)) / 12
    assert following.of_total(12) == pytest.approx(2 * plain)


def test_the_weaker_evidence_decides() -> None:
    exact = compare.verdict(7000, 7300, 12, 12)
    assert exact.distinguishable
    assert dispersion.judge(7000, 7300, 12, 12) == exact
    usual = dispersion.Dispersion(9.0, 0.4, 30, 48)
    found = dispersion.judge(7000, 7300, 12, 12, usual)
    assert not found.distinguishable and found.direction is compare.Direction.UP and found.p > 0.2
    assert dispersion.judge(7000, 11000, 12, 12, usual).distinguishable
    assert dispersion.judge(0, 0, 12, 12, usual).direction is compare.Direction.SAME
    even = dispersion.judge(70, 90, 12, 12, dispersion.Dispersion(1.0, 0.0, 30, 48))
    assert even.p >= compare.verdict(70, 90, 12, 12).p


def test_the_range_of_a_change_is_the_wider_of_the_two_and_agrees_with_the_verdict() -> None:
    exact = dispersion.percent_range(100, 120, 12, 12)
    test = compare.ratio_test(100, 120, 12, 12)
    assert exact is not None
    assert (exact.lower, exact.upper) == pytest.approx(((test.lower - 1) * 100, (test.upper - 1) * 100))
    wide = dispersion.percent_range(100, 120, 12, 12, dispersion.Dispersion(4.0, 0.3, 30, 48))
    assert wide is not None and wide.lower < exact.lower < 20 < exact.upper < wide.upper
    assert dispersion.percent_range(0, 5, 12, 12) is None
    for after in (7300, 8000, 11000):
        usual = dispersion.Dispersion(9.0, 0.4, 30, 48)
        found = dispersion.percent_range(7000, after, 12, 12, usual)
        assert found is not None
        assert dispersion.judge(7000, after, 12, 12, usual).distinguishable == (found.lower > 0 or found.upper < 0)
