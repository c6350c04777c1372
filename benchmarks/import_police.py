"""Importing data.police.uk street files, against plain DuckDB (read_csv to Parquet, nothing checked) and pandas, on the same files.

    python benchmarks/import_police.py --megabytes 200

Each contestant runs in a process of its own, so that its peak memory is its own. Both write zstd. The plain copy is the floor:
it checks nothing, keeps no account and cannot be undone.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

if __package__ in (None, ""):
    sys.path[:0] = [str(Path(__file__).resolve().parents[1] / part) for part in (".", "src")]

GOAL = 2.0
"""Times the plain copy."""
GOAL_MEMORY = 1500
"""Megabytes."""
ROWS = 17_000
"""Rows of a month of a middling force, such as Lancashire."""
BYTES = 206
"""A row's length, near enough; the real files have 205 to 215."""

FORCES = (
    "Lancashire Constabulary",
    "Cumbria Constabulary",
    "Cheshire Constabulary",
    "Merseyside Police",
    "Essex Police",
)

_QUERY = """
COPY (
  WITH drawn AS (
    SELECT i, hash(i * 7 + {seed}) % 100 AS kind, hash(i * 11 + {seed}) % 4000 AS point, md5(concat(i, 'a{seed}')) || md5(concat(i, 'b{seed}')) AS id
    FROM range({rows}) AS made(i)
  )
  SELECT
    CASE WHEN kind < 30 THEN NULL ELSE id END AS "Crime ID", '{month}' AS "Month", '{force}' AS "Reported by", '{force}' AS "Falls within",
    CASE WHEN kind = 99 THEN NULL ELSE round(-3.05 + point / 10000, 6)::DECIMAL(9, 6) END AS "Longitude",
    CASE WHEN kind = 99 THEN NULL ELSE round(53.6 + point % 63 / 200, 6)::DECIMAL(9, 6) END AS "Latitude",
    CASE WHEN kind = 99 THEN 'No Location' ELSE 'On or near Made Up Street ' || point END AS "Location",
    CASE WHEN kind = 99 THEN NULL ELSE 'E010' || lpad((12000 + point // 5)::VARCHAR, 5, '0') END AS "LSOA code",
    CASE WHEN kind = 99 THEN NULL ELSE 'Madeup ' || lpad((point // 5)::VARCHAR, 3, '0') || 'A' END AS "LSOA name",
    CASE WHEN kind < 30 THEN 'Anti-social behaviour' WHEN kind < 65 THEN 'Violence and sexual offences'
         WHEN kind < 75 THEN 'Criminal damage and arson' WHEN kind < 85 THEN 'Public order' ELSE 'Other theft' END AS "Crime type",
    CASE WHEN kind < 30 THEN NULL ELSE 'Investigation complete; no suspect identified' END AS "Last outcome category",
    NULL AS "Context"
  FROM drawn
) TO '{path}' (FORMAT csv, HEADER)
"""


def generate(folder: Path, megabytes: int, rows: int = ROWS) -> list[Path]:
    """Street files in the published layout, `megabytes` of them in all, always the same."""
    import duckdb

    paths: list[Path] = []
    with duckdb.connect() as connection:
        while len(paths) * rows * BYTES < megabytes * 1_000_000:
            number, force = divmod(len(paths), len(FORCES))
            month = f"{1990 + number // 12}-{number % 12 + 1:02d}"
            slug = FORCES[force].split()[0].casefold()
            path = folder / month / f"{month}-{slug}-street.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            connection.execute(
                _QUERY.format(rows=rows, month=month, force=FORCES[force], seed=len(paths), path=path.as_posix())
            )
            paths.append(path)
    return paths


def ours(source: Path, target: Path) -> int:
    from wardwise.sources import import_files
    from wardwise.store import Store

    report = import_files(Store.open(target, create=True), [source])
    assert report.accepted == report.rows
    return report.rows


def plain(source: Path, target: Path) -> int:
    import duckdb

    query = f"SELECT * FROM read_csv('{source.as_posix()}/*/*.csv')"
    (rows,) = duckdb.connect().execute(
        f"COPY ({query}) TO '{target.as_posix()}' (FORMAT parquet, COMPRESSION zstd)"
    ).fetchone() or (0,)
    return int(rows)


def with_pandas(source: Path, target: Path) -> int:
    import pandas as pd

    rows = 0
    target.mkdir()
    for number, path in enumerate(sorted(source.glob("*/*.csv"))):
        frame = pd.read_csv(path)
        frame.to_parquet(target / f"{number}.parquet", compression="zstd")
        rows += len(frame)
    return rows


CONTESTANTS: dict[str, Callable[[Path, Path], int]] = {"wardwise": ours, "duckdb": plain, "pandas": with_pandas}


def run(name: str, source: Path, target: Path) -> None:
    """One contestant, in this process: prints rows, seconds and peak megabytes as JSON."""
    import resource

    import duckdb  # noqa: F401 -- loading the libraries is not what is measured
    import pyarrow.parquet  # noqa: F401

    if name == "wardwise":
        import deltalake  # noqa: F401

        import wardwise.sources  # noqa: F401
    if name == "pandas":
        import pandas as pd  # noqa: F401
    start = time.perf_counter()
    rows = CONTESTANTS[name](source, target)
    taken = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    print(json.dumps({"rows": rows, "seconds": taken, "megabytes": peak}))


def measured(name: str, source: Path, scratch: Path) -> dict[str, float]:
    target = scratch / f"out-{name}"
    command = [sys.executable, __file__, "--run", name, "--source", str(source), "--target", str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)
    shutil.rmtree(target, ignore_errors=True)
    target.unlink(missing_ok=True)
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    return dict(json.loads(done.stdout.splitlines()[-1]))


def compare(megabytes: int, rounds: int, rows: int) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "archive"
        files = generate(source, megabytes, rows)
        size = sum(path.stat().st_size for path in files) / 1_000_000
        print(f"{len(files)} files, {size:,.0f} MB")
        best: dict[str, dict[str, float]] = {}
        for _ in range(rounds):
            for name in CONTESTANTS:
                try:
                    taken = measured(name, source, Path(scratch))
                except RuntimeError as error:
                    print(f"  {name} did not run: {error}")
                    continue
                best[name] = min(best.get(name, taken), taken, key=lambda one: one["seconds"])
        floor = best["duckdb"]["seconds"]
        for name, taken in best.items():
            print(
                f"  {name:9} {taken['seconds']:7.2f} s  {taken['seconds'] / floor:5.2f} × plain DuckDB  "
                f"{taken['rows'] / taken['seconds']:>11,.0f} rows/s  peak {taken['megabytes']:,.0f} MB"
            )
        print(f"  goal for wardwise: {GOAL:.1f} × plain DuckDB, peak {GOAL_MEMORY:,} MB")


def main(arguments: Sequence[str] = ()) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=200, help="size of the archive that is made")
    parser.add_argument("--rounds", type=int, default=3, help="each contestant's best of so many counts")
    parser.add_argument("--rows-per-file", type=int, default=ROWS)
    parser.add_argument("--run", choices=CONTESTANTS)
    parser.add_argument("--source", type=Path)
    parser.add_argument("--target", type=Path)
    given = parser.parse_args(arguments)
    if given.run:
        run(given.run, given.source, given.target)
    else:
        compare(given.megabytes, given.rounds, given.rows_per_file)


if __name__ == "__main__":
    main(sys.argv[1:])
