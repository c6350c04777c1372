"""A figure: one number with its road back. Products, pages, API and exports pass figures on; nobody copies a number out."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import quote, unquote

from .errors import WardwiseError
from .periods import Period


class Status(StrEnum):
    """ok: the count is complete. missing: no month of the period was supplied. incomplete: some months were not supplied,
    so there is no count. no-base: counted, but there is no denominator to divide by."""

    OK = "ok"
    MISSING = "missing"
    INCOMPLETE = "incomplete"
    NO_BASE = "no-base"


ALONE = "months"
"""The dimension of a group that holds the months of a count which does not add up over time, such as the places hit twice. Two periods of
it are of two groups, so they are never subtracted from each other."""


def alone(key: str) -> bool:
    """Whether the count of this key can be set against the same months only."""
    return f"~{ALONE}=" in key


@dataclass(frozen=True)
class Key:
    """What the figure is of; the same from load to load. `group` is ((dimension, value), …) in the order asked for."""

    measure: str
    area: str
    period: Period
    group: tuple[tuple[str, str], ...] = ()

    def text(self) -> str:
        parts = [
            self.measure,
            self.area,
            self.period.text(),
            *(f"{name}={quote(value, safe='')}" for name, value in self.group),
        ]
        return "~".join(parts)

    @classmethod
    def of(cls, text: str) -> Key:
        """Read the text that `text()` wrote. Raises WardwiseError when it is not one."""
        try:
            measure, area, period, *group = text.split("~")
            pairs = tuple((name, unquote(value)) for name, _, value in (part.partition("=") for part in group))
            return cls(measure, area, Period.of(period), pairs)
        except ValueError as error:
            raise WardwiseError(
                "This is not a figure's id.",
                where=text,
                next_step="Copy the whole id from the product, for example from its list of figures.",
            ) from error


_FINGERPRINT = re.compile(r"[0-9a-f]{8}")
_TABLE_VERSION = re.compile(r"([a-z][a-z0-9_]*)-([0-9]{1,9})")


@dataclass(frozen=True)
class Vintage:
    """What the figure was worked out from: the definition's fingerprint and the version of every table that was read."""

    definition: str
    versions: tuple[tuple[str, int], ...]

    def text(self) -> str:
        return ".".join([self.definition, *(f"{table}-{version}" for table, version in self.versions)])

    @classmethod
    def of(cls, text: str) -> Vintage:
        """Read the text that `text()` wrote. Raises WardwiseError when it is not one: a fingerprint, then at least one table."""
        definition, *tables = text.split(".")
        pairs = [_TABLE_VERSION.fullmatch(table) for table in tables]
        if not _FINGERPRINT.fullmatch(definition) or not pairs or None in pairs:
            raise WardwiseError(
                "The version part of this figure's id is not one.",
                where=f"@{text}",
                next_step="Copy the whole id: after the @ come eight letters or digits, then each table with its version, "
                "for example @61aaf2b8.street_crime-1.",
            )
        return cls(definition, tuple((pair[1], int(pair[2])) for pair in pairs if pair))


@dataclass(frozen=True)
class Figure:
    """One value. count and base are whole numbers of records (or of `base` units); value = count / base × per, or the count
    when the measure has no base. lower and upper are a 95% interval for `value`. None where the status says there is none."""

    key: Key
    vintage: Vintage
    count: int | float | None
    base: float | None
    value: float | None
    lower: float | None
    upper: float | None
    status: Status = Status.OK
    note: str = ""

    @property
    def id(self) -> str:
        return f"{self.key.text()}@{self.vintage.text()}"


@dataclass(frozen=True)
class Provenance:
    """The road back, shared by all figures of one calculation.

    query: the SQL that counted, with its values listed in `parameters`.
    loads: for each table read, the supplies behind it (source, supplier, period, file, digest, rows).
    checks: plain sentences about what was checked, e.g. the share of rows without a place.
    """

    engine: str
    query: str
    parameters: tuple[Any, ...]
    definition_file: str
    loads: tuple[dict[str, Any], ...] = ()
    checks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figures:
    """All figures of one calculation of one measure, and what a reader needs beside them."""

    measure: str
    title: str
    question: str
    unit: str
    per: float | None
    better: str
    dimensions: tuple[str, ...]
    figures: tuple[Figure, ...]
    provenance: Provenance
    caveats: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    """Names of the areas, by code."""


def fingerprint(text: str) -> str:
    """Eight hexadecimal characters that change when `text` changes."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]
