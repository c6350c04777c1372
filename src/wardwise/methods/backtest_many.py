"""Back-tests and forecasts of many series at once, on every core, telling how far they are."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass

from .backtest import Backtest, Series, backtest, choose, look
from .forecast_interval import CannotForecastError, Forecast
from .forecast_models import METHODS

BATCH = 10
"""Series handed to a process at a time: few enough to tell progress often, enough that handing over costs nothing."""


@dataclass(frozen=True)
class Tried:
    """A series' back-test and the forecast of the method chosen; `why_not` says why there is none."""

    tested: Backtest
    forecast: Forecast | None
    why_not: str = ""


def try_many(
    series: Sequence[Series],
    ahead: int = 12,
    methods: Sequence[str] = METHODS,
    *,
    workers: int | None = None,
    tell: Callable[[int, int], None] | None = None,
) -> list[Tried]:
    """Back-test every series, choose its method and look ahead, in the order given.

    workers: processes, as many as cores unless told; 1 stays in this one. tell: called with (series done, series in all). A series that
    cannot be forecast has none and says why; the others go on.
    """
    batches = [range(at, min(at + BATCH, len(series))) for at in range(0, len(series), BATCH)]
    count = min(workers or os.cpu_count() or 1, max(1, len(batches)))
    found: dict[int, Tried] = {}
    for batch, tried in (
        _here(series, batches, ahead, methods) if count == 1 else _beside(series, batches, ahead, methods, count)
    ):
        found.update(zip(batch, tried, strict=True))
        if tell:
            tell(len(found), len(series))
    return [found[at] for at in range(len(series))]


Batches = Sequence[range]


def _here(
    series: Sequence[Series], batches: Batches, ahead: int, methods: Sequence[str]
) -> Iterator[tuple[range, list[Tried]]]:
    for batch in batches:
        yield batch, _some([series[at] for at in batch], ahead, methods)


def _beside(
    series: Sequence[Series], batches: Batches, ahead: int, methods: Sequence[str], count: int
) -> Iterator[tuple[range, list[Tried]]]:
    """In `count` processes, started afresh and not forked: a copy of a process with running threads may hang."""
    with ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn")) as pool:
        waiting = {pool.submit(_some, [series[at] for at in batch], ahead, methods): batch for batch in batches}
        for future in as_completed(waiting):
            yield waiting[future], future.result()


def _some(series: Sequence[Series], ahead: int, methods: Sequence[str]) -> list[Tried]:
    return [_one(one, ahead, methods) for one in series]


def _one(series: Series, ahead: int, methods: Sequence[str]) -> Tried:
    tested = backtest(series, ahead, methods)
    chosen: str | None = tested.chosen or methods[0]
    scores = dict(tested.scores)
    while chosen:  # one that did best before can still fail on all the months; then the next best is taken
        try:
            made = look(series, len(series.values), ahead, [chosen]).get(chosen)
        except CannotForecastError as error:
            return Tried(tested, None, str(error))
        if made:
            return Tried(tested, tested.widened(made))
        scores.pop(chosen, None)
        chosen = choose(scores)
    return Tried(tested, None, "No method could be fitted to all the months.")
