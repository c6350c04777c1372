"""Counts rows whose place lies outside the area of the force that supplied them. Such rows are accepted: forces record some."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlglot
from sqlglot import exp

from ..records.tables import table
from ..store import Store, duckdb
from ..store.dialect import DUCKDB, Query, Values
from ..store.engine import Engine, ask
from .declaration import Source
from .staged import PART, StagedParts

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

_POLICED = """
WITH RECURSIVE
  up(code, reached) AS (
    SELECT area_code, area_code FROM placed UNION SELECT code, parent_code FROM up JOIN link ON child_code = reached
  )
SELECT DISTINCT code, force_slug(parent_name) AS polices
FROM up JOIN link ON child_code = reached WHERE parent_level = 'force'
"""

_FORCES = "SELECT DISTINCT force_slug(parent_name) AS name FROM link WHERE parent_level = 'force'"

_OUTSIDE = f"""
SELECT {PART}, CAST(SUM(n) AS BIGINT) FROM (
  SELECT {PART}, supplier, area_code, COUNT(*) AS n FROM given
  WHERE source = $p1 AND area_code IS NOT NULL GROUP BY {PART}, supplier, area_code
) AS placed
WHERE supplier IN (SELECT name FROM forces) AND area_code IN (SELECT code FROM policed)
  AND NOT EXISTS (SELECT 1 FROM policed WHERE policed.code = placed.area_code AND policed.polices = placed.supplier)
GROUP BY {PART}
"""
"""Every value is bound; `given` stands for the table that the source fills."""


def count(connection: DuckDBPyConnection, store: Store, staged: StagedParts, engine: Engine) -> None:
    """Add the note to parts whose source asks for it, where look-ups from small areas to forces are held or being imported.

    connection: where the look-ups, which are small, are followed. engine: opened over the staged parts.
    """
    links = [found for found in (store.at().files("area_links"), staged.files("area_links")) if found]
    parts = [part for part in staged.parts.values() if part.files and _words(part.found.source)]
    if not parts or not links:
        return
    connection.execute(f"CREATE OR REPLACE TEMP VIEW link AS {' UNION ALL '.join(map(_linked, links))}")
    engine.lend("forces", connection.execute(_FORCES).to_arrow_table())
    for source in {part.found.source.source: part.found.source for part in parts}.values():
        engine.lend("policed", _policed(connection, ask(engine, _places(source))))
        for key, rows in ask(engine, _outside(source)):
            notes = staged.parts[key].notes
            notes[_words(source)] = notes.get(_words(source), 0) + rows


def _linked(files: list[str]) -> str:
    return duckdb.rows(table("area_links"), files, table("area_links").names)


def _words(source: Source) -> str:
    """What the source says of such rows; empty where it does not ask for them."""
    return next((note.say for note in source.notes if note.count == "elsewhere"), "")


def _places(source: Source) -> Query:
    """The small areas that rows of the source lie in."""
    values, code = Values(), exp.column("area_code")
    rows = exp.Select().select(code).distinct().from_(exp.table_(source.table))
    ours = exp.EQ(this=exp.column("source"), expression=values.bind(source.source))
    return Query(rows.where(ours, exp.Not(this=code.copy().is_(exp.null()))), values.parameters)


def _policed(connection: DuckDBPyConnection, codes: list[tuple[str]]) -> pa.Table:
    """code, polices: which force polices each small area that a look-up places. Forces without an area of their own, such as
    the transport police, are in no look-up: of their rows nothing can be said."""
    import pyarrow as pa

    connection.register("placed", pa.table({"area_code": pa.array([code for (code,) in codes], pa.string())}))
    return connection.execute(_POLICED).to_arrow_table()


def _outside(source: Source) -> Query:
    query = sqlglot.parse_one(_OUTSIDE, dialect=DUCKDB.name)
    for each in query.find_all(exp.Table):
        if each.name == "given":
            each.replace(exp.table_(source.table))
    assert isinstance(query, exp.Select)
    return Query(query, (source.source,))
