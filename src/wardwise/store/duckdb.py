"""DuckDB over the store: connections that can read one version's files and nothing else, and Parquet written by partition."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..records.columns import Table, Type
from .loads import DataFile

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SQL_TYPES = {
    Type.TEXT: "VARCHAR",
    Type.INTEGER: "BIGINT",
    Type.NUMBER: "DOUBLE",
    Type.MONTH: "VARCHAR",
    Type.DATE: "DATE",
    Type.TIME: "VARCHAR",
    Type.FLAG: "BOOLEAN",
    Type.BYTES: "BLOB",
}


def name(identifier: str) -> str:
    """An identifier, quoted."""
    return '"' + identifier.replace('"', '""') + '"'


def text(value: str) -> str:
    """A text literal, quoted. For paths and declared words; values that people give are bound instead."""
    return "'" + value.replace("'", "''") + "'"


def connect(*, memory: str = "1GB", spill: Path | None = None) -> DuckDBPyConnection:
    """A connection in memory that fetches no extension. spill: where it may write what does not fit in `memory`."""
    import duckdb

    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "memory_limit": memory,
    }
    if spill is not None:
        settings["temp_directory"] = str(spill)
    connection = duckdb.connect(":memory:", config=settings)
    connection.execute("SET GLOBAL TimeZone = 'UTC'")
    return quiet(connection)


def quiet(connection: DuckDBPyConnection) -> DuckDBPyConnection:
    """No progress bar of DuckDB's own. The setting belongs to each connection; a cursor does not inherit it."""
    connection.execute("SET enable_progress_bar = false")
    return connection


def seal(connection: DuckDBPyConnection, folder: Path) -> None:
    """From here on the connection, and cursors of it, can read `folder` and nothing else; neither setting can be undone."""
    connection.execute(f"SET allowed_directories = [{text(folder.as_posix())}]")
    connection.execute("SET enable_external_access = false")


def view(table: Table, paths: Sequence[str], held: Collection[str], mixed: bool = False) -> str:
    """The statement that makes a view of `table` over `paths`."""
    return f"CREATE VIEW {name(table.name)} AS {rows(table, paths, held, mixed)}"


def rows(table: Table, paths: Sequence[str], held: Collection[str], mixed: bool = False) -> str:
    """SQL for the rows of `table` in `paths`, columns as declared; one that is not `held` is empty (NULL). mixed: some paths may lack some columns."""
    empty = {column.name: f"NULL::{SQL_TYPES[column.type]} AS {name(column.name)}" for column in table.columns}
    if not paths:
        return f"SELECT {', '.join(empty.values())} WHERE false"
    columns = ", ".join(name(each) if each in held else empty[each] for each in table.names)
    partitions = ", ".join(f"{text(part)}: VARCHAR" for part in table.supply)
    union = "union_by_name = true, " if mixed else ""
    listed = ", ".join(text(path) for path in paths)
    return f"SELECT {columns} FROM read_parquet([{listed}], hive_partitioning = true, {union}hive_types = {{{partitions}}})"


def write(connection: DuckDBPyConnection, query: str, table: Table, folder: Path, load: str) -> tuple[DataFile, ...]:
    """Write the rows of `query` (all columns of `table`, in order) as Parquet under `folder`, one folder for each supply.

    Each file's name begins with the load's id, so what a killed import leaves can be told from what was committed.
    """
    parts = ", ".join(name(part) for part in table.supply)
    written = connection.execute(
        f"COPY ({query}) TO {text(folder.as_posix())} (FORMAT parquet, COMPRESSION zstd, PARTITION_BY ({parts}), "
        f"FILENAME_PATTERN {text(load + '-{uuid}')}, OVERWRITE_OR_IGNORE, RETURN_STATS)"
    ).fetchall()
    return tuple(_written(row, table, folder) for row in written)


def _written(row: tuple[object, ...], table: Table, folder: Path) -> DataFile:
    path, rows, size, keys = row[0], row[1], row[2], row[5]
    assert isinstance(path, str) and isinstance(rows, int) and isinstance(size, int) and isinstance(keys, dict)
    relative = Path(path).resolve().relative_to(folder.resolve()).as_posix()
    return DataFile(relative, size, rows, tuple(keys[part] for part in table.supply))
