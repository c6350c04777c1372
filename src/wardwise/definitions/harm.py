"""What ships about harm: the open table of sentencing starting points, made into days, and the offences mostly found by the police."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .find import DefinitionError, files, read

YEAR, WEEK = 365, 7
"""Days, as the Cambridge index counts them (Sherman, Neyroud and Neyroud 2016)."""

TABLE, LIST = "open-starting-points", "police-initiated"

_LENGTH = re.compile(r"(?P<number>[\d.]+) (?P<unit>year|month|week|day)s?")
_UNITS = {"year": YEAR, "month": YEAR / 12, "week": WEEK, "day": 1}


@dataclass(frozen=True)
class StartingPoint:
    """One row of the open table. days, low, high: the middle, lowest and highest starting point. checked: compared with its guideline.
    second: how it stands to a second source (same, inside, outside, older, none, taken), empty where nobody has looked."""

    code: str
    days: float
    low: float
    high: float
    starting_point: str
    source: str
    checked: bool
    note: str
    second: str = ""


@dataclass(frozen=True)
class OpenTable:
    title: str
    edition: str
    source: str
    rows: tuple[StartingPoint, ...]

    @property
    def unchecked(self) -> int:
        """How many rows have not been compared with the guideline they name."""
        return sum(not row.checked for row in self.rows)

    def other(self, *outcomes: str) -> int:
        """How many of the unchecked rows came out so when compared with the second source."""
        return sum(not row.checked and row.second in outcomes for row in self.rows)

    @property
    def checks(self) -> str:
        """What has been checked and what has not, in sentences for a reader; empty when every row has been compared with its guideline."""
        if not self.unchecked:
            return ""
        agree, differ = self.other("same"), self.other("outside", "inside")
        second = (
            f" Of the others, {agree} agree with the Cambridge Crime Harm Index of 2020 on the lowest starting point or the longest sentence, "
            f"{differ} do not, and {self.unchecked - agree - differ} could not be compared with it."
            if agree or differ
            else ""
        )
        done = f"{len(self.rows) - self.unchecked} of {len(self.rows)} rows have been compared with the guideline they name."
        return f"{self.title}: {done}{second} The partnership should check the table before it relies on it."


@dataclass(frozen=True)
class PoliceInitiated:
    """codes, categories: Home Office codes, and data.police.uk categories, that are mostly found by police activity."""

    codes: frozenset[str]
    categories: frozenset[str]


def open_table(own: Path | None = None) -> OpenTable:
    """The open table, a partnership's own copy first. Raises DefinitionError when a row cannot be made into days."""
    told = read(_path(TABLE, own, ".yaml"))
    path = _path(TABLE, own, ".csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = tuple(_row(line, told, f"{path.name}, line {n}") for n, line in enumerate(csv.DictReader(file), 2))
    return OpenTable(str(told["title"]), str(told["edition"]), " ".join(str(told["source"]).split()), rows)


def police_initiated(own: Path | None = None) -> PoliceInitiated:
    """The offences that are mostly found by police activity."""
    told = read(_path(LIST, own, ".yaml"))
    codes = frozenset(str(item["code"]) for item in told["codes"])
    return PoliceInitiated(codes, frozenset(str(item["category"]) for item in told["categories"]))


def in_days(sentence: str, told: Mapping[str, Any], share: str = "middle") -> float:
    """A sentence in words (“36 weeks custody”, “band B fine”, “maximum 7 years”) as days, by the rules of the table's YAML file.

    share: which share of a longest sentence to take. Raises ValueError when the words say no sentence.
    """
    words = sentence.strip()
    if words == "maximum fine":
        return _fine("A", told)
    if words.startswith("maximum "):
        longest = told["life_years"] * YEAR if words == "maximum life" else _length(words)
        return float(longest * told["maximum_share"][share])
    if words.startswith("minimum term "):
        return _length(words) / float(told["minimum_served"])
    if words.endswith(" custody"):
        return _length(words)
    if found := re.fullmatch(r"(low|medium|high) community order", words):
        low, high = told["community_hours"][found[1]]
        return float((low + high) / 2 / told["hours_a_day"])
    if found := re.fullmatch(r"band ([A-F]) fine", words):
        return _fine(found[1], told)
    if words == "discharge":
        return 1.0
    raise ValueError(f"“{sentence}” is not a sentence that this table knows")


def _fine(band: str, told: Mapping[str, Any]) -> float:
    return float(told["fine_weeks"][band] * told["days_a_week_worked"])


def _length(words: str) -> float:
    found = _LENGTH.search(words)
    if not found:
        raise ValueError(f"“{words}” says no length")
    return float(found["number"]) * _UNITS[found["unit"]]


def _row(line: Mapping[str, str], told: Mapping[str, Any], where: str) -> StartingPoint:
    try:
        middle = line["starting_point"]
        days = in_days(middle, told)
        low = in_days(line["lowest"] or middle, told, "lowest")
        high = in_days(line["highest"] or middle, told, "highest")
        if not low <= days <= high:
            raise ValueError("the starting point does not lie between the lowest and the highest")
        guideline = ", ".join(filter(None, (line["guideline"], line["in_force"], line["box"])))
        return StartingPoint(
            line["code"], days, low, high, middle, guideline, line["checked"] == "yes", line["note"].strip(),
            line.get("second_source") or "",
        )  # fmt: skip
    except (KeyError, ValueError) as error:
        raise DefinitionError(
            f"A row of the open table of harm cannot be read: {error}.",
            where=where,
            next_step="Write the sentence as one of the kinds in open-starting-points.yaml.",
        ) from error


def _path(name: str, own: Path | None, suffix: str) -> Path:
    for path in files("harm", own, suffix):
        if path.stem == name:
            return path
    raise DefinitionError(
        f"The list {name}{suffix} is missing.",
        where="definitions/harm",
        next_step="Install Wardwise again, or restore the file.",
    )
