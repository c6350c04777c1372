"""What counting gives before it is made into figures: a number, or why there is none, for each area, part and group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wardwise.records.figures import Status
from wardwise.records.periods import Period

Group = tuple[str, ...]
Cell = tuple[str, str, Group]
"""area, part of the period, group"""

Number = int | float


@dataclass(frozen=True)
class Tally:
    """n: how many; None where the status says that there is no complete count."""

    n: Number | None
    status: Status = Status.OK
    note: str = ""


MISSING = Tally(None, Status.MISSING)


@dataclass(frozen=True)
class Tallies:
    """cells: what was counted. groups: in order; one empty group when nothing is split. checks: sentences for the reader."""

    cells: Mapping[Cell, Tally]
    groups: tuple[Group, ...]
    query: str = ""
    parameters: tuple[object, ...] = ()
    checks: tuple[str, ...] = ()
    pairs: frozenset[tuple[str, str]] = frozenset()
    """Sources and suppliers that speak for the areas asked for; none when any may."""

    def at(self, area: str, part: str, group: Group) -> Tally:
        return self.cells.get((area, part, group), MISSING)


@dataclass(frozen=True)
class Asked:
    """What is asked: areas, the parts of the period by key, and the columns to split by (without parts of time)."""

    areas: tuple[str, ...]
    period: Period
    by: tuple[str, ...]
    split: str | None
    parts: Mapping[str, Period]
    dimensions: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    """Groups to state whether or not they occur."""

    def stated(self, found: Iterable[Group]) -> tuple[Group, ...]:
        """The groups to state, in order: those found, or one empty group when nothing is split (or nothing was found)."""
        return tuple(sorted({*found, *self.groups})) if self.dimensions else ((),)
