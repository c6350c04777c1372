"""Rows weighed by their offence code. A row without a weight is never taken as weighing nothing: it is counted and said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from wardwise.records.cells import Weighed
from wardwise.records.figures import Status

from .definition import Count
from .reading import Reading
from .tally import Asked, Cell, Tally

Answer = Sequence[tuple[object, ...]]
"""Rows of a query: keys, then the sum of weights (None where no row has one), rows counted, rows that lack a weight."""


def counted(rows: Answer, asked: Asked, cell: Callable[[tuple[object, ...], Asked], Cell]) -> Mapping[Cell, Tally]:
    """The sum of weights of every cell in which there is a row; missing where none of its rows has a weight."""
    return {cell(row[:-2], asked): _one(*row[-3:]) for row in rows}


def _one(weight: object, n: object, lacking: object) -> Tally:
    assert isinstance(n, int) and isinstance(lacking, int)
    if not isinstance(weight, int | float):
        return Tally(None, Status.MISSING, f"No weight for {_of(n, n)}.")
    return Tally(Weighed(weight, n - lacking), note=f"No weight for {_of(lacking, n)}." if lacking else "")


def _of(lacking: int, n: int) -> str:
    return f"{lacking:,} of {n:,} row{'' if n == 1 else 's'}"


def lacking(rows: Answer, count: Count, reading: Reading) -> Iterator[str]:
    """A sentence for each area in which rows lack a weight."""
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        n, without = row[-2:]
        assert isinstance(n, int) and isinstance(without, int)
        before = found.get(str(row[0]), (0, 0))
        found[str(row[0])] = before[0] + n, before[1] + without
    for area, (n, without) in found.items():
        if without:
            yield (
                f"{reading.places.name(area)}: {_of(without, n)} have no weight in {count.weights} and are left out; that is "
                "not to say that they weigh nothing."
            )
