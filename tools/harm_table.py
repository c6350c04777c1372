"""How far the estimate by category can be trusted: tables for docs/explanation/harm.md, by simulation with a fixed seed.

usage: python tools/harm_table.py

Forces are made up whose mixes within a category differ by chance around a common one. Each force in turn is the one whose own mix is not
known: how often does its true weight lie in the range that the others' mixes give, and how far is their median from it? The second table
draws true typical weights and asks how often the kind that a table puts first is truly first.
"""

from __future__ import annotations

from statistics import median, quantiles

import numpy as np

from wardwise.methods import harm

SEED = 20261121
TIMES = 2000
WEIGHTS = np.array([5.0, 14.4, 28.1, 252.0, 365.0, 1825.0, 2920.0])
MIX = np.array([0.33, 0.12, 0.10, 0.36, 0.04, 0.02, 0.03])
"""About the mix and the weights of violence and sexual offences."""


def ranges() -> list[str]:
    rng = np.random.default_rng(SEED)
    lines = [
        "| Other forces | Forces differ | Truth in the range | Median error of the estimate |",
        "|---|---|---|---|",
    ]
    for others in (4, 10, 20, 42):
        for words, spread in (("little", 400.0), ("much", 60.0)):
            inside, errors = 0, []
            for _ in range(TIMES):
                means = rng.dirichlet(MIX * spread, others + 1) @ WEIGHTS
                truth, known = means[0], sorted(means[1:])
                cuts = quantiles(known, n=20, method="inclusive")
                inside += cuts[0] <= truth <= cuts[-1]
                errors.append(abs(median(known) / truth - 1))
            lines.append(f"| {others} | {words} | {100 * inside / TIMES:.0f}% | {100 * median(errors):.0f}% |")
    return lines


def firsts() -> list[str]:
    rng = np.random.default_rng(SEED)
    lines = ["| First kind's lead over the second | Said to be first in | Truly first in |", "|---|---|---|"]
    for lead in (1.0, 1.25, 1.5, 2.0, 3.0):
        said, truly = [], 0
        for _ in range(300):
            counts, days = np.array([100.0, 100.0, 100.0]), np.array([100.0 * lead, 100.0, 50.0])
            off = np.exp(rng.standard_normal(3) * np.log(2) / harm.NORMAL_90)
            truly += int(np.argmax(counts * days * off) == 0)
            drawn = harm.draws(days, days / 2, days * 2, 400, int(rng.integers(1 << 30)))
            said.append(float(harm.robust(counts, drawn, [0, 1, 2]).first[0]))
        lines.append(
            f"| {lead:g} times | {100 * float(np.mean(said)):.0f}% of draws | {100 * truly / 300:.0f}% of trials |"
        )
    return lines


if __name__ == "__main__":
    print("\n".join(ranges()), "\n\n" + "\n".join(firsts()))
