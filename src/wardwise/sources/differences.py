"""What a new supply changes: the rows of the one that it replaces, and its own, counted where they lie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..records.errors import WardwiseError
from ..records.tables import table as canonical
from ..store import counts
from ..store.engine import Engine, ask
from ..store.supplies import Slot
from .fates import Replaced
from .staged import StagedParts


@dataclass(frozen=True)
class Difference:
    """A supply that gives way to another: how many records there were, and how many there are now.

    before_file, after_file: the files that brought them. same_import: both were given in one import, and the first was left out.
    """

    source: str
    supplier: str
    period: str
    before: int
    after: int
    before_file: str = ""
    after_file: str = ""
    same_import: bool = False

    @property
    def halved(self) -> bool:
        """Whether less than half is left: revised figures seldom change so much, cut files do."""
        return self.after * 2 < self.before


def count(replaced: Sequence[Replaced], staged: StagedParts, given: Engine, held: Engine) -> list[Difference]:
    """The differences, in the order of `replaced`. given, held: engines opened over the staged parts and over the store.

    Raises WardwiseError when an engine finds other numbers of rows than were written: then it does not read the same files.
    """
    by_table: dict[str, set[Slot]] = defaultdict(set)
    for each in replaced:
        by_table[each.table].add(each.new.slot)
    stored = {name: counts.held(held, canonical(name), slots) for name, slots in by_table.items()}
    parts = {name: _of_parts(staged, given, name, slots) for name, slots in by_table.items()}
    keys = list(staged.parts)

    def found(each: Replaced, part: int | None, slot: Slot) -> int:
        return (stored[each.table] if part is None else parts[each.table].get(keys[part], {})).get(slot, 0)

    rows = [(found(each, each.earlier, each.old.slot), found(each, each.part, each.new.slot)) for each in replaced]
    _check(replaced, rows)
    return [
        Difference(*each.new.slot, before, after, each.old.file, each.new.file, each.earlier is not None)
        for each, (before, after) in zip(replaced, rows, strict=True)
    ]


def _of_parts(staged: StagedParts, engine: Engine, table: str, slots: set[Slot]) -> dict[str, dict[Slot, int]]:
    found: dict[str, dict[Slot, int]] = defaultdict(dict)
    for key, source, supplier, period, rows in ask(engine, counts.by_supply(staged.declared[table], slots)):
        found[key][source, supplier, period] = rows
    return found


def _check(replaced: Sequence[Replaced], rows: Iterable[tuple[int, int]]) -> None:
    for each, (before, after) in zip(replaced, rows, strict=True):
        if (before, after) != (each.old.rows, each.new.rows):
            raise WardwiseError(
                f"{before:,} and {after:,} rows were found where {each.old.rows:,} and {each.new.rows:,} were written.",
                where=f"{each.table}, {' '.join(each.new.slot)}",
                next_step="Run: wardwise store verify. A cluster must see the store under the same path as this machine.",
            )
