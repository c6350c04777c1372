"""How often the methods for samples, pairs, counts charts and point patterns are right, by simulation: tables of three pages under docs/explanation.

usage: python -m tools.simulate_samples [--check]

As tools/simulate.py, which fills the other tables: words stay, what stands between markers is replaced, seeds are fixed.
"""

from __future__ import annotations

import sys
from functools import cache

import numpy as np
from tools.simulate import SEED, Made, fill, percent, table

from wardwise.methods import (
    age_sex,
    aoristic,
    compare,
    etest,
    matching,
    pointpattern,
    priorities,
    proportions,
    spc_counts,
    spc_runs,
    survey,
)

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


def sample_charts_alarms() -> str:
    """Share of 24 samples beyond their limits where nothing changes, in values that are normal and in waiting times (exponential)."""
    chance, rows = np.random.default_rng(SEED), []
    for size in (3, 5, 20):
        cells = []
        for drawn in (chance.normal(50, 5, (SAMPLES // 4, 24, size)), chance.exponential(5, (SAMPLES // 4, 24, size))):
            for chart in (spc_counts.sample_means, spc_counts.sample_spreads):
                cells.append(percent(float(np.mean([chart(list(samples)).beyond.mean() for samples in drawn]))))
        rows.append([f"{size}", *cells])
    heads = ["In a sample", "x̄ chart", "s chart", "x̄ chart, waiting times", "s chart, waiting times"]
    return table(heads, rows)


def quotients_covered() -> str:
    """A group's share of events over its share of residents, where the true quotient is known."""
    chance, rows = np.random.default_rng(SEED), []
    for whole in (30, 100, 1000):
        cells = []
        for residents, true in ((0.1, 0.5), (0.1, 1.0), (0.1, 2.5), (0.5, 1.3)):
            parts, times = np.unique(chance.binomial(whole, residents * true, SAMPLES), return_counts=True)
            found = [age_sex.quotient(int(part), whole, residents * 1000, 1000) for part in parts]
            held = [one.lower / one.residents <= true <= one.upper / one.residents for one in found]
            cells.append(percent(float(np.dot(held, times) / SAMPLES)))
        rows.append([f"{whole:,}", *cells])
    heads = [
        "Events",
        "10% of residents, half their share",
        "their share",
        "2.5 times it",
        "50% of residents, 1.3 times it",
    ]
    return table(heads, rows)


def hours_found() -> str:
    """Burglaries at two hours for every one at others, discovered later: how much of the evening's peak is left."""
    chance, rows = np.random.default_rng(SEED), []
    monday, days, events = np.datetime64("2024-01-01T00:00", "m"), 364, 20_000
    chances = np.ones(24)
    chances[[19, 20, 21]] = 4
    true = chances[[19, 20, 21]].sum() / chances.sum()
    hour = chance.choice(24, events, p=chances / chances.sum())
    at = monday + (chance.integers(0, days, events) * 1440 + hour * 60 + chance.integers(0, 60, events)).astype("m8[m]")
    for longest in (0, 2, 8, 24):
        before = (chance.random(events) * longest * 60).astype("m8[m]")
        after = (chance.random(events) * longest * 60).astype("m8[m]")
        cells = aoristic.week(at - before, at + after).sum(axis=0)
        first = aoristic.week(at - before, at - before).sum(axis=0)
        shares = [float(found[[19, 20, 21]].sum() / events) for found in (cells, first)]
        rows.append(
            [
                f"{longest} hours" if longest else "known to the minute",
                percent(true),
                *(percent(share) for share in shares),
            ]
        )
    return table(
        ["Longest time unknown on either side", "true share of 7pm to 10pm", "aoristic", "by the beginning alone"], rows
    )


def hit_rates_covered() -> str:
    """The share of next year's crimes in the areas chosen this year: Wilson's limits about it, for crimes that come one by one and in clusters."""
    chance, rows = np.random.default_rng(SEED), []
    risks = chance.gamma(0.7, 1.0, 90)
    top = np.argsort(-risks)[:9]
    true = risks[top].sum() / risks.sum()
    for crimes in (100, 1000, 10_000):
        cells = []
        for together in (1, 3):  # crimes that come at one place and time
            drawn = (
                chance.multinomial(crimes // together, risks / risks.sum(), SAMPLES // 2)[:, top].sum(axis=1) * together
            )
            found = proportions.wilson(drawn, np.full(drawn.shape, crimes // together * together))
            cells.append(percent(float(np.mean((found.lower <= true) & (true <= found.upper)))))
        rows.append([f"{crimes:,}", *cells])
    return table(["Crimes of the later year", "one by one", "always three together"], rows)


def firmness_of_firmness() -> str:
    """“First in so many of 10,000 weightings”, drawn again 200 times with other seeds: how far it moves for that reason alone."""
    chance = np.random.default_rng(SEED)
    parts, rows = chance.random((7, 8)), []
    for times in (100, 1000, 10_000):
        first = np.array(
            [priorities.robustness(parts, np.ones(8), near=None, times=times, seed=seed).first for seed in range(200)]
        )
        leading = first[:, first.mean(axis=0).argmax()]
        rows.append(
            [f"{times:,}", percent(float(leading.mean())), percent(float(leading.min())), percent(float(leading.max()))]
        )
    return table(["Weightings drawn", "first, on average", "least of 200 draws", "most of 200 draws"], rows)


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
            "quotients": quotients_covered,
            "weightings": firmness_of_firmness,
        },
    ),
    "charts": (
        "signals-and-false-alarms.md",
        {
            "count charts": count_charts_alarms,
            "share charts": share_charts_alarms,
            "sample charts": sample_charts_alarms,
            "runs": runs_alarms,
        },
    ),
    "patterns": (
        "hotspot-methods.md",
        {"patterns": patterns_alarms, "hit rates": hit_rates_covered, "hours": hours_found},
    ),
}


if __name__ == "__main__":
    sys.exit(fill(PARTS))
