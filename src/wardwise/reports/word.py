"""A document as a Word file that an officer can go on editing: real styles, lists, captions, numbers and contents."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import Any

from wardwise.charts.theme import FONT

from . import captions
from .document import Document
from .numbering import number
from .printed import printed
from .word_blocks import Writer
from .word_fonts import embed
from .word_numbering import Numbering
from .word_parts import field, xml
from .word_styles import UNDER_TITLE, prepare


def write(document: Document, path: Path, *, template: Path | None = None) -> Path:
    """Write the document to `path` (.docx, A4). template: a partnership's own .docx, whose styles, type and
    page are kept; only styles it lacks are added."""
    import docx

    file = docx.Document(str(template) if template else None)
    if template:
        _empty(file)
    else:
        _page(file, short=document.short)
    prepare(file, own_template=template is not None, short=document.short)
    _properties(file, document)
    if template is None:
        _language(file, document.language)
        _modern(file)
        embed(file)
    on_paper = printed(document)
    writer = Writer(file, number(on_paper), Numbering(file, document.first_number) if document.numbered else None)
    _front(file, writer, document)
    for one in number(on_paper):
        writer.add(one)
    writer.finish()
    _footer(file, document)
    file.save(str(path))
    return path


def _front(file: Any, writer: Writer, document: Document) -> None:
    if document.owner:
        file.add_paragraph(document.owner, style="Header")
    file.add_paragraph(document.title, style="Title")
    if document.subtitle:
        file.add_paragraph(document.subtitle, style="Subtitle")
    if document.synthetic:
        file.add_paragraph().add_run(captions.SYNTHETIC).bold = True
    if document.short:
        file.add_paragraph(captions.under_title(document), style=UNDER_TITLE)
    else:
        writer.facts(captions.facts(document))


def _page(file: Any, *, short: bool) -> None:
    """A4. A short document has narrower margins, so that it keeps to its pages."""
    from docx.shared import Mm

    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    margins = (20, 20, 15, 17) if short else (25, 25, 25, 25)
    for side, size in zip(("left_margin", "right_margin", "top_margin", "bottom_margin"), margins, strict=True):
        setattr(section, side, Mm(size))
    section.header_distance, section.footer_distance = Mm(8 if short else 12.7), Mm(9 if short else 12)


def _empty(file: Any) -> None:
    body = file.element.body
    for child in list(body):
        if not child.tag.endswith("}sectPr"):
            body.remove(child)


def _footer(file: Any, document: Document) -> None:
    paragraph = file.sections[0].footer.paragraphs[0]
    paragraph.style = file.styles["Footer"]
    paragraph.text = ""
    paragraph.add_run(f"{captions.footer(document)}\tPage ")
    field(paragraph, "PAGE", "1")
    paragraph.add_run(" of ")
    field(paragraph, "NUMPAGES", "1")


def _properties(file: Any, document: Document) -> None:
    core = file.core_properties
    core.title, core.subject, core.author = document.title, document.subtitle, document.owner
    core.language, core.keywords = document.language, "synthetic data" if document.synthetic else ""
    core.comments, core.category = captions.audience(document), document.audience
    core.created = core.modified = datetime.combine(document.date, time())
    core.last_modified_by = document.owner


def _language(file: Any, language: str) -> None:
    defaults = file.styles.element.xpath("./w:docDefaults/w:rPrDefault/w:rPr")
    for properties in defaults:
        for old in properties.findall(xml("lang").tag):
            properties.remove(old)
        properties.append(xml("lang", val=language, eastAsia=language, bidi="ar-SA"))
        for old in properties.findall(xml("rFonts").tag):
            properties.remove(old)
        properties.insert(0, xml("rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT))


def _modern(file: Any) -> None:
    """Word 2013 and later layout, so that the file does not open in compatibility mode."""
    settings = file.settings.element
    compat = settings.find(xml("compat").tag)
    if compat is None:
        return
    uri = "http://schemas.microsoft.com/office/word"
    for old in settings.xpath("./w:compat/w:compatSetting[@w:name='compatibilityMode']"):
        compat.remove(old)
    compat.append(xml("compatSetting", name="compatibilityMode", uri=uri, val="15"))
