"""The store as it is, or was, at one moment: fixed versions, read-only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..records.columns import Table
from ..records.errors import WardwiseError
from ..records.tables import TABLES
from ..records.tables import table as canonical
from . import delta, duckdb
from .loads import DataFile
from .supplies import Supply, current

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection


class Snapshot:
    """versions: the Delta version of every table that is held. Tables that are not named are empty."""

    def __init__(self, folder: Path, versions: Mapping[str, int]) -> None:
        self.folder = folder
        self.versions: Mapping[str, int] = dict(versions)
        self._files: dict[str, tuple[DataFile, ...]] = {}

    @property
    def declared(self) -> Mapping[str, Table]:
        """Every canonical table, whether any of its rows are held or not."""
        return TABLES

    def connection(self) -> DuckDBPyConnection:
        """A DuckDB connection with one view for each canonical table; it can read nothing outside the store."""
        return duckdb.quiet(self._connection.cursor())

    def fetch(self, sql: Any, parameters: Sequence[Any] = ()) -> pa.Table:
        """Run SQL (text, or a sqlglot expression) with `parameters` bound to its question marks."""
        statement = sql if isinstance(sql, str) else sql.sql(dialect="duckdb")
        return self.connection().execute(statement, list(parameters)).to_arrow_table()

    def data_files(self, table: str) -> tuple[DataFile, ...]:
        """The data files of a table at this version, with committed sizes and row counts."""
        if table not in self._files:
            self._files[table] = delta.files(
                self.folder / table, self.versions.get(canonical(table).name, -1), canonical(table)
            )
        return self._files[table]

    def files(self, table: str, **partition: str) -> list[str]:
        """Full paths of a table's Parquet files, of one `source`, `supplier` or period (by its column's name) where given."""
        names = canonical(table).supply
        unknown = set(partition) - set(names)
        if unknown:
            raise WardwiseError(
                f"The table {table} is not divided by {', '.join(sorted(unknown))}.",
                next_step=f"Use {', '.join(names)}.",
            )
        return [
            (self.folder / table / file.path).as_posix()
            for file in self.data_files(table)
            if all(dict(zip(names, file.partition, strict=True))[key] == value for key, value in partition.items())
        ]

    def supplies(self, table: str) -> tuple[Supply, ...]:
        """The supplies held at this version, in order of source, supplier and period."""
        at = self.versions.get(canonical(table).name, -1)
        brought = (
            supply
            for commit in delta.commits(self.folder / table)
            if commit.version <= at
            for supply in commit.supplies
        )
        return tuple(sorted(current(brought).values(), key=lambda supply: supply.slot))

    def _columns(self, table: Table, at: int) -> tuple[frozenset[str], bool]:
        """The columns that a version of a table has: those its log declares, and those declared since that a file of it brought all the same. The
        log of a table made before a column was added never names it, though later files hold it. And whether files may differ in their columns."""
        if at < 0:
            return frozenset(), False
        named = frozenset(delta.schema(self.folder / table.name, at).names)
        if named.issuperset(table.names):
            return named, False
        import pyarrow.parquet as pq

        return named.union(*(pq.read_schema(path).names for path in self.files(table.name))), True

    @cached_property
    def _connection(self) -> DuckDBPyConnection:
        connection = duckdb.connect(memory="2GB")
        for table in TABLES.values():
            at = self.versions.get(table.name, -1)
            connection.execute(duckdb.view(table, self.files(table.name), *self._columns(table, at)))
        duckdb.seal(connection, self.folder)
        return connection
