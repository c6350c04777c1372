"""How often hot spots and near repeats are called where there are none, and how exact density is: the tables of
docs/explanation/hotspot-methods.md.

usage: python tools/hotspot_error_rates.py [RUNS]

Prints the tables. RUNS (1,000) maps are made for each row of the first, four times as many sets of events for the second and a twentieth
as many clouds for the third; always the same ones.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator

import numpy as np
from scipy.stats import poisson

from wardwise.methods import autocorrelation, bands, density, grids, nearrepeat
from wardwise.methods.false_discovery import real

SEED = 2718
SIDE, REDRAWS = 20, 19_999
Row = tuple[str, ...]


def maps(mean: float, runs: int) -> Iterator[np.ndarray]:  # type: ignore[type-arg]
    """Counts in 400 hexagons by chance alone."""
    chance = np.random.default_rng(SEED)
    for _ in range(runs):
        yield chance.poisson(mean, SIDE * SIDE)


def hot_spots(runs: int) -> Iterator[Row]:
    """Percent of cells, and percent of maps with any cell, called hot."""
    near = grids.Hexagons(0, 0, 1, SIDE, SIDE).neighbours()
    for mean in (0.3, 1, 5):
        cells: dict[str, list[float]] = {}
        for seed, counts in enumerate(maps(mean, runs)):
            found = autocorrelation.gi_star(counts, near, redraws=REDRAWS, seed=seed)
            closed, hot = autocorrelation.two_sided(found.z), found.z > 0
            called = {
                "each cell at 0.05, closed form": (closed <= 0.05) & hot,
                "each cell at 0.05, redraws": (found.p <= 0.05) & hot,
                "false discovery at 0.05, closed form": real(closed) & hot,
                "false discovery at 0.05, redraws": real(found.p) & hot,
            }
            for name, which in called.items():
                cells.setdefault(name, []).append(float(which.mean()))
        for name, shares in cells.items():
            any_at_all = 100 * np.mean(np.array(shares) > 0)
            yield f"{mean:g}", name, f"{100 * np.mean(shares):.2f}%", f"{any_at_all:.1f}%"


def near_repeats(runs: int) -> Iterator[Row]:
    """Percent of tables whose nearest cell is called at 0.05 and at 0.01, where places cluster and dates have a season but neither knows the other."""
    chance = np.random.default_rng(SEED)
    for events, metres in ((60, 200), (200, 200), (200, 600), (600, 400)):
        space, time = bands.between(0, metres, math.inf), bands.days(14, 1)
        p: dict[str, list[float]] = {"99 dealings": [], "closed form": [], "Poisson, the mean alone": []}
        expected = []
        for seed in range(4 * runs):
            centres = chance.uniform(0, 10_000, (20, 2))
            xy = centres[chance.integers(0, 20, events)] + chance.normal(0, 500, (events, 2))
            days = np.sort(chance.beta(2, 3, events) * 365).astype(int)
            chance.shuffle(days)
            found = nearrepeat.knox(xy, days, space, time, permutations=99, seed=seed)
            assert found.p is not None
            expected.append(float(found.expected[0, 0]))
            p["99 dealings"].append(float(found.p[0, 0]))
            p["closed form"].append(float(found.p_closed[0, 0]))
            p["Poisson, the mean alone"].append(float(poisson.sf(found.observed[0, 0] - 1, found.expected[0, 0])))
        for name, values in p.items():
            share = [f"{100 * np.mean(np.array(values) <= level):.1f}%" for level in (0.05, 0.01, 0.5)]
            yield f"{events} events, {metres} m: {np.mean(expected):.1f} pairs expected", name, *share


def density_error(runs: int) -> Iterator[Row]:
    """The largest departure from the exact sum anywhere on the grid, in percent of the peak: on average and the worst."""
    grid = grids.Squares(0, 0, 1, 40, 40)
    for kernel in density.Kernel:
        for cells in (2, 3, 5):
            bandwidth = cells * (1.0 if kernel is density.Kernel.NORMAL else 3.0)
            row = [str(kernel), f"{bandwidth:g}"]
            for events in (1, 10, 100, 2_000):
                chance = np.random.default_rng(SEED)
                errors = [one_density(chance, grid, kernel, bandwidth, events) for _ in range(max(runs // 20, 2))]
                row.append(f"{100 * np.mean(errors):.2f} ({100 * max(errors):.2f})")
            yield tuple(row)


def one_density(
    chance: np.random.Generator, grid: grids.Squares, kernel: density.Kernel, bandwidth: float, events: int
) -> float:
    xy = chance.normal(20, 5, (events, 2))
    apart = ((grid.centres()[:, None] - xy) ** 2).sum(axis=2) / bandwidth**2
    if kernel is density.Kernel.NORMAL:
        exact = np.exp(-apart / 2).sum(axis=1) / (2 * np.pi * bandwidth**2)
    else:
        exact = 3 * (np.maximum(1 - apart, 0) ** 2).sum(axis=1) / (np.pi * bandwidth**2)
    made = density.on_grid(xy, grid, bandwidth, kernel=kernel).values.ravel()
    return float(np.abs(made - exact).max() / exact.max())


TABLES = (
    (hot_spots, ("Mean count", "Rule", "Cells called hot", "Maps with any")),
    (near_repeats, ("World", "p value", "At 0.05", "At 0.01", "At 0.5")),
    (density_error, ("Kernel", "Bandwidth, cells", "1 event", "10", "100", "2,000")),
)


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    for make, heads in TABLES:
        print(f"\n| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
        for row in make(runs):
            print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
