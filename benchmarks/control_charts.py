"""10,000 monthly series of 48: limits, all rules and what chance would mark, against pandas working out the limits alone."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from wardwise.methods import spc, spc_seasonal, trend
from wardwise.methods.spc_rules import LIMITS_ONLY, NHS, WHEELER

SERIES, MONTHS = 10_000, 48


def main() -> None:
    import pandas as pd

    counts = np.random.default_rng(1).poisson(20, (SERIES, MONTHS)).astype(float)
    frame = pd.DataFrame(counts.T)

    def peer() -> object:
        mean, reach = frame.mean(), 2.66 * frame.diff().abs().mean()
        return mean - reach, mean + reach

    same = np.allclose(peer()[0], spc.limits(counts).lower)  # type: ignore[index]
    pandas = _best(peer)
    print(f"{SERIES:,} series of {MONTHS} months; the same limits: {same}")
    print(f"pandas, limits alone                      {pandas:.3f} s   ratio 1.0")
    _say("ours, limits alone", _best(lambda: spc.limits(counts)), pandas)
    for rules in (LIMITS_ONLY, NHS, WHEELER):
        _say(f"ours, limits and rules of {rules.name}", _best(lambda rules=rules: _charted(counts, rules)), pandas)  # type: ignore[misc]
    _say("ours, season taken out", _best(lambda: spc_seasonal.season(counts), 3), pandas)
    _say("ours, trend of 1,000 of them", _best(lambda: trend.trend(counts[:1000]), 3), pandas)


def _charted(counts: np.ndarray, rules: object) -> object:
    return spc.signals(counts, spc.limits(counts), rules)  # type: ignore[arg-type]


def _best(work: Callable[[], object], runs: int = 40) -> float:
    """The shortest of several runs: what else the machine does can only lengthen one."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def _say(what: str, seconds: float, peer: float) -> None:
    print(f"{what:<41} {seconds:.3f} s   ratio {seconds / peer:.2f}")


if __name__ == "__main__":
    main()
