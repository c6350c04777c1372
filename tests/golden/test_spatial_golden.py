"""Clusters on a map and in a cloud of points, to the tolerance stated in the golden folder's README."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from wardwise.methods import autocorrelation, density, grids, neighbours, pointpattern


def table(path: Path) -> dict[str, np.ndarray]:
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {name: np.array([float(row[name]) for row in rows]) for name in rows[0]}


def stats(path: Path) -> dict[str, float]:
    with path.open(encoding="utf-8") as file:
        return {row["stat"]: float(row["value"]) for row in csv.DictReader(file)}


def chessboard(grid: dict[str, np.ndarray]) -> neighbours.Neighbours:
    """Queen contiguity of the 20 × 20 grid, in the order of its rows in the file."""
    return neighbours.within(np.column_stack([grid["row"], grid["col"]]), 1.5)


def test_gi_star_and_local_moran(shared: Path) -> None:
    """SPA-1: spdep 1.2-7 on a 20 × 20 grid, queen contiguity; Ii with row-standardised weights."""
    grid = table(shared / "golden/spatial/grid20_queen_spdep.csv")
    near = chessboard(grid)
    np.testing.assert_allclose(autocorrelation.gi_star(grid["y"], near).z, grid["gistar_binary"], rtol=1e-9)
    np.testing.assert_allclose(autocorrelation.gi_star(grid["y"], near.shares()).z, grid["gistar_rowstd"], rtol=1e-9)
    found = autocorrelation.local_moran(grid["y"], near.shares())
    for ours, theirs in (
        (found.statistic, "Ii"),
        (found.expected, "E_Ii"),
        (found.variance, "Var_Ii"),
        (found.z, "Z_Ii"),
    ):
        np.testing.assert_allclose(ours, grid[theirs], rtol=1e-9, atol=1e-12)


def test_moran_geary_and_g(shared: Path) -> None:
    """SPA-1: spdep 1.2-7: moran.test and geary.test with style W, globalG.test with style B."""
    folder = shared / "golden/spatial"
    grid, wanted = table(folder / "grid20_queen_spdep.csv"), stats(folder / "grid20_global_spdep.csv")
    near = chessboard(grid)
    i, c = autocorrelation.moran(grid["y"], near.shares()), autocorrelation.geary(grid["y"], near.shares())
    g = autocorrelation.general_g(grid["y"], near)
    found = {
        "moran_I": i.statistic, "moran_E": i.expected, "moran_Var_rand": i.variance, "moran_z": i.z,
        "globalG": g.statistic, "globalG_E": g.expected, "globalG_Var": g.variance,
        "geary_C": c.statistic, "geary_Var": c.variance,
    }  # fmt: skip
    assert found == pytest.approx(wanted, rel=1e-9)


def test_gi_star_of_points(shared: Path) -> None:
    """SPA-1: spdep, 60 points, neighbours within 250."""
    points = table(shared / "golden/spatial/points60_d250_gistar_spdep.csv")
    near = neighbours.within(np.column_stack([points["x"], points["y"]]), 250)
    np.testing.assert_array_equal(near.counts, points["n_nb"])
    np.testing.assert_allclose(autocorrelation.gi_star(points["v"], near).z, points["gistar"], rtol=1e-9)


BOX = (0.0, 0.0, 10_000.0, 10_000.0)


def cloud(shared: Path) -> np.ndarray:
    points = table(shared / "golden/spatial/kde400_points.csv")
    return np.column_stack([points["x"], points["y"]])


def test_density_at_events(shared: Path) -> None:
    """SPA-2: spatstat 3.0, 400 points, 300 m: no edge correction, uniform edge correction, leaving each point out."""
    wanted = table(shared / "golden/spatial/kde400_at_points_spatstat.csv")
    points = cloud(shared)
    np.testing.assert_allclose(density.at_events(points, 300), wanted["noedge"], rtol=1e-9)
    np.testing.assert_allclose(density.at_events(points, 300, window=BOX), wanted["edge_uniform"], rtol=1e-9)
    np.testing.assert_allclose(
        density.at_events(points, 300, leave_out=True), wanted["loo_noedge"], rtol=1e-9, atol=1e-20
    )


def test_density_on_a_grid(shared: Path) -> None:
    """SPA-2: spatstat 3.0, 100 m pixels, no edge correction; it bins points to pixels, so within 2% of the peak."""
    wanted = table(shared / "golden/spatial/kde400_pixels100_spatstat.csv")
    theirs = np.zeros((100, 100))
    theirs[(wanted["y"] // 100).astype(int), (wanted["x"] // 100).astype(int)] = wanted["v"]
    ours = density.on_grid(cloud(shared), grids.Squares(0, 0, 100, 100, 100), 300).values
    assert np.abs(ours - theirs).max() < 0.02 * theirs.max()


def test_point_patterns(shared: Path) -> None:
    """spatstat 3.0: quadrat.test on 5 × 5, Clark and Evans without edge correction."""
    wanted = stats(shared / "golden/spatial/pointpattern_tests_spatstat.csv")
    counted, near = pointpattern.quadrats(cloud(shared), BOX, 5, 5), pointpattern.nearest(cloud(shared), BOX)
    found = {
        "quadrat5x5_X2": counted.x2,
        "quadrat_df": counted.df,
        "clarkevans_naive": near.ratio,
        "nn_mean": near.mean,
    }
    assert found == pytest.approx(wanted, rel=1e-9)


def test_ripleys_k(shared: Path) -> None:
    """SPA-2: spatstat 3.0's Kest, without edge correction, border, isotropic."""
    wanted = table(shared / "golden/spatial/kest400_spatstat.csv")
    found = pointpattern.ripley(cloud(shared), BOX, wanted["r"])
    np.testing.assert_allclose(found.chance, wanted["theo"], rtol=1e-12)
    np.testing.assert_allclose(found.plain, wanted["un"], rtol=1e-9)
    np.testing.assert_allclose(found.isotropic, wanted["iso"], rtol=1e-9)
    np.testing.assert_allclose(found.border, wanted["border"], rtol=1e-9)


FILES = ("blackpool_wards25", "ew_pfa20", "gb_ltla24", "lancashire_lsoa11", "lancashire_lsoa21", "lancashire_wards22")


@pytest.mark.parametrize("name", FILES)
def test_areas_that_share_a_corner_are_those_whose_outlines_meet(shared: Path, name: str) -> None:
    """ONS boundaries as published: the same neighbours as GEOS finds by geometry."""
    import shapely

    path = shared / f"data/areas/boundaries/{name}.geojson"
    shapes = shapely.get_parts(shapely.from_geojson(path.read_text(encoding="utf-8")))
    found = neighbours.queen(*shapely.get_coordinates(shapes, return_index=True), len(shapes))
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    wanted = neighbours.directed(one, other, len(shapes))
    np.testing.assert_array_equal(found.start, wanted.start)
    np.testing.assert_array_equal(found.ids, wanted.ids)
