"""One writer at a time. The operating system holds the lock and lets it go when the process ends, so it cannot go stale."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ..records.errors import WardwiseError


@contextmanager
def writing(folder: Path, *, wait: float = 600.0) -> Iterator[None]:
    """Hold the store's lock. Raises WardwiseError when another import holds it for longer than `wait` seconds."""
    with (folder / ".lock").open("a+b") as file:
        deadline = time.monotonic() + wait
        while not _take(file):
            if time.monotonic() >= deadline:
                raise WardwiseError(
                    "Another import is writing to this store.",
                    where=str(folder),
                    next_step="Wait until it has finished, then run this again. Nothing was changed.",
                )
            time.sleep(0.05)
        try:
            yield
        finally:
            _release(file)


def _take(file: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _release(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_UN)
