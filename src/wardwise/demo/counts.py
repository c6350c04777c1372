"""How many records of each kind fall in each month: whole numbers that add up to the targets exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wardwise.records.errors import WardwiseError
from wardwise.records.periods import Period, month_number

from .chance import Chance
from .targets import PERIOD, SPELLS, Demo, Line

FIRST = month_number(PERIOD.start)


def season(factors: Sequence[int], period: Period, chance: Chance, unrest: int = 5) -> list[int]:
    """Weights for the months of `period`: how busy the month usually is, give or take `unrest` per cent."""
    sways = chance.between(1000 - 10 * unrest, 1000 + 10 * unrest, period.length).tolist()
    return [factors[(month_number(month) - 3) % 12] * sway for month, sway in zip(period.months(), sways, strict=True)]


def place_of(month: str) -> int:
    """Number of the month in the demo's period, from 0."""
    return month_number(month) - FIRST


def county_domestic(demo: Demo) -> dict[str, int]:
    """The county's domestic abuse by month, as published (G-01)."""
    years = demo.county["months"]["domestic_abuse"]
    counts = [count for year in ("2013-14", "2014-15", "2015-16", "2016-17") for count in years[year]]
    return dict(zip(PERIOD.months(), counts, strict=True))


def domestic_months(demo: Demo, chance: Chance) -> dict[str, int]:
    """The main district's domestic abuse by month: follows the county's months, within each spell's total and the quarter's."""
    county = county_domestic(demo)
    totals = {spell: sum(line.domestic[spell] for line in demo.lines) for spell in SPELLS}
    quarter = demo.targets["domestic_quarter"]
    first, rest = Period(quarter["months"][0], quarter["months"][-1]), Period("2016-07", SPELLS["now"].end)
    parts = [(SPELLS[spell], totals[spell]) for spell in SPELLS if spell != "now"]
    parts += [(first, quarter["count"]), (rest, totals["now"] - quarter["count"])]
    found: dict[str, int] = {}
    for period, total in parts:
        weights = [county[month] for month in period.months()]
        fallen = chance.of(period.text()).scatter(total, weights)
        found.update(zip(period.months(), fallen, strict=True))
    return found


Rows = list[tuple[int, int, bool, int]]
"""(line, month, domestic, how many): numbers of the line and of the month, from 0."""


def records(demo: Demo, chance: Chance) -> Rows:
    """How many records of each line fall in each month. Draws again until the months are as reported, which most draws are.

    Raises WardwiseError when a hundred draws are not: the declared totals then leave too little room.
    """
    for attempt in range(100):
        rows = _draw(demo, chance.of(str(attempt)))
        if as_reported(demo, rows):
            return rows
    raise WardwiseError(
        "The demo's months cannot be made as the reports say they were.",
        where="definitions/demo/targets.yaml",
        next_step="Leave more room between the totals of the two years, and between the domestic abuse quarter and the rest.",
    )


def as_reported(demo: Demo, rows: Rows) -> bool:
    """Each month from April to August 2016 above the same month of 2015 (G-10), and the domestic quarter the highest (G-16)."""
    every, domestic = by_month(demo, rows, {}), by_month(demo, rows, {"domestic": "yes"})
    now = [place_of(month) for month in SPELLS["now"].months()]
    quarters = [sum(domestic[i : i + 3]) for i in range(0, PERIOD.length - 2, 3)]
    last = place_of(demo.targets["domestic_quarter"]["months"][0]) // 3
    return all(every[i] > every[i - 12] for i in now) and max(quarters) == quarters[last] > max(
        quarters[:last] + quarters[last + 1 :]
    )


def _draw(demo: Demo, chance: Chance) -> Rows:
    made = _domestic(demo, chance.of("domestic"))
    for number, line in enumerate(demo.lines):
        factors = demo.seasons.get(line.group, demo.seasons["other"])
        for spell, period in SPELLS.items():
            weights = season(factors, period, chance.of(line.line, spell))
            rest = line.counts[spell] - line.domestic[spell]
            fallen = chance.of("fall", line.line, spell).scatter(rest, weights)
            for month, count in zip(period.months(), fallen, strict=True):
                made.append((number, place_of(month), False, count))
    return [row for row in made if row[3]]


def _domestic(demo: Demo, chance: Chance) -> Rows:
    months = domestic_months(demo, chance.of("months"))
    found: dict[tuple[int, int], int] = {}
    for spell, period in SPELLS.items():
        lines = chance.of(spell).deal([line.domestic[spell] for line in demo.lines]).tolist()
        start = 0
        for month in period.months():
            for number in lines[start : start + months[month]]:
                found[number, place_of(month)] = found.get((number, place_of(month)), 0) + 1
            start += months[month]
    return [(number, month, True, count) for (number, month), count in sorted(found.items())]


def by_month(demo: Demo, rows: Sequence[tuple[int, int, bool, int]], keep: Mapping[str, str]) -> list[int]:
    """Counts by month of the rows whose line has the group or category asked for; keep {"domestic": "yes"} for the marker."""
    totals = [0] * PERIOD.length
    for number, month, domestic, count in rows:
        if _kept(demo.lines[number], domestic, keep):
            totals[month] += count
    return totals


def _kept(line: Line, domestic: bool, keep: Mapping[str, str]) -> bool:
    return (
        keep.get("group", line.group) == line.group
        and keep.get("category", line.category) == line.category
        and (domestic or "domestic" not in keep)
    )
