"""Slow plain answers to what concentration, hours of the week, emerging hotspots and repeats work out quickly."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from wardwise.methods import aoristic, concentration, emerging
from wardwise.methods.hotspot_accuracy import accuracy, at_random, chosen
from wardwise.methods.repeat_places import repeats

COUNTS = st.lists(st.integers(0, 30), min_size=1, max_size=25).filter(any)
START = datetime(2024, 1, 1)
SPANS = st.lists(st.tuples(st.integers(0, 30_000), st.integers(0, 12_000)), min_size=1, max_size=8)


@settings(max_examples=200, deadline=None)
@given(COUNTS)
def test_gini_is_half_the_mean_difference_of_all_pairs(counts: list[int]):
    n = len(counts)
    pairs = sum(abs(a - b) for a in counts for b in counts)
    plain = Fraction(pairs, 2 * n * n) / Fraction(sum(counts), n)
    assert math.isclose(concentration.gini(counts), plain, abs_tol=1e-12)


@settings(max_examples=200, deadline=None)
@given(COUNTS)
def test_generalised_gini_measures_from_the_most_even_spread_of_whole_events(counts: list[int]):
    """Area between the curve and the line that all events, one to a place, would make; over what is left above that line."""
    n, events = len(counts), sum(counts)
    running, area = 0, Fraction(0)
    for count in sorted(counts):
        area += Fraction(2 * running + count, 2 * events * n)
        running += count
    flat = max(Fraction(0), Fraction(n - events, n))  # the share of places that must be without an event
    best = (1 - flat) / 2
    found = concentration.generalised_gini(counts)
    assert math.isclose(found, (best - area) / best, abs_tol=1e-12)


@settings(max_examples=100, deadline=None)
@given(SPANS)
def test_each_minute_of_a_span_weighs_the_same(spans: list[tuple[int, int]]):
    wanted = np.zeros((7, 24))
    for first, length in spans:
        minutes = range(first, first + max(length, 1))
        if length >= 7 * 1440:
            wanted += 1 / 168
            continue
        for minute in minutes:
            at = START + timedelta(minutes=minute)
            wanted[at.weekday(), at.hour] += 1 / len(minutes)
    begin = [np.datetime64(START + timedelta(minutes=first), "m") for first, _ in spans]
    end = [np.datetime64(START + timedelta(minutes=first + length), "m") for first, length in spans]
    found = aoristic.week(begin, end)
    np.testing.assert_allclose(found, wanted, atol=1e-9)
    np.testing.assert_allclose(aoristic.week(end, begin), wanted, atol=1e-9)


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 6), st.integers(1, 6), st.data())
def test_gi_star_cell_by_cell(places: int, months: int, data: st.DataObject):
    counts = data.draw(
        st.lists(st.lists(st.integers(0, 9), min_size=months, max_size=months), min_size=places, max_size=places)
    )
    touch = data.draw(st.lists(st.booleans(), min_size=places * places, max_size=places * places))
    every = [n for row in counts for n in row]
    if len(set(every)) < 2:
        return
    near = [[a == b or touch[min(a, b) * places + max(a, b)] for b in range(places)] for a in range(places)]
    mean = sum(every) / len(every)
    spread = math.sqrt(sum(n * n for n in every) / len(every) - mean**2)
    found = emerging.space_time_gi_star(counts, near)
    for i in range(places):
        for t in range(months):
            inside = [counts[j][u] for j in range(places) if near[i][j] for u in (t - 1, t) if u >= 0]
            w, n = len(inside), len(every)
            under = spread * math.sqrt((n * w - w * w) / (n - 1))
            wanted = (sum(inside) - mean * w) / under if under > 1e-9 else 0
            assert math.isclose(found[i, t], wanted, abs_tol=1e-6)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 5), min_size=3, max_size=12))
def test_mann_kendall_counts_rises_and_falls(row: list[int]):
    s = sum((b > a) - (b < a) for i, a in enumerate(row) for b in row[i + 1 :])
    assert emerging.mann_kendall(row).s.tolist() == [s]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=4), st.integers(0, 3))
def test_repeats_against_every_way_events_can_fall(counts: list[int], spare: int):
    """Places and events few enough to weigh every number of places hit by the classical recursion."""
    places, n = len(counts) + spare, sum(counts)
    hit = {0: 1.0}
    for _ in range(n):
        after: dict[int, float] = {}
        for k, chance in hit.items():
            after[k] = after.get(k, 0) + chance * k / places
            after[k + 1] = after.get(k + 1, 0) + chance * (places - k) / places
        hit = after
    expected = n - sum(k * chance for k, chance in hit.items())
    found = repeats(counts, places)
    assert math.isclose(found.expected_again, expected, abs_tol=1e-9)
    assert math.isclose(sum(s.expected for s in found.steps), sum(k * c for k, c in hit.items()), abs_tol=1e-9)


AREAS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(1, 5), st.booleans()), min_size=1, max_size=8
).filter(lambda rows: any(r[0] for r in rows) and any(r[1] for r in rows) and any(r[3] for r in rows))


@settings(max_examples=200, deadline=None)
@given(AREAS)
def test_a_chosen_set_area_by_area(rows: list[tuple[int, int, int, bool]]):
    """Fractions throughout; the best use of as much land fills the densest areas first, the last in part."""
    came, before, land, inside = ([*each] for each in zip(*rows, strict=True))
    caught = Fraction(sum(r[0] for r in rows if r[3]), sum(came))
    covered = sum(r[2] for r in rows if r[3])
    left, most = Fraction(covered), Fraction(0)
    for n, _, size, _ in sorted(rows, key=lambda r: Fraction(-r[0], r[2])):
        part = min(left, Fraction(size))
        most, left = most + n * part / size, left - part
    share = Fraction(covered, sum(land))
    found = chosen(came, before, inside, land)
    assert math.isclose(found.pai, caught / share, abs_tol=1e-9)
    assert math.isclose(found.most, most / sum(came) / share, abs_tol=1e-9)
    assert math.isclose(found.pei, caught * sum(came) / most, abs_tol=1e-9)
    if caught:
        had = Fraction(sum(r[1] for r in rows if r[3]), sum(before))
        assert math.isclose(found.rri, had / caught, abs_tol=1e-9)


@settings(max_examples=100, deadline=None)
@given(AREAS)
def test_the_first_areas_foreseen_are_a_chosen_set(rows: list[tuple[int, int, int, bool]]):
    came, before, land, _ = ([*each] for each in zip(*rows, strict=True))
    whole = accuracy(came, before, land)
    for at in range(len(rows)):
        inside = np.isin(np.arange(len(rows)), whole.order[: at + 1])
        found = chosen(came, before, inside, land)
        assert math.isclose(found.share, whole.share[at], abs_tol=1e-9)
        assert math.isclose(found.pai, whole.pai[at], abs_tol=1e-9)
        assert math.isclose(found.pei, whole.pei[at], abs_tol=1e-9, rel_tol=1e-9)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=2, max_size=7).filter(any), st.data())
def test_lots_agree_with_every_set_of_areas(came: list[int], data: st.DataObject):
    """The mean is that of every set; the limits lie where the sets' own do, but for what 2,000 draws leave open (half a percentile)."""
    many = data.draw(st.integers(1, len(came)))
    every = sorted(sum(each) / sum(came) for each in combinations(came, many))
    found = at_random(came, many)
    assert math.isclose(found.share, sum(every) / len(every), abs_tol=1e-9)
    low, high = np.quantile(every, [0.01, 0.05], method="inverted_cdf")
    assert low - 1e-9 <= found.lower <= high + 1e-9
    low, high = np.quantile(every, [0.95, 0.99], method="inverted_cdf")
    assert low - 1e-9 <= found.upper <= high + 1e-9
