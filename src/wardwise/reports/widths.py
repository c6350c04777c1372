"""How wide each column of a printed table should be."""

from __future__ import annotations

from .document import TableBlock

_NARROW, _WIDE = 6, 34  # characters: no column is set narrower or, while others need room, asks for more

_GAP = 3  # characters between two columns, with a little for bold headings


def shares(block: TableBlock) -> tuple[float, ...]:
    """Each column's share of the width (they add up to 1), from the longest words and the usual length of its cells."""
    wanted = [_wanted(block, i) for i in range(len(block.header))]
    return tuple(width / sum(wanted) for width in wanted)


def _wanted(block: TableBlock, place: int) -> float:
    head = block.header[place]
    cells = [row[place] for row in block.rows]
    words = [word for text in (head.title, head.unit, *cells) for word in text.split()]
    longest_word = max((len(word) for word in words), default=0)
    longest = max((len(text) for text in cells), default=0)
    title = len(head.title) / (2 if " " in head.title else 1)
    if head.numeric:
        return max(_NARROW, longest, longest_word, title) + _GAP
    return max(_NARROW, min(_WIDE, max(longest, title)), min(longest_word, _WIDE)) + _GAP
