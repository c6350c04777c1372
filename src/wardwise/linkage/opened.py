"""Leading a pseudonym back to its list and reference, and the log of who did so, when, why and for which row.

The log lies beside the sealed list, only grows, and is written before the answer is given. It holds the pseudonym, never the reference.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from wardwise.records.errors import WardwiseError
from wardwise.store import kept_lines

from . import keys

SUFFIX = ".opened.jsonl"
SHORTEST = 10
"""Characters of a reason: enough for a case's number and a word."""


@dataclass(frozen=True)
class Opening:
    """when: to the second, with its time zone. row: the pseudonym. found: whether the sealed list has it."""

    when: str
    who: str
    why: str
    row: str
    found: bool

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Opening:
        """Read a line. Raises ValueError when it is not one."""
        try:
            return cls(**kept)
        except TypeError as error:
            raise ValueError from error


def log_of(sealed: Path) -> Path:
    """Where the log of a sealed list is."""
    return sealed.with_suffix(SUFFIX)


def opened(sealed: Path) -> tuple[Opening, ...]:
    """Every time a row was led back, the earliest first. Raises WardwiseError when a line cannot be read."""
    return kept_lines.read(
        log_of(sealed),
        Opening.of,
        "A line of the log of openings cannot be read.",
        "Restore the file from a backup, and find out who changed it.",
    )


def lead_back(sealed: Path, key: bytes, row: str, *, who: str, why: str, when: datetime) -> tuple[str, str]:
    """The list and the reference that a row's pseudonym stands for, once the opening is in the log.

    Raises WardwiseError when nobody is named, no reason is given, the key is another's, the list has no such row (logged too), or the
    reason holds the reference.
    """
    held = keys.unseal(sealed, key)
    at = next((number for number, name in enumerate(held["row"]) if name == row), None)
    reference = "" if at is None else held["reference"][at]
    _check(who.strip(), why.strip(), reference)
    line = Opening(when.isoformat(timespec="seconds"), who.strip(), why.strip(), row, at is not None)
    kept_lines.add(log_of(sealed), [asdict(line)])
    if at is None:
        raise WardwiseError("The sealed list has no such row.", next_step="Copy the pseudonym from links.csv.")
    return held["feed"][at], reference


def _check(who: str, why: str, reference: str) -> None:
    if not who:
        raise WardwiseError("Nobody is named.", where="--by", next_step="Give the name or number you are known by.")
    if len(why) < SHORTEST:
        raise WardwiseError(
            "A row is not led back without a reason.",
            where="--reason",
            next_step="Say for which panel or request, and under which agreement.",
        )
    if reference and reference.casefold() in why.casefold():
        raise WardwiseError(
            "The reason holds the reference it asks for, and the log must not.",
            where="--reason",
            next_step="Say why, without anything that tells who the person is.",
        )
