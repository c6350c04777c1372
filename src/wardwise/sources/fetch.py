"""Downloads published files from their official addresses. The only part of Wardwise that uses the internet, and only when asked."""

from __future__ import annotations

import errno
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from ..records.errors import WardwiseError
from .fetch_archives import already, kept_files, remember
from .fetch_http import Patience, download
from .fetch_plan import Feed, Options, Wanted, feed, wanted

ARCHIVES = ".archives"
"""The folder that whole archives are put in; an import passes over it."""

Progress = Callable[[str, int, int], None]
"""Called with a file's name, the bytes of it that are here, and the bytes there are (0 when that is not said)."""

Addresses = Mapping[str, str]
"""Another start of an address for a feed, by its name; “*” stands for all."""


@dataclass(frozen=True)
class Got:
    """One file that is now here. bytes and sha256: of the file. fetched: how many bytes came over the network this time; 0 when
    it was here already, or was taken from an archive."""

    path: Path
    address: str
    bytes: int
    sha256: str
    fetched: int


@dataclass(frozen=True)
class Fetched:
    """files: ready to import. lacking: what was asked for and is not published, in words."""

    feed: Feed
    files: tuple[Got, ...]
    lacking: tuple[str, ...] = ()


def fetch(
    what: str,
    options: Options,
    folder: Path,
    addresses: Addresses | None = None,
    progress: Progress | None = None,
    *,
    patience: Patience | None = None,
    own: Path | None = None,
    keep_archives: bool = False,
) -> Fetched:
    """Download the files of one feed into `folder`. What is already there whole is not fetched again; what is there in part is
    carried on with.

    addresses: other places to fetch from, for a mirror or a test. Raises WardwiseError, in plain words, when a file does not
    exist, the server keeps failing, or what arrives is not what was asked for; files that arrived before are kept.
    """
    tell = progress or (lambda *_: None)
    try:
        return _fetch(feed(what, own), options, folder, addresses or {}, tell, patience or Patience(), keep_archives)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise WardwiseError(
            "The disk is full." if full else "The files could not be written here.",
            where=str(folder),
            next_step="Make room and run the command again: it carries on."
            if full
            else "Name another folder with --out.",
        ) from error


def _fetch(
    chosen: Feed,
    options: Options,
    folder: Path,
    addresses: Addresses,
    tell: Progress,
    patience: Patience,
    keep_archives: bool,
) -> Fetched:
    folder.mkdir(parents=True, exist_ok=True)
    got: list[Got] = []
    lacking: list[str] = []
    for each in wanted(chosen, options):
        at = address(chosen, each, addresses)
        before = already(chosen, each, options, folder) if chosen.keep else None
        if before is None:
            target = (folder / ARCHIVES if chosen.keep else folder) / each.save
            target.parent.mkdir(exist_ok=True)
            whole = download(at, target, patience, tell, members=chosen.keep is None)
            if chosen.keep is None:
                got.append(Got(whole.path, at, whole.bytes, whole.sha256, whole.fetched))
                continue
            before = kept_files(chosen, each, options, whole.path, folder)
            remember(each, options, folder, before)
            if not keep_archives:
                whole.path.unlink()
        got += [Got(path, at, size, digest, 0) for path, size, digest in before.files]
        lacking += before.lacking
    return Fetched(chosen, tuple(got), tuple(lacking))


def address(chosen: Feed, each: Wanted, addresses: Addresses) -> str:
    """Where a file is fetched from: the official address, or the same path and query under another start."""
    official = f"{chosen.address}{each.path}"
    other = addresses.get(chosen.fetch) or addresses.get("*")
    parts = urlsplit(official)
    if other:
        if urlsplit(other).scheme not in ("http", "https"):
            raise WardwiseError(
                "The address to fetch from is not one.", where=other, next_step="Begin it with https:// or http://."
            )
        query = f"?{parts.query}" if parts.query else ""
        return f"{other.rstrip('/')}{parts.path}{query}"
    return official


__all__ = ["Addresses", "Fetched", "Got", "Options", "Patience", "Progress", "address", "fetch"]
