"""Where is the harm? Each ward's (or small area's) recorded crime, weighed, beside its number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wardwise.methods.ranks import places, steps
from wardwise.records.cells import MISSING, NOT_APPLICABLE, Cell
from wardwise.records.figures import Figure, Figures
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Sum, Table
from wardwise.records.periods import Period

from .asking import Asker, asker, count_cell, figure_id, once
from .attention import RESIDENTS_FROM
from .harm import rounded
from .harm_counts import Weighing, nothing, weigh
from .harm_weights import OPEN, choose
from .wards import FEW, NOT_PLACED, NOUNS, STEPS, TOTAL, by_code
from .words import listed, literal, plural, sentence_case, spelt

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

PER = 1000
RESIDENTS = "residents"
"""The measure that names the source of the residents alone."""


@dataclass(frozen=True)
class Place:
    """One area: its count, its days of harm and those for every 1,000 residents (None where not known)."""

    code: str
    label: str
    figure: Figure | None
    days: float | None
    rate: float | None


def by_area(
    source: Snapshot | Asker,
    area: str,
    period: Period,
    *,
    level: str = "ward",
    table: str = OPEN,
    residents_from: str = RESIDENTS_FROM,
    name: str = "harm-wards",
) -> Findings:
    """Harm in every `level` area of `area`, most first, with its rank by harm and by number: table `areas`, with what is in none of them.

    residents_from: a measure over residents; only its base is read.
    """
    ask = asker(source)
    weighing = weigh(ask, area, period, choose(ask, table))
    codes = ask.places.children(area, level)
    people = ask.figures(ask.measure(residents_from), codes, period)
    found = _places(weighing, codes, period, people)
    whole = weighing.figures([area], period)
    where, noun = whole.names.get(area, area), NOUNS.get(level, f"{level}s")
    if not any(place.days for place in found):
        raise nothing(weighing, where, period)
    guess = "Estimated harm" if weighing.estimated else "Harm"
    title = f"{guess} from recorded crime in the {noun} of {where}, {period.label()}"
    rated = all(place.rate is not None for place in found if place.days is not None)
    placed = _ordered(found)
    rest, total = _whole(placed, whole.figures[0], weighing, area, period, noun)
    return Findings(
        name=name,
        title=title,
        tables={"areas": Table("areas", title, _columns(level, guess, rated=rated), (*_rows(placed), rest, total))},
        statements=tuple(_statements(placed, noun, guess)),
        sums=_sums(len(placed), rest),
        method=f"Harm by {level} is the number of each kind of offence there times its weight, in days rounded to three figures. Colours are fifths of "
        f"the {noun}. {weighing.named}",
        caveats=once(
            (
                *weighing.caveats(),
                f"The estimate gives every {level} the same mix within a category. It cannot show that one {level}'s violence is worse than another's."
                if weighing.estimated
                else "",
                weighing.grave(
                    "One or two grave offences can put a place at the top. Look at the number beside the harm, and at several years."
                ),
                *whole.caveats,
            )
        ),
        sources=once(
            (
                *whole.sources,
                weighing.table.source,
                *(ask.figures(ask.measure(RESIDENTS), codes, period).sources if rated else ()),
            )
        ),
        profile=ask.measure(weighing.measure).profile,
        meta={"area": where, "area_code": area, "level": level, "estimate": weighing.estimated},
    )


def _places(weighing: Weighing, codes: Sequence[str], period: Period, people: Figures) -> list[Place]:
    counted = weighing.figures(codes, period)
    split = weighing.figures(codes, period, [weighing.by]).figures
    residents = {figure.key.area: figure.base for figure in people.figures if figure.base}
    totals = by_code(counted)
    return [
        _place(
            code,
            counted.names.get(code, code),
            totals.get(code),
            weighing.days([f for f in split if f.key.area == code]),
            residents,
        )
        for code in codes
    ]


def _place(code: str, label: str, figure: Figure | None, days: float, residents: Mapping[str, float]) -> Place:
    if count_cell(figure) is MISSING:
        return Place(code, label, figure, None, None)
    people = residents.get(code)
    return Place(code, label, figure, days, PER * days / people if people else None)


def _ordered(found: Sequence[Place]) -> list[Place]:
    return sorted(found, key=lambda place: (-(_worth(place) or -1.0), place.label))


def _worth(place: Place) -> float | None:
    return place.rate if place.rate is not None else place.days


def _columns(level: str, guess: str, *, rated: bool) -> tuple[Column, ...]:
    """What areas are ranked by stands first: a map colours by the first value."""
    shown = (
        Column("harm", Role.VALUE, guess, of=("count",), unit="days"),
        Column("rate", Role.VALUE, f"{guess} for residents", of=("count",), unit="days per 1,000 residents"),
    )
    return (
        Column("label", Role.LABEL, sentence_case(NOUNS.get(level, level).removesuffix("s"))),
        Column("area", Role.AREA, "Area code"),
        Column("count", Role.COUNT, "Recorded crimes"),
        *(reversed(shown) if rated else shown),
        Column("rank", Role.VALUE, "Rank by harm for residents" if rated else "Rank by harm", of=("count",)),
        Column("rank_count", Role.VALUE, "Rank by number of crimes", of=("count",)),
        Column("step", Role.VALUE, "Fifth (5 is highest)", of=("count",)),
        Column("note", Role.NOTE, "Note", of=("count",)),
        Column("id", Role.FIGURE, "Figure", of=("count",)),
    )


def _rows(placed: Sequence[Place]) -> list[Row]:
    worth = {place.code: _worth(place) for place in placed}
    by_harm, step = places(worth), steps(worth, STEPS)
    number = {place.code: _number(place) for place in placed}
    by_count = places(number)
    rows: list[Row] = []
    for place in placed:
        count = count_cell(place.figure)
        rows.append(
            {
                "label": place.label,
                "area": place.code,
                "count": count,
                "harm": MISSING if place.days is None else rounded(place.days),
                "rate": NOT_APPLICABLE if place.rate is None else rounded(place.rate),
                "rank": by_harm[place.code].rank if place.code in by_harm else NOT_APPLICABLE,
                "rank_count": by_count[place.code].rank if place.code in by_count else NOT_APPLICABLE,
                "step": step.get(place.code, NOT_APPLICABLE),
                "note": "few" if isinstance(count, int) and count < FEW else "",
                "id": figure_id(place.figure),
            }
        )
    return rows


def _number(place: Place) -> float | None:
    count = count_cell(place.figure)
    return float(count) if isinstance(count, int) else None


def _whole(
    placed: Sequence[Place], total: Figure, weighing: Weighing, area: str, period: Period, noun: str
) -> tuple[Row, Row]:
    """The row for what is in no area, and the total."""
    days = weighing.days(weighing.figures([area], period, [weighing.by]).figures)
    known = [count for place in placed if isinstance(count := count_cell(place.figure), int)]
    whole = count_cell(total)
    complete = isinstance(whole, int) and len(known) == len(placed)
    rest: Cell = whole - sum(known) if isinstance(whole, int) and complete else MISSING
    left = days - sum(place.days or 0.0 for place in placed)
    blank: dict[str, Cell] = dict.fromkeys(("rate", "rank", "rank_count", "step"), NOT_APPLICABLE)
    return (
        {**blank, "label": NOT_PLACED.format(noun=noun), "area": "", "count": rest, "harm": rounded(left) if complete and left > 0 else NOT_APPLICABLE, "note": "", "id": ""},
        {**blank, "label": TOTAL, "area": area, "count": whole, "harm": rounded(days), "note": "", "id": figure_id(total)},
    )  # fmt: skip


def _sums(parts: int, rest: Row) -> tuple[Sum, ...]:
    left = rest["count"]
    if not isinstance(left, int) or left < 0:
        return ()
    return (Sum(Ref("areas", parts + 1, "count"), tuple(Ref("areas", i, "count") for i in range(parts + 1))),)


def _statements(placed: Sequence[Place], noun: str, guess: str) -> list[Statement]:
    """The three with most harm; then how many of the five with most harm are not among the five with most crime."""
    top = [i for i, place in enumerate(placed[:3]) if place.days]
    column, unit = (
        ("rate", "days per 1,000 residents") if all(placed[i].rate is not None for i in top) else ("harm", "days")
    )
    refs = {f"v{i}": Ref("areas", i, column) for i in top}
    named = listed([f"{literal(placed[i].label)} ({{v{i}}})" for i in top])
    found = [
        Statement(f"{guess} from recorded crime was highest in {named}, in {unit}.", refs, dict.fromkeys(refs, "count"))
    ]
    five = min(5, len(placed))
    by_count = sorted(range(len(placed)), key=lambda i: (-(_number(placed[i]) or -1), placed[i].label))[:five]
    apart = [i for i in range(five) if i not in by_count]
    if len(placed) > five:
        every = {f"c{i}": Ref("areas", i, "count") for i in range(len(placed))}
        wards = plural(five, noun.removesuffix("s"), noun)
        said = f"The {wards} with most harm for their residents are also the {spelt(five)} with most recorded crimes."
        if apart:
            names = literal(listed([placed[i].label for i in apart]))
            said = f"Of the {wards} with most harm for their residents, {spelt(five - len(apart))} are among the {spelt(five)} with most recorded crimes. Not among them: {names}."
        found.append(Statement(said, every, dict.fromkeys(every, "count")))
    return found
