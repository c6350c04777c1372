"""A supply: the rows that one supplier gave for one period in one file. It is kept, replaced and listed as one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from ..records.periods import Period

Slot = tuple[str, str, str]
"""source, supplier, period: the place that one supply fills and a later one takes over."""


_FITTING = re.compile(r"[a-z0-9][a-z0-9._-]*", re.IGNORECASE)


def fits(word: str) -> bool:
    """Whether a source, supplier or period can name a folder on any system: plain letters, digits, dots and hyphens."""
    return bool(_FITTING.fullmatch(word))


@dataclass(frozen=True)
class Supply:
    """rows: how many were accepted. digest: SHA-256 of the file's bytes. reading: fingerprint of the declaration that read
    it, so that a changed mapping is seen. load, loaded_at (ISO, UTC): the import that brought it; filled in on saving."""

    source: str
    supplier: str
    period: str
    file: str
    digest: str
    rows: int
    load: str = ""
    loaded_at: str = ""
    reading: str = ""

    @property
    def slot(self) -> Slot:
        return (self.source, self.supplier, self.period)

    def loaded(self, load: str, at: str) -> Supply:
        return replace(self, load=load, loaded_at=at)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Supply:
        return cls(**{name: content[name] for name in cls.__dataclass_fields__ if name in content})


def months_between(supplies: Iterable[Supply]) -> frozenset[str]:
    """Every month (YYYY-MM) from the first to the last of each file among `supplies`, whether or not it gave a row in it. For a
    source whose files say all there is in that time."""
    by_file: dict[tuple[str, str], list[str]] = {}
    for supply in supplies:
        by_file.setdefault((supply.file, supply.digest), []).append(supply.period)
    return frozenset(month for held in by_file.values() for month in Period(min(held), max(held)).months())


def current(supplies: Iterable[Supply]) -> dict[Slot, Supply]:
    """The supply that fills each slot, given all supplies from the oldest to the newest."""
    return {supply.slot: supply for supply in supplies}
