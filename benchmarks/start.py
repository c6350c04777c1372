"""How long `wardwise --help` takes, against Python starting and doing nothing."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

GOAL = 0.3
"""Seconds: the goal for `wardwise --help`."""


def seconds(command: list[str], runs: int = 7) -> float:
    """Median wall seconds of a command over `runs` runs."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main() -> None:
    bare = seconds([sys.executable, "-c", "pass"])
    helped = seconds([sys.executable, "-c", "from wardwise.cli.main import run; run()", "--help"])
    print(
        f"wardwise --help  {helped:.2f} s (goal {GOAL} s)   Python doing nothing {bare:.2f} s   ratio {helped / bare:.1f}"
    )


if __name__ == "__main__":
    main()
