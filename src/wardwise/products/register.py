"""The register of what has gone out, kept beside the tables, so that this month's product is checked against last month's."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from wardwise.disclosure.register import Entry
from wardwise.store import kept_lines

FILE = "released.jsonl"


def earlier(store: Path) -> tuple[Entry, ...]:
    """Every entry of the store's register; none when nothing has gone out. Raises WardwiseError when a line cannot be read."""
    return kept_lines.read(
        store / FILE,
        Entry.of,
        "A line of the release register cannot be read.",
        "Restore the file from a backup before releasing anything.",
    )


def add(store: Path, entries: Sequence[Entry]) -> None:
    """Add what has just gone out; the file is replaced in one step."""
    kept_lines.add(store / FILE, (entry.as_mapping() for entry in entries))
