"""Writing the tables and sentences that an audience may see, once it is known which counts are hidden."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from ..records.cells import SUPPRESSED, Cell
from ..records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from .bounds import shown_value
from .grid import DERIVED, Count, Grid, counts_behind, figure_key, is_number
from .released import Audience, Sentence

_STATISTICS = frozenset({Role.VALUE, Role.LOWER, Role.UPPER})
_RATES = _STATISTICS | {Role.PERCENT}


@dataclass(frozen=True)
class Mask:
    """The counts that are hidden, by their number in the grid, and what follows for every other cell."""

    grid: Grid
    hidden: Collection[int]
    audience: Audience
    unreadable: frozenset[str] = field(default=frozenset())
    """Keys of figures with a hidden count: a rate of such a figure is hidden wherever it stands."""

    def tables(self, finding: Findings) -> dict[str, Table]:
        return {name: self.table(finding.name, table) for name, table in finding.tables.items()}

    def table(self, name: str, table: Table) -> Table:
        if self.audience is Audience.ANALYST:
            return replace(table, rows=tuple(MappingProxyType(dict(row)) for row in table.rows))
        columns = tuple(column for column in table.columns if column.role is not Role.IDENTIFIER)
        behind = {column.name: counts_behind(table, column) for column in columns if column.role in DERIVED}
        closed = self._closed_columns(name, table, behind)
        rows = []
        for number, row in enumerate(table.rows):
            counts = {c: self._count(name, table, number, c) for c in _count_names(table)}
            shown = {column.name: self._cell(table, row, column, counts, behind) for column in columns}
            shown |= {column: SUPPRESSED for column in closed.get(number, ()) if is_number(row[column])}
            rows.append(MappingProxyType(shown))
        return replace(table, columns=columns, rows=tuple(rows))

    def _count(self, name: str, table: Table, number: int, column: str) -> tuple[Count | None, bool]:
        index = self.grid.at.get((name, table.name, number, column))
        return (None, False) if index is None else (self.grid.counts[index], index in self.hidden)

    def _cell(
        self,
        table: Table,
        row: Row,
        column: Column,
        counts: Mapping[str, tuple[Count | None, bool]],
        behind: Mapping[str, tuple[str, ...]],
    ) -> Cell:
        value = row[column.name]
        if column.role is Role.COUNT:
            count, hidden = counts[column.name]
            return SUPPRESSED if hidden else shown_value(count) if count else value
        if column.role not in DERIVED or (not is_number(value) and not isinstance(value, str)) or value == "":
            return value
        if any(counts[name][1] for name in behind[column.name]) or self._of_hidden_figure(table, row, column):
            return SUPPRESSED
        known = [count for name in behind[column.name] if (count := counts[name][0])]
        return _derived(row, column, value, known)

    def _of_hidden_figure(self, table: Table, row: Row, column: Column) -> bool:
        return any(
            figure_key(row[figure.name]) in self.unreadable
            for figure in table.having(Role.FIGURE)
            if column.name in figure.of or (not figure.of and not table.having(Role.COUNT))
        )

    def _closed_columns(self, name: str, table: Table, behind: Mapping[str, tuple[str, ...]]) -> dict[int, set[str]]:
        """Row numbers, and their columns that were worked out from several rows of which one is hidden."""
        closed: dict[int, set[str]] = {}
        for column in (c for c in table.columns if c.role in DERIVED and behind.get(c.name)):
            for group in _shared(table, column, behind[column.name]):
                if any(self._count(name, table, n, c)[1] for n in group for c in behind[column.name]):
                    for n in group:
                        closed.setdefault(n, set()).add(column.name)
        return closed

    def sentence(self, statement: Statement, tables: Mapping[str, Table]) -> Sentence:
        cells = {name: _look_up(tables, ref) for name, ref in statement.refs.items()}
        if any(cell is SUPPRESSED for cell in cells.values()):
            return Sentence(statement.hidden, whole=False)
        return Sentence(statement.text, MappingProxyType(cells), MappingProxyType(dict(statement.formats)))


def _look_up(tables: Mapping[str, Table], ref: Ref) -> Cell:
    """A cell of a released table. A column that was dropped as an identifier counts as hidden."""
    return tables[ref.table].rows[ref.row].get(ref.column, SUPPRESSED)


def _count_names(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.having(Role.COUNT))


def _shared(table: Table, column: Column, behind: tuple[str, ...]) -> list[list[int]]:
    """Groups of rows that one statistic was worked out from together. Declared (`whole`), or seen: rows with other counts over
    the same base that hold the same value, as the mean of a control chart does."""
    numbers = [n for n, row in enumerate(table.rows) if is_number(row[column.name])]
    if column.whole:
        return [list(range(len(table.rows)))]
    if column.role not in _STATISTICS:
        return []
    bases = [base.name for base in table.having(Role.BASE)]
    groups: dict[tuple[Cell, ...], list[int]] = {}
    for n in numbers:
        groups.setdefault((table.rows[n][column.name], *(table.rows[n][b] for b in bases)), []).append(n)
    return [g for g in groups.values() if len({tuple(table.rows[n][c] for c in behind) for n in g}) > 1]


def _derived(row: Row, column: Column, value: Cell, counts: list[Count]) -> Cell:
    """A rate, interval, change or percentage whose counts are all shown."""
    if column.role in _RATES and any(0 < count.value < count.rule.rate_from for count in counts):
        return SUPPRESSED
    if not is_number(value) or all(count.rule.round_to == 1 for count in counts):
        return value
    return _from_rounded(column, value, counts)


def _from_rounded(column: Column, value: float, counts: list[Count]) -> Cell:
    """The same statistic of the rounded counts, since the exact one would give the exact count back. Worked out where it is
    proportional to one count, or is the change between two; hidden where neither holds."""
    if column.role in _STATISTICS and len(counts) == 1:
        return value * shown_value(counts[0]) / counts[0].value if counts[0].value else value
    if column.role is Role.CHANGE and len(counts) == 2:
        change = shown_value(counts[1]) - shown_value(counts[0])
        return change if counts[1].value - counts[0].value == value else -change
    return SUPPRESSED
