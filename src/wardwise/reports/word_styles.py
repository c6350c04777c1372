"""The styles of a Word file, under their usual names, so that an officer can go on editing without fighting them.

A partnership's own template keeps every style it already has; only the missing ones are added.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from wardwise.charts.theme import ACCENT, FONT, GREY, INK

from .word_parts import xml

TABLE = "Wardwise Table"
CALLOUT, SOURCE, FACT, LINE, TABLE_TEXT = (
    "Finding",
    "Source Line",
    "Fact",
    "First Page Line",
    "Table Text",
)
SMALL, NUMBERED, VERDICT, TEXT_LINK = "Table Text Small", "Numbered Paragraph", "Verdict", "Text Link"
FIGURE, LEAD, CONTENTS_TITLE, ASIDE = "Figure", "Chart Subtitle", "Contents Title", "Aside Title"
UNDER_TITLE = "Under Title"


@dataclass(frozen=True)
class _Look:
    """size and space in points."""

    name: str
    size: float
    bold: bool = False
    colour: str = INK
    before: float = 0
    after: float = 6
    keep: bool = False
    based: str = "Normal"


_LOOKS = (
    _Look("Normal", 11, after=7, based=""),
    _Look("Title", 25, bold=True, before=0, after=2),
    _Look("Subtitle", 15, colour=GREY, after=8),
    _Look("Heading 1", 18, bold=True, before=22, after=7, keep=True),
    _Look("Heading 2", 14, bold=True, before=16, after=5, keep=True),
    _Look("Heading 3", 12, bold=True, before=12, after=4, keep=True),
    _Look("Caption", 12, bold=True, before=12, after=3, keep=True),
    _Look(LEAD, 10, colour=GREY, after=4, keep=True),
    _Look(FIGURE, 11, after=2, keep=True),
    _Look(SOURCE, 9.5, colour=GREY, before=3, after=3),
    _Look(TABLE_TEXT, 10, before=2, after=2),
    _Look(SMALL, 9, before=0.2, after=0.2),
    _Look(CALLOUT, 13, before=4, after=10),
    _Look(FACT, 11, before=1, after=1),
    _Look(LINE, 10, before=1.5, after=1),
    _Look(ASIDE, 11, bold=True, before=8, after=2, keep=True),
    _Look(NUMBERED, 11, after=7),
    _Look(CONTENTS_TITLE, 14, bold=True, before=14, after=5, keep=True),
    _Look("List Bullet", 11, after=3),
    _Look("TOC 1", 11, before=3, after=1),
    _Look("TOC 2", 11, after=1),
    _Look("TOC 3", 10, after=1),
    _Look(UNDER_TITLE, 9.5, after=4),
    _Look("Header", 9.5, colour=GREY, after=0),
    _Look("Footer", 9, colour=GREY, after=0),
)


_SHORT = {
    "Normal": (10, 0, 3.5),
    "Title": (20, 0, 0),
    "Subtitle": (11.5, 0, 2),
    "Heading 1": (13, 8, 3),
    "Heading 2": (11.5, 7, 3),
    "Caption": (10, 4, 2),
    SOURCE: (9, 2, 2),
    TABLE_TEXT: (9, 0.6, 0.6),
    SMALL: (9, 0.6, 0.6),
    CALLOUT: (11, 2, 3),
    "List Bullet": (10, 0, 1.5),
}
"""Size, space before and space after, in points, of the styles that a short document sets smaller."""


def _looks(*, short: bool) -> tuple[_Look, ...]:
    if not short:
        return _LOOKS
    changed = {name: {"size": size, "before": before, "after": after} for name, (size, before, after) in _SHORT.items()}
    changed[CALLOUT]["keep"] = True  # the finding stays with its chart or table
    return tuple(replace(look, **changed.get(look.name, {})) for look in _LOOKS)  # type: ignore[arg-type]


def prepare(file: Any, *, own_template: bool, short: bool = False) -> None:
    """Make every style this folder uses present in the file. short: in the sizes of a short document."""
    from docx.enum.style import WD_STYLE_TYPE

    had = {style.name for style in file.styles} if own_template else set()
    for look in _looks(short=short):
        if look.name in had:
            continue
        style = _paragraph_style(file, look.name)
        _apply(style, look, file)
        if look.name not in ("Normal", NUMBERED, FACT, LINE, "List Bullet"):
            style.next_paragraph_style = file.styles["Normal"]
    for name in (VERDICT, TEXT_LINK):
        if name not in had:
            style = file.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
            _character(style, bold=name == VERDICT)
    if TABLE not in had:
        file.styles.element.append(_table_style())
    if not own_template:
        _details(file, 170 if short else 160)


def _paragraph_style(file: Any, name: str) -> Any:
    from docx.enum.style import WD_STYLE_TYPE

    if any(style.name == name for style in file.styles):
        return file.styles[name]
    return file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)


def _apply(style: Any, look: _Look, file: Any) -> None:
    from docx.shared import Pt

    if look.based:
        style.base_style = file.styles[look.based]
    _font(style, look)
    form = style.paragraph_format
    form.space_before, form.space_after, form.keep_with_next = Pt(look.before), Pt(look.after), look.keep
    form.line_spacing = 1.0 if look.name.startswith(("Title", "Heading", "Table", "Caption", LINE)) else 1.1
    if look.name.startswith(("Title", "Heading")):
        form.keep_together = True
    style.quick_style = True
    style.hidden = style.unhide_when_used = False


def _font(style: Any, look: _Look) -> None:
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size = FONT, Pt(look.size)
    style.font.bold, style.font.italic = look.bold, False
    style.font.color.rgb = RGBColor.from_string(look.colour[1:].upper())
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(properties.rFonts.tag):
        properties.remove(old)
    properties.insert(0, xml("rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT))
    for name in ("spacing", "kern"):
        for old in properties.findall(xml(name).tag):
            properties.remove(old)


def _character(style: Any, *, bold: bool) -> None:
    from docx.shared import RGBColor

    style.font.bold = bold or None
    style.font.color.rgb = RGBColor.from_string(ACCENT[1:].upper())
    style.font.underline = None if bold else True


def _details(file: Any, width: int) -> None:
    """Borders, indents and tabs that the plain look has no word for. width: of the text, in mm."""
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Mm

    styles = file.styles
    _border(styles["Title"], None)
    _border(styles[CALLOUT], "left", size="36", space="10", colour=ACCENT)
    styles[CALLOUT].paragraph_format.left_indent = Mm(5)
    _border(styles[LINE], "bottom", size="4", space="2", colour="#b1b4b6")
    fact = styles[FACT].paragraph_format
    fact.left_indent, fact.first_line_indent = Mm(42), Mm(-42)
    fact.tab_stops.add_tab_stop(Mm(42))
    _border(styles[FACT], "bottom", size="4", space="2", colour="#b1b4b6")
    for level in (1, 2, 3):
        toc = styles[f"TOC {level}"].paragraph_format
        toc.left_indent = Mm(6 * (level - 1))
        toc.tab_stops.add_tab_stop(Mm(6 * (level - 1) + 13))  # after a heading's number
        toc.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    foot = styles["Footer"].paragraph_format
    for tab in list(foot.tab_stops):
        tab._tab.getparent().remove(tab._tab)
    foot.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)


def _border(style: Any, side: str | None, *, size: str = "4", space: str = "1", colour: str = GREY) -> None:
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(xml("pBdr").tag):
        properties.remove(old)
    if side:
        borders = xml("pBdr")
        borders.append(xml(side, val="single", sz=size, space=space, color=colour[1:]))
        if side == "bottom":  # neighbours of one style share their borders: this is the line between them
            borders.append(xml("between", val="single", sz=size, space=space, color=colour[1:]))
        properties.insert_element_before(
            borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr"
        )


def _table_style() -> Any:
    """Lines between rows, a bold header row with a strong line under it. No vertical lines."""
    style = xml("style", type="table", customStyle="1", styleId="WardwiseTable")
    style.append(xml("name", val=TABLE))
    style.append(xml("basedOn", val="TableNormal"))
    style.append(xml("uiPriority", val="99"))
    style.append(xml("qFormat"))
    whole = xml("tblPr")
    borders = xml("tblBorders")
    for side in ("bottom", "insideH"):
        borders.append(xml(side, val="single", sz="4", space="0", color="B1B4B6"))
    whole.append(borders)
    margins = xml("tblCellMar")
    for side, width in (("left", "0"), ("right", "160")):
        margins.append(xml(side, w=width, type="dxa"))
    whole.append(margins)
    style.append(whole)
    for part, line in (("firstRow", "bottom"), ("lastRow", "top")):
        style.append(_part(part, line))
    return style


def _part(part: str, line: str) -> Any:
    made = xml("tblStylePr", type=part)
    run = xml("rPr")
    run.append(xml("b"))
    made.append(run)
    cell, borders = xml("tcPr"), xml("tcBorders")
    borders.append(xml(line, val="single", sz="12", space="0", color=INK[1:]))
    cell.append(borders)
    made.append(cell)
    return made
