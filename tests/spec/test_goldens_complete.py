"""No golden case is left out: each one that the two lists name is named in a test, which the reader can find by its id."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
ROW = re.compile(r"^\| ([A-Z]+-\d+) \|", re.MULTILINE)
CASE = re.compile(r"\bG-\d\d[a-f]?\b")
SITE = {"G-24", "G-29"}
"""Seed data and a publication rule of the partnership's own site."""


def _named() -> str:
    """Everything that tests and their labels say, but for this page's own."""
    files = [*TESTS.rglob("*.py"), *TESTS.rglob("*.yaml")]
    return "\n".join(file.read_text(encoding="utf-8") for file in files if file != Path(__file__).resolve())


def _missing(ids: set[str]) -> set[str]:
    said = _named()
    return {each for each in ids if not re.search(rf"\b{each}(?![0-9a-z])", said) and not _spanned(each, said)}


def _spanned(case: str, said: str) -> bool:
    """Whether a case without a letter is tested by its parts, such as G-11 by G-11a."""
    return bool(re.search(rf"\b{case}[a-f]\b", said))


def test_every_numeric_case_of_the_golden_folder_is_tested(shared: Path):
    ids = set(ROW.findall((shared / "golden/README.md").read_text(encoding="utf-8")))
    assert len(ids) == 37
    assert _missing(ids) == set()


def test_every_published_figure_is_tested(shared: Path):
    text = (shared / "domain/golden-cases.md").read_text(encoding="utf-8")
    ids = {f"G-{number:02d}" for number in range(1, 34)} | set(CASE.findall(text))
    assert _missing(ids - SITE) == set()


@pytest.mark.parametrize("folder", ["golden", "domain"])
def test_the_lists_are_where_they_are_looked_for(shared: Path, folder: str):
    assert (shared / folder).is_dir()
