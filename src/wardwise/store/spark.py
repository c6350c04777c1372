"""The same tables on an existing Spark cluster: a version's own file list, read as one view for each table.

PySpark is an optional extra and needs Java; it is imported only when Spark is asked for.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from wardwise.records.columns import Table, Type
from wardwise.records.errors import WardwiseError

from .dialect import SPARK

if TYPE_CHECKING:
    import pyarrow as pa

MASTER = "WARDWISE_SPARK"
"""Environment variable that names the Spark master, for example spark://host:7077."""

_TYPES = {
    Type.TEXT: "string",
    Type.INTEGER: "bigint",
    Type.NUMBER: "double",
    Type.MONTH: "string",
    Type.DATE: "date",
    Type.TIME: "string",
    Type.FLAG: "boolean",
    Type.BYTES: "binary",
}


@runtime_checkable
class Files(Protocol):
    """A snapshot, or the parts of an import: the tables, and the files of each, in a folder of its name under `folder`."""

    folder: Path

    @property
    def declared(self) -> Mapping[str, Table]: ...

    def files(self, table: str) -> list[str]: ...


class Spark:
    """One Spark session, with one view for each canonical table of a snapshot, or of the parts of an import."""

    name = "spark"
    dialect = SPARK

    def __init__(self, held: Files, master: str | None = None) -> None:
        # A session of its own: views of two snapshots must not hide each other.
        self.session = session(master).newSession()
        self._held = held
        self._viewed: set[str] = set()

    def lend(self, name: str, table: pa.Table) -> None:
        """Make a small table readable under `name`."""
        self.session.createDataFrame(table).createOrReplaceTempView(name)

    def run(self, sql: str, parameters: Mapping[str, Any]) -> pa.Table:
        """Run a query with its values bound. The answer is small: counts, not records."""
        try:
            self._view_those_in(sql)
            return self.session.sql(sql, args=dict(parameters)).toArrow()
        except _failures() as error:
            raise WardwiseError(
                "Spark could not count.",
                where=str(self._held.folder),
                next_step="Check that every worker sees this folder under the same path, and what Spark's own log says.",
            ) from error

    def _view_those_in(self, sql: str) -> None:
        """Make the views that a query names; each costs Spark a look at the files."""
        for table in self._held.declared.values():
            if table.name in sql and table.name not in self._viewed:
                _view(self.session, table, self._held)
                self._viewed.add(table.name)


def _failures() -> tuple[type[Exception], ...]:
    """What Spark raises when a query fails."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    return PySparkException, Py4JError


def session(master: str | None = None) -> Any:
    """A session on `master`, else on the one that the environment names, else where Spark's own configuration says
    (spark-defaults.conf; this machine when that names none). Raises WardwiseError when Spark is lacking or cannot be reached."""
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise WardwiseError(
            "Spark is not installed.",
            where="--engine spark",
            next_step="Install it with: pip install 'wardwise[spark]'",
        ) from error
    chosen = master or os.environ.get(MASTER)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("wardwise")
    if chosen:
        builder = builder.master(chosen)
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except Exception as error:
        raise WardwiseError(
            "Spark could not be started.",
            where=chosen or "the master in Spark's own configuration",
            next_step="Check that Java 17 is installed and that the master is running and can be reached from here.",
        ) from error


_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    "spark.sql.shuffle.partitions": "8",
    "spark.sql.ansi.enabled": "true",
    "spark.ui.showConsoleProgress": "false",
}


def _view(spark: Any, table: Table, held: Files) -> None:
    """A view of `table` over its version's files; a column that is not in them is empty."""
    schema = ", ".join(f"`{column.name}` {_TYPES[column.type]}" for column in table.columns)
    paths = held.files(table.name)
    if paths:
        reader = spark.read.schema(schema).option("basePath", (held.folder / table.name).as_posix())
        frame = reader.parquet(*paths).select(*table.names)
    else:
        frame = spark.createDataFrame([], schema)
    frame.createOrReplaceTempView(table.name)
