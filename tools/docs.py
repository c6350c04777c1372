"""Write the generated parts of the documentation, or (--check) fail when they are not fresh."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parents[1] / "docs" / "reference"

GENERATED = {
    "data-dictionary.md": "wardwise.records.dictionary",
    "measures.md": "wardwise.measures.reference",
    "who-may-do-what.md": "partnership.organisations.who_may",
}
"""Page → the module whose `page() -> str` writes it."""


def main() -> int:
    stale = []
    for name, module in GENERATED.items():
        if importlib.util.find_spec(module) is None:
            continue
        text, path = importlib.import_module(module).page(), DOCS / name
        if "--check" not in sys.argv:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
    for name in stale:
        print(f"docs/reference/{name} is not fresh: run `make docs` and commit what it writes.")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
