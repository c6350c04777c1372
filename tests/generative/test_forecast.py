"""The fast regression, its totals and the back-test's score agree with slow plain ones on generated series."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from wardwise.methods.forecast_models import seasonal_naive
from wardwise.methods.forecast_trend import trend, trends

COUNTS = st.lists(st.integers(0, 400), min_size=30, max_size=60)


@settings(max_examples=40, deadline=None)
@given(COUNTS, st.sets(st.integers(0, 29), max_size=4), st.integers(1, 14), st.sampled_from([1, 2]))
def test_trend_and_season_are_the_plain_least_squares(counts: list[int], gone: set[int], ahead: int, degree: int):
    """statsmodels' OLS, one series, one matrix written out month by month."""
    from statsmodels.api import OLS

    y = np.array(counts, dtype=float)
    y[list(gone)] = np.nan
    months = len(y) + ahead
    rows = []
    for t in range(months):
        season = [1.0 if t % 12 == i else 0.0 for i in range(1, 12)]
        rows.append([1.0, float(t), *([float(t) ** 2] if degree == 2 else []), *season])
    x, known = np.array(rows), ~np.isnan(y)
    found = trends(y, ahead, degree=degree)
    if np.linalg.matrix_rank(x[: len(y)][known]) < x.shape[1] or known.sum() <= x.shape[1]:
        assert np.isnan(found.mean).all()
        return
    plain = OLS(y[known], x[: len(y)][known]).fit()
    frame = plain.get_prediction(x[len(y) :]).summary_frame(alpha=0.05)
    size = 1e-6 * (1 + np.abs(y[known]).max())
    np.testing.assert_allclose(found.mean, frame["mean"], atol=size)
    np.testing.assert_allclose(found.limits(95, floor=None)[0], frame["obs_ci_lower"], atol=10 * size)
    summed = x[len(y) :].sum(axis=0)
    variance = plain.mse_resid * (ahead + summed @ np.linalg.pinv(x[: len(y)][known].T @ x[: len(y)][known]) @ summed)
    root = trend(y, ahead, degree=degree).root
    np.testing.assert_allclose((root.sum(axis=0) ** 2).sum(), variance, rtol=1e-5, atol=size)


@settings(max_examples=40, deadline=None)
@given(COUNTS, st.integers(1, 30))
def test_repeating_last_year_is_the_plain_loop(counts: list[int], ahead: int):
    y = np.array(counts, dtype=float)
    found = seasonal_naive(y, ahead)
    said = list(y)
    for _ in range(ahead):
        said.append(said[-12])
    assert found.mean.tolist() == said[len(y) :]
    size = np.sqrt(((y[12:] - y[:-12]) ** 2).mean())
    np.testing.assert_allclose(np.sqrt((found.root**2).sum(axis=1))[:12], size)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 50), min_size=1, max_size=60), st.sampled_from([80, 90, 95]))
def test_the_reach_of_past_misses_is_the_plain_count(scores: list[float], level: int):
    """Slow and plain: the least score that at least level% of the scores and one more (which may be larger than any) do not pass."""
    from fractions import Fraction
    from statistics import NormalDist

    from wardwise.methods.conformal import reach

    found, n = reach(scores, level), len(scores)
    assert found is not None
    enough = [s for s in sorted(scores) if Fraction(sum(other <= s for other in scores), n + 1) >= Fraction(level, 100)]
    if enough:
        assert found.size == enough[0] and found.by_rank >= level / 100
    else:
        normal = NormalDist().inv_cdf
        stretch = normal(0.5 + level / 200) / normal(0.5 + n / (n + 1) / 2)
        np.testing.assert_allclose(found.size, max(scores) * stretch, rtol=1e-9, atol=1e-12)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(2, 6), st.integers(4, 9))
def test_scores_of_past_misses_are_the_plain_sums(seed: int, ahead: int, rows: int):
    """Every month and running total divided by its own standard error, with the covariance written out."""
    from wardwise.methods.forecast_interval import Forecast, missed

    rng = np.random.default_rng(seed)
    made = [
        Forecast("trend", rng.uniform(5, 50, ahead), np.tril(rng.normal(0, 2, (ahead, ahead)))) for _ in range(rows)
    ]
    after = [np.where(rng.random(ahead) < 0.2, np.nan, rng.poisson(20, ahead)) for _ in range(rows)]
    found = missed(list(zip(made, after, strict=True)))
    for row in range(rows):
        covariance = made[row].root @ made[row].root.T
        for month in range(ahead):
            if np.isnan(after[row][month]):
                assert np.isnan(found.months[row, month]) and np.isnan(found.totals[row, month])
                continue
            error = after[row][month] - made[row].mean[month]
            np.testing.assert_allclose(
                found.months[row, month], abs(error) / covariance[month, month] ** 0.5, rtol=1e-6
            )
            known = [m for m in range(month + 1) if not np.isnan(after[row][m])]
            off = sum(after[row][m] - made[row].mean[m] for m in known)
            variance = sum(covariance[a, b] for a in known for b in known)
            np.testing.assert_allclose(found.totals[row, month], abs(off) / variance**0.5, rtol=1e-6)
