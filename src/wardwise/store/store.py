"""The store's folder: open it, read it at a moment, and change it one whole load at a time."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from ..records.columns import Table
from ..records.errors import WardwiseError
from ..records.tables import TABLES
from ..records.tables import table as canonical
from . import delta, duckdb, loads, lock
from .engine import opened, ready
from .loads import Change, DataFile, Load, Staged
from .snapshot import Snapshot
from .supplies import Slot, Supply
from .verify import VerifyReport, verify
from .whole import remains

if TYPE_CHECKING:
    import pyarrow as pa

_MARK = "wardwise-store.json"
STAGING = ".staging"
_LOG_BYTES, _CHECKPOINT_BYTES = 32_768, 1_000
"""Room kept for finishing a load: for each table, and for each of its files (a checkpoint lists them all)."""
NOT_HELD = -1
"""The version of a table that holds nothing yet."""
QUARANTINE = [("file", "string"), ("line", "int64"), ("reason", "string")]
"""Columns of the list of rows set aside."""


class Store:
    """A folder with one Delta table for each canonical table. Made by `Store.open`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def open(cls, folder: Path, *, create: bool = False) -> Store:
        """The store in `folder`. Raises WardwiseError when there is none and `create` is false, or the folder holds other things."""
        folder = Path(folder).resolve()
        if not cls.exists(folder):
            _make(folder, create)
        return cls(folder)

    @staticmethod
    def exists(folder: Path) -> bool:
        """Whether there is a store in `folder`."""
        return (folder / _MARK).is_file()

    @property
    def definitions(self) -> Path:
        """The partnership's own declarations, searched before the shipped ones."""
        return self.folder / "definitions"

    def at(self, as_of: date | datetime | None = None, versions: Mapping[str, int] | None = None) -> Snapshot:
        """The store now, or as it was at `as_of` (a day means its end), with the tables in `versions` fixed at those.

        Raises WardwiseError for a version that the store does not have; NOT_HELD makes a table empty.
        """
        chosen = self._now() if as_of is None else self._then(as_of)
        for name, number in (versions or {}).items():
            newest = delta.version(self.folder / canonical(name).name)
            if not NOT_HELD <= number <= newest:
                held = f"holds its versions 0 to {newest}" if newest >= 0 else "holds nothing of it"
                raise WardwiseError(
                    f"The table {name} has no version {number}.",
                    where=f"{self.folder}, which {held}",
                    next_step="Check with --store that this is the store the figure came from.",
                )
        fixed = {**chosen, **(versions or {})}
        return Snapshot(self.folder, {name: number for name, number in fixed.items() if number != NOT_HELD})

    def verify(self, engine: str = "duckdb", master: str | None = None) -> VerifyReport:
        """Check the whole store: logs, files, sizes, supplies, and the rows that `engine` finds in them. Changes nothing."""
        ready(engine, master)
        now = self.at()
        return verify(now, lambda: opened(now, engine, master))

    def save(
        self, table: Table, rows: pa.Table | pa.RecordBatchReader, supplies: Sequence[Supply], load: str = ""
    ) -> Load:
        """Replace exactly `supplies` by `rows` (all columns of `table`) in one commit. The rows are taken as already checked."""
        with self.writing() as staging:
            at = datetime.now(UTC)
            load = load or loads.new_id(at)
            with duckdb.connect(spill=staging) as connection:
                connection.register("given", rows)
                columns = ", ".join(duckdb.name(column) for column in table.names)
                files = duckdb.write(connection, f"SELECT {columns} FROM given", table, staging / table.name, load)
            stray = {file.partition for file in files} - {supply.slot for supply in supplies}
            if stray:
                raise ValueError(f"rows outside the supplies being saved: {sorted(stray)}")
            staged = [Staged(staging / table.name, file) for file in files]
            return self.commit(load, at, {table.name: (staged, supplies)})

    @contextmanager
    def writing(self) -> Iterator[Path]:
        """Hold the store for writing: finish what was interrupted, and give a folder for files not yet committed."""
        staging = self.folder / STAGING
        with lock.writing(self.folder):
            shutil.rmtree(staging, ignore_errors=True)
            for left in remains(self.folder / loads.PENDING):
                left.unlink()
            self._finish()
            staging.mkdir()
            try:
                yield staging
            finally:
                shutil.rmtree(staging, ignore_errors=True)

    def commit(
        self,
        load: str,
        at: datetime,
        staged: Mapping[str, tuple[Sequence[Staged], Sequence[Supply]]],
        report: Mapping[str, object] | None = None,
        quarantined: pa.Table | None = None,
    ) -> Load:
        """Make staged files part of the store: all tables or none. Call it inside `writing()`.

        staged: for each table, the written files and the supplies that they are; each takes the place of what fills its slot
        now. quarantined: file, line and reason of rows set aside. Where this raises, the store is as it was, unless a table
        already has its commit: then the load is finished by the next writer, and unseen until then.
        """
        changes = tuple(
            self._change(name, [each.file for each in files], supplies, load, at)
            for name, (files, supplies) in staged.items()
        )
        decided = Load(load, at.isoformat(), changes, dict(report or {}))
        try:
            if quarantined is not None:
                _write_quarantined(loads.quarantine_path(self.folder, load), quarantined)
            for name, (files, _) in staged.items():
                _put(self.folder / name, files)
            with self._room_for(decided):
                loads.write_json(self.folder / loads.PENDING, decided.as_json())
            self._finish()
        except BaseException:
            self._take_back(decided)
            raise
        return decided

    @contextmanager
    def _room_for(self, load: Load) -> Iterator[None]:
        """Make sure, before the load is decided, that the disk has room for the log entries that finish it: write as much,
        and give it back when the decision stands."""
        files = sum(len(delta.files(self.folder / c.table, c.base, canonical(c.table))) for c in load.changes)
        size = 3 * len(json.dumps(load.as_json())) + _CHECKPOINT_BYTES * files + _LOG_BYTES * len(load.changes)
        room = self.folder / STAGING / "room"
        with room.open("wb") as file:
            for _ in range(0, size, _LOG_BYTES):
                file.write(bytes(_LOG_BYTES))
            file.flush()
            os.fsync(file.fileno())
        yield
        room.unlink()

    def _take_back(self, load: Load) -> None:
        """Undo a load that could not be finished, if no table has its commit yet."""
        if any(delta.version(self.folder / change.table) > change.base for change in load.changes):
            return
        (self.folder / loads.PENDING).unlink(missing_ok=True)
        loads.quarantine_path(self.folder, load.id).unlink(missing_ok=True)
        for change in load.changes:
            for file in change.adds:
                (self.folder / change.table / file.path).unlink(missing_ok=True)

    def quarantined(self, load: str) -> pa.Table:
        """File, line and reason of the rows that a finished load set aside. Raises WardwiseError when there is no such load."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        if not (self.folder / loads.FINISHED / f"{load}.json").is_file():
            raise WardwiseError(
                "There is no such load in this store.", where=load, next_step="Copy its id from an import report."
            )
        path = loads.quarantine_path(self.folder, load)
        return pq.read_table(path) if path.is_file() else pa.schema(QUARANTINE).empty_table()

    def _finish(self) -> None:
        load = loads.pending(self.folder)
        if load is None:
            return
        for change in load.changes:
            delta.apply(self.folder / change.table, canonical(change.table), change, load.id, load.at)
        loads.finish(self.folder, load)

    def _change(
        self, name: str, files: Iterable[DataFile], supplies: Iterable[Supply], load: str, at: datetime
    ) -> Change:
        folder = self.folder / name
        base = delta.version(folder)
        taken: set[Slot] = {supply.slot for supply in supplies}
        removes = tuple(file for file in delta.files(folder, base, canonical(name)) if file.partition in taken)
        brought = tuple(supply.loaded(load, at.isoformat()) for supply in supplies)
        return Change(name, base, tuple(files), removes, brought)

    def _now(self) -> dict[str, int]:
        """Versions that belong together: read again when a load was decided or finished meanwhile."""
        while True:
            before = self._versions()
            load = loads.pending(self.folder)
            if before == self._versions():
                break
        for change in load.changes if load else ():
            before[change.table] = change.base
        return {name: number for name, number in before.items() if number >= 0}

    def _then(self, as_of: date | datetime) -> dict[str, int]:
        moment = as_of if isinstance(as_of, datetime) else datetime.combine(as_of, time.max)
        moment = moment.astimezone()
        chosen = {}
        for name, newest in self._now().items():
            commits = delta.commits(self.folder / name)
            known = [commit.version for commit in commits if commit.at <= moment and commit.version <= newest]
            if known:
                chosen[name] = max(known)
        return chosen

    def _versions(self) -> dict[str, int]:
        return {name: delta.version(self.folder / name) for name in TABLES if (self.folder / name).is_dir()}


def _make(folder: Path, create: bool) -> None:
    if not create:
        raise WardwiseError(
            "There is no Wardwise store here.",
            where=str(folder),
            next_step=f"Check --store, or make one with: wardwise --store {folder} init",
        )
    ours = {"definitions", *(left.name for left in remains(folder / _MARK))}
    if folder.exists() and (not folder.is_dir() or {each.name for each in folder.iterdir()} - ours):
        raise WardwiseError(
            "This folder holds other things, so no store was made in it.",
            where=str(folder),
            next_step="Choose a new or an empty folder.",
        )
    folder.mkdir(parents=True, exist_ok=True)
    loads.write_json(folder / _MARK, {"wardwise_store": 1})


def _put(folder: Path, staged: Iterable[Staged]) -> None:
    """Move staged files to their places, with their bytes on the disk before anything names them."""
    for each in staged:
        source = each.folder / each.file.path
        with source.open("rb+") as written:
            os.fsync(written.fileno())
        target = folder / each.file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        source.replace(target)


def _write_quarantined(path: Path, rows: pa.Table) -> None:
    import pyarrow.parquet as pq

    path.parent.mkdir(exist_ok=True)
    pq.write_table(rows, path)
