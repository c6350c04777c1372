"""The synthetic partnership, imported once for every test that reads its products."""

from __future__ import annotations

from pathlib import Path

import pytest

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
