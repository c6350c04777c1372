"""Reads states: how many people lived in an area, how deprived it was. The newest edition at the time asked for counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from wardwise.records.figures import Status
from wardwise.records.periods import Period, month_from_number, month_number
from wardwise.store.dialect import Query

from .coverage import FINE, districts_of, reached
from .definition import Count
from .events import Lists
from .query import states as query_of
from .reading import Pair, Reading
from .tally import MISSING, Asked, Cell, Group, Number, Tallies, Tally

VISITORS = "visitor"
"""A source with this word in its name counts people present, not residents; it is used only where a measure names it."""

_LEVELS = ("lsoa", "msoa", "ward", "district", "csp", "partnership", "force", "county", "region", "country")


@dataclass(frozen=True)
class State:
    """n of one edition. earlier: whether the edition is not after the time asked for."""

    n: Number
    edition: str
    earlier: bool


ByYear = Mapping[str, Number]
Years = Mapping[str, Mapping[str, Number]]
"""year -> age -> people"""
Series = tuple[str, Years]
"""The source of a series (empty when nothing is held), and its years."""


def tally(count: Count, asked: Asked, reading: Reading, lists: Lists) -> Tallies:
    """The tallies of every area, part and group: the newest edition that is not after the part's year."""
    if count.records == "population" and not asked.dimensions:
        return _people(count, asked, reading, lists)
    query = query_of(count, count.table.period, asked.dimensions, lists)
    counted: dict[tuple[str, str, Group], Number | None] = {}
    for area, _, _, edition, *group, n in reading.rows(query):
        key = (area, edition, tuple(group))
        counted[key] = n if counted.get(key) is None else counted[key] if n is None else counted[key] + n
    groups = asked.stated(group for _, _, group in counted)
    held = _held(count, asked.areas, reading)
    newest = {
        (area, key): max((e for e in held[area] if e[:4] <= period.end), default=None)
        for area in asked.areas
        for key, period in asked.parts.items()
    }
    cells = {
        (area, key, group): _one(counted, area, edition, group)
        for (area, key), edition in newest.items()
        for group in groups or ((),)
    }
    used = {(area, edition) for (area, _), edition in newest.items()}
    sources = {source for area, _, source, edition, *_ in reading.rows(query) if (area, edition) in used}
    return Tallies(cells, groups, reading.text(query), query.parameters, pairs=pairs_of(count, sources, reading))


def _one(
    counted: Mapping[tuple[str, str, Group], Number | None], area: str, edition: str | None, group: Group
) -> Tally:
    """The number of an edition: 0 where nothing in it is of the group, missing where what is has no such number."""
    if edition is None:
        return MISSING
    n = counted.get((area, edition, group), 0)
    if n is None:
        return Tally(None, Status.MISSING, f"Not given in edition {edition}.")
    return Tally(n, note=f"Edition {edition}.")


def _held(count: Count, areas: tuple[str, ...], reading: Reading) -> dict[str, set[str]]:
    """For each area, the editions that say anything about it, whether or not what is counted is in them."""
    everything = Count(records=count.records, of=count.of)
    held: dict[str, set[str]] = {area: set() for area in areas}
    for area, _, _, edition, _ in reading.rows(query_of(everything, count.table.period, (), {})):
        held[area].add(edition)
    return held


def _people(count: Count, asked: Asked, reading: Reading, lists: Lists) -> Tallies:
    series = series_of(count, asked.areas, reading, lists)
    by_year = residents(series)
    cells: dict[Cell, Tally] = {}
    for area in asked.areas:
        for key, period in asked.parts.items():
            found = at(by_year[area], period)
            stated = found is not None and found.earlier
            cells[area, key, ()] = Tally(found.n, note=f"Mid-{found.edition}.") if found and stated else MISSING
    query = _people_query(count, lists)
    pairs = pairs_of(count, {source for source, _ in series.values()}, reading)
    return Tallies(cells, ((),), reading.text(query), query.parameters, pairs=pairs)


def residents(series: Mapping[str, Series]) -> Mapping[str, ByYear]:
    """For each area, people by year, all of one series so that a change of series is never a change in people."""
    return {area: _by_year(years) for area, (_, years) in series.items()}


def pairs_of(count: Count, sources: Collection[str], reading: Reading) -> frozenset[Pair]:
    """The sources with those who supplied them."""
    return frozenset((s.source, s.supplier) for s in reading.supplies(count.records) if s.source in sources)


def series_of(count: Count, areas: tuple[str, ...], reading: Reading, lists: Lists) -> Mapping[str, Series]:
    """For each area, the source of the series that is used, and its years."""
    held: dict[str, dict[tuple[str, str], dict[str, dict[str, Number]]]] = {area: {} for area in areas}
    for area, level, source, year, age, n in reading.rows(_people_query(count, lists)):
        if VISITORS not in source or "source" in count.where:
            held[area].setdefault((source, level), {}).setdefault(year, {})[age] = n
    return {area: _longest(_whole(area, series, reading)) for area, series in held.items()}


def _whole(area: str, series: Mapping[tuple[str, str], Years], reading: Reading) -> Mapping[tuple[str, str], Years]:
    """The series that count people in every district of an area of several; the sum of some is not the number of all."""
    districts = districts_of(area, reading)
    if len(districts) < 2:
        return series
    known = reached("population", reading)
    by_source = {name: frozenset[str]().union(*(c for (s, _), c in known.items() if s == name)) for name, _ in known}
    return {key: years for key, years in series.items() if key[1] not in FINE or districts <= by_source[key[0]]}


def _people_query(count: Count, lists: Lists) -> Query:
    return query_of(count, count.table.period, ("age",), lists)


def _longest(series: Mapping[tuple[str, str], Years]) -> Series:
    """The source and years of the series with most years; of equals the one for larger areas, then by name. Empty when there is
    none."""

    def order(one: tuple[str, str]) -> tuple[int, int, str]:
        source, level = one
        return (-len(series[one]), -_LEVELS.index(level) if level in _LEVELS else 0, source)

    if not series:
        return "", {}
    best = min(series, key=order)
    return best[0], series[best]


def _by_year(series: Years) -> ByYear:
    """The row for all ages, where a source gives one; else the sum of its ages."""
    return {year: ages["all"] if "all" in ages else sum(ages.values()) for year, ages in series.items()}


def at(by_year: ByYear, period: Period) -> State | None:
    """The number for `period`: of the year of its middle month, else of the newest year before, else of the first after."""
    if not by_year:
        return None
    middle = month_from_number((month_number(period.start) + month_number(period.end) + 1) // 2)[:4]
    before = [year for year in by_year if year <= middle]
    year = max(before) if before else min(by_year)
    return State(by_year[year], year, bool(before))
