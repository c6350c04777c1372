"""Delimited text: its encoding, line ends and delimiter, and its lines one by one where a file needs care."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ..records.errors import WardwiseError
from .unpack import Scan

HEAD = 30
"""A header is looked for within this many lines, below any title lines."""
_LONGEST_RECORD = 200
"""Lines that one record may run over inside quotes; beyond it the opening quote is taken for a slip."""
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Line:
    """number: of its first line in the file, from 1. cells: None where the line cannot be split. cut: it has no line end."""

    number: int
    cells: list[str] | None
    cut: bool = False


@dataclass(frozen=True)
class Piece:
    """The text of one record, of one line or, inside quotes, several. simple: it has no quotation mark. open: one is not closed."""

    number: int
    text: str
    simple: bool = True
    open: bool = False

    def line(self, delimiter: str) -> Line:
        cut = not self.text.endswith(("\n", "\r"))
        if self.simple:
            return Line(self.number, self.text.rstrip("\r\n").split(delimiter), cut)
        return Line(self.number, None if self.open else _split(self.text, delimiter), cut)


@dataclass(frozen=True)
class TextFile:
    """A text file that can be read. plain: UTF-8 with line feeds, so that DuckDB can read it as it is."""

    path: Path
    encoding: str
    delimiter: str
    plain: bool

    def lines(self) -> Iterator[Line]:
        """Every line that is not wholly blank."""
        return (piece.line(self.delimiter) for piece in self.pieces())

    def pieces(self) -> Iterator[Piece]:
        """The same, not yet split."""
        with self.path.open(encoding=self.encoding, newline="", errors="replace") as file:
            yield from _pieces(file)

    def head(self) -> list[Line]:
        return list(islice(self.lines(), HEAD))


def opened(path: Path, scan: Scan, name: str) -> TextFile:
    """Work out how to read a text file. Raises WardwiseError when it is empty or not text."""
    if scan.size == 0:
        raise WardwiseError("This file is empty.", where=name, next_step="Ask for it again, or leave it out.")
    with path.open("rb") as file:
        start = file.read(65536)
    encoding = _encoding(path, start, scan, name)
    first = next(filter(str.strip, start.decode(encoding, errors="replace").splitlines()), "")
    delimiter = max(",\t;|", key=first.count)
    return TextFile(path, encoding, delimiter, encoding in ("utf-8", "utf-8-sig") and scan.lines > scan.returns / 2)


def _encoding(path: Path, start: bytes, scan: Scan, name: str) -> str:
    for mark, encoding in _BOMS:
        if start.startswith(mark):
            return encoding
    if scan.nulls:
        if scan.nulls < scan.size / 4 or b"\0" not in start[:4]:
            raise WardwiseError(
                "This is not a text file.", where=name, next_step="Give CSV, Excel, GeoJSON or zip files."
            )
        return "utf-16-le" if start[1:2] == b"\0" else "utf-16-be"
    return "utf-8" if _is_utf8(path) else "cp1252"


def _is_utf8(path: Path) -> bool:
    """True also when the very end is cut inside a character."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while chunk := file.read(_CHUNK):
                if not chunk.isascii() or decoder.getstate()[0]:
                    decoder.decode(chunk)
        except UnicodeDecodeError:
            return False
    return True


def misshapen(line: Line, width: int) -> str:
    """Why a line cannot be a row of `width` columns; empty when it can."""
    if line.cells is None:
        return "A quotation mark is opened and not closed"
    if not any(cell.strip() for cell in line.cells):
        return "Every column is empty"
    if len(line.cells) < width or any(cell.strip() for cell in line.cells[width:]):
        cut = ", where the file ends" if line.cut and len(line.cells) < width else ""
        return f"It has {len(line.cells)} columns and the header has {width}{cut}"
    return ""


def _pieces(file: Iterator[str]) -> Iterator[Piece]:
    number = 0
    waiting: list[str] = []
    while True:
        text = waiting.pop(0) if waiting else next(file, None)
        if text is None:
            return
        number += 1
        if '"' not in text:
            if text.strip(" \r\n\f\v"):
                yield Piece(number, text)
            continue
        run = [text]
        while sum(part.count('"') for part in run) % 2 and len(run) < _LONGEST_RECORD:
            more = waiting.pop(0) if waiting else next(file, None)
            if more is None:
                break
            run.append(more)
        whole = "".join(run)
        if _split(whole, ",") is None:
            waiting[:0] = run[1:]
            yield Piece(number, text, simple=False, open=True)
        else:
            yield Piece(number, whole, simple=False)
            number += len(run) - 1


def _split(text: str, delimiter: str) -> list[str] | None:
    """The cells of one record; None when a quote is left open."""
    if text.count('"') % 2:
        return None
    try:
        rows = list(csv.reader([text], delimiter=delimiter))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None
