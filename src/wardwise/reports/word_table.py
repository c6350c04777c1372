"""A table in Word: header row repeated on every page, no row split, numbers set right, caption kept with it."""

from __future__ import annotations

from typing import Any

from .document import TableBlock
from .widths import layout
from .word_parts import keep_whole, repeat_header, xml
from .word_styles import SMALL, SOURCE, TABLE, TABLE_TEXT

_WHOLE, _TALL = 15, 19  # rows, and lines of type about, up to which a table stays on one page
_EDGE = 3  # rows of a longer one, its header among them, that stay together at its top; as many at its foot


def add(file: Any, block: TableBlock, width: int) -> Any:
    """Append the table and the lines under it. width: of the text, in EMU. Gives the table."""
    table = file.add_table(rows=1, cols=len(block.header), style=TABLE)
    _prepare(table, block)
    laid = layout(block)
    widths = [int(width * share) for share in laid.shares]
    # The id, looked up once: python-docx searches all styles for each name, which took most of the time of a long table.
    style = file.styles[SMALL if laid.size < 10 else TABLE_TEXT].style_id
    for cell, head in zip(table.rows[0].cells, block.header, strict=True):
        _fill(cell, f"{head.title} ({head.unit})" if head.unit else head.title, style, numeric=head.numeric, bold=True)
    for i, row in enumerate(block.rows):
        cells = table.add_row().cells
        for cell, text, head in zip(cells, row, block.header, strict=True):
            _fill(cell, text, style, numeric=head.numeric, bold=i in block.total_rows)
    repeat_header(table.rows[0])
    lines = [text for text in (*block.notes, block.source) if text]
    _finish(table, widths, together=_short(block), lines_below=bool(lines))
    for place, text in enumerate(lines):
        under = file.add_paragraph(text, style=SOURCE)
        under.paragraph_format.keep_with_next = place < len(lines) - 1
    return table


def _short(block: TableBlock) -> bool:
    lines = sum(1 + max(map(len, row), default=0) // 45 for row in block.rows)
    return len(block.rows) <= _WHOLE and lines < _TALL


def _prepare(table: Any, block: TableBlock) -> None:
    table.autofit = False
    look = xml("tblLook", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0", noHBand="1", noVBand="1")
    properties = table._tbl.tblPr
    for old in properties.findall(look.tag):
        properties.remove(old)
    properties.append(look)
    properties.append(xml("tblCaption", val=block.caption[:250]))


def _fill(cell: Any, text: str, style: str, *, numeric: bool, bold: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = cell.paragraphs[0]
    paragraph._p.style = style
    if numeric:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(text)
    run.bold = True if bold else None


def _finish(table: Any, widths: list[int], *, together: bool, lines_below: bool) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as VERTICAL

    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    rows = list(table.rows)
    for place, row in enumerate(rows):
        keep_whole(row)
        last = place == len(rows) - 1
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
            cell.vertical_alignment = VERTICAL.BOTTOM if place == 0 else None
            if lines_below if last else (together or place < _EDGE or place >= len(rows) - _EDGE):
                cell.paragraphs[0].paragraph_format.keep_with_next = True
