"""How wide each column of a printed table is, and how large its type: no word is ever cut, no two columns touch."""

from __future__ import annotations

from dataclasses import dataclass

from .document import TableBlock

TEXT_WIDTH = 453.5  # points: 160 mm, the text of an A4 page with margins of 25 mm
GAP = 8.0  # points between two columns
_SIZES, _SMALL_SIZES = (
    (10.0, 9.0),
    (9.0,),
)  # points of type, the largest that fits is taken; 9 is the least that is read in print
_EM = 0.52  # mean width of a character in ems, with a little to spare for bold headings (Source Sans Pro)
_BOLD = 1.2  # bold type is about a fifth wider
_WIDE = 60  # characters: what a column of words asks for at most
_SENTENCES, _LONGER = 140, 2.0  # characters: a column of longer texts takes twice the room of one of shorter texts
_BESIDE_IDS = 36  # characters: the same beside a column of figure ids, which take the room


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
    size = next((s for s in sizes if sum(_points(n, s) for n in least) <= TEXT_WIDTH), sizes[-1])
    narrow = [_points(n, size) for n in least]
    wanted = [max(narrow[i], _points(_usual(block, i), size)) for i in columns]
    weights = [_LONGER if _longest(block, i) > _SENTENCES else 1.0 for i in columns]
    widths = _shared(narrow, wanted, [not head.numeric for head in block.header], weights)
    return Layout(size, tuple(width / sum(widths) for width in widths))


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


def _points(characters: float, size: float) -> float:
    return characters * size * _EM + GAP


def _longest_word(block: TableBlock, place: int) -> float:
    head = block.header[place]
    rows = () if place in block.breakable else block.rows
    plain = [word for row in rows for word in row[place].split()]
    bold = [block.rows[i][place] for i in block.total_rows]
    heavy = [word for text in (head.title, head.unit, *bold) for word in text.split()]
    return max(3, max(map(len, plain), default=0), _BOLD * max(map(len, heavy), default=0))


def _usual(block: TableBlock, place: int) -> float:
    head = block.header[place]
    longest = _longest(block, place)
    title = len(head.title) / (min(3, 1 + head.title.count(" ")) if head.numeric else 1)
    if head.numeric:
        return max(longest, title)
    most = _BESIDE_IDS if block.breakable and place not in block.breakable else _WIDE
    return min(most, max(longest, title))


def _longest(block: TableBlock, place: int) -> int:
    return max((len(row[place]) for row in block.rows), default=0)
