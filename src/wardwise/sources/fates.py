"""What becomes of each supply in an import: held already, new, or superseded by a later one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from ..store.supplies import Slot, Supply
from .parts import Part


class Fate(Enum):
    HELD = "held"
    NEW = "new"
    SUPERSEDED = "superseded"


@dataclass(frozen=True)
class Replaced:
    """A supply that gives way to another of the same slot. part: which part the new one is in. earlier: which part of the same
    import the old one is in; None where it is in the store."""

    table: str
    old: Supply
    new: Supply
    part: int
    earlier: int | None = None


@dataclass
class Fates:
    """of: by part (its place in the list) and slot. replaced: what each new supply replaces, in the store and in this import."""

    of: dict[tuple[int, Slot], Fate] = field(default_factory=dict)
    replaced: list[Replaced] = field(default_factory=list)

    def lines(self, index: int, part: Part) -> tuple[int, int]:
        """How many of the part's lines are accepted and superseded. A line is accepted when any of its records is held."""
        superseded = sum(
            count
            for slots, count in part.lines.items()
            if slots and all(self.of[index, slot] is Fate.SUPERSEDED for slot in slots)
        )
        return part.rows - len(part.refused) - superseded, superseded


def decide(parts: Sequence[Part], held: Mapping[str, Sequence[Supply]], *, again: bool = False) -> Fates:
    """parts: in the order of their paths; later ones win. held: for each table, every supply ever loaded, oldest first.

    again: take the parts as the newest supply, even those that a later one replaced.
    """
    fates, claims = Fates(), defaultdict(list)
    for index, part in enumerate(parts):
        for supply in part.supplies():
            claims[part.found.source.table, supply.slot].append((index, supply))
    past = _by_slot(held)
    for (table, slot), claimed in claims.items():
        before = past.get((table, slot), [])
        replaced = set() if again else {supply.digest for supply in before} - {supply.digest for supply in before[-1:]}
        live = [(index, supply) for index, supply in claimed if supply.digest not in replaced]
        fates.of.update({(index, slot): Fate.SUPERSEDED for index, _ in claimed})
        if live:
            _settle(fates, table, live, before[-1] if before else None)
    return fates


def _by_slot(held: Mapping[str, Iterable[Supply]]) -> dict[tuple[str, Slot], list[Supply]]:
    past: dict[tuple[str, Slot], list[Supply]] = defaultdict(list)
    for table, supplies in held.items():
        for supply in supplies:
            past[table, supply.slot].append(supply)
    return past


def _settle(fates: Fates, table: str, live: Sequence[tuple[int, Supply]], now: Supply | None) -> None:
    """live: the supplies of one slot that no later one replaced before. The last of them fills it."""
    last, winner = live[-1]
    fates.of.update({(index, winner.slot): Fate.HELD for index, supply in live if supply.digest == winner.digest})
    others = {supply.digest: Replaced(table, supply, winner, last, index) for index, supply in live}
    for digest in {winner.digest, now.digest if now else ""}:
        others.pop(digest, None)
    fates.replaced += others.values()
    if now is not None and (now.digest, now.reading) == (winner.digest, winner.reading):
        return
    fates.of[last, winner.slot] = Fate.NEW
    if now is not None:
        fates.replaced.append(Replaced(table, now, winner, last))
