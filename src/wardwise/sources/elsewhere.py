"""Counts rows whose place lies outside the area of the force that supplied them. Such rows are accepted: forces record some."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..areas import force_slug
from ..records.tables import table
from ..store import Store, duckdb
from .parts import Part

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_UP = """
WITH RECURSIVE link AS ({links}), up(code, reached) AS (
  SELECT code, code FROM asked UNION SELECT code, parent_code FROM up JOIN link ON child_code = reached
)
SELECT DISTINCT code, parent_name FROM up JOIN link ON child_code = reached WHERE parent_level = 'force'
"""


def count(store: Store, parts: Sequence[Part]) -> None:
    """Add the note to parts whose source asks for it, where look-ups from small areas to forces are held or being imported."""
    asking = [part for part in parts if part.placed]
    staged = [
        (part.folder / f.path).as_posix()
        for part in parts
        if part.found.source.table == "area_links"
        for f in part.files
    ]
    held = store.at().files("area_links")
    if not asking or not (held or staged):
        return
    with duckdb.connect() as connection:
        forces = _forces(connection, [*held, *staged], {code for part in asking for _, code in part.placed})
    known = {force for each in forces.values() for force in each}
    for part in asking:
        outside = sum(
            rows
            for (supplier, code), rows in part.placed.items()
            if supplier in known and forces.get(code) and supplier not in forces[code]
        )
        note = next(note for note in part.found.source.notes if note.count == "elsewhere")
        if outside:
            part.notes[note.say] = outside


def _forces(connection: DuckDBPyConnection, paths: Sequence[str], codes: Iterable[str]) -> dict[str, set[str]]:
    """The forces (short names) in whose area each code lies, by look-ups of any vintage."""
    import pyarrow as pa

    connection.register("asked", pa.table({"code": sorted(codes)}))
    links = duckdb.rows(table("area_links"), paths, table("area_links").names)
    found: dict[str, set[str]] = defaultdict(set)
    for code, name in connection.execute(_UP.format(links=links)).fetchall():
        found[code].add(force_slug(name))
    return found
