"""How far does the answer rest on the weights? The same offences ranked by every table held, and by weights drawn at random."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING

from wardwise.methods import harm as method
from wardwise.records.cells import NOT_APPLICABLE, Cell
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Sum, Table
from wardwise.records.periods import Period

from .asking import Asker, asker, once
from .harm import TOTAL, folded
from .harm_counts import Group, Weighing, grouped, nothing, weigh
from .harm_weights import OPEN, WeightTable, choose, spoken, tables
from .words import listed, literal, lower_first, sentence_case, spelt

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

SEED = 20261121
"""Fixed, so that a report built again from the same figures says the same."""

BY_NUMBER = "number"

NEARLY = 0.9995
"""From here on a percentage is rounded to 100.0."""

RIVAL = 0.02
"""A kind that comes first in one draw in fifty is worth naming; ours, a judgement."""


@dataclass(frozen=True)
class Ranked:
    """One way to put the groups in order: its column's name and title, and the groups' values (harm, or number)."""

    name: str
    title: str
    values: tuple[float, ...]

    def ranks(self) -> list[int]:
        return [int(rank) for rank in method.ranks(self.values)]


def of_ranking(
    source: Snapshot | Asker,
    area: str,
    period: Period,
    *,
    table: str = OPEN,
    times: int = 2000,
    name: str = "harm-sensitivity",
) -> Findings:
    """Groups of offences ranked by number, by each table of weights held, and over `times` draws of the chosen table's weights.

    Tables: `ranks` (a row a group), `agreement` (each way of ranking against the chosen table: Kendall's tau and Spearman's rho).
    """
    ask = asker(source)
    weighing = weigh(ask, area, period, choose(ask, table))
    figures = weighing.figures([area], period, [weighing.by])
    where = figures.names.get(area, area)
    kinds = weighing.kinds(figures.figures)
    groups = folded(grouped(kinds))
    if not groups or not sum(group.total() for group in groups):
        raise nothing(weighing, where, period)
    ways = [_by_number(groups), _by_table(groups, weighing), *_others(ask, weighing, groups, area)]
    robust = _robust(groups, times)
    title = f"How the ranking by harm moves in {where}, {period.label()}"
    return Findings(
        name=name,
        title=title,
        tables={"ranks": _ranks(groups, ways, robust, title), "agreement": _agreement(ways)},
        statements=tuple(_statements(groups, ways, robust, times)),
        sums=(Sum(Ref("ranks", len(groups), "count"), tuple(Ref("ranks", i, "count") for i in range(len(groups)))),),
        method=_method(weighing, times),
        caveats=once((*weighing.caveats(), *figures.caveats)),
        sources=once((*figures.sources, *(each.source for each in tables(ask)))),
        profile=ask.measure(weighing.measure).profile,
        meta={"area": where, "area_code": area, "estimate": weighing.estimated},
    )


def _by_number(groups: Sequence[Group]) -> Ranked:
    return Ranked(BY_NUMBER, "Rank by number of crimes", tuple(float(group.count) for group in groups))


def _by_table(groups: Sequence[Group], weighing: Weighing) -> Ranked:
    title = f"Rank by {spoken(weighing.table)}"
    return Ranked(weighing.table.name, title, tuple(group.total() for group in groups))


def _others(ask: Asker, weighing: Weighing, groups: Sequence[Group], area: str) -> list[Ranked]:
    """The groups by every other table held. A kind that a table lacks adds nothing there; the chosen table's rank stands beside."""
    found = []
    for other in tables(ask):
        if other.name != weighing.table.name:
            found.append(
                _by_table(_weighed_by(other, weighing, groups, area), Weighing(ask, area, other, weighing.estimated))
            )
    return found


def _weighed_by(other: WeightTable, weighing: Weighing, groups: Sequence[Group], area: str) -> list[Group]:
    again = Weighing(weighing.ask, area, other, weighing.estimated)
    return [
        Group(
            group.label, tuple(k for kind in group.kinds if (k := again.kind(kind.name, kind.count)).days is not None)
        )
        for group in groups
    ]


def _robust(groups: Sequence[Group], times: int) -> method.Robust:
    kinds = [(at, kind) for at, group in enumerate(groups) for kind in group.kinds]
    days = [kind.days or 0.0 for _, kind in kinds]
    drawn = method.draws(days, [kind.least for _, kind in kinds], [kind.most for _, kind in kinds], times, SEED)
    return method.robust([kind.count for _, kind in kinds], drawn, [at for at, _ in kinds])


def _ranks(groups: Sequence[Group], ways: Sequence[Ranked], robust: method.Robust, title: str) -> Table:
    columns = (
        Column("label", Role.LABEL, "Kind of offence"),
        Column("count", Role.COUNT, "Number"),
        *(Column(_column(way), Role.VALUE, way.title, of=("count",)) for way in ways),
        Column("first", Role.PERCENT, "Draws in which it did most harm", of=("count",), decimals=0),
        Column("lower", Role.LOWER, "Best rank", of=("count",)),
        Column("upper", Role.UPPER, "Worst rank", of=("count",)),
        Column("id", Role.FIGURE, "Figure", of=("count",)),
    )
    each = [way.ranks() for way in ways]
    rows: list[Row] = []
    for at, group in enumerate(groups):
        ranked: dict[str, Cell] = {_column(way): ranks[at] for way, ranks in zip(ways, each, strict=True)}
        middle: dict[str, Cell] = {
            "first": 100 * float(robust.first[at]),
            "lower": int(robust.lowest[at]),
            "upper": int(robust.highest[at]),
        }
        rows.append({"label": group.label, "count": group.count, **ranked, **middle, "id": group.figure})
    total: dict[str, Cell] = {column.name: NOT_APPLICABLE for column in columns}
    rows.append({**total, "label": TOTAL, "count": sum(group.count for group in groups), "id": ""})
    return Table("ranks", title, columns, tuple(rows))


def _column(way: Ranked) -> str:
    return f"rank_{way.name}"


def _agreement(ways: Sequence[Ranked]) -> Table:
    """Rank correlations say nothing of any group's number, so they are open (role BASE)."""
    columns = (
        Column("label", Role.LABEL, "Ranked by"),
        Column("tau", Role.BASE, "Kendall's tau", decimals=2),
        Column("rho", Role.BASE, "Spearman's rho", decimals=2),
    )
    chosen = ways[1]
    rows = tuple(
        {
            "label": sentence_case(way.title.removeprefix("Rank by ")),
            "tau": _known(method.kendall(chosen.values, way.values)),
            "rho": _known(method.spearman(chosen.values, way.values)),
        }
        for way in ways
        if way is not chosen
    )
    by = chosen.title.removeprefix("Rank by ")
    return Table(
        "agreement",
        f"How far other rankings agree with that by {by}: 1 is the same order, 0 no likeness",
        columns,
        rows,
    )


def _known(value: float) -> Cell:
    return NOT_APPLICABLE if isnan(value) else value


def _statements(groups: Sequence[Group], ways: Sequence[Ranked], robust: method.Robust, times: int) -> list[Statement]:
    """How often the first stays first; which may stand first instead; what other tables put first; agreement with number."""
    refs = {"first": Ref("ranks", 0, "first"), "worst": Ref("ranks", 0, "upper")}
    name = literal(groups[0].label)
    drawn = f"{times:,} sets of weights drawn at random around the table's"
    text = f"{name} did most harm in {_often(robust.first[0])} {drawn}."
    if robust.highest[0] > 1:
        text = f"{text[:-1]}, and ranked no lower than {{worst}} in nine draws of ten."
    used = refs if robust.highest[0] > 1 else {"first": refs["first"]}
    found = [Statement(text, used, {"first": "percent", "worst": "count"} if "worst" in used else {"first": "percent"})]
    others = sorted(range(1, len(groups)), key=lambda at: -float(robust.first[at]))
    rivals = [at for at in others[:3] if robust.first[at] >= RIVAL]
    if rivals:
        named = {f"r{at}": Ref("ranks", at, "first") for at in rivals}
        words = listed([f"{literal(lower_first(groups[at].label))} ({{r{at}}})" for at in rivals])
        found.append(Statement(f"Next most often it was {words}.", named, dict.fromkeys(named, "percent")))
    return [*found, *_tops(groups, ways)]


def _often(share: float) -> str:
    """How many of the draws; in words where the percentage would be rounded to 100."""
    return "all" if share == 1 else "nearly all of" if share >= NEARLY else "{first} of"


def _tops(groups: Sequence[Group], ways: Sequence[Ranked]) -> list[Statement]:
    """What each other way of ranking puts first."""
    found = []
    for way in ways:
        if way is ways[1]:
            continue
        at = way.ranks().index(1)
        refs = {f"n{i}": Ref("ranks", i, "count") for i in range(len(groups))}
        said = "By number alone" if way.name == BY_NUMBER else f"By {literal(way.title.removeprefix('Rank by '))}"
        same = f"{said}, {literal(lower_first(groups[at].label))} {'stays' if at == 0 else 'comes'} first."
        moved = sum(abs(a - b) for a, b in zip(way.ranks(), ways[1].ranks(), strict=True)) / len(groups)
        found.append(
            Statement(
                f"{same} On average a kind of offence moves {_places(moved)}.", refs, dict.fromkeys(refs, "count")
            )
        )
    return found


def _places(moved: float) -> str:
    """“two places”, from a mean number of places."""
    n = round(moved)
    return "less than one place" if n == 0 else "one place" if n == 1 else f"{spelt(n)} places"


def _method(weighing: Weighing, times: int) -> str:
    return (
        f"Each of {times:,} times, every weight is drawn on its own around its value (two half log-normals: in nine draws of ten it lies between half and double, or as "
        f"near to that as the table's own lowest and highest allow; a category's mix is varied as well), and the groups are ranked again. Tables of weights are compared by Kendall's tau-b and Spearman's rho, where 1 is the same order. "
        f"The chosen table is {spoken(weighing.table)}."
    )
