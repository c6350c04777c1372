"""The quick way in: text with one record a row, mapped, checked and written by DuckDB in one pass. All else is left to `by_line`."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..areas import force_slug
from ..store import duckdb as engine
from ..store.duckdb import name as identifier
from ..store.duckdb import text as quoted
from . import kinds
from .declaration import Source
from .mapping import select
from .mending import Mended, mend
from .parts import Part, frame
from .text_files import TextFile

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def connect(spill: Path) -> DuckDBPyConnection:
    """A connection for importing: bounded memory, what does not fit is put in `spill`."""
    connection = engine.connect(memory="900MB", spill=spill)
    connection.execute("SET GLOBAL preserve_insertion_order = false")
    connection.execute("SET GLOBAL enable_external_file_cache = false")  # no file is read twice
    connection.execute("SET GLOBAL partitioned_write_flush_threshold = 65536")
    for name, function in (("slug", kinds.slug), ("force_slug", force_slug)):
        connection.create_function(name, function, ["VARCHAR"], "VARCHAR")
    return connection


def write(connection: DuckDBPyConnection, part: Part, lines: int, month: str, load: str) -> bool:
    """Write a text file of one record a row. lines: lines in the file. False, with nothing left behind, when it needs more care.

    A plain file is read where it is. Any other, or one that proves not to be plain, is mended first: a copy is made without
    the rows that cannot be split into columns.
    """
    grid = part.found.grid
    if not isinstance(grid, TextFile) or not _simple(part.found.source):
        return False
    if grid.plain and part.found.header_line == 1:
        as_it_is = Mended(grid, lines - 1, starts=[(0, 2)])
        if _write(connection, part, as_it_is, month, load):
            return True
    copy = part.folder.with_name(f"{part.folder.name}-mended.csv")
    done = _write(connection, part, mend(part, copy), month, load)
    copy.unlink()
    return done


def _write(connection: DuckDBPyConnection, part: Part, mended: Mended, month: str, load: str) -> bool:
    """Write the good rows, and set aside the others, if the file proves to have as many rows as it should."""
    import duckdb

    source, raw = part.found.source, _read_csv(mended.grid, len(part.found.header))
    listed = ", ".join(map(identifier, source.canonical.names))
    try:
        good = f"SELECT {listed} FROM ({_mapped(part, raw, month)}) WHERE problem IS NULL"
        files = engine.write(connection, good, source.canonical, part.folder, load)
        written = sum(file.rows for file in files)
        problems = _problems(connection, part, raw, month) if written != mended.kept else []
    except duckdb.InvalidInputException:
        written, problems = -1, []
    if written + len(problems) != mended.kept:
        shutil.rmtree(part.folder, ignore_errors=True)
        return False
    part.rows, part.files = mended.rows, files
    part.refused = sorted([*mended.refused, *((mended.line(row), problem) for row, problem in problems)])
    part.records = part.by_slot()
    part.lines = {frozenset([slot]): count for slot, count in part.records.items()}
    return True


def _problems(connection: DuckDBPyConnection, part: Part, raw: str, month: str) -> list[tuple[int, str]]:
    """Each bad row's place among the rows, from 0, and what is wrong with it. Numbering keeps the rows in the file's order."""
    numbered = f"(SELECT row_number() OVER () - 1 AS row, * FROM {raw})"
    mapped = _mapped(part, numbered, month, keep=["row"])
    return connection.execute(f"SELECT row, problem FROM ({mapped}) WHERE problem IS NOT NULL").fetchall()


def _mapped(part: Part, relation: str, month: str, keep: Sequence[str] = ()) -> str:
    found = part.found
    clean = ", ".join([*keep, *(_clean(f"c{index}") for index in range(len(found.header)))])
    known = frame(found, month)
    return select(found.source, found.source.record_mappings[0], known, f"(SELECT {clean} FROM {relation})", keep)


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
