"""Checks of parts against their whole: tables with a total, lists of changes, themes that add up to more than there were."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from wardwise.analysis.claimed import Range, change_fits

from .doubts import Doubt, Level, quoted
from .extract import Change, changes, counted, lines
from .numbers import NUMBER, whole
from .text import Grid, Passage, Text, is_count

_TOTAL = re.compile(r"^(grand )?total\b|^all\b", re.IGNORECASE)
_OVERLAPPING = re.compile(r"children|under \d|aged|related|involv|marker|non.recent|of which|online", re.IGNORECASE)
"""Labels that cut across the others, so that the parts may count one offence twice."""


def tables(text: Text) -> Iterator[Doubt]:
    """A table whose rows do not add up to its total, or whose change columns do not follow from its counts."""
    for grid in text.grids:
        if not grid.header:
            continue
        totals = [row for row in grid.rows if _TOTAL.match(row[0])]
        if len(totals) == 1:
            yield from _total(grid, totals[0])
        yield from _change_columns(grid)


def _total(grid: Grid, total: tuple[str, ...]) -> Iterator[Doubt]:
    parts = _parts(grid, total)
    if len(parts) < 2:
        return
    off = []
    for column in range(1, len(total)):
        sums = _sum(parts, column)
        stated = _value(total[column])
        if sums is None or stated is None or not is_count(total[column]):
            continue
        difference = sums - stated
        if not _meant_to_add_up(sums, stated):
            continue
        if abs(difference) > _rounding([*(row[column] for row in parts), total[column]]):
            off.append(
                f"{grid.header[column] or 'the column'}: the rows add up to {sums:,}, the total says {stated:,} ({difference:+,})"
            )
    if off:
        why = "; ".join(off).replace("-", "−") + "."
        yield Doubt(
            "sum",
            Level.WRONG,
            grid.place,
            quoted(grid.caption or total[0]),
            why,
            "Ask whether people are counted in several rows, or which number is right.",
        )


def _parts(grid: Grid, total: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The rows that the total is of: all before it when it comes last; after it, those below a line that only names a split."""
    place = grid.rows.index(total)
    if place:
        return [row for row in grid.rows[:place] if any(row[1:])]
    rows = list(grid.rows[1:])
    splits = [i for i, row in enumerate(rows) if row[0] and not any(row[1:])]
    return [row for row in rows[splits[-1] + 1 if splits else 0 :] if any(row[1:])]


def _value(cell: str) -> Decimal | None:
    plain = cell.replace(",", "").replace("%", "").replace("−", "-").replace("–", "-").replace(" ", "").lstrip("+")
    return Decimal(plain) if re.fullmatch(r"-?\d+(\.\d+)?", plain) else Decimal(0) if plain == "=" else None


def _sum(parts: list[tuple[str, ...]], column: int) -> Decimal | None:
    values = [_value(row[column]) for row in parts]
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(values) else None


def _meant_to_add_up(sums: Decimal, stated: Decimal) -> bool:
    """Whether the column can be parts of its last line at all: rates and running totals come out many times too large."""
    return stated != 0 and FARTHEST > sums / stated > 1 / FARTHEST


FARTHEST = Decimal("1.5")


def _rounding(cells: list[str]) -> Decimal:
    """How far rounding alone can put the sum off: half a step for each number; shares in percent may overlap a little more."""
    if any("%" in cell for cell in cells):
        return Decimal(10**6)
    values = [_value(cell) or Decimal(0) for cell in cells]
    decimals = max(-int(value.as_tuple().exponent) for value in values)
    tens = decimals <= 0 and all(value % 10 == 0 for value in values)
    if decimals <= 0 and max(values) >= 10_000 and all(_figures(value) <= 3 for value in values if value >= 1000):
        return sum((Decimal(10) ** _zeros(value) for value in values), Decimal(0)) / 2  # rounded to so many figures
    step = Decimal(10) if tens else Decimal(1).scaleb(-decimals) if decimals > 0 else Decimal(0)
    return step * len(cells) / 2


def _figures(value: Decimal) -> int:
    return len(str(int(value)).rstrip("0"))


def _zeros(value: Decimal) -> int:
    plain = str(int(value))
    return len(plain) - len(plain.rstrip("0")) if plain.strip("0") else 0


def _change_columns(grid: Grid) -> Iterator[Doubt]:
    """Rows with two counts, their difference and a percentage, which must follow from each other."""
    heads = [head.lower() for head in grid.header]
    if len(heads) != 5 or "change" not in heads[3]:
        return
    for row in grid.rows:
        before, after, difference = (_value(cell) for cell in row[1:4])
        if before is None or after is None or difference is None:
            continue
        percent = _value(row[4])
        if after - before != difference:
            yield Doubt(
                "sum",
                Level.WRONG,
                grid.place,
                quoted(" ".join(row)),
                f"{after} less {before} is {after - before}, not {difference}.",
                "Ask which number is right.",
            )
        elif percent is not None and before and not change_fits(abs(percent), int(before), int(after)):
            exact = 100 * (after - before) / before
            yield Doubt(
                "sum",
                Level.WRONG,
                grid.place,
                quoted(" ".join(row)),
                f"From {before} to {after} is {exact:.1f}%, not {percent}%.",
                "Ask which number is right.",
            )


@dataclass(frozen=True)
class Split:
    """A list of changes that are parts of one total."""

    total: Change
    parts: tuple[Change, ...]
    place: str


def splits(text: Text) -> Iterator[Doubt]:
    """Parts of a change that do not add up to it: by their differences, or by the earlier counts that they imply."""
    for split in _splits(text):
        assert split.total.difference is not None
        known = sum(part.difference or 0 for part in split.parts)
        listed = "; ".join(f"{part.difference:+,}" for part in split.parts).replace("-", "−")
        if known != split.total.difference:
            left = split.total.difference - known
            why = f"The parts listed ({listed}) make {known:+,}; the whole changed by {split.total.difference:+,}. That leaves {left:+,} in kinds not listed.".replace(
                "-", "−"
            )
            yield Doubt(
                "sum",
                Level.ASK,
                split.place,
                quoted(split.parts[0].passage.text),
                why,
                "Say what the rest is, or list every part.",
            )
            continue
        bases = [part.base for part in split.parts]
        if split.total.base is None or any(base is None for base in bases):
            continue
        before = sum((base for base in bases if base is not None), Range(0, 0))
        if not before.touches(split.total.base):
            why = (
                f"The percentages imply earlier counts of {before.words()} for the parts together and {split.total.base.words()} for the whole. "
                "They cannot both be, unless a kind that did not change is left out."
            )
            yield Doubt(
                "sum",
                Level.ASK,
                split.place,
                quoted(split.total.passage.text),
                why,
                "List every part with its two counts.",
            )


def _splits(text: Text) -> Iterator[Split]:
    everything = [change for passage in lines(text) for change in changes(passage)]
    places = sorted({change.passage.order for change in everything})
    for order in places:
        listed = [change for change in everything if change.passage.order == order and _listed(change)]
        if len(listed) < 3 or any(_OVERLAPPING.search(change.subject) for change in listed):
            continue
        if _TOTAL.match(listed[0].subject):
            yield Split(listed[0], tuple(listed[1:]), listed[0].passage.place)
            continue
        whole_of = [change for change in everything if _total_of(change, listed[0].passage)]
        if whole_of:
            yield Split(whole_of[0], tuple(listed), listed[0].passage.place)


def _listed(change: Change) -> bool:
    """Whether it stands in a list: a row, or one of several in a line without a full stop."""
    return change.difference is not None and not change.passage.text.rstrip().endswith(".")


def _total_of(change: Change, listed: Passage) -> bool:
    return (
        change.difference is not None
        and change.passage.order != listed.order
        and bool(listed.heading)
        and (listed.heading.lower() in change.subject.lower())
    )


_THEMES = re.compile(rf"(?P<total>{NUMBER}|[a-z]+) referrals?\b[^:.]*:(?P<parts>[^.]*)", re.IGNORECASE)


def themes(text: Text) -> Iterator[Doubt]:
    """Parts that make more than the whole: each may belong to several, and the reader should be told."""
    for passage in text.passages:
        for found in _THEMES.finditer(passage.text):
            numbers = counted(found["total"])
            parts = counted(found["parts"])
            if numbers and len(parts) >= 3 and sum(parts) > numbers[0]:
                why = f"The themes add up to {sum(parts):,}, more than the {whole(found['total']):,} referrals: one referral may have several."
                yield Doubt(
                    "overlap",
                    Level.NOTE,
                    passage.place,
                    quoted(found[0]),
                    why,
                    "Say that a referral can have more than one theme.",
                )
