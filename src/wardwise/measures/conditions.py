"""The `where` of a measure: which records are counted. Read from words, checked against the canonical table, never SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wardwise.records.columns import Column, Table, Type
from wardwise.records.periods import is_month

Scalar = str | int | float | bool | date

OFFENCE_LIST = "offence_list"
MONTHS_BETWEEN = "months_between"


class ConditionError(ValueError):
    """A condition that cannot be read. Turned into a DefinitionError, with the file's name, by the catalogue."""


@dataclass(frozen=True)
class OneOf:
    """The column holds one of `values`; when `other` is set, it holds none of them or is empty."""

    column: str
    values: tuple[Scalar, ...]
    other: bool = False


@dataclass(frozen=True)
class Between:
    """The column lies from `first` to `last`, both included; either end may be open. An empty cell does not."""

    column: str
    first: Scalar | None
    last: Scalar | None


@dataclass(frozen=True)
class Apart:
    """More than `months` whole months lie between the dates in `first` and `last`. No, when either is empty."""

    first: str
    last: str
    months: int


@dataclass(frozen=True)
class Listed:
    """The offence code is on one of the named lists in definitions/offences."""

    names: tuple[str, ...]


Condition = OneOf | Between | Apart | Listed


def columns_needed(conditions: Iterable[Condition]) -> tuple[str, ...]:
    """The columns that a record must have filled in to be counted, so that records without them cannot answer."""
    found: dict[str, None] = {}
    for condition in conditions:
        if isinstance(condition, Apart):
            found |= dict.fromkeys((condition.first, condition.last))
        elif isinstance(condition, Listed):
            found["offence_code"] = None
        elif not (isinstance(condition, OneOf) and condition.other):
            found[condition.column] = None
    return tuple(found)


def read_where(table: Table, where: Mapping[str, Any]) -> tuple[Condition, ...]:
    """The conditions in a `where`, in the order written. Raises ConditionError, in words, when one makes no sense."""
    return tuple(_read(table, name, given) for name, given in where.items())


def _read(table: Table, name: str, given: Any) -> Condition:
    if name == OFFENCE_LIST:
        return _listed(table, given)
    if name == MONTHS_BETWEEN:
        return _apart(table, given)
    column = column_of(table, name)
    if isinstance(given, Mapping):
        return _with_words(column, given)
    return OneOf(name, _values(column, given))


def column_of(table: Table, name: str) -> Column:
    """The column called `name`. Raises ConditionError, naming the columns there are, when the table has none."""
    try:
        return table.column(name)
    except KeyError:
        raise ConditionError(f"{table.name} has no column “{name}”; it has {', '.join(table.names)}") from None


def _with_words(column: Column, given: Mapping[str, Any]) -> Condition:
    words = set(given)
    if words == {"not"}:
        return OneOf(column.name, _values(column, given["not"]), other=True)
    if words and words <= {"from", "to"}:
        ends = [_value(column, given[word]) if word in given else None for word in ("from", "to")]
        return Between(column.name, *ends)
    raise ConditionError(f"“{column.name}” may be a value, a list, {{not: …}} or {{from: …, to: …}}")


def _values(column: Column, given: Any) -> tuple[Scalar, ...]:
    values = given if isinstance(given, list) else [given]
    if not values:
        raise ConditionError(f"the list for “{column.name}” is empty, so nothing could ever be counted")
    return tuple(_value(column, value) for value in values)


def _value(column: Column, value: Any) -> Scalar:
    if not _fits(column.type, value):
        raise ConditionError(f"“{column.name}” holds a {column.type.value}, and “{value}” is not one")
    if column.values and value not in column.values:
        raise ConditionError(f"“{column.name}” is never “{value}”; it is one of {', '.join(column.values)}")
    return value  # type: ignore[no-any-return]


def _fits(kind: Type, value: Any) -> bool:
    if kind is Type.FLAG:
        return isinstance(value, bool)
    if kind is Type.INTEGER:
        return isinstance(value, int) and not isinstance(value, bool)
    if kind is Type.NUMBER:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind is Type.DATE:
        return isinstance(value, date)
    if kind is Type.MONTH:
        return isinstance(value, str) and is_month(value)
    return kind in (Type.TEXT, Type.TIME) and isinstance(value, str)


def _listed(table: Table, given: Any) -> Listed:
    column_of(table, "offence_code")
    names = given if isinstance(given, list) else [given]
    if not names or not all(isinstance(name, str) and name for name in names):
        raise ConditionError("offence_list must name at least one list in definitions/offences")
    return Listed(tuple(names))


def _apart(table: Table, given: Any) -> Apart:
    if not isinstance(given, Mapping) or set(given) != {"first", "last", "more_than"}:
        raise ConditionError("months_between needs first, last (two date columns) and more_than (whole months)")
    columns = [column_of(table, str(given[end])) for end in ("first", "last")]
    for column in columns:
        if column.type is not Type.DATE:
            raise ConditionError(f"months_between compares dates, and “{column.name}” is a {column.type.value}")
    months = given["more_than"]
    if not isinstance(months, int) or isinstance(months, bool) or months < 0:
        raise ConditionError("months_between needs a whole number of months in more_than")
    return Apart(columns[0].name, columns[1].name, months)
