"""The examples in the reference run, so that the page cannot drift from the code."""

from __future__ import annotations

import doctest
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs/reference/methods.md"


def test_the_examples_of_the_reference_hold():
    found = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert found.attempted > 10 and found.failed == 0
