"""Choosing what else to hide, so that a hidden count cannot be worked out from what is shown.

One sum at a time, the smallest shown count is hidden until every hidden one in that sum could still have as many values as
the rule itself leaves open. Nothing is ever gained by hiding a 0, so none is. Then `audit` looks at all sums together, and
whatever it cannot prove safe has one more neighbour hidden, until all is proved or nothing is left to hide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from .audit import unproven
from .bounds import bounds, protected, within
from .grid import Count
from .relations import Relation


@dataclass
class Shield:
    """The counts hidden so far, and what is still open.

    hidden: numbers of hidden counts, too small and others. preferred: counts to choose from first, those hidden from a wider
    audience, so that nobody sees less than the public. exposed: counts that nothing left to hide can protect.
    """

    counts: Sequence[Count]
    relations: Sequence[Relation]
    hidden: set[int]
    preferred: Collection[int] = frozenset()
    exposed: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.of: dict[int, set[int]] = defaultdict(set)
        for place, relation in enumerate(self.relations):
            for number, _ in relation.terms:
                self.of[number].add(place)

    def protect(self) -> None:
        """Hide until every hidden count is proved safe or has nothing left that could protect it."""
        touched = set(range(len(self.relations)))
        while touched:
            self._settle(touched)
            failed = unproven(self.counts, self.relations, self.hidden, sorted(touched)) - self.exposed
            touched = set()
            for number in sorted(failed):
                chosen = self._choose(self._neighbours(number))
                if chosen is None:
                    self.exposed.add(number)
                else:
                    touched |= self._hide(chosen)

    def _settle(self, touched: set[int]) -> None:
        """Make each touched sum safe by itself; hiding a count touches the other sums that it is in."""
        waiting = set(touched)
        while waiting:
            place = waiting.pop()
            while self._leaks(self.relations[place]):
                chosen = self._choose(number for number, _ in self.relations[place].terms)
                if chosen is None:
                    break
                waiting |= self._hide(chosen) - {place}
                touched |= self.of[chosen]

    def _hide(self, number: int) -> set[int]:
        self.hidden.add(number)
        return self.of[number]

    def _leaks(self, relation: Relation) -> bool:
        guarded = [n for n, _ in relation.terms if protected(self.counts, self.hidden, n)]
        if not guarded:
            return False
        limits = {n: bounds(self.counts[n], n in self.hidden) for n, _ in relation.terms}
        for number in guarded:
            low, high = within(relation, limits, number)
            if high - low < self.counts[number].rule.spread:
                return True
        return False

    def _choose(self, numbers: Iterable[int]) -> int | None:
        """The smallest count that is shown and may still be hidden; of equals, the one in fewest sums. None when there is none."""
        free = [n for n in numbers if self._may_hide(n)]
        free = [n for n in free if n in self.preferred] or free
        return min(free, key=lambda n: (self.counts[n].value, len(self.of[n]), n), default=None)

    def _may_hide(self, number: int) -> bool:
        count = self.counts[number]
        return count.shown and not count.known and count.value > 0 and number not in self.hidden

    def _neighbours(self, number: int) -> list[int]:
        """Counts in a sum with this one; where none of those can be hidden, all that are joined to it through hidden counts."""
        near = {n for place in self.of[number] for n, _ in self.relations[place].terms}
        seen: set[int] = set()
        while near - seen and not any(self._may_hide(n) for n in near):
            seen |= near
            joined = [n for n in near if n in self.hidden or not self.counts[n].shown]
            near = near | {m for n in joined for place in self.of[n] for m, _ in self.relations[place].terms}
        return sorted(near)
