"""What became of everyone who started: stages of a programme with their denominators, people followed for an equal time, reoffending,
and what an outcome cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .compare import PointChange, RatioTest, point_change, ratio_test
from .rates import wilson


@dataclass(frozen=True)
class Share:
    """part of whole, 0 to 1, with Wilson's (1927) interval. All three are None when there is no whole."""

    part: int
    whole: int
    value: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True)
class Stage:
    """How many reached a stage; of those who started, and of those who reached the one before (None for the first)."""

    count: int
    of_first: Share
    of_previous: Share | None


@dataclass(frozen=True)
class Followed:
    """escalated: the share of those followed for the whole time to whom it happened in that time. too_recent: how many started too
    late to be followed so long; they are in neither number."""

    escalated: Share
    too_recent: int


@dataclass(frozen=True)
class Reoffending:
    """rate: change of the share who reoffended, in percentage points and, apart from it, in percent. frequency: reoffences for each
    reoffender, before and after. frequency_test: whether that moved by more than chance."""

    rate: PointChange
    before: Share
    after: Share
    frequency_before: Fraction
    frequency_after: Fraction
    frequency_test: RatioTest


@dataclass(frozen=True)
class Cost:
    """Cost for each outcome, with limits. upper is None when the outcomes may be none: then the cost has no upper limit."""

    value: float | None
    lower: float | None
    upper: float | None


def share(part: int, whole: int, confidence: float = 0.95) -> Share:
    """part of whole. Raises ValueError when the part is more than the whole, or either is below nought."""
    if not 0 <= part <= whole:
        raise ValueError(f"{part} cannot be part of {whole}")
    if whole == 0:
        return Share(part, whole, None, None, None)
    limits = wilson(part, whole, confidence)
    return Share(part, whole, part / whole, float(limits.lower), float(limits.upper))


def stages(counts: Sequence[int], confidence: float = 0.95) -> tuple[Stage, ...]:
    """Each stage of a programme in order. Raises ValueError when more reached a stage than the one before: then the counts are
    not of the same people."""
    found = []
    for at, count in enumerate(counts):
        previous = share(count, counts[at - 1], confidence) if at else None
        found.append(Stage(count, share(count, counts[0], confidence), previous))
    return tuple(found)


def followed(
    starts: Sequence[int], events: Sequence[int | None], months: int, until: int, confidence: float = 0.95
) -> Followed:
    """People followed for `months` from their start. starts and events: month numbers; None where nothing happened. until: the last
    month for which it is known. Those who started less than `months` before it are left out, whatever happened to them, because
    the quick ones would count and the slow ones not."""
    able = [(start, event) for start, event in zip(starts, events, strict=True) if start + months <= until]
    happened = sum(event is not None and 0 <= event - start <= months for start, event in able)
    return Followed(share(happened, len(able), confidence), len(starts) - len(able))


def attendance(attended: Sequence[int], sessions: int) -> tuple[int, ...]:
    """How many came to at least one, two … `sessions` sessions."""
    return tuple(sum(n >= k for n in attended) for k in range(1, sessions + 1))


def reoffending(before: tuple[int, int, int], after: tuple[int, int, int]) -> Reoffending:
    """Two cohorts, each (offenders, reoffenders, reoffences). Raises ValueError for a cohort without offenders or reoffenders."""
    moved = point_change(before[1], before[0], after[1], after[0])
    if moved is None or before[1] == 0 or after[1] == 0:
        raise ValueError("a cohort needs offenders, and reoffenders to count the reoffences of")
    return Reoffending(
        moved,
        share(before[1], before[0]),
        share(after[1], after[0]),
        Fraction(before[2], before[1]),
        Fraction(after[2], after[1]),
        ratio_test(before[2], after[2], before[1], after[1]),
    )


def cost_per(cost: float, outcomes: float, lower: float, upper: float) -> Cost:
    """Cost of each outcome, given how many there were (or were prevented) and their limits. None where they may not be above nought."""
    value, least, most = (cost / n if n > 0 else None for n in (outcomes, upper, lower))
    return Cost(value, least, most)
