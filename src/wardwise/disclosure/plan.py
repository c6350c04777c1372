"""Deciding which counts of a product to hide: too small, hidden before, and what would give those away."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ..records.findings import Findings
from .grid import Grid, Place, gather
from .protect import Shield
from .register import Entry, recall
from .relations import Relation, relations
from .released import Audience
from .thresholds import Thresholds


@dataclass(frozen=True)
class Plan:
    """hidden: counts to hide, by number in the grid. small: those too small by the rule. kept: those hidden in an earlier product.
    exposed: counts that earlier products give away whatever is hidden now. notes: declared sums that do not add up."""

    grid: Grid
    relations: tuple[Relation, ...]
    hidden: frozenset[int]
    small: frozenset[int]
    kept: frozenset[int]
    exposed: frozenset[int]
    notes: tuple[str, ...] = ()

    def places(self) -> set[Place]:
        return {place for n in self.hidden for place in self.grid.counts[n].places}


def plan(findings: Sequence[Findings], audience: Audience, earlier: Sequence[Entry], thresholds: Thresholds) -> Plan:
    """What to hide from this audience. The partnership's choice is made from what the public would not see either, so that nobody
    sees less than the public does."""
    grid = gather(findings, audience, thresholds)
    small = {n for n, count in enumerate(grid.counts) if count.small}
    if audience is Audience.ANALYST:
        return Plan(grid, (), frozenset(), frozenset(), frozenset(), frozenset())
    kept = recall(grid, earlier, audience) - small
    sums, notes = relations(findings, grid)
    preferred: Collection[int] = ()
    if audience is Audience.PARTNERSHIP and small | kept:
        wider = plan(findings, Audience.PUBLIC, earlier, thresholds)
        preferred = {grid.at[place] for place in wider.places()}
    shield = Shield(grid.counts, sums, small | kept, preferred)
    shield.protect()
    hidden = frozenset(shield.hidden)
    if audience is Audience.PARTNERSHIP and all(entry.audience is Audience.PUBLIC for entry in earlier):
        hidden = _no_more_than(frozenset(preferred), hidden, small | kept)
    past = {n for n in small if grid.counts[n].known}
    return Plan(
        grid,
        tuple(sums),
        hidden,
        frozenset(small),
        frozenset(kept),
        frozenset(shield.exposed | past),
        tuple(notes),
    )


def _no_more_than(wider: frozenset[int], hidden: frozenset[int], needed: Collection[int]) -> frozenset[int]:
    """What to hide, or what the wider audience has hidden from it where that guards everything needed and `hidden` goes beyond it.

    A set that guards the wider audience's small counts guards this one's, which are among them, so long as neither has seen more
    before; and nobody then sees less than the wider audience.
    """
    return wider if wider >= frozenset(needed) and not hidden <= wider else hidden
