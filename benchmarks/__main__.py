"""`make bench`: run every benchmark and print its ratios."""

from __future__ import annotations

import importlib
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


def main() -> None:
    for name in sys.argv[1:] or NAMES:
        print(f"\n== {name}", flush=True)
        importlib.import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main()
