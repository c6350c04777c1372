"""A part: what one table in one file gave (a CSV, or a sheet of a workbook), written out but not yet in the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from ..areas import force_slug
from ..store.loads import DataFile
from ..store.supplies import Slot, Supply
from . import kinds
from .declaration import Source
from .mapping import Frame, fold
from .text_files import Line


class Grid(Protocol):
    """Lines of cells, from whatever kind of file."""

    def head(self) -> list[Line]: ...

    def lines(self) -> Iterator[Line]: ...


@dataclass(frozen=True)
class Found:
    """A table that was recognised: its source, the header and its line, and how many lines there are down to the header's end
    (wholly blank ones not counted)."""

    source: Source
    file: str
    sheet: str
    digest: str
    header: tuple[str, ...]
    header_line: int
    above: int
    grid: Grid

    @property
    def name(self) -> str:
        return f"{self.file}, sheet {self.sheet}" if self.sheet else self.file


@dataclass
class Part:
    """rows: lines of the file that are rows. refused: (line, reason) of each quarantined one.

    records: for each supply, how many records were written. lines: for each set of supplies that a line's records belong to,
    how many such lines there are. A line that gives no record at all (every cell of a wide table empty) has the empty set.
    """

    found: Found
    folder: Path
    rows: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    records: dict[Slot, int] = field(default_factory=dict)
    lines: dict[frozenset[Slot], int] = field(default_factory=dict)
    files: tuple[DataFile, ...] = ()
    notes: dict[str, int] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Tells the part from the others of its import."""
        return self.folder.name.rpartition("=")[2]

    def supplies(self) -> list[Supply]:
        """The supplies that were found here, not yet loaded."""
        found = self.found
        return [
            Supply(*slot, found.name, found.digest, count, reading=found.source.reading)
            for slot, count in self.records.items()
        ]

    def by_slot(self) -> dict[Slot, int]:
        """How many records of each supply were written."""
        counts: Counter[Slot] = Counter()
        for file in self.files:
            source, supplier, period = file.partition
            counts[source, supplier, period] += file.rows
        return dict(counts)


def frame(found: Found, month: str) -> Frame:
    """What the mapping needs to know of the file. Suppliers named near the top are worked out here, once."""
    columns: dict[str, str] = {}
    for index, heading in enumerate(found.header):
        columns.setdefault(fold(heading), f"c{index}")
    return Frame(columns, found.file.replace("\\", "/").rpartition("/")[2], month, _suppliers(found), found.sheet)


def _suppliers(found: Found) -> dict[str, str]:
    origin = found.source.supplier
    places = [i for i, heading in enumerate(found.header) if fold(heading) in {fold(each) for each in origin.columns}]
    if not places or origin.words:
        return {}
    worked_out = force_slug if origin.kind == "force" else kinds.slug
    rows = found.grid.head()[found.above :]
    names = {row.cells[places[0]].strip() for row in rows if row.cells and len(row.cells) > places[0]}
    return {name: worked_out(name) for name in sorted(names) if name}
