"""Pieces of Word that python-docx has no name for: fields, bookmarks, links inside the file, repeating header rows."""

from __future__ import annotations

from typing import Any


def xml(name: str, /, **attributes: str) -> Any:
    """A w: element with w: attributes."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def field(paragraph: Any, instruction: str, shown: str, *, stale: bool = False) -> None:
    """A field with the words shown until Word works it out again. stale: Word works it out when it opens the file."""
    begin_field(paragraph, instruction, stale=stale)
    paragraph.add_run(shown)
    end_field(paragraph)


def begin_field(paragraph: Any, instruction: str, *, stale: bool = False) -> None:
    begin = xml("fldChar", fldCharType="begin", **({"dirty": "true"} if stale else {}))
    paragraph.add_run()._r.append(begin)
    code = xml("instrText")
    code.text = f" {instruction} "
    code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    paragraph.add_run()._r.append(code)
    paragraph.add_run()._r.append(xml("fldChar", fldCharType="separate"))


def end_field(paragraph: Any) -> None:
    paragraph.add_run()._r.append(xml("fldChar", fldCharType="end"))


class Bookmarks:
    """Names and numbers of the bookmarks of one file. Word allows 40 characters, letters, digits and underscores."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def name(self, wanted: str) -> str:
        return f"_Ref{self._numbers.setdefault(wanted, len(self._numbers) + 1):06d}"

    def mark(self, paragraph: Any, wanted: str) -> None:
        """Put a bookmark around what the paragraph holds."""
        name = self.name(wanted)
        number = str(self._numbers[wanted])
        start, end = xml("bookmarkStart", id=number, name=name), xml("bookmarkEnd", id=number)
        first = 1 if paragraph._p.pPr is not None else 0
        paragraph._p.insert(first, start)
        paragraph._p.append(end)

    def open(self, paragraph: Any, name: str) -> None:
        """Begin a bookmark that goes on over several blocks."""
        number = str(self._numbers.setdefault(name, len(self._numbers) + 1))
        paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, xml("bookmarkStart", id=number, name=name))

    def close(self, paragraph: Any, name: str) -> None:
        """End it, when it was begun."""
        if name in self._numbers:
            paragraph._p.append(xml("bookmarkEnd", id=str(self._numbers[name])))


def link(paragraph: Any, anchor: str, text: str, style: str = "") -> None:
    """Words that lead to a bookmark in the same file."""
    from docx.text.run import Run

    holder = xml("hyperlink", anchor=anchor, history="1")
    run = xml("r")
    holder.append(run)
    paragraph._p.append(holder)
    made = Run(run, paragraph)
    made.text = text
    if style:
        made.style = style


def describe(picture: Any, alt: str, title: str, number: int) -> None:
    """The words for a picture, for those who cannot see it."""
    for side in ("distT", "distB", "distL", "distR"):
        picture._inline.set(side, "0")  # unless told, LibreOffice keeps 3 mm free at the sides
    properties = picture._inline.docPr
    properties.set("descr", alt)
    properties.set("title", title[:250])
    properties.set("name", f"Picture {number}")
    properties.set("id", str(number))


def repeat_header(row: Any) -> None:
    row._tr.get_or_add_trPr().append(xml("tblHeader"))


def keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(xml("cantSplit"))
