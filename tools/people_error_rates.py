"""How often the methods for people are wrong, by simulation, as the table of docs/explanation/how-sure-of-people.md.

usage: python tools/people_error_rates.py [RUNS]

Prints the table. RUNS (2,000) worlds are made for each row, always the same ones.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import numpy as np

from wardwise.methods import repeat_people

SEED = 1977


def said_to_come_back(events: int, people: int, spread: float, runs: int) -> float:
    """Percent of worlds said to have more repeats than chance. spread: variance of people's risks, their mean being 1; 0 when alike."""
    rng = np.random.default_rng(SEED)
    found = 0
    for _ in range(runs):
        risk = rng.gamma(1 / spread, spread, people) if spread else np.ones(people)
        counts = rng.poisson(events / people * risk)
        seen = counts[counts > 0]
        found += len(seen) > 0 and (repeat_people.again(seen, people).p or 1) < 0.05
    return 100 * found / runs


def share_by_chance(rate: float, people: int, runs: int) -> tuple[float, float]:
    """Mean share on the tenth most often seen when all run one risk, and what the method says it is. Percent."""
    rng = np.random.default_rng(SEED)
    observed, said = [], []
    for _ in range(runs):
        counts = rng.poisson(rate, people)
        found = repeat_people.top(counts[counts > 0], 0.1)
        observed.append(found.observed)
        said.append(found.by_chance)
    return 100 * float(np.mean(observed)), 100 * float(np.mean(said))


def rows(runs: int) -> Iterator[tuple[str, str, str, str]]:
    for events in (100, 1000, 5000):
        world = f"{events:,} records at random on 20,000 people"
        found = said_to_come_back(events, 20_000, 0, runs)
        yield "People who come back, one-sided p below 0.05", world, "5% false alarms", f"{found:.1f}%"
    for spread in (0.5, 2.0):
        world = f"1,000 records, risks that differ (variance {spread:g} of mean 1)"
        found = said_to_come_back(1000, 20_000, spread, runs)
        yield "People who come back, one-sided p below 0.05", world, "found", f"{found:.1f}%"
    for rate in (0.05, 0.5, 2.0):
        observed, said = share_by_chance(rate, 5_000, runs // 10)
        world = f"5,000 people of one risk, {rate:g} records each"
        yield "Share on the tenth most often seen", world, f"{observed:.1f}%", f"{said:.1f}%"


if __name__ == "__main__":
    print("| Method | World | Should be | Is |\n|---|---|---|---|")
    for row in rows(int(sys.argv[1]) if len(sys.argv) > 1 else 2000):
        print(f"| {' | '.join(row)} |")
