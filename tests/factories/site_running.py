"""The demo's site as `make serve` runs it, in a process and a folder of its own, for tests with a real browser."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from partnership import site

STATIC = Path(site.__file__).parent / "static"
SOURCE = Path(site.__file__).parents[2]
WAIT = 40
"""Seconds until the site must answer; it takes about three."""


@contextmanager
def running(folder: Path, store: Path | None = None, **more: str) -> Iterator[str]:
    """The address of a site filled with the synthetic partnership, and with the figures of its store where one is given. `more` is put into
    its environment. It is stopped at the end."""
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {
        "WARDWISE_SITE_DEMO": "1",
        "WARDWISE_SITE_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "partnership.site.settings",
        "PYTHONPATH": str(SOURCE),
        **more,
    }
    (folder / "static").mkdir(parents=True)
    manage = [sys.executable, "-m", "partnership.site.manage"]
    figures = ["--store", str(store)] if store else []
    subprocess.run([*manage, "demo", *figures], env=environment, check=True, capture_output=True, timeout=300)
    port = free_port()
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--no-log"]
    with subprocess.Popen([*server, "partnership.site.wsgi:application"], env=environment) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            wait(address, process)
            yield address
        finally:
            process.terminate()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + WAIT
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/help/", timeout=2).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError("the site did not answer")
