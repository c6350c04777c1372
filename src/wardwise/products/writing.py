"""Files that appear whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from wardwise.store.whole import whole


def replace_text(path: Path, text: str) -> None:
    with whole(path) as part:
        part.write_text(text, encoding="utf-8")


def replace_with(path: Path, write: Callable[[Path], object]) -> Path:
    """Let `write` make the file, then put it in its place in one step."""
    with whole(path) as part:
        write(part)
    return path
