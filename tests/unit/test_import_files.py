"""Files that are locked, damaged, unsafe, empty or strange: one clear message, and the store as it was."""

from __future__ import annotations

import gzip
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest

from tests.factories import street
from wardwise.records.errors import WardwiseError
from wardwise.sources import import_files
from wardwise.store import Store

GOOD = street.text(street.rows(3))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "store", create=True)


def zipped(path: Path, **files: str | bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def refuse(store: Store, path: Path, message: str) -> WardwiseError:
    inside = sorted(store.folder.rglob("*"))
    with pytest.raises(WardwiseError, match=message) as caught:
        import_files(store, [path], today=date(2024, 1, 15))
    assert caught.value.where and caught.value.next_step
    assert [p for p in sorted(store.folder.rglob("*")) if p.name != ".lock"] == [p for p in inside if p.name != ".lock"]
    return caught.value


def test_a_locked_zip(store: Store, tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", **{"a.csv": GOOD})
    content = bytearray(path.read_bytes())
    central = content.index(b"PK\x01\x02")
    content[6] |= 1  # the flag that says “encrypted”, in the local header
    content[central + 8] |= 1  # and in the central directory
    error = refuse(store, written(path, bytes(content)), "locked with a password")
    assert error.where == "a.zip/a.csv"


def test_a_bomb(store: Store, tmp_path: Path) -> None:
    refuse(store, zipped(tmp_path / "a.zip", **{"a.csv": b"0" * 80_000_000}), "far more than real files")


def test_a_gzip_bomb(store: Store, tmp_path: Path) -> None:
    refuse(store, written(tmp_path / "a.csv.gz", gzip.compress(b"0" * 80_000_000)), "far more than real files")


def test_a_name_that_reaches_outside(store: Store, tmp_path: Path) -> None:
    for number, name in enumerate(["../../evil.csv", "/etc/evil.csv", "..\\evil.csv", "C:\\evil.csv"]):
        refuse(store, zipped(tmp_path / f"{number}.zip", **{name: GOOD}), "reaches outside")
    assert not list(tmp_path.rglob("evil.csv"))


def test_an_archive_in_an_archive_is_read(store: Store, tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", **{"a.csv": GOOD})
    outer = zipped(tmp_path / "outer.zip", **{"inner.zip": inner.read_bytes(), "notes.txt": "hello"})
    report = import_files(store, [outer])
    assert (report.rows, report.accepted, report.skipped) == (3, 3, ("outer.zip/notes.txt",))
    assert report.files[0].file == "outer.zip/inner.zip/a.csv"


def test_archives_too_many_deep(store: Store, tmp_path: Path) -> None:
    path = zipped(tmp_path / "0.zip", **{"a.csv": GOOD})
    for depth in range(1, 5):
        path = zipped(tmp_path / f"{depth}.zip", **{"in.zip": path.read_bytes()})
    refuse(store, path, "too many deep")


@pytest.mark.parametrize("keep", [100, 300])
def test_a_cut_zip(store: Store, tmp_path: Path, keep: int) -> None:
    path = zipped(tmp_path / "a.zip", **{"a.csv": GOOD})
    refuse(store, written(path, path.read_bytes()[:keep]), "damaged or incomplete")


def test_a_zip_with_a_flipped_byte(store: Store, tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", **{"a.csv": GOOD})
    content = bytearray(path.read_bytes())
    content[60] ^= 0xFF
    refuse(store, written(path, bytes(content)), "damaged or incomplete")


def test_a_cut_gzip(store: Store, tmp_path: Path) -> None:
    refuse(store, written(tmp_path / "a.csv.gz", gzip.compress(GOOD.encode())[:-20]), "damaged or incomplete")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"", "empty"),
        ("a.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 40, "not a text file"),
        ("a.csv", b"just a letter to the partnership\n", "not of a kind"),
        ("a.xlsx", b"PK\x03\x04 not really", "cannot be read"),
        ("a.xlsx", b"", "empty"),
        ("a.geojson", b"{", "not valid JSON"),
        ("a.json", json.dumps({"a": 1}).encode(), "not GeoJSON"),
    ],
)
def test_files_that_cannot_be_read(store: Store, tmp_path: Path, name: str, content: bytes, message: str) -> None:
    refuse(store, written(tmp_path / name, content), message)


def test_a_missing_path_and_an_empty_folder(store: Store, tmp_path: Path) -> None:
    refuse(store, tmp_path / "nowhere.csv", "no such file")
    (tmp_path / "bare").mkdir()
    refuse(store, tmp_path / "bare", "nothing here to import")


def test_a_missing_and_a_doubled_column(store: Store, tmp_path: Path) -> None:
    lines = GOOD.splitlines()
    lines[0] = lines[0].replace("Falls within", "Crime type")
    refuse(store, written(tmp_path / "a.csv", "\n".join(lines).encode()), "more than one column called “crime type”")


def test_files_of_one_name_are_told_apart(store: Store, tmp_path: Path) -> None:
    for folder, rows in (("may", 2), ("june", 3)):
        (tmp_path / folder).mkdir()
        written(tmp_path / folder / "street.csv", street.text(street.rows(rows)).encode())
    paths = [tmp_path / "may" / "street.csv", tmp_path / "june" / "street.csv"]
    report = import_files(store, paths)
    assert {file.file: file.rows for file in report.files} == {"may/street.csv": 2, "june/street.csv": 3}
    assert [file.superseded for file in report.files if file.file.startswith("may")] == [2]
    twice = import_files(store, [paths[1], paths[1]])
    assert [(file.file, file.accepted) for file in twice.files] == [("street.csv", 6)]


def test_a_folder_given_as_a_dot_has_its_name(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "incoming").mkdir()
    written(tmp_path / "incoming" / "street.csv", GOOD.encode())
    monkeypatch.chdir(tmp_path / "incoming")
    assert [file.file for file in import_files(store, [Path()]).files] == ["incoming/street.csv"]
