"""What a canonical table is made of: columns with a type, a unit, allowed values, a meaning and a sensitivity."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa


class Sensitivity(StrEnum):
    """How carefully a column is handled; read by disclosure, extracts and the data dictionary."""

    OPEN = "open"
    PERSONAL = "personal"
    SPECIAL = "special-category"
    RESTRICTED = "restricted"


class Type(StrEnum):
    """The types a column may have. A month is text, YYYY-MM, and stays a month: no day is invented."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    MONTH = "month"
    DATE = "date"
    TIME = "time"
    FLAG = "flag"
    BYTES = "bytes"

    @property
    def arrow(self) -> pa.DataType:
        return _ARROW[self]


_ARROW = {
    Type.TEXT: pa.string(),
    Type.INTEGER: pa.int64(),
    Type.NUMBER: pa.float64(),
    Type.MONTH: pa.string(),
    Type.DATE: pa.date32(),
    Type.TIME: pa.string(),
    Type.FLAG: pa.bool_(),
    Type.BYTES: pa.binary(),
}


@dataclass(frozen=True)
class Column:
    """One column, declared once.

    required: a row without it cannot be a record and is quarantined.
    values: the allowed values; empty means any.
    minimum, maximum: bounds in `unit`, inclusive; a row outside them is quarantined.
    """

    name: str
    type: Type
    meaning: str
    unit: str = ""
    values: tuple[str, ...] = ()
    required: bool = False
    minimum: float | None = None
    maximum: float | None = None
    sensitivity: Sensitivity = Sensitivity.OPEN


@dataclass(frozen=True)
class Table:
    """A canonical table. `supply` names the columns that say which supply a row belongs to: a later supply with the same
    values replaces the earlier one alone. They are also the partitions of the stored table, in that order."""

    name: str
    title: str
    row: str
    columns: tuple[Column, ...]
    period: str

    @property
    def supply(self) -> tuple[str, ...]:
        return ("source", "supplier", self.period)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column called `name`. Raises KeyError when the table has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name}")

    def schema(self) -> pa.Schema:
        """The Arrow schema, columns in declared order."""
        return pa.schema([pa.field(column.name, column.type.arrow) for column in self.columns])
