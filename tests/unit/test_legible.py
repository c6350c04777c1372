"""Odd characters: left out where no format may hold them, shown or stood in for everywhere else."""

from __future__ import annotations

from pathlib import Path

import docx
import pikepdf
import pytest

from tests.factories.documents import every_block, with_title
from wardwise.reports import html, pdf, word
from wardwise.reports.document import Bullets, Heading, Paragraph
from wardwise.reports.legible import legible


def test_control_characters_are_left_out_of_every_text_and_nothing_else_is() -> None:
    block = Bullets(("a\x07b", "tab\tand\nline"))
    assert legible(block) == Bullets(("ab", "tab\tand\nline"))
    assert legible({"x": ["\x00", 1, None, Paragraph("\x1f")]}) == {"x": ["", 1, None, Paragraph("")]}
    whole = Heading(1, "é ŵ 中")
    assert legible(whole) is whole


@pytest.mark.parametrize(
    "title", ["Łódź Caffè ŵŷ ✔", "中文 مرحبا 😀", "bell \x07 and escape \x1b"], ids=["latin", "other", "control"]
)
def test_no_title_stops_a_report(title: str, tmp_path: Path) -> None:
    document = with_title(title)
    html.write(document, tmp_path / "x.html", interactive=False)
    assert docx.Document(str(word.write(document, tmp_path / "x.docx"))).core_properties.title == document.title
    with pikepdf.open(pdf.write(document, tmp_path / "x.pdf")) as made:
        assert bool(made.Root.MarkInfo.Marked)


def test_letters_that_our_type_has_keep_the_claim_to_be_accessible(tmp_path: Path) -> None:
    with pikepdf.open(pdf.write(every_block(), tmp_path / "x.pdf")) as made, made.open_metadata() as meta:
        assert meta["pdfuaid:part"] == "1"
