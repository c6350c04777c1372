"""What a reader can add up: totals and their parts, in one table or across the product, and periods that contain each other.

Declared sums come with the findings. Others are seen in the figures' own keys: twelve months are the year, categories are the
whole, and a year to date less last month's year to date is one month that stands in no table and may still be small.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from ..records.errors import WardwiseError
from ..records.figures import Key
from ..records.findings import Findings, Ref
from ..records.periods import month_number
from .grid import Count, Grid

_EQUAL = 1e-9
Span = tuple[int, int]
"""Months since year 0: the first, and the one after the last."""


@dataclass(frozen=True)
class Relation:
    """The sum of coefficient × count is 0. `terms` are (number in the grid, coefficient): parts +1, their total −1."""

    terms: tuple[tuple[int, int], ...]

    @classmethod
    def sum(cls, total: int, parts: Iterable[int]) -> Relation:
        coefficients: dict[int, int] = defaultdict(int)
        for part in parts:
            coefficients[part] += 1
        coefficients[total] -= 1
        return cls(tuple((i, c) for i, c in sorted(coefficients.items()) if c))

    def holds(self, counts: Sequence[Count]) -> bool:
        return abs(sum(c * counts[i].value for i, c in self.terms)) <= _EQUAL


def relations(findings: Sequence[Findings], grid: Grid) -> tuple[list[Relation], list[str]]:
    """Every relation between counts of the product, without repeats, and a sentence for each declared sum that does not add up.
    Adds to `grid` the numbers in no table that follow from two that are."""
    found: dict[Relation, None] = {}
    notes: list[str] = []
    for relation, note in _declared(findings, grid):
        if relation.holds(grid.counts):
            found[relation] = None
        else:
            notes.append(note)
    for relation in (*_over_groups(grid), *_over_areas(grid), *_over_time(grid)):
        found[relation] = None
    return [relation for relation in found if len(relation.terms) > 1], notes


def _declared(findings: Sequence[Findings], grid: Grid) -> Iterator[tuple[Relation, str]]:
    for finding in findings:
        for total in finding.sums:
            numbers = [_number(finding.name, ref, grid) for ref in (total.total, *total.parts)]
            known = [n for n in numbers if n is not None]
            if len(known) == len(numbers) and len(known) > 1:
                note = f"The total in {_words(finding.name, total.total)} is not the sum of its parts, so it was not used to protect them."
                yield Relation.sum(known[0], known[1:]), note


def _number(name: str, ref: Ref, grid: Grid) -> int | None:
    """A cell's number in the grid. None when nobody supplied it: a sum with an unknown part tells nothing."""
    return grid.at.get((name, ref.table, ref.row, ref.column))


def _words(name: str, ref: Ref) -> str:
    return f"{name}, table {ref.table}, row {ref.row + 1}, {ref.column}"


def keyed(grid: Grid) -> dict[Key, int]:
    """The counts whose figure's key can be read, one for each key (the last, should two products disagree)."""
    found: dict[Key, int] = {}
    for text, numbers in grid.figures.items():
        if key := _read(text):
            found[key] = numbers[-1]
    return found


def _read(text: str) -> Key | None:
    try:
        return Key.of(text)
    except WardwiseError:
        return None


def same_measures(grid: Grid, keys: Iterable[str]) -> list[str]:
    """Of the keys of other figures, those not in the grid that share measure and area with one that is."""
    ours = {(key.measure, key.area) for key in keyed(grid)}
    return [k for k in keys if k not in grid.figures and (key := _read(k)) and (key.measure, key.area) in ours]


def _over_groups(grid: Grid) -> Iterator[Relation]:
    """Categories that add up to the figure without them. Where they do not add up (an offence with two flags) there is none."""
    by_key = keyed(grid)
    parts: dict[tuple[Key, str], list[int]] = defaultdict(list)
    for key, number in by_key.items():
        for dimension, _ in key.group:
            rest = tuple(pair for pair in key.group if pair[0] != dimension)
            parts[Key(key.measure, key.area, key.period, rest), dimension].append(number)
    for (whole, _), numbers in parts.items():
        if whole in by_key:
            relation = Relation.sum(by_key[whole], numbers)
            if relation.holds(grid.counts):
                yield relation


def _over_areas(grid: Grid) -> Iterator[Relation]:
    """The areas of one table that add up to another area's figure: the districts of a county, the wards of a district. Which area
    lies in which is not known here, but a reader who does know can subtract."""
    by_key = keyed(grid)
    columns: dict[tuple[str, str, str, Key], list[int]] = defaultdict(list)
    wholes: dict[Key, list[int]] = defaultdict(list)
    for key, number in by_key.items():
        anywhere = Key(key.measure, "", key.period, key.group)
        wholes[anywhere].append(number)
        for name, table, _, column in grid.counts[number].places:
            columns[name, table, column, anywhere].append(number)
    for (*_, anywhere), numbers in columns.items():
        parts = tuple(dict.fromkeys(numbers))
        for whole in wholes[anywhere]:
            if len(parts) > 1 and whole not in parts:
                relation = Relation.sum(whole, parts)
                if relation.holds(grid.counts):
                    yield relation


def _over_time(grid: Grid) -> Iterator[Relation]:
    families: dict[tuple[str, str, tuple[tuple[str, str], ...]], dict[Span, int]] = defaultdict(dict)
    for key, number in keyed(grid).items():
        span = (month_number(key.period.start), month_number(key.period.end) + 1)
        families[key.measure, key.area, key.group][span] = number
    for spans in families.values():
        yield from _tilings(spans, grid)
        yield from _remainders(spans, grid)


def _tilings(spans: dict[Span, int], grid: Grid) -> Iterator[Relation]:
    """Each period as the sum of shorter ones, where they fit together without a gap: by its months, and in the fewest pieces."""
    months = {span: number for span, number in spans.items() if span[1] - span[0] == 1}
    for whole, number in spans.items():
        for pieces in (_tile(whole, months), _tile(whole, {s: n for s, n in spans.items() if s != whole})):
            relation = Relation.sum(number, (spans[piece] for piece in pieces))
            if len(pieces) > 1 and relation.holds(grid.counts):
                yield relation


def _tile(whole: Span, pieces: Iterable[Span]) -> list[Span]:
    """The fewest pieces that make up `whole` end to end; empty when none do. A walk over month boundaries, nearest first."""
    starting: dict[int, list[Span]] = defaultdict(list)
    for piece in pieces:
        if whole[0] <= piece[0] and piece[1] <= whole[1] and piece != whole:
            starting[piece[0]].append(piece)
    came_by: dict[int, Span] = {}
    waiting = deque([whole[0]])
    while waiting and whole[1] not in came_by:
        for piece in starting[waiting.popleft()]:
            if piece[1] not in came_by:
                came_by[piece[1]] = piece
                waiting.append(piece[1])
    path: list[Span] = []
    boundary = whole[1]
    while boundary in came_by and boundary != whole[0]:
        path.append(came_by[boundary])
        boundary = came_by[boundary][0]
    return path[::-1]


def _remainders(spans: dict[Span, int], grid: Grid) -> Iterator[Relation]:
    """long = short + the rest, for two periods that start or end together. A rest in no table joins the grid, unshown."""
    rests: dict[tuple[Span, float], int] = {}
    for left, right in _nested(spans):
        whole, part = (grid.counts[spans[span]] for span in (left, right))
        rest = (right[1], left[1]) if left[0] == right[0] else (left[0], right[0])
        value = whole.value - part.value
        if rest in spans:
            number = spans[rest]
        elif value >= 0:
            found = rests.get((rest, value))
            number = grid.add(Count(value, whole.rule, shown=False)) if found is None else found
            rests[rest, value] = number
            grid.counts[number].rule = grid.counts[number].rule.and_also(whole.rule).and_also(part.rule)
        else:
            continue
        relation = Relation.sum(spans[left], (spans[right], number))
        if relation.holds(grid.counts):
            yield relation


def _nested(spans: Iterable[Span]) -> list[tuple[Span, Span]]:
    """Pairs (longer, shorter) with a common start or end."""
    ends: dict[tuple[str, int], list[Span]] = defaultdict(list)
    for span in spans:
        ends["start", span[0]].append(span)
        ends["end", span[1]].append(span)
    pairs = []
    for together in ends.values():
        together.sort(key=lambda span: span[0] - span[1])
        pairs += list(combinations(together, 2))
    return pairs
