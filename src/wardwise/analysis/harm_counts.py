"""What was recorded, kind by kind, with the weight of each: from a force's own offences where they are held, else from data.police.uk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from wardwise.definitions import harm as shipped
from wardwise.records.errors import WardwiseError
from wardwise.records.figures import Figure, Figures
from wardwise.records.periods import Period

from .asking import Asker, count_cell, group_label
from .harm_mix import Estimate, estimates, months_of_mix
from .harm_weights import WeightTable, own_folder, subgroup
from .words import NOT_STATED

OFFENCES, STREET = "all-crime", "recorded-crime-excluding-asb"
"""Measures counted: a force's own extract by Home Office code; the public street files by category."""

ESTIMATED = (
    "This is an estimate. Public files give only broad categories, and one category holds offences of very different weight. {how} "
    "The low and high figures say how far the answer could move with another mix; where one weight serves every offence of a category, they are alike."
)


@dataclass(frozen=True)
class Kind:
    """One kind of offence as counted: a Home Office code, or a category. group: what it is shown under. days: None when the table has no
    weight for it. low, high: how far the weight could go; for an estimate, with another mix alone. own: False where its subgroup's
    weight stands in. least, most: how far it could go in all. figure: its id, where the count is one figure's."""

    name: str
    group: str
    count: int
    days: float | None
    low: float = 0.0
    high: float = 0.0
    found_by_police: bool = False
    own: bool = True
    least: float = 0.0
    most: float = 0.0
    figure: str = ""


@dataclass(frozen=True)
class Weighing:
    """How an area's offences are counted and weighed. estimated: by category, so that weights are estimates."""

    ask: Asker
    area: str
    table: WeightTable
    estimated: bool

    @property
    def measure(self) -> str:
        return STREET if self.estimated else OFFENCES

    @property
    def named(self) -> str:
        """The table of weights, for a method's last sentence."""
        return f"Weights: {self.table.source}."

    @property
    def by(self) -> str:
        return "crime_type" if self.estimated else "offence_code"

    @cached_property
    def police(self) -> shipped.PoliceInitiated:
        return shipped.police_initiated(own_folder(self.ask))

    @cached_property
    def _estimates(self) -> Mapping[str, Estimate]:
        return estimates(self.ask, self.table, self.area)

    @cached_property
    def how(self) -> str:
        """Where the estimate's mix is from, in a sentence; empty where nothing is estimated."""
        if not self.estimated:
            return ""
        held, ways = months_of_mix(self.ask), sorted({one.how for one in self._estimates.values()})
        of = f" (Home Office outcomes tables, {held.label()})" if held else ""
        return f"The mix within a category is {' or '.join(ways)}{of}."

    def figures(self, areas: Sequence[str], period: Period, by: Sequence[str] = ()) -> Figures:
        return self.ask.figures(self.ask.measure(self.measure), areas, period, by)

    def kinds(self, figures: Sequence[Figure]) -> tuple[Kind, ...]:
        """The kinds among figures split by code or category, each weighed; those of 0 are left out."""
        found: dict[str, list[tuple[int, str]]] = {}
        for figure in figures:
            count, name = count_cell(figure), group_label(figure, self.by)
            if isinstance(count, int) and count:
                found.setdefault(name, []).append((count, figure.id))
        return tuple(
            replace(self.kind(name, sum(n for n, _ in each)), figure=each[0][1] if len(each) == 1 else "")
            for name, each in found.items()
        )

    def kind(self, name: str, count: int) -> Kind:
        if self.estimated:
            known, police = self._estimates.get(name), name in self.police.categories
            if known is None:
                return Kind(name, name, count, None, found_by_police=police)
            return Kind(name, name, count, known.days, known.low, known.high, police, True, known.least, known.most)
        weight = self.table.of(name)
        shown = subgroup(name) or (NOT_STATED if name == NOT_STATED else f"Code {name}")
        police = name in self.police.codes
        if weight is None:
            return Kind(name, shown, count, None, found_by_police=police)
        ends = weight.least, weight.most
        return Kind(name, shown, count, weight.days, *ends, police, weight.own, *ends)

    def days(self, figures: Sequence[Figure]) -> float:
        """Days of harm of figures split by code or category; kinds without a weight add none, and are named elsewhere."""
        return sum(kind.count * kind.days for kind in self.kinds(figures) if kind.days is not None)

    def grave(self, few: str) -> str:
        """`few`, which says what a few grave offences do, where each offence is weighed by its own kind. An estimate gives every crime of a
        category the same days, so that no one crime can do that."""
        return few if not self.estimated else ""

    def caveats(self) -> tuple[str, ...]:
        told = (
            ESTIMATED.format(how=self.how) if self.estimated else "",
            self.table.checks,
            "Harm here is the sentence an offence could bring, in days. It is a common scale for very different things, and no measure of what any one person went through.",
        )
        return tuple(filter(None, told))


def weigh(ask: Asker, area: str, period: Period, table: WeightTable) -> Weighing:
    """By offence where the force's own extract is held for the whole period, else by category, as an estimate."""
    exact = Weighing(ask, area, table, estimated=False)
    whole = exact.figures([area], period).figures
    count = count_cell(whole[0]) if whole else None
    return exact if isinstance(count, int) and count else replace(exact, estimated=True)


@dataclass(frozen=True)
class Group:
    """Kinds shown together: their count, their days and the range of those. unweighed kinds are in no group."""

    label: str
    kinds: tuple[Kind, ...] = field(default=())

    @property
    def count(self) -> int:
        return sum(kind.count for kind in self.kinds)

    @property
    def figure(self) -> str:
        """The figure's id where the group is one kind; else empty."""
        return self.kinds[0].figure if len(self.kinds) == 1 else ""

    def total(self, of: str = "days") -> float:
        return float(sum(kind.count * getattr(kind, of) for kind in self.kinds))


def grouped(kinds: Sequence[Kind]) -> tuple[Group, ...]:
    """The weighed kinds by what they are shown under, most harm first."""
    names = dict.fromkeys(kind.group for kind in kinds if kind.days is not None)
    found = [Group(name, tuple(k for k in kinds if k.group == name and k.days is not None)) for name in names]
    return tuple(sorted(found, key=lambda group: (-group.total(), group.label)))


def unweighed(kinds: Sequence[Kind]) -> tuple[Kind, ...]:
    return tuple(sorted((kind for kind in kinds if kind.days is None), key=lambda kind: -kind.count))


class NothingToWeighError(WardwiseError):
    """Nothing was recorded, or nothing that has a weight."""


def nothing(weighing: Weighing, where: str, period: Period) -> NothingToWeighError:
    """The error for an area of which nothing can be weighed."""
    return NothingToWeighError(
        f"No recorded crime of {period.label()} can be weighed: it was not supplied, or {weighing.table.title} has no weight for it.",
        where=where,
        next_step="Import the months, or choose another table of weights.",
    )
