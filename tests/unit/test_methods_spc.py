"""Control charts: small series whose signs are known by eye, and a slow plain chart that shares no code."""

from __future__ import annotations

import itertools
import time

import numpy as np
import pytest

from wardwise.methods import spc
from wardwise.methods.spc_rules import LIMITS_ONLY, NHS, RULE_SETS, WHEELER, Rules

NAN = float("nan")


def test_limits_by_hand() -> None:
    """2, 4, 3, 7: mean 4, moving ranges 2, 1, 4."""
    limits = spc.limits([2, 4, 3, 7])
    assert float(limits.mean) == 4
    assert float(limits.moving_range) == pytest.approx(7 / 3)
    assert float(limits.upper) == pytest.approx(4 + 2.66 * 7 / 3)
    assert float(limits.range_limit) == pytest.approx(3.267 * 7 / 3)
    assert (int(limits.points), int(limits.ranges)) == (4, 3)


def test_a_gap_makes_no_moving_range_and_is_not_nought() -> None:
    limits = spc.limits([2, 4, NAN, 100, 102])
    assert float(limits.mean) == 52
    assert float(limits.moving_range) == 2
    assert (int(limits.points), int(limits.ranges)) == (4, 2)


@pytest.mark.parametrize("series", [[], [NAN, NAN], [5.0], [5.0, NAN, 6.0]])
def test_too_little_to_chart_has_no_limits_and_no_signs(series: list[float]) -> None:
    limits = spc.limits(series)
    assert np.isnan(limits.upper)
    assert not spc.signals(series, limits, WHEELER).any().any()


def test_a_gap_breaks_a_run_and_a_trend() -> None:
    high = [0.0] * 9 + [10.0] * 4 + [NAN] + [10.0] * 4
    assert not spc.signals(high, spc.limits(high), WHEELER).run_above.any()
    unbroken = [0.0] * 9 + [10.0] * 8
    assert spc.signals(unbroken, spc.limits(unbroken), WHEELER).run_above.sum() == 8
    rising = [1.0, 2, 3, 4, NAN, 5, 6, 7]
    assert not spc.signals(rising, spc.limits(rising), NHS).rising.any()


def test_a_point_on_the_mean_breaks_a_run() -> None:
    series = np.array([5.0] * 4 + [4.0] + [5.0] * 4)
    limits = spc.Limits(*(np.float64(v) for v in (4, 1, 1.34, 6.66, 3.267)), np.int64(9), np.int64(8))  # type: ignore[arg-type]
    assert not spc.signals(series, limits, NHS).run_above.any()


def test_rule_sets_differ_as_they_say() -> None:
    seven = [0.0] * 12 + [1.0] * 7
    limits = spc.limits(seven)
    assert spc.signals(seven, limits, NHS).run_above.sum() == 7
    assert not spc.signals(seven, limits, WHEELER).run_above.any()
    assert not spc.signals(seven, limits, LIMITS_ONLY).run_above.any()
    assert set(RULE_SETS) == {"wheeler", "nhs", "limits-only"}
    assert all(rules.citation for rules in RULE_SETS.values())


def _slow(series: list[float], rules: Rules) -> tuple[float, float, float, set[int]]:
    """The same chart by plain loops: mean, limits, and the places of all signs."""
    known = [y for y in series if y == y]
    steps = [abs(b - a) for a, b in itertools.pairwise(series) if a == a and b == b]
    mean, average = sum(known) / len(known), sum(steps) / len(steps)
    reach = 2.66 * average
    marked = {i for i, y in enumerate(series) if abs(y - mean) > reach}
    for start in range(len(series)):
        for end in range(start + 1, len(series) + 1):
            part, where = series[start:end], range(start, end)
            if any(y != y for y in part):
                break
            one_side = all(y > mean for y in part) or all(y < mean for y in part)
            if rules.run and len(part) >= rules.run and one_side:
                marked.update(where)
            ups = [b - a for a, b in itertools.pairwise(part)]
            if rules.trend and len(part) >= rules.trend and (all(u > 0 for u in ups) or all(u < 0 for u in ups)):
                marked.update(where)
            if rules.near and len(part) == rules.near.window and one_side:
                near = [i for i in where if abs(series[i] - mean) > rules.near.share * reach]
                if not rules.near.counts_outside:
                    near = [i for i in near if abs(series[i] - mean) <= reach]
                if len(near) >= rules.near.needed:
                    marked.update(near)
            if rules.moving_range and len(part) == 2 and abs(part[1] - part[0]) > 3.267 * average:
                marked.add(end - 1)
    return mean, mean - reach, mean + reach, marked


@pytest.mark.parametrize("rules", [WHEELER, NHS, LIMITS_ONLY], ids=lambda rules: rules.name)
def test_many_series_at_once_agree_with_plain_loops(rules: Rules) -> None:
    random = np.random.default_rng(7)
    many = random.poisson(random.uniform(2, 60, (150, 1)), (150, 30)).astype(float)
    many += np.where(random.random((150, 1)) < 0.4, np.arange(30) * random.uniform(-0.5, 0.5, (150, 1)), 0)
    many[random.random(many.shape) < 0.04] = NAN
    limits = spc.limits(many)
    signs = spc.signals(many, limits, rules).any()
    for i, series in enumerate(many.tolist()):
        mean, lower, upper, marked = _slow(series, rules)
        np.testing.assert_allclose([limits.mean[i], limits.lower[i], limits.upper[i]], [mean, lower, upper])
        assert set(np.flatnonzero(signs[i])) == marked


def test_ten_thousand_series_take_a_moment() -> None:
    many = np.random.default_rng(1).poisson(20, (10_000, 48)).astype(float)
    start = time.perf_counter()
    spc.signals(many, spc.limits(many), NHS)
    assert time.perf_counter() - start < 2
