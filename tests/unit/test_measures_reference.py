"""The reference page is made from the definitions and is fresh."""

from __future__ import annotations

from pathlib import Path

from wardwise import measures
from wardwise.measures.reference import page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "measures.md"


def test_the_page_is_what_the_definitions_say():
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make docs`"


def test_every_measure_has_its_section():
    text = page()
    for measure in measures.all():
        assert f"### {measure.measure}\n" in text
        assert measure.question in text
