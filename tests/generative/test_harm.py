"""The array arithmetic of harm agrees with loops anyone can follow, and with SciPy's rank correlations."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from wardwise.methods import harm

COUNTS = st.lists(st.integers(0, 5_000), min_size=1, max_size=12)
WEIGHTS = st.sampled_from([0.0, 0.5, 1, 2, 7.5, 10, 182.25, 365, 365, 2555, 5475])


@given(COUNTS, st.data())
@settings(max_examples=200, deadline=None)
def test_shares_and_running_totals(counts: list[int], data: st.DataObject) -> None:
    weights = data.draw(st.lists(WEIGHTS, min_size=len(counts), max_size=len(counts)))
    total = sum(n * w for n, w in zip(counts, weights, strict=True))
    assume(sum(counts) and total)
    found = harm.weighed(counts, weights)
    each = [(-n * w, i) for i, (n, w) in enumerate(zip(counts, weights, strict=True))]
    order = [i for _, i in sorted(each)]
    pareto = harm.pareto(found.harm, counts)
    assert pareto.order.tolist() == order
    running, crimes = 0.0, 0
    reached = 0
    for place, i in enumerate(order):
        assert found.share_of_harm[i] == pytest.approx(counts[i] * weights[i] / total)
        running, crimes = running + counts[i] * weights[i], crimes + counts[i]
        assert pareto.harm[place] == pytest.approx(running / total)
        assert pareto.count[place] == pytest.approx(crimes / sum(counts))
        reached = reached or (place + 1 if running / total >= 0.9 - 1e-12 else 0)
    assert pareto.reach(0.9) == reached


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=10))
@settings(max_examples=200, deadline=None)
def test_rank_correlations_are_scipys(pairs: list[tuple[int, int]]) -> None:
    from scipy.stats import kendalltau, rankdata

    one, other = [a for a, _ in pairs], [b for _, b in pairs]
    tau, rho = harm.kendall(one, other), harm.spearman(one, other)
    if len(set(one)) == 1 or len(set(other)) == 1:
        assert math.isnan(tau) and math.isnan(rho)
        return
    assert tau == pytest.approx(kendalltau(one, other).statistic, abs=1e-12)
    x, y = rankdata(one), rankdata(other)
    mean = (len(x) + 1) / 2
    top = sum((a - mean) * (b - mean) for a, b in zip(x, y, strict=True))
    assert rho == pytest.approx(top / math.sqrt(sum((a - mean) ** 2 for a in x) * sum((b - mean) ** 2 for b in y)))


@given(
    st.lists(st.tuples(st.integers(1, 100), st.floats(0.5, 50), st.integers(0, 3)), min_size=1, max_size=8),
    st.integers(0, 99),
)
@settings(max_examples=60, deadline=None)
def test_a_ranking_over_draws(kinds: list[tuple[int, float, int]], seed: int) -> None:
    counts, days, groups = ([k[i] for k in kinds] for i in range(3))
    drawn = harm.draws(days, [w / 2 for w in days], [w * 2 for w in days], 50, seed)
    found = harm.robust(counts, drawn, groups)
    first = [0] * (max(groups) + 1)
    for weights in drawn:
        sums = [0.0] * len(first)
        for n, w, g in zip(counts, weights, groups, strict=True):
            sums[g] += n * w
        for g, value in enumerate(sums):
            first[g] += value == max(sums)
    assert found.first.tolist() == pytest.approx([n / 50 for n in first])
    assert all(1 <= low <= high <= len(first) for low, high in zip(found.lowest, found.highest, strict=True))
