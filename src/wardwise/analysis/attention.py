"""What should come first? The evidence for each kind of crime, and a stated rule that picks lines out for the board to weigh."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from wardwise.methods.compare import Direction
from wardwise.methods.ranks import Place, places
from wardwise.records.cells import NOT_APPLICABLE, Cell
from wardwise.records.figures import Figures
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period

from . import pairs
from .asking import Asker, MeasureOrName, asker, count_cell, group_label, once
from .breakdown import Split, split, total_of
from .pairs import Pair, Spans
from .peers import standing_words
from .words import literal

if TYPE_CHECKING:
    from wardwise.areas import PeerGroup
    from wardwise.store.snapshot import Snapshot

RESIDENTS_FROM = "crime-rate"
"""A measure whose base is the residents; only its base is read."""

SMALLEST_SHARE = Fraction(2, 100)
HIGHEST = Fraction(1, 4)
FEWEST_PEERS = 4
ROSE, HIGH = "rose", "high among peers"
RULE = (
    "A line is picked out when it is at least 2% of the total and either rose by more than chance would often give, or its rate is in "
    "the highest quarter of its peers. The rule weighs neither harm nor what people say: the board does."
)


@dataclass(frozen=True)
class Line:
    """One kind of crime: its counts, its share of the total, its place among peers, and why it is picked out."""

    pair: Pair
    share: Cell
    place: Place | None
    reasons: tuple[str, ...]


def evidence(
    source: Snapshot | Asker,
    measure: MeasureOrName,
    by: str,
    area: str,
    period: Period,
    *,
    group: PeerGroup | None = None,
    residents_from: MeasureOrName = RESIDENTS_FROM,
    noun: str = "districts",
    name: str = "attention",
) -> Findings:
    """For each value of `by`: count, share, change and rank among peers by rate: table `attention`, lines picked out first."""
    ask = asker(source)
    spans = Spans(period.year_before(), period)
    found = split(ask, measure, by, area, spans)
    chosen = group or ask.places.peers(area)
    standing = _standing(ask, measure, by, chosen.codes, period, residents_from)
    total = found.total.pair.after
    lines = [_line(pair, total, standing.get(pair.label, {}).get(area), spans) for pair in found.parts]
    lines.sort(key=lambda line: (-len(line.reasons), -_number(line.pair.after), line.pair.label))
    figures = found.total.after
    where = figures.names.get(area, area)
    title = f"Evidence for choosing what comes first in {where}, {period.label()}"
    return Findings(
        name=name,
        title=title,
        tables={"attention": _table(lines, found, spans, title, chosen.name)},
        statements=tuple(_statements(lines, noun)),
        sums=total_of(found, "attention", len(lines), range(len(lines))),
        method=f"{RULE} Peers: {chosen.name}.",
        shared_methods=(pairs.METHOD,),
        caveats=once((*spans.caveats(found.parts), *figures.caveats)),
        sources=figures.sources,
        profile=found.total.measure.profile,
        meta={"area": where, "area_code": area, "group": chosen.name},
    )


def _standing(
    ask: Asker, measure: MeasureOrName, by: str, codes: Sequence[str], period: Period, residents_from: MeasureOrName
) -> dict[str, dict[str, Place]]:
    """For each value of `by`, each peer's place by rate; nothing where residents are not known."""
    counted = ask.figures(ask.measure(measure), codes, period, [by])
    residents = _residents(ask.figures(ask.measure(residents_from), codes, period))
    rates: dict[str, dict[str, float | None]] = {}
    for figure in counted.figures:
        count, people = count_cell(figure), residents.get(figure.key.area)
        known = isinstance(count, int) and bool(people)
        label = group_label(figure, by)
        rates.setdefault(label, {})[figure.key.area] = count / people if known else None  # type: ignore[operator]
    return {label: places(each) for label, each in rates.items()}


def _residents(figures: Figures) -> dict[str, float]:
    return {figure.key.area: figure.base for figure in figures.figures if figure.base}


def _number(value: Cell) -> int:
    return value if isinstance(value, int) else -1


def _line(pair: Pair, total: Cell, place: Place | None, spans: Spans) -> Line:
    share = Fraction(_number(pair.after), _number(total)) if _number(total) > 0 and _number(pair.after) >= 0 else None
    judged = spans.judge(pair)
    rose = judged is not None and judged.distinguishable and judged.direction is Direction.UP
    high = place is not None and place.of >= FEWEST_PEERS and place.rank <= place.of * HIGHEST
    big = share is not None and share >= SMALLEST_SHARE
    reasons = tuple(word for word, holds in ((ROSE, rose), (HIGH, high)) if holds and big)
    return Line(pair, NOT_APPLICABLE if share is None else float(share * 100), place, reasons)


def _table(lines: Sequence[Line], found: Split, spans: Spans, title: str, peers: str) -> Table:
    named = {column.name: column for column in pairs.columns("Kind", spans.before.label(), spans.after.label())}
    share = Column("share", Role.PERCENT, "Share of the total", of=("after",), decimals=1)
    rank = Column("rank", Role.VALUE, f"Rank by rate, {peers}", of=("after",))
    reasons = Column("reasons", Role.VERDICT, "Picked out because", of=("before", "after"))
    kept = [named[name] for name in ("label", "area", "before", "after", "percent", "verdict")]
    ids = (named["before_id"], named["after_id"])
    total = Line(found.total.pair, NOT_APPLICABLE, None, ())
    rows = [_row(line, line.pair.label, spans) for line in lines] + [_row(total, "Total", spans)]
    return Table("attention", title, (*kept, share, rank, reasons, *ids), tuple(rows))


def _row(line: Line, label: str, spans: Spans) -> Row:
    extra: Mapping[str, Cell] = {
        "label": label,
        "share": line.share,
        "rank": line.place.rank if line.place else NOT_APPLICABLE,
        "reasons": "; ".join(line.reasons),
    }
    return {**pairs.row(line.pair, spans), **extra}


def _statements(lines: Sequence[Line], noun: str) -> list[Statement]:
    picked = [(at, line) for at, line in enumerate(lines) if line.reasons]
    if not picked:
        return [
            Statement("No kind of crime is picked out by the rule: none rose beyond chance or stands high among peers.")
        ]
    return [_picked(at, line, noun) for at, line in picked]


def _picked(at: int, line: Line, noun: str) -> Statement:
    refs = {name: Ref("attention", at, name) for name in ("after", "share", "reasons")}
    formats = {"after": "count", "share": "percent", "reasons": "text"}
    why = []
    if ROSE in line.reasons:
        refs |= {"percent": Ref("attention", at, "percent"), "before": Ref("attention", at, "before")}
        formats |= {"percent": "percent-size", "before": "count"}
        share = " ({percent})" if line.pair.before else ""
        why.append(f"it rose from {{before}}{share}, more than chance often gives")
    if HIGH in line.reasons and line.place:
        why.append(f"its rate is {standing_words(line.place, noun)}")
    return Statement(
        f"{literal(line.pair.label)} ({{after}} recorded, {{share}} of the total): {', and '.join(why)}.", refs, formats
    )
