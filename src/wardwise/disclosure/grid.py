"""Every count of a product, once, wherever and however often it is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeGuard
from urllib.parse import quote

from ..records.cells import Cell, how_many
from ..records.findings import Column, Findings, Role, Row, Table
from .released import Audience
from .thresholds import Rule, Thresholds

Place = tuple[str, str, int, str]
"""Findings, table, row number and column of one cell."""

DERIVED = frozenset({Role.VALUE, Role.LOWER, Role.UPPER, Role.CHANGE, Role.PERCENT, Role.VERDICT, Role.NOTE})
"""Roles that are worked out from counts, or say something about them."""


@dataclass
class Count:
    """One number to protect. Several places may show it.

    known: shown to this audience in an earlier product, so that hiding it now protects nothing.
    shown: False for a number that is in no table but follows from two that are (a year to date less the one before).
    """

    value: float
    rule: Rule
    key: str = ""
    places: list[Place] = field(default_factory=list)
    known: bool = False
    shown: bool = True

    @property
    def small(self) -> bool:
        """Whether the rule hides it. A sum of weights is judged by the number of records behind it, not by what they weigh."""
        return self.rule.hides(how_many(self.value))

    @property
    def few(self) -> bool:
        """Whether it is too few to base a rate on."""
        return 0 < how_many(self.value) < self.rule.rate_from


@dataclass
class Grid:
    """The counts of a product and where they are. `at` gives a place's count by its number in `counts`; `figures` the counts that
    show a figure, by the figure's key."""

    counts: list[Count] = field(default_factory=list)
    at: dict[Place, int] = field(default_factory=dict)
    figures: dict[str, list[int]] = field(default_factory=dict)

    def add(self, count: Count) -> int:
        self.counts.append(count)
        if count.key:
            self.figures.setdefault(count.key, []).append(len(self.counts) - 1)
        return len(self.counts) - 1


def gather(findings: Sequence[Findings], audience: Audience, thresholds: Thresholds) -> Grid:
    """All counts of all findings. Cells with one figure's key and the same value are one count, under the stricter rule."""
    grid = Grid()
    for finding in findings:
        rule = thresholds.rule(finding.profile, audience)
        for table in finding.tables.values():
            for place, key, value in _cells(finding.name, table):
                _place(grid, place, key, value, rule)
    return grid


def _place(grid: Grid, place: Place, key: str, value: float, rule: Rule) -> None:
    same = next((i for i in grid.figures.get(key, ()) if grid.counts[i].value == value), None)
    if same is None:
        same = grid.add(Count(value, rule, key))
    count = grid.counts[same]
    count.rule = count.rule.and_also(rule)
    count.value = min(count.value, value, key=how_many)
    count.places.append(place)
    grid.at[place] = same


def _cells(name: str, table: Table) -> Iterator[tuple[Place, str, float]]:
    counts = table.having(Role.COUNT)
    for number, row in enumerate(table.rows):
        for column in counts:
            value = row[column.name]
            if is_number(value):
                yield (name, table.name, number, column.name), count_key(table, row, column.name), value


def is_number(value: Cell) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def count_key(table: Table, row: Row, column: str) -> str:
    """What names the count in `column` of a row from product to product: its figure's key, else the first KEY column's that has one
    for it. Where a KEY column is of several counts, each has its column's name at the end. Empty when the table does not say."""
    for named_by in (*table.having(Role.FIGURE), *table.having(Role.KEY)):
        only = not named_by.of and [c.name for c in table.having(Role.COUNT)] == [column]
        if (column in named_by.of or only) and (key := figure_key(row[named_by.name])):
            return f"{key}~of={quote(column, safe='')}" if len(named_by.of) > 1 and named_by.role is Role.KEY else key
    return ""


def figure_key(cell: Cell) -> str:
    """The key in a figure's id: the same from load to load. Empty when the cell holds no id."""
    return cell.partition("@")[0] if isinstance(cell, str) else ""


ELSEWHERE = "."
"""Between the name of another table and its column, in a column's `of`."""


def columns_elsewhere(column: Column) -> tuple[tuple[str, str], ...]:
    """Other tables and their COUNT columns from which a column was worked out."""
    named = (name.partition(ELSEWHERE) for name in column.of if ELSEWHERE in name)
    return tuple((table, count) for table, _, count in named)


def counts_behind(table: Table, column: Column) -> tuple[str, ...]:
    """The COUNT columns that a derived column depends on, through other derived columns too."""
    every = tuple(c.name for c in table.having(Role.COUNT))
    found: list[str] = []
    waiting, seen = [name for name in column.of if ELSEWHERE not in name], set[str]()
    while waiting:
        name = waiting.pop(0)
        if name in seen:
            continue
        seen.add(name)
        behind = table.column(name)
        if behind.role is Role.COUNT:
            found.append(name)
        elif behind.role in DERIVED:
            waiting.extend(behind.of or every)
    return tuple(found) if column.of else every
