"""Near repeats, clusters and density agree with slow answers in plain loops, which share no code with them."""

from __future__ import annotations

import math
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardwise.methods import (
    autocorrelation,
    bands,
    collision_sites,
    dealing,
    density,
    false_discovery,
    nearrepeat,
    neighbours,
    redraws,
)
from wardwise.methods.grids import Squares, hexagons
from wardwise.methods.pairs import Metric, layout

whole = st.integers(-40, 40).map(float)
fine = st.floats(-40, 40, allow_nan=False, width=32).map(float)
place = st.one_of(st.tuples(whole, whole), st.tuples(fine, fine))
event = st.tuples(place, st.integers(0, 30))
events = st.lists(event, min_size=4, max_size=25).filter(
    lambda them: len({p for p, _ in them}) > 1 and len({d for _, d in them}) > 1
)
widths = st.sampled_from([(0.0, 5.0, math.inf), (0.0, bands.SAME_PLACE, 3.0, 20.0, math.inf), (0.0, 12.5)])
spans = st.sampled_from([(0.0, 1.0, 8.0, math.inf), (0.0, 3.0), (0.0, 40.0, math.inf)])


def far(a: tuple[float, float], b: tuple[float, float], metric: Metric) -> float:
    along, up = abs(a[0] - b[0]), abs(a[1] - b[1])
    return along + up if metric is Metric.MANHATTAN else math.sqrt(along**2 + up**2)


def plain_table(
    them: list[tuple[tuple[float, float], int]], space: bands.Bands, time: bands.Bands, metric: Metric
) -> list[list[int]]:
    found = [[0] * len(time) for _ in range(len(space))]
    for (one, day), (other, later) in combinations(them, 2):
        for s in range(len(space)):
            for t in range(len(time)):
                near = space.breaks[s] <= far(one, other, metric) < space.breaks[s + 1]
                found[s][t] += near and time.breaks[t] <= abs(day - later) < time.breaks[t + 1]
    return found


@settings(max_examples=150, deadline=None)
@given(events, widths, spans, st.sampled_from(Metric))
def test_every_pair_is_counted_once_in_its_band(
    them: list[tuple[tuple[float, float], int]], wide: tuple[float, ...], span: tuple[float, ...], metric: Metric
) -> None:
    space, time = bands.between(*wide), bands.between(*span)
    points, days = [p for p, _ in them], [d for _, d in them]
    found = nearrepeat.knox(points, days, space, time, metric=metric, permutations=3)
    assert found.observed.tolist() == plain_table(them, space, time, metric)
    assert all(np.isfinite(part).all() for part in (found.expected, found.variance, found.p_closed, found.p))


@settings(max_examples=25, deadline=None)
@given(st.lists(event, min_size=5, max_size=6), widths)
def test_mean_and_variance_are_those_of_every_dealing(
    them: list[tuple[tuple[float, float], int]], wide: tuple[float, ...]
) -> None:
    if len({p for p, _ in them}) < 2 or len({d for _, d in them}) < 2:
        return
    space, time = bands.between(*wide), bands.between(0, 3, math.inf)
    points, days = [p for p, _ in them], [d for _, d in them]
    every = [
        plain_table(list(zip(points, dealt, strict=True)), space, time, Metric.EUCLIDEAN)
        for dealt in permutations(days)
    ]
    found = nearrepeat.knox(points, days, space, time)
    np.testing.assert_allclose(found.expected, np.mean(every, axis=0), atol=1e-9)
    np.testing.assert_allclose(found.variance, np.var(every, axis=0), atol=1e-9)


@settings(max_examples=60, deadline=None)
@given(events)
def test_local_near_repeats(them: list[tuple[tuple[float, float], int]]) -> None:
    from scipy.stats import hypergeom

    points, days = [p for p, _ in them], [d for _, d in them]
    found = nearrepeat.local(points, days, 10, 4)
    n = len(them)
    near = [[j != i and far(points[i], points[j], Metric.EUCLIDEAN) <= 10 for j in range(n)] for i in range(n)]
    soon = [[j != i and abs(days[i] - days[j]) <= 4 for j in range(n)] for i in range(n)]
    for i in range(n):
        both = sum(a and b for a, b in zip(near[i], soon[i], strict=True))
        assert (found.close[i], found.recent[i], found.both[i]) == (sum(near[i]), sum(soon[i]), both)
        p = np.mean([hypergeom.sf(both - 1, n - 1, sum(row), sum(near[i])) for row in soon])
        assert found.p[i] == pytest.approx(p, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.lists(place, max_size=40), st.floats(0.01, 60))
def test_close_pairs_are_all_found_once(points: list[tuple[float, float]], reach: float) -> None:
    laid = layout(np.array(points).reshape(-1, 2), reach)
    found = [
        tuple(sorted((int(laid.order[a]), int(laid.order[b]))))
        for block in laid.blocks()
        for a, b in zip(block.first, block.second, strict=True)
    ]
    wanted = {
        (i, j) for i, j in combinations(range(len(points)), 2) if far(points[i], points[j], Metric.EUCLIDEAN) < reach
    }
    assert sorted(found) == sorted(wanted)


links = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=1, max_size=20)
amounts = st.lists(st.integers(0, 4), min_size=8, max_size=8).filter(lambda them: len(set(them)) > 1)


@settings(max_examples=100, deadline=None)
@given(links, amounts)
def test_gi_star_and_moran_by_loops(joined: list[tuple[int, int]], values: list[int]) -> None:
    near = {frozenset(pair) for pair in joined if pair[0] != pair[1]}
    made = neighbours.of_pairs([a for a, _ in joined], [b for _, b in joined], 8)
    mean = sum(values) / 8
    spread = math.sqrt(sum((v - mean) ** 2 for v in values) / 8)
    found = autocorrelation.gi_star(values, made)
    moran = autocorrelation.local_moran(values, made)
    for i in range(8):
        around = [j for j in range(8) if frozenset((i, j)) in near]
        many = len(around) + 1
        room = spread * math.sqrt(max(8 * many - many**2, 0) / 7)
        score = (values[i] + sum(values[j] for j in around) - mean * many) / room if room else 0
        assert found.z[i] == pytest.approx(score, abs=1e-9)
        wanted = (values[i] - mean) * sum(values[j] - mean for j in around) / spread**2
        assert moran.statistic[i] == pytest.approx(wanted, abs=1e-9)


@settings(max_examples=15, deadline=None)
@given(links, amounts, st.integers(0, 1000))
def test_redraws_give_the_tails_of_every_possible_draw(
    joined: list[tuple[int, int]], values: list[int], seed: int
) -> None:
    made = neighbours.of_pairs([a for a, _ in joined], [b for _, b in joined], 8)
    many = 4_000
    found = redraws.redrawn_sums(np.array(values, dtype=float), made, many, seed)
    for i in range(8):
        k = int(made.counts[i])
        seen = sum(values[j] for j in made.ids[made.start[i] : made.start[i + 1]])
        sums = [sum(draw) for draw in combinations([v for j, v in enumerate(values) if j != i], k)]
        for tail, true in (
            (found.high[i], np.mean([one >= seen for one in sums])),
            (found.low[i], np.mean([one <= seen for one in sums])),
        ):
            assert tail == pytest.approx(true, abs=5 * math.sqrt(true * (1 - true) / many) + 2 / many)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_false_discovery_by_its_definition(p: list[float]) -> None:
    ordered = sorted(p)
    passed = [one for rank, one in enumerate(ordered, 1) if one <= 0.05 * rank / len(p) * (1 + 1e-12)]
    limit = max(passed, default=-1.0)
    near = min((abs(one * len(p) - 0.05 * rank) for rank, one in enumerate(ordered, 1)), default=1.0)
    if near > 1e-12:
        assert false_discovery.real(p).tolist() == [one <= limit for one in p]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1000), st.floats(0, 1000)), min_size=1, max_size=60))
def test_density_by_loops(points: list[tuple[float, float]]) -> None:
    grid = Squares(0, 0, 50, 20, 20)
    made, exact = density.on_grid(points, grid, 250).values.ravel(), density.at_events(points, 90)
    plain = [
        sum(math.exp(-0.5 * far(centre, point, Metric.EUCLIDEAN) ** 2 / 250**2) for point in points)
        for centre in grid.centres().tolist()
    ]
    peak = max(plain) / (2 * math.pi * 250**2)
    assert np.abs(made - np.array(plain) / (2 * math.pi * 250**2)).max() < 0.01 * peak
    for i, one in enumerate(points):
        own = sum(math.exp(-0.5 * far(one, other, Metric.EUCLIDEAN) ** 2 / 90**2) for other in points)
        assert exact[i] == pytest.approx(own / (2 * math.pi * 90**2), rel=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 500), st.floats(0, 400)), min_size=1, max_size=40), st.floats(300, 40_000))
def test_a_point_is_in_the_hexagon_whose_centre_is_nearest(points: list[tuple[float, float]], area: float) -> None:
    grid = hexagons((0, 0, 500, 400), area)
    centres = grid.centres().tolist()
    for point, cell in zip(points, grid.cells(points).tolist(), strict=True):
        gaps = [far(point, centre, Metric.EUCLIDEAN) for centre in centres]
        assert cell >= 0
        assert gaps[cell] <= min(gaps) + 1e-6


def test_dealing_leaves_the_dates_what_they_were() -> None:
    days = np.array([3, 1, 4, 1, 5, 9, 2, 6], dtype=np.int16)
    dealt = dealing._deal_days(days, np.random.SeedSequence(1), 50)
    assert (np.sort(dealt, axis=1) == np.sort(days)).all()
    assert len({tuple(row) for row in dealt.tolist()}) > 40


def test_rows_are_drawn_without_a_place_twice_and_every_row_is_as_likely() -> None:
    for places, size in ((12, 4), (5, 4)):
        drawn = redraws._draws(places, size, 6_000, 3)
        assert all(len(set(row)) == size for row in drawn.tolist())
        seen = np.bincount(drawn.ravel(), minlength=places) / drawn.size
        np.testing.assert_allclose(seen, 1 / places, rtol=0.08)
        np.testing.assert_allclose(np.bincount(drawn[:, -1], minlength=places) / 6_000, 1 / places, rtol=0.2)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=5, max_size=5).filter(lambda them: len(set(them)) > 1), st.integers(0, 99))
def test_whole_maps_against_every_dealing(values: list[int], seed: int) -> None:
    made = neighbours.of_pairs([0, 0, 1, 3], [1, 2, 3, 4], 5).shares()
    for statistic in (autocorrelation.moran, autocorrelation.geary, autocorrelation.general_g):
        if statistic is autocorrelation.general_g and sorted(values)[-2] == 0:
            continue
        seen = statistic(values, made, dealings=2_000, seed=seed)
        every = [statistic(dealt, made).statistic for dealt in permutations(values)]
        assert seen.expected == pytest.approx(np.mean(every))
        assert seen.variance == pytest.approx(np.var(every), abs=1e-9)
        for tail, true in (
            (seen.high, np.mean(np.array(every) >= seen.statistic - 1e-9)),
            (seen.low, np.mean(np.array(every) <= seen.statistic + 1e-9)),
        ):
            assert tail == pytest.approx(true, abs=5 * math.sqrt(true * (1 - true) / 2_000) + 2e-3)


def plain_sites(points: list[tuple[float, float]], radius: float, fewest: int) -> list[set[int]]:
    """The busiest circle of what is left, until none holds enough."""
    left, found = set(range(len(points))), []
    while True:
        circles = [(c, {o for o in left if math.dist(points[c], points[o]) <= radius}) for c in sorted(left)]
        best = max(circles, key=lambda each: (len(each[1]), -each[0]), default=(0, set()))
        if len(best[1]) < fewest:
            return found
        found.append(best[1])
        left -= best[1]


def plain_p(inside: int, outside: int, share: float) -> float:
    n = inside + outside
    return sum(math.comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(inside, n + 1))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(whole, whole), min_size=1, max_size=25), st.integers(2, 5), st.sampled_from([2.0, 7.5, 20.0]))
def test_sites_share_no_collision_and_are_as_likely_as_counted_out(
    points: list[tuple[float, float]], fewest: int, radius: float
) -> None:
    found = collision_sites.sites(points, radius, fewest, 60.0)
    assert [set(members.tolist()) for members in found.members] == plain_sites(points, radius, fewest)
    share = radius**2 / 60.0**2
    for members, p in zip(found.members, found.p, strict=True):
        centre = points[members[0]]
        ring = sum(radius < math.dist(centre, other) <= 60.0 for other in points)
        assert p == pytest.approx(plain_p(len(members) - 1, ring, share), rel=1e-9)
