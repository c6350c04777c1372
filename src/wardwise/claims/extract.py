"""The claims in a report: changes, shares and counts, each with the sentence that makes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from wardwise.analysis.claimed import Range, base_of

from .numbers import ANY_NUMBER, BRACKET, NUMBER, PERCENT, decimal, direction, is_year, whole
from .text import Grid, Passage, Text

_FROM_TO = re.compile(rf"from (?P<before>{NUMBER})(?: \w+)? to (?P<after>{NUMBER})", re.IGNORECASE)
_THEN_NOW = re.compile(
    rf"\(?(?P<after>{NUMBER}) in [^()]{{3,40}}?,? compared (?:with|to) (?P<before>{NUMBER})\b", re.IGNORECASE
)
_COUNTED = re.compile(rf"(?P<count>{NUMBER})\s+(?P<noun>(?:[a-z-]+\s+){{0,3}}[a-z-]+)", re.IGNORECASE)
_LABEL = re.compile(r"^\s*([^:\t]{3,60}):\s*$")


@dataclass(frozen=True)
class Change:
    """percent: as printed, without a sign. difference: signed; None where no number stands beside it. before, after: where both are
    printed. subject: the words before it, or the row's label."""

    percent: Decimal
    direction: int
    difference: int | None
    before: int | None
    after: int | None
    subject: str
    sentence: str
    passage: Passage

    @property
    def base(self) -> Range | None:
        """The earlier counts that fit what is printed; None when nothing fixes them."""
        if self.before is not None:
            return Range(self.before, self.before)
        if not self.difference:
            return None
        return base_of(self.percent, self.difference)


@dataclass(frozen=True)
class Share:
    """percent of a whole. count: the part, where it is printed beside it. whole: the number it is said to be of, else None."""

    percent: Decimal
    count: int | None
    whole: int | None
    sentence: str
    passage: Passage
    start: int
    """Where in the sentence it stands."""


def lines(text: Text) -> Iterator[Passage]:
    """Every passage, and every row of a table whose cells are words: “Serious assaults: reduction of 3.2% (-2 offences)”."""
    yield from text.passages
    for grid in text.grids:
        yield from _rows(grid)


def _rows(grid: Grid) -> Iterator[Passage]:
    for row in grid.rows:
        if len(row) == 2 and PERCENT.search(row[1]):
            yield Passage(f"{row[0].rstrip(':')}: {row[1]}", grid.heading, grid.place, grid.order)


def changes(passage: Passage) -> list[Change]:
    """Every percentage change in the passage, in order."""
    found: list[Change] = []
    for sentence in passage.sentences():
        stands = _numbers_of(sentence)
        at = 0
        signs = (
            (hit, direction(sentence[: hit.start()][-60:], sentence[hit.end() :][:60]))
            for hit in PERCENT.finditer(sentence)
        )
        hits = [(hit, sign) for hit, sign in signs if sign]
        for hit, sign in hits:
            beside = BRACKET.match(sentence[hit.end() :])
            size = whole(beside["count"]) if beside else None
            pair = stands if len(hits) == 1 else None
            subject = sentence[at : hit.start()].strip(" :;,-")
            at = hit.end() + (beside.end() if beside else 0)
            found.append(
                Change(
                    decimal(hit[1]),
                    sign,
                    None if size is None else sign * size,
                    pair[0] if pair else None,
                    pair[1] if pair else None,
                    subject,
                    sentence,
                    passage,
                )
            )
    return found


def _numbers_of(sentence: str) -> tuple[int, int] | None:
    """Before and after, where a sentence prints both."""
    pair = _FROM_TO.search(sentence) or _THEN_NOW.search(sentence)
    return (whole(pair["before"]), whole(pair["after"])) if pair else None


def shares(passage: Passage) -> list[Share]:
    """Every percentage that is a part of something, in order, with the number it is of where one is printed."""
    found = []
    sentences = passage.sentences()
    for place, sentence in enumerate(sentences):
        behind = sentences[place - 1] if place else ""
        for hit in PERCENT.finditer(sentence):
            before, after = sentence[: hit.start()], sentence[hit.end() :]
            if direction(before[-60:], after[:60]):
                continue
            beside = BRACKET.match(after)
            count = whole(beside["count"]) if beside else None
            found.append(Share(decimal(hit[1]), count, _whole(before, after, behind), sentence, passage, hit.start()))
    return found


_OF_THESE = re.compile(r"^(?:from|of|among)\s+(?:these|those|this)\s*(?P<noun>[a-z]+)?\b", re.IGNORECASE)
_OF_WHICH = re.compile(r"^\s*(?:\([^)]*\)\s*)?of (?:which|whom|these|those)\b", re.IGNORECASE)
_OF_NUMBER = re.compile(rf"^\s*(?:\([^)]*\)\s*)?of (?:the |all |our )?(?P<count>{NUMBER})\b", re.IGNORECASE)


def _whole(before: str, after: str, behind: str) -> int | None:
    """What a share is of: “of the 273”, “46 referrals, 70% of which”, or the last count of the sentence behind “Of these”."""
    stated = _OF_NUMBER.match(after)
    if stated:
        return whole(stated["count"])
    if _OF_WHICH.match(after):
        counts = [m for m in _COUNTED.finditer(before) if not is_year(m["count"])]
        return whole(counts[-1]["count"]) if counts else None
    these = _OF_THESE.match(before)
    if not these:
        return None
    noun = (these["noun"] or "").lower()
    counts = [m for m in _COUNTED.finditer(behind) if not is_year(m["count"])]
    named = [m for m in counts if noun and noun.rstrip("s") in m["noun"].lower()]
    chosen = (named or counts)[-1:] if (named or not noun) else []
    return whole(chosen[0]["count"]) if chosen else None


def counted(text: str) -> list[int]:
    """Every whole number in words or figures, years and percentages left out, in order."""
    return [whole(m[1]) for m in ANY_NUMBER.finditer(text) if not is_year(m[1])]
