"""A released answer as files for analysts: CSV with its description beside it, Parquet, and an Excel workbook with a notes sheet.

Marks are written as government statisticians do (Analysis Function, "Symbols in tables", 2021): [c] hidden to protect people, [x] not
supplied, [z] there can be no number. In Parquet, where a column of numbers cannot hold words, such a cell is empty and a
column beside it says why.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wardwise.records.cells import MISSING, NOT_APPLICABLE, SUPPRESSED, Cell, Mark
from wardwise.records.findings import Column, Table
from wardwise.records.shown import NUMERIC

from .known import harmless
from .writing import replace_text, replace_with

if TYPE_CHECKING:
    from .single import Answered

SYMBOLS = {SUPPRESSED: "[c]", MISSING: "[x]", NOT_APPLICABLE: "[z]"}
MEANINGS = {
    "[c]": "hidden to protect people; it is not zero",
    "[x]": "not supplied; it is not zero",
    "[z]": "there can be no number here",
}


def write(answered: Answered, folder: Path, formats: tuple[str, ...] = ("csv", "parquet", "xlsx")) -> tuple[Path, ...]:
    """Write every table of the answer into `folder`, each file whole or not at all; gives their paths."""
    written: list[Path] = []
    for name in formats:
        written.extend(WRITERS[name](answered, folder))
    return tuple(written)


def about(answered: Answered) -> dict[str, Any]:
    """What a reader needs beside the numbers: what was asked, of what, how it was worked out, from which versions."""
    wanted, released = answered.wanted, answered.released
    return {
        "title": released.title,
        "question": wanted.question,
        "options": dict(wanted.options),
        "area": wanted.area,
        "from": wanted.period.start,
        "to": wanted.period.end,
        "audience": wanted.audience.value,
        "made": wanted.today.isoformat(),
        "answer": list(answered.sentences),
        "method": " ".join(filter(None, (released.method, *released.shared_methods))),
        "caveats": list(released.caveats),
        "sources": list(released.sources),
        "versions": dict(answered.versions),
        "digest": answered.digest,
        "symbols": MEANINGS,
        "tables": {table.name: _described(table) for table in released.tables.values()},
    }


def _described(table: Table) -> dict[str, Any]:
    columns = [{"name": c.name, "title": c.title, "role": c.role.value, "unit": c.unit} for c in table.columns]
    return {"title": table.title, "rows": len(table.rows), "columns": columns}


def written(value: Cell) -> str | int | float | None:
    """A cell for a file that can hold words among numbers."""
    if isinstance(value, Mark):
        return SYMBOLS[value]
    return value if value is None or isinstance(value, int | float) else harmless(str(value))


def _csv(answered: Answered, folder: Path) -> list[Path]:
    paths = []
    for table in answered.released.tables.values():
        out = io.StringIO()
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow([column.name for column in table.columns])
        rows.writerows([[written(row.get(c.name, NOT_APPLICABLE)) for c in table.columns] for row in table.rows])
        paths.append(folder / f"{_stem(answered, table)}.csv")
        replace_text(paths[-1], out.getvalue())
    description = folder / f"{answered.wanted.question}.about.json"
    replace_text(description, json.dumps(about(answered), ensure_ascii=False, indent=2, default=str) + "\n")
    return [*paths, description]


def _parquet(answered: Answered, folder: Path) -> list[Path]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    description = {b"wardwise": json.dumps(about(answered), ensure_ascii=False, default=str).encode()}
    paths = []
    for table in answered.released.tables.values():
        columns: dict[str, Any] = {}
        for column in table.columns:
            columns |= _arrow(table, column)
        held = pa.table(columns).replace_schema_metadata(description)
        path = folder / f"{_stem(answered, table)}.parquet"
        paths.append(replace_with(path, lambda part, held=held: pq.write_table(held, part)))  # type: ignore[misc]
    return paths


def _arrow(table: Table, column: Column) -> Mapping[str, Any]:
    """The column, and one that says why cells are empty where some are."""
    import pyarrow as pa

    cells = [row.get(column.name, NOT_APPLICABLE) for row in table.rows]
    kind = pa.float64() if column.role in NUMERIC else pa.string()
    plain = [None if isinstance(each, Mark) else each if column.role in NUMERIC else str(each) for each in cells]
    marks = [SYMBOLS[each] if isinstance(each, Mark) else "" for each in cells]
    shown = {column.name: pa.array(plain, kind)}
    return shown | {f"{column.name}_mark": pa.array(marks)} if any(marks) else shown


def _xlsx(answered: Answered, folder: Path) -> list[Path]:
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    notes = book.active
    notes.title = "Notes"
    for line in _notes(answered):
        notes.append(line)
    notes.column_dimensions["A"].width, notes.column_dimensions["B"].width = 22, 110
    for table in answered.released.tables.values():
        sheet = book.create_sheet(table.name[:31])
        sheet.append([column.title + (f" ({column.unit})" if column.unit else "") for column in table.columns])
        for row in table.rows:
            sheet.append([written(row.get(c.name, NOT_APPLICABLE)) for c in table.columns])
        for heading in sheet[1]:
            heading.font = Font(bold=True)
        sheet.freeze_panes = "A2"
    path = folder / f"{answered.wanted.question}.xlsx"
    return [replace_with(path, book.save)]


def _notes(answered: Answered) -> list[tuple[str, str]]:
    said = about(answered)
    lines = [
        (name.capitalize(), str(said[name])) for name in ("title", "area", "from", "to", "audience", "made", "method")
    ]
    lines += [("Answer", harmless(sentence)) for sentence in answered.sentences]
    lines += [("Caveat", harmless(caveat)) for caveat in answered.released.caveats]
    lines += [("Source", harmless(source)) for source in answered.released.sources]
    lines += [("Table version", f"{table}: {version}") for table, version in answered.versions.items()]
    return lines + [(f"Symbol {symbol}", meaning) for symbol, meaning in MEANINGS.items()]


def _stem(answered: Answered, table: Table) -> str:
    return f"{answered.wanted.question}.{table.name}"


WRITERS: dict[str, Callable[[Answered, Path], list[Path]]] = {"csv": _csv, "parquet": _parquet, "xlsx": _xlsx}
