"""What an import did: every row of every file is accepted, quarantined or superseded, and the three add up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from .differences import Difference

SHOWN = 20
"""Quarantined rows named in the report itself, for each file; the store keeps the whole list."""


@dataclass(frozen=True)
class FileReport:
    """One file. rows: its lines without header and wholly blank ones. notes: words, and how many rows they are true of.
    problems: (line, reason) of the first quarantined rows."""

    file: str
    sources: tuple[str, ...]
    rows: int
    accepted: int
    quarantined: int
    superseded: int
    notes: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class ImportReport:
    """load: the load's id; empty when nothing had to be written. skipped: files and sheets that are clearly not data.
    differences: supplies that were replaced, with their records before and after."""

    load: str
    files: tuple[FileReport, ...]
    skipped: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()

    @property
    def rows(self) -> int:
        return sum(file.rows for file in self.files)

    @property
    def accepted(self) -> int:
        return sum(file.accepted for file in self.files)

    @property
    def quarantined(self) -> int:
        return sum(file.quarantined for file in self.files)

    @property
    def superseded(self) -> int:
        return sum(file.superseded for file in self.files)

    def as_json(self) -> dict[str, Any]:
        totals = {name: getattr(self, name) for name in ("rows", "accepted", "quarantined", "superseded")}
        return {
            **totals,
            "load": self.load,
            "changed": bool(self.load),
            "files": [_file(file) for file in self.files],
            "skipped": list(self.skipped),
            "differences": [asdict(each) for each in self.differences],
        }


def _file(file: FileReport) -> dict[str, Any]:
    problems = [{"line": line, "reason": reason} for line, reason in file.problems]
    return {**asdict(file), "sources": list(file.sources), "problems": problems}
