"""The offence taxonomy: Home Office codes, the categories of data.police.uk, and the strands of hate crime, each with its dates."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .find import DefinitionError, files, read


@dataclass(frozen=True)
class Code:
    """One Home Office offence code. valid_from, valid_to: months, both included; empty means without a known end.

    A code has one row for each spell of a subgroup.
    """

    code: str
    offence: str
    subgroup: str
    group: str
    valid_from: str = ""
    valid_to: str = ""
    note: str = ""

    def holds(self, month: str) -> bool:
        """Whether the row applies in `month` (YYYY-MM)."""
        return self.valid_from <= month and (not self.valid_to or month <= self.valid_to)


@dataclass(frozen=True)
class Category:
    """A category of data.police.uk. holds: the Home Office groups and subgroups in it. before: the category that held them until
    `valid_from`. crime: false for anti-social behaviour."""

    name: str
    holds: tuple[str, ...]
    valid_from: str = ""
    valid_to: str = ""
    before: str = ""
    note: str = ""
    crime: bool = True

    def used(self, month: str) -> bool:
        """Whether files of `month` (YYYY-MM) use it."""
        return self.valid_from <= month and (not self.valid_to or month <= self.valid_to)


def home_office(own: Path | None = None) -> tuple[Code, ...]:
    """Every row of `offences/home-office-codes.csv`. Raises DefinitionError when the file lacks a column."""
    path = _path("home-office-codes", own, ".csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            return tuple(Code(**row) for row in csv.DictReader(file))
        except TypeError as error:
            columns = ", ".join(Code.__dataclass_fields__)
            raise DefinitionError(
                "This list has other columns than it should.",
                where=path.name,
                next_step=f"Give it the columns {columns}.",
            ) from error


def code_at(code: str, month: str, own: Path | None = None) -> Code | None:
    """The row of a code that applies in `month`; None when the code is not listed or was not in use."""
    return next((row for row in home_office(own) if row.code == code and row.holds(month)), None)


def categories(own: Path | None = None) -> tuple[Category, ...]:
    """The categories of data.police.uk, in the file's order."""
    path = _path("police-uk-categories", own)
    return tuple(_category(item, path) for item in read(path).get("categories", ()))


def breaks(start: str, end: str, own: Path | None = None) -> tuple[str, ...]:
    """Sentences for a reader: each category that begins or ends inside the months from `start` to `end`, after the first."""
    told = []
    for category in categories(own):
        if start < category.valid_from <= end and category.before:
            told.append(
                f"“{category.name}” begins in {category.valid_from}; before, it was part of “{category.before}”."
            )
        elif start <= category.valid_to < end:
            told.append(f"“{category.name}” ends after {category.valid_to}.")
    return tuple(told)


def strands(own: Path | None = None) -> dict[str, str]:
    """The nationally monitored strands of hate crime: short name and words."""
    return {str(key): str(value) for key, value in read(_path("hate-strands", own)).get("strands", {}).items()}


def strand_of(heading: str, own: Path | None = None) -> tuple[str, ...] | None:
    """The strands that a force's own heading belongs to; empty for a heading known to belong to none; None for an unknown one."""
    for item in read(_path("hate-strands", own)).get("headings", ()):
        if str(item["heading"]).casefold() == heading.strip().casefold():
            return tuple(str(strand) for strand in item.get("strands", ()))
    return None


def _path(name: str, own: Path | None, suffix: str = ".yaml") -> Path:
    for path in files("offences", own, suffix):
        if path.stem == name:
            return path
    raise DefinitionError(
        f"The list {name} is missing.",
        where="definitions/offences",
        next_step="Install Wardwise again, or restore the file.",
    )


def _category(item: dict[str, Any], path: Path) -> Category:
    try:
        return Category(
            str(item["name"]),
            tuple(str(each) for each in item["holds"]),
            str(item.get("from", "")),
            str(item.get("to", "")),
            str(item.get("before", "")),
            str(item.get("note", "")),
            bool(item.get("crime", True)),
        )
    except (KeyError, TypeError) as error:
        raise DefinitionError(
            f"A category does not say {error}.",
            where=path.name,
            next_step="Give every category a name and what it holds.",
        ) from error
