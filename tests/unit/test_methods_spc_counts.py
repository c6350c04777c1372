"""Charts of counts, samples and rare events, and charts in phases: small cases worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from wardwise.methods import spc, spc_counts, spc_rare, spc_runs
from wardwise.methods.spc_rules import NHS, WHEELER

NAN = float("nan")


def test_c_chart_by_hand() -> None:
    """Mean 4, so limits 4 ± 3 × 2, cut at 0."""
    found = spc_counts.counts([4, 2, 6, NAN, 11], baseline=slice(0, 3))
    assert (found.centre[0], found.lower[0], found.upper[0]) == (4, 0, 10)
    assert found.beyond.tolist() == [False, False, False, False, True]


def test_u_and_p_and_np_charts_by_hand() -> None:
    rate = spc_counts.rates([10, 30], [5, 5])
    assert rate.values.tolist() == [2, 6]
    assert (rate.centre[0], rate.upper[0]) == (4, pytest.approx(4 + 3 * math.sqrt(4 / 5)))
    share = spc_counts.shares([2, 8], [10, 10])
    assert (share.centre[0], share.upper[0]) == (0.5, pytest.approx(0.5 + 3 * math.sqrt(0.025)))
    whole = spc_counts.shares([9, 10], [10, 10])
    assert whole.upper[0] == 1
    number = spc_counts.numbers([2, 8], 10)
    assert (number.values.tolist(), number.centre[0]) == ([2, 8], 5)
    assert np.isnan(spc_counts.shares([0, 0], [0, 0], baseline=slice(0, 0)).centre[0])


def test_samples_by_hand() -> None:
    """Three pairs: each standard deviation is |a − b| / √2, and c4 of two is √(2/π)."""
    pairs = [np.array([1.0, 3.0]), np.array([2.0, 2.0]), np.array([4.0, 6.0])]
    spread = (2 / math.sqrt(2) + 0 + 2 / math.sqrt(2)) / 3
    means = spc_counts.sample_means(pairs)
    assert means.upper[0] == pytest.approx(3 + 3 * spread / math.sqrt(2 / math.pi) / math.sqrt(2))
    assert spc_counts.sample_spreads(pairs).centre[0] == pytest.approx(spread)
    uneven = spc_counts.sample_spreads([*pairs, np.array([1.0, 2.0, 3.0])])
    assert uneven.centre[0] == pytest.approx(math.sqrt((2 + 0 + 2 + 2) / 5))


def test_times_between_events_are_charted_on_nelsons_scale() -> None:
    gaps = spc_rare.between([30, 1, 11, 16])
    assert gaps.tolist() == [10, 5, 14]
    found = spc_rare.times(gaps)
    scaled = gaps ** (1 / 3.6)
    middle = scaled.mean()
    assert found.centre == pytest.approx(middle**3.6)
    assert found.upper == pytest.approx((middle + 2.66 * np.abs(np.diff(scaled)).mean()) ** 3.6)
    assert not found.fewer.any() and not found.more.any()


def test_chances_between_events_have_geometric_limits() -> None:
    """Mean 9: the chance of an event is 1 in 10, and P(gap ≤ g) = 1 − 0.9^(g+1)."""
    found = spc_rare.chances([9] * 10)
    assert found.centre == 9
    assert 1 - 0.9 ** (found.upper + 1) >= 0.99 > 1 - 0.9**found.upper
    assert found.lower == 0
    rare = spc_rare.chances([300, 420, 250, 1, 900, 4000])
    assert rare.more.tolist() == [False, False, False, True, False, False]
    assert spc_rare.chances([3, 5]).lower == 0
    three = spc_rare.chances([9] * 10, three_sigma=True)
    assert (three.lower, three.upper) == (0, pytest.approx(9 + 3 * math.sqrt(90)))
    assert spc_rare.chances([0, 0]).upper == 0
    assert math.isnan(spc_rare.chances([]).upper)


def test_runs_about_the_median_by_hand() -> None:
    """Seven points, median 4 left out: − − − + + +, one crossing."""
    found = spc_runs.runs([1, 2, 3, 4, NAN, 5, 6, 7])
    assert (found.useful, found.longest, found.crossings) == (6, 3, 1)
    assert found.longest_by_chance == 6 and found.fewest_by_chance == 1
    assert not found.shift
    assert spc_runs.runs([0] * 12 + [1] * 12, 0.5).shift
    assert spc_runs.runs([]).useful == spc_runs.runs([5.0, 5.0]).useful == 0
    assert spc_runs.runs([1.0], 0.0).fewest_by_chance == 0


def test_phases_are_charted_each_for_itself() -> None:
    low, high = [4.0, 6, 5, 4, 6, 5, 4, 6], [24.0, 26, 25, 24, 26, 25]
    found = spc_runs.phased([*low, *high], WHEELER, starts=[8, 8, 0, 99])
    for part, where in ((low, slice(0, 8)), (high, slice(8, 14))):
        alone = spc.limits(part)
        for line, name in (("mean", "mean"), ("lower", "lower"), ("upper", "upper"), ("range_limit", "range_limit")):
            assert set(getattr(found, line)[where]) == {float(getattr(alone, name))}
    assert np.isnan(found.ranges[8]) and found.ranges[9] == 2
    assert not found.signals.any().any()
    one = spc_runs.phased([*low, *high], NHS)
    assert one.signals.any().any()
    short = spc_runs.phased([*low, *high], WHEELER, starts=[8], fewest=7)
    assert np.isnan(short.mean[8:]).all() and not np.isnan(short.mean[:8]).any()


def test_widened_limits() -> None:
    found = spc.limits([2, 4, 3, 7])
    wide = spc.widened(found, 2)
    assert float(wide.upper - wide.mean) == pytest.approx(2 * float(found.upper - found.mean))
    assert float(wide.range_limit) == pytest.approx(2 * float(found.range_limit))


def _by_hand(samples: list[list[float]]) -> tuple[list[float], list[float], list[float]]:
    """Mean, spread and the shared spread of samples, with plain sums (Montgomery 2009, 6.3)."""
    means = [sum(sample) / len(sample) for sample in samples]
    squares = [sum((x - mean) ** 2 for x in sample) for sample, mean in zip(samples, means, strict=True)]
    spreads = [math.sqrt(part / (len(sample) - 1)) for part, sample in zip(squares, samples, strict=True)]
    if len({len(sample) for sample in samples}) == 1:
        shared = sum(spreads) / len(spreads)
    else:
        shared = math.sqrt(sum(squares) / (sum(map(len, samples)) - len(samples)))
    return means, spreads, [shared / _c4(len(sample)) for sample in samples]


def _c4(n: int) -> float:
    return math.sqrt(2 / (n - 1)) * math.gamma(n / 2) / math.gamma((n - 1) / 2)


@pytest.mark.parametrize("sizes", [(5, 5, 5, 5), (2, 3, 7, 12), (20,) * 10])
def test_sample_charts_agree_with_plain_sums(sizes: tuple[int, ...]):
    chance = np.random.default_rng(sum(sizes))
    samples = [chance.gamma(2, 10, size) for size in sizes]
    means, spreads, sigma = _by_hand([sample.tolist() for sample in samples])
    centre = sum(float(sample.sum()) for sample in samples) / sum(sizes)
    charted, spread = spc_counts.sample_means(samples), spc_counts.sample_spreads(samples)
    assert charted.values == pytest.approx(means) and spread.values == pytest.approx(spreads)
    for at, size in enumerate(sizes):
        reach = 3 * sigma[at] / math.sqrt(size)
        assert (charted.lower[at], charted.upper[at]) == pytest.approx((centre - reach, centre + reach))
        middle = sigma[at] * _c4(size)
        wide = 3 * sigma[at] * math.sqrt(1 - _c4(size) ** 2)
        assert (spread.lower[at], spread.upper[at]) == pytest.approx((max(middle - wide, 0), middle + wide))
