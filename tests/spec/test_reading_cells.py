"""What the text of a cell is read as: small tables, as the reference page on sources tells it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pytest

from wardwise.sources import kinds, stream


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    with stream.connect(tmp_path_factory.mktemp("spill")) as made:
        yield made


CASES: dict[str, list[tuple[str | None, Any]]] = {
    "month": [
        ("2022-10", "2022-10"),
        ("2022-10-31", "2022-10"),
        ("2022-10-31T23:59:00+00:00", "2022-10"),
        ("2022-10-01 00:00:00", "2022-10"),
        ("31/10/2022", "2022-10"),
        ("10/2022", "2022-10"),
        ("Oct-22", "2022-10"),
        ("October 2022", "2022-10"),
        ("2022 Oct", "2022-10"),
        ("2022-13", None),
        ("31/02/2022", None),
        ("2022", None),
        ("soon", None),
        (None, None),
    ],
    "date": [
        ("2022-10-31", date(2022, 10, 31)),
        ("2022-10-31T01:48:53+00:00", date(2022, 10, 31)),
        ("31/10/2022", date(2022, 10, 31)),
        ("1/2/2022", date(2022, 2, 1)),
        ("31/10/2022 18:45", date(2022, 10, 31)),
        ("31.10.2022", date(2022, 10, 31)),
        ("31/10/22", date(2022, 10, 31)),
        ("31 Oct 2022", date(2022, 10, 31)),
        ("31-October-2022", date(2022, 10, 31)),
        ("31-Oct-22", date(2022, 10, 31)),
        ("2022-02-30", None),
        ("10/31/2022", None),
        ("20221031", None),
    ],
    "time": [
        ("18:45", "18:45"),
        ("8:05", "08:05"),
        ("18:45:59", "18:45"),
        ("2019-12-01T01:48:53+00:00", "01:48"),
        ("2019-12-01 01:48:53", "01:48"),
        ("1845", "18:45"),
        ("25:00", None),
        ("18:75", None),
    ],
    "year": [("Mid-2019", "2019"), ("2011", "2011"), ("2017/18", "2017"), ("about 12", None)],
    "integer": [
        ("12", 12),
        ("-1", -1),
        ("1,204", 1204),
        ("12.0", 12),
        ("12.5", None),
        ("1e3", None),
        ("0x10", None),
        ("twelve", None),
        ("9" * 30, None),
    ],
    "number": [("12.5", 12.5), ("-0.1", -0.1), ("1,204.5", 1204.5), ("12m", None)],
    "flag": [("Yes", True), ("n", False), ("TRUE", True), ("0", False), ("maybe", None)],
    "hex": [("00ff", b"\x00\xff"), ("CR/12", b"CR/12"), (None, None)],
    "code": [("e06000009", "E06000009")],
    "slug": [("Blackpool Council", "blackpool-council"), ("A & E", "a-and-e")],
    "force": [("Lancashire Constabulary", "lancashire"), ("Metropolitan Police Service", "metropolitan")],
}


@pytest.mark.parametrize(
    ("kind", "written", "read"), [(kind, written, read) for kind, cases in CASES.items() for written, read in cases]
)
def test_reading(connection: duckdb.DuckDBPyConnection, kind: Any, written: str | None, read: Any) -> None:
    (found,) = (
        connection.execute(f"SELECT {kinds.READ[kind]('x', ())} FROM (SELECT ?::VARCHAR AS x)", [written]).fetchone()
        or ()
    )
    assert found == read


def test_a_further_format_is_tried_after_the_usual_ones(connection: duckdb.DuckDBPyConnection) -> None:
    (found,) = connection.execute(f"SELECT {kinds.day('x', ['%Y%m%d'])} FROM (SELECT '20221031' AS x)").fetchone() or ()
    assert found == date(2022, 10, 31)


def test_every_kind_is_shown_here() -> None:
    assert set(CASES) | {"text", "geometry"} == set(kinds.READ)
