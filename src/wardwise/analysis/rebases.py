"""Re-bases: new levels that a person has accepted, with a reason. They are data, in `rebases.yaml` among a store's definitions.

A re-base is never made by a program. Without one, every chart has one mean from end to end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from wardwise.definitions.find import read
from wardwise.records.errors import WardwiseError
from wardwise.records.periods import is_month

FILE = "rebases.yaml"
_NEEDED = ("measure", "area", "month", "reason", "by", "date")
FEWEST_WORDS = 3
"""“New system” says too little for a reader in three years; a reason is a sentence (our choice)."""


@dataclass(frozen=True)
class Rebase:
    """From `month` on a measure in an area has a mean and limits of its own. by: the post or person who decided. date: when."""

    measure: str
    area: str
    month: str
    reason: str
    by: str
    date: str

    def as_lines(self) -> str:
        """The entry as it stands in the file."""
        import yaml

        return yaml.safe_dump([vars(self)], allow_unicode=True, sort_keys=False, width=1000)


def every(own: Path | None) -> tuple[Rebase, ...]:
    """All accepted re-bases, by month; none where there is no file. Raises WardwiseError for one without a reason or an author."""
    path = own / FILE if own else None
    if path is None or not path.is_file():
        return ()
    return _in_file(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _in_file(path: Path, _changed: int) -> tuple[Rebase, ...]:
    """A file's entries, read again only when the file has changed: many series ask for them."""
    rows = read(path).get("rebases") or []
    found = [checked(row, f"{FILE}, entry {number}") for number, row in enumerate(rows, 1)]
    return tuple(sorted(found, key=lambda rebase: rebase.month))


def of(own: Path | None, measure: str, area: str) -> tuple[Rebase, ...]:
    """The re-bases of one measure in one area, by month."""
    return tuple(rebase for rebase in every(own) if (rebase.measure, rebase.area) == (measure, area))


def checked(row: Mapping[str, Any], where: str) -> Rebase:
    """One entry, whole. Raises WardwiseError when a part of it is lacking, or its reason is no sentence."""
    given = {name: str(row.get(name) or "").strip() for name in _NEEDED}
    lacking = [name for name in _NEEDED if not given[name]]
    if lacking:
        raise WardwiseError(
            f"A re-base lacks its {', '.join(lacking)}.",
            where=where,
            next_step=f"Give each re-base {', '.join(_NEEDED)}; one without a reason is not used.",
        )
    if not is_month(given["month"]):
        raise WardwiseError(
            f"“{given['month']}” is not a month.",
            where=where,
            next_step="Write the month as YYYY-MM, for example 2015-08.",
        )
    if len(given["reason"].split()) < FEWEST_WORDS:
        raise WardwiseError(
            f"“{given['reason']}” is no reason that a reader can judge.",
            where=where,
            next_step="Say in a sentence what changed, for example: The force moved to a new crime system.",
        )
    _dated(given["date"], where)
    return Rebase(**given)


def _dated(text: str, where: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError as error:
        raise WardwiseError(
            f"“{text}” is not a date.", where=where, next_step="Write the day of the decision as YYYY-MM-DD."
        ) from error
