"""Kernel density of a million points on a grid of 100 m, against KDEpy's FFT and SciPy on the same points, each with its error.

A normal kernel of 300 m; 10,000 cells. The points are half in 200 clusters, half spread evenly. The exact sum is taken at some cells, the peak
among them. SciPy's time is that of some cells multiplied up, since all take a minute.

    python -m benchmarks density
"""

from __future__ import annotations

from typing import Any

from benchmarks.contest import best, measured

POINTS, SIDE, CELL, BANDWIDTH = 1_000_000, 10_000.0, 100.0, 300.0
GOAL_KDEPY, GOAL_SCIPY, GOAL_ERROR = 2.0, 100.0, 0.5
"""At most so many times KDEpy's time; at least so many times as fast as SciPy; percent of the peak."""
TRIED = 200
"""Cells at which the exact sum is taken."""


def points() -> Any:
    import numpy as np

    chance = np.random.default_rng(7)
    centres = chance.uniform(500, SIDE - 500, (200, 2))
    clustered = centres[chance.integers(0, 200, POINTS // 2)] + chance.normal(0, 150, (POINTS // 2, 2))
    return np.clip(np.concatenate([clustered, chance.uniform(0, SIDE, (POINTS // 2, 2))]), 0, SIDE)


def grid() -> Any:
    from wardwise.methods.grids import Squares

    return Squares(0, 0, CELL, int(SIDE / CELL), int(SIDE / CELL))


def tried(values: Any) -> Any:
    """Cells to check, drawn at random, with the highest of all."""
    import numpy as np

    drawn = np.random.default_rng(3).choice(values.size, TRIED - 1, replace=False)
    return np.append(drawn, values.argmax())


def error(values: Any) -> float:
    """The largest departure from the exact sum, in percent of the peak. values: one for each cell, events per square metre."""
    import numpy as np

    xy, cells = points(), tried(values)
    exact = [np.exp(-((xy - at) ** 2).sum(axis=1) / (2 * BANDWIDTH**2)).sum() for at in grid().centres()[cells]]
    exact = np.array(exact) / (2 * np.pi * BANDWIDTH**2)
    return float(np.abs(values.ravel()[cells] - exact).max() / exact.max() * 100)


def ours(rounds: int) -> dict[str, Any]:
    from wardwise.methods import density

    xy, on = points(), grid()
    density.on_grid(xy[:10], on, BANDWIDTH)  # loading SciPy is not what is measured
    seconds, made = best(lambda: density.on_grid(xy, on, BANDWIDTH), rounds)
    return {"seconds": seconds, "error": error(made.values.ravel())}


def kdepy(rounds: int) -> dict[str, Any]:
    """KDEpy wants a grid that holds all points: one cell more on each side, cut off afterwards."""
    import numpy as np
    from KDEpy import FFTKDE

    xy, many = points(), int(SIDE / CELL)
    line = CELL * (np.arange(many + 2) - 0.5)
    cells = np.stack(np.meshgrid(line, line, indexing="ij"), axis=-1).reshape(-1, 2)
    seconds, found = best(lambda: FFTKDE(kernel="gaussian", bw=BANDWIDTH).fit(xy).evaluate(cells), rounds)
    values = found.reshape(many + 2, many + 2)[1:-1, 1:-1].T * POINTS
    return {"seconds": seconds, "error": error(values.ravel())}


def scipy(rounds: int) -> dict[str, Any]:
    from scipy.stats import gaussian_kde

    xy, some = points().T, grid().centres()[:: grid().rows * grid().columns // TRIED].T
    made = gaussian_kde(xy, bw_method=BANDWIDTH / xy.std())
    seconds, _ = best(lambda: made(some), rounds)
    return {"seconds": seconds * len(grid()) / some.shape[1]}


def binning(rounds: int) -> dict[str, Any]:
    """What no binned method can avoid: finding each point's cell and counting."""
    import numpy as np

    xy = points()

    def work() -> None:
        for start in range(0, POINTS, 1 << 14):
            cell = (xy[start : start + (1 << 14)] / (CELL + 1e-9)).astype(np.intp)
            np.bincount(cell[:, 1] * 100 + cell[:, 0], minlength=10_000)

    return {"seconds": best(work, rounds)[0]}


def main() -> None:
    took = {
        name: measured("benchmarks.density", name, rounds=rounds)
        for name, rounds in (("ours", 9), ("kdepy", 9), ("scipy", 1), ("binning", 9))
    }
    mine = took["ours"]["seconds"]
    print(f"{POINTS:,} points, {BANDWIDTH:g} m, {len(grid()):,} cells of {CELL:g} m")
    print(
        f"  wardwise        {mine:7.3f} s   error {took['ours']['error']:.2f}% of the peak (goal {GOAL_ERROR}%)   peak {took['ours']['megabytes']:,.0f} MB"
    )
    print(
        f"  KDEpy FFTKDE    {took['kdepy']['seconds']:7.3f} s   error {took['kdepy']['error']:.2f}%   wardwise takes {mine / took['kdepy']['seconds']:.2f} × its time (goal {GOAL_KDEPY:g})"
    )
    print(
        f"  SciPy           {took['scipy']['seconds']:7.1f} s   {took['scipy']['seconds'] / mine:.0f} × wardwise (goal {GOAL_SCIPY:g})"
    )
    print(
        f"  counting alone  {took['binning']['seconds']:7.3f} s   wardwise takes {mine / took['binning']['seconds']:.1f} ×"
    )


if __name__ == "__main__":
    main()
