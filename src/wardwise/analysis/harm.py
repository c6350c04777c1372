"""What does most harm? Offences weighed by a table of sentences, beside how many there were: a choice to be made, not a fact found."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from wardwise.methods import harm as method
from wardwise.records.cells import NOT_APPLICABLE, Cell
from wardwise.records.figures import Figure
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Sum, Table
from wardwise.records.periods import Period

from .asking import Asker, asker, once
from .harm_counts import Group, Kind, Weighing, grouped, nothing, unweighed, weigh
from .harm_parts import parts_tables, said_of_parts
from .harm_weights import OPEN, choose, spoken
from .words import listed, literal, lower_first, plural, sentence_case, spelt

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

FEW = 5
"""Groups with fewer offences are shown together. Counts under 5 are hidden from the public (definitions/disclosure/thresholds.yaml), and the
harm of a hidden group could be worked out from the total and the weights, which are public; so none is left that small."""

MOST_OF_IT = 0.9
"""The share of harm that the fewest kinds are counted for, as Blackpool's partnership put it in 2015 (“90% of harm”)."""

TOTAL = "Total"
METHOD = (
    "Harm is the number of offences times the days of sentence that the table gives for one. Shares of harm and of recorded crime are of "
    "the offences that have a weight. Anti-social behaviour is no offence and has none. Lower and higher weights are half and double, as "
    "far as the table's own lowest and highest allow; for categories, the low and high estimate are with the mixes that other forces have."
)


def of_volume(
    source: Snapshot | Asker, area: str, period: Period, *, table: str = OPEN, name: str = "harm"
) -> Findings:
    """Share of harm against share of recorded crime, most harm first. Tables: `harm` (groups of offences), `reported` (found by the police apart
    from what others report), `recent` (by when it happened, where that is known), `unweighed` (offences the table has no weight for).

    table: the table of weights. Raises WardwiseError when nothing can be weighed.
    """
    ask = asker(source)
    weighing = weigh(ask, area, period, choose(ask, table))
    figures = weighing.figures([area], period, [weighing.by])
    kinds = weighing.kinds(figures.figures)
    where = figures.names.get(area, area)
    groups = folded(grouped(kinds))
    if not groups or not sum(group.total() for group in groups):
        raise nothing(weighing, where, period)
    whole = weighing.figures([area], period).figures[0]
    guess = "estimated " if weighing.estimated else ""
    title = f"{sentence_case(guess + 'harm')} and number of recorded crimes in {where}, {period.label()}, weighed by {spoken(weighing.table)}"
    main = _table(groups, title, weighing, "" if lacking_any(kinds) else whole.id)
    parts = parts_tables(weighing, kinds, area, period, where)
    lacking = unweighed(kinds)
    rest = unweighed_table(lacking, kinds, weighing, whole)
    return Findings(
        name=name,
        title=title,
        tables={each.name: each for each in (main, *parts, rest)},
        statements=(
            *said(groups, weighing),
            *said_of_parts(parts, estimated=weighing.estimated),
            *said_unweighed(lacking, kinds),
        ),
        sums=_sums(len(groups), parts, rest),
        method=f"{METHOD} {weighing.named}",
        caveats=once((*weighing.caveats(), stand_ins(kinds, weighing), *figures.caveats)),
        sources=once((*figures.sources, weighing.table.source)),
        profile=ask.measure(weighing.measure).profile,
        meta={
            "area": where,
            "area_code": area,
            "unit": "days",
            "estimate": weighing.estimated,
            "running": f"{sentence_case(guess + 'harm')} in {where}, {period.label()}: running total from the kind that does most",
        },
    )


def folded(groups: Sequence[Group]) -> list[Group]:
    """The groups, those of fewer than FEW offences put together in one; with the next smallest, until that one has FEW."""
    ordered = sorted(groups, key=lambda group: group.count)
    few = [group for group in ordered if group.count < FEW]
    if not few:
        return list(groups)
    rest = ordered[len(few) :]
    while rest and sum(group.count for group in few) < FEW:
        few.append(rest.pop(0))
    names = listed([group.label for group in few])
    label = few[0].label if len(few) == 1 else f"Rarer offences together ({names})"
    joined = Group(label, tuple(kind for group in few for kind in group.kinds))
    return sorted([*rest, joined], key=lambda group: (-group.total(), group.label))


def lacking_any(kinds: Sequence[Kind]) -> bool:
    return any(kind.days is None for kind in kinds)


def _sums(last: int, parts: Sequence[Table], rest: Table) -> tuple[Sum, ...]:
    """The total is the sum of the groups, of what was reported and found, of what is recent and not; and with what has no weight it is all."""
    total = Ref("harm", last, "count")
    found = [Sum(total, tuple(Ref("harm", i, "count") for i in range(last)))]
    found += [Sum(total, tuple(Ref(t.name, i, "count") for i in range(len(t.rows)))) for t in parts if t.rows]
    if rest.rows:
        end = len(rest.rows) - 1
        found.append(Sum(Ref(rest.name, end, "count"), (total, *(Ref(rest.name, i, "count") for i in range(end)))))
    return tuple(found)


def _table(groups: Sequence[Group], title: str, weighing: Weighing, figure: str) -> Table:
    found = method.pareto([group.total() for group in groups], [group.count for group in groups])
    shares = method.weighed([group.count for group in groups], [group.total() / group.count for group in groups])
    rows: list[Row] = []
    for at, group in enumerate(groups):
        rows.append(
            {
                "label": group.label,
                "count": group.count,
                "share": 100 * float(shares.share_of_count[at]),
                "share_of_harm": 100 * float(shares.share_of_harm[at]),
                **_days(group.total(), group.total("low"), group.total("high")),
                "cumulative": 100 * float(found.harm[at]),
                "cumulative_count": 100 * float(found.count[at]),
                "note": "mostly found by the police" if all(kind.found_by_police for kind in group.kinds) else "",
                "id": group.figure,
            }
        )
    each = [kind for group in groups for kind in group.kinds]
    whole = Group(TOTAL, tuple(each))
    blank: dict[str, Cell] = dict.fromkeys(("cumulative", "cumulative_count"), NOT_APPLICABLE)
    total = _days(whole.total(), whole.total("low"), whole.total("high"))
    rows.append(
        {"label": TOTAL, "count": whole.count, "share": 100.0, "share_of_harm": 100.0, **total, **blank, "note": "", "id": figure}
    )  # fmt: skip
    return Table("harm", title, columns(weighing), tuple(rows))


def _days(middle: float, low: float, high: float) -> dict[str, Cell]:
    return {"harm": rounded(middle), "low": rounded(low), "high": rounded(high)}


def rounded(days: float) -> float:
    """To three figures: a weight is a rough scale, and a finer number would only seem to know more."""
    return float(f"{days:.3g}")


def columns(weighing: Weighing) -> tuple[Column, ...]:
    guess = " (estimate)" if weighing.estimated else ""
    between = "Low estimate" if weighing.estimated else "With lower weights"
    above = "High estimate" if weighing.estimated else "With higher weights"
    return (
        Column("label", Role.LABEL, "Kind of offence"),
        Column("count", Role.COUNT, "Number"),
        Column("share", Role.PERCENT, "Share of recorded crime", of=("count",), decimals=1),
        Column("share_of_harm", Role.PERCENT, f"Share of harm{guess}", of=("count",), decimals=1),
        Column("harm", Role.VALUE, f"Harm{guess}", of=("count",), unit="days"),
        Column("low", Role.LOWER, between, of=("count",), unit="days"),
        Column("high", Role.UPPER, above, of=("count",), unit="days"),
        Column("cumulative", Role.PERCENT, "Share of harm, running total", of=("count",), decimals=1),
        Column("cumulative_count", Role.PERCENT, "Share of crime, running total", of=("count",), decimals=1),
        Column("note", Role.NOTE, "Note", of=("count",)),
        Column("id", Role.FIGURE, "Figure", of=("count",)),
    )


def said(groups: Sequence[Group], weighing: Weighing) -> list[Statement]:
    """The fewest kinds that make most of the harm; what does most; what there is most of."""
    guess = "estimated " if weighing.estimated else ""
    found = method.pareto([group.total() for group in groups], [group.count for group in groups])
    n = found.reach(MOST_OF_IT)
    names = literal(listed([lower_first(group.label) for group in groups[:n]]))
    refs = {"harm": Ref("harm", n - 1, "cumulative"), "crime": Ref("harm", n - 1, "cumulative_count")}
    lead = f"{sentence_case(plural(n, 'kind'))} of offence of {spelt(len(groups))} made up {{harm}} of the {guess}harm and {{crime}} of recorded crimes: {names}."
    most = max(range(len(groups)), key=lambda at: groups[at].count)
    return [
        Statement(lead, refs, dict.fromkeys(refs, "percent")),
        _share_said(groups, 0, "did most harm", guess),
        *([_range_said(groups)] if weighing.estimated else []),
        *([_share_said(groups, most, "was recorded most often", guess)] if most else []),
    ]


def _share_said(groups: Sequence[Group], at: int, what: str, guess: str) -> Statement:
    refs = {"harm": Ref("harm", at, "share_of_harm"), "crime": Ref("harm", at, "share")}
    text = f"{literal(groups[at].label)} {what}: {{harm}} of the {guess}harm, and {{crime}} of recorded crimes."
    return Statement(text, refs, dict.fromkeys(refs, "percent"))


def _range_said(groups: Sequence[Group]) -> Statement:
    refs = {key: Ref("harm", 0, key) for key in ("harm", "low", "high")}
    text = f"The estimate for {literal(lower_first(groups[0].label))} is {{harm}} days of sentence. With other mixes of offences within that category it would lie between {{low}} and {{high}}."
    return Statement(text, refs, dict.fromkeys(refs, "count"))


def stand_ins(kinds: Sequence[Kind], weighing: Weighing) -> str:
    """A caveat that names the codes whose subgroup's weight stands in; empty when there are none."""
    names = sorted(kind.name for kind in kinds if kind.days is not None and not kind.own)
    if not names:
        return ""
    return f"{weighing.table.title} has no weight of their own for the offence codes {listed(names)}: the median of their subgroup stands in."


def unweighed_table(lacking: Sequence[Kind], kinds: Sequence[Kind], weighing: Weighing, whole: Figure) -> Table:
    """The offences that have no weight, with all that was recorded; empty when every offence has one."""
    every = sum(kind.count for kind in kinds)
    cells = (
        Column("label", Role.LABEL, "Offence"),
        Column("count", Role.COUNT, "Number"),
        Column("share", Role.PERCENT, "Share of recorded crime", of=("count",), decimals=1),
        Column("id", Role.FIGURE, "Figure", of=("count",)),
    )
    rows: list[Row] = [
        {
            "label": kind.name if kind.name == kind.group else f"{kind.group} ({kind.name})",
            "count": kind.count,
            "share": float(Fraction(100 * kind.count, every)),
            "id": kind.figure,
        }
        for kind in lacking
    ]
    if rows:
        rows.append({"label": "Total recorded, weighed or not", "count": every, "share": 100.0, "id": whole.id})
    return Table("unweighed", f"Recorded crimes that {weighing.table.title} has no weight for", cells, tuple(rows))


def said_unweighed(lacking: Sequence[Kind], kinds: Sequence[Kind]) -> list[Statement]:
    """“Not weighed, because the table lacks them: …” An offence without a weight is never taken as doing no harm."""
    if not lacking:
        return []
    refs = {f"{what}{i}": Ref("unweighed", i, what) for i in range(min(3, len(lacking))) for what in ("count", "share")}
    named = [
        f"{literal(kind.name)} ({{count{i}}}, {{share{i}}} of recorded crimes)" for i, kind in enumerate(lacking[:3])
    ]
    more = [f"{spelt(len(lacking) - 3)} more in the table"] if len(lacking) > 3 else []
    formats = {name: "percent" if name.startswith("share") else "count" for name in refs}
    text = f"Not weighed, because the table of weights lacks them: {listed([*named, *more])}. They are left out of every share of harm; that is not to say that they do none."
    return [Statement(text, refs, formats)]
