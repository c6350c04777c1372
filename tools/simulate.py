"""How often the intervals hold and the tests cry wolf, by simulation: writes the tables of two pages under docs/explanation.

usage: python tools/simulate.py [rates] [evaluation] [--check]

Each page keeps its words; what stands between its markers is replaced. Seeds are fixed, so the same numbers come out every time.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from wardwise.methods import differences, displacement, funnel, interrupted, power, rates, regression, standardise
from wardwise.methods.displacement import Counts
from wardwise.methods.ranks import rank_ranges

PAGES = Path(__file__).resolve().parents[1] / "docs" / "explanation"
SEED = 31
Rows = list[Sequence[str]]


def table(header: Sequence[str], rows: Rows) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def percent(part: float) -> str:
    return f"{100 * part:.1f}%"


def counts_covered() -> str:
    """Share of 95% intervals of a count that hold its mean."""
    chance, rows = np.random.default_rng(SEED), []
    for mean in (1, 3, 5, 10, 30, 100, 1000):
        drawn = chance.poisson(mean, 40_000)
        cells = [_covers(method(drawn), mean) for method in (rates.exact_poisson, rates.byar, rates.poisson)]
        rows.append([f"{mean:,}", *cells])
    return table(["Events expected", "Exact", "Byar", "Exact below 10, Byar from 10"], rows)


def shares_covered() -> str:
    chance, rows = np.random.default_rng(SEED), []
    for base in (10, 30, 100, 1000):
        cells = [_covers(rates.wilson(chance.binomial(base, p, 40_000), base), p) for p in (0.02, 0.1, 0.3, 0.5)]
        rows.append([f"{base:,}", *cells])
    return table(["Out of", "true share 2%", "10%", "30%", "50%"], rows)


def _covers(found: rates.Interval, truth: float) -> str:
    return percent(float(((found.lower <= truth) & (truth <= found.upper)).mean()))


def standardised_covered() -> str:
    """Dobson's interval, for events of different people and of people who have several."""
    chance, rows = np.random.default_rng(SEED), []
    people = (
        np.array([600, 580, 550, 600, 650, 700, 650, 600, 600, 620, 600, 560, 500, 420, 350, 280, 180, 100, 60]) * 10.0
    )
    shape = np.linspace(2, 0.4, 19)
    weights = np.asarray(standardise.ESP2013) / 100_000
    for events in (15, 30, 100, 1000):
        rate = shape * events / (shape * people).sum()
        truth = float((weights * rate).sum()) * 1000
        held, told, blind, runs = 0, 0, 0, 3000
        for _ in range(runs):
            x = chance.poisson(rate * people)
            held += _holds(x, people, truth)
            once, thrice = chance.poisson(rate * people / 2), chance.poisson(rate * people / 6)
            repeated = once + 3 * thrice
            told += _holds(repeated, people, truth, {1: once, 3: thrice})
            blind += _holds(repeated, people, truth)
        rows.append([f"{events:,}", *(percent(n / runs) for n in (held, blind, told))])
    header = [
        "Events expected",
        "each of another person",
        "half of them by people with three, not allowed for",
        "the same, allowed for",
    ]
    return table(header, rows)


def _holds(x: np.ndarray, people: np.ndarray, truth: float, by_times: dict[int, np.ndarray] | None = None) -> bool:
    try:
        found = standardise.direct(x, people, by_times=by_times)
    except standardise.TooFewEventsError:
        return True  # none given, so none wrong
    return found.lower <= truth <= found.upper


def funnel_alarms() -> str:
    """Areas outside their range when none differs, and when areas differ as they usually do."""
    chance, rows = np.random.default_rng(SEED), []
    for between in (0.0, 0.1, 0.3):
        for areas in (14, 100):
            cells = [_outside(chance, areas, between, wide=wide, runs=800) for wide in (False, True)]
            rows.append([percent(between), f"{areas}", *cells])
    return table(
        [
            "Areas truly differ by (standard deviation)",
            "Areas",
            "outside, chance alone",
            "outside, allowing for differences",
        ],
        rows,
    )


def _outside(chance: np.random.Generator, areas: int, between: float, *, wide: bool, runs: int) -> str:
    beyond = 0
    for _ in range(runs):
        expected = chance.uniform(100, 1500, areas)
        x = chance.poisson(expected * np.exp(chance.normal(-(between**2) / 2, between, areas)))
        e = expected * x.sum() / expected.sum()
        limits = funnel.poisson_limits(e)
        if wide:
            spread = funnel.spread(funnel.winsorised(funnel.scores(x, e)), funnel.errors(e))
            limits = funnel.wide_limits(funnel.errors(e), spread.tau2) if spread.tau2 > 0 else limits
        beyond += int(((x / e < limits.lower) | (x / e > limits.upper)).sum())
    return percent(beyond / (runs * areas))


def ranks_covered() -> str:
    chance, rows = np.random.default_rng(SEED), []
    for level in (20, 200, 2000):
        held, runs = 0, 150
        for _ in range(runs):
            rate = chance.lognormal(0, 0.3, 14)
            true = (-rate).argsort().argsort() + 1
            x = chance.poisson(rate * level)
            found = rank_ranges(
                {str(i): float(n) for i, n in enumerate(x)}, {str(i): 1.0 for i in range(14)}, draws=2000
            )
            held += sum(found[str(i)].best <= true[i] <= found[str(i)].worst for i in range(14))
        rows.append([f"{level:,}", percent(held / (14 * runs))])
    return table(["Events in an average area", "true rank inside its range"], rows)


def displacement_alarms() -> str:
    chance, rows = np.random.default_rng(SEED), []
    for level in (2, 5, 20, 100, 400):
        cells = []
        for spread in (1.0, 3.0):
            drawn = _counts(chance, level, spread, (4000, 4))
            wrong = [
                abs(displacement.weighted_difference(Counts(a, b), Counts(c, d)).z) > 1.96
                for a, b, c, d in drawn.tolist()
            ]
            cells.append(percent(float(np.mean(wrong))))
        rows.append([str(level), *cells])
    return table(["Events in each cell", "counts vary as chance says", "variance three times the mean"], rows)


def _counts(chance: np.random.Generator, mean: float, spread: float, size: tuple[int, ...]) -> np.ndarray:
    """Counts with variance spread × mean."""
    if spread <= 1:
        return chance.poisson(mean, size)
    return chance.poisson(chance.gamma(mean / (spread - 1), spread - 1, size))


def _wander(chance: np.random.Generator, n: int, alike: float, noise: float) -> np.ndarray:
    """What a level is multiplied by: each month's wandering is `alike` times the last one's, plus something new."""
    wander = chance.normal(0, noise, n)
    for i in range(1, n):
        wander[i] = alike * wander[i - 1] + math.sqrt(1 - alike**2) * wander[i]
    return np.exp(wander)


WORLDS = ((0.0, 0.0, False), (0.15, 0.0, False), (0.15, 0.4, False), (0.15, 0.8, False), (0.15, 0.8, True))
"""How much months wander (standard deviation of the log), how alike neighbours are, and whether both areas wander together."""


def series_alarms(kind: str) -> str:
    """False alarms, and coverage of a true fall of a quarter, for difference in differences or an interrupted series."""
    chance, rows = np.random.default_rng(SEED), []
    for noise, alike, shared in WORLDS:
        for level in (8, 60):
            cells = [_tried(chance, kind, level, noise, alike, truth, shared=shared) for truth in (1.0, 0.75)]
            how = "together" if shared else "each area on its own" if noise else "no"
            rows.append([f"{100 * noise:.0f}%", how, f"{alike}", str(level), percent(1 - cells[0]), percent(cells[1])])
    return table(
        [
            "Months wander by",
            "together?",
            "Likeness of neighbours",
            "Events a month",
            "false alarms",
            "a fall of 25% inside the interval",
        ],
        rows,
    )


def _tried(
    chance: np.random.Generator, kind: str, level: float, noise: float, alike: float, truth: float, *, shared: bool
) -> float:
    """Share of 95% intervals that hold the truth."""
    held, runs, start, n = 0, 500, 24, 36
    season = 1 + 0.2 * np.sin(2 * np.pi * np.arange(n) / 12)
    for _ in range(runs):
        mean = level * season * np.where(np.arange(n) >= start, truth, 1)
        wander = _wander(chance, n, alike, noise)
        target = chance.poisson(mean * wander)
        try:
            if kind == "differences":
                other = chance.poisson(level * season * (wander if shared else _wander(chance, n, alike, noise)))
                found: differences.Change | interrupted.Effect = differences.of_months(target, other, start)
            else:
                found = interrupted.interrupted(target, start, harmonics=2)
        except regression.NoFitError:
            continue
        held += found.lower <= truth <= found.upper
    return held / runs


def power_kept() -> str:
    """What the planned power comes to in trials."""
    chance, rows = np.random.default_rng(SEED), []
    for rate in (15, 60, 200):
        for months in (6, 12):
            planned = power.Pilot(rate=rate, months_before=24, comparison_rate=rate)
            seen, runs = 0, 600
            for _ in range(runs):
                after = np.arange(24 + months) >= 24
                found = differences.of_months(
                    chance.poisson(rate * np.where(after, 0.8, 1)), chance.poisson(rate, 24 + months), 24
                )
                seen += found.upper < 1
            rows.append([str(rate), str(months), percent(power.power_of(planned, 0.2, months)), percent(seen / runs)])
    return table(["Events a month", "Months after", "planned chance of seeing a fall of 20%", "seen in trials"], rows)


Made = dict[str, Callable[[], str]]
PARTS: dict[str, tuple[str, Made]] = {
    "rates": (
        "rates-and-intervals.md",
        {
            "counts": counts_covered,
            "shares": shares_covered,
            "standardised": standardised_covered,
            "funnel": funnel_alarms,
            "ranks": ranks_covered,
        },
    ),
    "evaluation": (
        "did-it-work.md",
        {
            "displacement": displacement_alarms,
            "differences": lambda: series_alarms("differences"),
            "interrupted": lambda: series_alarms("interrupted"),
            "power": power_kept,
        },
    ),
}


def filled(text: str, name: str, made: str) -> str:
    """The page with what stands between the markers of `name` replaced. Raises ValueError when the page lacks one of them."""
    start, end = f"<!-- {name} -->\n", f"<!-- end {name} -->"
    at, to = text.index(start) + len(start), text.index(end)
    return f"{text[:at]}{made}\n{text[to:]}"


def fill(made: dict[str, tuple[str, Made]]) -> int:
    """Fill the tables asked for on the command line, all unless told; with --check only say, by 1, that one is stale."""
    wanted = [name for name in made if name in sys.argv[1:]] or list(made)
    stale = 0
    for name in wanted:
        page, parts = made[name]
        path = PAGES / page
        text = path.read_text(encoding="utf-8")
        new = text
        for part, make in parts.items():
            new = filled(new, part, make())
            print(f"{page}: {part}", flush=True)
        stale += new != text
        if "--check" not in sys.argv:
            path.write_text(new, encoding="utf-8")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(fill(PARTS))
