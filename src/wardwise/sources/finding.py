"""Opens an input and finds the tables in it that a declaration describes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from pathlib import Path

from ..records.errors import WardwiseError
from . import geojson, recognise, text_files, workbooks
from .declaration import Source
from .inputs import Input
from .mapping import numbered
from .parts import Found, Grid
from .text_files import Line
from .unpack import Scan


def tables(given: Input, path: Path, scan: Scan, sources: Sequence[Source]) -> tuple[list[Found], list[str]]:
    """The recognised tables of one file, and the names of sheets passed over.

    Raises WardwiseError when nothing in it is recognised, or a recognised table lacks a column.
    """
    sheets = _grids(given, path, scan)
    found, passed, errors = [], [], []
    for sheet, grid in sheets:
        table = _recognised(given, scan, sheet, grid, sources)
        if isinstance(table, Found):
            recognise.check(table.source, table.header, table.name)
            found.append(table)
        else:
            errors.append(table)
            passed.append(f"{given.name}, sheet {sheet}")
    if not found:
        raise (
            errors[0]
            if errors
            else WardwiseError(
                "This workbook has no sheets.", where=given.name, next_step="Ask for it again, or leave it out."
            )
        )
    return found, passed


def _grids(given: Input, path: Path, scan: Scan) -> list[tuple[str, Grid]]:
    if scan.size == 0:
        raise WardwiseError("This file is empty.", where=given.name, next_step="Ask for it again, or leave it out.")
    if given.suffix in workbooks.SUFFIXES:
        return [(sheet.name, sheet) for sheet in workbooks.opened(path, given.name)]
    if given.suffix in geojson.SUFFIXES:
        return [("", sheet) for sheet in geojson.opened(path, given.name)]
    return [("", text_files.opened(path, scan, given.name))]


def _recognised(given: Input, scan: Scan, sheet: str, grid: Grid, sources: Sequence[Source]) -> Found | WardwiseError:
    head = grid.head()
    for line, above, header in _headers(head):
        source = recognise.find(sources, header, given.file, sheet)
        if source is not None:
            digest = f"{scan.digest}#{sheet}" if sheet else scan.digest
            told = numbered(header) if source.numbered else header
            return Found(source, given.name, sheet, digest, told, line, above, grid)
    likeliest = max((line.cells or [] for line in head), key=len, default=[])
    return recognise.unknown(sources, likeliest, given.name)


def _headers(head: Sequence[Line]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """What may be the header: each line near the top, then each two lines together (a merged heading above others)."""
    single = ((line.number, i + 1, tuple(line.cells)) for i, line in enumerate(head) if line.cells)
    double = (
        (upper.number, i + 2, _joined(upper.cells, lower.cells))
        for i, (upper, lower) in enumerate(pairwise(head))
        if upper.cells and lower.cells
    )
    return chain(single, double)


def _joined(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """A merged cell holds its value in its first column only, so that one is carried on to the right."""
    headings, over = [], ""
    for i, below in enumerate(lower):
        over = (upper[i].strip() if i < len(upper) else "") or over
        headings.append(f"{over} {below.strip()}".strip())
    return tuple(headings)
