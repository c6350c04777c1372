"""The store: what is saved is read back, at the version it was saved in, and only the supplies that were given are replaced."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from wardwise.records.errors import WardwiseError
from wardwise.records.tables import TABLES, table
from wardwise.store import Store, Supply, delta

STREET = table("street_crime")


def rows(*crimes: tuple[str, str, str]) -> pa.Table:
    """Street rows of (supplier, month, crime type)."""
    held = [
        {"source": "police-street-crime", "supplier": s, "month": m, "crime_type": c, "crime_id": b"\x01\x02"}
        for s, m, c in crimes
    ]
    return pa.Table.from_pylist(held, schema=STREET.schema())


def supply(supplier: str, month: str, count: int, digest: str = "d1") -> Supply:
    return Supply("police-street-crime", supplier, month, "street.csv", digest, count)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "store", create=True)


def counts(store: Store, **at: object) -> list[tuple[str, str, int]]:
    snapshot = store.at(**at)  # type: ignore[arg-type]
    query = "SELECT supplier, month, count(*) FROM street_crime GROUP BY ALL ORDER BY ALL"
    return snapshot.connection().execute(query).fetchall()


def test_an_empty_store_has_every_table_empty_with_its_declared_columns(store: Store) -> None:
    snapshot = store.at()
    assert snapshot.versions == {}
    for each in TABLES.values():
        held = snapshot.fetch(f"SELECT * FROM {each.name}")
        assert (held.num_rows, held.schema.names) == (0, list(each.names))
        assert held.schema.types == each.schema().types


def test_rows_come_back_with_their_types(store: Store) -> None:
    store.save(STREET, rows(("lancashire", "2022-10", "Burglary")), [supply("lancashire", "2022-10", 1)])
    held = store.at().fetch(
        "SELECT crime_id, month, crime_type, longitude FROM street_crime WHERE month = ?", ["2022-10"]
    )
    assert held.to_pylist() == [
        {"crime_id": b"\x01\x02", "month": "2022-10", "crime_type": "Burglary", "longitude": None}
    ]


def test_a_supply_replaces_only_its_own_month_and_the_older_stays_readable(store: Store) -> None:
    both = rows(
        ("lancashire", "2022-09", "Burglary"), ("lancashire", "2022-10", "Burglary"), ("cumbria", "2022-10", "Drugs")
    )
    store.save(
        STREET,
        both,
        [supply("lancashire", "2022-09", 1), supply("lancashire", "2022-10", 1), supply("cumbria", "2022-10", 1)],
    )
    between = datetime.now(UTC)
    again = rows(("lancashire", "2022-10", "Burglary"), ("lancashire", "2022-10", "Robbery"))
    store.save(STREET, again, [supply("lancashire", "2022-10", 2, "d2")])
    assert counts(store) == [("cumbria", "2022-10", 1), ("lancashire", "2022-09", 1), ("lancashire", "2022-10", 2)]
    before = [("cumbria", "2022-10", 1), ("lancashire", "2022-09", 1), ("lancashire", "2022-10", 1)]
    assert counts(store, as_of=between) == before
    assert counts(store, versions={"street_crime": 0}) == before
    assert [(s.slot[1:], s.rows, s.digest) for s in store.at().supplies("street_crime")] == [
        (("cumbria", "2022-10"), 1, "d1"),
        (("lancashire", "2022-09"), 1, "d1"),
        (("lancashire", "2022-10"), 2, "d2"),
    ]


def test_a_day_means_its_end_and_a_day_before_the_first_load_is_empty(store: Store) -> None:
    store.save(STREET, rows(("lancashire", "2022-10", "Burglary")), [supply("lancashire", "2022-10", 1)])
    today = datetime.now().astimezone().date()
    assert len(counts(store, as_of=today)) == 1
    assert counts(store, as_of=today - timedelta(days=1)) == []
    assert counts(store, as_of=date(2000, 1, 1)) == []


def test_files_can_be_asked_for_by_partition(store: Store) -> None:
    both = rows(("lancashire", "2022-10", "Burglary"), ("cumbria", "2022-10", "Drugs"))
    store.save(STREET, both, [supply("lancashire", "2022-10", 1), supply("cumbria", "2022-10", 1)])
    snapshot = store.at()
    assert len(snapshot.files("street_crime")) == 2
    (path,) = snapshot.files("street_crime", supplier="cumbria")
    assert "supplier=cumbria/month=2022-10" in path
    assert Path(path).is_file()
    with pytest.raises(WardwiseError, match="not divided by"):
        snapshot.files("street_crime", crime_type="Drugs")


def test_a_connection_reads_the_store_and_nothing_else(store: Store, tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a\n1\n")
    connection = store.at().connection()
    with pytest.raises(Exception, match="disabled"):
        connection.execute(f"SELECT * FROM read_csv('{tmp_path / 'other.csv'}')")


@pytest.mark.parametrize("setting", ["enable_external_access = true", "allowed_directories = ['/']"])
def test_what_a_connection_may_read_cannot_be_widened(store: Store, setting: str) -> None:
    with pytest.raises(Exception, match=r"[Cc]annot"):
        store.at().connection().execute(f"SET {setting}")


def test_rows_outside_the_supplies_given_are_refused_and_nothing_changes(store: Store) -> None:
    with pytest.raises(ValueError, match="outside"):
        store.save(STREET, rows(("cumbria", "2022-10", "Drugs")), [supply("lancashire", "2022-10", 1)])
    assert counts(store) == []


def test_the_wrong_folder_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(WardwiseError, match="no Wardwise store"):
        Store.open(tmp_path / "nowhere")
    (tmp_path / "letter.txt").write_text("Dear partners")
    with pytest.raises(WardwiseError, match="holds other things"):
        Store.open(tmp_path, create=True)


def test_a_version_that_is_not_there_is_said_plainly(store: Store) -> None:
    with pytest.raises(WardwiseError, match="no version 3"):
        store.at(versions={"street_crime": 3})


def test_a_folder_with_only_the_partnerships_definitions_can_become_a_store(tmp_path: Path) -> None:
    (tmp_path / "work" / "definitions").mkdir(parents=True)
    assert Store.open(tmp_path / "work", create=True).at().versions == {}


def test_what_a_killed_writer_left_is_cleared_by_the_next(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / ".wardwise-store.json.4711.part").write_text("{", encoding="utf-8")
    made = Store.open(folder, create=True)
    left = folder / ".pending.json.4711.part"
    left.write_text("{", encoding="utf-8")
    made.save(STREET, rows(("lancashire", "2022-10", "Burglary")), [supply("lancashire", "2022-10", 1)])
    assert not left.exists()
    assert counts(made) == [("lancashire", "2022-10", 1)]


def test_a_column_declared_after_a_table_was_made_is_read_from_the_files_that_have_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only new files hold it, and the log of the table never names it."""
    before = [name for name in STREET.names if name != "crime_type"]
    october = rows(("lancashire", "2022-10", "Burglary"))
    store.save(STREET, october, [supply("lancashire", "2022-10", 1)])
    held = next(store.folder.glob("street_crime/**/*.parquet"))
    pq.write_table(pq.read_table(held).drop_columns(["crime_type"]), held)
    store.save(STREET, rows(("lancashire", "2022-11", "Robbery")), [supply("lancashire", "2022-11", 1, "d2")])
    monkeypatch.setattr(delta, "schema", lambda *_: pa.schema([STREET.schema().field(name) for name in before]))
    found = store.at().fetch("SELECT month, crime_type FROM street_crime ORDER BY month")
    assert found.to_pylist() == [
        {"month": "2022-10", "crime_type": None},
        {"month": "2022-11", "crime_type": "Robbery"},
    ]
