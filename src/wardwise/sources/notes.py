"""Counts what a source asks to have counted in rows that are accepted as they are."""

from __future__ import annotations

from sqlglot import exp

from ..store.dialect import Query, Values
from ..store.engine import Engine, ask
from .declaration import Note, Source
from .staged import PART, StagedParts


def count(staged: StagedParts, engine: Engine) -> None:
    """Fill `notes` of the staged parts: for each thing to say, how many rows. engine: opened over them."""
    sources = {part.found.source.source: part.found.source for part in staged.parts.values() if part.files}
    for source in sources.values():
        for note in source.notes:
            if note.count == "elsewhere":
                continue  # counted for all parts at once, when all look-ups have been read
            for key, rows in ask(engine, _query(source, note)):
                staged.parts[key].notes[note.say] = rows


def _query(source: Source, note: Note) -> Query:
    """How many rows of each part the note is true of; parts with none are left out."""
    values = Values()
    first, part = exp.column(note.of[0]), exp.column(PART)
    given = {"source": source.source, **note.where}
    tests = [exp.EQ(this=exp.column(name), expression=values.bind(value)) for name, value in given.items()]
    rows = exp.Select().from_(exp.table_(source.table)).where(*tests)
    if note.count == "empty":
        found = rows.where(first.is_(exp.null())).select(part, exp.Count(this=exp.Star())).group_by(part.copy())
        return Query(found, values.parameters)
    keys = [part, *map(exp.column, note.of)]
    known = exp.Not(this=first.is_(exp.null()))
    alike = rows.where(known).select(part, exp.alias_(exp.Count(this=exp.Star()), "alike")).group_by(*keys)
    more = exp.GT(this=exp.column("alike"), expression=exp.Literal.number(1))
    extra = exp.Sub(this=exp.Sum(this=exp.column("alike")), expression=exp.Count(this=exp.Star()))
    counted = exp.Select().select(part.copy(), exp.cast(extra, "bigint")).from_(alike.subquery("same"))
    return Query(counted.where(more).group_by(part.copy()), values.parameters)
