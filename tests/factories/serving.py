"""A site with a store and products, answering on this computer, for tests of `wardwise serve`."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.factories.documents import every_block
from tests.factories.tables import fill, link
from wardwise.cli.serve_http import listen
from wardwise.cli.serve_site import Site
from wardwise.reports import html


def store(folder: Path) -> Path:
    """Seven crimes in October 2022 in one LSOA of one district."""
    months = [{"month": "2022-10", "supplier": "county", "area_code": "E01", "crime_type": "Burglary"}] * 7
    links = [
        link("E01", "E06", "lsoa in district"),
        link("E06", "E23", "district in force", parent_name="County"),
    ]
    fill(folder, street_crime=months, area_links=links)
    return folder


def product(folder: Path, **changes: Any) -> Path:
    """A product with its manifest, as `wardwise product` writes them; the Word and PDF files are stand-ins."""
    folder.mkdir(parents=True, exist_ok=True)
    html.write(every_block(), folder / "performance-report.html", interactive=False)
    (folder / "performance-report.docx").write_bytes(b"PK word")
    (folder / "performance-report.pdf").write_bytes(b"%PDF-1.7")
    names = [f"performance-report{suffix}" for suffix in (".html", ".docx", ".pdf")]
    manifest = {
        "title": "Performance report",
        "area": "E06",
        "area_name": "Blackpool",
        "from": "2016-04",
        "to": "2016-08",
        "audience": "public",
        "synthetic": True,
        "made": "2026-11-20",
        "release": ["Public copy: 9 of 80 counts hidden."],
        "files": [{"file": n, "sha256": hashlib.sha256((folder / n).read_bytes()).hexdigest()} for n in names],
    }
    path = folder / "performance-report.manifest.json"
    path.write_text(json.dumps(manifest | changes), encoding="utf-8")
    return path


@contextmanager
def serving(site: Site) -> Iterator[str]:
    """The address of the running site."""
    with listen(site, 0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join(5)
