"""How do we stand among places like us? Rates with intervals, ranks with ties, and how many rose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from wardwise.methods.ranks import Place, RankRange, places, rank_ranges, tally
from wardwise.records.cells import NOT_APPLICABLE, Cell
from wardwise.records.figures import Figure
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period

from . import pairs, variation
from .asking import Asker, MeasureOrName, asker, count_cell, figure_id, once, value_cell
from .change import Against
from .pairs import Pair, Spans
from .words import literal, lower_first, ordinal, sentence_case, spelt, spoken_title

if TYPE_CHECKING:
    from wardwise.areas import PeerGroup
    from wardwise.methods.dispersion import Dispersion
    from wardwise.store.snapshot import Snapshot

RANKED = (
    "How firm a rank is: 10,000 rankings are drawn in which each area's rate varies as its count allows; the range holds 95% of its "
    "ranks (Goldstein and Spiegelhalter 1996)."
)


@dataclass(frozen=True)
class Peer:
    """One area: its figure now, and its two counts."""

    code: str
    figure: Figure | None
    pair: Pair


BY_NUMBER = "Ranked by number, not by rate: an area where more people live or come records more."


def rank(
    source: Snapshot | Asker,
    measure: MeasureOrName,
    area: str,
    period: Period,
    against: Against = "year-before",
    *,
    group: PeerGroup | Literal["districts"] | None = None,
    noun: str = "districts",
    change: Literal["after", "first", "none"] = "after",
    name: str = "peers",
) -> Findings:
    """The measure's rate in every area of the peer group, highest first, with its 95% interval, and rank: table `peers`;
    the counts of both periods: table `peers_change`.

    group: the peers (as places say, unless given); “districts” means those of the area's police force. noun: what the areas
    are called together. change: whether the sentence on how many rose stands after the one on our place, before it, or is left out.
    """
    ask = asker(source)
    definition = ask.measure(measure)
    chosen = group_of(ask, area, group)
    spans = Spans(period.year_before() if against == "year-before" else against, period)
    after = ask.figures(definition, chosen.codes, period)
    before = ask.figures(definition, chosen.codes, spans.before)
    earlier = {figure.key.area: figure for figure in before.figures}
    later = {figure.key.area: figure for figure in after.figures}
    usual = variation.of_areas(ask, definition, chosen.codes, period)
    each = [
        _peer(code, after.names.get(code, code), earlier.get(code), later.get(code), usual.get(code))
        for code in chosen.codes
    ]
    standing = places({peer.code: _worth(peer.figure) for peer in each})
    firm = _ranges(each, share=after.unit.startswith("%"))
    last = len(each) + 1
    peers = sorted(
        each, key=lambda peer: (standing[peer.code].rank if peer.code in standing else last, peer.pair.label)
    )
    where = after.names.get(area, area)
    title = f"{after.title}, {chosen.name}, {period.label()}"
    rated = after.per is not None
    stands = _statements(peers, standing, firm, area, where, after.title, noun, after.unit, period, rated=rated)
    what = "" if rated else f" {literal(lower_first(spoken_title(after.title)).removeprefix('recorded '))}"
    rose = _rose(peers, noun, spans, what) if area in standing and change != "none" else []
    return Findings(
        name=name,
        title=title,
        tables={table.name: table for table in _tables(peers, standing, firm, spans, title, after.unit, rated=rated)},
        statements=tuple([*rose, *stands] if change == "first" else [*stands[:1], *rose, *stands[1:]]),
        method="Rates are counts over residents, with 95% intervals (exact below 10 events, Byar's from 10). Areas with the same "
        "rate share a rank. " + RANKED,
        shared_methods=(pairs.METHOD,),
        caveats=once(
            (chosen.why, "" if rated else BY_NUMBER, *spans.caveats([peer.pair for peer in peers]), *after.caveats)
        ),
        sources=once((*after.sources, *before.sources)),
        profile=definition.profile,
        meta={"area": where, "area_code": area, "group": chosen.name, "unit": after.unit, "better": after.better},
    )


def group_of(ask: Asker, area: str, group: PeerGroup | Literal["districts"] | None) -> PeerGroup:
    """The peers asked about: those given, the districts of the area's police force, or the group that places declare."""
    from wardwise.areas import PeerGroup

    if group is None:
        return ask.places.peers(area)
    if group != "districts":
        return group
    force = area if ask.places.level(area) == "force" else ask.places.parent(area, "force")
    codes = ask.places.children(force, "district") if force else ()
    name = f"districts of {ask.places.name(force)}" if force else "districts"
    return PeerGroup(name, codes or (area,), "The districts that one police force covers share its recording practice.")


def _peer(code: str, label: str, before: Figure | None, after: Figure | None, usual: Dispersion | None = None) -> Peer:
    counts, ids = (count_cell(before), count_cell(after)), (figure_id(before), figure_id(after))
    pair = Pair(label, *counts, *ids, code, dispersion=usual)
    return Peer(code, after, pair)


def _worth(figure: Figure | None) -> float | None:
    """What areas are ranked by: the rate, or the count of a measure without a base."""
    return figure.value if figure is not None else None


def _ranges(peers: Sequence[Peer], *, share: bool) -> dict[str, RankRange]:
    """How firm the ranks are of the areas that have one. A count without a base is taken over equal times."""
    known = {
        p.code: p.figure
        for p in peers
        if p.figure is not None and p.figure.value is not None and p.figure.count is not None
    }
    counts = {code: float(figure.count or 0) for code, figure in known.items()}
    bases = {code: float(figure.base or 1) for code, figure in known.items()}
    return rank_ranges(counts, bases, share=share) if len(known) > 1 else {}


def _range_words(found: RankRange | None) -> str:
    """“3 to 5”, “1”."""
    if found is None:
        return ""
    return f"{found.best}" if found.best == found.worst else f"{found.best} to {found.worst}"


def _tables(
    peers: Sequence[Peer],
    standing: Mapping[str, Place],
    firm: Mapping[str, RankRange],
    spans: Spans,
    title: str,
    unit: str,
    *,
    rated: bool,
) -> tuple[Table, Table]:
    """`peers`: rank, rate and interval. `peers_change`: the counts of both periods, in the same order."""
    rates = (
        Column("base", Role.BASE, "Residents"),
        Column("rate", Role.VALUE, sentence_case(unit), of=("after",), decimals=1),
        Column("lower", Role.LOWER, "Lower 95% limit", of=("after",), decimals=1),
        Column("upper", Role.UPPER, "Upper 95% limit", of=("after",), decimals=1),
    )
    columns = (
        Column("rank", Role.VALUE, "Rank", of=("after",)),
        Column("label", Role.LABEL, "Area"),
        Column("area", Role.AREA, "Area code"),
        Column("after", Role.COUNT, "Number"),
        *(rates if rated else ()),
        Column("range", Role.NOTE, "Rank, likely range", of=("after",)),
        Column("id", Role.FIGURE, "Figure", of=("after",)),
    )
    rows = tuple(_row(peer, standing.get(peer.code), firm.get(peer.code), rated=rated) for peer in peers)
    change = pairs.table("peers_change", f"{title}: change", [peer.pair for peer in peers], spans, "Area")
    return Table("peers", title, columns, rows), change


def _row(peer: Peer, place: Place | None, firm: RankRange | None, *, rated: bool) -> Row:
    row: dict[str, Cell] = {
        "rank": place.rank if place else NOT_APPLICABLE,
        "label": peer.pair.label,
        "area": peer.code,
        "after": peer.pair.after,
        "range": _range_words(firm),
        "id": peer.pair.after_id,
    }
    if rated:
        figure = peer.figure
        cells = (figure.base, figure.value, figure.lower, figure.upper) if figure else (None,) * 4
        row |= dict(zip(("base", "rate", "lower", "upper"), map(value_cell, cells), strict=True))
    return row


def _statements(
    peers: Sequence[Peer],
    standing: Mapping[str, Place],
    firm: Mapping[str, RankRange],
    area: str,
    where: str,
    title: str,
    noun: str,
    unit: str,
    period: Period,
    *,
    rated: bool,
) -> list[Statement]:
    at = next((i for i, peer in enumerate(peers) if peer.code == area), None)
    if at is None or area not in standing:
        return [
            Statement(
                f"{literal(spoken_title(title))}: {literal(where)} cannot be ranked, because a month of its data was not supplied."
            )
        ]
    refs = {"rank": Ref("peers", at, "rank"), "after": Ref("peers", at, "after")}
    formats = {"rank": "count", "after": "count"}
    shown = ""
    if rated:
        refs["rate"], formats["rate"] = Ref("peers", at, "rate"), "rate"
        shown = f", at {{rate}} {literal(unit)}"
    what = "rate" if rated else "count"
    place = standing_words(standing[area], noun)
    when = f"{'in' if period.length == 1 else 'over'} {period.label()}"
    first = f"{literal(spoken_title(title))}: the {what} in {literal(where)} {when} was {place}{shown}."
    return [Statement(first, refs, formats), *_firmness(at, firm.get(area), where)]


def _firmness(at: int, firm: RankRange | None, where: str) -> list[Statement]:
    """“Allowing for chance, the rank of Wyre from the highest is likely to be 3 to 5.” Nothing where it cannot be told."""
    if firm is None:
        return []
    refs = {"range": Ref("peers", at, "range")}
    if firm.best == firm.worst:
        return [Statement(f"Chance alone would not change the rank of {literal(where)}.", refs)]
    return [
        Statement(
            f"Allowing for chance, the rank of {literal(where)} from the highest is likely to be {{range}}.",
            refs,
            {"range": "text"},
        )
    ]


def standing_words(place: Place, noun: str) -> str:
    """“the highest of the fourteen districts”, “joint third highest of …”, “the second lowest of …”."""
    together = f"of the {spelt(place.of)} {noun}"
    joint = "joint " if place.tied > 1 else "the "
    low = place.from_bottom < place.rank
    position = place.from_bottom if low else place.rank
    count = "" if position == 1 else f"{ordinal(position)} "
    return f"{joint}{count}{'lowest' if low else 'highest'} {together}"


def _rose(peers: Sequence[Peer], noun: str, spans: Spans, what: str) -> list[Statement]:
    """“Eleven of the fourteen districts recorded more than a year before.” Hidden when any of the counts is."""
    if spans.unequal:
        return []
    known = [pair.known() for pair in (peer.pair for peer in peers)]
    found = tally([pair[0] if pair else None for pair in known], [pair[1] if pair else None for pair in known])
    if found.of == 0:
        return []
    refs = {f"{side}{i}": Ref("peers_change", i, side) for i in range(len(peers)) for side in ("before", "after")}
    of = spelt(found.of)
    more = "All" if found.rose == found.of else sentence_case(spelt(found.rose))
    lead = f"{more} {of if more == 'All' else f'of the {of}'} {noun} recorded more{what} than in {spans.before.label()}"
    less = f"; {spelt(found.fell)} recorded fewer" if found.fell else ""
    gone = f" ({spelt(found.unknown)} could not be compared)" if found.unknown else ""
    return [Statement(f"{lead}{less}{gone}.", refs, dict.fromkeys(refs, "count"))]
