"""One download that survives a bad line: it carries on where it stopped, waits when it is told to, and is checked when it is whole."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..records.errors import WardwiseError
from .fetch_checks import whole

if TYPE_CHECKING:
    import httpx

_BUSY = (429, 500, 502, 503, 504)
_GONE = {401: "asks for a password", 403: "refuses it", 404: "has no such file", 410: "has it no longer"}


@dataclass(frozen=True)
class Patience:
    """tries: how often in a row without a byte gained. first_wait: seconds before the second try, doubled each time.
    longest_wait: seconds; a server that asks for more is told to the user instead. stall: seconds without a byte."""

    tries: int = 5
    first_wait: float = 1.0
    longest_wait: float = 120.0
    stall: float = 30.0
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True)
class Whole:
    """A file that is here and has been checked."""

    path: Path
    bytes: int
    sha256: str
    fetched: int


class _TryAgainError(Exception):
    """Worth another try. wait: seconds that the server asked for."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        self.why, self.wait = why, wait
        super().__init__(why)


def download(
    address: str, target: Path, patience: Patience, tell: Callable[[str, int, int], None], *, members: bool = True
) -> Whole:
    """Fetch `address` into `target`, carrying on with the part that is here where the server allows and has not changed the file.

    members: whether all that is in an archive is tested. Raises WardwiseError when the file cannot be had.
    """
    import httpx

    kept = _kept(address, target)
    if kept is not None:
        tell(target.name, kept.bytes, kept.bytes)
        return kept
    part = Part(address, target)
    before, failed = part.size, 0
    timeout = httpx.Timeout(patience.stall)
    with httpx.Client(timeout=timeout, follow_redirects=True, headers={"Accept-Encoding": "identity"}) as client:
        while True:
            size = part.size
            try:
                _try(client, part, tell)
                break
            except (_TryAgainError, httpx.TransportError) as error:
                failed = 1 if part.size > size else failed + 1
                asked = error.wait if isinstance(error, _TryAgainError) else None
                wait = patience.first_wait * 2 ** (failed - 1) if asked is None else asked
                if failed >= patience.tries or wait > patience.longest_wait:
                    raise _gave_up(address, error, part, wait) from error
                patience.sleep(wait)
    return _finish(part, before, members)


class Part:
    """What has arrived of a file, and what it is a part of. Its name begins with a dot, so that an import passes over it."""

    def __init__(self, address: str, target: Path) -> None:
        self.address, self.target = address, target
        self.path = target.with_name(f".{target.name}.part")
        self.note = target.with_name(f".{target.name}.part.json")
        known = _read(self.note)
        self.validator = str(known.get("validator", "")) if known.get("address") == address else ""
        self.total: int | None = None
        if self.path.exists() and not self.validator:
            self.path.unlink()

    @property
    def size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    def begin(self, validator: str, total: int | None) -> None:
        """Note what the server says the file is, before its first byte is written."""
        self.validator, self.total = validator, total
        self.note.write_text(json.dumps({"address": self.address, "validator": validator}), encoding="utf-8")

    def drop(self) -> None:
        self.path.unlink(missing_ok=True)
        self.note.unlink(missing_ok=True)
        self.validator = ""


def _try(client: httpx.Client, part: Part, tell: Callable[[str, int, int], None]) -> None:
    have = part.size
    headers = {"Range": f"bytes={have}-", "If-Range": part.validator} if have and part.validator else {}
    with client.stream("GET", part.address, headers=headers) as answer:
        _refuse(answer, part)
        if answer.status_code == 206:
            if _start(answer) != have:
                part.drop()
                raise _TryAgainError("the server sent another part than was asked for")
            mode = "ab"
            part.total = _total(answer)
        else:
            mode, have = "wb", 0
            part.begin(_validator(answer), _length(answer))
        with part.path.open(mode) as file:
            for chunk in answer.iter_bytes():  # as it comes: what is gathered first is lost when the line breaks
                file.write(chunk)
                have += len(chunk)
                tell(part.target.name, have, part.total or 0)
    if part.total is not None and have < part.total:
        raise _TryAgainError(f"only {have:,} of {part.total:,} bytes came")


def _refuse(answer: httpx.Response, part: Part) -> None:
    status = answer.status_code
    if status in (200, 206):
        return
    if status == 416:
        part.drop()
        raise _TryAgainError("the part that was here did not fit the file", 0)
    if status in _BUSY:
        raise _TryAgainError("too many requests" if status == 429 else f"the server failed ({status})", _asked(answer))
    why = _GONE.get(status, f"answers {status}")
    raise WardwiseError(
        f"The file could not be fetched: the server {why}.",
        where=part.address,
        next_step="It may not be published yet, or may have moved. See docs/how-to/find-official-files.md to fetch it by hand.",
    )


def _asked(answer: httpx.Response) -> float | None:
    """Seconds that Retry-After asks for: a number, or a moment."""
    text = answer.headers.get("retry-after", "")
    if text.isdigit():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None


def _validator(answer: httpx.Response) -> str:
    """What If-Range may compare: a strong entity tag, or the time of the last change."""
    tag = answer.headers.get("etag", "")
    return tag if tag and not tag.startswith("W/") else str(answer.headers.get("last-modified", ""))


def _length(answer: httpx.Response) -> int | None:
    """Bytes of the file, where the server says and does not pack it for the way."""
    length = answer.headers.get("content-length", "")
    packed = answer.headers.get("content-encoding", "identity") != "identity"
    return int(length) if length.isdigit() and not packed else None


def _start(answer: httpx.Response) -> int:
    text = answer.headers.get("content-range", "").removeprefix("bytes ").partition("-")[0]
    return int(text) if text.isdigit() else -1


def _total(answer: httpx.Response) -> int | None:
    text = answer.headers.get("content-range", "").rpartition("/")[2]
    return int(text) if text.isdigit() else None


def _gave_up(address: str, error: Exception, part: Part, wait: float) -> WardwiseError:
    import httpx

    stalled = isinstance(error, httpx.TimeoutException)
    why = "nothing came for too long" if stalled else getattr(error, "why", "the connection broke")
    later = (
        f" The server asks to wait {wait / 60:.0f} minutes." if isinstance(error, _TryAgainError) and wait > 120 else ""
    )
    kept = (
        f" The {part.size:,} bytes that came are kept, and fetching again carries on from there." if part.size else ""
    )
    return WardwiseError(
        f"The file could not be fetched: {why}.", where=address, next_step=f"Try again later.{later}{kept}"
    )


def _finish(part: Part, before: int, members: bool) -> Whole:
    problem = whole(part.path, part.target.name, members=members)
    size = part.size
    if problem:
        part.drop()
        raise WardwiseError(
            f"What came is not the file: {problem}.",
            where=part.address,
            next_step="Try again; if it comes again, the address may have changed.",
        )
    digest = _digest(part.path)
    part.path.replace(part.target)
    part.note.unlink(missing_ok=True)
    record = {
        "address": part.address,
        "bytes": size,
        "sha256": digest,
        "fetched": f"{datetime.now(UTC):%Y-%m-%d %H:%M}",
    }
    _record(part.target).write_text(json.dumps(record, indent=1), encoding="utf-8")
    return Whole(part.target, size, digest, max(0, size - before))


def _kept(address: str, target: Path) -> Whole | None:
    """The file, when it is here whole: fetched from the same address, and of the bytes that were recorded."""
    known = _read(_record(target))
    if not target.is_file() or known.get("address") != address or known.get("bytes") != target.stat().st_size:
        return None
    if _digest(target) != known.get("sha256"):
        return None
    return Whole(target, target.stat().st_size, str(known["sha256"]), 0)


def _record(target: Path) -> Path:
    return target.with_name(f".{target.name}.fetched.json")


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
