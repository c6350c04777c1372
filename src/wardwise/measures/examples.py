"""Runs the worked example of a measure: its rows go through the same queries as a store's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from math import isclose
from typing import TYPE_CHECKING, Any

from wardwise.definitions.find import DefinitionError
from wardwise.records.columns import Table
from wardwise.records.figures import Figure
from wardwise.records.periods import Period
from wardwise.records.tables import TABLES
from wardwise.store.supplies import Supply

from .calculate import calculate
from .definition import Measure
from .kinds import PERIODS

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

_NUMBERS = ("count", "base", "value", "lower", "upper", "status")
_DEFAULTS = {"source": "example", "supplier": "example", "months": 1}


class Flat:
    """Places in which every code is an area of its own, covered by no known force."""

    def exists(self, code: str) -> bool:
        return True

    def name(self, code: str) -> str:
        return code

    def level(self, code: str) -> str:
        return "district"

    def parent(self, code: str, level: str) -> str | None:
        return None

    def children(self, code: str, level: str) -> tuple[str, ...]:
        return (code,)

    def members(self, codes: Sequence[str]) -> list[tuple[str, str]]:
        return [(code, code) for code in codes]

    def force(self, code: str) -> str | None:
        return None


class Memory:
    """Rows held in memory, read as a store's snapshot is. supplies: those the rows tell of, unless given."""

    def __init__(
        self,
        rows: Mapping[str, Sequence[Mapping[str, Any]]],
        places: Any = None,
        supplies: Sequence[Supply] | None = None,
    ) -> None:
        self.places = places or Flat()
        self.tables = {name: _filled(TABLES[name], given) for name, given in rows.items()}
        self.versions = dict.fromkeys(self.tables, 0)
        self._supplies = supplies

    def supplies(self, table: str) -> tuple[Supply, ...]:
        if self._supplies is not None:
            return tuple(self._supplies) if table in self.tables else ()
        names = TABLES[table].supply
        held = {tuple(row[name] for name in names) for row in self.tables.get(table, ())}
        return tuple(
            Supply(source, supplier, period, file="example", digest="", rows=0)
            for source, supplier, period in sorted(held)
        )

    def arrow(self, table: str) -> pa.Table:
        """The rows of one canonical table; none when the example gives it none."""
        import pyarrow as pa

        return pa.Table.from_pylist(list(self.tables.get(table, ())), schema=TABLES[table].schema())

    def connection(self) -> duckdb.DuckDBPyConnection:
        return self._connection.cursor()

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        from wardwise.store import duckdb

        connection = duckdb.connect()
        for name in TABLES:
            columns = ", ".join(f"{duckdb.name(c.name)} {duckdb.SQL_TYPES[c.type]}" for c in TABLES[name].columns)
            connection.execute(f"CREATE TABLE {name} ({columns})")
            if self.tables.get(name):
                connection.register("given", self.arrow(name))
                connection.execute(f"INSERT INTO {name} SELECT * FROM given")  # noqa: S608 -- a declared table's name
                connection.unregister("given")
        return connection


def _filled(table: Table, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows as the canonical table has them: “area” is short for its code, and what an example leaves out gets a plain value."""
    names = set(table.names)
    plain = {name: value for name, value in _DEFAULTS.items() if name in names}
    if table.name == "population":
        plain["age"] = "all"
    filled = [
        {
            **plain,
            **{"area_code" if name == "area" else name: value for name, value in row.items()},
        }
        for row in rows
    ]
    unknown = {name for row in filled for name in row} - names
    if unknown:
        raise ValueError(f"{table.name} has no column {', '.join(sorted(unknown))}")
    return filled


def differences(measure: Measure) -> Iterator[str]:
    """What the example's figures are where they are not as expected; nothing when all agree."""
    where = measure.file
    try:
        held = Memory(measure.example.rows)
    except ValueError as error:
        raise DefinitionError(f"example: {error}.", where=where, next_step="Use the table's own columns.") from error
    for expected in measure.example.expect:
        figure = _find(measure, held, expected)
        for name in _NUMBERS:
            if name in expected and not _same(expected[name], _cell(figure, name)):
                yield f"{measure.measure} {_said(expected)}: {name} is {_cell(figure, name)}, expected {expected[name]}"


def _find(measure: Measure, held: Memory, expected: Mapping[str, Any]) -> Figure | None:
    dimensions = [name for name in expected if name not in (*_NUMBERS, "area", "month", "period")]
    by = [*(["month"] if "month" in expected else []), *dimensions]
    months = expected.get("month") or expected.get("period") or measure.example.period or _span(measure)
    period = Period.of(str(months))
    figures = calculate(measure, held, [str(expected["area"])], period, by).figures
    wanted = tuple((name, str(expected[name])) for name in dimensions)
    return next((figure for figure in figures if figure.key.group == wanted), None)


def _span(measure: Measure) -> str:
    rows = measure.example.rows.get(measure.count.records, ())
    months = sorted(str(row["month"]) for row in rows if "month" in row)
    return f"{months[0]}..{months[-1]}"


def _cell(figure: Figure | None, name: str) -> Any:
    return getattr(figure, name) if figure else "no figure"


def _same(expected: Any, found: Any) -> bool:
    if isinstance(expected, int | float) and isinstance(found, int | float):
        return isclose(expected, found, rel_tol=1e-3, abs_tol=5e-4)
    return bool(expected == found) or str(expected) == str(found)


def _said(expected: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in expected.items() if name not in _NUMBERS)


__all__ = ["PERIODS", "Flat", "Memory", "differences"]
