"""The tables of docs/explanation/signals-and-false-alarms.md: how often each rule, test and word is wrong when nothing has changed, and
how often it sees a change that is there. Fixed seeds. `python -m benchmarks.signals` prints them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from wardwise.methods import changepoint, dispersion, spc, spc_rare, spc_seasonal, trend
from wardwise.methods.compare import verdict
from wardwise.methods.false_alarms import draw
from wardwise.methods.spc_rules import LIMITS_ONLY, NHS, WHEELER, Rules

MONTHS = 48
KINDS = (  # what the series is like, mean, variance over mean, how one month follows the last
    ("3 a month, separate events", 3.0, 1.0, 0.0),
    ("20 a month, separate events", 20.0, 1.0, 0.0),
    ("200 a month, separate events", 200.0, 1.0, 0.0),
    ("200 a month, three times the variance", 200.0, 3.0, 0.0),
    ("200 a month, three times, months follow (0.3)", 200.0, 3.0, 0.3),
    ("200 a month, ten times, months follow (0.5)", 200.0, 10.0, 0.5),
)


def _series(kind: tuple[str, float, float, float], runs: int, months: int = MONTHS, seed: int = 7) -> np.ndarray:
    _, mean, spread, follows = kind
    random = np.random.default_rng(seed)
    return draw(np.full(runs, mean), np.full(runs, spread), follows, months, random)


def rules(runs: int = 4000) -> Iterator[str]:
    """Share of series whose latest month is marked, and of series in which any of 48 is."""
    yield "| Series | limits alone | NHS | Wheeler | any of 48 months, Wheeler |"
    yield "|---|---|---|---|---|"
    for kind in KINDS:
        y = _series(kind, runs)
        last = [f"{_marked(y, one)[:, -1].mean():.1%}" for one in (LIMITS_ONLY, NHS, WHEELER)]
        yield f"| {kind[0]} | {' | '.join(last)} | {_marked(y, WHEELER).any(axis=1).mean():.0%} |"


def _marked(y: np.ndarray, one: Rules, widen: np.ndarray | float = 1.0) -> np.ndarray:
    return spc.signals(y, spc.widened(spc.limits(y), widen), one).any()


def lengths(runs: int = 4000) -> Iterator[str]:
    """The same by the number of months that limits are worked out from."""
    yield "| Months | limits alone | NHS | Wheeler |"
    yield "|---|---|---|---|"
    for months in (12, 18, 24, 36, 48, 60):
        y = _series(KINDS[2], runs, months)
        yield f"| {months} | {' | '.join(f'{_marked(y, one)[:, -1].mean():.1%}' for one in (LIMITS_ONLY, NHS, WHEELER))} |"


def seasons(runs: int = 3000) -> Iterator[str]:
    """Wheeler's rules on the latest month of a seasonal series, with the season left in and taken out."""
    yield "| Series | season of | found | false signs, left in | taken out |"
    yield "|---|---|---|---|---|"
    for kind in (KINDS[2], KINDS[4]):
        for size in (0.0, 0.1, 0.2):
            usual = 1 + size * np.sin(2 * np.pi * np.arange(MONTHS) / 12)
            y = np.random.default_rng(3).poisson(_levels(kind, runs) * usual).astype(float)
            found = spc_seasonal.season(y)
            left, out = _marked(y, WHEELER), _marked(found.without(y), WHEELER, found.widening)
            yield f"| {kind[0]} | {size:.0%} | {found.marked.mean():.0%} | {left[:, -1].mean():.1%} | {out[:, -1].mean():.1%} |"


def _levels(kind: tuple[str, float, float, float], runs: int) -> np.ndarray:
    """Levels about the mean, before the season and the counting."""
    _, mean, spread, follows = kind
    return np.maximum(draw(np.full(runs, mean * 1000), np.full(runs, 1 + (spread - 1) * 1000), follows, MONTHS, np.random.default_rng(5)) / 1000, 0)  # fmt: skip


def trends(runs: int = 2000) -> Iterator[str]:
    yield "| Series without a trend | 20 months | 24 | 36 | 48 | 60 | “clear”, 48 |"
    yield "|---|---|---|---|---|---|---|"
    for kind in KINDS:
        shares, clear = [], 0.0
        for months in (20, 24, 36, 48, 60):
            found = trend.trend(_series(kind, runs, months))
            words = [trend.called(*each).strength for each in zip(found.p, found.yearly, found.tau, strict=True)]
            shares.append(f"{1 - words.count(trend.STATIC) / runs:.1%}")
            clear = words.count("clear") / runs if months == MONTHS else clear
        yield f"| {kind[0]} | {' | '.join(shares)} | {clear:.1%} |"


def trends_seen(runs: int = 1000) -> Iterator[str]:
    yield "| 48 months that move a year by | weak or clear | clear |"
    yield "|---|---|---|"
    for kind in (KINDS[1], KINDS[4]):
        for yearly in (0.05, 0.10, 0.20):
            path = 1 + yearly * (np.arange(MONTHS) - MONTHS / 2) / 12
            y = np.random.default_rng(9).poisson(_levels(kind, runs) * path).astype(float)
            found = trend.trend(y)
            words = [trend.called(*each).strength for each in zip(found.p, found.yearly, found.tau, strict=True)]
            seen = 1 - words.count(trend.STATIC) / runs
            yield f"| {yearly:.0%}, {kind[0]} | {seen:.0%} | {words.count('clear') / runs:.0%} |"


def levels(runs: int = 300) -> Iterator[str]:
    yield "| Series of 48 months | no change: one suggested | rise of 20% at month 25: suggested | within two months of it | true month in the range given |"
    yield "|---|---|---|---|---|"
    for kind in KINDS[1:]:
        still = sum(bool(changepoint.changes(y)) for y in _series(kind, runs)) / runs
        step = np.where(np.arange(MONTHS) < 24, 1.0, 1.2)
        moved = np.random.default_rng(4).poisson(_levels(kind, runs) * step).astype(float)
        found = [each for y in moved if (each := changepoint.changes(y))]
        near = [min(one, key=lambda c: abs(c.at - 24)) for one in found]
        close = np.mean([abs(one.at - 24) <= 2 for one in near]) if near else 0
        held = np.mean([one.earliest <= 24 <= one.latest for one in near]) if near else 0
        yield f"| {kind[0]} | {still:.0%} | {len(found) / runs:.0%} | {close:.0%} | {held:.0%} |"


def totals(runs: int = 500) -> Iterator[str]:
    """Twelve months against the twelve before: how often an unchanged count is called unlikely to be chance."""
    yield "| Series of 48 months | exact test alone | with the place's own variation | true rise of 20% seen, with it |"
    yield "|---|---|---|---|"
    later = np.r_[np.zeros(MONTHS - 12), np.ones(12)]
    for kind in KINDS:
        still = _series(kind, runs)
        rise = np.random.default_rng(4).poisson(_levels(kind, runs) * (1 + 0.2 * later)).astype(float)
        yield f"| {kind[0]} | {_exact(still):.1%} | {_own(still, later):.1%} | {_own(rise, later):.0%} |"


def _pairs(y: np.ndarray) -> list[tuple[int, int]]:
    return [(int(one[-24:-12].sum()), int(one[-12:].sum())) for one in y]


def _exact(y: np.ndarray) -> float:
    return float(np.mean([verdict(*pair, 12, 12).distinguishable for pair in _pairs(y)]))


def _own(y: np.ndarray, later: np.ndarray) -> float:
    found = [
        dispersion.judge(*pair, 12, 12, dispersion.estimate(one, levels=[later])).distinguishable
        for pair, one in zip(_pairs(y), y, strict=True)
    ]
    return float(np.mean(found))


def rare(runs: int = 3000) -> Iterator[str]:
    yield "| Gaps between rare events | too long | too short |"
    yield "|---|---|---|"
    random = np.random.default_rng(2)
    for name, gaps, chart in (
        ("t chart, 25 gaps of 60 days", random.exponential(60, (runs, 25)) + 0.01, spc_rare.times),
        ("g chart, 25 gaps of 20 months", random.geometric(1 / 21, (runs, 25)) - 1.0, spc_rare.chances),
        ("g chart, 25 gaps of 300 days", random.geometric(1 / 301, (runs, 25)) - 1.0, spc_rare.chances),
    ):
        charts = [chart(one) for one in gaps]
        long, short = (np.mean([getattr(one, side)[-1] for one in charts]) for side in ("fewer", "more"))
        yield f"| {name} | {long:.1%} | {short:.1%} |"


TABLES = (rules, lengths, seasons, trends, trends_seen, levels, totals, rare)


def main() -> None:
    for table in TABLES:
        print(f"\n{table.__name__}", flush=True)
        for line in table():
            print(line, flush=True)


if __name__ == "__main__":
    main()
