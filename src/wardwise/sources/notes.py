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
    rows = engine.rows(source.canonical, paths, source.canonical.names)
    for note in source.notes:
        if note.count == "elsewhere":
            continue  # counted for all parts at once, when all look-ups have been read
        found = connection.execute(_query(rows, note)).fetchone()
        if found and found[0]:
            part.notes[note.say] = found[0]


def _query(rows: str, note: Note) -> str:
    first = identifier(note.of[0])
    row = ", ".join(map(identifier, note.of))
    where = " AND ".join([f"{identifier(key)} = {quoted(value)}" for key, value in note.where.items()] or ["true"])
    if note.count == "empty":
        return f"SELECT count(*) FROM ({rows}) WHERE {where} AND {first} IS NULL"
    counted = f"SELECT count(*) AS alike FROM ({rows}) WHERE {where} AND {first} IS NOT NULL GROUP BY {row}"
    return f"SELECT sum(alike - 1)::BIGINT FROM ({counted})"
