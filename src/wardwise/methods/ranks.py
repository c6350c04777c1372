"""Ranks with ties, and how many of several went up or down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """rank 1 is the highest value. Tied values share the best rank (1, 2, 2, 4). of: how many could be ranked."""

    rank: int
    of: int
    tied: int

    @property
    def from_bottom(self) -> int:
        """Rank counted from the lowest value, which is 1."""
        return self.of - (self.rank + self.tied - 1) + 1


@dataclass(frozen=True)
class Tally:
    """How many rose, fell and stayed the same; unknown: those without both values, never counted as the same."""

    rose: int
    fell: int
    same: int
    unknown: int

    @property
    def of(self) -> int:
        """How many could be told: those with both values."""
        return self.rose + self.fell + self.same


def places(values: Mapping[str, float | None]) -> dict[str, Place]:
    """Each name's place among the values that are known. A name without a value has no place."""
    known = {name: value for name, value in values.items() if value is not None}
    ordered = sorted(known.values(), reverse=True)
    return {name: Place(ordered.index(value) + 1, len(ordered), ordered.count(value)) for name, value in known.items()}


def tally(before: Sequence[float | None], after: Sequence[float | None]) -> Tally:
    """How many of paired values rose, fell or stayed. Raises ValueError when the two are not of one length."""
    pairs = list(zip(before, after, strict=True))
    known = [(b, a) for b, a in pairs if b is not None and a is not None]
    rose, fell = sum(a > b for b, a in known), sum(a < b for b, a in known)
    return Tally(rose, fell, len(known) - rose - fell, len(pairs) - len(known))


def steps(values: Mapping[str, float | None], classes: int) -> dict[str, int]:
    """The class of each known value, 1 (lowest) to `classes`, each holding as near an equal number as ties allow: a value's class
    follows the share of values below it, so equal values share a class. A name without a value has none."""
    known = {name: value for name, value in values.items() if value is not None}
    ordered = sorted(known.values())
    return {name: 1 + ordered.index(value) * classes // len(ordered) for name, value in known.items()}
