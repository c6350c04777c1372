"""Widths with which the rows of a printed table take the fewest lines: room goes where a line is saved with the least of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

STEP = 6.0  # points: a finer step saves no line more in tables of real reports
_MOST_ROWS = 80  # rows that are looked at; the first of a longer table stand for the rest
_ALONE = 0.1  # a line saved in one cell of a row that another cell keeps tall counts for so much of one

Cells = Sequence[Sequence[str]]


def widths(
    rows: Cells, narrow: Sequence[float], full: float, gap: float, measure: Callable[[str], float]
) -> list[float]:
    """The width of each column, gap included, none below its `narrow`, together at most `full` points; what no line is saved by is
    left over. measure: the width of a text in points."""
    steps = int((full - sum(narrow)) // STEP)
    shown = rows[:_MOST_ROWS]
    space = measure(" ")
    words = [[[measure(word) for word in row[j].split()] for row in shown] for j in range(len(narrow))]
    lines = [
        [[_lines(cell, narrow[j] - gap + k * STEP, space) for cell in column] for k in range(steps + 1)]
        for j, column in enumerate(words)
    ]
    taken = [0] * len(narrow)
    while (left := steps - sum(taken)) > 0:
        best = _best(lines, taken, left)
        if best is None:
            break
        taken[best[0]] += best[1]
    return [least + k * STEP for least, k in zip(narrow, taken, strict=True)]


def _best(lines: list[list[list[int]]], taken: Sequence[int], left: int) -> tuple[int, int] | None:
    """The column to widen and by how many steps: the most lines saved for each step. None when no line can be saved."""
    now = [lines[j][k] for j, k in enumerate(taken)]
    found: tuple[float, int, int] | None = None
    for j, k in enumerate(taken):
        others = [
            max(column[i] for at, column in enumerate(now) if at != j) if len(now) > 1 else 0
            for i in range(len(now[j]))
        ]
        for more in range(1, left + 1):
            then = lines[j][k + more]
            saved = (
                sum(max(a, o) - max(b, o) + _ALONE * (a - b) for a, b, o in zip(now[j], then, others, strict=True))
                / more
            )
            if saved > 0 and (found is None or saved > found[0]):
                found = (saved, j, more)
    return found and (found[1], found[2])


def _lines(words: Sequence[float], width: float, space: float) -> int:
    """Lines that words of these widths take, filled one after the other."""
    lines, at = 1, 0.0
    for word in words:
        if at and at + space + word > width:
            lines, at = lines + 1, word
        else:
            at += space + word if at else word
    return lines
