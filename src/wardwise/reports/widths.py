"""How wide each column of a printed table is, and how large its type: no word is ever cut, no two columns touch."""

from __future__ import annotations

from dataclasses import dataclass

from . import fewest_lines
from .document import TableBlock

TEXT_WIDTH = 453.5  # points: 160 mm, the text of an A4 page with margins of 25 mm
GAP = 8.0  # points between two columns
_SIZES, _SMALL_SIZES = (
    (10.0, 9.0),
    (9.0,),
)  # points of type, the largest that fits is taken; 9 is the least that is read in print
_LETTERS = {
    0.20: " ", 0.25: ",.:;'·|", 0.26: "Iijl", 0.30: "!()[]{}-f", 0.34: "t", 0.35: "/\\r", 0.42: '"*?sz“”', 0.45: "x", 0.46: "c", 0.47: "vy",
    0.48: "JY–", 0.49: "FL", 0.51: "X", 0.52: "V", 0.53: "ES", 0.54: "ATZhou", 0.55: "bn", 0.56: "dpq", 0.57: "CPR", 0.58: "K", 0.59: "B",
    0.61: "&", 0.62: "DG", 0.64: "U", 0.65: "HN", 0.66: "OQ", 0.72: "w", 0.73: "M", 0.79: "W", 0.83: "%m", 0.85: "@",
}  # fmt: skip
"""Advance widths of Source Sans Pro, in ems; every other character, digits among them, is 0.5."""
_EMS = {letter: width for width, letters in _LETTERS.items() for letter in letters}
_BOLD = 1.1  # bold type is about a tenth wider, in Word; semibold in the PDF a twentieth
_SPARE = 1.02  # so that rounding never breaks a word
_WIDE = 28.0  # ems, about 60 characters: what a column of words asks for at most
_SENTENCES, _LONGER = 140, 2.0  # characters: a column of longer texts takes twice the room of one of shorter texts
_FEW_WORDS = (
    26  # characters: a short text such as a verdict, which is not set one word a line where smaller type avoids it
)
_SHORT_NAME = 10.0  # ems, about 20 characters
_BESIDE_IDS = 17.0  # ems: the same beside a column of figure ids, which take the room


@dataclass(frozen=True)
class Layout:
    """size: of the type, in points. shares: of the width for each column, gap after it included; they add up to 1."""

    size: float
    shares: tuple[float, ...]


def layout(block: TableBlock) -> Layout:
    """The largest type in which every word of the table fits its column, and the widths then."""
    columns = range(len(block.header))
    least = [_longest_word(block, i) for i in columns]
    sizes = _SMALL_SIZES if block.small else _SIZES
    whole = [max(n, _in_two_lines(block, i)) for i, n in enumerate(least)]
    tries = [(asked, s) for asked in (whole, least) for s in sizes]
    least, size = next((t for t in tries if sum(_points(n, t[1]) for n in t[0]) <= TEXT_WIDTH), tries[-1])
    narrow = [_points(n, size) for n in least]
    wanted = [max(narrow[i], _points(_usual(block, i), size)) for i in columns]
    name = min(wanted[0], _points(_SHORT_NAME, size))
    if name > narrow[0] and sum(narrow[1:]) + name <= TEXT_WIDTH:
        narrow[0] = name  # the short name of a row stays in one line before headings of numbers get more room
    weights = [_LONGER if _longest(block, i) > _SENTENCES else 1.0 for i in columns]
    if sum(wanted) > TEXT_WIDTH > sum(narrow) and not block.breakable:
        narrow = fewest_lines.widths(
            _texts(block), narrow, TEXT_WIDTH, GAP, lambda text: _points(_ems(text), size) - GAP
        )
        wanted = [max(pair) for pair in zip(narrow, wanted, strict=True)]
    widths = _shared(narrow, wanted, [not head.numeric for head in block.header], weights)
    return Layout(size, tuple(width / sum(widths) for width in widths))


def _texts(block: TableBlock) -> list[list[str]]:
    """The heading, as wide as bold type makes it, and the rows."""
    bold = [" ".join(f"{word}{'i' * round(len(word) * 0.2)}" for word in head.title.split()) for head in block.header]
    return [bold, *map(list, block.rows)]


def _shared(narrow: list[float], wanted: list[float], words: list[bool], weights: list[float]) -> list[float]:
    """Each column its least; what is left goes to what columns ask for beyond that, and then to columns of words."""
    left = TEXT_WIDTH - sum(narrow)
    asked = [want - need for want, need in zip(wanted, narrow, strict=True)]
    if left <= 0:
        return narrow
    if sum(asked) >= left:
        return [need + more for need, more in zip(narrow, _smallest_first(asked, left, weights), strict=True)]
    spare = left - sum(asked)
    takers = [want if is_words else 0.25 * want for want, is_words in zip(wanted, words, strict=True)]
    return [want + spare * taker / sum(takers) for want, taker in zip(wanted, takers, strict=True)]


def _smallest_first(asked: list[float], left: float, weights: list[float] | None = None) -> list[float]:
    """What is left, given to the smallest wishes first: a column of months is not broken for one of long sentences. Those that
    cannot all be met share by their weights."""
    weights = weights or [1.0] * len(asked)
    given = [0.0] * len(asked)
    waiting = sorted(range(len(asked)), key=lambda place: asked[place] / weights[place])
    for done, place in enumerate(waiting):
        share = weights[place] / sum(weights[i] for i in waiting[done:])
        given[place] = min(asked[place], left * share)
        left -= given[place]
    return given


def _points(ems: float, size: float) -> float:
    return ems * size * _SPARE + GAP


def _ems(text: str) -> float:
    return sum(_EMS.get(letter, 0.5) for letter in text)


def _longest_word(block: TableBlock, place: int) -> float:
    """In ems, of the cells, of the heading and of the rows set in bold."""
    head = block.header[place]
    rows = () if place in block.breakable else block.rows
    plain = [word for row in rows for word in row[place].split()]
    bold = [block.rows[i][place] for i in block.total_rows]
    heavy = [word for text in (head.title, f"({head.unit})" if head.unit else "", *bold) for word in text.split()]
    return max(1.5, max(map(_ems, plain), default=0), _BOLD * max(map(_ems, heavy), default=0))


def _in_two_lines(block: TableBlock, place: int) -> float:
    """In ems, what the short texts of a column of words need to stand in two lines; nothing for names, numbers and longer texts."""
    if place == 0 or block.header[place].numeric or place in block.breakable or _longest(block, place) > _FEW_WORDS:
        return 0.0
    return max((_broken(row[place], 2) for row in block.rows), default=0.0)


def _usual(block: TableBlock, place: int) -> float:
    """What the column asks for, in ems: its longest cell in one line, and its heading in up to three when its cells are numbers."""
    head = block.header[place]
    longest = max((_ems(row[place]) for row in block.rows), default=0.0)
    title = _BOLD * _broken(head.title, 3 if head.numeric else 1)
    if head.numeric:
        return max(longest, title)
    most = _BESIDE_IDS if block.breakable and place not in block.breakable else _WIDE
    return min(most, max(longest, title))


def _broken(title: str, lines: int) -> float:
    """The width in ems that a heading needs to stand in so many lines, broken between words."""
    words = [_ems(word) for word in title.split()] or [0.0]
    best = sum(words) + _EMS[" "] * (len(words) - 1)
    if lines == 1 or len(words) == 1:
        return best
    heads = range(1, len(words))
    return min(
        best,
        *(max(_ems(" ".join(title.split()[:i])), _broken(" ".join(title.split()[i:]), lines - 1)) for i in heads),
    )


def _longest(block: TableBlock, place: int) -> int:
    return max((len(row[place]) for row in block.rows), default=0)
