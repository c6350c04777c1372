"""Excel and OpenDocument workbooks: the values of each sheet as text, formulas as the values that were saved with them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from ..records.errors import WardwiseError
from .archives import check
from .text_files import HEAD, Line

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")


@dataclass(frozen=True)
class Sheet:
    """One sheet. Rows that are wholly blank are left out; numbers are those that the workbook shows at its edge."""

    name: str
    rows: tuple[Line, ...]

    def lines(self) -> Iterator[Line]:
        return iter(self.rows)

    def head(self) -> list[Line]:
        return list(self.rows[:HEAD])


def opened(path: Path, name: str) -> list[Sheet]:
    """The sheets of a workbook. Raises WardwiseError when it is locked, damaged or unsafe to open."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            check(archive, name)
            _check_formulas(archive, name)
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        return [_sheet(workbook.get_sheet_by_name(each), each) for each in workbook.sheet_names]
    except PasswordError as error:
        raise WardwiseError(
            "This workbook is locked with a password.",
            where=name,
            next_step="Open it in Excel, save a copy without a password, and import that.",
        ) from error
    except (CalamineError, zipfile.BadZipFile) as error:
        raise WardwiseError(
            "This workbook cannot be read.",
            where=name,
            next_step="Open it in Excel and save it again as .xlsx or CSV.",
        ) from error


_UNCALCULATED = re.compile(rb"<c\b[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
"""A cell with a formula and no value: it was written by a program that does not calculate (ECMA-376, part 1, 18.3.1.4)."""


def _check_formulas(archive: zipfile.ZipFile, name: str) -> None:
    """Raises WardwiseError when a formula has no value saved with it: its cell would be taken for an empty one."""
    for member in archive.namelist():
        if re.fullmatch(r"xl/worksheets/[^/]+\.xml", member) and _UNCALCULATED.search(archive.read(member)):
            raise WardwiseError(
                "This workbook has formulas whose values were never worked out.",
                where=name,
                next_step="Open it in Excel, save it, and import it again.",
            )


def _sheet(sheet: object, name: str) -> Sheet:
    rows = sheet.to_python(skip_empty_area=False)  # type: ignore[attr-defined]
    lines = (Line(number, [_text(value) for value in row]) for number, row in enumerate(rows, start=1))
    return Sheet(name, tuple(line for line in lines if line.cells and any(cell.strip() for cell in line.cells)))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return "" if value is None else str(value)
