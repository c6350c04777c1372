"""Whether a store is whole: logs, files, row counts, supplies. What a killed import leaves unfinished or unused is told, and is no fault."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ..records.columns import Table
from ..records.tables import table as canonical
from . import counts, delta, loads
from .engine import Engine
from .loads import DataFile
from .snapshot import Snapshot
from .supplies import Slot


@dataclass(frozen=True)
class TableReport:
    """What one table holds now."""

    table: str
    version: int
    supplies: int
    rows: int


@dataclass(frozen=True)
class VerifyReport:
    """problems: what is wrong, a sentence each; none in a sound store. orphans: files that no version names, left by imports
    that did not finish. unfinished: the id of a load that the next import will finish."""

    tables: tuple[TableReport, ...]
    problems: tuple[str, ...]
    orphans: tuple[str, ...] = ()
    unfinished: str = ""

    @property
    def sound(self) -> bool:
        return not self.problems

    def as_json(self) -> dict[str, Any]:
        return {"sound": self.sound, **asdict(self)}


def verify(snapshot: Snapshot, open_engine: Callable[[], Engine]) -> VerifyReport:
    """Check every table of the store that `snapshot` is of, its older versions' files included.

    open_engine: called when all files are as they should be, to count the rows in them.
    """
    folder = snapshot.folder
    problems: list[str] = []
    orphans: list[str] = []
    tables: list[TableReport] = []
    for name, version in snapshot.versions.items():
        declared = canonical(name)
        problems += _log(folder / name, declared, version)
        added = _added(folder / name)
        problems += [f"{name}: {told}" for told in _files(folder / name, added)]
        problems += [f"{name}: {told}" for told in _supplies(snapshot, declared)]
        problems += [f"{name}: {told}" for told in _loads(folder, name, version)]
        rows = sum(file.rows for file in snapshot.data_files(name))
        tables.append(TableReport(name, version, len(snapshot.supplies(name)), rows))
    for name in sorted(path.parent.name for path in folder.glob("*/_delta_log")):
        known = set(_added(folder / name))
        found = (path.relative_to(folder / name).as_posix() for path in (folder / name).rglob("*.parquet"))
        orphans += [f"{name}/{path}" for path in found if path not in known and not path.startswith("_delta_log/")]
    if not problems and tables:
        problems += _counted(snapshot, open_engine())
    waiting = loads.pending(folder)
    return VerifyReport(tuple(tables), tuple(problems), tuple(sorted(orphans)), waiting.id if waiting else "")


def _log(folder: Path, declared: Table, version: int) -> Iterator[str]:
    entries = sorted(int(path.stem) for path in (folder / "_delta_log").glob("[0-9]*.json"))
    missing = sorted(set(range(version + 1)) - set(entries))
    if missing:
        yield f"{declared.name}: the log has no entry for version {missing[0]}"
    held = {field.name: field.type for field in delta.schema(folder, version)}
    for field in declared.schema():
        if field.name not in held:
            continue  # a column declared since; it is read as not known
        if not _same(held[field.name], field.type):
            yield f"{declared.name}: the column {field.name} is {held[field.name]} and is declared as {field.type}"
    for name in sorted(set(held) - set(declared.names)):
        yield f"{declared.name}: the column {name} is not declared"


def _same(held: object, declared: object) -> bool:
    """Arrow has several spellings of text and bytes."""
    return str(held).removeprefix("large_").removesuffix("_view") == str(declared)


def _added(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and rows of every file that any version ever named."""
    found = {}
    for path in sorted((folder / "_delta_log").glob("[0-9]*.json")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if add := json.loads(line).get("add"):
                rows = json.loads(add.get("stats") or "{}").get("numRecords", -1)
                found[unquote(add["path"])] = (add["size"], rows)
    return found


def _files(folder: Path, added: dict[str, tuple[int, int]]) -> Iterator[str]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    for name, (size, rows) in added.items():
        path = folder / name
        if not path.is_file():
            yield f"the file {name} is missing"
        elif path.stat().st_size != size:
            yield f"the file {name} has {path.stat().st_size} bytes and was committed with {size}"
        else:
            try:
                held = pq.read_metadata(path).num_rows
            except (pa.ArrowException, OSError):
                yield f"the file {name} cannot be read"
                continue
            if held != rows:
                yield f"the file {name} has {held} rows and was committed with {rows}"


def _supplies(snapshot: Snapshot, declared: Table) -> Iterator[str]:
    files: dict[Slot, list[DataFile]] = defaultdict(list)
    for file in snapshot.data_files(declared.name):
        source, supplier, period = file.partition
        files[source, supplier, period].append(file)
    supplies = {supply.slot: supply for supply in snapshot.supplies(declared.name)}
    for slot in files.keys() - supplies.keys():
        yield f"there are rows of {' '.join(slot)} and no supply that brought them"
    for slot, supply in supplies.items():
        rows = sum(file.rows for file in files.get(slot, ()))
        if rows != supply.rows:
            yield f"{' '.join(slot)} has {rows} rows and its supply brought {supply.rows}"
        loads_held = Counter(Path(file.path).name.startswith(f"{supply.load}-") for file in files.get(slot, ()))
        if loads_held[False]:
            yield f"{' '.join(slot)} has files of more than one load"


def _counted(snapshot: Snapshot, engine: Engine) -> Iterator[str]:
    """Whether a query finds in each table what was brought."""
    for name in snapshot.versions:
        found = counts.held(engine, canonical(name))
        brought = {supply.slot: supply.rows for supply in snapshot.supplies(name) if supply.rows}
        for slot in sorted({*found, *brought}):
            if found.get(slot, 0) != brought.get(slot, 0):
                yield f"{name}: {' '.join(slot)}: {engine.name} finds {found.get(slot, 0)} rows, and its supply brought {brought.get(slot, 0)}"


def _loads(folder: Path, name: str, version: int) -> Iterator[str]:
    for commit in delta.commits(folder / name):
        if (
            commit.version <= version
            and commit.load
            and not (folder / loads.FINISHED / f"{commit.load}.json").is_file()
        ):
            yield f"version {commit.version} belongs to the load {commit.load}, of which there is no record"
