"""What has gone out before, so that this month's product cannot be subtracted from last month's.

The register is a list of entries, one for each figure and audience. It never holds a hidden count, nor a digest of one: a
digest of a number from 1 to 4 is guessed in four tries. `products` keeps it in the store; `release` reads it and returns what is new.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ..records.errors import WardwiseError
from .bounds import shown_value
from .grid import Count, Grid
from .relations import same_measures
from .released import Audience
from .thresholds import Rule


@dataclass(frozen=True)
class Entry:
    """One figure that went out. key: the figure's key (not its vintage). value: what was shown; None when it was hidden.
    product: which product. released: the day, YYYY-MM-DD, or empty."""

    key: str
    audience: Audience
    value: float | None
    product: str = ""
    released: str = ""

    def as_mapping(self) -> dict[str, Any]:
        """Plain values, to keep in a store or a JSON file."""
        return asdict(self) | {"audience": self.audience.value}

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Entry:
        """Read what `as_mapping` gave. Raises WardwiseError when it is not an entry."""
        try:
            return cls(**(kept | {"audience": Audience(kept["audience"])}))
        except (TypeError, ValueError, KeyError) as error:
            raise WardwiseError(
                "A line of the release register cannot be read.",
                where="release register",
                next_step="Restore the register from the store's last good version before releasing anything.",
            ) from error


def seen_by(entries: Iterable[Entry], audience: Audience) -> list[Entry]:
    """The entries this audience may have read: its own, and the public ones."""
    readable = {audience, Audience.PUBLIC}
    return [entry for entry in entries if entry.audience in readable]


def recall(grid: Grid, entries: Sequence[Entry], audience: Audience) -> set[int]:
    """Mark in the grid what the audience knows already, and return the counts that were hidden from it and stay so.

    A count that was hidden before may have guarded another one; showing it now would give that one away. Earlier figures of
    the product's own measures and areas that are not in this product join the grid, known, because they may be subtracted.
    """
    kept: set[int] = set()
    for entry in seen_by(entries, audience):
        numbers = [n for n in grid.figures.get(entry.key, ()) if grid.counts[n].shown]
        for n in numbers:
            if entry.value is None:
                kept |= {n} if entry.audience is audience and grid.counts[n].value > 0 else set()
            elif shown_value(grid.counts[n]) == entry.value:
                grid.counts[n].known = True
    elsewhere = {entry.key: entry.value for entry in seen_by(entries, audience) if entry.value is not None}
    for key in same_measures(grid, elsewhere):
        grid.add(Count(elsewhere[key], Rule(), key, known=True, shown=False))
    return {n for n in kept if not grid.counts[n].known}


def new_entries(
    counts: Sequence[Count],
    hidden: Collection[int],
    audience: Audience,
    product: str,
    released: str,
    before: Iterable[Entry],
) -> tuple[Entry, ...]:
    """What this release adds to the register: figures not yet in it, or shown with another value than before. An analyst's copy
    does not go out, and adds nothing."""
    if audience is Audience.ANALYST:
        return ()
    already = {(entry.key, entry.audience, entry.value) for entry in before}
    new = {}
    for number, count in enumerate(counts):
        if count.key and count.shown:
            value = None if number in hidden else shown_value(count)
            new[count.key, audience, value] = Entry(count.key, audience, value, product, released)
    return tuple(entry for identity, entry in new.items() if identity not in already)
