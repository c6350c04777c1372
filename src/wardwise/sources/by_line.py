"""The careful way in: every row with its line number, so that what is wrong can be set aside with its line and its reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from ..store import duckdb as engine
from ..store.duckdb import name as identifier
from ..store.duckdb import text as quoted
from ..store.supplies import Slot
from .declaration import Source, Unpivot
from .mapping import Frame, cell_filter, fold, on_grid, select
from .parts import Part, frame
from .points import Boundaries, place, turn_points
from .text_files import Line, misshapen

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

_BATCH = 20_000


def write(connection: DuckDBPyConnection, part: Part, month: str, load: str, boundaries: Boundaries) -> None:
    """Write any table, with the line number of every row known: what is wrong is set aside with its line and reason."""
    found = part.found
    source = found.source
    connection.register("given", _reader(part))
    connection.execute("CREATE OR REPLACE TEMP TABLE raw AS SELECT * FROM given")
    connection.unregister("given")
    known = frame(found, month)
    relation = turn_points(connection, source, known) if on_grid(source, known) else "raw"
    records = " UNION ALL ".join(_records(source, known, found.header, relation))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE judged AS {records}")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE bad AS SELECT line, min(problem) AS problem FROM judged WHERE problem IS NOT NULL GROUP BY line"
    )
    part.refused.extend(connection.execute("SELECT line, problem FROM bad").fetchall())
    part.refused.sort()
    connection.execute("DELETE FROM judged WHERE line IN (SELECT line FROM bad)")
    if source.locate:
        place(connection, part, boundaries)
    listed = ", ".join(map(identifier, source.canonical.names))
    part.files = engine.write(connection, f"SELECT {listed} FROM judged", source.canonical, part.folder, load)
    part.records = part.by_slot()
    part.lines = _by_supply(connection, part)


def _by_supply(connection: DuckDBPyConnection, part: Part) -> dict[frozenset[Slot], int]:
    slot = ", ".join(map(identifier, part.found.source.canonical.supply))
    sets = connection.execute(
        f"SELECT slots, count(*) FROM (SELECT line, list_sort(list(DISTINCT [{slot}])) AS slots FROM judged GROUP BY line) GROUP BY slots"
    ).fetchall()
    lines = {frozenset(map(tuple, slots)): count for slots, count in sets}
    empty = part.rows - len(part.refused) - sum(lines.values())
    return {**lines, frozenset(): empty} if empty else lines


def _records(source: Source, known: Frame, header: tuple[str, ...], relation: str) -> Iterator[str]:
    whens = [row.when for row in source.rows] or [()]
    for columns, when in zip(source.record_mappings, whens, strict=True):
        names = [known.header.get(fold(each)) for each in when]
        if None in names:
            continue
        filled = " AND ".join(f"{each} IS NOT NULL" for each in names) or "true"
        of = f"(SELECT * FROM {relation} WHERE {filled})"
        if source.unpivot:
            of = f"(SELECT * FROM ({_unpivoted(source.unpivot, header, of)}) WHERE {cell_filter(columns)})"
        yield select(source, columns, known, of, keep=["line"])


def _unpivoted(unpivot: Unpivot, header: tuple[str, ...], relation: str) -> str:
    cells = []
    for index, heading in enumerate(header):
        if matched := re.search(unpivot.columns, " ".join(heading.split()), re.IGNORECASE):
            groups = "".join(f", '_group_{key}': {_group(value)}" for key, value in matched.groupdict().items())
            cells.append(f"{{'_cell': c{index}{groups}}}")
    return f"SELECT *, unnest([{', '.join(cells)}], recursive := true) FROM {relation}"


def _group(value: str | None) -> str:
    return "NULL" if value is None else quoted(value.strip())


def _reader(part: Part) -> pa.RecordBatchReader:
    import pyarrow as pa

    width = len(part.found.header)
    schema = pa.schema([("line", pa.int64()), *((f"c{index}", pa.string()) for index in range(width))])
    return pa.RecordBatchReader.from_batches(schema, _batches(part, schema, width))


def _batches(part: Part, schema: pa.Schema, width: int) -> Iterator[Any]:
    import pyarrow as pa

    rows = _shaped(part, width)
    while chunk := list(islice(rows, _BATCH)):
        columns = list(zip(*chunk, strict=True))
        yield pa.record_batch([pa.array(c, type=f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)


def _shaped(part: Part, width: int) -> Iterator[tuple[Any, ...]]:
    """Rows with as many cells as the header; the others are refused."""
    lines: Iterator[Line] = part.found.grid.lines()
    for line in islice(lines, part.found.above, None):
        part.rows += 1
        reason = misshapen(line, width)
        if reason:
            part.refused.append((line.number, reason))
            continue
        assert line.cells is not None
        cells = [cell.strip() or None for cell in line.cells[:width]]
        yield (line.number, *cells, *[None] * (width - len(cells)))
