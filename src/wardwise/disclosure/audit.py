"""Proof, by example, that hidden counts stay hidden.

A reader knows every shown count, every sum, that counts are whole and not negative, and that a hidden one is not 0. The proof that
one hidden count is safe is a pair of worlds: two sets of whole numbers that agree with everything the reader knows, in which
that count differs by at least the spread of its rule. Each world is checked here with whole-number arithmetic, so nothing
rests on the solver's tolerance. A count that lies in one sum alone needs no solver: its range is a subtraction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .bounds import Bounds, bounds, protected, within
from .grid import Count
from .moves import Moves
from .relations import Relation

World = dict[int, float]


def unproven(
    counts: Sequence[Count],
    relations: Sequence[Relation],
    hidden: Collection[int],
    touched: Iterable[int] | None = None,
) -> set[int]:
    """Numbers of the counts to protect for which no such pair of worlds was found. touched: look only at sums joined to these
    (their places in `relations`); all sums when None."""
    failed: set[int] = set()
    for part in components(counts, relations, hidden, range(len(relations)) if touched is None else touched):
        goals = {n: counts[n].rule.spread for n in sorted(part.limits) if protected(counts, hidden, n)}
        if goals:
            failed |= _alone(part, goals) if len(part.relations) == 1 else _together(part, goals, counts)
    return failed


@dataclass(frozen=True)
class Component:
    """Sums that share unknown counts, and what is known of every count in them."""

    relations: tuple[Relation, ...]
    limits: dict[int, Bounds]


def components(
    counts: Sequence[Count], relations: Sequence[Relation], hidden: Collection[int], starts: Iterable[int]
) -> Iterator[Component]:
    """The sums with something unknown in them, in groups that do not touch each other, from these sums on."""
    limits: dict[int, Bounds] = {}
    joined: dict[int, list[int]] = defaultdict(list)
    for place, relation in enumerate(relations):
        for n, _ in relation.terms:
            if n not in limits:
                limits[n] = bounds(counts[n], n in hidden)
            if limits[n][0] < limits[n][1]:
                joined[n].append(place)
    seen: set[int] = set()
    for start in starts:
        group, waiting = [], [start]
        while waiting:
            place = waiting.pop()
            if place not in seen:
                seen.add(place)
                group.append(relations[place])
                waiting.extend(p for n, _ in relations[place].terms for p in joined.get(n, ()))
        if group:
            yield Component(tuple(group), {n: limits[n] for relation in group for n, _ in relation.terms})


def _alone(part: Component, goals: dict[int, int]) -> set[int]:
    """One sum: the ends of each range are worlds, as every count in between is free."""
    failed = set()
    for number, spread in goals.items():
        low, high = within(part.relations[0], part.limits, number)
        if high - low < spread:
            failed.add(number)
    return failed


def _together(part: Component, goals: Mapping[int, int], counts: Sequence[Count]) -> set[int]:
    """Several sums: worlds found by hand, and for what is left by a whole-number solver. In a network (every unknown count in at
    most two sums) the solver would find no more, and is not asked."""
    truth: World = {n: counts[n].value for n in part.limits}
    ledger = Ledger(part, goals, truth)
    moves = Moves(part.relations, part.limits)
    _by_hand(ledger, moves, truth)
    if ledger.unmet and not moves.network:
        _by_solver(ledger, truth)
    return set(ledger.unmet)


class Ledger:
    """The worlds seen so far: the least and greatest value of each count to protect, and the counts whose spread is unmet."""

    def __init__(self, part: Component, goals: Mapping[int, int], truth: World) -> None:
        self.part, self.goals = part, goals
        self.seen = {n: (truth[n], truth[n]) for n in goals}
        self.unmet = dict(goals)

    def note(self, world: World | None) -> None:
        """Take a world into account, if there is one and it agrees with all that the reader knows."""
        if world is None or not agrees(self.part, world):
            return
        for n in list(self.unmet):
            low, high = self.seen[n] = (min(self.seen[n][0], world[n]), max(self.seen[n][1], world[n]))
            if high - low >= self.goals[n]:
                del self.unmet[n]


def _by_hand(ledger: Ledger, moves: Moves, truth: World) -> None:
    for number, spread in ledger.goals.items():
        for direction in (1, -1):
            if number in ledger.unmet:
                world = dict(truth)
                steps = 0
                while steps < spread and moves.push(world, number, direction):
                    steps += 1
                if steps:
                    ledger.note(world)


def _by_solver(ledger: Ledger, truth: World) -> None:
    from .solve import Solver

    solver = Solver(ledger.part.relations, ledger.part.limits, truth, max(ledger.goals.values()))
    for aim in solver.aims(ledger.unmet):
        ledger.note(solver.world(aim))


def agrees(part: Component, world: World) -> bool:
    """Whether a world contradicts nothing that the reader knows."""
    inside = all(low <= world[n] <= high for n, (low, high) in part.limits.items())
    return inside and all(abs(sum(c * world[n] for n, c in r.terms)) < 1e-9 for r in part.relations)
