"""The share of all harm that what a measure counts holds, for those who weigh matters against each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wardwise.records.periods import Period

from .asking import Asker
from .harm_counts import OFFENCES, STREET, Weighing
from .harm_weights import OPEN, WeightTable, choose

if TYPE_CHECKING:
    from wardwise.measures.definition import Measure


@dataclass(frozen=True)
class HarmShares:
    """One area and period, weighed by one table: a force's own offences by code, the public street files by category."""

    ask: Asker
    area: str
    period: Period
    table: WeightTable
    totals: dict[bool, float] = field(default_factory=dict, compare=False)
    """Days of harm in all, by whether they are estimated; filled as they are asked for."""

    @classmethod
    def of(cls, ask: Asker, area: str, period: Period, *, table: str = OPEN) -> HarmShares:
        return cls(ask, area, period, choose(ask, table))

    def share(self, measure: Measure) -> float | None:
        """Percent of all harm in what the measure counts, among records of the same kind. None where it counts other things than offences,
        or none of what it counts has a weight."""
        kinds = {self.ask.measure(name).count.records: name for name in (OFFENCES, STREET)}
        name = kinds.get(measure.count.records)
        if name is None or measure.base is not None:
            return None
        weighing = Weighing(self.ask, self.area, self.table, estimated=name == STREET)
        split = self.ask.figures(measure, [self.area], self.period, [weighing.by]).figures
        total = self._total(weighing)
        if not total or all(kind.days is None for kind in weighing.kinds(split)):
            return None
        return 100 * weighing.days(split) / total

    def caveats(self) -> tuple[str, ...]:
        """What to keep in mind of the shares that were given."""
        return tuple(
            dict.fromkeys(
                caveat
                for estimated, total in sorted(self.totals.items())
                if total
                for caveat in Weighing(self.ask, self.area, self.table, estimated=estimated).caveats()
            )
        )

    def sources(self) -> tuple[str, ...]:
        return (self.table.source,) if any(self.totals.values()) else ()

    def _total(self, weighing: Weighing) -> float:
        if weighing.estimated not in self.totals:
            figures = weighing.figures([self.area], self.period, [weighing.by]).figures
            self.totals[weighing.estimated] = weighing.days(figures)
        return self.totals[weighing.estimated]
