"""Downloads, against a server on this machine that serves, stalls, cuts short, moves, and refuses."""

from __future__ import annotations

import errno
import hashlib
import io
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from wardwise.records.errors import WardwiseError
from wardwise.records.periods import Period
from wardwise.sources import fetch as fetching
from wardwise.sources.fetch import Options, Patience, fetch
from wardwise.sources.fetch_plan import feed, names, wanted

YEAR = Options(period=Period.of("2021-03..2021-05"))
BODY = b"collision_index,collision_severity\n" + b"2021010000001,3\n" * 20_000


class Server:
    """A local server. `files`: path (without query) -> bytes. `script`: what to do instead, one entry for each request."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.script: list[Callable[[Handler, bytes], None]] = []
        self.asked: list[tuple[str, str]] = []
        self.tags = True
        self.web = ThreadingHTTPServer(("127.0.0.1", 0), lambda *args: Handler(self, *args))
        self.web.daemon_threads = True
        self.thread = threading.Thread(target=self.web.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.web.server_address[1]}"

    def close(self) -> None:
        self.web.shutdown()
        self.web.server_close()
        self.thread.join(5)


class Handler(BaseHTTPRequestHandler):
    """Serves whole files and ranges (with If-Range), unless the script says otherwise."""

    def __init__(self, server: Server, *args: object) -> None:
        self.told = server
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self.told.asked.append((self.path, self.headers.get("Range", "")))
        body = self.told.files.get(self.path.partition("?")[0])
        if self.told.script:
            self.told.script.pop(0)(self, body or b"")
        elif body is None:
            self.answer(404)
        else:
            self.serve(body)

    def serve(self, body: bytes, cut: int | None = None, stall: float = 0) -> None:
        tag, start, status = f'"{hashlib.sha256(body).hexdigest()[:12]}"', 0, 200
        asked = self.headers.get("Range", "")
        if asked and self.headers.get("If-Range") in (None, tag):
            start, status = int(asked.removeprefix("bytes=").rstrip("-")), 206
        heads = {"Content-Length": str(len(body) - start)}
        if status == 206:
            heads["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
        if self.told.tags:
            heads["ETag"] = tag
        self.answer(status, heads)
        try:
            self.wfile.write(body[start:] if cut is None else body[start : start + cut])
            self.wfile.flush()
            time.sleep(stall)
        except OSError:
            pass  # the client has gone, as it should
        if cut is not None:
            self.close_connection = True

    def answer(self, status: int, heads: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (heads or {"Content-Length": "0"}).items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None: ...


def cut(at: int) -> Callable[[Handler, bytes], None]:
    return lambda handler, body: handler.serve(body, cut=at)


def stall(at: int, seconds: float) -> Callable[[Handler, bytes], None]:
    return lambda handler, body: handler.serve(body, cut=at, stall=seconds)


def status(number: int, **heads: str) -> Callable[[Handler, bytes], None]:
    told = {"Content-Length": "0", **{name.replace("_", "-"): value for name, value in heads.items()}}
    return lambda handler, _: handler.answer(number, told)


def page(handler: Handler, _: bytes) -> None:
    handler.serve(b"<!doctype html><p>Sorry, this page has moved</p>")


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    path = "/road-accidents-safety-data/dft-road-casualty-statistics-"
    made.files = {f"{path}{kind}-2021.csv": BODY for kind in ("collision", "casualty")}
    yield made
    made.close()


class Waits(list[float]):
    """How long the download was told to wait; nobody really waits."""

    def patience(self, **others: object) -> Patience:
        return Patience(**{"stall": 5, "first_wait": 1.0, "sleep": self.append, **others})  # type: ignore[arg-type]


def collisions(server: Server, folder: Path, waits: Waits | None = None, **others: object) -> fetching.Fetched:
    told = (waits if waits is not None else Waits()).patience(**others)
    return fetch("collisions", YEAR, folder, {"*": server.address}, patience=told)


def test_files_are_fetched_checked_and_not_fetched_again(server: Server, tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    got = fetch("collisions", YEAR, tmp_path, {"collisions": server.address}, lambda *told: seen.append(told))
    assert [file.path.read_bytes() for file in got.files] == [BODY, BODY]
    assert got.files[0].sha256 == hashlib.sha256(BODY).hexdigest() and got.files[0].fetched == len(BODY)
    assert seen[-1] == ("dft-road-casualty-statistics-casualty-2021.csv", len(BODY), len(BODY))
    again = collisions(server, tmp_path)
    assert [file.fetched for file in again.files] == [0, 0] and len(server.asked) == 2
    got.files[0].path.write_bytes(b"x" * len(BODY))
    assert collisions(server, tmp_path).files[0].fetched == len(BODY)


def test_a_file_cut_short_is_carried_on_with(server: Server, tmp_path: Path) -> None:
    server.script = [cut(100_000), cut(50_000)]
    waits = Waits()
    got = collisions(server, tmp_path, waits)
    assert got.files[0].path.read_bytes() == BODY
    assert [asked for _, asked in server.asked[:3]] == ["", "bytes=100000-", "bytes=150000-"]
    assert waits == [1.0, 1.0]
    assert {path.name for path in tmp_path.iterdir() if not path.name.startswith(".")} == {
        f.path.name for f in got.files
    }
    assert not list(tmp_path.glob(".*.part*"))


def test_a_stalled_server_is_left_and_asked_again(server: Server, tmp_path: Path) -> None:
    server.script = [stall(100_000, 1.2)]
    got = collisions(server, tmp_path, stall=0.3)
    assert got.files[0].path.read_bytes() == BODY
    assert server.asked[1][1] == "bytes=100000-"


def test_a_stopped_command_carries_on_where_it_was(server: Server, tmp_path: Path) -> None:
    server.script = [cut(120_000), status(500), status(500)]
    with pytest.raises(WardwiseError, match=r"120,000 bytes that came are kept"):
        collisions(server, tmp_path, tries=2)
    got = collisions(server, tmp_path)
    assert got.files[0].fetched == len(BODY) - 120_000
    assert got.files[0].path.read_bytes() == BODY


def test_a_file_that_changed_meanwhile_is_begun_anew(server: Server, tmp_path: Path) -> None:
    server.script = [cut(100_000), status(500), status(500)]
    with pytest.raises(WardwiseError):
        collisions(server, tmp_path, tries=2)
    newer = BODY.replace(b",3\n", b",2\n")
    server.files = dict.fromkeys(server.files, newer)
    assert collisions(server, tmp_path).files[0].path.read_bytes() == newer


def test_without_a_tag_nothing_is_joined_to_what_may_be_another_file(server: Server, tmp_path: Path) -> None:
    server.tags = False
    server.script = [cut(100_000)]
    assert collisions(server, tmp_path).files[0].path.read_bytes() == BODY
    assert server.asked[1][1] == ""


def test_a_busy_server_is_given_the_time_it_asks_for(server: Server, tmp_path: Path) -> None:
    soon = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 20))
    server.script = [status(429, Retry_After="7"), status(503, Retry_After=soon), status(429)]
    waits = Waits()
    assert collisions(server, tmp_path, waits).files[0].path.read_bytes() == BODY
    assert waits[0] == 7.0 and 15 < waits[1] <= 20 and waits[2] == 4.0


def test_a_server_that_asks_for_an_hour_is_told_to_the_user(server: Server, tmp_path: Path) -> None:
    server.script = [status(429, Retry_After="3600")]
    waits = Waits()
    with pytest.raises(WardwiseError, match="wait 60 minutes"):
        collisions(server, tmp_path, waits)
    assert waits == []


def test_a_server_that_keeps_failing_is_given_up_in_the_end(server: Server, tmp_path: Path) -> None:
    server.script = [status(500)] * 9
    waits = Waits()
    with pytest.raises(WardwiseError, match=r"the server failed \(500\)"):
        collisions(server, tmp_path, waits)
    assert waits == [1.0, 2.0, 4.0, 8.0] and len(server.asked) == 5


def test_a_missing_file_is_said_at_once(server: Server, tmp_path: Path) -> None:
    server.files = {}
    with pytest.raises(WardwiseError, match="has no such file") as error:
        collisions(server, tmp_path)
    assert "collision-2021.csv" in error.value.where and len(server.asked) == 1


def test_a_web_page_is_not_taken_for_a_file(server: Server, tmp_path: Path) -> None:
    server.script = [page]
    with pytest.raises(WardwiseError, match="it is a web page"):
        collisions(server, tmp_path)
    assert not list(tmp_path.glob("*.csv*")) and not list(tmp_path.glob(".*.part"))


def test_no_server_at_all_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(WardwiseError, match="connection broke"):
        fetch("collisions", YEAR, tmp_path, {"*": "http://127.0.0.1:9"}, patience=Waits().patience(tries=2))
    with pytest.raises(WardwiseError, match="Begin it with https"):
        fetch("collisions", YEAR, tmp_path, {"*": "ftp://x"})


def test_a_full_disk_is_told_in_words(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "no room")

    with monkeypatch.context() as broken, pytest.raises(WardwiseError, match="disk is full"):
        broken.setattr(fetching, "download", full)
        collisions(server, tmp_path)
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    with pytest.raises(WardwiseError, match="another folder"):
        collisions(server, tmp_path / "taken")


def archive(months: list[str], *forces: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for month in months:
            for force in forces:
                for kind in ("street", "outcomes"):
                    made.writestr(f"{month}/{month}-{force}-{kind}.csv", f"Crime ID,Month\n{force},{month}\n" * 50)
        made.writestr("../../evil.csv", "out of the folder")
    return held.getvalue()


def months(first: str, last: str) -> list[str]:
    return list(Period(first, last).months())


@pytest.fixture
def police(server: Server) -> Server:
    late = [month for month in months("2021-01", "2023-12") if month != "2022-07"]
    server.files = {
        "/data/archive/2023-12.zip": archive(late, "lancashire", "cumbria"),
        "/data/archive/2020-12.zip": archive(months("2018-01", "2020-12"), "lancashire", "cumbria"),
    }
    return server


def test_police_months_come_from_the_fewest_archives_and_one_force_is_kept(police: Server, tmp_path: Path) -> None:
    asked = Options(force="Lancashire Constabulary", period=Period("2020-11", "2023-12"))
    got = fetch("police", asked, tmp_path, {"*": police.address}, patience=Waits().patience())
    assert [path for path, _ in police.asked] == ["/data/archive/2023-12.zip", "/data/archive/2020-12.zip"]
    assert len(got.files) == 37 * 2
    assert got.lacking == ("lancashire has no street file for 2022-07",)
    held = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.csv"))
    assert held[0] == "2020-11/2020-11-lancashire-outcomes.csv" and not any("cumbria" in path for path in held)
    assert not list(tmp_path.rglob("*.zip")) and not (tmp_path.parent / "evil.csv").exists()
    again = fetch("police", asked, tmp_path, {"*": police.address})
    assert len(again.files) == 74 and again.lacking == got.lacking and len(police.asked) == 2
    got.files[0].path.unlink()
    fetch("police", asked, tmp_path, {"*": police.address}, patience=Waits().patience())
    assert len(police.asked) == 3 and got.files[0].path.exists()


def test_a_damaged_archive_is_not_kept(police: Server, tmp_path: Path) -> None:
    whole = police.files["/data/archive/2020-12.zip"]
    with zipfile.ZipFile(io.BytesIO(whole)) as held:
        at = held.getinfo("2020-12/2020-12-lancashire-street.csv").header_offset + 70
    police.files["/data/archive/2020-12.zip"] = whole[:at] + b"\0\0\0\0" + whole[at + 4 :]
    asked = Options(force="lancashire", period=Period("2020-11", "2020-12"))
    with pytest.raises(WardwiseError, match=r"damaged|not a whole archive"):
        fetch("police", asked, tmp_path, {"*": police.address})
    assert not (tmp_path / "2020-12").exists() or not list((tmp_path / "2020-12").glob("*.csv"))
    assert not list(tmp_path.rglob("*.zip")) and not list(tmp_path.rglob(".*.part"))
    police.files["/data/archive/2020-12.zip"] = whole[:-30]
    with pytest.raises(WardwiseError, match="not a whole archive"):
        fetch("police", asked, tmp_path, {"*": police.address})
    police.files["/data/archive/2020-12.zip"] = whole
    assert len(fetch("police", asked, tmp_path, {"*": police.address}).files) == 4


def test_every_feed_plans_addresses_of_its_publisher() -> None:
    asked = Options("lancashire", Period("2022-01", "2024-12"), "Blackpool")
    assert set(names()) == {"police", "populations", "boundaries", "deprivation", "collisions"}
    for name in names():
        chosen = feed(name)
        plans = [fetching.address(chosen, each, {}) for each in wanted(chosen, asked)]
        assert plans and all(plan.startswith("https://") and "{" not in plan for plan in plans)
    (boundaries,) = wanted(feed("boundaries"), asked)
    assert "LIKE%20%27Blackpool%20%25%27" in boundaries.path and boundaries.save == "blackpool_lsoa21.geojson"
    assert [each.months[0] for each in wanted(feed("police"), asked)] == ["2022-01"]


@pytest.mark.parametrize(
    ("what", "asked", "words"),
    [
        ("weather", Options(), "It can fetch: boundaries"),
        ("police", Options(period=Period.of("2022-01")), "--force lancashire"),
        ("police", Options(force="lancashire"), "--from 2022-01"),
        ("boundaries", Options(), "--district Blackpool"),
        ("boundaries", Options(district="x' OR 1=1;"), "not a district"),
    ],
)
def test_what_is_not_said_is_asked_for(what: str, asked: Options, words: str, tmp_path: Path) -> None:
    with pytest.raises(WardwiseError, match=words):
        fetch(what, asked, tmp_path)


def test_outlines_that_hold_nothing_say_so(server: Server, tmp_path: Path) -> None:
    path = feed("boundaries").files[0].path.partition("?")[0]
    server.files = {f"/ESMARspQHYMw9BZ9/arcgis/rest/services/{path}": b'{"type":"FeatureCollection","features":[]}'}
    with pytest.raises(WardwiseError, match="no area has that name"):
        fetch("boundaries", Options(district="Nowhere"), tmp_path, {"*": server.address})


def test_the_command_fetches_from_another_address(
    police: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from typer.testing import CliRunner

    from wardwise.cli import main

    main._register()
    monkeypatch.setenv("WARDWISE_FETCH_BASE_URL", police.address)
    words = ["fetch", "police", "--force", "lancashire", "--from", "2020-11", "--to", "2020-12", "--out", str(tmp_path)]
    done = CliRunner().invoke(main.app, words)
    assert done.exit_code == 0, done.output
    assert "4 files" in done.output and "Next: wardwise" in done.output
    assert (tmp_path / "police/2020-11/2020-11-lancashire-street.csv").is_file()
