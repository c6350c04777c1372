"""Writing the tables and sentences that an audience may see, once it is known which counts are hidden."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from ..records.cells import SUPPRESSED, Cell, Mark
from ..records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from .bounds import nearest, shown_value
from .derived import RATES, Behind, order, shared_rows, statistic
from .grid import DERIVED, Count, Grid, columns_elsewhere, counts_behind, figure_key, is_number
from .released import Audience, Sentence
from .thresholds import EVERYTHING, Rule


@dataclass(frozen=True)
class Masked:
    """Tables as this audience may see them. moved: for each table, where each of its rows went."""

    tables: Mapping[str, Table]
    moved: Mapping[str, tuple[int, ...]]

    def sentence(self, statement: Statement) -> Sentence:
        """The statement with its cells looked up, or its `hidden` words when one of them may not be shown."""
        cells = {name: self._look_up(ref) for name, ref in statement.refs.items()}
        if any(cell is SUPPRESSED for cell in cells.values()):
            return Sentence(statement.hidden, whole=False)
        return Sentence(statement.text, MappingProxyType(cells), MappingProxyType(dict(statement.formats)))

    def _look_up(self, ref: Ref) -> Cell:
        """A cell of a released table. A column that was dropped as an identifier counts as hidden."""
        if not self.moved[ref.table]:
            return SUPPRESSED
        row = self.tables[ref.table].rows[self.moved[ref.table][ref.row]]
        return row.get(ref.column, SUPPRESSED)


@dataclass(frozen=True)
class Mask:
    """The counts that are hidden, by their number in the grid, and what follows for every other cell."""

    grid: Grid
    hidden: Collection[int]
    audience: Audience

    def over(self, finding: Findings, rule: Rule) -> Masked:
        """The findings' tables under the mask."""
        tables: dict[str, Table] = {}
        moved: dict[str, tuple[int, ...]] = {}
        totals = {total.total.table for total in finding.sums}
        for name, table in finding.tables.items():
            columns = tuple(c for c in table.columns if c.role not in self._dropped)
            if not columns:  # a list of people for the analyst alone: even how many there are is not told
                tables[name], moved[name] = replace(table, columns=(), rows=()), ()
                continue
            rows = self._rows(finding.name, table, columns, rule)
            sequence = order(table, rows, table.name in totals)
            tables[name] = replace(table, columns=columns, rows=tuple(rows[n] for n in sequence))
            moved[name] = tuple(sequence.index(n) for n in range(len(rows)))
        return Masked(tables, moved)

    @property
    def _open(self) -> bool:
        return self.audience is Audience.ANALYST

    @property
    def _dropped(self) -> frozenset[Role]:
        """Columns that this audience never gets: keys are for the register alone."""
        return frozenset({Role.KEY}) if self._open else frozenset({Role.KEY, Role.IDENTIFIER})

    def _rows(self, name: str, table: Table, columns: tuple[Column, ...], rule: Rule) -> list[Row]:
        if self._open:
            return [MappingProxyType(dict(row)) for row in table.rows]
        behind = {column.name: counts_behind(table, column) for column in columns if column.role in DERIVED}
        closed = self._closed(name, table, behind)
        elsewhere = [(c, self._elsewhere(name, c)) for c in columns if c.role in DERIVED and columns_elsewhere(c)]
        rows: list[Row] = []
        for number, row in enumerate(table.rows):
            counts = {c.name: self._count(name, table, number, c.name) for c in table.having(Role.COUNT)}
            shown = {column.name: self._cell(table, row, column, counts, behind, rule) for column in columns}
            shown |= {c: SUPPRESSED for c in closed.get(number, ()) if says_something(row[c])}
            shown |= {c.name: self._from_elsewhere(row[c.name], shown[c.name], c, rest) for c, rest in elsewhere}
            rows.append(MappingProxyType(shown))
        return rows

    def _count(self, name: str, table: Table, number: int, column: str) -> tuple[Count | None, bool]:
        index = self.grid.at.get((name, table.name, number, column))
        return (None, False) if index is None else (self.grid.counts[index], index in self.hidden)

    def _cell(
        self,
        table: Table,
        row: Row,
        column: Column,
        counts: Mapping[str, tuple[Count | None, bool]],
        behind: Behind,
        rule: Rule,
    ) -> Cell:
        value = row[column.name]
        if column.role is Role.COUNT:
            count, hidden = counts[column.name]
            return SUPPRESSED if hidden else shown_value(count) if count else value
        if column.role not in DERIVED or not says_something(value):
            return value
        if any(counts[name][1] for name in behind[column.name]):
            return SUPPRESSED
        known = [count for name in behind[column.name] if (count := counts[name][0])]
        if not known and column.role in RATES and self._unguarded(table, row, column, rule):
            return SUPPRESSED
        return statistic(table, row, column, known)

    def _elsewhere(self, name: str, column: Column) -> list[tuple[Count, bool]]:
        """The counts of other tables that a column was worked out from, and whether each is hidden."""
        wanted = columns_elsewhere(column)
        numbers = [n for (own, table, _, count), n in self.grid.at.items() if own == name and (table, count) in wanted]
        return [(self.grid.counts[n], n in self.hidden) for n in numbers]

    def _from_elsewhere(self, value: Cell, shown: Cell, column: Column, counts: list[tuple[Count, bool]]) -> Cell:
        """A cell worked out from all counts of another table: hidden with any of them, and rounded as they are, since a forecast may
        repeat one of them (“as in the same month last year”). What is of them all together (`whole`) is not rounded."""
        if not says_something(value) or shown is SUPPRESSED:
            return shown
        if any(hidden for _, hidden in counts):
            return SUPPRESSED
        step = max((count.rule.round_to for count, _ in counts), default=1)
        return nearest(value, step) if step > 1 and not column.whole and is_number(value) else shown

    def _unguarded(self, table: Table, row: Row, column: Column, rule: Rule) -> bool:
        """Whether a figure's rate stands here without its count, and the count is hidden elsewhere, or is nowhere in the product
        so that nobody can tell. Under a rule that hides and rounds nothing this does not matter."""
        keys = [figure_key(row[f.name]) for f in table.having(Role.FIGURE) if column.name in f.of or not f.of]
        for key in filter(None, keys):
            numbers = self.grid.figures.get(key, [])
            hidden = any(n in self.hidden for n in numbers)
            if hidden or (rule != EVERYTHING and not any(self.grid.counts[n].shown for n in numbers)):
                return True
        return False

    def _closed(self, name: str, table: Table, behind: Behind) -> dict[int, set[str]]:
        """Row numbers, and their columns that were worked out from several rows of which one is hidden."""
        closed: dict[int, set[str]] = {}
        for column in (c for c in table.columns if behind.get(c.name)):
            for group in shared_rows(table, column, behind[column.name]):
                if any(self._count(name, table, n, c)[1] for n in group for c in behind[column.name]):
                    for n in group:
                        closed.setdefault(n, set()).add(column.name)
        return closed


def says_something(value: Cell) -> bool:
    """Whether a cell holds a number or words, so that there is something to hide."""
    return not isinstance(value, Mark) and value != ""
