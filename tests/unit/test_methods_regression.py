"""Regression of counts: by hand, against statsmodels on generated data, and what it refuses."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardwise.methods import regression
from wardwise.methods.regression import NoFitError


def _design(n: int) -> np.ndarray:
    return np.column_stack([np.ones(n), np.arange(n) >= n // 2, np.arange(n) / n])


def test_two_periods_give_the_ratio_of_their_means() -> None:
    found = regression.poisson([10, 20, 30, 30], [[1, 0], [1, 0], [1, 1], [1, 1]])
    assert math.exp(found.coefficients[1]) == pytest.approx(2)
    assert found.errors()[1] == pytest.approx(math.sqrt(1 / 30 + 1 / 60)) and found.freedom == 2


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.integers(10, 60), st.floats(0.5, 200))
def test_agrees_with_statsmodels(seed: int, n: int, level: float) -> None:
    import statsmodels.api as sm

    y, x = np.random.default_rng(seed).poisson(level, n), _design(n)
    if y[: n // 2].sum() == 0 or y[n // 2 :].sum() == 0:
        return
    offset = np.log(np.linspace(900, 1100, n))
    ours = regression.poisson(y, x, offset)
    theirs = sm.GLM(y, x, family=sm.families.Poisson(), offset=offset).fit(tol=1e-12)
    np.testing.assert_allclose(ours.coefficients, theirs.params, rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(ours.errors(), theirs.bse, rtol=1e-5)
    assert ours.deviance == pytest.approx(float(theirs.deviance), rel=1e-6, abs=1e-8)
    assert ours.dispersion == pytest.approx(float(theirs.pearson_chi2 / theirs.df_resid), rel=1e-6)
    assert regression.log_likelihood(ours) == pytest.approx(float(theirs.llf), rel=1e-8)
    robust = sm.GLM(y, x, family=sm.families.Poisson(), offset=offset).fit(
        tol=1e-12, cov_type="HAC", cov_kwds={"maxlags": 3, "use_correction": True}
    )
    np.testing.assert_allclose(np.sqrt(np.diag(regression.newey_west(ours, 3))), robust.bse, rtol=1e-4)


def test_negative_binomial_finds_the_extra_spread() -> None:
    chance = np.random.default_rng(3)
    y = chance.poisson(50 * chance.gamma(4, 1 / 4, 400))
    found = regression.negative_binomial(y, np.ones((400, 1)))
    assert found.theta == pytest.approx(4, rel=0.25) and regression.theta_error(found) > 0
    assert found.dispersion == pytest.approx(1, abs=0.2)


def test_counts_no_more_spread_than_chance_have_an_infinite_theta() -> None:
    assert math.isinf(regression.negative_binomial([10, 10, 11, 9], np.ones((4, 1))).theta)
    nearly = regression.negative_binomial(np.random.default_rng(2).poisson(20, 100), np.ones((100, 1)))
    assert nearly.theta > 50


def test_neighbours_of_other_series_do_not_count() -> None:
    y, x = np.random.default_rng(6).poisson(20, 40), np.column_stack([np.ones(40), np.arange(40) % 20 >= 10])
    found = regression.poisson(y, x)
    together, apart = regression.newey_west(found, 3), regression.newey_west(found, 3, [0] * 20 + [1] * 20)
    assert not np.allclose(together, apart)


def test_residuals_and_their_autocorrelation() -> None:
    found = regression.poisson([9, 16, 25], np.ones((3, 1)))
    assert regression.residuals(found)[1] == pytest.approx((16 - 50 / 3) / math.sqrt(50 / 3))
    assert regression.autocorrelation([1, 2, 3, 4, 5]) == pytest.approx(0.4)
    assert regression.autocorrelation([2, 2, 2]) == 0


@pytest.mark.parametrize(
    ("counts", "design", "says"),
    [
        ([0, 0, 0], np.ones((3, 1)), "no events"),
        ([1, math.nan, 2], np.ones((3, 1)), "no count"),
        ([1, 2], np.ones((2, 2)), "too few"),
        ([1, 2, 3], np.ones((3, 2)), "told from one another"),
    ],
)
def test_what_cannot_be_fitted(counts: list[float], design: np.ndarray, says: str) -> None:
    with pytest.raises(NoFitError, match=says):
        regression.poisson(counts, design)
