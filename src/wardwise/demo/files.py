"""Writing: CSV, a plain workbook and GeoJSON, each the same byte for byte whenever and wherever it is written."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

Text = Sequence[str]


def write_csv(path: Path, header: Text, rows: Iterable[Text], *, mark: bool = False) -> int:
    """Write a CSV with LF line ends and give the number of rows; `mark` begins it with a byte order mark, as ONS does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with path.open("w", encoding="utf-8-sig" if mark else "utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow(row)
            written += 1
    return written


def write_geojson(path: Path, features: Sequence[tuple[Mapping[str, str], list[list[float]]]]) -> int:
    """Write areas, each with its properties and its outline in longitude and latitude; give how many."""
    path.parent.mkdir(parents=True, exist_ok=True)
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    lines = [_feature(properties, ring) for properties, ring in features]
    head = f'{{\n"type": "FeatureCollection",\n"name": {json.dumps(path.stem)},\n"crs": {json.dumps(crs)},\n"features": [\n'
    path.write_text(head + ",\n".join(lines) + "\n]\n}\n", encoding="utf-8", newline="\n")
    return len(lines)


def _feature(properties: Mapping[str, str], ring: list[list[float]]) -> str:
    shape: dict[str, Any] = {"type": "MultiPolygon", "coordinates": [[ring]]}
    return json.dumps({"type": "Feature", "properties": properties, "geometry": shape}, ensure_ascii=False)


_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
"""The parts of a workbook besides its sheet: Office Open XML, ECMA-376 part 1."""


def write_workbook(path: Path, sheet: str, header: Text, rows: Iterable[Text]) -> int:
    """Write one sheet of text cells; give the number of rows below the header. Stored without compression, undated."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [_line(1, header)]
    for row in rows:
        lines.append(_line(len(lines) + 1, row))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        **_PARTS,
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relationships}"><sheets><sheet name="{escape(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{"".join(lines)}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3  # otherwise it differs between Windows and the rest
            archive.writestr(entry, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text)
    return len(lines) - 1


def _line(number: int, row: Text) -> str:
    cells = [
        f'<c r="{_letters(place)}{number}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
        for place, text in enumerate(row)
        if text
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def _letters(place: int) -> str:
    first, last = divmod(place, 26)
    return (chr(64 + first) if first else "") + chr(65 + last)
