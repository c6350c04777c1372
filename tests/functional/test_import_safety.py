"""A kill, a full disk and two imports at once: nothing lost, nothing half-visible."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.factories import killing, street
from wardwise.records.errors import WardwiseError
from wardwise.sources import import_files
from wardwise.store import Store, lock


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "store", create=True)


def test_a_kill_leaves_the_old_data_or_the_new(tmp_path: Path) -> None:
    assert len(killing.kill_at_random_points(tmp_path, times=3, seed=1)) == 3


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """A limit the system keeps for this process: writing past it fails, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.skipif(sys.platform == "win32", reason="the limit is one that only POSIX systems have")
@pytest.mark.parametrize("size", [200, 2_500, 6_000])
def test_a_disk_that_fills_up_leaves_the_store_as_it_was(store: Store, tmp_path: Path, size: int) -> None:
    import_files(store, killing.supply(tmp_path / "first", 30))
    old = killing.state(store)
    second = killing.supply(tmp_path / "second", 400)
    with files_no_larger_than(size), pytest.raises(WardwiseError) as caught:
        import_files(store, second)
    assert "disk is full" in caught.value.what
    assert killing.state(store) == old
    assert store.verify().sound
    import_files(store, second)
    assert {rows for _, rows in killing.state(store)} == {400}


def test_two_imports_at_once_both_arrive(store: Store, tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text(street.text(street.rows(200, "2022-09") + street.rows(7, "2022-10")))
    second.write_text(street.text(street.rows(300, "2022-10") + street.rows(5, "2022-11")))
    running = [killing.begin(store, [path]) for path in (first, second)]
    errors = [process.communicate(timeout=60)[1] for process in running]
    assert [process.returncode for process in running] == [0, 0], errors
    assert store.verify().sound
    query = "SELECT month, count(*) FROM street_crime GROUP BY ALL ORDER BY ALL"
    held = store.at().connection().execute(query).fetchall()
    assert held in (
        [("2022-09", 200), ("2022-10", 7), ("2022-11", 5)],
        [("2022-09", 200), ("2022-10", 300), ("2022-11", 5)],
    )


def test_a_store_in_use_is_said_plainly_and_the_lock_dies_with_its_process(store: Store, tmp_path: Path) -> None:
    holding = (
        "import sys, time; from pathlib import Path; from wardwise.store import lock\n"
        "with lock.writing(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", holding, str(store.folder)],
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": ":".join(path for path in sys.path if path)},
    )
    assert process.stdout is not None and process.stdout.readline().strip() == "held"
    with pytest.raises(WardwiseError, match="Another import is writing"), lock.writing(store.folder, wait=0.2):
        pass
    process.kill()
    process.communicate()
    with lock.writing(store.folder, wait=5):
        pass


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of one megabyte, in memory. Only a superuser of Linux can make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.skipif(shutil.which("mount") is None, reason="there is no mount command")
def test_a_real_disk_that_fills_up_leaves_the_store_as_it_was(small_disk: Path, tmp_path: Path) -> None:
    store = Store.open(small_disk / "store", create=True)
    import_files(store, killing.supply(tmp_path / "first", 30))
    old = killing.state(store)
    filler = small_disk / "filler"
    for left in (60_000, 30_000, 8_000, 0):
        filler.write_bytes(bytes(shutil.disk_usage(small_disk).free - left))
        with pytest.raises(WardwiseError, match="disk is full"):
            import_files(store, killing.supply(tmp_path / f"second-{left}", 1_000))
        assert killing.state(store) == old
        filler.unlink()
    assert store.verify().sound
    import_files(store, killing.supply(tmp_path / "third", 60))
    assert {rows for _, rows in killing.state(store)} == {60}
