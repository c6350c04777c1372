"""What the checker has to say: a doubt about one claim, with the reason and what to ask its author."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """WRONG: the numbers printed cannot all be right. ASK: a reader cannot tell what is meant. NOTE: right, and worth saying beside it."""

    WRONG = "cannot be right"
    ASK = "needs an answer"
    NOTE = "worth saying"


@dataclass(frozen=True)
class Doubt:
    """check: the rule's name. says: the report's own words. why: the reason, with its arithmetic. ask: what would settle it."""

    check: str
    level: Level
    place: str
    says: str
    why: str
    ask: str


def quoted(text: str, longest: int = 180) -> str:
    """The words, cut at a space where they are many."""
    plain = " ".join(text.split())
    return plain if len(plain) <= longest else plain[:longest].rsplit(" ", 1)[0] + " …"
