"""Whether a file that arrived is what its name says: a whole archive, a table, outlines, and not a web page about an error."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

_ZIPPED = (".zip", ".xlsx")


def whole(path: Path, name: str, *, members: bool = True) -> str:
    """What is wrong with the file, in words; empty when nothing is. name: what it will be called.

    members: whether everything in an archive is unpacked to test it. A national archive is not: it holds ten gigabytes, and
    what is taken from it is tested when it is taken.
    """
    if path.stat().st_size == 0:
        return "it is empty"
    if name.casefold().endswith(_ZIPPED):
        return _archive(path, members)
    with path.open("rb") as file:
        start = file.read(2048).lstrip(b"\xef\xbb\xbf \r\n\t")
    if start[:1] == b"<":
        return "it is a web page"
    if name.casefold().endswith(".geojson"):
        return _outlines(path)
    return ""


def _archive(path: Path, members: bool) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            broken = archive.testzip() if members else None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError):
        return "it is not a whole archive"
    return f"{broken} in it is damaged" if broken else ""


def _outlines(path: Path) -> str:
    import json

    try:
        content = json.loads(path.read_bytes())
    except ValueError:
        return "it is cut short"
    if not isinstance(content, dict) or "features" not in content:
        return "it holds no outlines"
    return "" if content["features"] else "it holds no outlines: no area has that name"
