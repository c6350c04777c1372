"""Rates and evaluations against slow plain sums, on generated data."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardwise.methods import (
    cohorts,
    differences,
    displacement,
    funnel,
    matching,
    power,
    proportions,
    quantiles,
    standardise,
)
from wardwise.methods.displacement import Counts
from wardwise.methods.power import Pilot
from wardwise.methods.ranks import rank_ranges
from wardwise.methods.rates import byar

COUNT = st.integers(0, 400)
QUICK = settings(deadline=None, max_examples=60)


@QUICK
@given(st.lists(st.tuples(COUNT, st.integers(1, 9000), st.integers(1, 7000)), min_size=1, max_size=19))
def test_a_standardised_rate_is_a_weighted_mean_of_rates(bands: list[tuple[int, int, int]]) -> None:
    events = sum(x for x, _, _ in bands)
    if events < standardise.FEWEST_EVENTS:
        return
    found = standardise.direct(*([band[i] for band in bands] for i in range(3)))
    whole = sum(w for _, _, w in bands)
    value = sum(w * x / n for x, n, w in bands) / whole
    variance = sum((w / whole) ** 2 * x / n**2 for x, n, w in bands)
    upper = value + math.sqrt(variance / events) * (float(byar(events).upper) - events)
    assert found.value == pytest.approx(1000 * value) and found.upper == pytest.approx(1000 * upper)


@QUICK
@given(COUNT, COUNT, COUNT, COUNT, COUNT, COUNT, st.integers(1, 36), st.integers(1, 36))
def test_displacement_adds_up(a: int, b: int, c: int, d: int, e: int, f: int, before: int, after: int) -> None:
    found = displacement.weighted_difference(
        Counts(a, b), Counts(c, d), Counts(e, f), time_before=before, time_after=after
    )
    assert found.total == pytest.approx((b - d + f) / after - (a - c + e) / before, abs=1e-9)
    error = math.sqrt((b + d + f) / after**2 + (a + c + e) / before**2)
    assert found.total_error == pytest.approx(error) and found.lower <= found.total <= found.upper


@QUICK
@given(st.lists(st.tuples(st.integers(1, 200), st.integers(1, 200)), min_size=12, max_size=40), st.data())
def test_months_give_the_ratio_of_the_totals(months: list[tuple[int, int]], data: st.DataObject) -> None:
    start = data.draw(st.integers(6, len(months) - 6))
    target, other = ([pair[i] for pair in months] for i in (0, 1))
    found = differences.of_months(target, other, start)
    plain = (sum(target[start:]) / sum(target[:start])) / (sum(other[start:]) / sum(other[:start]))
    assert found.ratio == pytest.approx(plain, rel=1e-6)
    totals = differences.of_totals(sum(target[:start]), sum(target[start:]), sum(other[:start]), sum(other[start:]))
    assert found.error >= totals.error * (1 - 1e-9), "months never make it surer than chance alone"
    assert found.prevented == pytest.approx(sum(target[start:]) / plain - sum(target[start:]), rel=1e-5, abs=1e-6)


@QUICK
@given(st.floats(1, 200), st.integers(1, 36), st.floats(0.05, 0.6), st.booleans())
def test_no_shorter_pilot_would_do(rate: float, before: int, fall: float, alone: bool) -> None:
    pilot = Pilot(rate, before, None if alone else rate)
    months = power.months_needed(pilot, fall, longest=60)
    enough = [m for m in range(1, 61) if power.power_of(pilot, fall, m) >= 0.8]
    assert months == (enough[0] if enough else None)


@QUICK
@given(
    st.lists(st.tuples(st.integers(0, 30), st.one_of(st.none(), st.integers(0, 40))), max_size=30), st.integers(1, 12)
)
def test_followed_for_an_equal_time(people: list[tuple[int, int | None]], months: int) -> None:
    until = 36
    found = cohorts.followed([s for s, _ in people], [e for _, e in people], months, until)
    whole = part = 0
    for start, event in people:
        if until - start >= months:
            whole += 1
            part += event is not None and start <= event <= start + months
    assert (found.escalated.part, found.escalated.whole, found.too_recent) == (part, whole, len(people) - whole)


@QUICK
@given(st.lists(st.tuples(st.floats(-3, 3), st.booleans()), min_size=2, max_size=30))
def test_nobody_is_matched_twice_or_too_far(people: list[tuple[float, bool]]) -> None:
    scores, took = [s for s, _ in people], [t for _, t in people]
    pairs = matching.nearest(scores, took)
    reach = 0.2 * float(np.std(scores)) + 1e-12
    assert len({a for a, _ in pairs}) == len({b for _, b in pairs}) == len(pairs)
    assert all(took[a] and not took[b] and abs(scores[a] - scores[b]) <= reach for a, b in pairs)
    free = set(range(len(people))) - {x for pair in pairs for x in pair}
    alone = [(a, b) for a in free for b in free if took[a] and not took[b]]
    assert all(abs(scores[a] - scores[b]) > reach - 2e-12 for a, b in alone), "no pair was left unmade"


@QUICK
@given(st.lists(st.integers(0, 50), min_size=4, max_size=40), st.integers(2, 4))
def test_groups_are_as_equal_as_ties_allow(values: list[int], number: int) -> None:
    named = {str(i): float(v) for i, v in enumerate(values)}
    found = quantiles.groups(named, number)
    for i, v in enumerate(values):
        higher = sum(other > v for other in values)
        assert found[str(i)] == 1 + number * higher // len(values)


@QUICK
@given(st.lists(st.tuples(COUNT, st.floats(1, 400)), min_size=3, max_size=40))
def test_spread_is_never_negative_and_limits_hold_one(areas: list[tuple[int, float]]) -> None:
    x, e = (np.array([area[i] for area in areas], dtype=float) for i in (0, 1))
    z, error = funnel.scores(x, e), funnel.errors(e)
    found = funnel.spread(funnel.winsorised(z), error)
    limits = funnel.wide_limits(error, found.tau2)
    assert found.tau2 >= 0 and (limits.lower < 1).all() and (limits.upper > 1).all()
    assert [float(v) for v in z] == pytest.approx([2 * (math.sqrt(a) - math.sqrt(b)) for a, b in areas])


@settings(deadline=None, max_examples=15)
@given(st.lists(st.integers(0, 300), min_size=2, max_size=8))
def test_the_range_of_a_rank_holds_the_rank_of_the_counts(counts: list[int]) -> None:
    named = {str(i): float(n) for i, n in enumerate(counts)}
    found = rank_ranges(named, dict.fromkeys(named, 1.0), draws=2000)
    for name, n in named.items():
        better, worse = (sum(other > n for other in counts), sum(other >= n for other in counts))
        assert found[name].best <= worse and found[name].worst >= better + 1


def _score_limits(part: int, whole: int) -> tuple[float, float]:
    """Shares that lie 1.96 of their own standard errors from the one seen, found by halving (Wilson 1927)."""
    seen, z = part / whole, 1.959963984540054

    def far(share: float) -> bool:
        return (share - seen) ** 2 > z * z * share * (1 - share) / whole

    found = []
    for near, end in ((seen, 0.0), (seen, 1.0)):
        out, within = end, near
        for _ in range(80):
            middle = (out + within) / 2
            out, within = (middle, within) if far(middle) else (out, middle)
        found.append(end if not far(end) and end != seen else (out + within) / 2)
    return found[0], found[1]


@QUICK
@given(st.integers(1, 200), st.integers(1, 200), st.data())
def test_two_shares_by_score_are_the_score_limits_put_together(one: int, two: int, data: st.DataObject) -> None:
    """The shares' own limits, by halving; then the square roots of Newcombe's sums of squares."""
    part, other = data.draw(st.integers(0, one)), data.draw(st.integers(0, two))
    found = proportions.two_shares_by_score(part, one, other, two)
    (low, high), (under, over) = _score_limits(part, one), _score_limits(other, two)
    p, q = part / one, other / two
    assert found.lower == pytest.approx(q - p - math.sqrt((q - under) ** 2 + (high - p) ** 2), abs=1e-9)
    assert found.upper == pytest.approx(q - p + math.sqrt((over - q) ** 2 + (p - low) ** 2), abs=1e-9)
