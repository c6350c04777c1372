"""The links turned into answers: the parents of an area at a level, and the members of an area. Each worked out when asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from .links import Link, rank
from .resolve import Years, choose

_STEPS = ("csp", "district", "ward")
"""Levels an area may be reached through, coarse first, when no look-up names its parent directly."""


class Hierarchy:
    """Links between areas, resolved so that a child has one parent of any one year's areas."""

    def __init__(self, links: Iterable[Link]) -> None:
        self._by_child: dict[str, list[Link]] = defaultdict(list)
        self._by_parent: dict[str, list[Link]] = defaultdict(list)
        self._held: dict[str, frozenset[str]] = {}
        self._related: dict[str, list[str]] = defaultdict(list)
        self._known: dict[tuple[str, str], tuple[str, ...]] = {}
        for link in links:
            if link.child != link.parent:
                self._by_child[link.child].append(link)
                self._by_parent[link.parent].append(link)
                if link.parent_level == "lsoa":
                    self._related[link.child].append(link.parent)
                    self._related[link.parent].append(link.child)

    def parents(self, child: str, level: str) -> tuple[str, ...]:
        """Parents of `level`, newest first, at most one of any one year: straight from a look-up, or by way of an area between."""
        key = (child, level)
        if key not in self._known:
            self._known[key] = self._whole(child) if level == "lsoa" else self._resolve(child, level)
        return self._known[key]

    def _resolve(self, child: str, level: str) -> tuple[str, ...]:
        years = self._years(child, level)
        if years:
            return choose(years, self._years_of)
        for step in _STEPS:
            if rank(step) < rank(level):
                found = [parent for middle in self.parents(child, step) for parent in self.parents(middle, level)]
                if found:
                    return tuple(dict.fromkeys(found))
        return ()

    def _years(self, child: str, level: str) -> Years:
        """The links of a child by year. Years that its own code has no look-up for are taken from the small areas it became or
        came from, so that 2011 codes reach 2024 wards and 2021 codes reach 2018 wards."""
        years = self._direct(child, level)
        borrowed: Years = {}
        for other in self._related.get(child, ()):
            for vintage, parents in self._direct(other, level).items():
                borrowed.setdefault(vintage, []).extend(parents)
        return {**borrowed, **years}

    def _years_of(self, parent: str) -> frozenset[str]:
        """The years whose look-ups name an area as a parent."""
        if parent not in self._held:
            links = self._by_parent.get(parent, ())
            self._held[parent] = frozenset(year for link in links for year in link.vintages.split())
        return self._held[parent]

    def _direct(self, child: str, level: str) -> Years:
        years: Years = {}
        for link in self._by_child.get(child, ()):
            if link.parent_level == level:
                for vintage in link.vintages.split():
                    years.setdefault(vintage, []).append(link.parent)
        return years

    def _whole(self, code: str) -> tuple[str, ...]:
        """Among small areas only whole ones belong: merged old ones lie in the new one, split new ones in the old one."""
        merged = [link.parent for link in self._by_child.get(code, ()) if link.change == "M"]
        split = [
            link.child
            for other in self._related.get(code, ())
            for link in self._by_child.get(other, ())
            if link.parent == code and link.change == "S"
        ]
        return tuple((merged + split)[:1])

    def members(self, level: str, wanted: Sequence[str]) -> list[tuple[str, str]]:
        """(member, area) for the wanted areas of one level; each member once, in the newest of its areas that is wanted."""
        asked = set(wanted)
        pairs = [(code, code) for code in wanted]
        for child in self._below(wanted):
            if child not in asked:
                area = next((parent for parent in self.parents(child, level) if parent in asked), None)
                if area is not None:
                    pairs.append((child, area))
        return pairs

    def _below(self, codes: Sequence[str]) -> list[str]:
        """Every code that any chain of links leads down to, and the small areas related to them; in order."""
        seen = dict.fromkeys(codes)
        waiting = list(codes)
        while waiting:
            code = waiting.pop()
            below = (link.child for link in self._by_parent.get(code, ()))
            for child in (*below, *self._related.get(code, ())):
                if child not in seen:
                    seen[child] = None
                    waiting.append(child)
        return sorted(seen)

    def fit(self, child: str, parent: str, level: str) -> str:
        """exact when every look-up step from child to parent is exact, best otherwise."""
        links = [link for link in self._by_child.get(child, ()) if link.parent_level == level]
        if any(link.parent == parent for link in links):
            years = [set(parents) for parents in self._direct(child, level).values()]
            whole = any(link.exact and link.parent == parent for link in links)
            return "exact" if whole and all(len(parents) == 1 for parents in years) else "best"
        for step in _STEPS:
            for middle in self.parents(child, step) if rank(step) < rank(level) else ():
                if parent in self.parents(middle, level):
                    steps = {self.fit(child, middle, step), self.fit(middle, parent, level)}
                    return "exact" if steps == {"exact"} else "best"
        return "best"
