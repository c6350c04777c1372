"""The register of what has gone out, kept beside the tables, so that this month's product is checked against last month's."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from wardwise.disclosure.register import Entry
from wardwise.records.errors import WardwiseError

from .writing import replace_text

FILE = "released.jsonl"


def earlier(store: Path) -> tuple[Entry, ...]:
    """Every entry of the store's register; none when nothing has gone out. Raises WardwiseError when a line cannot be read."""
    path = store / FILE
    if not path.is_file():
        return ()
    lines = enumerate(path.read_text(encoding="utf-8").split("\n"), start=1)
    return tuple(_entry(line, f"{path}, line {number}") for number, line in lines if line.strip())


def _entry(line: str, where: str) -> Entry:
    try:
        return Entry.of(json.loads(line))
    except (ValueError, WardwiseError) as error:
        raise WardwiseError(
            "A line of the release register cannot be read.",
            where=where,
            next_step="Restore the file from a backup before releasing anything.",
        ) from error


def add(store: Path, entries: Sequence[Entry]) -> None:
    """Add what has just gone out: the whole file is replaced in one step, so that a kill leaves the old or the new one."""
    if not entries:
        return
    path = store / FILE
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    lines = "".join(json.dumps(entry.as_mapping(), ensure_ascii=False) + "\n" for entry in entries)
    replace_text(path, before + lines)
