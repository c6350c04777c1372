"""Files that people hand in: which kinds, how large, and whether a file is what its name says."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

MB = 1_000_000

KINDS = {
    "pdf": ("PDF", "application/pdf"),
    "docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pptx": ("PowerPoint", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    "csv": ("CSV", "text/csv"),
    "png": ("PNG", "image/png"),
    "jpg": ("JPEG", "image/jpeg"),
}
"""Ending → what people call it, and the type it is served as. Nothing here can run in a browser; macros have other endings."""

BEGINS = {"pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}
HOLDS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
"""The part every file of the kind has within it (ECMA-376, part 2: a package of parts in a zip)."""


class UploadField(forms.FileField):
    """One file of a named kind. The clean file has `kind` (its ending), `content_type` as we serve it, and a plain name."""

    def __init__(
        self, *, kinds: Sequence[str] = ("pdf", "docx", "xlsx", "pptx"), most: int = 20 * MB, **more: Any
    ) -> None:
        self.kinds, self.most = tuple(kinds), most
        more.setdefault("help_text", f"{self.named()} file, up to {most // MB}MB")
        super().__init__(**more)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"accept": ",".join(f".{kind}" for kind in self.kinds)}

    def named(self) -> str:
        names = [KINDS[kind][0] for kind in self.kinds]
        return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]

    def to_python(self, data: Any) -> Any:
        if isinstance(data, UploadedFile) and data.size == 0:
            raise ValidationError("The file is empty")
        given = super().to_python(data)
        if given is None:
            return None
        kind = PurePosixPath(given.name).suffix.lower().lstrip(".").replace("jpeg", "jpg")
        if kind not in self.kinds:
            raise ValidationError(f"The file must be a {self.named()} file")
        if given.size > self.most:
            raise ValidationError(f"The file must be {self.most // MB}MB or smaller")
        if not _is(kind, given):
            raise ValidationError("The file is not what its name says. Open it, save it again and hand in the new copy")
        given.kind, given.content_type, given.name = kind, KINDS[kind][1], plain_name(given.name)
        return given


def plain_name(name: str) -> str:
    """A file's name without folders, control characters or anything a system takes for a command."""
    bare = re.sub(r"[^\w .()&,'’–-]", "_", name.replace("\\", "/").rpartition("/")[2])
    return bare.strip(" .")[-120:] or "file"


def _is(kind: str, given: UploadedFile) -> bool:
    given.seek(0)
    start = given.read(4096)
    given.seek(0)
    if kind in BEGINS:
        return bool(start.startswith(BEGINS[kind]))
    if kind in HOLDS:
        return _holds(given, HOLDS[kind])
    return b"\x00" not in start


def _holds(given: UploadedFile, part: str) -> bool:
    """Whether an office file has its main part, and no macros."""
    try:
        with zipfile.ZipFile(given) as parts:
            names = set(parts.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    finally:
        given.seek(0)
    return part in names and not any(name.endswith("vbaProject.bin") for name in names)
