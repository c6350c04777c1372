"""The synthetic partnership, imported once for every test that reads its products."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tools import look

from wardwise.sources import import_files
from wardwise.store import Store


@pytest.fixture(scope="session")
def files(demo_folder: Path) -> Path:
    """The partner files of the demo. Read them; never change them."""
    return demo_folder


@pytest.fixture(scope="session")
def store(files: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store that holds all of them."""
    made = Store.open(tmp_path_factory.mktemp("demo-store") / "store", create=True)
    import_files(made, [files])
    return made


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demo's site. Tests that change its records use records of their own."""
    from tests.factories import site_running

    if not (site_running.STATIC / "ready").exists():
        pytest.skip("the site's styles are not built: run `make assets`")
    with site_running.running(tmp_path_factory.mktemp("site") / "data") as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A quiet Chromium; tests that need one skip where it is not installed."""
    if not shutil.which("chromium"):
        pytest.skip("chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=shutil.which("chromium"), args=list(look.QUIET))
        yield opened
        opened.close()
