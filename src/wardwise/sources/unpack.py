"""Gives out an input's bytes as a plain file, fingerprinted and scanned on the way."""

from __future__ import annotations

import gzip
import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ..records.errors import WardwiseError
from .archives import BOMB_RATIO, BOMB_SIZE
from .inputs import Input

_CHUNK = 1 << 20


@dataclass
class Scan:
    """What one pass over the bytes tells. lines: line feeds, and one more where the last line has none."""

    size: int = 0
    lines: int = 0
    returns: int = 0
    nulls: int = 0
    digest: str = ""


def unpacked(given: Input, target: Path) -> tuple[Path, Scan]:
    """The file to read and its scan. A file in an archive is unpacked to `target`; a plain one is read where it is.

    Raises WardwiseError when the archive is damaged, locked, or unpacks to far more than it says.
    """
    try:
        with _opened(given) as (source, packed):
            if packed is None:
                return given.path, _scan(source, None, given, None)
            with target.open("wb") as copy:
                return target, _scan(source, copy, given, packed)
    except (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile, NotImplementedError) as error:
        raise WardwiseError(
            "This compressed file is damaged or incomplete.", where=given.name, next_step="Download it again."
        ) from error


@contextmanager
def _opened(given: Input) -> Iterator[tuple[IO[bytes], int | None]]:
    """The bytes, and their packed size when they are packed."""
    zipped = given.name.casefold().endswith(".gz")
    if given.archive is not None and given.member is not None:
        with given.archive.open(given.member) as inside:
            if zipped:
                with gzip.open(inside) as file:
                    yield file, given.size  # type: ignore[misc]
            else:
                yield inside, max(given.archive.getinfo(given.member).compress_size, given.size // BOMB_RATIO)
    elif zipped:
        with gzip.open(given.path) as file:
            yield file, given.size  # type: ignore[misc]
    else:
        with given.path.open("rb") as plain:
            yield plain, None


def _scan(source: IO[bytes], copy: IO[bytes] | None, given: Input, packed: int | None) -> Scan:
    scan, digest, last = Scan(), hashlib.sha256(), b""
    while chunk := source.read(_CHUNK):
        scan.size += len(chunk)
        if packed is not None and scan.size > BOMB_SIZE and scan.size > BOMB_RATIO * max(packed, 1):
            raise WardwiseError(
                "This file unpacks to far more than real files do, so it was not read.",
                where=given.name,
                next_step="If you trust it, unpack it yourself and import the files.",
            )
        digest.update(chunk)
        scan.lines += chunk.count(b"\n")
        scan.returns += chunk.count(b"\r")
        scan.nulls += chunk.count(b"\0")
        last = chunk[-1:]
        if copy is not None:
            copy.write(chunk)
    scan.lines += bool(last and last != b"\n")
    scan.digest = digest.hexdigest()
    return scan
