"""`store verify` finds each kind of damage, and says what an interrupted import left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.factories import street
from wardwise.sources import import_files
from wardwise.store import Store, delta


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store.open(tmp_path / "store", create=True)
    for number, count in enumerate((3, 4)):
        path = tmp_path / f"{number}.csv"
        path.write_text(street.text([*street.rows(2, "2022-09"), *street.rows(count, "2022-10")]))
        import_files(made, [path], today=date(2024, 1, 1))
    return made


def a_file(store: Store) -> Path:
    return Path(store.at().files("street_crime", month="2022-10")[0])


def test_a_whole_store(store: Store) -> None:
    report = store.verify()
    assert (report.sound, report.problems, report.orphans, report.unfinished) == (True, (), (), "")
    assert [(t.table, t.version, t.supplies, t.rows) for t in report.tables] == [("street_crime", 1, 2, 6)]


def test_an_empty_store(tmp_path: Path) -> None:
    assert Store.open(tmp_path / "new", create=True).verify().sound


def remove(store: Store) -> None:
    a_file(store).unlink()


def shorten(store: Store) -> None:
    a_file(store).write_bytes(a_file(store).read_bytes()[:-5])


def scramble(store: Store) -> None:
    a_file(store).write_bytes(bytes(a_file(store).stat().st_size))


def remove_older(store: Store) -> None:
    """A file that only an older version names: “as of” needs it."""
    Path(store.at(versions={"street_crime": 0}).files("street_crime", month="2022-10")[0]).unlink()


def lose_the_load(store: Store) -> None:
    for path in (store.folder / "loads").glob("*.json"):
        path.unlink()


def slip_in(store: Store) -> None:
    """A commit that adds rows to a supply without being a load."""
    from deltalake import write_deltalake

    rows = store.at().fetch("SELECT * FROM street_crime LIMIT 1")
    write_deltalake(str(store.folder / "street_crime"), rows, mode="append")


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (remove, "is missing"),
        (shorten, "was committed with"),
        (scramble, "cannot be read"),
        (remove_older, "is missing"),
        (lose_the_load, "no record"),
        (slip_in, "more than one load"),
    ],
)
def test_damage_is_found(store: Store, damage: Callable[[Store], None], told: str) -> None:
    damage(store)
    report = store.verify()
    assert not report.sound
    assert any(told in problem for problem in report.problems), report.problems


def test_rows_that_a_query_does_not_find_are_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wardwise.store.counts.held", lambda *_: {("police-street-crime", "lancashire", "2022-10"): 5})
    assert store.verify().problems == (
        "street_crime: police-street-crime lancashire 2022-09: duckdb finds 0 rows, and its supply brought 2",
        "street_crime: police-street-crime lancashire 2022-10: duckdb finds 5 rows, and its supply brought 4",
    )


def test_files_that_no_version_names_are_told_and_are_no_fault(store: Store) -> None:
    stray = a_file(store).with_name("stray.parquet")
    stray.write_bytes(b"")
    report = store.verify()
    assert report.sound
    assert len(report.orphans) == 1 and report.orphans[0].endswith("stray.parquet")


def test_an_interrupted_load_is_unseen_until_the_next_writer_finishes_it(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if killed between the decision and a table's commit."""
    before = store.at()

    class KilledError(BaseException):
        pass

    def killed(*_: object) -> None:
        raise KilledError

    path = tmp_path / "more.csv"
    path.write_text(street.text(street.rows(9, "2022-11")))
    with monkeypatch.context() as patch:
        patch.setattr(delta, "apply", killed)
        patch.setattr(Store, "_take_back", lambda *_: None)  # a killed process tidies nothing
        with pytest.raises(KilledError):
            import_files(store, [path], today=date(2024, 1, 1))
    report = store.verify()
    assert report.sound and report.unfinished
    assert store.at().versions == before.versions
    again = import_files(store, [path], today=date(2024, 1, 1))
    assert (again.accepted, again.load) == (9, "")  # finished first, so it is held already
    assert store.verify().unfinished == ""
    assert store.verify().tables[0].rows == 15


def test_an_error_while_committing_takes_everything_back(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "more.csv"
    path.write_text(street.text(street.rows(9, "2022-11")))
    before = sorted(store.folder.rglob("*.parquet"))
    with monkeypatch.context() as patch:
        patch.setattr(delta, "apply", full)
        with pytest.raises(Exception, match="disk is full"):
            import_files(store, [path], today=date(2024, 1, 1))
    assert sorted(store.folder.rglob("*.parquet")) == before
    assert store.verify().unfinished == ""
    assert import_files(store, [path], today=date(2024, 1, 1)).accepted == 9


def test_the_command_says_whether_the_store_is_sound(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from wardwise.cli.main import run

    monkeypatch.setattr("sys.argv", ["wardwise", "--store", str(store.folder), "store", "verify"])
    for damage, code, told in ((None, 0, "The store is sound."), (remove, 1, "is missing")):
        if damage:
            damage(store)
        with pytest.raises(SystemExit) as ended:
            run()
        assert ended.value.code == code
        assert told in capsys.readouterr().out


def test_init_over_a_store_says_that_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from wardwise.cli.main import run

    monkeypatch.setattr("sys.argv", ["wardwise", "--store", str(tmp_path / "work"), "init"])
    for told in ("The store is ready in", "There is a store in"):
        with pytest.raises(SystemExit):
            run()
        assert capsys.readouterr().out.startswith(told)
