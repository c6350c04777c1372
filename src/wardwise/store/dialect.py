"""One query, two engines: what differs between DuckDB and Spark is in this file and nowhere else.

Queries are built once as sqlglot expressions with named places for their values (p1, p2 …); the values are bound by the
engine and never pasted into the text. Agreed between the engines without help: NULL never equals anything, COUNT(DISTINCT x)
leaves NULL out, text compares byte by byte. Avoided because they differ: quantiles, week numbers, integer division.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlglot import exp


@dataclass(frozen=True)
class Dialect:
    """name: sqlglot's name of the dialect. mark: what stands before a bound value's name."""

    name: str
    mark: str

    def render(self, expression: exp.Expr) -> str:
        """The SQL text of `expression` for this engine, laid out to be read."""
        return expression.sql(self.name, pretty=True, copy=False)


DUCKDB = Dialect("duckdb", "$")
SPARK = Dialect("spark", ":")


def named(parameters: Sequence[Any]) -> Mapping[str, Any]:
    """Values under the names that the query has for them: p1, p2 …"""
    return {f"p{number}": value for number, value in enumerate(parameters, start=1)}


class Values:
    """Collects the values of one query while it is built."""

    def __init__(self) -> None:
        self._values: list[Any] = []

    def bind(self, value: Any) -> exp.Placeholder:
        """A place for `value` in the query."""
        self._values.append(value)
        return exp.Placeholder(this=f"p{len(self._values)}")

    @property
    def parameters(self) -> tuple[Any, ...]:
        return tuple(self._values)


@dataclass(frozen=True)
class Query:
    """An expression for either engine, and its values in the order p1, p2 …"""

    expression: exp.Select
    parameters: tuple[Any, ...]

    def text(self, dialect: Dialect) -> str:
        """The query's text, laid out to be read; it is what is run. Written once for each dialect."""
        if dialect not in self._texts:
            self._texts[dialect] = dialect.render(self.expression)
        return self._texts[dialect]

    @cached_property
    def _texts(self) -> dict[Dialect, str]:
        return {}


def later(day: exp.Expr, months: exp.Expr) -> exp.Expr:
    """The day `months` later, the last of the month where that has no such day. Both engines clamp alike."""
    return exp.AddMonths(this=day, expression=months)


def total(value: exp.Expr, whole: bool) -> exp.Expr:
    """A sum that comes back as an ordinary number: DuckDB would give a wide integer and Spark a long."""
    return exp.cast(exp.Sum(this=value), "bigint" if whole else "double")
