"""Real numbered paragraphs in Word, as the committee template numbers them: an officer who adds one gets the next number.

One list of three levels: 6.0 for sections, 6.1 for subsections (and for paragraphs of a section without subsections), 6.1.1 for
paragraphs. Paragraphs between a section's heading and its first subsection are 6.0.1: a list of their own for each section,
because programs disagree on how a skipped level is numbered.
"""

from __future__ import annotations

from typing import Any

from .word_parts import xml

_TEXTS = ("%1.0", "%1.%2", "%1.%2.%3")
_HANG = 1020  # twentieths of a point, 18 mm: room for 6.1.10


class Numbering:
    """The lists of one file. first: the number of the first section."""

    def __init__(self, file: Any, first: int) -> None:
        self._part = file.part.numbering_part.element
        self._ids = [int(i) for i in self._part.xpath("./w:num/@w:numId")]
        self._abstract = [int(i) for i in self._part.xpath("./w:abstractNum/@w:abstractNumId")]
        self._main = self._list(list(_TEXTS), first)
        self._between: dict[str, int] = {}

    def apply(self, paragraph: Any, number: str, depth: int) -> None:
        """Give the paragraph its place. depth: 0 section, 1 subsection, 2 paragraph, 3 paragraph of the 6.0.1 kind."""
        if depth < 3:
            _place(paragraph, self._main, depth)
            return
        section = number.rpartition(".")[0]
        if section not in self._between:
            self._between[section] = self._list([f"{section}.%1"], 1)
        _place(paragraph, self._between[section], 0)

    def _list(self, texts: list[str], start: int) -> int:
        abstract = max(self._abstract, default=0) + 1
        self._abstract.append(abstract)
        made = xml("abstractNum", abstractNumId=str(abstract))
        made.append(xml("multiLevelType", val="multilevel"))
        for depth, text in enumerate(texts):
            made.append(_level(depth, text, start if depth == 0 else 1))
        nums = self._part.xpath("./w:num")
        (nums[0].addprevious if nums else self._part.append)(made)
        number = max(self._ids, default=0) + 1
        self._ids.append(number)
        num = xml("num", numId=str(number))
        num.append(xml("abstractNumId", val=str(abstract)))
        self._part.append(num)
        return number


def _level(depth: int, text: str, start: int) -> Any:
    level = xml("lvl", ilvl=str(depth))
    level.append(xml("start", val=str(start)))
    level.append(xml("numFmt", val="decimal"))
    level.append(xml("lvlText", val=text))
    level.append(xml("lvlJc", val="left"))
    form = xml("pPr")
    form.append(xml("ind", left=str(_HANG), hanging=str(_HANG)))
    level.append(form)
    return level


def _place(paragraph: Any, number: int, depth: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    place = properties.get_or_add_numPr()
    place.get_or_add_ilvl().val = depth
    place.get_or_add_numId().val = number
