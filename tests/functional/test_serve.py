"""The local pages: what they show, and what they refuse."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import typer
from typer.testing import CliRunner

from tests.factories import serving
from wardwise.cli.main import main
from wardwise.cli.serve import serve
from wardwise.cli.serve_http import LocalServer, listen
from wardwise.cli.serve_site import Site
from wardwise.records.errors import WardwiseError

FIGURES = "/measures/recorded-crime?area=E06&from=2022-09&to=2022-10"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("serve")
    serving.store(folder / "store")
    serving.product(folder / "products")
    serving.product(folder / "products" / "analyst", audience="analyst", made="2026-11-21", synthetic=False)
    (folder / "secret.html").write_text("secret", encoding="utf-8")
    (folder / "products" / "unlisted.html").write_text("unlisted", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with serving.serving(Site(folder / "store", folder / "products")) as address:
        yield address


def ask(address: str, path: str, method: str = "GET", host: str = "") -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host or urlsplit(address).netloc)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def test_products_are_listed_newest_first_with_audience_and_formats(address):
    status, _, body = ask(address, "/")
    assert status == 200
    assert body.index("Analyst copy: do not pass on") < body.index("Public copy")
    assert "Blackpool, April to August 2016" in body
    assert "Made 20 November 2026" in body
    assert body.count("Synthetic data") == 1
    assert "Public copy: 9 of 80 counts hidden." in body
    assert re.findall(r'href="(/products/[^"]+)"', body)[3:] == [
        "/products/performance-report.html", "/products/performance-report.docx", "/products/performance-report.pdf",
    ]  # fmt: skip


def test_every_link_on_every_page_arrives(address):
    seen: set[str] = set()
    waiting = ["/", FIGURES]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        status, _, body = ask(address, path)
        assert status == 200, path
        if not path.startswith("/products/") and (path.count("/") < 2 or path == FIGURES):
            links = re.findall(r'href="(/[^"]*)"', body)
            waiting += [
                unescape(one) for one in links if not one.startswith("/measures/") or one == "/measures/recorded-crime"
            ]
            assert not re.findall(r'(?:href|src)="(?:https?:)?//', body), "no page leads outside"
    assert len(seen) > 10


def test_files_come_with_their_type_and_pages_with_a_strict_policy(address):
    _, headers, body = ask(address, "/products/performance-report.html")
    assert headers["content-type"].startswith("text/html")
    assert "<h1>" in body
    assert "default-src 'none'" in headers["content-security-policy"]
    _, headers, _ = ask(address, "/products/performance-report.pdf")
    assert headers["content-type"] == "application/pdf"
    _, headers, _ = ask(address, "/products/analyst/performance-report.docx")
    assert headers["content-disposition"] == 'attachment; filename="performance-report.docx"'
    _, headers, _ = ask(address, "/")
    assert "unsafe" not in headers["content-security-policy"]
    assert "script-src" not in headers["content-security-policy"]
    assert (headers["x-content-type-options"], headers["referrer-policy"], headers["cache-control"]) == (
        "nosniff", "no-referrer", "no-store",
    )  # fmt: skip


@pytest.mark.parametrize(
    "path",
    [
        "/products/../secret.html",
        "/products/%2e%2e/secret.html",
        "/products/..%2fsecret.html",
        "/products/..%5csecret.html",
        "/products//etc/passwd",
        "/products/unlisted.html",
        "/products/performance-report.manifest.json",
        "/products/",
        "/products/%00",
        "/style.css/..",
        "/measures/../../x",
        "/measures/%2e%2e%2f%2e%2e%2fpyproject",
        "/nothing",
    ],
)
def test_nothing_else_can_be_reached(address, path):
    status, _, body = ask(address, path)
    assert status == 404
    assert "secret" not in body
    assert "unlisted" not in body
    assert "Back to the products" in body


def test_a_manifest_cannot_point_out_of_its_folder(folder, tmp_path):
    files = [{"file": "../secret.html", "sha256": ""}, {"file": str(folder / "secret.html"), "sha256": ""}]
    serving.product(tmp_path / "products", files=files)
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    with serving.serving(Site(folder / "store", tmp_path / "products")) as address:
        _, _, body = ask(address, "/")
        assert "/products/" not in body
        assert ask(address, "/products/secret.html")[0] == 404


def test_only_this_computer_by_its_own_name_and_only_reading(address):
    assert ask(address, "/", host="evil.example")[0] == 403
    assert ask(address, "/", host="localhost:1")[0] == 200
    assert ask(address, "/", method="POST")[0] == 501
    status, headers, body = ask(address, "/", method="HEAD")
    assert (status, body) == (200, "")
    assert int(headers["content-length"]) > 100
    assert ask(address, "/" + "a" * 5_000)[0] == 414


def test_figures_say_what_was_counted_and_what_was_not_supplied(address):
    status, _, body = ask(address, FIGURES)
    assert status == 200
    assert "September 2022" in body
    assert "not supplied" in body
    assert '<td class="n">7</td>' in body
    assert '<option value="E06">name of E06</option>' in body
    assert '<option value="E23">County</option>' in body


def test_a_figure_leads_to_its_source_rows(address):
    _, _, body = ask(address, FIGURES)
    [road] = re.findall(r'href="(/explain[^"]+)"', body)
    status, _, body = ask(address, unescape(road))
    assert status == 200
    assert "SELECT" in body
    assert "test.csv" in body
    assert "Burglary" in body


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("area=&from=&to=", ("Enter an area code", "Enter the first month", "Enter the last month")),
        ("area=E06&from=2022-13&to=2022-10", ("Enter the first month",)),
        ("area=E06&from=2022-10&to=2022-01", ("ends (2022-01) before it starts",)),
        ("area=E99&from=2022-01&to=2022-10", ("There is no area “E99”.",)),
        ("area=E06&from=1900-01&to=2022-10", ("more than ten years",)),
    ],
)
def test_a_wrong_form_says_what_to_do(address, query, said):
    status, _, body = ask(address, f"/measures/recorded-crime?{query}")
    assert status == 200
    assert "There is a problem" in body
    assert all(words in unescape(body) for words in said)


def test_what_is_typed_is_text_not_markup(address):
    _, _, body = ask(
        address, "/measures/recorded-crime?area=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&from=2022-01&to=2022-02"
    )
    assert "<script" not in body


def test_a_figure_that_is_none_and_a_measure_that_is_none(address):
    for path in ("/explain?figure=nonsense", "/explain", "/measures/no-such-measure"):
        assert ask(address, path)[0] == 404


def test_an_empty_folder_says_what_would_fill_it_and_a_broken_manifest_is_named(tmp_path):
    (tmp_path / "products").mkdir()
    with serving.serving(Site(tmp_path / "store", tmp_path / "products")) as address:
        assert "There are no products in this folder yet" in ask(address, "/")[2]
        status, _, body = ask(address, "/explain?figure=recorded-crime~E06~2022-10@aa.street_crime-1")
        assert status == 404
        assert "Traceback" not in body
        (tmp_path / "products" / "x.manifest.json").write_text("{", encoding="utf-8")
        (tmp_path / "products" / "y.manifest.json").write_text(json.dumps({"title": "y" * 2_000_000}), encoding="utf-8")
        assert "x.manifest.json cannot be read" in ask(address, "/")[2]
        assert "y.manifest.json cannot be read" in ask(address, "/")[2]


def test_a_file_changed_since_it_was_built_is_marked(tmp_path):
    serving.product(tmp_path / "products")
    (tmp_path / "products" / "performance-report.pdf").write_bytes(b"%PDF-1.7 other")
    with serving.serving(Site(tmp_path / "store", tmp_path / "products")) as address:
        assert ask(address, "/")[2].count("Changed since it was built") == 1


def test_a_fault_of_ours_tells_nothing_of_what_was_asked(folder, monkeypatch):
    site = Site(folder / "store", folder / "products")
    monkeypatch.setattr("wardwise.cli.serve_products.listed", lambda _: 1 / 0)
    answer = site.answer("/", {"area": "Mrs Smith"})
    assert answer.status == 500
    assert b"Smith" not in answer.body
    assert b"division" not in answer.body


def test_a_port_in_use_is_said_plainly(address, folder):
    with pytest.raises(WardwiseError, match="cannot be used"):
        listen(Site(folder / "store", folder / "products"), urlsplit(address).port or 0)


def test_the_command_says_where_to_look(folder, monkeypatch):
    monkeypatch.setattr(LocalServer, "serve_forever", lambda self: None)
    app = typer.Typer()
    app.callback()(main)
    app.command()(serve)
    found = CliRunner().invoke(app, ["--store", str(folder / "store"), "serve", "--port", "0"])
    assert found.exit_code == 0, found.output
    assert re.search(r"Open http://127\.0\.0\.1:\d+/ on this computer", found.output)
