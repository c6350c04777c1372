"""The dates of events dealt out anew, many times, and the close pairs counted in bands each time.

The close pairs are the same in every dealing, so they are found once and each block of them is counted under all dealings while it is in
the processor's cache. Days are kept in two bytes where they fit. NumPy lets go of the interpreter in these steps, so threads share the work.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .bands import Bands
from .pairs import Layout

Ints = NDArray[np.int64]
Days = NDArray[np.int16] | NDArray[np.int32] | NDArray[np.int64]

TOGETHER = 64 * 2**20
"""Bytes of dealt days held at a time, at most."""

FIRST = 16
"""Dealings that share a stream of random numbers: fixed, so that the table does not depend on the number of processors."""

MOST_THREADS = 8

WORTH_THREADS = 1 << 25
"""Look-ups: with fewer, threads wait for each other longer than they save."""


@dataclass(frozen=True)
class DayBands:
    """ends: the finite upper ends, in whole days. pairs: of all events, how many fall in each band; paths: pairs of those that share one."""

    bands: Bands
    ends: tuple[int, ...]
    pairs: Ints
    paths: Ints


@dataclass(frozen=True)
class Dealt:
    """counts: (1 + dealings) × space bands × time bands, the first as observed. space_pairs and space_paths: for each space band."""

    counts: Ints
    space_pairs: Ints
    space_paths: Ints


def nearby_days(when: Ints, under: int) -> Ints:
    """For each event, the others less than `under` days away."""
    days, which, events = np.unique(when, return_inverse=True, return_counts=True)
    return _nearby(days, events, under)[which]


def _nearby(days: Ints, events: Ints, under: int) -> Ints:
    """For an event of each day, the others less than `under` (1 or more) days away. days: different, rising."""
    upto = np.concatenate([[0], np.cumsum(events)])
    last = np.searchsorted(days, days + under - 1, side="right")
    return np.asarray(upto[last] - upto[np.searchsorted(days, days - under + 1)] - 1, dtype=np.int64)


def day_bands(when: Ints, bands: Bands) -> DayBands:
    """How many pairs of all events fall in each band of days."""
    days, events = np.unique(when, return_counts=True)
    ends = tuple(int(np.ceil(end)) for end in bands.closed)
    upto = [np.zeros(len(days), dtype=np.int64), *(_nearby(days, events, end) for end in ends)]
    if bands.open_ended:
        upto.append(np.full(len(days), len(when) - 1))
    degree = np.diff(np.stack(upto), axis=0)
    return DayBands(bands, ends, (events * degree).sum(axis=1) // 2, (events * degree * (degree - 1)).sum(axis=1) // 2)


def deal(laid: Layout, when: Ints, space: Bands, time: DayBands, dealings: int, seed: int) -> Dealt:
    """Count the table as it is and under `dealings` dealings. when: the day of each point in laid-out order."""
    days, n = _small(when), len(when)
    batch = max(FIRST, TOGETHER // days.nbytes // FIRST * FIRST)
    streams = np.random.SeedSequence(seed).spawn(-(-dealings // FIRST))
    large = laid.candidates * dealings >= WORTH_THREADS
    with ThreadPoolExecutor(min(os.cpu_count() or 1, MOST_THREADS) if large else 1) as pool:
        counts, degree = _total(pool, laid, days[None, :], space, time, degrees=True)
        found = [counts]
        for start in range(0, dealings, batch):
            parts = _parts(streams, start, min(start + batch, dealings))
            dealt = np.concatenate(list(pool.map(partial(_deal_days, days), *zip(*parts, strict=True))))
            found.append(_total(pool, laid, dealt, space, time, degrees=False)[0])
    return _whole(np.concatenate(found), degree, space, time, n)


def _total(
    pool: ThreadPoolExecutor, laid: Layout, dealt: Days, space: Bands, time: DayBands, *, degrees: bool
) -> tuple[Ints, Ints]:
    """Pairs over all blocks: dealings × finite space bands × cumulative day ends; and finite space bands × events, where asked."""
    counts = np.zeros((len(dealt), len(space.closed), len(time.ends)), dtype=np.int64)
    degree = np.zeros((len(space.closed), dealt.shape[1]), dtype=np.int64)
    work = partial(_count, laid, dealt, space, time.ends, degrees)
    for part, events in pool.map(work, laid.stretches()):
        counts += part
        degree += events
    return counts, degree


def _small(when: Ints) -> Days:
    """Days from the first, in the fewest bytes that hold them."""
    since = when - when.min()
    if since.max() < np.iinfo(np.int16).max:
        return np.asarray(since, dtype=np.int16)
    return np.asarray(since, dtype=np.int32) if since.max() < np.iinfo(np.int32).max else since


def _parts(streams: list[np.random.SeedSequence], start: int, stop: int) -> list[tuple[np.random.SeedSequence, int]]:
    return [(streams[first // FIRST], min(FIRST, stop - first)) for first in range(start, stop, FIRST)]


def _deal_days(days: Days, stream: np.random.SeedSequence, rows: int) -> Days:
    """rows × events. NumPy shuffles eight-byte numbers twice as fast as smaller ones, so the order is shuffled in those."""
    dealt, pack = np.empty((rows, len(days)), dtype=days.dtype), days.astype(np.int64)
    chance = np.random.Generator(np.random.SFC64(stream))
    for row in dealt:
        chance.shuffle(pack)
        row[:] = pack
    return dealt


def _count(
    laid: Layout, dealt: Days, space: Bands, ends: tuple[int, ...], degrees: bool, stretch: tuple[int, int]
) -> tuple[Ints, Ints]:
    """What `_total` adds up, of one stretch of points."""
    block = laid.block(*stretch)
    band = np.searchsorted(space.closed, block.distance, side="right").astype(np.int8)
    order = np.argsort(band, kind="stable")
    first, second, band = block.first[order], block.second[order], band[order]
    edges = np.searchsorted(band, np.arange(len(space.closed) + 1)).tolist()
    counts = np.zeros((len(dealt), len(space.closed), len(ends)), dtype=np.int64)
    apart, other, soon = (
        np.empty(len(first), dealt.dtype),
        np.empty(len(first), dealt.dtype),
        np.empty(len(first), bool),
    )
    limits = [min(end, np.iinfo(dealt.dtype).max) for end in ends]
    for row, days in enumerate(dealt):
        np.take(days, first, out=apart, mode="clip")
        np.take(days, second, out=other, mode="clip")
        np.subtract(apart, other, out=apart)
        np.abs(apart, out=apart)
        for t, limit in enumerate(limits):
            np.less(apart, limit, out=soon)
            for s, (a, b) in enumerate(pairwise(edges)):
                counts[row, s, t] = np.count_nonzero(soon[a:b])
    if not degrees:
        return counts, np.zeros((), dtype=np.int64)
    return counts, _degrees(first, second, band, len(space.closed), dealt.shape[1])


def _degrees(first: NDArray[np.intp], second: NDArray[np.intp], band: NDArray[np.int8], bands: int, n: int) -> Ints:
    """How many pairs of each space band every event is in: bands × events."""
    ends = np.concatenate([n * band.astype(np.intp) + first, n * band.astype(np.intp) + second])
    return np.bincount(ends, minlength=bands * n).reshape(bands, n)


def _whole(upto: Ints, degree: Ints, space: Bands, time: DayBands, n: int) -> Dealt:
    """From pairs up to each day end, within finite distances, to the table with its open bands."""
    close = degree.sum(axis=1) // 2
    if time.bands.open_ended:
        upto = np.concatenate([upto, np.broadcast_to(close[None, :, None], (*upto.shape[:2], 1))], axis=2)
    counts = np.diff(upto, axis=2, prepend=0)
    if space.open_ended:
        counts = np.concatenate([counts, (time.pairs - counts.sum(axis=1))[:, None, :]], axis=1)
        degree = np.concatenate([degree, (n - 1 - degree.sum(axis=0))[None, :]])
    return Dealt(counts, degree.sum(axis=1) // 2, (degree * (degree - 1)).sum(axis=1) // 2)
