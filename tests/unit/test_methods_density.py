"""Density and point patterns: sums known beforehand, and clouds that cannot be asked."""

from __future__ import annotations

import numpy as np
import pytest

from wardwise.methods import density, pointpattern
from wardwise.methods.density import Kernel
from wardwise.methods.grids import Squares

GRID = Squares(0, 0, 100, 40, 50)
BOX = (0.0, 0.0, 100.0, 100.0)


@pytest.mark.parametrize("kernel", Kernel)
def test_the_density_adds_up_to_the_events(kernel: Kernel) -> None:
    points = np.random.default_rng(1).uniform((1500, 1500), (3500, 2500), (500, 2))
    made = density.on_grid(points, GRID, 300, kernel=kernel)
    assert made.values.shape == (40, 50)
    assert made.values.sum() * GRID.area == pytest.approx(500, rel=0.01)
    heavy = density.on_grid(points, GRID, 300, kernel=kernel, weights=np.full(500, 4.0))
    np.testing.assert_allclose(heavy.values, 4 * made.values, rtol=1e-9, atol=1e-18)


def test_events_beyond_the_grid_count_while_they_are_in_reach() -> None:
    edge = density.on_grid([[-50, 2000], [1e6, 1e6]], GRID, 300, weights=[2, 5])
    assert edge.values[20, 0] == pytest.approx(2 / (2 * np.pi * 300**2), rel=0.1)
    assert edge.values[20, 30] == 0


def test_at_the_edge_of_an_area_the_density_is_raised() -> None:
    points = np.random.default_rng(3).uniform((0, 0), (5000, 4000), (40_000, 2))
    land = np.ones((40, 50), dtype=bool)
    land[:, :10] = False
    plain, raised = density.on_grid(points, GRID, 300), density.on_grid(points, GRID, 300, area=land)
    true = 40_000 / 20e6
    assert plain.values[39, 49] < 0.4 * true
    assert raised.values[39, 49] == pytest.approx(true, rel=0.1)
    assert not raised.values[:, :10].any()
    assert (plain.edge, raised.edge) == (False, True)


def test_no_events_is_no_density() -> None:
    assert not density.on_grid(np.zeros((0, 2)), GRID, 300).values.any()
    assert density.at_events(np.zeros((0, 2)), 300).size == 0


def test_all_events_at_one_place_is_one_peak() -> None:
    made = density.on_grid([[2050, 2050]] * 7, GRID, 400)
    assert np.unravel_index(made.values.argmax(), made.values.shape) == (20, 20)
    assert made.values.max() == pytest.approx(7 / (2 * np.pi * 400**2), rel=0.02)
    np.testing.assert_allclose(density.at_events([[5, 5]] * 7, 400), 7 / (2 * np.pi * 400**2))
    assert density.at_events([[50, 50]] * 7, 5, window=BOX)[0] == pytest.approx(7 / (2 * np.pi * 25))


def test_what_makes_no_density() -> None:
    with pytest.raises(ValueError, match="needs cells of at most 50"):
        density.on_grid([[0, 0]], GRID, 100)
    with pytest.raises(ValueError, match="one weight"):
        density.on_grid([[0, 0]], GRID, 300, weights=[1, 2])
    with pytest.raises(ValueError, match="above 0"):
        density.at_events([[0, 0]], 0)
    with pytest.raises(ValueError, match="outside the window"):
        density.at_events([[0, 0], [200, 0]], 30, window=BOX)


def test_points_in_a_lattice_are_further_apart_than_chance() -> None:
    step = np.arange(5, 100, 10.0)
    lattice = np.stack(np.meshgrid(step, step), axis=-1).reshape(-1, 2)
    near = pointpattern.nearest(lattice, BOX)
    assert (near.mean, near.expected, near.ratio) == (10, 5, 2)
    assert near.z > 5 and near.p < 1e-6
    even = pointpattern.quadrats(lattice, BOX, 2, 5)
    assert (even.x2, even.df, even.p, even.expected) == (0, 9, 1, 10)
    found = pointpattern.ripley(lattice, BOX, [0, 9, 10, 50])
    assert found.plain[:2].tolist() == [0, 0]
    assert found.inner.tolist() == [100, 64, 64, 0]
    assert found.border[2] == pytest.approx(4 * 1e4 / 100)
    assert found.border[3] == 0


def test_points_at_one_place_are_as_close_as_can_be() -> None:
    alike = [[50, 50]] * 4
    assert pointpattern.nearest(alike, BOX).ratio == 0
    found = pointpattern.ripley(alike, BOX, [0, 1])
    assert found.plain.tolist() == found.isotropic.tolist() == [1e4, 1e4]


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: pointpattern.quadrats(np.zeros((0, 2)), BOX, 2, 2), "too few"),
        (lambda: pointpattern.quadrats([[1, 1]], BOX, 1, 1), "more quadrats"),
        (lambda: pointpattern.nearest([[1, 1]], BOX), "too few"),
        (lambda: pointpattern.nearest([[1, 1], [500, 1]], BOX), "outside the box"),
        (lambda: pointpattern.nearest([[1, 1], [5, 1]], (0, 0, 0, 9)), "some area"),
        (lambda: pointpattern.ripley([[1, 1], [5, 1]], BOX, [1, 51]), "half the shorter side"),
        (lambda: pointpattern.ripley([[1, 1], [5, 1]], BOX, []), "radii rise"),
    ],
)
def test_patterns_that_cannot_be_asked(ask: object, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        ask()  # type: ignore[operator]
