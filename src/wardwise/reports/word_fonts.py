"""The report's own type inside a Word file, so that a page reads alike on a computer where the type is not installed.

Source Sans Pro may be embedded (SIL Open Font License 1.1). Its files go in whole, so that an officer can type any letter.
"""

from __future__ import annotations

import uuid
from typing import Any

from wardwise.charts.theme import FONT, fonts

from .word_parts import xml

_FACES = (("embedRegular", "SourceSansPro-Regular.ttf"), ("embedBold", "SourceSansPro-Bold.ttf"))
_KIND = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_COVERED = 32  # bytes at the head of the file that are covered by the key (ECMA-376-4, 2016, §2.8.1)


def embed(file: Any) -> None:
    """Put the type into the file. Calibri, as narrow, stands in for it in programs that read no embedded type."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package = file.part.package
    table = next((part for part in package.iter_parts() if str(part.partname) == "/word/fontTable.xml"), None)
    if table is None:
        return
    faces = []
    for number, (element, name) in enumerate(_FACES, 1):
        key = str(uuid.uuid5(uuid.NAMESPACE_URL, name)).upper()
        blob = covered((fonts() / name).read_bytes(), key)
        part = Part(PackURI(f"/word/fonts/font{number}.odttf"), _KIND, blob, package)
        link = table.relate_to(part, _RELATION)
        faces.append(f'<w:{element} r:id="{link}" w:fontKey="{{{key}}}"/>')
    entry = (
        f'<w:font w:name="{FONT}" xmlns:r="{_RELATIONS}"><w:altName w:val="Calibri"/><w:charset w:val="00"/>'
        f'<w:family w:val="swiss"/><w:pitch w:val="variable"/>{"".join(faces)}</w:font>'
    )
    table._blob = table.blob.replace(b"</w:fonts>", entry.encode() + b"</w:fonts>")
    _say_so(file.settings.element)


def covered(blob: bytes, key: str) -> bytes:
    """A type's file with its head covered by the key: the bytes of the GUID, last first, over the first 32 bytes. Done twice, it
    gives the file back."""
    mask = bytes.fromhex(key.replace("-", ""))[::-1] * 2
    return bytes(byte ^ cover for byte, cover in zip(blob[:_COVERED], mask, strict=True)) + blob[_COVERED:]


def _say_so(settings: Any) -> None:
    """The setting that keeps the type in the file when it is saved again; it stands straight after the view and the zoom."""
    before = [
        child for child in settings if child.tag in (xml("view").tag, xml("zoom").tag, xml("writeProtection").tag)
    ]
    settings.insert(len(before), xml("embedTrueTypeFonts"))
