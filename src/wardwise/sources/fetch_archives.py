"""From a national archive, the files of one force and the months that were asked for; nothing else is kept."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from ..records.errors import WardwiseError
from .fetch_plan import Feed, Options, Wanted


@dataclass(frozen=True)
class Kept:
    """files: path, bytes and SHA-256 of each. lacking: months without a street file, in words."""

    files: tuple[tuple[Path, int, str], ...]
    lacking: tuple[str, ...]


def kept_files(feed: Feed, each: Wanted, options: Options, archive: Path, folder: Path) -> Kept:
    """Take the wanted members out of `archive` into `folder`, in the published folders by month.

    A member's name is made here from the month and the force, never read from the archive, so that it cannot lead outside.
    Raises WardwiseError, and removes the archive, when a member is damaged.
    """
    try:
        return _kept(feed, each, options, archive, folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        archive.unlink()
        raise WardwiseError(
            "The archive that came is damaged.",
            where=each.save,
            next_step="Fetch again; files that were taken from it before are kept.",
        ) from error


def _kept(feed: Feed, each: Wanted, options: Options, archive: Path, folder: Path) -> Kept:
    files, lacking = [], []
    slug, spelt = options.forces
    with zipfile.ZipFile(archive) as held:
        there = set(held.namelist())
        for month in each.months:
            names = [str(feed.keep).format(month=month, force=spelt, kind=kind) for kind in feed.kinds]
            found = [name for name in names if name in there]
            files += [_taken(held, name, folder) for name in found]
            if names[0] not in found:
                lacking.append(f"{slug} has no {feed.kinds[0]} file for {month}")
    return Kept(tuple(files), tuple(lacking))


def already(feed: Feed, each: Wanted, options: Options, folder: Path) -> Kept | None:
    """What was taken from this archive before, when it is all still here as it was; None when the archive is needed."""
    try:
        known = json.loads(_record(each, options, folder).read_text(encoding="utf-8"))
        if not set(each.months) <= set(known["months"]) or known["path"] != each.path:
            return None
        wanted = [entry for entry in known["files"] if entry[0].partition("/")[0] in each.months]
        files = tuple((folder.joinpath(*name.split("/")), size, digest) for name, size, digest in wanted)
        unchanged = all(path.stat().st_size == size and _digest(path) == digest for path, size, digest in files)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    lacking = tuple(words for words in known["lacking"] if words[-7:] in each.months)
    return Kept(files, lacking) if unchanged else None


def remember(each: Wanted, options: Options, folder: Path, kept: Kept) -> None:
    """Note what was taken, so that the archive need not be fetched again."""
    files = [(path.relative_to(folder).as_posix(), size, digest) for path, size, digest in kept.files]
    content = {"path": each.path, "months": each.months, "files": files, "lacking": kept.lacking}
    _record(each, options, folder).write_text(json.dumps(content, indent=1), encoding="utf-8")


def _record(each: Wanted, options: Options, folder: Path) -> Path:
    return folder / f".{each.save}.{options.forces[0]}.json"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _taken(held: zipfile.ZipFile, name: str, folder: Path) -> tuple[Path, int, str]:
    target = folder.joinpath(*name.split("/"))
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    digest, size = hashlib.sha256(), 0
    try:
        with held.open(name) as source, part.open("wb") as file:
            while chunk := source.read(1 << 18):
                file.write(chunk)
                digest.update(chunk)
                size += len(chunk)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    part.replace(target)
    return target, size, digest.hexdigest()
