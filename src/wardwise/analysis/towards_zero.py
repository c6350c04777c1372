"""How near are the outcomes that were agreed for the roads? Each measured where it can be; else what would measure it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wardwise.definitions.outcomes import Outcome, Outcomes
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period

from . import pairs, surveys
from .asking import Asker, asker, once
from .change import count
from .pairs import Pair, Spans
from .profiles import words
from .returns import stated
from .road_tables import GROUPS, USERS, Hurt, Year
from .roads import METHOD, compared, first_and_last, gaps, latest, years
from .words import UNLIKELY, listed, literal, lower_first, sentence_case, spelt, verdict_words

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

NOT_MEASURED = "Not measured"
FOUR = ": four outcomes"
HELD = "Held: nothing more is needed"


@dataclass(frozen=True)
class Measured:
    """What was found of one outcome. groups: whether its pairs are groups of people. others: answers of surveys and services."""

    outcome: Outcome
    pairs: tuple[Pair, ...] = ()
    groups: tuple[Pair, ...] = ()
    others: tuple[Findings, ...] = ()

    @property
    def any(self) -> bool:
        return bool(self.pairs or self.groups or self.others)


def measured(
    source: Snapshot | Asker, area: str, period: Period, agreed: Outcomes, *, name: str = "towards_zero"
) -> Findings | None:
    """Each outcome and what was found: table `outcomes`; counts in the first and last year supplied: `change`, `groups`.

    None when no year of casualties was supplied whole.
    """
    ask = asker(source)
    found = years(ask, area, period)
    if not any(year.people is not None for year in found):
        return None
    about = latest(ask, area, found)
    spans = first_and_last(found)
    each = [_measure(ask, area, period, one, found, spans) for one in agreed.list]
    title = f"{agreed.title}{FOUR}" if len(agreed.list) == 4 else agreed.title
    others = [other for one in each for other in one.others]
    every = [pair for one in each for pair in (*one.pairs, *one.groups)]
    tables = [_outcomes(each, spans, title), *_compared(each, spans, title)]
    return about.findings(
        name,
        f"{title}, {about.where}, {period.label()}",
        [*tables, *(table for other in others for table in other.tables.values())],
        [*_statements(each, spans), *(said for other in others for said in other.statements)],
        method=" ".join(once((METHOD, *(other.method for other in others)))),
        caveats=(
            gaps(found),
            *(spans.caveats(every) if spans and every else ()),
            f"The outcomes are those of {agreed.source}.",
        ),
        shared_methods=(pairs.METHOD,),
    )


def _measure(
    ask: Asker, area: str, period: Period, outcome: Outcome, found: Sequence[Year], spans: Spans | None
) -> Measured:
    others = []
    if outcome.survey is not None:
        said = surveys.said(ask, area, period, [outcome.survey])
        others += [said] if said else []
    if outcome.returns:
        others.append(stated(ask, outcome.returns, area, period))
    if spans is None:
        return Measured(outcome, others=tuple(others))
    ends = [next(year for year in found if year.period == end) for end in (spans.before, spans.after)]
    pairs_ = tuple(count(ask, measure, area, spans).pair for measure in outcome.measures)
    groups = tuple(pair for kind in outcome.groups for pair in _groups(kind, ends))
    return Measured(outcome, pairs_, groups, tuple(others))


def _groups(kind: str, ends: Sequence[Year]) -> list[Pair]:
    """People killed or seriously injured in both years, in each group; those that had none in either are left out."""

    def pair(label: str, inside: set[int] | None, user: str | None) -> Pair:
        def keep(person: Hurt) -> bool:
            return person.badly and (person.user == user if inside is None else person.age in inside)

        return Pair(label, ends[0].number(keep), ends[1].number(keep))

    if kind == "road-user":
        stated = any(person.user for year in ends for person in year.known)
        made = [pair(label, None, user) for user, label in USERS.items()] if stated else []
    else:
        made = [pair(f"Aged {words(band)}", set(range(band[0], band[1] + 1)), None) for band in GROUPS]
    return [one for one in made if one.known() != (0, 0)]


def _outcomes(each: Sequence[Measured], spans: Spans | None, title: str) -> Table:
    columns = (
        Column("label", Role.LABEL, "Outcome"),
        Column("state", Role.NOTE, "What the figures say"),
        Column("needs", Role.NOTE, "What would measure it"),
    )
    rows: list[Row] = [
        {
            "label": one.outcome.outcome,
            "state": _state(one, spans),
            "needs": HELD if one.any else one.outcome.needs,
        }
        for one in each
    ]
    return Table("outcomes", title, columns, tuple(rows))


def _state(one: Measured, spans: Spans | None) -> str:
    """In words, without a number of people."""
    if spans is None or not one.any:
        return "See the survey or returns below" if one.others else NOT_MEASURED
    said = [f"{sentence_case(lower_first(pair.label))}: {_way(pair, spans)}" for pair in one.pairs]
    if one.groups:
        told = [pair for pair in one.groups if _told(pair, spans)]
        names = listed([f"{literal(pair.label)} ({_moved(pair)})" for pair in told])
        said.append(f"More than chance: {names}" if told else "No group changed more than chance often gives")
    return ". ".join(said)


def _moved(pair: Pair) -> str:
    known = pair.known()
    if known is None:
        return "not compared"
    return "no change" if known[0] == known[1] else "rose" if known[1] > known[0] else "fell"


def _told(pair: Pair, spans: Spans) -> bool:
    found = spans.judge(pair)
    return found is not None and verdict_words(found) == UNLIKELY


def _way(pair: Pair, spans: Spans) -> str:
    moved = _moved(pair)
    if moved in ("not compared", "no change"):
        return moved
    return moved if _told(pair, spans) else f"{moved}, which could be chance"


def _compared(each: Sequence[Measured], spans: Spans | None, title: str) -> list[Table]:
    if spans is None:
        return []
    whole = [pair for one in each for pair in one.pairs]
    groups = [pair for one in each for pair in one.groups]
    made = [pairs.table("change", title, whole, spans)] if whole else []
    if groups:
        made.append(
            pairs.table(
                "groups",
                f"{title.removesuffix(FOUR)}: people killed or seriously injured, by group",
                groups,
                spans,
                "Group",
            )
        )
    return made


def _statements(each: Sequence[Measured], spans: Spans | None) -> list[Statement]:
    measured_ = sum(one.any for one in each)
    first = Statement(
        f"{sentence_case(spelt(measured_))} of the {spelt(len(each))} outcomes can be measured from what is held."
    )
    if spans is None:
        return [first]
    whole = [pair for one in each for pair in one.pairs]
    said = compared(whole, spans)
    groups = [pair for one in each for pair in one.groups]
    told = [(at, pair) for at, pair in enumerate(groups) if _told(pair, spans)]
    if groups and not told:
        said.append(
            Statement(
                "No road user or age group changed more than chance often gives in those killed or seriously injured."
            )
        )
    for at, pair in told:
        refs = {side: Ref("groups", at, side) for side in ("before", "after")}
        text = f"{literal(pair.label)}: killed or seriously injured {_moved(pair)} from {{before}} to {{after}}, more than chance often gives."
        said.append(Statement(text, refs, dict.fromkeys(refs, "count")))
    missing = [lower_first(one.outcome.outcome) for one in each if not one.any]
    if missing:
        said.append(Statement(f"Nothing is held that measures: {literal('; '.join(missing))}."))
    return [first, *said]
