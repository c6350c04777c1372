"""The road back from a figure's id to the definition, the loads, the query and the source rows it was counted from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from wardwise.definitions.find import DefinitionError
from wardwise.records.columns import Sensitivity, Table, Type
from wardwise.records.errors import WardwiseError
from wardwise.records.figures import Figure, Key, Provenance, Vintage
from wardwise.records.tables import TABLES
from wardwise.store import NOT_HELD

from .calculate import calculate
from .catalogue import load
from .definition import Measure
from .kinds import PERIODS, Kind
from .query import rows as query_of_rows
from .reading import Held, Reading

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Stored(Protocol):
    """A store: opened at the versions a figure was made from."""

    @property
    def definitions(self) -> Path: ...

    def at(self, as_of: None = None, versions: Mapping[str, int] | None = None) -> Held: ...


@dataclass(frozen=True)
class Explanation:
    """figure: worked out again from the same versions. changed: what the definition is now, when it is not what it was.

    columns, rows: the first source rows behind the count. withheld: columns left out because they may tell of a person.
    """

    figure: Figure
    measure: Measure
    unit: str
    area_name: str
    vintage: Vintage
    provenance: Provenance
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    withheld: tuple[str, ...]
    caveats: tuple[str, ...]

    @property
    def definition_changed(self) -> bool:
        return self.measure.version != self.vintage.definition


def explain(
    figure_id: str, store: Stored, *, rows: int = 10, identifiers: bool = False, engine: str = "duckdb"
) -> Explanation:
    """Work the figure out again from exactly the versions in its id, and fetch the first `rows` behind it.

    identifiers: show columns that may tell of a person. Raises WardwiseError when the id cannot be read, the measure is gone,
    or this is not the store that the figure came from.
    """
    key, vintage = _read(figure_id)
    measure = _measure(key, store)
    held = store.at(versions={**dict.fromkeys(_counted(measure), NOT_HELD), **_known(vintage)})
    columns = tuple((name, value) for name, value in key.group if name not in PERIODS)
    group = tuple(value for _, value in columns)
    figures = calculate(
        measure, held, [key.area], key.period, [name for name, _ in key.group], engine, groups=(group,) if group else ()
    )
    figure = next(figure for figure in figures.figures if figure.key.group == key.group)
    shown, hidden = _columns(measure.count.table, identifiers)
    found = _rows(measure, held, engine, figure, columns, shown, rows)
    return Explanation(
        figure, measure, figures.unit, figures.names[key.area], vintage, figures.provenance,
        shown, found, hidden, figures.caveats,
    )  # fmt: skip


def _read(figure_id: str) -> tuple[Key, Vintage]:
    """The id's two parts. Pages and documents put invisible break marks into long ids; they are left out."""
    plain = "".join(letter for letter in figure_id if letter.isprintable()).strip()
    key, mark, vintage = plain.rpartition("@")
    try:
        if not mark:
            raise ValueError(figure_id)
        return Key.of(key), Vintage.of(vintage)
    except ValueError as error:
        raise WardwiseError(
            "This is not a figure's id.",
            where=figure_id,
            next_step="Copy the whole id, from the measure's name to the last version number.",
        ) from error


def _known(vintage: Vintage) -> dict[str, int]:
    """The versions in an id. Raises WardwiseError for a table that there is not."""
    for name, _ in vintage.versions:
        if name not in TABLES:
            raise WardwiseError(
                f"The figure's id names a table that there is not: “{name}”.",
                where=f"@{vintage.text()}",
                next_step="Copy the whole id from the product, for example from its list of figures.",
            )
    return dict(vintage.versions)


def _counted(measure: Measure) -> tuple[str, ...]:
    """The tables that are counted: one that is not in an id was not held when the figure was made."""
    return tuple(count.records for count in (measure.count, measure.base) if count)


def _measure(key: Key, store: Stored) -> Measure:
    try:
        return load(key.measure, store.definitions)
    except DefinitionError as error:
        raise WardwiseError(error.what, where=error.where, next_step=error.next_step) from error


def _columns(table: Table, identifiers: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Columns to show and columns withheld."""
    hidden = tuple(column.name for column in table.columns if column.sensitivity is not Sensitivity.OPEN)
    if identifiers:
        hidden = ()
    readable = tuple(column.name for column in table.columns if column.type is not Type.BYTES)
    return tuple(name for name in readable if name not in hidden), hidden


def _rows(
    measure: Measure, held: Held, engine: str, figure: Figure, groups: Sequence[tuple[str, str]],
    columns: Sequence[str], limit: int,
) -> tuple[tuple[Any, ...], ...]:  # fmt: skip
    reading = Reading.of(held, engine)
    reading.lend_members([figure.key.area])
    states = measure.count.kind is Kind.STATES
    edition = figure.note.rstrip(".").rpartition(" ")[2].removeprefix("Mid-")
    chosen = [*groups, *([(measure.count.table.period, edition)] if states and edition else [])]
    query = query_of_rows(measure.count, None if states else figure.key.period, chosen, measure.lists, columns, limit)
    return tuple(reading.rows(query))
