"""Strict house: warnings fail, and tests cannot reach the network (both set in pyproject.toml)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("WARDWISE_SHARED", Path(__file__).resolve().parents[2] / "shared"))
"""Real published data, kept beside the repository (or where WARDWISE_SHARED says) and never in it. Tests that read it skip
when it is not there."""


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The synthetic partnership's files, written once for all tests. Read them; never change them."""
    from wardwise import demo

    return demo.write(tmp_path_factory.mktemp("demo")).folder


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the shared folder of published data is not beside the repository")
    return SHARED
