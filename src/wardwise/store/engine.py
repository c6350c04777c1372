"""An engine runs queries over what is held: DuckDB on the desk, or an existing Spark cluster. Queries name canonical tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from ..records.errors import WardwiseError
from .dialect import DUCKDB, Dialect, Query, named

if TYPE_CHECKING:
    import pyarrow as pa


class Connected(Protocol):
    """What DuckDB reads: it gives a connection with a view, or a table, for each canonical table that it holds."""

    def connection(self) -> Any: ...


class Engine(Protocol):
    """Runs queries over one snapshot, or over the parts of an import. `lend` gives it a small table to join to."""

    name: str
    dialect: Dialect

    def lend(self, name: str, table: pa.Table) -> None: ...

    def run(self, sql: str, parameters: Mapping[str, Any]) -> pa.Table: ...


class DuckDB:
    """The engine on the desk: a connection of what is held."""

    name = "duckdb"
    dialect = DUCKDB

    def __init__(self, held: Connected) -> None:
        self._connection = held.connection()

    def lend(self, name: str, table: pa.Table) -> None:
        self._connection.register(name, table)

    def run(self, sql: str, parameters: Mapping[str, Any]) -> pa.Table:
        return self._connection.execute(sql, dict(parameters)).to_arrow_table()


def opened(held: Connected, name: str = "duckdb", master: str | None = None) -> Engine:
    """The engine called `name` over what is held. Raises WardwiseError for an unknown engine, or a Spark that cannot be reached."""
    _known(name)
    if name == "duckdb":
        return DuckDB(held)
    from . import spark

    assert isinstance(held, spark.Files)
    return spark.Spark(held, master)


def ready(name: str, master: str | None = None) -> None:
    """Make sure, before long work, that the engine is there. Raises WardwiseError as `opened` does."""
    _known(name)
    if name == "spark":
        from . import spark

        spark.session(master)


def _known(name: str) -> None:
    if name not in ("duckdb", "spark"):
        raise WardwiseError(f"There is no engine called “{name}”.", where="--engine", next_step="Use duckdb or spark.")


def ask(engine: Engine, query: Query) -> list[tuple[Any, ...]]:
    """The rows of a query's answer, each a tuple in the order of its columns."""
    answer = engine.run(query.text(engine.dialect), named(query.parameters))
    return list(zip(*(column.to_pylist() for column in answer.columns), strict=True))
