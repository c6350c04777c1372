"""What changed? One period against another, for many measures, for one measure over many spans, and for a total and its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from wardwise.records.cells import MISSING
from wardwise.records.figures import Figures
from wardwise.records.findings import Findings, Ref, Statement, Sum
from wardwise.records.periods import Period

from . import pairs, reporting, variation
from .asking import Asker, MeasureOrName, asker, count_cell, figure_id, gap_words, incomplete_words, once, strictest
from .by_month import months_compared
from .pairs import Pair, Spans
from .recording import events_for, left_out
from .words import literal, lower_first, months_in_words, plural, spoken_title

if TYPE_CHECKING:
    from wardwise.measures.definition import Measure
    from wardwise.store.snapshot import Snapshot

Against = Period | Literal["year-before"]

REST = "Not in the rows above"
OVERLAP = "A record can be in more than one of these, so they add up to more than the total."


@dataclass(frozen=True)
class Counted:
    """One measure over two periods in one area, with what the reader must know of it."""

    measure: Measure
    before: Figures
    after: Figures
    pair: Pair


def compare_periods(
    source: Snapshot | Asker,
    measures: Sequence[MeasureOrName],
    area: str,
    period: Period,
    against: Against = "year-before",
    *,
    parts_of: str = "",
    overlap: bool = False,
    split: tuple[MeasureOrName, str] | None = None,
    each_month: str = "",
    named: bool = False,
    name: str = "change",
) -> Findings:
    """Each measure in `period` beside `against` (the same months a year before unless told): table `change`.

    A measure with a month not supplied is listed and not compared, and its note names the months.

    parts_of: name of the measure whose parts are the measures after it; what they leave out gets a row, so that they add up.
    overlap: a record can be in several parts (markers, themes), so they are not added up, and a caveat says so.
    split: a measure and a column; a row for each of its values follows. each_month: a measure whose months are compared one by
    one, for a sentence on how many rose: table `months`. named: sentences name the area, for one that the report is not about.
    """
    ask, spans = asker(source), _spans(period, against)
    counted = [count(ask, measure, area, spans) for measure in measures]
    rows, notes = [one.pair for one in counted], list[str]()
    sums: tuple[Sum, ...] = ()
    across = f" in {named_area(counted, area)}" if named else ""
    spoken = [spoken_title(pair.label) for pair in rows]
    subjects = [f"{pair.label if spoken.count(spoken[at]) > 1 else spoken[at]}{across}" for at, pair in enumerate(rows)]
    statements = pairs.statements(rows, spans, "change", subjects)
    if parts_of:
        total = next(i for i, one in enumerate(counted) if one.measure.measure == parts_of)
        rows, sums, said, notes = _with_rest(rows, total, spans, overlap=overlap)
        statements.extend(said)
    if split:
        whole, column = split
        parts = _split(ask, whole, column, area, spans)
        apart = _set_apart(ask, ask.measure(whole), area, spans)
        first = len(rows)
        rows = [
            *rows,
            *(replace(pair, apart=apart) for pair in parts),
        ]  # said of a part in the table, not in each sentence
        statements.extend(pairs.statement(pair, spans, first + at, "change") for at, pair in enumerate(parts))
        sums = (*sums, *_sums_of_split(ask, whole, counted, rows, first))
    statements = pairs.apart_once(statements, rows)
    found = about(ask, name, counted, spans, area, rows)
    tables = {"change": pairs.table("change", found.title, rows, spans)}
    if each_month:
        monthly = months_compared(ask, each_month, area, spans)
        tables["months"] = monthly.table
        statements.extend(monthly.statements)
        at = next((i for i, one in enumerate(counted) if one.measure.measure == each_month), None)
        sums = (*sums, *monthly.sums_to("change", at, rows[at])) if at is not None else sums
    made = replace(
        found, tables=tables, statements=tuple(statements), sums=sums, caveats=once((*found.caveats, *notes))
    )
    return reporting.beside(made, ask, area, period, rows)


def compare_parts(
    source: Snapshot | Asker,
    total: MeasureOrName,
    parts: Sequence[MeasureOrName],
    area: str,
    period: Period,
    against: Against = "year-before",
    *,
    overlap: bool = False,
    name: str = "parts",
) -> Findings:
    """A total and its parts: `compare_periods` with the total first."""
    ask = asker(source)
    whole = ask.measure(total)
    return compare_periods(
        ask, [whole, *parts], area, period, against, parts_of=whole.measure, overlap=overlap, name=name
    )


def count(ask: Asker, measure: MeasureOrName, area: str, spans: Spans, label: str = "") -> Counted:
    """One measure in one area, counted over both periods."""
    definition = ask.measure(measure)
    before = ask.figures(definition, [area], spans.before)
    after = ask.figures(definition, [area], spans.after)
    cells = [count_cell(figures.figures[0] if figures.figures else None) for figures in (before, after)]
    ids = [figure_id(figures.figures[0] if figures.figures else None) for figures in (before, after)]
    note = ""
    if MISSING in cells:
        gone = gap_words(ask, definition, area, (spans.before, spans.after))
        note = f"Not supplied: {gone}." if gone else "One of the periods was not supplied on its own."
        if part := incomplete_words(ask, definition, area, (spans.before, spans.after)):
            note = f"{note} Incomplete: {part}."
    good = reporting.note(ask, definition)
    usual = None if MISSING in cells else variation.of_measure(ask, definition, area, spans.after)
    apart = "" if MISSING in cells else _set_apart(ask, definition, area, spans)
    pair = Pair(label or after.title, cells[0], cells[1], ids[0], ids[1], area, note, good, usual, apart)
    return Counted(definition, before, after, pair)


def _set_apart(ask: Asker, measure: Measure, area: str, spans: Spans) -> str:
    """That the earlier period holds months in which life or recording was out of the ordinary; nothing where the later has as many."""
    months = [list(span.months()) for span in (spans.before, spans.after)]
    events = events_for(measure, sorted(months[0] + months[1]), own=ask.definitions, force=ask.force(area))
    before, after = (left_out(events, each) for each in months)
    if len(before) <= len(after):
        return ""
    return (
        f"{plural(len(before), 'month').capitalize()} of the earlier period ({months_in_words(before)}) {'was' if len(before) == 1 else 'were'} unlike others, as the register of "
        f"recording changes says, {pairs.RETURN}"
    )


def remainder(total: Pair, parts: Sequence[Pair]) -> Pair | None:
    """What the total holds and the parts do not; None when any of them is missing. Negative when parts overlap."""
    known, each = total.known(), [part.known() for part in parts]
    if known is None or None in each:
        return None
    before = known[0] - sum(part[0] for part in each if part)
    after = known[1] - sum(part[1] for part in each if part)
    return Pair(
        REST, before, after, area=total.area, note=f"Worked out as {_said_of(total)} less the sub-categories listed."
    )


def _with_rest(
    rows: list[Pair], total: int, spans: Spans, *, overlap: bool
) -> tuple[list[Pair], tuple[Sum, ...], list[Statement], list[str]]:
    """The rows with what the parts of row `total` leave out, the sums that makes, a sentence on it, and caveats."""
    rest = None if overlap else remainder(rows[total], rows[total + 1 :])
    counts = rest.known() if rest else None
    if rest is None or counts is None:
        return rows, (), [], [OVERLAP] if overlap else []
    if min(counts) < 0:
        return rows, (), [], [OVERLAP]
    if max(counts) == 0:
        return rows, pairs.sums("change", total, range(total + 1, len(rows))), [], []
    return (
        [*rows, rest],
        pairs.sums("change", total, range(total + 1, len(rows) + 1)),
        [_unlisted(spans, len(rows), literal(_said_of(rows[total])))],
        [],
    )


def _split(ask: Asker, measure: MeasureOrName, column: str, area: str, spans: Spans) -> tuple[Pair, ...]:
    from .breakdown import split

    return split(ask, measure, column, area, spans).parts


def _sums_of_split(
    ask: Asker, whole: MeasureOrName, counted: Sequence[Counted], rows: Sequence[Pair], first: int
) -> tuple[Sum, ...]:
    """The rows from `first` on add up to the measure they split, where that has a row."""
    name = ask.measure(whole).measure
    total = next((i for i, one in enumerate(counted) if one.measure.measure == name), None)
    if total is None or not rows[first:]:
        return ()
    rest = remainder(rows[total], rows[first:])
    return pairs.sums("change", total, range(first, len(rows))) if rest and rest.known() == (0, 0) else ()


def _said_of(total: Pair) -> str:
    return lower_first(spoken_title(total.label))


def _unlisted(spans: Spans, at: int, total: str) -> Statement:
    return Statement(
        f"The sub-categories listed are not the whole of {total}: {{after}} records in "
        f"{spans.after.label()} and {{before}} in {spans.before.label()} are in others.",
        {"before": Ref("change", at, "before"), "after": Ref("change", at, "after")},
        hidden=f"The sub-categories listed are not the whole of {total}.",
    )


def _spans(period: Period, against: Against) -> Spans:
    return Spans(period.year_before() if against == "year-before" else against, period)


def about(
    ask: Asker, name: str, counted: Sequence[Counted], spans: Spans, area: str, rows: Sequence[Pair] = ()
) -> Findings:
    """Everything about the comparison but its tables and sentences. rows: the pairs in its table, where there are more than were counted."""
    held = [one for one in counted if {one.pair.before, one.pair.after} != {MISSING}]
    every = [figures for one in held for figures in (one.before, one.after)]
    where = named_area(counted, area)
    return Findings(
        name=name,
        title=f"What changed in {where}, {spans.after.label()} compared with {spans.before.label()}",
        tables={},
        shared_methods=(pairs.METHOD,),
        caveats=once(
            (
                *spans.caveats(rows or [one.pair for one in counted]),
                *_recorded(ask, held, spans, area),
                *(c for figures in every for c in figures.caveats),
            )
        ),
        sources=once(source for figures in every for source in figures.sources),
        profile=strictest(one.measure.profile for one in counted),
        meta={"area": where, "area_code": area, "before": spans.before.label(), "after": spans.after.label()},
    )


def named_area(counted: Sequence[Counted], area: str) -> str:
    """The area's name, as any of the figures gives it."""
    return next((one.after.names[area] for one in counted if area in one.after.names), area)


def _recorded(ask: Asker, counted: Sequence[Counted], spans: Spans, area: str) -> tuple[str, ...]:
    """What changed in recording, or in life, in either period, and touches any of the measures."""
    months = (*spans.before.months(), *spans.after.months())
    return once(
        event.note
        for one in counted
        for event in events_for(one.measure, sorted(months), own=ask.definitions, force=ask.force(area))
    )
