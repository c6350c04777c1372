"""Files that appear whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A place to write; its bytes are on the disk, and it is moved to `path`, when the body ends well. It is removed when the
    body does not, so that `path` holds the old content or the new, whatever happens meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield part
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def remains(path: Path) -> list[Path]:
    """What killed writers of `path` left beside it."""
    return sorted(path.parent.glob(f".{path.name}.*.part"))
