"""How a supplier's short name, as its folder is called, is said: “ministry-of-justice” is the Ministry of Justice."""

from __future__ import annotations

_CAPITALS = frozenset({"btp", "cctv", "mhclg", "nhs", "ons", "uk"})
"""Short forms that are said letter by letter."""

_SMALL = frozenset({"and", "for", "in", "of", "on", "the"})


def in_words(supplier: str) -> str:
    """The short name in words: “blackpool-women-s-centre” is “Blackpool Women's Centre”. Small words inside it stay small."""
    words = supplier.replace("-", " ").split()
    spelt = [_spelt(word, first=not at) for at, word in enumerate(words)]
    return " ".join(spelt).replace(" S ", "'s ")


def _spelt(word: str, *, first: bool) -> str:
    if word in _CAPITALS:
        return word.upper()
    return word if word in _SMALL and not first else word.capitalize()
