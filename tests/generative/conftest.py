"""One cluster for every test that asks Spark."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .cluster import standalone


@pytest.fixture(scope="package")
def master(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a standalone master with two workers."""
    with standalone(tmp_path_factory.mktemp("cluster")) as address:
        yield address
        from pyspark.sql import SparkSession

        session = SparkSession.getActiveSession()
        if session is not None:
            session.stop()
