"""A load: everything one import changes, written down before it is done so that a kill cannot leave half of it.

`pending.json` in the store's folder is the moment of decision. While it is there, readers see the versions from before the load;
the next writer finishes it. When every table has its commit, the file moves to `loads/`, and readers see the new versions.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .supplies import Supply
from .whole import whole

PENDING = "pending.json"
FINISHED = "loads"


@dataclass(frozen=True)
class DataFile:
    """One Parquet file of a table. path: relative to the table's folder, with forward slashes. size: bytes."""

    path: str
    size: int
    rows: int
    partition: tuple[str, ...]


@dataclass(frozen=True)
class Staged:
    """A written file that is not yet in the store: its path is relative to `folder`."""

    folder: Path
    file: DataFile


@dataclass(frozen=True)
class Change:
    """What one load does to one table. base: the version it starts from, −1 where the table is new."""

    table: str
    base: int
    adds: tuple[DataFile, ...]
    removes: tuple[DataFile, ...]
    supplies: tuple[Supply, ...]


@dataclass(frozen=True)
class Load:
    """id sorts by time. at: when it was decided, ISO in UTC. report: what the import said, kept with it."""

    id: str
    at: str
    changes: tuple[Change, ...]
    report: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Load:
        changes = tuple(
            Change(
                change["table"],
                change["base"],
                tuple(_file(f) for f in change["adds"]),
                tuple(_file(f) for f in change["removes"]),
                tuple(Supply.from_json(s) for s in change["supplies"]),
            )
            for change in content["changes"]
        )
        return cls(content["id"], content["at"], changes, content.get("report", {}))


def _file(content: Mapping[str, Any]) -> DataFile:
    return DataFile(content["path"], content["size"], content["rows"], tuple(content["partition"]))


def new_id(at: datetime) -> str:
    """For example 20261121T003012-5f2c9a: the time in UTC and six random characters."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write so that `path` holds the old content or the new, whole, whatever happens meanwhile."""
    with whole(path) as part:
        part.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def pending(folder: Path) -> Load | None:
    """The load that was decided and not finished, if there is one."""
    try:
        return Load.from_json(json.loads((folder / PENDING).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def quarantine_path(folder: Path, load: str) -> Path:
    """Where a load's quarantined rows are listed: file, line, reason. To be believed only once the load is finished."""
    return folder / FINISHED / f"{load}.quarantine.parquet"


def finish(folder: Path, load: Load) -> None:
    """Move the finished load to its place. From here on readers see it."""
    (folder / FINISHED).mkdir(exist_ok=True)
    (folder / PENDING).replace(folder / FINISHED / f"{load.id}.json")
