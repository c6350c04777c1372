"""A reading: one snapshot opened once on one engine, with its places, so that many measures share what does not change."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from wardwise.records.periods import Period
from wardwise.records.suppliers import in_words
from wardwise.records.tables import TABLES
from wardwise.store import engine as engines
from wardwise.store.dialect import Query

from .kinds import Kind, kind_of
from .query import MEMBERS
from .recorded import grain

if TYPE_CHECKING:
    import pyarrow as pa

    from wardwise.store.supplies import Supply


Pair = tuple[str, str]
"""source, supplier"""


class Held(Protocol):
    """What is read: a store's snapshot, or an example's rows in memory."""

    @property
    def versions(self) -> Mapping[str, int]: ...

    def supplies(self, table: str) -> Sequence[Supply]: ...

    def connection(self) -> Any: ...


class Areas(Protocol):
    """What is asked of places (areas.Places answers it)."""

    def exists(self, code: str) -> bool: ...

    def name(self, code: str) -> str: ...

    def level(self, code: str) -> str: ...

    def parent(self, code: str, level: str) -> str | None: ...

    def children(self, code: str, level: str) -> tuple[str, ...]: ...

    def members(self, codes: Sequence[str]) -> list[tuple[str, str]]: ...

    def force(self, code: str) -> str | None: ...


class Reading:
    """Made by `Reading.of`. Results of queries are kept, since a snapshot never changes."""

    def __init__(self, held: Held, places: Areas, engine: engines.Engine) -> None:
        self.held, self.places, self.engine = held, places, engine
        self._lent: tuple[str, ...] | None = None
        self._weights: set[str] = set()
        self._kept: dict[Any, list[tuple[Any, ...]]] = {}
        self._supplies: dict[str, tuple[Supply, ...]] = {}
        self.reached: dict[str, dict[Pair, frozenset[str]]] = {}
        """For each table, the districts that each source and supplier reaches (coverage.py)."""
        self._loads: dict[tuple[str, Period], tuple[dict[str, Any], ...]] = {}

    @classmethod
    def of(cls, held: Held, engine: str = "duckdb", master: str | None = None) -> Reading:
        """The reading of `held`, opened at most once for each engine. Raises WardwiseError for an unknown engine."""
        kept = _OPEN.setdefault(held, {})
        if (engine, master) not in kept:
            kept[engine, master] = cls(held, _places(held), engines.opened(held, engine, master))
        return kept[engine, master]

    @property
    def versions(self) -> Mapping[str, int]:
        return self.held.versions

    def supplies(self, table: str) -> tuple[Supply, ...]:
        if table not in self._supplies:
            self._supplies[table] = tuple(self.held.supplies(table))
        return self._supplies[table]

    def holds(self, table: str) -> bool:
        """Whether there is any row of a table; where there is none, nothing need be asked of it."""
        return bool(self.supplies(table))

    def loads(self, table: str, period: Period) -> tuple[dict[str, Any], ...]:
        """The supplies of a table that a count over `period` may have read, for provenance."""
        if (table, period) not in self._loads:
            kept = [s for s in self.supplies(table) if _touches(table, s.period, period)]
            self._loads[table, period] = tuple({"table": table, **asdict(supply)} for supply in kept)
        return self._loads[table, period]

    def lend_members(self, areas: Sequence[str]) -> None:
        """Say which small areas make up each of `areas`. Raises WardwiseError when one of them does not exist."""
        if self._lent == tuple(areas):
            return
        self.engine.lend(MEMBERS, members_table(self.places, areas))
        self._lent = tuple(areas)

    def lend_weights(self, name: str, weights: Mapping[str, float]) -> None:
        """Lend a table of (code, days) to the engine under a name of its own."""
        import pyarrow as pa

        if name not in self._weights:
            columns = {"code": pa.array(list(weights), pa.string()), "days": pa.array(weights.values(), pa.float64())}
            self.engine.lend(name, pa.table(columns))
            self._weights.add(name)

    def text(self, query: Query) -> str:
        """The query's text for this engine."""
        return query.text(self.engine.dialect)

    def rows(self, query: Query) -> list[tuple[Any, ...]]:
        """The rows of a query's answer, each a tuple in the order of its columns."""
        sql = self.text(query)
        key = (sql, query.parameters, self._lent)
        if key not in self._kept:
            self._kept[key] = engines.ask(self.engine, query)
        return self._kept[key]

    def forget(self) -> None:
        """Let go of kept answers, so that they are asked for again."""
        self._kept.clear()

    def source(self, name: str, suppliers: Iterable[str]) -> str:
        """A source in words: its title, and who supplied it where that is not always the same."""
        declared = self._sources.get(name, {})
        title = str(declared.get("title", name)).removesuffix(", one row each")
        named = [in_words(supplier) for supplier in suppliers]
        given = declared.get("supplier")
        plain = (isinstance(given, dict) and "constant" in given) or not named or len(named) > 4
        return title if plain else f"{title} ({', '.join(named)})"

    def constant(self, source: str, column: str) -> str:
        """The one value that every row of a source has in a column, as its declaration says; empty when rows differ."""
        columns = self._sources.get(source, {}).get("columns")
        origin = columns.get(column) if isinstance(columns, dict) else None
        return str(origin.get("constant") or "") if isinstance(origin, dict) else ""

    def always(self, source: str, column: str) -> bool:
        """Whether a source's declaration says that its files must have a column."""
        columns = self._sources.get(source, {}).get("columns")
        origin = columns.get(column) if isinstance(columns, dict) else None
        return isinstance(origin, dict) and origin.get("optional") is not True

    def unbroken(self, source: str) -> bool:
        """Whether a source's declaration says that its files leave out no month in which there was anything."""
        return self._sources.get(source, {}).get("unbroken") is True

    @cached_property
    def _sources(self) -> dict[str, dict[str, Any]]:
        from wardwise.definitions.find import files, read

        own = getattr(self.held, "folder", None)
        declared = (read(path) for path in files("sources", own / "definitions" if own else None))
        return {str(one.get("source")): one for one in declared}


_OPEN: weakref.WeakKeyDictionary[Any, dict[tuple[str, str | None], Reading]] = weakref.WeakKeyDictionary()


def members_table(places: Areas, areas: Sequence[str]) -> pa.Table:
    """member_code, area_code, level, grain: each small area of each area asked for, and the grain of the latter."""
    import pyarrow as pa

    pairs = places.members(list(areas))
    columns = {
        "member_code": [member for member, _ in pairs],
        "area_code": [area for _, area in pairs],
        "level": [places.level(member) for member, _ in pairs],
        "grain": [grain(places.level(area)) for _, area in pairs],
    }
    return pa.table(columns, schema=pa.schema([(name, pa.string()) for name in columns]))


def _touches(table: str, supplied: str, period: Period) -> bool:
    """Whether a supply may matter to a period. A stated total may be for the year that its month begins; of states, the
    edition that counts may be any up to the period's end."""
    if TABLES[table].period != "month":
        return supplied[:4] <= period.end[:4]
    first = period.shift(-11).start if kind_of(table) is Kind.TOTALS else period.start
    return first <= supplied <= period.end


def tables_read(records: Sequence[str]) -> tuple[str, ...]:
    """The tables that counts over `records` read, by name; casualties are placed and dated by their collisions,
    and every count is placed by the links between areas."""
    more = ("collisions",) if "casualties" in records else ()
    return tuple(name for name in TABLES if name in {*records, *more, "area_links", "boundaries"})


def _places(held: Held) -> Areas:
    """An example brings its own places; a store's are loaded."""
    own: Areas | None = getattr(held, "places", None)
    if own is not None:
        return own
    from wardwise.store import Snapshot, places

    assert isinstance(held, Snapshot)
    return places.load(held)
