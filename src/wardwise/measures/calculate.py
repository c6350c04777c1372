"""From a definition and a store to figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from wardwise.records.errors import WardwiseError
from wardwise.records.figures import Figure, Figures, Key, Provenance, Vintage
from wardwise.records.periods import Period

from . import parts
from .bases import bases
from .catalogue import load
from .conditions import ConditionError
from .counting import tally
from .definition import Measure, dimension
from .kinds import PERIODS
from .reading import Held, Reading, tables_read
from .tally import Asked, Cell, Group, Tallies, Tally
from .values import Value, values


def calculate(
    measure: Measure | str,
    snapshot: Held,
    areas: Sequence[str],
    period: Period,
    by: Sequence[str] = ("month",),
    engine: str = "duckdb",
    *,
    master: str | None = None,
    own: Path | None = None,
    groups: tuple[Group, ...] = (),
) -> Figures:
    """The figures of one measure for each of `areas`, split `by` month, quarter, year, financial_year or columns of its table.

    Without a part of time in `by` there is one figure for the whole period. own: a partnership's own folder of definitions;
    the store's unless given. groups: groups to state even where they do not occur. Raises WardwiseError for an area or split that does not exist, and DefinitionError for a measure that cannot be read.
    """
    measure = definition_of(measure, snapshot, own)
    asked = ask(measure, areas, period, by)
    reading = Reading.of(snapshot, engine, master)
    reading.lend_members(asked.areas)
    base = bases(measure, asked, reading)
    counts = tally(measure.count, replace(asked, groups=_to_state(groups, measure, base)), reading, measure.lists)
    return _as_figures(measure, asked, reading, counts, base)


def definition_of(measure: Measure | str, snapshot: Held, own: Path | None = None) -> Measure:
    """The measure itself where a name is given; a partnership's own definitions come first, those of the store unless told."""
    if isinstance(measure, Measure):
        return measure
    folder = getattr(snapshot, "folder", None)
    return load(measure, own or (folder / "definitions" if folder else None))


def ask(measure: Measure, areas: Sequence[str], period: Period, by: Sequence[str]) -> Asked:
    """What is asked, checked. Raises WardwiseError when nothing is asked of anywhere, or a split does not exist."""
    if not areas:
        raise WardwiseError("No area was asked for.", next_step="Name at least one area's code, e.g. --area E06000009.")
    columns = tuple(dict.fromkeys(name for name in by if name not in PERIODS and name != "area"))
    try:
        for name in columns:
            dimension(measure.count.table, name)
    except ConditionError as error:
        raise WardwiseError(f"{error}.", where=measure.measure, next_step="Change --by.") from error
    split = parts.finest(by)
    named = tuple(dict.fromkeys(name for name in by if name != "area"))
    return Asked(tuple(dict.fromkeys(areas)), period, named, split, parts.split_period(period, split), columns)


def _as_figures(measure: Measure, asked: Asked, reading: Reading, counts: Tallies, base: Tallies | None) -> Figures:
    groups = counts.groups or ((),)
    cells = [(area, part, group) for area in asked.areas for part in asked.parts for group in groups]
    pairs = [(counts.at(*cell), _base_at(base, cell)) for cell in cells]
    vintage = Vintage(measure.version, _versions(measure, reading))
    labels = {(part, group): _labels(asked, part, group) for part in asked.parts for group in groups}
    figures = tuple(
        _figure(Key(measure.measure, area, asked.parts[part], labels[part, group]), vintage, pair, value)
        for (area, part, group), pair, value in zip(cells, pairs, values(measure, pairs), strict=True)
    )
    return Figures(
        measure.measure, measure.title, measure.question, measure.unit, measure.per, measure.better,
        asked.by, figures, _provenance(measure, asked, reading, counts, base), measure.caveats_for(asked.period),
        tuple(_sources(measure, asked, reading, counts, base)), {area: reading.places.name(area) for area in asked.areas},
    )  # fmt: skip


def _to_state(groups: tuple[Group, ...], measure: Measure, base: Tallies | None) -> tuple[Group, ...]:
    """Groups to state at all events. A share has a figure for every group of its base, 0 where none of it was counted."""
    return (*groups, *base.groups) if base is not None and measure.is_share and base.groups != ((),) else groups


def _base_at(base: Tallies | None, cell: Cell) -> Tally | None:
    """The base of a cell: of its group where the base is split too, else of its area and part."""
    if base is None:
        return None
    return base.cells.get(cell) or base.at(cell[0], cell[1], ())


def _labels(asked: Asked, part: str, group: Group) -> tuple[tuple[str, str], ...]:
    """(split, value) in the order asked for; the month is the figure's own period and is left out."""
    held = dict(zip(asked.dimensions, group, strict=False))
    start = asked.parts[part].start
    return tuple(
        (name, parts.label(start, name) if name in PERIODS else held[name])
        for name in asked.by
        if name != "month" and (name in PERIODS or name in held)
    )


def _figure(key: Key, vintage: Vintage, pair: tuple[Tally, Tally | None], value: Value) -> Figure:
    count, base = pair
    n = None if base is None or count.n is None else base.n
    return Figure(key, vintage, count.n, n, *value, count.note)


def _versions(measure: Measure, reading: Reading) -> tuple[tuple[str, int], ...]:
    return tuple((table, reading.versions[table]) for table in _tables(measure) if table in reading.versions)


def _tables(measure: Measure) -> tuple[str, ...]:
    return tables_read([count.records for count in (measure.count, measure.base) if count])


def _provenance(measure: Measure, asked: Asked, reading: Reading, counts: Tallies, base: Tallies | None) -> Provenance:
    return Provenance(
        reading.engine.name, counts.query, counts.parameters, measure.file,
        tuple(supply for table in _tables(measure) for supply in reading.loads(table, asked.period)),
        (*counts.checks, *(base.checks if base else ())),
    )  # fmt: skip


def _sources(measure: Measure, asked: Asked, reading: Reading, counts: Tallies, base: Tallies | None) -> Iterator[str]:
    """The sources of what was counted and of its base, each once, in words, with the suppliers that speak for the areas. Of
    populations and other states only the editions that were used are named."""
    speaking = {measure.count.records: counts.pairs}
    if measure.base is not None and base is not None:
        speaking[measure.base.records] = base.pairs | speaking.get(measure.base.records, frozenset())
    suppliers: dict[str, dict[str, None]] = {}
    for table, pairs in speaking.items():
        for supply in reading.loads(table, asked.period):
            if not pairs or (supply["source"], supply["supplier"]) in pairs:
                suppliers.setdefault(supply["source"], {})[supply["supplier"]] = None
    for source, names in suppliers.items():
        yield reading.source(source, names)
