"""One parent for each child: how look-ups of several years, which disagree here and there, are made to count nothing twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

Years = dict[str, list[str]]
"""vintage -> the parents that links of that year give, one entry for each link"""


def choose(years: Years, held: Callable[[str], frozenset[str]]) -> tuple[str, ...]:
    """The parents a child belongs to, newest first: at most one of any one year's areas.

    held: the vintages whose look-ups name a parent.
    Rule: year by year from the newest, the parent that most look-ups give; if equal, the one the newest look-up gives; if still
    equal, the first code. An older year's parent is taken only when it no longer exists in a year already decided.
    Four small areas of the 2011–2021 exact-fit look-up lie in two districts; this rule gives each one district.
    """
    if len(parents := {parent for year in years.values() for parent in year}) == 1:
        return tuple(parents)
    votes: dict[str, int] = defaultdict(int)
    newest: dict[str, str] = {}
    for vintage in sorted(years):
        for parent in years[vintage]:
            votes[parent] += 1
            newest[parent] = vintage
    chosen: list[str] = []
    decided: set[str] = set()
    for vintage in sorted(years, reverse=True):
        retired = [parent for parent in years[vintage] if not decided & held(parent)]
        if retired and not any(parent in chosen for parent in years[vintage]):
            best = max(votes[parent] for parent in retired)
            ties = [parent for parent in retired if votes[parent] == best]
            latest = max(newest[parent] for parent in ties)
            chosen.append(min(parent for parent in ties if newest[parent] == latest))
        decided.add(vintage)
    return tuple(chosen)
