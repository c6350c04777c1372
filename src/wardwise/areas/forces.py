"""One spelling for each police force, whichever way a source names it."""

from __future__ import annotations

import re
from functools import lru_cache

_WORDS = re.compile(r"\b(constabulary|police service|police force|police|service|heddlu)\b", re.IGNORECASE)
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")

_SPECIAL = {
    "london-city-of": "city-of-london",
    "psni": "northern-ireland",
    "btp": "british-transport",
    "gmp": "greater-manchester",
    "mps": "metropolitan",
}


@lru_cache(maxsize=4096)
def force_slug(name: str) -> str:
    """The supplier's slug for a force or police force area: “Lancashire Constabulary” and “Lancashire” are both `lancashire`,
    “Metropolitan Police Service” is `metropolitan`, “London, City of” is `city-of-london`. Empty for an empty name."""
    words = _WORDS.sub(" ", name.replace("&", " and ")).casefold()
    slug = _NOT_LETTERS.sub("-", words).strip("-").removeprefix("of-")
    return _SPECIAL.get(slug, slug)
