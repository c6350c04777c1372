"""Which files speak for an area, and which kinds of records are not held at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from wardwise.records.cells import NOT_APPLICABLE
from wardwise.records.findings import Column, Role, Row, Statement, Table
from wardwise.records.periods import Period, is_month
from wardwise.records.suppliers import in_words
from wardwise.records.tables import TABLES
from wardwise.store.supplies import months_between

from .asking import Asker
from .words import listed, literal, lower_first, months_in_words

OF_FORCES = ("street_crime", "offences", "outcomes", "stop_and_search")
"""Tables whose sources each cover a whole police force: the area's own force speaks for it."""

EVENTS = (*OF_FORCES, "incidents", "published_series", "service_returns", "collisions", "casualties")
"""Tables of events and stated totals; the others are for reference."""

REFERENCE = "Reference files (populations, look-ups, outlines, deprivation, code lists)"


@dataclass(frozen=True)
class Held:
    """One source of one supplier: its periods in order, and its rows. All of the supplier's rows, not the area's alone.

    none: months without a row that lie inside a file which leaves nothing out: supplied, and nothing happened."""

    title: str
    supplier: str
    periods: tuple[str, ...]
    rows: int
    none: frozenset[str] = frozenset()

    def named_in(self, source: str) -> bool:
        """Whether a figure's source in words, such as “Hate incidents (Lancashire)”, names this one."""
        title = _plain(self.title)
        return source == title or (source.startswith(title) and self.supplier in source)


def held_for(ask: Asker, area: str, only: Collection[str] = ()) -> tuple[Held, ...]:
    """Sources that speak for the area, by title; then one line for all reference files. only: tables to keep to, without the reference files."""
    titles, names, whole = source_titles(), _suppliers(), _unbroken()
    found = [
        Held(
            titles.get(source, source),
            names.get(source) or in_words(supplier),
            tuple(sorted(periods)),
            rows,
            _none(ask, table, source, supplier) if source in whole else frozenset(),
        )
        for (source, supplier, table), (periods, rows) in _slots(
            ask, [table for table in EVENTS if not only or table in only]
        ).items()
        if (source, supplier) in _speaking(ask, table, area)
    ]
    reference = _slots(ask, [] if only else [table for table in TABLES if table not in EVENTS])
    files = sum(len(periods) for periods, _ in reference.values())
    last = Held(REFERENCE, "", ("",) * files, sum(rows for _, rows in reference.values()))
    return (*sorted(found, key=lambda held: (held.title, held.supplier)), *([last] if files else []))


def _none(ask: Asker, table: str, source: str, supplier: str) -> frozenset[str]:
    given = [s for s in ask.snapshot.supplies(table) if (s.source, s.supplier) == (source, supplier)]
    return months_between(given) - {supply.period for supply in given}


def not_held(ask: Asker) -> tuple[str, ...]:
    """Titles of the sources that carry prescribed information (SI 2007/1831, as their declarations say under `prescribed`) and
    of which nothing is held."""
    from wardwise.definitions.find import files, read

    declared = [one for path in files("sources") if (one := read(path)).get("prescribed")]
    present = {source for source, _, _ in _slots(ask, EVENTS)}
    return tuple(sorted({_plain(str(one.get("title"))) for one in declared if one.get("source") not in present}))


def _plain(title: str) -> str:
    return title.removesuffix(", one row each")


def _slots(ask: Asker, tables: Sequence[str]) -> dict[tuple[str, str, str], tuple[list[str], int]]:
    """(source, supplier, table) → its periods and rows."""
    found: dict[tuple[str, str, str], tuple[list[str], int]] = defaultdict(lambda: ([], 0))
    for table in tables:
        for supply in ask.snapshot.supplies(table):
            periods, rows = found[supply.source, supply.supplier, table]
            found[supply.source, supply.supplier, table] = ([*periods, supply.period], rows + supply.rows)
    return dict(found)


def _speaking(ask: Asker, table: str, area: str) -> set[tuple[str, str]]:
    """The sources and suppliers of a table that speak for the area: its force's; else those with rows placed in it."""
    if not any(column.name == "area_code" for column in TABLES[table].columns):
        return {(supply.source, supply.supplier) for supply in ask.snapshot.supplies(table)}
    force = ask.places.force(area)
    if table in OF_FORCES and force is not None:
        return {(supply.source, supply.supplier) for supply in ask.snapshot.supplies(table) if supply.supplier == force}
    codes = sorted({code for code, _ in ask.places.members([area])} | {area, ask.places.force_area(area) or area})
    marks = ", ".join("?" for _ in codes)
    sql = f"SELECT DISTINCT source, supplier FROM {table} WHERE area_code IN ({marks})"  # noqa: S608 -- a table we declare
    answer = ask.snapshot.fetch(sql, codes)
    return set(zip(*(column.to_pylist() for column in answer.columns), strict=True))


def source_titles() -> dict[str, str]:
    """The title of each declared source, by its name."""
    from wardwise.definitions.find import files, read

    declared = (read(path) for path in files("sources"))
    return {str(one.get("source")): str(one.get("title", one.get("source"))) for one in declared}


def _unbroken() -> set[str]:
    """The sources whose files leave out no month in which there was anything, as their declarations say."""
    from wardwise.definitions.find import files, read

    return {str(one.get("source")) for one in map(read, files("sources")) if one.get("unbroken") is True}


def _suppliers() -> dict[str, str]:
    """Who supplies each source that one body alone publishes, in words: its owner's name, without the address."""
    from wardwise.definitions.find import files, read

    declared = [read(path) for path in files("sources")]
    return {
        str(one.get("source")): str(one["owner"]).partition(",")[0]
        for one in declared
        if one.get("owner") and isinstance(one.get("supplier"), dict) and "constant" in one["supplier"]
    }


def supplied_table(held: Sequence[Held]) -> Table:
    """Table `supplied`: one row for each source and supplier."""
    columns = (
        Column("source", Role.LABEL, "Source"),
        Column("supplier", Role.LABEL, "Supplier"),
        Column("first", Role.PERIOD, "From"),
        Column("last", Role.PERIOD, "To"),
        Column("held", Role.BASE, "Months held"),
        Column("gaps", Role.NOTE, "Not supplied between them"),
        Column("rows", Role.BASE, "Rows, all areas"),
    )
    return Table("supplied", "What was supplied", columns, tuple(map(_row, held)))


def _row(held: Held) -> Row:
    return {
        "source": _plain(held.title),
        "supplier": held.supplier,
        "first": held.periods[0],
        "last": held.periods[-1],
        "held": NOT_APPLICABLE
        if held.title == REFERENCE
        else sum(1 if is_month(period) else 12 for period in held.periods),
        "gaps": _lacking((*held.periods, *held.none)) or ("" if held.title == REFERENCE else "none"),
        "rows": held.rows,
    }


def _lacking(periods: Sequence[str]) -> str:
    """In words, what lies between the first and the last and is not held: months, or years of a source of whole years."""
    if periods and all(period.isdigit() for period in periods):
        return listed([str(y) for y in range(int(min(periods)), int(max(periods))) if str(y) not in periods])
    return months_in_words(_between(periods))


def _between(periods: Sequence[str]) -> Iterator[str]:
    """Months between the first and last that are not held; none where periods are not months."""
    if all(is_month(period) for period in periods):
        yield from (month for month in Period(min(periods), max(periods)).months() if month not in periods)


def not_held_table(absent: Sequence[str]) -> Table:
    """Table `not_held`: kinds of records that could be read and are not held."""
    rows: tuple[Row, ...] = tuple({"source": title} for title in absent)
    return Table(
        "not_held",
        "Information that partners must share (SI 2007/1831) and that is not held",
        (Column("source", Role.LABEL, "Kind"),),
        rows,
    )


def not_held_statement(absent: Sequence[str]) -> tuple[Statement, ...]:
    if not absent:
        return ()
    kinds = listed([lower_first(title) for title in absent])
    return (
        Statement(f"Partners must share these under SI 2007/1831, and their own lists are not held: {literal(kinds)}."),
    )
