"""Finding other worlds that a reader could believe in, with a whole-number linear solver."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .bounds import Bounds
from .relations import Relation

Aim = Mapping[int, int]
"""Counts to make large (+1) or small (−1)."""

_ROUNDS = 6


class Solver:
    """The sums of one component as a sparse system over its unknown counts. Built once, asked many times.

    limits: least and greatest value of each count. truth: the real values; those of unknown counts are used only to keep
    the search box finite. room: how far from the truth a world must at least be able to go.
    """

    def __init__(
        self, relations: Sequence[Relation], limits: Mapping[int, Bounds], truth: Mapping[int, float], room: int
    ) -> None:
        import numpy as np
        from scipy.optimize import Bounds as Box
        from scipy.optimize import LinearConstraint
        from scipy.sparse import csr_array

        self.limits = limits
        self.unknown = [n for n, (low, high) in limits.items() if low < high]
        self.column = {n: j for j, n in enumerate(self.unknown)}
        rows, columns, values, right = [], [], [], []
        for i, relation in enumerate(relations):
            known = 0.0
            for n, c in relation.terms:
                if n in self.column:
                    rows.append(i)
                    columns.append(self.column[n])
                    values.append(c)
                else:
                    known += c * limits[n][0]
            right.append(-known)
        matrix = csr_array((values, (rows, columns)), shape=(len(relations), len(self.unknown)))
        beyond = (room + 1) * (len(self.unknown) + 1)
        least = [limits[n][0] for n in self.unknown]
        most = [min(limits[n][1], truth[n] + beyond) for n in self.unknown]
        whole = all(float(v).is_integer() for v in (*truth.values(), *right))
        self._box = Box(np.array(least), np.array(most))
        self._sums = LinearConstraint(matrix, np.array(right), np.array(right))
        self._whole = np.full(len(self.unknown), int(whole))

    def aims(self, goals: Mapping[int, int]) -> Iterator[Aim]:
        """What to ask for next while goals are open (`goals` shrinks as they are met): where they are many, many at once, then
        one by one."""
        for turn in range(_ROUNDS if len(goals) > _ROUNDS else 0):
            yield {n: 1 if ((position >> turn // 2) + turn) % 2 else -1 for position, n in enumerate(sorted(goals))}
        for n in sorted(goals):
            for direction in (1, -1):
                if n in goals:
                    yield {n: direction}

    def world(self, aim: Aim) -> dict[int, float] | None:
        """Values for every count that fit the sums and limits and go furthest towards the aim. None when the solver has none."""
        import numpy as np
        from scipy.optimize import milp

        wanted = np.zeros(len(self.unknown))
        for n, direction in aim.items():
            wanted[self.column[n]] = -direction
        solution: Any = milp(wanted, integrality=self._whole, bounds=self._box, constraints=self._sums)
        if solution.x is None:
            return None
        values = np.round(solution.x) if self._whole.any() else solution.x
        found = {n: float(values[j]) for n, j in self.column.items()}
        return {n: found.get(n, low) for n, (low, _) in self.limits.items()}
