"""From a declaration and a file's header to SQL: the typed columns of the canonical table, and for each record what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from ..records.columns import Column, Type
from ..store.duckdb import SQL_TYPES
from ..store.duckdb import name as identifier
from ..store.duckdb import text as quoted
from . import kinds
from .declaration import KIND_OF, Kind, Source
from .declaration import Mapping as Origin

_FITTING = "^[A-Za-z0-9][A-Za-z0-9._-]*$"
"""The same as store.supplies.fits: what can name a folder."""


@dataclass(frozen=True)
class Frame:
    """What is known of the file that a mapping is written for.

    header: for each heading, folded (see `fold`), the SQL name of its raw column. file: the file's name, for mappings that read it.
    month: the current month; later ones are refused. names: suppliers already worked out, so that SQL need not.
    sheet: the name of the workbook's sheet; empty for other files.
    """

    header: Mapping[str, str]
    file: str
    month: str
    names: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""


def fold(heading: str) -> str:
    """A heading as headings are compared: no byte order mark, no outer or doubled spaces, no capitals."""
    return " ".join(heading.replace("\ufeff", "").replace("\xa0", " ").split()).casefold()


def numbered(header: Sequence[str]) -> tuple[str, ...]:
    """The headings, with the second of a name called “name (2)”, the third “name (3)”."""
    met: Counter[str] = Counter()
    told = []
    for heading in header:
        met[fold(heading)] += 1
        number = met[fold(heading)]
        told.append(heading if number == 1 or not heading.strip() else f"{heading.strip()} ({number})")
    return tuple(told)


def select(source: Source, columns: Mapping[str, Origin], frame: Frame, relation: str, keep: Sequence[str] = ()) -> str:
    """SQL for one record of each row of `relation`: `keep`, the table's columns, and `problem` (NULL, or the reason in words).

    relation: rows of clean text, outer spaces gone and NULL where empty.
    """
    origins = {"supplier": source.supplier, **columns}
    typed, problems = [], []
    for column in source.canonical.columns:
        value, problem = _column(source, column, origins.get(column.name), frame)
        typed.append(f"{value} AS {identifier(column.name)}")
        problems.extend(problem)
    reasons = " ".join(f"WHEN {condition} THEN {quoted(reason)}" for condition, reason in problems)
    kept = "".join(f"{each}, " for each in keep)
    inner = f"SELECT *, {', '.join(typed)} FROM {relation}"
    listed = ", ".join(identifier(column) for column in source.canonical.names)
    return f"SELECT {kept}{listed}, CASE {reasons} END AS problem FROM ({inner})"


def _column(source: Source, column: Column, origin: Origin | None, frame: Frame) -> tuple[str, list[tuple[str, str]]]:
    if column.name == "source":
        return quoted(source.source), []
    if column.name in ("longitude", "latitude") and on_grid(source, frame):
        given = kinds.READ["number"](_raw(origin, frame), ()) if origin else "NULL"
        value = f"coalesce(_{column.name}, {given})"
        return value, [*_off_the_grid(source, column, frame), *_bounds(column)]
    if origin is None:
        return f"NULL::{SQL_TYPES[column.type]}", list(_bounds(column))
    raw = _raw(origin, frame)
    kind = origin.kind or ("slug" if column.name == "supplier" else KIND_OF[column.type])
    value = _known(raw, kind, frame) if kind in ("slug", "force") else kinds.READ[kind](raw, origin.formats)
    if origin.year is not None:
        value = kinds.month_of(raw, _year(source, origin.year, frame))
    heading = _heading(origin, column)
    unread = []
    if kind in kinds.TITLES and origin.constant is None:
        name = identifier(column.name)
        wrong = f"{raw} IS NOT NULL AND {name} IS NULL"
        if kind == "number":
            wrong += f" OR NOT isfinite({name})"
        unread = [(wrong, f"{heading} is not {kinds.TITLES[kind]}")]
    checks = [*unread, *_checks(source, column, heading, frame)]
    if origin.minimum is not None:
        checks.append((f"{identifier(column.name)} < {origin.minimum}", f"{heading} is below {origin.minimum:g}"))
    if origin.matching is not None:
        wrong = f"NOT regexp_matches({identifier(column.name)}, {quoted(origin.matching)})"
        checks.append((wrong, f"{heading} holds something else: the row's cells may stand in the wrong columns"))
    return f"({value})::{SQL_TYPES[column.type]}", checks


def _year(source: Source, name: str, frame: Frame) -> str:
    """The text that holds the year: a group of the unpivoted heading, or a cell of the row."""
    origin = {"group": name} if name in source.groups else {"from": name}
    return _raw(Origin.model_validate(origin), frame)


def on_grid(source: Source, frame: Frame) -> bool:
    """Whether points are to be read from eastings and northings: always, unless they are optional and the file has none."""
    point = source.point
    if point is None or not point.optional:
        return point is not None
    return all(any(fold(each) in frame.header for each in names) for names in (point.easting, point.northing))


def grid(source: Source, frame: Frame) -> tuple[tuple[str, str], tuple[str, str]]:
    """For easting and northing: the clean text, and the number it is read as."""
    point = source.point
    assert point is not None
    raw = [_raw(Origin.model_validate({"from": names}), frame) for names in (point.easting, point.northing)]
    easting, northing = ((x, kinds.READ["number"](x, ())) for x in raw)
    return easting, northing


def _off_the_grid(source: Source, column: Column, frame: Frame) -> Iterator[tuple[str, str]]:
    easting, northing = grid(source, frame)
    raw, number = easting if column.name == "longitude" else northing
    word = "easting" if column.name == "longitude" else "northing"
    yield f"{raw} IS NOT NULL AND {number} IS NULL", f"The {word} is not a number"
    yield (
        f"{number} IS NOT NULL AND _{column.name} IS NULL",
        "The easting and northing are not on the British National Grid",
    )


def _raw(origin: Origin, frame: Frame) -> str:
    """An expression for the text with words replaced, NULL where it says that it is not known."""
    if origin.constant is not None:
        return quoted(origin.constant)
    if origin.file is not None:
        return _from_name(origin, origin.file, frame.file)
    if origin.sheet is not None:
        return _from_name(origin, origin.sheet, frame.sheet)
    if origin.cell:
        return _worded("_cell", origin)
    if origin.group is not None:
        return _worded(identifier(f"_group_{origin.group}"), origin)
    found = next((frame.header[fold(each)] for each in origin.columns if fold(each) in frame.header), None)
    if found is None:
        return quoted(origin.default) if origin.default is not None else "NULL::VARCHAR"
    return _worded(found, origin)


def _worded(x: str, origin: Origin) -> str:
    cases = [f"WHEN {quoted(each.casefold())} THEN NULL" for each in origin.empty]
    cases += [f"WHEN {quoted(key.casefold())} THEN {_word(value)}" for key, value in origin.words.items()]
    if cases:
        x = f"CASE lower({x}) {' '.join(cases)} ELSE {x} END"
    return f"coalesce({x}, {quoted(origin.default)})" if origin.default is not None else x


def _word(value: str | bool | int | float | None) -> str:
    return "NULL" if value is None else quoted(str(value).lower() if isinstance(value, bool) else str(value))


def _from_name(origin: Origin, pattern: str, name: str) -> str:
    import re

    found = re.search(pattern, name, re.IGNORECASE)
    if not found or not found["value"]:
        return quoted(origin.default) if origin.default is not None else "NULL::VARCHAR"
    words = {key.casefold(): value for key, value in origin.words.items()}
    return _word(words.get(found["value"].casefold(), found["value"]))


def _known(raw: str, kind: Kind, frame: Frame) -> str:
    """Names met at the head of the file are looked up; only others are worked out one by one."""
    cases = " ".join(f"WHEN {quoted(key)} THEN {quoted(value)}" for key, value in frame.names.items())
    worked_out = kinds.READ[kind](raw, ())
    return f"CASE {raw} {cases} ELSE {worked_out} END" if cases else worked_out


def _heading(origin: Origin, column: Column) -> str:
    return origin.columns[0] if origin.columns else column.name.replace("_", " ").capitalize()


def _checks(source: Source, column: Column, heading: str, frame: Frame) -> Iterator[tuple[str, str]]:
    """Conditions that make a record impossible, each with its reason; all from the table's declaration."""
    name = identifier(column.name)
    if column.required:
        yield f"{name} IS NULL", f"{heading} is missing"
    if column.values:
        allowed = ", ".join(quoted(value) for value in column.values)
        yield f"{name} NOT IN ({allowed})", f"{heading} is not one of {', '.join(column.values)}"
    yield from _bounds(column, heading)
    if column.type is Type.MONTH and column.name == source.canonical.period:
        yield f"{name} > {quoted(frame.month)}", f"{heading} is in the future"
    if column.name in source.canonical.supply and column.type is not Type.MONTH:
        yield (
            f"NOT regexp_matches({name}, {quoted(_FITTING)})",
            f"{heading} may hold only letters, digits, dots and hyphens",
        )


def _bounds(column: Column, heading: str = "") -> Iterator[tuple[str, str]]:
    name, heading = identifier(column.name), heading or column.name.capitalize()
    if column.minimum is not None:
        yield f"{name} < {column.minimum}", f"{heading} is below {column.minimum:g}"
    if column.maximum is not None:
        yield f"{name} > {column.maximum}", f"{heading} is above {column.maximum:g}"


def cell_filter(columns: Mapping[str, Origin]) -> str:
    """The condition that an unpivoted cell says something."""
    origin = next(origin for origin in columns.values() if origin.cell)
    return f"{_worded('_cell', origin)} IS NOT NULL"


def headings(source: Source) -> tuple[tuple[str, ...], ...]:
    """The headings that a file of this source must have; of each group, one."""
    wanted = [origin.columns for _, origin in source.mappings() if origin.columns and not origin.optional]
    years = [(o.year,) for _, o in source.mappings() if o.year is not None and o.year not in source.groups]
    point = [source.point.easting, source.point.northing] if source.point and not source.point.optional else []
    return tuple(dict.fromkeys(chain(wanted, years, point, ((each,) for each in source.recognise.columns))))
