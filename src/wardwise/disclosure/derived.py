"""What becomes of rates, changes and verdicts: shown, worked out again from rounded counts, or hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from ..records.cells import SUPPRESSED, Cell
from ..records.findings import Column, Role, Row, Table
from .bounds import shown_value
from .grid import Count, is_number

STATISTICS = frozenset({Role.VALUE, Role.LOWER, Role.UPPER})
RATES = STATISTICS | {Role.PERCENT}
PER = (1.0, 100.0, 1_000.0, 10_000.0, 100_000.0, 1_000_000.0)
"""What a rate may be per: one, a hundred (a percentage) … a million of its base."""

PERCENT_AS_ROUNDED = 0.05 + 1e-9
"""A percentage is rounded to one decimal (methods/rounding.py), so it may differ from the exact one by half of that."""


def statistic(table: Table, row: Row, column: Column, counts: Sequence[Count]) -> Cell:
    """A cell worked out from counts that are all shown. Hidden when one of them is too few to base a rate on, or when its exact
    value would give a rounded count back."""
    value = row[column.name]
    if column.role in RATES and any(count.few for count in counts):
        return SUPPRESSED
    if column.whole or not is_number(value) or all(count.rule.round_to == 1 for count in counts):
        return value
    if column.role is Role.CHANGE and len(counts) == 2:
        return _change_again(value, *counts)
    if column.role is Role.PERCENT and len(counts) == 2:
        return _percent_again(value, *counts)
    if column.role is Role.VALUE and len(counts) == 1:
        return _rate_again(table, row, value, counts[0])
    return SUPPRESSED


def _change_again(value: float, before: Count, after: Count) -> Cell:
    """The change between the rounded counts, where the value is their difference. Hidden where it is not (points, say)."""
    change, rounded = after.value - before.value, shown_value(after) - shown_value(before)
    if value == change:
        return rounded
    return -rounded if value == -change else SUPPRESSED


def _percent_again(value: float, before: Count, after: Count) -> Cell:
    """The change between the rounded counts, in percent of the earlier, where the value is seen to be that of the exact ones. Hidden where
    it is not (a share, say), and where rounding leaves no change to tell."""
    first, last = shown_value(before), shown_value(after)
    if not first or first == last or not before.value:
        return SUPPRESSED
    exact = 100 * (after.value - before.value) / before.value
    return 100 * (last - first) / first if abs(value - exact) <= PERCENT_AS_ROUNDED else SUPPRESSED


def _rate_again(table: Table, row: Row, value: float, count: Count) -> Cell:
    """The rate of the rounded count, where the value is seen to be count / base × per. Hidden where it is not (a rank, say)."""
    for column in table.having(Role.BASE):
        base = row[column.name]
        if is_number(base) and base > 0:
            for per in PER:
                if abs(value - count.value / base * per) <= 1e-9 * max(1.0, abs(value)):
                    return shown_value(count) / base * per
    return SUPPRESSED


def shared_rows(table: Table, column: Column, behind: Sequence[str]) -> list[list[int]]:
    """Groups of rows that one statistic was worked out from together. Declared (`whole`), or seen: rows with other counts over
    the same base that hold the same value, as the mean of a control chart does."""
    if column.whole:
        return [list(range(len(table.rows)))]
    if column.role not in STATISTICS:
        return []
    bases = [base.name for base in table.having(Role.BASE)]
    groups: dict[tuple[Cell, ...], list[int]] = {}
    for number, row in enumerate(table.rows):
        if is_number(row[column.name]):
            groups.setdefault((row[column.name], *(row[base] for base in bases)), []).append(number)
    return [rows for rows in groups.values() if len({tuple(table.rows[n][c] for c in behind) for n in rows}) > 1]


def order(table: Table, shown: Sequence[Row], totals: bool) -> list[int]:
    """Row numbers in the order to show them. A list sorted by a number that is hidden in some rows would tell, by their place,
    between which values those lie; they go to the end, by name. Rows in order of time or name, or with a total, stay."""
    everyone = list(range(len(table.rows)))
    names = [[str(row[label.name]) for label in table.having(Role.LABEL)] for row in table.rows]
    if totals or len(everyone) < _SORTED_FROM or table.having(Role.PERIOD) or names == sorted(names):
        return everyone
    for column in table.columns:
        hidden = {n for n in everyone if shown[n].get(column.name) is SUPPRESSED}
        if hidden and _is_sorted([value for row in table.rows if is_number(value := row[column.name])]):
            return [n for n in everyone if n not in hidden] + sorted(hidden, key=lambda n: names[n])
    return everyone


_SORTED_FROM = 4
"""Fewer rows are in order by chance too often: one list of three in three."""


def _is_sorted(numbers: Sequence[float]) -> bool:
    """Whether numbers, at least two of them different, only rise or only fall."""
    pairs = list(pairwise(numbers))
    return len(set(numbers)) > 1 and (all(a <= b for a, b in pairs) or all(a >= b for a, b in pairs))


Behind = Mapping[str, tuple[str, ...]]
"""For each derived column, the COUNT columns it was worked out from."""
