"""Small cases of our own for rates: known by hand, and against slow plain sums."""

from __future__ import annotations

import math

import numpy as np
import pytest

from wardwise.methods import rates


def _poisson_cdf(count: int, mean: float) -> float:
    return sum(math.exp(-mean + k * math.log(mean) - math.lgamma(k + 1)) for k in range(count + 1))


@pytest.mark.parametrize("count", [1, 3, 9, 40])
def test_exact_limits_leave_a_fortieth_in_each_tail(count: int) -> None:
    limits = rates.exact_poisson(count)
    assert 1 - _poisson_cdf(count - 1, float(limits.lower)) == pytest.approx(0.025, abs=1e-10)
    assert _poisson_cdf(count, float(limits.upper)) == pytest.approx(0.025, abs=1e-10)


def test_nought_has_a_lower_limit_of_nought_and_an_upper_limit() -> None:
    for method in (rates.byar, rates.exact_poisson, rates.poisson):
        limits = method(0)
        assert float(limits.lower) == 0
        assert float(limits.upper) > 3


def test_byar_never_falls_below_nought() -> None:
    assert float(rates.byar(1, 0.998).lower) == 0


def test_exact_below_ten_and_byar_from_ten() -> None:
    limits = rates.poisson([9, 10])
    assert limits.lower[0] == rates.exact_poisson(9).lower
    assert limits.lower[1] == rates.byar(10).lower
    assert limits.upper[0] == rates.exact_poisson(9).upper
    assert limits.upper[1] == rates.byar(10).upper


def test_a_rate_is_count_over_base_times_per() -> None:
    rate = rates.crude_rate([50, 5], [1000, 1000], 1000)
    assert list(rate.value) == [50, 5]
    assert all(rate.lower < rate.value) and all(rate.value < rate.upper)


@pytest.mark.parametrize(("count", "base"), [(5, 0), (5, math.nan), (math.nan, 100)])
def test_what_is_not_known_gives_no_rate(count: float, base: float) -> None:
    rate = rates.crude_rate(count, base, 1000)
    assert np.isnan([rate.value, rate.lower, rate.upper]).all()
    interval = rates.wilson(count, base)
    assert np.isnan([interval.lower, interval.upper]).all()


def test_wilson_limits_solve_the_score_equation() -> None:
    limits, z = rates.wilson(182, 238), 1.959963984540054
    for limit in (float(limits.lower), float(limits.upper)):
        assert abs(182 / 238 - limit) / math.sqrt(limit * (1 - limit) / 238) == pytest.approx(z)


def test_wilson_stays_between_none_and_all() -> None:
    limits = rates.wilson([0, 20], [20, 20])
    assert limits.lower[0] == 0 and limits.upper[1] == 1
