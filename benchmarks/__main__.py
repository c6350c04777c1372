"""`make bench`: run every benchmark, each in a process of its own so that none lends another its memory, and print its ratios."""

from __future__ import annotations

import importlib
import subprocess
import sys

NAMES = (
    "claims",
    "start",
    "import_police",
    "measures",
    "product",
    "near_repeat",
    "density",
    "hotspots",
    "control_charts",
    "forecast",
)


def main() -> int:
    if len(sys.argv) == 2:
        importlib.import_module(f"benchmarks.{sys.argv[1]}").main()
        return 0
    failed = [name for name in sys.argv[1:] or NAMES if _alone(name)]
    for name in failed:
        print(f"{name} could not be run to its end.")
    return 1 if failed else 0


def _alone(name: str) -> int:
    print(f"\n== {name}", flush=True)
    return subprocess.run([sys.executable, "-m", "benchmarks", name], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
