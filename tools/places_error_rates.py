"""How often the methods for places are wrong, by simulation, as the table of docs/explanation/how-sure-of-places.md.

usage: python tools/places_error_rates.py [RUNS]

Prints the table. RUNS (400) worlds are made for each row, always the same ones.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import numpy as np

from wardwise.methods import concentration, emerging
from wardwise.methods.collision_sites import sites
from wardwise.methods.repeat_places import repeats

SEED = 731
PLACES, MONTHS = 100, 24
Draw = Callable[[np.random.Generator], np.ndarray]  # type: ignore[type-arg]


def top_share_covers(risks: Draw, runs: int) -> tuple[float, float]:
    """How often the limits hold the true share of risk in the riskiest tenth, and how far the observed share lies above it."""
    rng = np.random.default_rng(SEED)
    inside, above = 0, 0.0
    for _ in range(runs):
        risk = risks(rng)
        truth = np.sort(risk)[::-1][: PLACES // 10].sum() / risk.sum()
        found = concentration.top_share(rng.poisson(risk), 0.1)
        inside += found.lower - 1e-9 <= truth <= found.upper + 1e-9
        above += found.observed - truth
    return 100 * inside / runs, 100 * above / runs


def falsely_trending(runs: int) -> float:
    """Percent of places with steady risk whose Gi* is said to rise or fall."""
    rng = np.random.default_rng(SEED)
    found = [emerging.mann_kendall(rng.poisson(8, (PLACES, MONTHS))).p for _ in range(runs)]
    return 100 * float(np.mean(np.concatenate(found) < 0.05))


def falsely_repeating(events: int, runs: int) -> float:
    """Percent of worlds without repeat risk that are said to have more repeats than chance."""
    rng = np.random.default_rng(SEED)
    counts = (np.bincount(rng.integers(0, 2000, events)) for _ in range(runs * 5))
    return 100 * float(np.mean([repeats(each[each > 0], 2000).p < 0.05 for each in counts]))


def falsely_a_site(town: Draw, runs: int) -> tuple[float, float]:
    """Percent of towns without a spot of its own risk in which a site is said to stand out, and sites said to in each of them."""
    rng = np.random.default_rng(SEED)
    told = [int(sites(town(rng), 50, 4, 500).told.sum()) for _ in range(runs)]
    return 100 * float(np.mean(np.array(told) > 0)), float(np.mean(told))


def streets(rng: np.random.Generator) -> np.ndarray:  # type: ignore[type-arg]
    """750 collisions anywhere along streets every 150 m, each way, in a square of 5 km."""
    along, across = rng.uniform(0, 5000, 750), 150 * rng.integers(0, 34, 750).astype(float)
    down = rng.random(750) < 0.5
    return np.column_stack([np.where(down, along, across), np.where(down, across, along)])


def rows(runs: int) -> Iterator[tuple[str, str, str, str]]:
    worlds: dict[str, Draw] = {
        "gamma risks, mean 20": lambda rng: rng.gamma(1.5, 20 / 1.5, PLACES),
        "gamma risks, mean 3": lambda rng: rng.gamma(1.0, 3, PLACES),
        "lognormal risks, mean about 20": lambda rng: rng.lognormal(2.6, 0.9, PLACES),
        "one town centre, the rest alike": lambda rng: np.append(np.full(5, 150.0), rng.gamma(20, 0.75, PLACES - 5)),
        "all risks equal": lambda rng: np.full(PLACES, 10.0),
    }
    for name, world in worlds.items():
        inside, above = top_share_covers(world, runs)
        yield (
            "Share in the busiest tenth: 95% limits",
            name,
            "95% inside",
            f"{inside:.1f}% inside; the share as counted is {above:+.1f} points off",
        )
    yield "Mann-Kendall trend, 24 months", "steady risk", "5% false alarms", f"{falsely_trending(runs):.1f}%"
    for events in (200, 1000, 4000):
        yield (
            "Repeat places, one-sided p below 0.05",
            f"{events:,} events at random on 2,000 places",
            "5% false alarms",
            f"{falsely_repeating(events, runs):.1f}%",
        )
    towns: dict[str, Draw] = {
        "750 collisions anywhere in 25 km²": lambda rng: rng.uniform(0, 5000, (750, 2)),
        "750 anywhere on streets 150 m apart": streets,
    }
    for name, town in towns.items():
        any_, each = falsely_a_site(town, runs)
        yield (
            "Collision sites, 50 m, 4 or more",
            name,
            "at most 5% of towns",
            f"{any_:.1f}% of towns; {each:.2f} sites in each",
        )


if __name__ == "__main__":
    print("| Method | World | Should be | Is |\n|---|---|---|---|")
    for row in rows(int(sys.argv[1]) if len(sys.argv) > 1 else 400):
        print(f"| {' | '.join(row)} |")
