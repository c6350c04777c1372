"""Clusters place by place and over the map: patterns known by eye, neighbours counted by hand, and maps that cannot be asked."""

from __future__ import annotations

import numpy as np
import pytest

from wardwise.methods import autocorrelation, false_discovery, grids, neighbours, redraws


def row_of(places: int) -> neighbours.Neighbours:
    """Places in a row, each the neighbour of the next."""
    return neighbours.of_pairs(range(places - 1), range(1, places), places)


def test_gi_star_by_hand() -> None:
    """Values 0, 0, 3 in a row: mean 1, spread √2. The middle place and both its neighbours are the whole map: nothing can be said."""
    found = autocorrelation.gi_star([0, 0, 3], row_of(3))
    one = np.sqrt(2) * np.sqrt((3 * 2 - 2**2) / 2)
    assert found.z.tolist() == pytest.approx([(0 - 2) / one, 0.0, (3 - 2) / one])
    assert found.p[1] == 1.0


def test_a_planted_cluster_is_found() -> None:
    near = grids.squares((0, 0, 900, 900), 100).neighbours()
    values = np.random.default_rng(2).poisson(3.0, len(near)).astype(float)
    values[[0, 1, 10, 11]] += 12
    found = autocorrelation.gi_star(values, near, redraws=999)
    closed = autocorrelation.gi_star(values, near)
    assert found.tails is not None and found.tails.high[0] == 0.001
    assert false_discovery.real(closed.p)[[0, 1]].all()
    moran = autocorrelation.local_moran(values, near.shares(), redraws=99)
    assert moran.kind[0] == "high-high" and moran.p[0] <= 0.05 and moran.tails is not None
    assert autocorrelation.moran(values, near.shares()).z > 3
    assert autocorrelation.geary(values, near.shares()).z > 3
    assert autocorrelation.general_g(values, near).z > 1


def test_a_place_alone_has_no_local_moran() -> None:
    near = neighbours.of_pairs([0, 1], [1, 2], 4)
    found = autocorrelation.local_moran([1, 2, 3, 9], near.shares(), redraws=9)
    assert near.alone.tolist() == [False, False, False, True]
    assert (found.kind[3], found.p[3], found.statistic[3], found.z[3]) == ("alone", 1.0, 0.0, 0.0)
    assert all(np.isfinite(part).all() for part in (found.expected, found.variance, found.z, found.p))
    assert np.isfinite(autocorrelation.gi_star([1, 2, 3, 9], near, redraws=9).p).all()


@pytest.mark.parametrize("statistic", [autocorrelation.gi_star, autocorrelation.moran, autocorrelation.geary])
def test_maps_that_cannot_be_asked(statistic: object) -> None:
    for values, near, says in (
        ([0, 0, 0, 0], row_of(4), "same value"),
        ([5], neighbours.of_pairs([], [], 1), "too few"),
    ):
        with pytest.raises(autocorrelation.NothingVariesError, match=says):
            statistic(values, near)  # type: ignore[operator]
    with pytest.raises(ValueError, match="one value each"):
        statistic([1, 2], row_of(4))  # type: ignore[operator]
    with pytest.raises(ValueError, match="without a value"):
        statistic([1, 2, np.nan, 4], row_of(4))  # type: ignore[operator]


def test_a_map_without_neighbours_or_with_values_below_nought() -> None:
    with pytest.raises(autocorrelation.NothingVariesError, match="no place has a neighbour"):
        autocorrelation.moran([1, 2, 3, 4], neighbours.of_pairs([], [], 4))
    with pytest.raises(ValueError, match="below 0"):
        autocorrelation.general_g([1, -2, 3, 4], row_of(4))
    with pytest.raises(autocorrelation.NothingVariesError, match="only one place"):
        autocorrelation.general_g([0, 0, 7, 0], row_of(4))
    with pytest.raises(autocorrelation.NothingVariesError, match="same value"):
        autocorrelation.gi_star([0, 0, 1e-200, 0], row_of(4))


def test_where_everybody_is_a_neighbour_chance_has_no_room() -> None:
    everyone = neighbours.of_pairs([0, 0, 0, 1, 1, 2], [1, 2, 3, 2, 3, 3], 4)
    found = autocorrelation.moran([1, 2, 3, 9], everyone)
    assert (found.statistic, found.z, found.p) == (
        pytest.approx(-1 / 3),
        pytest.approx(0, abs=1e-4),
        pytest.approx(1, abs=1e-4),
    )
    assert autocorrelation.gi_star([1, 2, 3, 9], everyone, redraws=19).p.tolist() == [1.0] * 4


def test_ties_count_on_both_sides() -> None:
    """Of 12 places all but one hold 0: around most of them every redraw ties, which is evidence of nothing."""
    tails = redraws.redrawn_sums(np.array([0.0] * 11 + [5.0]), row_of(12), 99, 1)
    assert tails.high[0] == 1.0 and tails.low[0] > 0.7
    assert tails.two_sided[0] == 1.0
    assert tails.high[10] < 0.3


def test_redraws_need_weights_alike() -> None:
    uneven = neighbours.of_pairs([0, 1], [1, 2], 3, [1.0, 2.0])
    assert not uneven.alike and uneven.binary().alike
    with pytest.raises(ValueError, match="alike"):
        redraws.redrawn_sums(np.arange(3.0), uneven, 9, 0)
    assert neighbours.of_pairs([], [], 3).alike


def test_areas_that_share_a_corner() -> None:
    """Four squares around one corner, and one apart; a repeated corner of one outline makes nobody its own neighbour."""
    square = np.array([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)], dtype=float)
    outlines = [np.add(square, corner) for corner in ((0, 0), (1, 0), (0, 1), (1, 1), (5, 5))]
    owner = np.repeat(np.arange(5), 5)
    found = neighbours.queen(np.concatenate(outlines), owner, 5)
    assert found.counts.tolist() == [3, 3, 3, 3, 0]
    assert found.ids[:3].tolist() == [1, 2, 3]
    assert neighbours.queen(np.zeros((0, 2)), [], 2).counts.tolist() == [0, 0]


def test_neighbours_by_distance_and_nearest() -> None:
    line = [[0, 0], [1, 0], [3, 0], [3, 0]]
    assert neighbours.within(line, 1).counts.tolist() == [1, 1, 1, 1]
    assert neighbours.within(line, 2).counts.tolist() == [1, 3, 2, 2]
    assert neighbours.nearest(line, 1).ids.tolist() == [1, 0, 3, 2]
    alike = neighbours.nearest([[0, 0]] * 6, 2)
    assert alike.counts.tolist() == [2] * 6 and (alike.ids != alike.owners).all()
    with pytest.raises(ValueError, match="others each"):
        neighbours.nearest(line, 4)
    with pytest.raises(ValueError, match="not one of the 2 places"):
        neighbours.of_pairs([0], [2], 2)


def test_shares_add_up_to_one() -> None:
    shares = row_of(3).shares()
    assert shares.sums(None).tolist() == [1, 1, 1]
    assert shares.sums(np.array([2.0, 5.0, 4.0])).tolist() == [5, 3, 5]


def test_false_discovery_as_in_the_paper() -> None:
    """Benjamini & Hochberg (1995), section 4.1: of 15 p values four are real at 0.05, where Bonferroni finds three."""
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1.0,
    ]
    assert false_discovery.real(p).sum() == 4
    assert false_discovery.real(p, dependent=True).sum() == 3
    assert false_discovery.adjusted(p)[:2] == pytest.approx([0.0015, 0.003])
    assert false_discovery.adjusted([]).size == 0
    with pytest.raises(ValueError, match="between 0 and 1"):
        false_discovery.adjusted([0.5, np.nan])


def test_hexagons_cover_an_area_and_touch_six_others() -> None:
    grid = grids.hexagons((0, 0, 1000, 700), 5000)
    assert grid.area == pytest.approx(5000)
    assert len(grid.outlines()) == len(grid) == grid.rows * grid.columns
    assert grid.cells(grid.centres()).tolist() == list(range(len(grid)))
    assert (grid.cells([[0, 0], [1000, 700], [1000, 0], [0, 700]]) >= 0).all()
    assert grid.cells([[-500, 0], [0, 5000]]).tolist() == [-1, -1]
    near, centres = grid.neighbours(), grid.centres()
    gap = np.hypot(*(centres[near.owners] - centres[near.ids]).T)
    assert gap == pytest.approx(np.sqrt(3) * grid.side)
    assert near.counts.max() == 6
    corner = grid.outlines()[0] - grid.centres()[0]
    assert np.hypot(*corner.T) == pytest.approx(grid.side)


def test_squares_and_what_is_counted_in_them() -> None:
    grid = grids.squares((0, 0, 300, 200), 100)
    assert (grid.rows, grid.columns, grid.area) == (3, 4, 10_000)
    cells = grid.cells([[0, 0], [99, 99], [100, 0], [300, 200], [-1, 0]])
    assert cells.tolist() == [0, 0, 1, 11, -1]
    assert grids.counts(cells, grid).tolist() == [2, 1, *[0] * 9, 1]
    assert grids.counts(cells, grid, [1, 2, 4, 8, 16])[0] == 3
    assert grid.outlines()[0].tolist() == [[0, 0], [100, 0], [100, 100], [0, 100]]
    assert sorted(grid.neighbours().counts.tolist()) == [3] * 4 + [5] * 6 + [8] * 2


def test_a_grid_cut_to_an_area_keeps_its_neighbours() -> None:
    grid = grids.squares((0, 0, 250, 50), 100)
    assert grids.only(grid.neighbours(), [True, True, False]).ids.tolist() == [1, 0]
    assert grids.only(grid.neighbours(), [True, False, True]).counts.tolist() == [0, 0]


@pytest.mark.parametrize("bounds", [(0, 0, -1, 5), (0, 5, 1, 0), (0, 0, np.inf, 1)])
def test_a_grid_of_nothing(bounds: tuple[float, float, float, float]) -> None:
    for make in (grids.hexagons, grids.squares):
        with pytest.raises(ValueError, match="west, south, east, north"):
            make(bounds, 10)
    with pytest.raises(ValueError, match="cells of some size"):
        grids.squares((0, 0, 1, 1), 0)
    with pytest.raises(ValueError, match="larger cells"):
        grids.squares((0, 0, 1e6, 1e6), 10)
