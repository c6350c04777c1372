"""How often the methods for samples, pairs, counts charts and point patterns are right, by simulation: tables of three pages under docs/explanation.

usage: python -m tools.simulate_samples [--check]

As tools/simulate.py, which fills the other tables: words stay, what stands between markers is replaced, seeds are fixed.
"""

from __future__ import annotations

import sys
from functools import cache

import numpy as np
from tools.simulate import SEED, Made, fill, percent, table

from wardwise.methods import compare, etest, matching, pointpattern, proportions, spc_counts, spc_runs, survey

SAMPLES = 4000


def surveys_covered() -> str:
    """People in two strata, one of them asked three times as often; a share, and its change between two surveys."""
    chance, rows = np.random.default_rng(SEED), []
    for asked in (60, 200, 1000):
        for share in (0.05, 0.3, 0.5):
            held, alarms = 0, 0
            for _ in range(SAMPLES // 2):
                one, other = (_survey(chance, asked, share) for _ in range(2))
                lower, upper = survey.share_interval(one)
                held += lower <= share <= upper
                alarms += survey.difference(one, other).p < 0.05
            cells = [percent(found / (SAMPLES // 2)) for found in (held, alarms)]
            rows.append([f"{asked:,}", f"{100 * share:.0f}%", *cells])
    return table(["People asked", "true share", "inside the 95% interval", "no change, called one at 1 in 20"], rows)


def _survey(chance: np.random.Generator, asked: int, share: float) -> survey.Estimate:
    """A quarter of the population lives in the stratum that half of those asked come from; weights put it right."""
    half = asked // 2
    strata = np.repeat([0, 1], half)
    near = np.where(strata == 0, 0.6, 1 + 0.4 / 3) * share  # 1/4 × 0.6 + 3/4 × 1.1333 = 1
    answers = (chance.random(2 * half) < near).astype(float)
    return survey.mean(answers, np.where(strata == 0, 1.0, 3.0), strata)


def two_shares_covered() -> str:
    chance, rows = np.random.default_rng(SEED), []
    for base in (10, 30, 100, 1000):
        for one, two in ((0.05, 0.05), (0.1, 0.3), (0.5, 0.5)):
            first, second = chance.binomial(base, one, SAMPLES), chance.binomial(base, two, SAMPLES)
            found = [_both(int(a), int(b), base) for a, b in zip(first, second, strict=True)]
            held = [np.mean([each[way][0] <= two - one <= each[way][1] for each in found]) for way in (0, 1)]
            rows.append(
                [f"{base:,}", f"{100 * one:.0f}% and {100 * two:.0f}%", *(percent(float(part)) for part in held)]
            )
    return table(["Out of, each", "true shares", "Newcombe's interval", "Wald's"], rows)


@cache
def _both(a: int, b: int, base: int) -> tuple[tuple[float, float], tuple[float, float]]:
    score, plain = proportions.two_shares_by_score(a, base, b, base), proportions.two_shares(a, base, b, base)
    return (score.lower, score.upper), (plain.lower, plain.upper)


def pairs_covered() -> str:
    """Matched pairs whose outcomes go together: half of the risk is the pair's own."""
    chance, rows = np.random.default_rng(SEED), []
    for pairs in (20, 60, 200):
        for risk, effect in ((0.3, 0.0), (0.3, -0.15)):
            held, alarms = 0, 0
            for _ in range(SAMPLES // 4):
                own = risk * chance.uniform(0.5, 1.5, pairs)
                one, other = chance.random(pairs) < own + effect * own / risk, chance.random(pairs) < own
                found = matching.paired(list(zip(one.tolist(), other.tolist(), strict=True)))
                held += found.lower <= effect <= found.upper
                alarms += found.p < 0.05
            rows.append(
                [
                    f"{pairs}",
                    f"{100 * effect:+.0f} points" if effect else "none",
                    *(percent(n / (SAMPLES // 4)) for n in (held, alarms)),
                ]
            )
    return table(["Pairs", "true effect", "inside the 95% interval", "called real at 1 in 20"], rows)


def two_counts_alarms() -> str:
    """Two counts of the same mean: how often each test calls them different at 1 in 20."""
    chance, rows = np.random.default_rng(SEED), []
    for mean in (2, 5, 10, 20):
        drawn = [tuple(pair) for pair in chance.poisson(mean, (SAMPLES, 2)).tolist()]
        exact = np.mean([_exact(*pair) < 0.05 for pair in drawn])
        rows.append([f"{mean}", percent(float(exact)), percent(float(np.mean([_e(*pair) < 0.05 for pair in drawn])))])
    return table(["Events expected, each", "exact test", "E-test"], rows)


@cache
def _exact(one: int, two: int) -> float:
    return compare.ratio_test(one, two).p


@cache
def _e(one: int, two: int) -> float:
    return etest.e_test(one, two)


def count_charts_alarms() -> str:
    """Share of 24 months beyond their limits in series in which nothing changes."""
    chance, rows = np.random.default_rng(SEED), []
    for mean in (3, 20, 200):
        cells = []
        for spread in (0.0, 2.0):  # variance 1 or 3 times the mean
            rate = chance.gamma(mean / spread, spread, (SAMPLES, 24)) if spread else np.full((SAMPLES, 24), float(mean))
            drawn = chance.poisson(rate)
            units = chance.uniform(0.5, 2.0, 24)
            of = chance.poisson(rate * units)
            cells += [float(np.mean([spc_counts.counts(y).beyond.mean() for y in drawn]))]
            cells += [float(np.mean([spc_counts.rates(y, units).beyond.mean() for y in of]))]
        rows.append([f"{mean}", *(percent(cell) for cell in cells)])
    heads = ["A month", "c chart", "u chart", "c chart, three times the variance", "u chart, three times the variance"]
    return table(heads, rows)


def share_charts_alarms() -> str:
    chance, rows = np.random.default_rng(SEED), []
    for whole in (20, 100, 500):
        cells = []
        for share in (0.05, 0.2, 0.5):
            drawn = chance.binomial(whole, share, (SAMPLES, 24))
            cells.append(
                percent(float(np.mean([spc_counts.shares(y, np.full(24, whole)).beyond.mean() for y in drawn])))
            )
        rows.append([f"{whole}", *cells])
    return table(["Out of, a month", "share 5%", "20%", "50%"], rows)


def runs_alarms() -> str:
    """Anhøj's two tests together, about the median, and the shift of one standard deviation half-way that they find."""
    chance, rows = np.random.default_rng(SEED), []
    for months in (12, 24, 48):
        still = chance.normal(0, 1, (SAMPLES, months))
        moved = still + (np.arange(months) >= months // 2)
        like = np.empty_like(still)
        like[:, 0] = still[:, 0]
        for at in range(1, months):
            like[:, at] = 0.3 * like[:, at - 1] + np.sqrt(1 - 0.09) * still[:, at]
        cells = [percent(float(np.mean([spc_runs.runs(y).shift for y in kind]))) for kind in (still, like, moved)]
        rows.append([f"{months}", *cells])
    return table(["Months", "no change", "no change, months follow (0.3)", "a shift of one standard deviation"], rows)


def patterns_alarms() -> str:
    """Points laid down at random in a square, and how often each test calls them clustered or spread."""
    chance, rows = np.random.default_rng(SEED), []
    box = (0.0, 0.0, 1000.0, 1000.0)
    for points in (50, 200, 1000):
        drawn = [chance.uniform(0, 1000, (points, 2)) for _ in range(SAMPLES // 4)]
        even = np.mean([pointpattern.quadrats(xy, box, 3, 3).p < 0.05 for xy in drawn])
        near = [pointpattern.nearest(xy, box) for xy in drawn]
        close = np.mean([one.p < 0.05 and one.ratio < 1 for one in near])
        far = np.mean([one.p < 0.05 and one.ratio > 1 for one in near])
        rows.append([f"{points:,}", *(percent(float(part)) for part in (even, close, far))])
    return table(
        ["Points", "nine quadrats: uneven", "nearest distance: clustered", "nearest distance: spread out"], rows
    )


PARTS: dict[str, tuple[str, Made]] = {
    "samples": (
        "rates-and-intervals.md",
        {
            "two shares": two_shares_covered,
            "two counts": two_counts_alarms,
            "surveys": surveys_covered,
            "pairs": pairs_covered,
        },
    ),
    "charts": (
        "signals-and-false-alarms.md",
        {"count charts": count_charts_alarms, "share charts": share_charts_alarms, "runs": runs_alarms},
    ),
    "patterns": ("hotspot-methods.md", {"patterns": patterns_alarms}),
}


if __name__ == "__main__":
    sys.exit(fill(PARTS))
