"""A person named in a report: officers by post, never victims, offenders or residents by name (inventory A-183).

The name itself is never repeated: only its initials are, so that the author can find it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .doubts import Doubt, Level
from .text import Text

_TITLE = (
    r"(?:Dr|Mr|Mrs|Ms|Miss|Sir|Dame|Prof(?:essor)?|Councillor|Cllr|"
    r"(?:Detective )?(?:Chief )?(?:Superintendent|Inspector|Constable)|Sergeant|PC|DCI|DI)\.?"
)
_ONE = r"[A-Z][a-z]+\s+[A-Z][a-z]+(?:[-'][A-Z][a-z]+)?"
_POST = r"(?:Acting |Interim |Deputy |Assistant )*(?:Director|Head|Chair|Chief|Manager|Officer|Leader|Commissioner)\b"
PATTERNS = (
    re.compile(rf"\b{_TITLE}\s+({_ONE})"),
    re.compile(rf"({_ONE})\s*(?:,| [-–])\s+(?:the )?{_POST}"),
    re.compile(rf"\b(?:chaired by|chair of this board is|led by)\s+({_ONE})"),
)
KILLED = re.compile(r"\b(murder\w*|killed|killing|homicide|death|died|suicide)\b", re.IGNORECASE)
VICTIM = re.compile(rf"\b(?:those of|murders? of|killing of|deaths? of)\s+({_ONE})(?:\s+and\s+({_ONE}))?")
NOT_NAMES = frozenset(
    [
        "Acting",
        "Chief",
        "Clinical",
        "Commissioner",
        "Community",
        "Constable",
        "Councillor",
        "Crime",
        "Director",
        "Dr",
        "Head",
        "Lancashire",
        "Mr",
        "Mrs",
        "Officer",
        "Police",
        "Public",
        "Safety",
        "The",
    ]
)


def named(text: Text) -> Iterator[Doubt]:
    """A doubt for each passage or table that names people."""
    parts = [(p.text, p.place) for p in text.passages]
    parts += [(" ".join(row), grid.place) for grid in text.grids for row in grid.rows]
    for words, place in parts:
        people = sorted({name for name in _names(words) if not NOT_NAMES & set(name.split())})
        if people:
            initials = ", ".join(" ".join(f"{part[0]}." for part in name.split()) for name in people)
            why = f"{'A person is' if len(people) == 1 else f'{len(people)} people are'} named here ({initials})."
            ask = "Name the post, not the person, unless they agreed to be named. Never name a victim."
            yield Doubt("named-person", Level.ASK, place, "", why, ask)


def _names(words: str) -> Iterator[str]:
    for pattern in PATTERNS:
        for found in pattern.finditer(words):
            yield found[1]
    if KILLED.search(words):
        for found in VICTIM.finditer(words):
            yield from filter(None, found.groups())
