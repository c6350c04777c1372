"""The products in a folder, as their manifests list them. Only files that a manifest names, beside it, can be opened."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

MANIFEST = ".manifest.json"
TYPES = {
    ".html": ("Web page", "text/html; charset=utf-8"),
    ".docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".pdf": ("PDF", "application/pdf"),
    ".csv": ("List of figures (CSV)", "text/csv; charset=utf-8"),
}
LARGEST_MANIFEST = 1_000_000
DEEPEST = 3


@dataclass(frozen=True)
class File:
    """One format of a product. address: its path below the products' folder, with slashes. changed: not as it was written."""

    path: Path
    address: str
    kind: str
    size: int
    changed: bool


@dataclass(frozen=True)
class Listed:
    """A product as its manifest describes it. release: what was hidden from the audience and why."""

    title: str
    area: str
    period: str
    audience: str
    made: str
    synthetic: bool
    release: tuple[str, ...]
    files: tuple[File, ...]


def listed(folder: Path) -> tuple[tuple[Listed, ...], tuple[str, ...]]:
    """Every product below `folder`, newest first, and the manifests that cannot be read."""
    found, broken = [], []
    for manifest in _manifests(folder):
        try:
            found.append(_read(manifest, folder.resolve()))
        except (OSError, ValueError, KeyError, TypeError):
            broken.append(manifest.relative_to(folder).as_posix())
    found.sort(key=lambda product: (product.made, product.title, product.audience), reverse=True)
    return tuple(found), tuple(broken)


def find(folder: Path, address: str) -> File | None:
    """The listed file at an address; None for anything that no manifest names."""
    products, _ = listed(folder)
    return next((file for product in products for file in product.files if file.address == address), None)


def _manifests(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        for path in sorted(folder.rglob(f"*{MANIFEST}")):
            if len(path.relative_to(folder).parts) <= DEEPEST and path.is_file():
                yield path


def _read(manifest: Path, root: Path) -> Listed:
    if manifest.stat().st_size > LARGEST_MANIFEST:
        raise ValueError("too large to be a manifest")
    content: dict[str, Any] = json.loads(manifest.read_text(encoding="utf-8"))
    return Listed(
        str(content["title"]),
        str(content.get("area_name") or content["area"]),
        _period(str(content["from"]), str(content["to"])),
        str(content["audience"]),
        str(content.get("made", "")),
        bool(content.get("synthetic", False)),
        tuple(str(line) for line in content.get("release", ())),
        tuple(_files(manifest.parent, content["files"], root)),
    )


def _period(first: str, last: str) -> str:
    from wardwise.records.periods import Period

    return Period(first, last).label()


def _files(folder: Path, named: list[dict[str, str]], root: Path) -> Iterator[File]:
    """The files a manifest names that are there, are of a kind we write, and lie in the manifest's own folder below `root`."""
    for entry in named:
        path = (folder / entry["file"]).resolve()
        if path.parent == folder.resolve() and path.is_relative_to(root) and path.suffix in TYPES and path.is_file():
            state = path.stat()
            changed = _digest(path, state.st_mtime_ns, state.st_size) != entry["sha256"]
            yield File(path, path.relative_to(root).as_posix(), TYPES[path.suffix][0], state.st_size, changed)


@lru_cache(maxsize=256)
def _digest(path: Path, _changed: int, _size: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
