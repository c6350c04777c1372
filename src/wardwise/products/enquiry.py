"""Who is asking about what: one snapshot, one area, one period. The same figures are counted once in a product."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wardwise import measures
from wardwise.analysis.asking import Asker, MeasureOrName
from wardwise.records.errors import WardwiseError
from wardwise.records.figures import Figures, Status
from wardwise.records.findings import Findings
from wardwise.records.periods import Period

if TYPE_CHECKING:
    from wardwise.areas import Places
    from wardwise.measures.definition import Measure
    from wardwise.store import Snapshot


@dataclass(frozen=True)
class CachedAsker(Asker):
    """Asks each question of `measures` once, and reads the partnership's own definitions first."""

    own: Path | None = None
    kept: dict[Any, Figures] = field(default_factory=dict, compare=False)

    @property
    def definitions(self) -> Path | None:
        return self.own

    def measure(self, measure: MeasureOrName) -> Measure:
        return measures.load(measure, self.own) if isinstance(measure, str) else measure

    def figures(self, measure: Measure, areas: Sequence[str], period: Period, by: Sequence[str] = ()) -> Figures:
        key = (measure.measure, tuple(areas), period, tuple(by))
        if key not in self.kept:
            self.kept[key] = super().figures(measure, areas, period, by)
        return self.kept[key]


@dataclass(frozen=True)
class Enquiry:
    """The product's area and period, and the one that asks."""

    asker: CachedAsker
    area: str
    period: Period
    answers: dict[str, Findings] = field(default_factory=dict, compare=False)
    """What has been answered so far, by the block's name: some questions are about another's answer."""

    @classmethod
    def of(cls, snapshot: Snapshot, area: str, period: Period, own: Path | None) -> Enquiry:
        """Raises WardwiseError when no look-up that is held knows the area."""
        enquiry = cls(CachedAsker(snapshot, own), area, period)
        enquiry.places.area(area)
        return enquiry

    @property
    def snapshot(self) -> Snapshot:
        return self.asker.snapshot

    @property
    def places(self) -> Places:
        return self.asker.places

    @property
    def name(self) -> str:
        return self.places.name(self.area)

    @property
    def synthetic(self) -> bool:
        """Codes that no official list can hold begin with Z."""
        return self.area.startswith("Z")

    def where(self, wanted: str) -> str:
        """The area a block asks about: this one, or the police force area around it (“force”).

        Raises WardwiseError when no look-up says which force area that is.
        """
        if wanted == "":
            return self.area
        around = self.places.force_area(self.area) if wanted == "force" else None
        if around is None:
            raise WardwiseError(
                f"It is not known which {wanted} area {self.name} lies in.",
                where=self.area,
                next_step="Import a look-up from districts to police force areas.",
            )
        return around

    def supplied(self, measure: str, area: str, period: Period) -> tuple[str, ...]:
        """The months of `period` that were supplied, in order."""
        figures = self.asker.figures(self.asker.measure(measure), [area], period, ["month"])
        return tuple(sorted(f.key.period.start for f in figures.figures if f.status is not Status.MISSING))
