"""Counts rows whose place lies outside the area of the force that supplied them. Such rows are accepted: forces record some."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..records.tables import table
from ..store import Store, duckdb
from ..store.duckdb import text as quoted
from .parts import Part

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_OUTSIDE = """
WITH RECURSIVE
  link AS ({links}),
  placed AS (
    SELECT filename, supplier, area_code, count(*) AS rows
    FROM read_parquet([{files}], filename = true, hive_partitioning = true, hive_types = {{'supplier': VARCHAR}})
    WHERE area_code IS NOT NULL GROUP BY ALL
  ),
  up(code, reached) AS (
    SELECT DISTINCT area_code, area_code FROM placed UNION SELECT code, parent_code FROM up JOIN link ON child_code = reached
  ),
  policed AS (
    SELECT DISTINCT code, force_slug(parent_name) AS force
    FROM up JOIN link ON child_code = reached WHERE parent_level = 'force'
  )
SELECT filename, sum(rows)::BIGINT FROM placed
WHERE supplier IN (SELECT force FROM policed) AND area_code IN (SELECT code FROM policed)
  AND NOT EXISTS (SELECT 1 FROM policed WHERE code = area_code AND force = supplier)
GROUP BY filename
"""


def count(connection: DuckDBPyConnection, store: Store, parts: Sequence[Part]) -> None:
    """Add the note to parts whose source asks for it, where look-ups from small areas to forces are held or being imported."""
    links = [
        *store.at().files("area_links"),
        *_files(part for part in parts if part.found.source.table == "area_links"),
    ]
    asking = {path: part for part in parts if _words(part) for path in _files([part])}
    if not asking or not links:
        return
    linked = duckdb.rows(table("area_links"), links, table("area_links").names)
    query = _OUTSIDE.format(links=linked, files=", ".join(map(quoted, asking)))
    for path, rows in connection.execute(query).fetchall():
        part = asking[Path(path).as_posix()]
        part.notes[_words(part)] = part.notes.get(_words(part), 0) + rows


def _words(part: Part) -> str:
    """What the source says of such rows; empty where it does not ask for them."""
    return next((note.say for note in part.found.source.notes if note.count == "elsewhere"), "")


def _files(parts: Iterable[Part]) -> list[str]:
    return [(part.folder / file.path).as_posix() for part in parts for file in part.files]
