"""Finds the files to import: single files, folders, zip archives and gzip files, each given out as a plain file to read.

Nothing in an archive is written under its own name, and an archive that is locked, damaged or unsafe is refused whole.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from ..records.errors import WardwiseError
from .archives import check, members

_DATA = {".csv", ".tab", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".geojson", ".json", ".gz", ".zip"}


@dataclass(frozen=True)
class Input:
    """One file to read. name: as shown to people. size: bytes once unpacked. member: its name inside the archive at `path`.
    archive: that archive, opened once for all its members."""

    name: str
    path: Path
    size: int
    member: str | None = None
    archive: zipfile.ZipFile | None = field(default=None, compare=False, repr=False)

    @property
    def suffix(self) -> str:
        name = PurePosixPath(self.name.replace("\\", "/")).name.casefold()
        return PurePosixPath(name.removesuffix(".gz")).suffix

    @property
    def file(self) -> str:
        """The last part of the name."""
        return PurePosixPath(self.name.replace("\\", "/")).name


@dataclass
class Listing:
    """Everything found. Close it when the inputs have been read."""

    inputs: list[Input] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    """Files that are clearly not data, such as a README."""
    archives: list[zipfile.ZipFile] = field(default_factory=list)

    def close(self) -> None:
        for archive in self.archives:
            archive.close()

    @property
    def size(self) -> int:
        return sum(each.size for each in self.inputs)


def listed(paths: Iterable[Path], staging: Path) -> Listing:
    """All files under `paths`, in the order given and by name within folders and archives.

    staging: where archives inside archives are unpacked. Raises WardwiseError for a path that does not exist or an archive that
    cannot be read safely.
    """
    listing = Listing()
    for path, name in _named([Path(path) for path in paths]):
        if path.is_dir():
            for each in sorted(_files(path), key=lambda found: found.relative_to(path).as_posix()):
                _add(listing, each, f"{name}/{each.relative_to(path).as_posix()}", staging, named=False)
        elif path.is_file():
            _add(listing, path, name, staging, named=True)
        else:
            raise WardwiseError(
                "There is no such file or folder.", where=str(path), next_step="Check the spelling of the path."
            )
    if not listing.inputs:
        raise WardwiseError(
            "There is nothing here to import.",
            where=", ".join(map(str, paths)),
            next_step="Give CSV, Excel, GeoJSON or zip files, or a folder of them.",
        )
    return listing


def _named(paths: list[Path]) -> Iterator[tuple[Path, str]]:
    """Each path with the end of it that tells it from the others: its own name, with as many folders before it as that takes."""
    whole = [path.resolve() if path.name in ("", "..") else path.absolute() for path in paths]
    distinct, longest = set(whole), max((len(path.parts) for path in whole), default=0)
    tails = [Counter(path.parts[-length:] for path in distinct) for length in range(1, longest + 1)]
    for path, own in zip(paths, whole, strict=True):
        length = next((n for n in range(1, len(own.parts)) if tails[n - 1][own.parts[-n:]] == 1), len(own.parts))
        yield path, "/".join(own.parts[-length:])


def _files(folder: Path) -> Iterator[Path]:
    for each in folder.rglob("*"):
        hidden = any(part.startswith((".", "~$", "__MACOSX")) for part in each.relative_to(folder).parts)
        if each.is_file() and not hidden:
            yield each


def _add(listing: Listing, path: Path, name: str, staging: Path, *, named: bool) -> None:
    """named: given by the user, so it is read whatever it is called."""
    suffix = path.suffix.casefold()
    if suffix == ".zip":
        _add_archive(listing, path, name, staging, depth=1)
    elif named or suffix in _DATA:
        listing.inputs.append(Input(name, path, path.stat().st_size))
    else:
        listing.skipped.append(name)


def _add_archive(listing: Listing, path: Path, name: str, staging: Path, depth: int) -> None:
    try:
        archive = zipfile.ZipFile(path)
        listing.archives.append(archive)
        check(archive, name)
        for info in sorted(members(archive), key=lambda each: each.filename):
            suffix = PurePosixPath(info.filename).suffix.casefold()
            inside = Input(f"{name}/{info.filename}", path, info.file_size, info.filename, archive)
            if suffix == ".zip":
                _add_nested(listing, inside, staging, depth)
            elif suffix in _DATA:
                listing.inputs.append(inside)
            else:
                listing.skipped.append(inside.name)
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise WardwiseError(
            "This zip archive is damaged or incomplete.", where=name, next_step="Download it again."
        ) from error


def _add_nested(listing: Listing, inside: Input, staging: Path, depth: int) -> None:
    from .unpack import unpacked

    if depth >= 3:
        raise WardwiseError(
            "This archive holds archives within archives, too many deep.",
            where=inside.name,
            next_step="Unpack it yourself and import the files.",
        )
    inner = staging / f"nested-{len(listing.archives)}.zip"
    unpacked(inside, inner)
    _add_archive(listing, inner, inside.name, staging, depth + 1)
