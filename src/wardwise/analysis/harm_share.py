"""The share of all harm that each kind of crime holds, for those who weigh matters against each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wardwise.definitions import offences

from .harm_counts import Kind, weigh
from .harm_weights import OPEN, choose, codes_in, group, own_folder

if TYPE_CHECKING:
    from wardwise.records.periods import Period

    from .asking import Asker


def shares_of_harm(ask: Asker, area: str, period: Period, *, table: str = OPEN) -> dict[str, float]:
    """Percent of the harm of recorded crime: by Home Office group and subgroup, and by categories of data.police.uk that hold subgroups only (so
    that no two names of one list hold the same offence); by category where only those are held. Empty where nothing can be weighed."""
    weighing = weigh(ask, area, period, choose(ask, table))
    kinds = weighing.kinds(weighing.figures([area], period, [weighing.by]).figures)
    total = _days(kinds)
    if not total:
        return {}
    if weighing.estimated:
        return {kind.name: 100 * _days([kind]) / total for kind in kinds if kind.days is not None}
    return {name: 100 * days / total for name, codes in _names(ask, kinds) if (days := _days(kinds, codes))}


def _names(ask: Asker, kinds: Sequence[Kind]) -> list[tuple[str, frozenset[str]]]:
    """Each name and the codes it holds."""
    by_group = {group(kind.name) for kind in kinds} - {""}
    by_subgroup = {kind.group for kind in kinds if group(kind.name)} - by_group
    names = {name: frozenset(codes_in([name])) for name in sorted(by_group | by_subgroup)}
    for category in offences.categories(own_folder(ask)):
        holds = set(category.holds)
        if holds and not holds & by_group and category.name not in names:
            names[category.name] = frozenset(codes_in(holds))
    return list(names.items())


def _days(kinds: Sequence[Kind], codes: frozenset[str] | None = None) -> float:
    """Days of harm of the kinds, of all or of those in `codes`; a kind without a weight adds none."""
    chosen = [kind for kind in kinds if codes is None or kind.name in codes]
    return sum(kind.count * kind.days for kind in chosen if kind.days is not None)
