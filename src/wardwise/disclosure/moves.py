"""Finding another world by hand: one count goes up, and others make room for it, sum by sum, until all sums hold again.

Sums are places, and an unknown count in two sums is a road between them; one in a single sum leads outside, where anything is
allowed. A count can then change when a round trip of free roads goes through it. It is the augmenting path of a flow network,
found by breadth-first search, and does for tables with row and column totals what a solver would do, in a fraction of its
time. What it finds is checked by `audit`; what it does not find is left to the solver.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from .bounds import Bounds
from .relations import Relation

OUTSIDE = -1
State = tuple[int, int]
"""A sum, and by how much (+1 or −1) it is out of balance; (OUTSIDE, 0) when nothing needs mending."""

Road = tuple[int, int, int, int, int]
"""An unknown count, its two sums and its coefficient in each (0 for outside)."""


class Moves:
    """The sums of one component as places and roads. Counts in more than two sums, or counted twice, stay as they are;
    `network` says that there are none of those."""

    def __init__(self, relations: tuple[Relation, ...], limits: Mapping[int, Bounds]) -> None:
        ends: dict[int, list[tuple[int, int]]] = {}
        for place, relation in enumerate(relations):
            for n, c in relation.terms:
                if limits[n][0] < limits[n][1]:
                    ends.setdefault(n, []).append((place, c))
        self.limits = limits
        self.roads: dict[int, Road] = {}
        self.leaving: dict[int, list[Road]] = {}
        self.network = True
        for n, found in ends.items():
            if len(found) <= 2 and all(abs(c) == 1 for _, c in found):
                self._join(n, *found[0], *(found[1] if len(found) == 2 else (OUTSIDE, 0)))
            else:
                self.network = False

    def _join(self, n: int, first: int, c: int, second: int, d: int) -> None:
        self.roads[n] = (n, first, c, second, d)
        self.leaving.setdefault(first, []).append((n, first, c, second, d))
        self.leaving.setdefault(second, []).append((n, second, d, first, c))

    def push(self, world: dict[int, float], number: int, direction: int) -> bool:
        """Change one count by one (+1 or −1), and others so that every sum still holds. Changes `world`; False when it cannot."""
        if number not in self.roads or not self._free(world, number, direction):
            return False
        _, start, c, end, d = self.roads[number]
        goal = (OUTSIDE, 0) if end == OUTSIDE else (end, -d * direction)
        path = self._path(world, number, (start, c * direction), goal)
        if path is None:
            return False
        for n, change in [(number, direction), *path]:
            world[n] += change
        return True

    def _free(self, world: Mapping[int, float], n: int, change: int) -> bool:
        return self.limits[n][0] <= world[n] + change <= self.limits[n][1]

    def _path(
        self, world: Mapping[int, float], without: int, start: State, goal: State
    ) -> list[tuple[int, int]] | None:
        """Changes that carry an imbalance from one sum to where it is mended."""
        came_by: dict[State, tuple[State, tuple[int, int]]] = {}
        waiting = deque([start])
        while waiting:
            state = waiting.popleft()
            place, imbalance = state
            for n, _, c, other, d in self.leaving.get(place, ()):
                for change in (-imbalance * c,) if imbalance else (1, -1):
                    following = (other, d * change)
                    if n == without or following in came_by or following == start or not self._free(world, n, change):
                        continue
                    came_by[following] = (state, (n, change))
                    if following == goal:
                        return _back(came_by, start, goal)
                    waiting.append(following)
        return None


def _back(came_by: Mapping[State, tuple[State, tuple[int, int]]], start: State, goal: State) -> list[tuple[int, int]]:
    path = []
    state = goal
    while state != start:
        state, step = came_by[state]
        path.append(step)
    return path
