"""Makes a plain file of a text file that DuckDB will not read as it is: odd encoding, line ends, quotes, titles above the header, broken rows.

Rows with the wrong shape are left out and told with their line; for the others it stays known which line each came from.
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import Path

from .parts import Part
from .text_files import TextFile, misshapen

_BUFFER = 1 << 20


@dataclass
class Mended:
    """grid: the plain file. rows: all rows of the original; refused: those left out, (line, reason).

    starts: (row, line) wherever the kept rows cease to be one a line: row counts kept ones from 0, line is the original's.
    """

    grid: TextFile
    rows: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    starts: list[tuple[int, int]] = field(default_factory=list)

    @property
    def kept(self) -> int:
        return self.rows - len(self.refused)

    def line(self, row: int) -> int:
        """The original's line of a kept row."""
        first, line = self.starts[bisect_right(self.starts, (row, 1 << 62)) - 1]
        return line + row - first

    def keep(self, line: int) -> None:
        """Note that the next kept row came from `line`."""
        if not self.starts or self.line(self.kept) != line:
            self.starts.append((self.kept, line))
        self.rows += 1

    def refuse(self, line: int, reason: str) -> None:
        self.rows += 1
        self.refused.append((line, reason))


def mend(part: Part, target: Path) -> Mended:
    """Write the rows of the part's text file to `target` as UTF-8 with commas and line feeds."""
    grid, width = part.found.grid, len(part.found.header)
    assert isinstance(grid, TextFile)
    mended = Mended(TextFile(target, "utf-8", grid.delimiter, True))
    plain = width - 1
    with target.open("w", encoding="utf-8", newline="", buffering=_BUFFER) as file:
        file.write(grid.delimiter.join(f"c{index}" for index in range(width)) + "\n")
        for number, piece in enumerate(grid.pieces()):
            if number < part.found.above:
                continue
            if piece.simple and piece.text.count(grid.delimiter) == plain and not _blank(piece.text, grid.delimiter):
                mended.keep(piece.number)
                file.write(piece.text.rstrip("\r\n") + "\n")
                continue
            line = piece.line(grid.delimiter)
            if reason := misshapen(line, width):
                mended.refuse(piece.number, reason)
            else:
                mended.keep(piece.number)
                file.write(_written((line.cells or [])[:width], grid.delimiter))
    return mended


def _blank(text: str, delimiter: str) -> bool:
    return not text.strip(delimiter + " \r\n")


def _written(cells: list[str], delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerow(cells)
    return out.getvalue()
