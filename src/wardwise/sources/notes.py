"""Counts what a source asks to have counted in rows that are accepted as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..store import duckdb as engine
from ..store.duckdb import name as identifier
from ..store.duckdb import text as quoted
from .declaration import Note
from .parts import Part

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def count(connection: DuckDBPyConnection, part: Part) -> None:
    """Fill `part.notes`: for each thing to say, how many rows."""
    source = part.found.source
    if not part.files or not source.notes:
        return
    paths = [(part.folder / file.path).as_posix() for file in part.files]
    connection.execute(f"DROP VIEW IF EXISTS {identifier(source.table)}")
    connection.execute(engine.view(source.canonical, paths, source.canonical.names))
    for note in source.notes:
        found = connection.execute(_query(source.table, note)).fetchone()
        if found and found[0]:
            part.notes[note.say] = found[0]


def _query(table: str, note: Note) -> str:
    first = identifier(note.of[0])
    row = ", ".join(map(identifier, note.of))
    where = " AND ".join([f"{identifier(key)} = {quoted(value)}" for key, value in note.where.items()] or ["true"])
    if note.count == "empty":
        return f"SELECT count(*) FROM {identifier(table)} WHERE {where} AND {first} IS NULL"
    alike = f"SELECT count(*) AS rows FROM {identifier(table)} WHERE {where} AND {first} IS NOT NULL GROUP BY {row}"
    return f"SELECT sum(rows - 1)::BIGINT FROM ({alike})"
