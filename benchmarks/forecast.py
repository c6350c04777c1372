"""Ten thousand monthly series forecast with limits, against statsmodels' OLS one by one in the same run; and 500 with a full back-test.

`python benchmarks/forecast.py --simulate 120` writes the second table of docs/explanation/forecasts.md instead (about ten minutes), and
`--printed 120` the first (about fifteen, on two cores).
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import time

import numpy as np
from numpy.typing import NDArray

from wardwise.methods.backtest import CHOSEN_FROM, Series, backtest, look
from wardwise.methods.backtest_many import try_many
from wardwise.methods.forecast_interval import Forecast
from wardwise.methods.forecast_models import METHODS, TITLES, forecasts
from wardwise.methods.forecast_trend import design, trends

SERIES, MONTHS, AHEAD = 10_000, 48, 12
GOAL, GOAL_SECONDS = 50, 300
"""Times statsmodels' OLS per series; seconds for 500 series with back-test on two cores."""

Floats = NDArray[np.float64]


def made(
    series: int,
    months: int,
    seed: int,
    *,
    spread: float = 0.0,
    step: float = 0.0,
    fresh: bool = False,
    sloping: bool = True,
) -> Floats:
    """Counts about straight lines with a yearly wave. spread: of a negative binomial, variance = mean + spread × mean² (0: Poisson).
    step: share by which the level changes, once, at a month drawn from the 36 before the last 12; fresh: from those 2 to 6 months
    before the last 12. sloping: False for lines that are level."""
    rng = np.random.default_rng(seed)
    time_ = np.arange(months)
    level = np.exp(rng.uniform(np.log(5), np.log(500), (series, 1)))
    slope = rng.uniform(-0.004, 0.008, (series, 1)) * sloping
    wave = rng.uniform(0, 0.3, (series, 1)) * np.sin(2 * np.pi * (time_ + rng.integers(0, 12, (series, 1))) / 12)
    mean = level * (1 + slope * time_) * (1 + wave)
    if step:
        at = rng.integers(42, 47, (series, 1)) if fresh else rng.integers(12, 48, (series, 1))
        mean *= 1 + step * rng.choice([-1, 1], (series, 1)) * (time_ >= at)
    if spread:
        mean = rng.gamma(1 / spread, mean * spread)
    return rng.poisson(mean).astype(np.float64)


def main() -> None:
    whole = made(SERIES, MONTHS + AHEAD, 1)
    held, truth = whole[:, :MONTHS], whole[:, MONTHS:]
    ours = min(_timed(lambda: trends(held, AHEAD).limits(95)) for _ in range(3))
    plain = _plain(held[:500]) * SERIES / 500
    lower, upper = trends(held, AHEAD).limits(95)
    cover = float(((truth >= lower) & (truth <= upper)).mean())
    print(f"{SERIES:,} series × {MONTHS}, {AHEAD} ahead with 95% limits   {ours:.3f} s")
    print(f"statsmodels OLS, one by one (500, scaled up)   {plain:.1f} s   ratio {plain / ours:.0f} (goal {GOAL})")
    print(f"months inside the 95% limits   {100 * cover:.1f}% (goal 93 to 97%)")
    floor = _timed(lambda: held @ np.linalg.pinv(design(MONTHS + AHEAD)[:MONTHS]).T)
    print(f"the one matrix product that cannot be done without   {floor:.4f} s   ratio {ours / floor:.0f}")
    start = time.perf_counter()
    some = [Series(row) for row in made(500, MONTHS, 2)]
    try_many(some, AHEAD, tell=lambda done, of: print(f"\r{done} of {of}", end="", file=sys.stderr))
    taken = time.perf_counter() - start
    worked = sum(os.times()[2:4]) / (os.cpu_count() or 1)
    print(
        f"500 series, {len(METHODS)} methods, 8 origins   {taken:.0f} s on {os.cpu_count()} cores (goal {GOAL_SECONDS} s)"
        f"; processor time of each core {worked:.0f} s"
    )


def _plain(held: Floats) -> float:
    from statsmodels.api import OLS

    columns = design(MONTHS + AHEAD)

    def work() -> None:
        for row in held:
            fitted = OLS(row, columns[:MONTHS]).fit()
            fitted.get_prediction(columns[MONTHS:]).conf_int(obs=True)

    return _timed(work)


def _timed(work: object) -> float:
    start = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - start


KINDS = (
    ("Poisson", {}),
    ("more spread than Poisson", {"spread": 0.02}),
    ("Poisson, level changes by 25% once", {"step": 0.25}),
)


def simulate(series: int) -> None:
    """The table of coverage: every method on every kind of series, single months and the sum of a year."""
    for kind, options in KINDS:
        whole = made(series, MONTHS + AHEAD, 3, **options)
        found: dict[str, list[tuple[float, float, bool, float]]] = {name: [] for name in METHODS}
        for row in whole:
            held, truth = row[:MONTHS], row[MONTHS:]
            scale = np.abs(held[12:] - held[:-12]).mean() or 1.0
            for name, made_ in forecasts(held, AHEAD, strict=False).items():
                lower, upper = made_.limits(95)
                total = made_.total(AHEAD)
                inside = float(((truth >= lower) & (truth <= upper)).mean())
                error = float(np.abs(truth - made_.expected()).mean() / scale)
                out = float(abs(total.value / max(truth.sum(), 1) - 1))
                found[name].append((error, inside, total.lower <= truth.sum() <= total.upper, out))
        for name in METHODS:
            error, inside, year, out = (float(np.mean(part)) for part in zip(*found[name], strict=True))
            print(
                f"| {kind} | {TITLES[name]} | {error:.2f} | {100 * inside:.0f}% | {100 * year:.0f}% | {100 * out:.1f}% |",
                flush=True,
            )


PRINTED: tuple[tuple[str, dict[str, float]], ...] = (
    ("level, Poisson", {"sloping": False}),
    ("level, more spread than Poisson", {"sloping": False, "spread": 0.02}),
    ("sloping, Poisson", {}),
    ("sloping, level changed by 25% once in three years", {"step": 0.25}),
    ("sloping, level changed by 25% 2 to 6 months ago", {"step": 0.25, "fresh": True}),
)


def printed(series: int) -> None:
    """The table of what is printed: the method chosen with its own limits, and with the wider of its own and the back-test's; and the
    method with the least error alone, with its own."""
    jobs = [(kind, row) for kind, options in PRINTED for row in made(series, MONTHS + AHEAD, 5, **options)]  # type: ignore[arg-type]
    with multiprocessing.get_context("spawn").Pool(os.cpu_count()) as pool:
        found = pool.imap(_printed, [row for _, row in jobs], chunksize=2)
        for kind, _ in PRINTED:
            rows = np.array([next(found) for _ in range(series)])
            cells = [f"{100 * mean:.0f}%" for mean in rows[:, :6].mean(axis=0)]
            wider = " | ".join(f"{middle:.1f}" for middle in np.median(rows[:, 6:], axis=0))
            print(f"| {kind} | {' | '.join(cells)} | {wider} |", flush=True)


def _printed(row: Floats) -> list[float]:
    """Months and year's total inside: nearest method alone, method chosen with its own limits, as printed; then how much wider."""
    held, truth = row[:MONTHS], row[MONTHS:]
    tested = backtest(held, AHEAD)
    able = {name: score for name, score in tested.scores.items() if name in CHOSEN_FROM}
    nearest = min(able, key=lambda name: able[name].mase or 0.0)
    found = look(Series(held), MONTHS, AHEAD, [nearest, tested.chosen or nearest, "trend"])
    first = found.get(nearest, found["trend"])
    own = found.get(tested.chosen or nearest, first)
    wide = tested.widened(own)
    cells = [inside for one in (first, own, wide) for inside in _inside(one, truth)]
    misses = wide.misses
    return [*cells, misses.of_months(95) if misses else 1.0, misses.of_total(AHEAD, 95) if misses else 1.0]


def _inside(made_: Forecast, truth: Floats) -> tuple[float, float]:
    lower, upper = made_.limits(95)
    total = made_.total(AHEAD)
    return float(((truth >= lower) & (truth <= upper)).mean()), float(total.lower <= truth.sum() <= total.upper)


if __name__ == "__main__":
    size = int(sys.argv[2]) if len(sys.argv) > 2 else 120
    printed(size) if "--printed" in sys.argv else simulate(size) if "--simulate" in sys.argv else main()
