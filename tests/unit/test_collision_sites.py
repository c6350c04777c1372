"""Sites of collisions: circles counted by hand, none sharing a collision, and beside what is around."""

from __future__ import annotations

import numpy as np
import pytest

from wardwise.methods.collision_sites import sites

AROUND = [(float(x), float(y)) for x in range(-400, 401, 200) for y in range(-400, 401, 200) if (x, y) != (0, 0)]
"""Twenty-four places 200 m apart, and none in the middle."""


def test_a_spot_with_five_stands_out_from_one_every_200_metres() -> None:
    spot = [(0.0, 0.0), (10.0, 0.0), (0.0, 10.0), (-10.0, 0.0), (0.0, -10.0)]
    found = sites([*AROUND, *spot], 50, 4, 500)
    assert len(found) == 1
    assert sorted(found.members[0]) == [24, 25, 26, 27, 28]
    near = sum(np.hypot(x, y) <= 500 for x, y in AROUND)
    assert found.expected[0] == pytest.approx(near * 50**2 / (500**2 - 50**2))
    assert found.told[0]
    assert found.p[0] < 1e-4


def test_p_is_that_of_two_counts_compared() -> None:
    """Three others in the circle and one in the ring, on areas of 1 and 99: 4 of which 3 or more in the circle."""
    xy = [(0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (3.0, 0.0), (80.0, 0.0)]
    share = 1 / 100
    found = sites(xy, 10, 4, 100)
    assert found.p[0] == pytest.approx(4 * share**3 * (1 - share) + share**4)


def test_land_that_is_sea_makes_the_rest_denser() -> None:
    xy = [(0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (3.0, 0.0), (80.0, 0.0)]
    whole, half = sites(xy, 10, 4, 100), sites(xy, 10, 4, 100, land=[0.5] * 5)
    assert half.expected[0] == pytest.approx(2 * whole.expected[0])
    assert half.p[0] > whole.p[0]


def test_no_collision_is_in_two_sites() -> None:
    """Five in a row, 40 m apart: the middle one's circle has three, and what it leaves is too little."""
    found = sites([(40.0 * i, 0.0) for i in range(5)], 50, 2, 500)
    assert [sorted(members) for members in found.members] == [[0, 1, 2]] or len(found.members[0]) == 3
    every = [row for members in found.members for row in members]
    assert len(every) == len(set(every))


def test_nothing_gives_nothing() -> None:
    assert len(sites(np.empty((0, 2)), 50, 2, 500)) == 0
    assert len(sites([(0.0, 0.0)], 50, 2, 500)) == 0


@pytest.mark.parametrize(("radius", "fewest", "ring"), [(0, 4, 500), (50, 1, 500), (500, 4, 500)])
def test_sizes_that_make_no_site_are_refused(radius: float, fewest: int, ring: float) -> None:
    with pytest.raises(ValueError, match="smaller than its ring"):
        sites([(0.0, 0.0)], radius, fewest, ring)
