"""What every question about the places and hours of one measure shares: the measure, the area in words, what was supplied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from wardwise.measures.definition import Measure
from wardwise.records.cells import MISSING, Cell
from wardwise.records.figures import Key
from wardwise.records.findings import Column, Findings, Role, Row, Statement, Table
from wardwise.records.periods import Period

from .asking import Asker, MeasureOrName, asker, count_cell, figure_id, gap_words, missing_months, once
from .words import literal, months_in_words, spoken_title

if TYPE_CHECKING:
    import pyarrow as pa

    from wardwise.records.figures import Figures
    from wardwise.store.snapshot import Snapshot


ONE = {"ward": "Ward", "lsoa": "Small area (LSOA)", "district": "District"}
"""One area of a level, as a column's heading."""


FROM = {
    "street_crime": "the data.police.uk street files",
    "offences": "the force's own offence extract",
    "incidents": "the lists of incidents that services keep",
}
"""Where records would come from, by canonical table."""


@dataclass(frozen=True)
class About:
    """One measure of one area and period."""

    ask: Asker
    measure: Measure
    area: str
    period: Period

    @classmethod
    def of(cls, source: Snapshot | Asker, measure: MeasureOrName, area: str, period: Period) -> About:
        ask = asker(source)
        return cls(ask, ask.measure(measure), area, period)

    @cached_property
    def figures(self) -> Figures:
        """The figure of the whole area and period."""
        return self.ask.figures(self.measure, [self.area], self.period)

    @property
    def where(self) -> str:
        return self.figures.names.get(self.area, self.area)

    @property
    def what(self) -> str:
        """The measure as it is said in a sentence."""
        return literal(spoken_title(self.figures.title))

    @cached_property
    def count(self) -> Cell:
        """MISSING when any month was not supplied."""
        return count_cell(self.figures.figures[0]) if self.figures.figures else MISSING

    @property
    def months_held(self) -> int:
        """How many months of the period were supplied."""
        return self.period.length - len(
            missing_months(self.ask.figures(self.measure, [self.area], self.period, ["month"]), self.area)
        )

    @cached_property
    def _gone(self) -> str:
        """The months that were not supplied, in words."""
        return gap_words(self.ask, self.measure, self.area, [self.period])

    @property
    def gap(self) -> str:
        """What was not supplied, as a caveat; empty when all was."""
        said = f"Not supplied for {self.where}: {self._gone}. What is said here rests on the other months."
        return said if self._gone else ""

    @property
    def nothing(self) -> str:
        """That nothing was supplied, and where it would come from; empty when something was."""
        if self._gone != months_in_words(self.period.months()):
            return ""
        source = FROM.get(self.measure.count.records, "a partner's own file")
        return f"{self.what}: not supplied for {literal(self.where)} in {self.period.label()}. It would come from {source}."

    def names(self, codes: Sequence[str]) -> dict[str, str]:
        """What people call each area: a small area by its ward too, “010E in Talbot”, without the name of the whole before it."""
        return {code: called(self.ask, code, self.where) for code in codes}

    def key(self, place: str = "", **group: str) -> str:
        """What names a count that is no figure in the register of releases: this measure and period at a place that is no area, such
        as a hexagon, or in a group of the area. The same from product to product, so that two products are set against each other."""
        return Key(self.measure.measure, place or self.area, self.period, tuple(group.items())).text()

    def title(self, words: str) -> str:
        return f"{self.figures.title}, {words}, {self.where}, {self.period.label()}"

    def total(self) -> Table:
        """The figure of the whole, with the id that leads back to its rows: table `all`."""
        columns = (
            Column("label", Role.LABEL, "What was recorded"),
            Column("count", Role.COUNT, "Number"),
            Column("id", Role.FIGURE, "Figure", of=("count",)),
        )
        figure = self.figures.figures[0] if self.figures.figures else None
        row: Row = {"label": self.figures.title, "count": self.count, "id": figure_id(figure)}
        return Table("all", f"{self.figures.title}, {self.where}, {self.period.label()}", columns, (row,))

    def records(self, columns: Sequence[str]) -> pa.Table:
        return self.ask.records(self.measure, self.area, self.period, columns)

    def findings(
        self,
        name: str,
        title: str,
        tables: Sequence[Table],
        statements: Sequence[Statement],
        *,
        method: str,
        caveats: Sequence[str] = (),
        meta: Mapping[str, Cell] | None = None,
        **more: object,
    ) -> Findings:
        """Findings with this measure's sources, caveats and profile."""
        return Findings(
            name=name,
            title=title,
            tables={table.name: table for table in tables},
            statements=tuple(statements),
            method=method,
            caveats=once((self.gap, *caveats, *self.figures.caveats)),
            sources=self.figures.sources,
            profile=self.measure.profile,
            meta={"area": self.where, "area_code": self.area, **(meta or {})},
            **more,  # type: ignore[arg-type]
        )

    def refused(self, name: str, title: str, empty: Table, why: str, *more: str) -> Findings:
        """Findings that say why the question cannot be answered and what would answer it; the table has no row.

        more: names of further tables of the question, which have no row either.
        """
        tables = [empty, *(Table(each, title, empty.columns, ()) for each in more)]
        found = self.findings(name, title, tables, [Statement(self.nothing or literal(why))], method="")
        return replace(found, caveats=())


def called(ask: Asker, code: str, whole: str) -> str:
    """An area's name. “Blackpool 010E” in Blackpool is “010E in Talbot”, so that those who know the wards know where it is."""
    places = ask.places
    name = places.name(code)
    if places.level(code) != "lsoa":
        return name
    ward = places.parent(code, "ward")
    short = name.removeprefix(f"{whole} ")
    return f"{short} in {places.name(ward)}" if ward else short
