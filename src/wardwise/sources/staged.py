"""The parts of an import as tables that either engine can ask: each row also says which part it came from.

The files lie as Delta would lay them, below a folder for each part, so that its name is read as one more column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..records.columns import Column, Table, Type
from ..records.tables import TABLES
from ..store import duckdb
from .parts import Part

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PART = "part"


@dataclass(frozen=True)
class PartTable(Table):
    """A canonical table with the part that each row came from."""

    @property
    def supply(self) -> tuple[str, ...]:
        return (PART, *super().supply)


def folder(root: Path, table: str, key: str) -> Path:
    """Where the part called `key` is written, so that its rows can be asked for as rows of `table`."""
    return root / table / f"{PART}={key}"


class StagedParts:
    """`parts`, written below `folder`. connection: what DuckDB is to ask them through; its own views are not touched."""

    def __init__(self, folder: Path, parts: Sequence[Part], connection: DuckDBPyConnection) -> None:
        self.folder, self.parts = folder, {part.key: part for part in parts}
        self._connection = connection

    @property
    def declared(self) -> Mapping[str, Table]:
        """The tables that the parts are of."""
        names = dict.fromkeys(part.found.source.table for part in self.parts.values())
        return {name: _with_part(TABLES[name]) for name in names}

    def files(self, table: str) -> list[str]:
        return [
            (part.folder / file.path).as_posix()
            for part in self.parts.values()
            if part.found.source.table == table
            for file in part.files
        ]

    def connection(self) -> DuckDBPyConnection:
        for table in self.declared.values():
            rows = duckdb.rows(table, self.files(table.name), table.names)
            self._connection.execute(f"CREATE OR REPLACE TEMP VIEW {duckdb.name(table.name)} AS {rows}")
        return self._connection


def _with_part(table: Table) -> PartTable:
    column = Column(PART, Type.TEXT, "The part of the import that the row came from.")
    return PartTable(table.name, table.title, table.row, (column, *table.columns), table.period)
