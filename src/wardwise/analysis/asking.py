"""Asking measures for figures, and reading a figure's count as a cell. The one place where analysis calls `measures`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Union

from wardwise.records.cells import MISSING, Cell, Weighed
from wardwise.records.figures import Figure, Figures, Status
from wardwise.records.periods import Period

from .words import NOT_STATED, months_in_words

if TYPE_CHECKING:
    import pyarrow as pa

    from wardwise.areas import Places
    from wardwise.measures.definition import Measure
    from wardwise.store.snapshot import Snapshot

MeasureOrName = Union["Measure", str]

PROFILES = ("open", "standard", "sensitive", "health")
"""Disclosure profiles; findings on several measures take the last of theirs, in this order."""


@dataclass(frozen=True)
class Asker:
    """One snapshot, asked for figures."""

    snapshot: Snapshot

    def measure(self, measure: MeasureOrName) -> Measure:
        """The definition; raises DefinitionError when a name is not one."""
        from wardwise import measures

        return measures.load(measure, self.definitions) if isinstance(measure, str) else measure

    def every_measure(self) -> tuple[Measure, ...]:
        """Every measure there is, the partnership's own first."""
        from wardwise import measures

        return measures.all(self.definitions)

    def holds(self, measure: Measure) -> bool:
        """Whether any file of the records that a measure counts has been imported."""
        return bool(self.snapshot.supplies(measure.count.records))

    def figures(self, measure: Measure, areas: Sequence[str], period: Period, by: Sequence[str] = ()) -> Figures:
        """Figures of `measure` for each area; for the whole period at once unless split `by` month or a column."""
        from wardwise import measures

        return measures.calculate(measure, self.snapshot, areas, period, by)

    def records(self, measure: Measure, area: str, period: Period, columns: Sequence[str]) -> pa.Table:
        """The records that `measure` counts in one area and period, with the named columns."""
        from wardwise import measures

        return measures.behind(measure, self.snapshot, area, period, columns)

    def outlines(self, codes: Sequence[str]) -> dict[str, Any]:
        """The newest outline held of each area (shapely, degrees); areas without one are left out."""
        from wardwise.store import places

        return places.boundaries(self.snapshot, codes)

    @property
    def definitions(self) -> Path | None:
        """The partnership's own folder of definitions, searched before the shipped ones; None without a store on disk."""
        folder = getattr(self.snapshot, "folder", None)
        return folder / "definitions" if folder else None

    def force(self, area: str) -> str | None:
        """The police force that covers an area; None when no look-up says."""
        return self.places.force(area) if self.places.exists(area) else None

    @cached_property
    def places(self) -> Places:
        """The areas this snapshot knows (areas.Places)."""
        from wardwise.store import places

        return places.load(self.snapshot)


def asker(source: Snapshot | Asker) -> Asker:
    """`source` as something to ask."""
    return source if isinstance(source, Asker) else Asker(source)


def count_cell(figure: Figure | None) -> Cell:
    """The figure's count; MISSING when any month of its period was not supplied."""
    if figure is None or figure.count is None or figure.status in (Status.MISSING, Status.INCOMPLETE):
        return MISSING
    if isinstance(figure.count, Weighed):
        return figure.count
    return int(figure.count) if float(figure.count).is_integer() else figure.count


def value_cell(value: float | None) -> Cell:
    return MISSING if value is None else value


def figure_id(figure: Figure | None) -> str:
    return figure.id if figure else ""


def group_label(figure: Figure, dimension: str) -> str:
    """The figure's value of one column it is split by, in words."""
    value = dict(figure.key.group).get(dimension, "")
    return NOT_STATED if value in ("", "None") else value


def missing_months(figures: Figures, area: str) -> tuple[str, ...]:
    """Months of monthly figures for which the area has no count."""
    return tuple(
        figure.key.period.start
        for figure in figures.figures
        if figure.key.area == area and figure.status in (Status.MISSING, Status.INCOMPLETE)
    )


def gap_words(ask: Asker, measure: Measure, area: str, periods: Iterable[Period]) -> str:
    """“March to May 2019”: the months of `periods` that were not supplied; empty when all were."""
    gone = {
        month for period in periods for month in missing_months(ask.figures(measure, [area], period, ["month"]), area)
    }
    return months_in_words(gone)


def incomplete_words(ask: Asker, measure: Measure, area: str, periods: Iterable[Period]) -> str:
    """“November 2021 to October 2022, 10 of 12 months supplied”: the periods of which some months were supplied and not all; else empty."""
    held = {
        period: period.length - len(missing_months(ask.figures(measure, [area], period, ["month"]), area))
        for period in periods
    }
    return "; ".join(
        f"{period.label()}, {supplied} of {period.length} months supplied"
        for period, supplied in held.items()
        if 0 < supplied < period.length
    )


def once(words: Iterable[str]) -> tuple[str, ...]:
    """Each sentence once, in the order first met."""
    return tuple(dict.fromkeys(word for word in words if word))


def strictest(profiles: Iterable[str]) -> str:
    """The profile that protects most, of those of several measures."""
    return max(profiles, key=PROFILES.index, default="standard")
