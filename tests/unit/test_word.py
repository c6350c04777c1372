"""The Word copy, opened again: real styles, lists, captions, header rows, words for pictures, page x of y."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.factories.documents import HOSTILE, every_block
from wardwise.reports.word import write

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return docx.Document(str(write(every_block(numbered=True), tmp_path_factory.mktemp("word") / "x.docx")))


def test_real_styles_carry_the_structure(file: Any) -> None:
    by_style = {p.style.name: p.text for p in file.paragraphs}
    assert by_style["Title"] == "Community safety performance report"
    headings = [(p.style.name, p.text) for p in file.paragraphs if p.style.name.startswith("Heading")]
    assert headings[:3] == [
        ("Heading 1", "Performance"),
        ("Heading 2", "Domestic abuse"),
        ("Heading 2", "Hate incidents"),
    ]
    assert HOSTILE in [p.text for p in file.paragraphs if p.style.name == "List Bullet"]


def test_paragraph_numbers_are_word_numbers_not_typed(file: Any) -> None:
    numbered = [p for p in file.paragraphs if p.style.name == "Numbered Paragraph"]
    assert numbered
    assert all(p._p.pPr.numPr is not None for p in numbered)
    assert not any(p.text.startswith("6.") for p in numbered)
    levels = file.part.numbering_part.element.xpath(".//w:lvlText/@w:val")
    assert {"%1.0", "%1.%2", "%1.%2.%3", "6.0.%1"} <= set(levels)


def test_captions_count_by_field_and_contents_is_a_field(file: Any) -> None:
    codes = [t.text for t in file.element.body.iter(f"{W}instrText")]
    assert sum("SEQ Figure" in code for code in codes) == 2
    assert sum("SEQ Table" in code for code in codes) == 2
    assert any(code.strip().startswith("TOC ") for code in codes)
    begins = sum(f.get(f"{W}fldCharType") == "begin" for f in file.element.body.iter(f"{W}fldChar"))
    ends = sum(f.get(f"{W}fldCharType") == "end" for f in file.element.body.iter(f"{W}fldChar"))
    assert begins == ends == len(codes)


def test_tables_repeat_their_header_and_never_split_a_row(file: Any) -> None:
    assert len(file.tables) == 3
    for table in file.tables:
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
        assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)


def test_pictures_have_words_and_fit_the_page(file: Any) -> None:
    pictures = file.inline_shapes
    assert len(pictures) == 2
    for picture in pictures:
        assert picture._inline.docPr.get("descr").startswith("Control chart of")
        assert picture.width.mm == pytest.approx(160, abs=0.5)


def test_the_page_and_its_foot(file: Any) -> None:
    section = file.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm), round(section.left_margin.mm)) == (
        210,
        297,
        25,
    )
    foot = section.footer.paragraphs[0]
    assert "Community safety performance report · Public · Synthetic data" in foot.text
    assert [t.text.strip() for t in foot._p.iter(f"{W}instrText")] == ["PAGE", "NUMPAGES"]


def test_properties_say_what_it_is(file: Any) -> None:
    core = file.core_properties
    assert (core.title, core.language) == ("Community safety performance report", "en-GB")


def test_it_opens_as_a_present_day_file_not_in_compatibility_mode(file: Any) -> None:
    modes = file.settings.element.xpath("./w:compat/w:compatSetting[@w:name='compatibilityMode']/@w:val")
    assert modes == ["15"]


def test_every_link_arrives(file: Any) -> None:
    names = {b.get(f"{W}name") for b in file.element.body.iter(f"{W}bookmarkStart")}
    anchors = {h.get(f"{W}anchor") for h in file.element.body.iter(f"{W}hyperlink")}
    assert anchors
    assert anchors <= names


def test_a_partnerships_template_keeps_its_styles(tmp_path: Path) -> None:
    own = docx.Document()
    own.styles["Heading 1"].font.name = "Georgia"
    own.add_paragraph("left over")
    own.save(str(tmp_path / "own.docx"))
    made = docx.Document(str(write(every_block(), tmp_path / "x.docx", template=tmp_path / "own.docx")))
    assert made.styles["Heading 1"].font.name == "Georgia"
    assert "left over" not in [p.text for p in made.paragraphs]


def test_the_type_travels_in_the_file_whole(file: Any) -> None:
    from wardwise.charts.theme import fonts
    from wardwise.reports.word_fonts import covered

    table = next(p for p in file.part.package.iter_parts() if str(p.partname) == "/word/fontTable.xml")
    keys = re.findall(r'r:id="(rId\d+)" w:fontKey="{([0-9A-F-]{36})}"', table.blob.decode())
    assert len(keys) == 2
    for (link, key), name in zip(keys, ("Regular", "Bold"), strict=True):
        part = table.rels[link].target_part
        assert part.content_type.endswith("obfuscatedFont")
        assert covered(part.blob, key) == (fonts() / f"SourceSansPro-{name}.ttf").read_bytes()
    assert file.settings.element.find(f"{W}embedTrueTypeFonts") is not None


def test_an_own_template_keeps_its_type(tmp_path: Path) -> None:
    own = tmp_path / "own.docx"
    docx.Document().save(str(own))
    made = docx.Document(str(write(every_block(), tmp_path / "x.docx", template=own)))
    assert not [p for p in made.part.package.iter_parts() if str(p.partname).endswith(".odttf")]
