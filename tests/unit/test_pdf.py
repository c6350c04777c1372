"""The PDF copy: tagged, titled, in a stated language, with words for every picture, and no text read as markup."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.factories.documents import HOSTILE, every_block, with_title
from wardwise.reports.pdf import content, write


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(every_block(numbered=True), tmp_path_factory.mktemp("pdf") / "x.pdf")


def tags(node: Any) -> list[tuple[str, str]]:
    """(tag, alternative words) of every element of the structure tree."""
    found = []
    if isinstance(node, pikepdf.Array):
        return [pair for child in node for pair in tags(child)]
    if isinstance(node, pikepdf.Dictionary):
        if "/S" in node and "/K" in node:
            found.append((str(node["/S"]), str(node.get("/Alt", ""))))
        found += tags(node.get("/K", pikepdf.Array()))
    return found


def test_it_is_tagged_and_says_its_title_and_language(made: Path) -> None:
    with pikepdf.open(made) as pdf:
        root = pdf.Root
        assert bool(root.MarkInfo.Marked)
        assert str(root.Lang) == "en-GB"
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as meta:
            assert meta["dc:title"] == "Community safety performance report"
            assert meta["pdfuaid:part"] == "1"


def test_headings_tables_lists_and_pictures_are_marked(made: Path) -> None:
    with pikepdf.open(made) as pdf:
        found = tags(pdf.Root.StructTreeRoot)
    kinds = [kind for kind, _ in found]
    assert kinds.count("/Figure") == 2
    assert all(alt.startswith("Control chart of") for kind, alt in found if kind == "/Figure")
    assert kinds.count("/Table") == 3
    assert {"/H1", "/H2", "/TH", "/TD", "/L", "/LI", "/TOC", "/Link"} <= set(kinds)


def test_text_is_data_and_never_markup(tmp_path: Path) -> None:
    path = write(with_title(HOSTILE), tmp_path / "x.pdf")
    with pikepdf.open(path) as pdf, pdf.open_metadata() as meta:
        assert meta["dc:title"] == HOSTILE
    assert content(with_title(HOSTILE))["title"] == HOSTILE


def test_the_same_document_gives_the_same_file(made: Path, tmp_path: Path) -> None:
    again = write(every_block(numbered=True), tmp_path / "y.pdf")
    strip = re.compile(rb"uuid:[0-9a-f-]+")
    assert strip.sub(b"", again.read_bytes()) == strip.sub(b"", made.read_bytes())
