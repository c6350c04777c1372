"""Whether a zip archive is safe to read: not locked, not a bomb, no names that reach outside it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath, PureWindowsPath

from ..records.errors import WardwiseError

MOST_FILES = 50_000
"""data.police.uk's largest archive (three years, all forces) has about 5,000."""
MOST_BYTES = 200 * 2**30
BOMB_RATIO = 200
"""Unpacked size over packed. Real CSVs reach 5 to 20; a bomb about 1,000, the most that deflate can do."""
BOMB_SIZE = 64 * 2**20
"""A small file may be as repetitive as it likes."""

_LOCKED = 0x1
"""Bit 0 of a member's flags: encrypted (PKWARE APPNOTE, 4.4.4)."""


def members(archive: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    """The files in an archive, without folders and the hidden files that systems add."""
    for info in archive.infolist():
        parts = PurePosixPath(info.filename.replace("\\", "/")).parts
        if not info.is_dir() and not any(
            (part.startswith(".") and part != "..") or part == "__MACOSX" for part in parts
        ):
            yield info


def check(archive: zipfile.ZipFile, name: str) -> None:
    """Raises WardwiseError when the archive is locked, reaches outside itself, or unpacks to far more than it should."""
    found = archive.infolist()
    if len(found) > MOST_FILES or sum(info.file_size for info in found) > MOST_BYTES:
        raise _bomb(name)
    for info in found:
        where = f"{name}/{info.filename}"
        if info.flag_bits & _LOCKED:
            raise WardwiseError(
                "This zip archive is locked with a password.",
                where=where,
                next_step="Unlock it with the tool it was made with, and import the files.",
            )
        if _outside(info.filename):
            raise WardwiseError(
                "This zip archive has a file whose name reaches outside the archive.",
                where=name,
                next_step="Do not trust it. Ask the supplier where it came from.",
            )
        if is_bomb(info.file_size, info.compress_size):
            raise _bomb(where)


def is_bomb(size: int, packed: int) -> bool:
    """size, packed: bytes after and before unpacking."""
    return size > BOMB_SIZE and size > BOMB_RATIO * max(packed, 1)


def _outside(name: str) -> bool:
    windows, posix = PureWindowsPath(name), PurePosixPath(name.replace("\\", "/"))
    return ".." in posix.parts or posix.is_absolute() or bool(windows.drive)


def _bomb(where: str) -> WardwiseError:
    return WardwiseError(
        "This archive unpacks to far more than real files do, so it was not opened.",
        where=where,
        next_step="If you trust it, unpack it yourself and import the files.",
    )
