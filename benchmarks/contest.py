"""One contestant in a process of its own, so that its peak memory is its own and what one loads does not help another.

    python -m benchmarks.contest benchmarks.near_repeat ours '{"n": 10000}'

A contestant is a function of a benchmark's module. It makes its input, calls `best` on the work, and returns seconds and anything else it
wants to state, as a dictionary that JSON can hold.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any


def best(work: Callable[[], Any], rounds: int) -> tuple[float, Any]:
    """The least wall seconds over `rounds`, and what the work gave."""
    least, gave = float("inf"), None
    for _ in range(rounds):
        gc.collect()
        start = time.perf_counter()
        gave = work()
        least = min(least, time.perf_counter() - start)
    return least, gave


def measured(module: str, contestant: str, **given: Any) -> dict[str, Any]:
    """What the contestant returned, with its peak `megabytes`; `refused` with the last line of its error when it failed."""
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.contest", module, contestant, json.dumps(given)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)
    if done.returncode:
        said = done.stderr.strip().splitlines()
        return {"refused": said[-1] if said else f"ended with code {done.returncode}"}
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    import resource

    module, contestant, given = sys.argv[1:]
    gave = getattr(importlib.import_module(module), contestant)(**json.loads(given))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    print(json.dumps({**gave, "megabytes": peak}))


if __name__ == "__main__":
    main()
