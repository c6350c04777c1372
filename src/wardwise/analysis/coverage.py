"""What do we not know? What was supplied and what was not, rows without a place, and changes of recording."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from wardwise.records.cells import NOT_APPLICABLE
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period
from wardwise.records.suppliers import in_words
from wardwise.records.tables import TABLES

from .about import FROM
from .asking import Asker, MeasureOrName, asker, missing_months, once
from .recording import events
from .supplied import Held, held_for, not_held, not_held_statement, not_held_table, supplied_table
from .words import listed, literal, lower_first, months_in_words, plural, spoken_title

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

PLACED = ("street_crime", "offences", "incidents", "stop_and_search", "collisions")
"""Tables whose rows may lack a place."""
PLACES = {"collisions": ("area_code", "authority_code")}
"""Columns of which any puts a row in an area, where that is not the small area alone."""


def known(
    source: Snapshot | Asker,
    measures: Sequence[MeasureOrName],
    area: str,
    period: Period,
    *,
    changes: bool = True,
    narrow: bool = False,
    name: str = "coverage",
) -> Findings:
    """What is held for an area over `period` and the year before. Tables: `supplied` (every source and supplier that
    speaks for the area), `not_held` (kinds of records that could be read and are not held), `months` (the
    months that each measure lacks), `unplaced` (rows without a place), `recording` (changes that look like changes in crime).

    changes: whether sentences tell those changes too, for a product that does not tell them elsewhere. narrow: for a product on one subject; only
    its own period, and only the records that its measures count."""
    ask = asker(source)
    window = period if narrow else Period(period.year_before().start, period.end)
    tables_ = {ask.measure(measure).count.records for measure in measures} if narrow else set(TABLES)
    gaps = [(ask.measure(measure).title, _gaps(ask, measure, area, window)) for measure in measures]
    unplaced = tuple(_unplaced(ask, area, window, tables_))
    where = ask.places.name(area)
    held, absent = held_for(ask, area, tables_ if narrow else ()), () if narrow else not_held(ask)
    if narrow:
        held = _of_measures(held, ask, measures, area, window)
    tables = (
        supplied_table(held),
        not_held_table(absent),
        _months(gaps, window),
        _unplaced_table(unplaced, window),
        _recording(window, ask.definitions, ask.places.force(area)),
    )
    return Findings(
        name=name,
        title=f"What was supplied for {where}, and what was not",
        tables={table.name: table for table in tables},
        statements=(
            *_gap_statements(gaps, window, _sources(ask, measures)),
            *not_held_statement(absent),
            *_unplaced_statements(unplaced, window),
            *(_recording_statements(tables[-1]) if changes else ()),
        ),
        method="A month is held when its supplier's file was imported; a month not supplied is never counted as 0.",
        caveats=() if narrow else ("Much crime is never reported to anyone, so it is in none of the files held.",),
        sources=(),
        meta={"area": where, "area_code": area, "window": window.label()},
    )


def recording(
    area: str, period: Period, *, own: Path | None = None, force: str | None = None, name: str = "recording"
) -> Findings:
    """Changes in recording and publishing within `period` and the year before, in the area of `force`: table `recording`.
    own: a partnership's own folder of definitions, which adds to the national register."""
    window = Period(period.year_before().start, period.end)
    table = _recording(window, own, force)
    said = _recording_statements(table) or (
        Statement(f"No change in recording or publishing is known for {window.label()}."),
    )
    return Findings(
        name=name,
        title=f"Changes in recording and publishing, {window.label()}",
        tables={"recording": table},
        statements=said,
        meta={"area_code": area},
    )


def _gaps(ask: Asker, measure: MeasureOrName, area: str, window: Period) -> tuple[str, ...]:
    return missing_months(ask.figures(ask.measure(measure), [area], window, ["month"]), area)


def _of_measures(
    held: Sequence[Held], ask: Asker, measures: Sequence[MeasureOrName], area: str, window: Period
) -> tuple[Held, ...]:
    """Of the sources held, those that the measures were counted from; all of them where none was supplied."""
    each = (ask.figures(ask.measure(measure), [area], window, ["month"]) for measure in measures)
    said = {source for found in each if len(missing_months(found, area)) < window.length for source in found.sources}
    return tuple(one for one in held if any(one.named_in(source) for source in said)) or tuple(held)


def _months(gaps: Sequence[tuple[str, tuple[str, ...]]], window: Period) -> Table:
    columns = (
        Column("label", Role.LABEL, "Measure"),
        Column("held", Role.BASE, f"Months held of {window.length}"),
        Column("missing", Role.NOTE, "Not supplied"),
    )
    rows: tuple[Row, ...] = tuple(
        {"label": title, "held": window.length - len(gone), "missing": months_in_words(gone) or "none"}
        for title, gone in gaps
    )
    return Table("months", f"Months held, {window.label()}", columns, rows)


def _sources(ask: Asker, measures: Sequence[MeasureOrName]) -> dict[str, str]:
    """“ from the force's own offence extract”, by the title of the measure that rests on it; empty for a partner's file."""
    each = [ask.measure(measure) for measure in measures]
    return {one.title: f" from {FROM[one.count.records]}" for one in each if one.count.records in FROM}


def _gap_statements(
    gaps: Sequence[tuple[str, tuple[str, ...]]], window: Period, sources: Mapping[str, str]
) -> tuple[Statement, ...]:
    lacking = [(title, gone) for title, gone in gaps if gone]
    if not lacking and gaps:
        return (Statement(f"Every month from {window.label()} was supplied for the measures used here."),)
    whole = [title for title, gone in lacking if len(gone) == window.length]
    of_source: dict[str, list[str]] = {}
    for title in whole:
        of_source.setdefault(sources.get(title, ""), []).append(lower_first(spoken_title(title)))
    names = literal("; on ".join(listed(titles) + source for source, titles in of_source.items()))
    none = [Statement(f"Nothing was supplied for {window.label()} on {names}.")] if whole else []
    alike: dict[tuple[str, ...], list[str]] = {}
    for title, gone in lacking:
        if title not in whole:
            alike.setdefault(gone, []).append(spoken_title(title))
    return tuple(none) + tuple(
        Statement(
            f"{literal(listed([titles[0], *map(lower_first, titles[1:])]))}: {months_in_words(gone)} "
            f"{'was' if len(gone) == 1 else 'were'} not supplied ({len(gone)} of {plural(window.length, 'month')}), so nothing is "
            "said about them."
        )
        for gone, titles in alike.items()
    )


def _unplaced(ask: Asker, area: str, window: Period, tables: Collection[str]) -> Iterator[tuple[str, str, int, int]]:
    """table title, supplier, rows, rows without a place; of the area's own force where the table is a force's."""
    force = ask.places.force(area)
    for name in PLACED:
        if name not in tables or not ask.snapshot.supplies(name):
            continue
        nowhere = " AND ".join(f"coalesce({column}, '') = ''" for column in PLACES.get(name, ("area_code",)))
        sql = (
            f"SELECT supplier, count(*), count(*) FILTER (WHERE {nowhere}) FROM {name} "  # noqa: S608
            "WHERE month BETWEEN ? AND ? GROUP BY supplier ORDER BY supplier"
        )
        answer = ask.snapshot.fetch(sql, [window.start, window.end])
        for supplier, rows, lost in zip(*(column.to_pylist() for column in answer.columns), strict=True):
            if lost and (supplier == force or name in ("incidents", "collisions") or force is None):
                yield TABLES[name].title, supplier, rows, lost


def _unplaced_table(found: Iterable[tuple[str, str, int, int]], window: Period) -> Table:
    columns = (
        Column("label", Role.LABEL, "Records"),
        Column("supplier", Role.LABEL, "Supplier"),
        Column("lost", Role.COUNT, "Without a place"),
        Column("rows", Role.COUNT, "Rows"),
        Column("share", Role.PERCENT, "Share", of=("lost", "rows"), decimals=1),
    )
    rows: tuple[Row, ...] = tuple(
        {
            "label": title,
            "supplier": supplier.replace("-", " "),
            "lost": lost,
            "rows": rows,
            "share": float(Fraction(100 * lost, rows)) if rows else NOT_APPLICABLE,
        }
        for title, supplier, rows, lost in found
    )
    return Table("unplaced", f"Rows that could not be placed, {window.label()}", columns, rows)


def _unplaced_statements(found: Sequence[tuple[str, str, int, int]], window: Period) -> tuple[Statement, ...]:
    formats = {"lost": "count", "rows": "count", "share": "percent"}
    return tuple(
        Statement(
            f"{literal(title)} ({literal(in_words(supplier))}), {window.label()}: {{lost}} of {{rows}} rows ({{share}}) have no place, "
            "so they are in no area's count.",
            {name: Ref("unplaced", at, name) for name in formats},
            formats,
        )
        for at, (title, supplier, _, _) in enumerate(found)
    )


def _recording(window: Period, own: Path | None = None, force: str | None = None) -> Table:
    columns = (
        Column("period", Role.PERIOD, "When"),
        Column("label", Role.LABEL, "Change"),
        Column("text", Role.LABEL, "What it means"),
        Column("source", Role.LABEL, "Source"),
    )
    rows = tuple(
        {"period": Period(e.month, e.until).text(), "label": e.label, "text": e.note, "source": e.source}
        for e in events(own)
        if e.month <= window.end and e.until >= window.start and e.within(force)
    )
    return Table("recording", "Changes in recording and publishing", columns, rows)


def _recording_statements(table: Table) -> tuple[Statement, ...]:
    return tuple(Statement(literal(text)) for text in once(str(row["text"]) for row in table.rows))
