"""An import in a process of its own that can be killed, and what the store may look like afterwards."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

from tests.factories import street
from wardwise.sources import import_files
from wardwise.store import Store, loads

_PROGRAM = """
import sys
from pathlib import Path
from wardwise.sources import import_files
from wardwise.store import Store
store = Store.open(Path(sys.argv[1]))
import duckdb, deltalake, pyarrow.parquet
print("ready", flush=True)
import_files(store, [Path(path) for path in sys.argv[2:]])
"""

MONTHS = tuple(f"2022-{month:02d}" for month in range(1, 5))
State = tuple[tuple[str, int], ...]


def supply(folder: Path, each: int) -> list[Path]:
    """Four months of street rows and outcomes, `each` rows a month: two tables, eight supplies."""
    folder.mkdir(parents=True)
    paths = []
    for month in MONTHS:
        rows = street.rows(each, month)
        paths.append(folder / f"{month}-lancashire-street.csv")
        paths[-1].write_text(street.text(rows))
        outcomes = [row | {"Outcome type": "Suspect charged"} for row in rows]
        paths.append(folder / f"{month}-lancashire-outcomes.csv")
        paths[-1].write_text(street.text(outcomes, [*street.HEADER[:9], "Outcome type"]))
    return paths


def state(store: Store) -> State:
    """Rows of each month in each table, as a reader sees them now."""
    query = (
        "SELECT 'street ' || month AS what, count(*) FROM street_crime GROUP BY ALL "
        "UNION ALL SELECT 'outcomes ' || month, count(*) FROM outcomes GROUP BY ALL ORDER BY ALL"
    )
    return tuple(store.at().connection().execute(query).fetchall())


def begin(store: Store, paths: list[Path]) -> subprocess.Popen[str]:
    """Start an import and wait until it is about to begin its work."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", _PROGRAM, str(store.folder), *map(str, paths)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "ready"
    return process


def kill_at_random_points(folder: Path, times: int, seed: int) -> list[str]:
    """Kill the import of a second supply `times` times; each time the store must be whole, with the old data or the new.

    Two kills in three fall anywhere in the time that the import takes here; the third waits until the load is being decided
    and falls in the moments after. Gives what each kill left: old, or new.
    """
    chance = random.Random(seed)
    first, second = supply(folder / "first", 30), supply(folder / "second", 45)
    took, left = _time_of(folder / "timed", first, second), []
    for number in range(times):
        store = Store.open(folder / f"store-{number}", create=True)
        import_files(store, first)
        old = state(store)
        new = tuple((what, rows * 45 // 30) for what, rows in old)
        process = begin(store, second)
        if number % 3 == 2:
            _wait_for_the_decision(store, process)
            time.sleep(chance.uniform(0, 0.05))
        else:
            time.sleep(chance.uniform(0, 1.2 * took))
        process.kill()
        process.communicate()
        report = store.verify()
        assert report.sound, report.problems
        seen = state(store)
        assert seen in (old, new), "a mix of old and new"
        left.append("new" if seen == new else "old")
        import_files(store, second)
        assert state(store) == new
        assert store.verify().sound
    return left


def _time_of(folder: Path, first: list[Path], second: list[Path]) -> float:
    """Seconds that the second import takes here and now."""
    store = Store.open(folder, create=True)
    import_files(store, first)
    process = begin(store, second)
    started = time.monotonic()
    process.communicate()
    return time.monotonic() - started


def _wait_for_the_decision(store: Store, process: subprocess.Popen[str]) -> None:
    while process.poll() is None and not (store.folder / loads.PENDING).exists():
        time.sleep(0.001)
