"""Small cases of our own for what worked: displacement, small counts, interrupted series, differences, power, matching, cohorts."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardwise.methods import cohorts, differences, displacement, etest, interrupted, matching, power
from wardwise.methods.displacement import Counts
from wardwise.methods.power import Pilot
from wardwise.methods.regression import NoFitError


def test_a_fall_beyond_the_comparison_area_and_next_door() -> None:
    found = displacement.weighted_difference(Counts(100, 60), Counts(100, 90), Counts(50, 40), Counts(50, 50))
    assert (found.local, found.spill, found.total) == (-30, -10, -40)
    assert found.total_error == pytest.approx(math.sqrt(100 + 60 + 100 + 90 + 50 + 40 + 50 + 50)) and not found.few
    assert found.lower < found.total < found.upper and found.p == pytest.approx(math.erfc(abs(found.z) / math.sqrt(2)))
    nothing = displacement.weighted_difference(Counts(0, 0), Counts(0, 0))
    assert (nothing.z, nothing.p, nothing.few) == (0, 1, True)


def test_the_quotient_says_whether_crime_moved() -> None:
    moved = displacement.quotient(Counts(200, 100), Counts(80, 95), Counts(300, 300))
    assert moved.quotient is not None and -1 < moved.quotient < 0 and moved.total == 85
    assert displacement.quotient(Counts(100, 100), Counts(50, 60), Counts(300, 300)).quotient is None
    with pytest.raises(ValueError, match="comparison area"):
        displacement.quotient(Counts(1, 1), Counts(1, 1), Counts(0, 5))


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 12), st.integers(0, 12), st.floats(0.5, 3))
def test_e_test_agrees_with_a_plain_sum(one: int, two: int, exposure: float) -> None:
    if one + two == 0:
        return
    rate = (one + two) / (1 + exposure)

    def score(a: int, b: int) -> float:
        both = (a + b) / (1 + exposure)
        return abs(a - b / exposure) / math.sqrt(both) if both else -1.0

    def chance(n: int, mean: float) -> float:
        return math.exp(n * math.log(mean) - mean - math.lgamma(n + 1))

    far = range(90)
    seen = score(one, two) * (1 - 1e-9)
    plain = sum(chance(a, rate) * chance(b, rate * exposure) for a in far for b in far if score(a, b) >= seen)
    assert etest.e_test(one, two, 1, exposure) == pytest.approx(min(plain, 1), abs=1e-8)


def test_e_test_of_nothing_and_of_large_counts() -> None:
    assert etest.e_test(0, 0) == 1
    assert etest.e_test(900, 1000) < 0.05


def test_bunches_come_by_chance_as_often_as_naus_says() -> None:
    chance, seen, runs = np.random.default_rng(1), 0, 2000
    for _ in range(runs):
        times = np.sort(chance.random(chance.poisson(60)) * 60)
        seen += bool((times[5:] - times[:-5] < 1).any()) if times.size > 5 else False
    assert etest.scan(60, 1, 1, 6) == pytest.approx(seen / runs, abs=0.03)
    with pytest.raises(ValueError, match="two windows"):
        etest.scan(1, 1, 1, 6)


def _series(step: float, n: int = 48, start: int = 36, level: float = 100, seed: int = 3) -> np.ndarray:
    months = np.arange(n)
    mean = level * np.where(months >= start, step, 1) * (1 + 0.1 * np.sin(2 * math.pi * months / 12))
    return np.random.default_rng(seed).poisson(mean)


def test_a_step_is_found_with_what_it_prevented() -> None:
    found = interrupted.interrupted(_series(0.7), 36, harmonics=2)
    assert found.lower < 0.7 < found.upper and found.p < 0.001
    assert found.prevented == pytest.approx(12 * 30, rel=0.5)
    assert found.error == max(found.quasi_error, found.robust_error) >= found.model_error * 0.8
    assert found.without[:36] == pytest.approx(found.expected[:36])


def test_a_slope_and_the_negative_binomial() -> None:
    both = interrupted.interrupted(_series(0.7), 36, slope=True, lags=2)
    assert both.coefficients.size == 4 and both.ratio < 0.9
    spread = np.random.default_rng(4).negative_binomial(5, 5 / 105, 60)
    wide = interrupted.interrupted(spread, 40, negative_binomial=True)
    assert wide.upper / wide.lower > 1.2 and wide.dispersion < 2


def test_too_short_a_series() -> None:
    with pytest.raises(interrupted.TooShortError, match="11 months before"):
        interrupted.interrupted(np.ones(30), 11)
    with pytest.raises(interrupted.TooShortError, match="2 after"):
        interrupted.interrupted(np.ones(30), 28)


def test_difference_in_differences_of_totals_and_of_months() -> None:
    found = differences.of_totals(200, 100, 200, 200)
    assert found.ratio == 0.5 and found.prevented == 100 and found.lower < 0.5 < found.upper
    few = differences.of_totals(3, 0, 10, 10)
    assert 0 < few.ratio < 1 and few.p > 0.05
    with pytest.raises(NoFitError, match="no event"):
        differences.of_totals(0, 0, 5, 5)
    target, other = _series(0.6, seed=5), _series(1, seed=6)
    months = differences.of_months(target, other, 36)
    assert months.ratio == pytest.approx(
        (target[36:].sum() / target[:36].sum()) / (other[36:].sum() / other[:36].sum()), rel=1e-6
    )
    assert months.lower < 0.6 < months.upper and months.dispersion is not None and months.dispersion < 2


def test_a_trend_apart_before_the_start_is_seen() -> None:
    rising = np.round(100 * 1.02 ** np.arange(48))
    found = differences.trend_before(rising, np.full(48, 100), 36)
    assert found.lower < 1.02 < found.upper and found.p < 0.001
    assert differences.trend_before(_series(1), _series(1, seed=8), 36).p > 0.05


@pytest.mark.parametrize(
    ("target", "other", "start", "says"),
    [
        ([1] * 12, [1] * 12, 5, "six months|6 months"),
        ([0] * 12, [1] * 12, 6, "no event"),
        ([1, math.nan] * 6, [1] * 12, 6, "not supplied"),
        ([1] * 12, [1] * 11, 6, "not supplied"),
    ],
)
def test_what_cannot_be_compared(target: list[float], other: list[float], start: int, says: str) -> None:
    with pytest.raises(NoFitError, match=says):
        differences.of_months(target, other, start)


def test_how_long_a_pilot_must_run() -> None:
    pilot = Pilot(rate=60, months_before=24, comparison_rate=60)
    months = power.months_needed(pilot, 0.2)
    assert months is not None and power.power_of(pilot, 0.2, months) >= 0.8 > power.power_of(pilot, 0.2, months - 1)
    alone = power.months_needed(Pilot(rate=60, months_before=24), 0.2)
    assert alone is not None and alone < months
    assert power.months_needed(Pilot(rate=2, months_before=3, comparison_rate=2), 0.05) is None
    least = power.smallest_fall(pilot, months)
    assert least is not None and least == pytest.approx(0.2, abs=0.02)
    assert power.smallest_fall(Pilot(rate=0.1, months_before=1), 1) is None
    wider = power.months_needed(Pilot(rate=60, months_before=24, comparison_rate=60, dispersion=2), 0.2)
    assert wider is None or wider > months


def test_power_refuses_nonsense() -> None:
    with pytest.raises(ValueError, match="events to expect"):
        Pilot(rate=0, months_before=12)
    with pytest.raises(ValueError, match=r"0\.2 for 20%"):
        power.power_of(Pilot(1, 1), 20, 1)


def test_matching_takes_away_a_difference_there_was_before() -> None:
    chance = np.random.default_rng(11)
    need = chance.normal(size=400)
    took = chance.random(400) < 1 / (1 + np.exp(1.2 - need))
    x = np.column_stack([need, chance.normal(size=400), np.ones(400)])
    pairs = matching.nearest(matching.propensity(took, x), took)
    found = matching.balance(x, took, pairs)
    assert abs(found[0].before) > 0.5 and found[0].good and found[2].after == 0
    assert len({other for _, other in pairs}) == len(pairs) > 60
    assert all(took[one] and not took[other] for one, other in pairs)


def test_nobody_near_enough_is_left_out() -> None:
    took = [True, False, False]
    assert matching.nearest([5.0, 0.0, 0.1], took) == ()
    assert matching.nearest([0.1, 0.1], [True, True]) == ()
    assert math.isinf(matching.balance([[5.0], [0.0], [0.1]], took, ())[0].after)
    with pytest.raises(ValueError, match="every covariate"):
        matching.propensity([True, True], [[1.0], [2.0]])


def test_paired_outcomes() -> None:
    found = matching.paired([(False, True)] * 12 + [(True, False)] * 2 + [(True, True)] * 6)
    assert (found.only_one, found.only_other) == (2, 12) and found.difference == pytest.approx(-0.5)
    assert found.p == pytest.approx(0.01294, abs=1e-4) and found.lower < -0.5 < found.upper < 0
    assert matching.paired([(True, True)]).p == 1
    with pytest.raises(ValueError, match="no pair"):
        matching.paired([])


def test_stages_have_two_denominators() -> None:
    found = cohorts.stages([46, 40, 32])
    assert found[0].of_previous is None and found[2].of_first.value == pytest.approx(32 / 46)
    assert found[2].of_previous is not None and found[2].of_previous.value == 0.8
    with pytest.raises(ValueError, match="cannot be part"):
        cohorts.stages([46, 50])
    assert cohorts.share(0, 0).value is None


def test_only_those_followed_long_enough_count() -> None:
    found = cohorts.followed([0, 0, 6, 10], [3, 9, None, 11], months=6, until=12)
    assert (found.escalated.part, found.escalated.whole, found.too_recent) == (1, 3, 1)


def test_attendance_and_cost() -> None:
    assert cohorts.attendance([3, 1, 0, 2], 3) == (3, 2, 1)
    cost = cohorts.cost_per(1000, 50, -10, 100)
    assert (cost.value, cost.lower, cost.upper) == (20, 10, None)
    with pytest.raises(ValueError, match="reoffenders"):
        cohorts.reoffending((0, 0, 0), (1, 1, 1))
