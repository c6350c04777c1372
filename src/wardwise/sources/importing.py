"""The import: read every file, decide what is new, and commit it as one load. Nothing is changed until all files have been read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ..store import Store, Supply, delta, duckdb
from ..store import engine as engines
from ..store.loads import Staged, new_id
from . import by_line, declarations, differences, elsewhere, finding, notes, staged, stream
from .differences import Difference
from .disk import plainly
from .fates import Fate, Fates, decide
from .inputs import Input, listed
from .outlines import boundaries
from .parts import Found, Part
from .points import Boundaries
from .report import SHOWN, FileReport, ImportReport
from .unpack import Scan, unpacked

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

_AT_ONCE = 4
"""Files read at the same time, at most; a small file keeps only one processor busy."""

Read = tuple[list[Part], list[str]]

Progress = Callable[[str, int, int], None]
"""Called with the name of the file being read, the bytes read so far in this import, and the bytes there are."""


def import_files(
    store: Store,
    paths: Iterable[Path],
    *,
    progress: Progress | None = None,
    today: date | None = None,
    again: bool = False,
    engine: str = "duckdb",
    master: str | None = None,
) -> ImportReport:
    """Import files, folders and archives into the store: one load, one commit for each table.

    Every row is accepted (held, whether written now or already there), quarantined, or superseded. Raises WardwiseError, with
    the store as it was, when a file cannot be read. today: months after its month are in the future.
    again: the files count as the newest supply, even where a later one replaced them before. engine: what counts the rows that
    were read and those that they replace; files are read here whichever it is. master: of Spark, where its own is not meant.
    """
    engines.ready(engine, master)
    at = datetime.now(UTC)
    with plainly(store.folder), store.writing() as staging:
        month = f"{today or datetime.now().astimezone().date():%Y-%m}"
        reading = Reading(store, staging, new_id(at), month, Counting(engine, master))
        with closing(stream.connect(staging / "spill")) as connection:
            reading.read(connection, [Path(path) for path in paths], progress or (lambda *_: None))
            fates = decide(reading.parts, _held(store, reading.parts), again=again)
            replaced = reading.count(connection, fates)
        return _save(store, reading, fates, replaced, at)


@dataclass(frozen=True)
class Counting:
    """Which engine counts, and where."""

    engine: str
    master: str | None

    def over(self, held: engines.Connected) -> engines.Engine:
        return engines.opened(held, self.engine, self.master)

    @property
    def apart(self) -> bool:
        """Whether parts are counted one by one as they are read, so that memory does not grow with the files. A cluster
        has room, and is asked once for all of them."""
        return self.engine == "duckdb"


class Reading:
    """The files of one import, read and written to the staging folder, in the order of their paths."""

    def __init__(self, store: Store, staging: Path, load: str, month: str, counting: Counting) -> None:
        self.store, self.staging, self.load, self.month, self.counting = store, staging, load, month, counting
        self.sources = declarations.every(store.definitions)
        self.parts: list[Part] = []
        self.skipped: list[str] = []
        self.outlines = Boundaries({})

    def read(self, connection: DuckDBPyConnection, paths: Sequence[Path], progress: Progress) -> None:
        """Fill `parts`, reading several files at a time.

        Files whose points are to be placed wait until the others, perhaps boundaries, have been read.
        """
        with closing(listed(paths, self.staging)) as listing:
            self.skipped += listing.skipped
            given = list(enumerate(listing.inputs))
            done = self._read_all(connection, given, progress, listing.size)
            waiting = [(order, each) for order, each in given if order not in done]
            read = sum(given[order][1].size for order in done)
            if waiting:
                self.outlines = boundaries(self.store, [part for parts, _ in done.values() for part in parts])
            for order, each in waiting:
                progress(each.name, read, listing.size)
                done[order] = self._read(connection, each, order, may_wait=False) or ([], [])
                read += each.size
            progress("", listing.size, listing.size)
        for order in sorted(done):
            parts, passed = done[order]
            self.parts += parts
            self.skipped += passed

    def _read_all(
        self, connection: DuckDBPyConnection, given: Sequence[tuple[int, Input]], progress: Progress, size: int
    ) -> dict[int, Read]:
        done: dict[int, Read] = {}
        read = 0
        with ThreadPoolExecutor(min(_AT_ONCE, os.cpu_count() or 1)) as pool:
            tasks = [pool.submit(self._read, connection, each, order, may_wait=True) for order, each in given]
            try:
                for (order, each), task in zip(given, tasks, strict=True):
                    progress(each.name, read, size)
                    if (found := task.result()) is not None:
                        done[order] = found
                        read += each.size
            except BaseException:
                for task in tasks:
                    task.cancel()
                raise
        return done

    def _read(self, connection: DuckDBPyConnection, given: Input, order: int, *, may_wait: bool) -> Read | None:
        """The parts of one file and the names of its sheets passed over; None when it is to wait."""
        target = self.staging / f"unpacked-{order}{given.suffix}"
        path, scan = unpacked(given, target)
        found, passed = finding.tables(given, path, scan, self.sources)
        if may_wait and any(table.source.locate for table in found):
            return None
        with closing(duckdb.quiet(connection.cursor())) as own:
            parts = [self._write(own, table, scan, f"{order}-{number}") for number, table in enumerate(found)]
        target.unlink(missing_ok=True)
        return parts, passed

    def _write(self, connection: DuckDBPyConnection, table: Found, scan: Scan, folder: str) -> Part:
        part = Part(table, staged.folder(self.staging / "parts", table.source.table, folder))
        part.folder.mkdir(parents=True)
        if not stream.write(connection, part, scan.lines, self.month, self.load):
            by_line.write(connection, part, self.month, self.load, self.outlines)
        if self.counting.apart:
            given = self._staged([part], connection)
            notes.count(given, self.counting.over(given))
        return part

    def _staged(self, parts: Sequence[Part], connection: DuckDBPyConnection) -> staged.StagedParts:
        return staged.StagedParts(self.staging / "parts", parts, connection)

    def count(self, connection: DuckDBPyConnection, fates: Fates) -> list[Difference]:
        """What needs all parts at once: rows that lie elsewhere, and what is replaced by what."""
        given = self._staged(self.parts, connection)
        engine = self.counting.over(given)
        if not self.counting.apart:
            notes.count(given, engine)
        elsewhere.count(connection, self.store, given, engine)
        if not fates.replaced:
            return []
        return differences.count(fates.replaced, given, engine, self.counting.over(self.store.at()))


def _held(store: Store, parts: Sequence[Part]) -> dict[str, list[Supply]]:
    """Every supply ever loaded into the tables concerned, oldest first."""
    names = {part.found.source.table for part in parts}
    return {
        name: [supply for commit in delta.commits(store.folder / name) for supply in commit.supplies] for name in names
    }


def _save(store: Store, reading: Reading, fates: Fates, replaced: Sequence[Difference], at: datetime) -> ImportReport:
    written: dict[str, tuple[list[Staged], list[Supply]]] = {}
    changed = []
    for index, part in enumerate(reading.parts):
        new = {slot for slot in part.records if fates.of[index, slot] is Fate.NEW}
        if not new:
            continue
        changed.append(part)
        files, supplies = written.setdefault(part.found.source.table, ([], []))
        files += [Staged(part.folder, file) for file in part.files if file.partition in new]
        supplies += [supply for supply in part.supplies() if supply.slot in new]
    report = _report(reading, fates, replaced, reading.load if written else "")
    if written:
        store.commit(reading.load, at, written, report.as_json(), _quarantined(changed))
    return report


def _report(reading: Reading, fates: Fates, replaced: Sequence[Difference], load: str) -> ImportReport:
    files: dict[str, FileReport] = {}
    for index, part in enumerate(reading.parts):
        name, (accepted, superseded) = part.found.file, fates.lines(index, part)
        before = files.get(name, FileReport(name, (), 0, 0, 0, 0))
        files[name] = FileReport(
            name,
            tuple(dict.fromkeys([*before.sources, part.found.source.source])),
            before.rows + part.rows,
            before.accepted + accepted,
            before.quarantined + len(part.refused),
            before.superseded + superseded,
            {words: before.notes.get(words, 0) + part.notes.get(words, 0) for words in {**before.notes, **part.notes}},
            (*before.problems, *part.refused)[:SHOWN],
        )
    return ImportReport(load, tuple(files.values()), tuple(reading.skipped), tuple(replaced))


def _quarantined(parts: Sequence[Part]) -> pa.Table | None:
    import pyarrow as pa

    rows = [(part.found.name, line, reason) for part in parts for line, reason in part.refused]
    if not rows:
        return None
    files, lines, reasons = zip(*rows, strict=True)
    return pa.table({"file": files, "line": pa.array(lines, pa.int64()), "reason": reasons})
