"""How a supplier's short name, as its folder is called, is said: “ministry-of-justice” is the Ministry of Justice."""

from __future__ import annotations

_SMALL = frozenset({"and", "for", "in", "of", "on", "the"})


def in_words(supplier: str) -> str:
    """The short name in words: “blackpool-women-s-centre” is “Blackpool Women's Centre”. Small words inside it stay small."""
    words = supplier.replace("-", " ").split()
    spelt = [word if at and word in _SMALL else word.capitalize() for at, word in enumerate(words)]
    return " ".join(spelt).replace(" S ", "'s ")
