"""The quick way in: a plain CSV, mapped, checked and written by DuckDB in one pass. Anything odd is left to `by_line`."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from ..areas import force_slug
from ..store import duckdb as engine
from ..store.duckdb import name as identifier
from ..store.duckdb import text as quoted
from . import kinds
from .declaration import Source
from .mapping import select
from .parts import Part, frame
from .text_files import TextFile

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def connect(spill: Path) -> DuckDBPyConnection:
    """A connection for importing: bounded memory, what does not fit is put in `spill`."""
    connection = engine.connect(memory="900MB", spill=spill)
    connection.execute("SET GLOBAL preserve_insertion_order = false")
    connection.execute("SET GLOBAL partitioned_write_flush_threshold = 65536")
    for name, function in (("slug", kinds.slug), ("force_slug", force_slug)):
        connection.create_function(name, function, ["VARCHAR"], "VARCHAR")
    return connection


def write(connection: DuckDBPyConnection, part: Part, lines: int, month: str, load: str) -> bool:
    """Write a plain CSV in one pass. lines: lines in the file. False, with nothing left behind, when the file needs care."""
    found = part.found
    if (
        not isinstance(found.grid, TextFile)
        or not found.grid.plain
        or found.header_line != 1
        or not _simple(found.source)
    ):
        return False
    import duckdb

    raw = _read_csv(found.grid, len(found.header))
    clean = ", ".join(_clean(f"c{index}") for index in range(len(found.header)))
    query = select(found.source, found.source.record_mappings[0], frame(found, month), f"(SELECT {clean} FROM {raw})")
    listed = ", ".join(map(identifier, found.source.canonical.names))
    try:
        files = engine.write(
            connection,
            f"SELECT {listed} FROM ({query}) WHERE problem IS NULL",
            found.source.canonical,
            part.folder,
            load,
        )
        written = sum(file.rows for file in files)
        whole = written == lines - 1 or (written,) == connection.execute(f"SELECT count(*) FROM {raw}").fetchone()
    except duckdb.InvalidInputException:
        whole = False
    if not whole:
        shutil.rmtree(part.folder, ignore_errors=True)
        return False
    part.rows, part.files = written, files
    part.records = part.by_slot()
    part.lines = {frozenset([slot]): count for slot, count in part.records.items()}
    return True


def _simple(source: Source) -> bool:
    return source.one_to_one and source.point is None and not source.locate and not any(row.when for row in source.rows)


def _clean(column: str) -> str:
    """Outer spaces gone. Looking for them first is many times quicker than trimming every cell, as few have any."""
    return f"CASE WHEN {column} LIKE ' %' OR {column} LIKE '% ' THEN nullif(trim({column}), '') ELSE {column} END AS {column}"


def _read_csv(grid: TextFile, width: int) -> str:
    columns = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(width))
    return (
        f"read_csv({quoted(grid.path.as_posix())}, columns = {{{columns}}}, header = true, auto_detect = false, "
        f"delim = {quoted(grid.delimiter)}, quote = '\"', escape = '\"', nullstr = '')"
    )
