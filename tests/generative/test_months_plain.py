"""Charts of counts, runs, back-test scores, the spreadsheet's forecast, interrupted series and point patterns against slow plain answers."""

from __future__ import annotations

import math
from statistics import median

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from wardwise.methods import changepoint, interrupted, pointpattern, regression, spc_counts, spc_runs
from wardwise.methods.backtest import backtest, origins
from wardwise.methods.forecast_spreadsheet import sheet

QUICK = settings(deadline=None, max_examples=50)
MONTHS = st.lists(st.tuples(st.integers(0, 60), st.integers(60, 500)), min_size=2, max_size=40)


@QUICK
@given(MONTHS)
def test_charts_of_counts_are_the_plain_formulas(months: list[tuple[int, int]]) -> None:
    parts, wholes = [a for a, _ in months], [n for _, n in months]
    mean, share = sum(parts) / len(parts), sum(parts) / sum(wholes)
    c, u, p = spc_counts.counts(parts), spc_counts.rates(parts, wholes), spc_counts.shares(parts, wholes)
    for i, (a, n) in enumerate(months):
        assert c.upper[i] == pytest.approx(mean + 3 * math.sqrt(mean))
        assert c.lower[i] == pytest.approx(max(0.0, mean - 3 * math.sqrt(mean)))
        assert (u.values[i], u.centre[i]) == pytest.approx((a / n, share))
        assert u.upper[i] == pytest.approx(share + 3 * math.sqrt(share / n))
        reach = 3 * math.sqrt(share * (1 - share) / n)
        assert (p.lower[i], p.upper[i]) == pytest.approx((max(0.0, share - reach), min(1.0, share + reach)))
        assert bool(c.beyond[i]) == (abs(a - mean) > 3 * math.sqrt(mean) and bool(c.beyond[i] or a != c.upper[i]))


@QUICK
@given(st.lists(st.integers(0, 9), min_size=1, max_size=40))
def test_runs_are_counted_one_by_one(values: list[int]) -> None:
    centre = median(values)
    sides = [value > centre for value in values if value != centre]
    longest = crossings = now = 0
    for at, side in enumerate(sides):
        now = now + 1 if at and side == sides[at - 1] else 1
        crossings += bool(at and side != sides[at - 1])
        longest = max(longest, now)
    found = spc_runs.runs(values)
    assert (found.useful, found.longest, found.crossings) == (len(sides), longest, crossings)
    if len(sides) > 1:
        trials, fewest, sofar = len(sides) - 1, 0, 0.0
        for k in range(trials + 1):
            sofar += math.comb(trials, k) / 2**trials
            if sofar >= 0.05:
                fewest = k
                break
        assert found.fewest_by_chance == fewest


@QUICK
@given(st.lists(st.integers(1, 200), min_size=30, max_size=60), st.integers(1, 12))
def test_a_back_tests_score_is_that_of_looking_month_by_month(counts: list[int], ahead: int) -> None:
    """Repeating last year's month, from every origin."""
    y = [float(n) for n in counts]
    scaled, inside, off, known = [], 0, 0.0, 0
    for months in origins(len(y)):
        apart = [abs(y[t] - y[t - 12]) for t in range(12, months)]
        assume(sum(apart) > 0)
        size = math.sqrt(sum(gap**2 for gap in apart) / len(apart))
        reach = _student(len(apart)) * size
        for t in range(months, min(months + ahead, len(y))):
            said = y[t - 12] if t - 12 < months else y[t - 24]
            scaled.append(abs(said - y[t]) / (sum(apart) / len(apart)))
            inside += max(0.0, said - reach) <= y[t] <= said + reach
            off += said - y[t]
            known += 1
    score = backtest(np.array(y), ahead, ("seasonal-naive",)).scores["seasonal-naive"]
    assert (score.months, score.origins) == (known, len(origins(len(y))))
    assert score.mase == pytest.approx(sum(scaled) / known)
    assert score.coverage == pytest.approx(inside / known, abs=1e-9)


def _student(freedom: int) -> float:
    from scipy.stats import t

    return float(t.ppf(0.975, freedom))


@QUICK
@given(st.lists(st.integers(20, 200), min_size=25, max_size=50), st.integers(1, 14))
def test_the_spreadsheets_forecast_is_the_normal_equations_and_plain_means(counts: list[int], ahead: int) -> None:
    n = len(counts)
    rows = np.array([[1.0, t, t * t] for t in range(1, n + 1)])
    a, b, c = np.linalg.solve(rows.T @ rows, rows.T @ np.array(counts, dtype=float))
    line = [a + b * t + c * t * t for t in range(1, n + ahead + 1)]
    assume(min(line[:n]) > 1)
    expected = []
    for t in range(n, n + ahead):
        ratios = [counts[s] / line[s] for s in range(t % 12, n, 12)]
        expected.append(line[t] * sum(ratios) / len(ratios))
    np.testing.assert_allclose(sheet(counts, ahead).mean, expected, rtol=1e-5, atol=1e-4)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**32 - 1), st.integers(26, 60), st.floats(0.5, 1.5))
def test_an_interrupted_series_is_statsmodels_poisson_with_its_newey_west_error(
    seed: int, n: int, moved: float
) -> None:
    import statsmodels.api as sm

    rng, start = np.random.default_rng(seed), n - 10
    after = (np.arange(n) >= start).astype(float)
    y = rng.poisson(60 * np.where(after > 0, moved, 1.0)).astype(float)
    x = np.column_stack([np.ones(n), after, np.arange(1, n + 1)])
    lags = interrupted.usual_lags(n)
    plain = sm.GLM(y, x, family=sm.families.Poisson()).fit(tol=1e-12, maxiter=200)
    robust = sm.GLM(y, x, family=sm.families.Poisson()).fit(
        tol=1e-12, maxiter=200, cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": False}
    )
    found = interrupted.interrupted(y, start, lags=lags)
    assert found.ratio == pytest.approx(math.exp(plain.params[1]), rel=1e-6)
    assert found.model_error == pytest.approx(plain.bse[1], rel=1e-5)
    assert found.robust_error >= 0.99 * robust.bse[1]
    spread = max(1.0, float(plain.pearson_chi2 / plain.df_resid))
    assert found.quasi_error == pytest.approx(plain.bse[1] * math.sqrt(spread), rel=1e-5)
    assert found.error >= max(found.quasi_error, found.robust_error) * (1 - 1e-9)
    assert regression.autocorrelation(np.array([1.0, -1.0, 1.0, -1.0])) < 0


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=2, max_size=30, unique=True))
def test_point_patterns_are_counted_pair_by_pair(points: list[tuple[float, float]]) -> None:
    box = (0.0, 0.0, 100.0, 100.0)
    found = pointpattern.nearest(points, box)
    near = [min(math.dist(one, other) for j, other in enumerate(points) if j != i) for i, one in enumerate(points)]
    assert found.mean == pytest.approx(sum(near) / len(near), abs=1e-9)
    assert found.expected == pytest.approx(0.5 / math.sqrt(len(points) / 1e4))
    radius = [5.0, 20.0, 50.0]
    k = pointpattern.ripley(points, box, radius)
    for at, r in enumerate(radius):
        pairs = sum(
            math.dist(one, other) <= r for i, one in enumerate(points) for j, other in enumerate(points) if i != j
        )
        assert k.plain[at] == pytest.approx(1e4 * pairs / (len(points) * (len(points) - 1)))
    even = pointpattern.quadrats(points, box, 2, 2)
    each = [
        sum((x >= 50) == east and (y >= 50) == north for x, y in points)
        for north in (False, True)
        for east in (False, True)
    ]
    assert even.x2 == pytest.approx(sum((n - len(points) / 4) ** 2 for n in each) / (len(points) / 4))


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 2**32 - 1), st.integers(26, 36), st.integers(12, 14))
def test_the_place_of_a_new_level_is_that_of_trying_every_pair_of_stretches(seed: int, n: int, at: int) -> None:
    y = np.random.default_rng(seed).normal(0, 1, n) + 3.0 * (np.arange(n) >= at)
    found = changepoint.changes(y, counts=False)
    assume(len(found) == 1)
    shortest, best = changepoint.SHORTEST, (0.0, 0)
    for start in range(n):
        for cut in range(start + shortest, n):
            for end in range(cut + shortest, n + 1):
                left, right = cut - start, end - cut
                moved = abs(float(y[cut:end].mean() - y[start:cut].mean())) * math.sqrt(left * right / (left + right))
                best = max(best, (moved, cut))
    assert found[0].at == best[1]
    assert found[0].before == pytest.approx(y[: best[1]].mean()) and found[0].earliest <= best[1] <= found[0].latest
