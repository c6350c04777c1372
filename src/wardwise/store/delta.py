"""One Delta table in the store: its versions, the files and supplies of a version, and the one atomic commit of a change.

Data files are written by DuckDB straight into the table's folder; only the log goes through `deltalake`. The clean-up of old
log entries is switched off and nothing is ever vacuumed, or “as of” would stop working.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ..records.columns import Table
from .loads import Change, DataFile
from .supplies import Supply

_CONFIGURATION = {"delta.enableExpiredLogCleanup": "false", "delta.logRetentionDuration": "interval 36500 days"}
_OURS = "wardwise"
"""Our key in each commit's metadata: the load's id, its time and the supplies it brought."""


@dataclass(frozen=True)
class Commit:
    """One version of one table and what it says about itself. at: when its load was decided."""

    version: int
    at: datetime
    load: str
    supplies: tuple[Supply, ...]


def exists(folder: Path) -> bool:
    return any((folder / "_delta_log").glob("*.json"))


def version(folder: Path) -> int:
    """The newest version, or −1 when there is no table."""
    if not exists(folder):
        return -1
    return int(_open(folder).version())


def commits(folder: Path) -> tuple[Commit, ...]:
    """Every version from the first to the newest. A commit that is not ours has no supplies."""
    if not exists(folder):
        return ()
    return tuple(sorted(map(_commit, _open(folder).history()), key=lambda commit: commit.version))


def files(folder: Path, at_version: int, table: Table) -> tuple[DataFile, ...]:
    """The data files of one version, with the size and row count that were committed."""
    if at_version < 0:
        return ()
    import pyarrow as pa

    actions = pa.table(_open(folder, at_version).get_add_actions(flatten=True)).to_pylist()
    return tuple(sorted((_data_file(action, table) for action in actions), key=lambda file: file.path))


def apply(folder: Path, table: Table, change: Change, load: str, at: str) -> None:
    """Commit `change` as the version after its base. Doing it again after it was done changes nothing."""
    if version(folder) > change.base:
        return
    from deltalake import Schema
    from deltalake.transaction import CommitProperties, create_table_with_add_actions

    metadata = {_OURS: {"load": load, "at": at, "supplies": [supply.as_json() for supply in change.supplies]}}
    properties = CommitProperties(custom_metadata=metadata, max_commit_retries=0)
    schema = Schema.from_arrow(table.schema())
    if change.base < 0:
        folder.mkdir(parents=True, exist_ok=True)
        create_table_with_add_actions(
            str(folder),
            schema,
            list(_adds(folder, change, table)),
            mode="error",
            partition_by=list(table.supply),
            configuration=_CONFIGURATION,
            commit_properties=properties,
        )
        return
    actions = [*_adds(folder, change, table), *_removes(change, table)]
    try:
        _open(folder).create_write_transaction(
            actions, mode="append", schema=schema, partition_by=list(table.supply), commit_properties=properties
        )
    except Exception:
        if version(folder) == change.base:
            raise
        # the commit is there; only the checkpoint that speeds up reading was not written


def schema(folder: Path, at_version: int) -> Any:
    """The Arrow schema that one version declares."""
    import pyarrow as pa

    return pa.schema(_open(folder, at_version).schema().to_arrow())


def _open(folder: Path, at_version: int | None = None) -> Any:
    from deltalake import DeltaTable

    return DeltaTable(str(folder), version=at_version)


def _commit(entry: dict[str, Any]) -> Commit:
    ours = entry.get(_OURS) or {}
    written = datetime.fromtimestamp(entry["timestamp"] / 1000).astimezone()
    at = datetime.fromisoformat(ours["at"]) if "at" in ours else written
    return Commit(entry["version"], at, ours.get("load", ""), tuple(map(Supply.from_json, ours.get("supplies", ()))))


def _data_file(action: dict[str, Any], table: Table) -> DataFile:
    partition = tuple(str(action[f"partition.{name}"]) for name in table.supply)
    return DataFile(action["path"], action["size_bytes"], action["num_records"] or 0, partition)


def _adds(folder: Path, change: Change, table: Table) -> Iterator[Any]:
    from deltalake.transaction import AddAction

    for file in change.adds:
        modified = int((folder / file.path).stat().st_mtime * 1000)
        stats = json.dumps({"numRecords": file.rows})
        yield AddAction(
            file.path, file.size, dict(zip(table.supply, file.partition, strict=True)), modified, True, stats
        )


def _removes(change: Change, table: Table) -> Iterator[Any]:
    import time

    from deltalake.transaction import RemoveAction

    for file in change.removes:
        partition: dict[str, str | None] = dict(zip(table.supply, file.partition, strict=True))
        yield RemoveAction(file.path, True, int(time.time() * 1000), file.size, partition)
