"""Says plainly what a full or failing disk means, whichever library met it."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..records.errors import WardwiseError
from ..store import loads

_FULL = ("no space left", "disk is full", "file too large", "not enough space", "disk quota")


@contextmanager
def plainly(folder: Path) -> Iterator[None]:
    """Turn errors of the disk, and of the libraries that write to it, into a WardwiseError."""
    import duckdb
    from deltalake.exceptions import DeltaError

    try:
        yield
    except (OSError, duckdb.Error, DeltaError) as error:
        if loads.pending(folder) is not None:
            raise WardwiseError(
                "The import was stopped while it was being finished. Readers still see the store as it was.",
                where=str(folder),
                next_step="Make sure that the disk has room. The next import finishes this one first.",
            ) from error
        full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        if full or any(words in str(error).casefold() for words in _FULL):
            raise WardwiseError(
                "The disk is full. The store is as it was.",
                where=str(folder),
                next_step="Make room on the disk, then import again.",
            ) from error
        if isinstance(error, PermissionError):
            raise WardwiseError(
                "A file may not be read or written.",
                where=str(error.filename or folder),
                next_step="Close it where it is open, or ask for access.",
            ) from error
        raise WardwiseError(
            "The import stopped, and the store is as it was.",
            where=str(folder),
            next_step=f"Run: wardwise store verify. If it finds nothing, report this with the message: {type(error).__name__}.",
        ) from error
