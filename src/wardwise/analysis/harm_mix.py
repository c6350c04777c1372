"""What a category of data.police.uk weighs: an estimate, because one category holds offences of very different weight.

The mix of offences within it comes from the Home Office's outcomes tables where they are held: the force's own for the estimate, all
forces' for its range. Else the table's own spread serves, which is wide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, hypot, log
from statistics import median, quantiles

from wardwise.definitions import offences
from wardwise.methods import harm
from wardwise.records.periods import Period, shift

from .asking import Asker
from .harm_weights import WeightTable, codes_in, holds, own_folder

SERIES = "outcomes of recorded offences"
ENOUGH = 100
"""A force's mix of a category rests on at least this many offences; with fewer, one rare offence would move it."""

FEWEST_FORCES = 10
"""With fewer forces' mixes no range is read off them: that of four holds the truth in about half of trials (docs/explanation/harm.md)."""

Mix = Mapping[str, Mapping[str, int]]
"""force → offence code → offences recorded in the months held"""


@dataclass(frozen=True)
class Estimate:
    """Days for one offence of a category. low, high: with other mixes. how: where the mix is from, in words. least, most: with
    other mixes and with other weights (see harm_weights.Weight), the two put together as independent."""

    days: float
    low: float
    high: float
    how: str
    least: float
    most: float


def estimates(ask: Asker, table: WeightTable, area: str) -> dict[str, Estimate]:
    """For each category of data.police.uk that holds crimes, what one of them weighs in the force around `area`."""
    held, force = _mixes(ask), ask.places.force(area)
    found = {}
    for category in offences.categories(own_folder(ask)):
        codes = [code for code in codes_in(category.holds) if table.of(code)]
        if category.crime and codes:
            found[category.name] = _estimate(table, codes, held, force)
    return found


def months_of_mix(ask: Asker) -> Period | None:
    """The months that the mix held is of; None when none is held."""
    if not holds(ask, "published_series"):
        return None
    [held] = ask.snapshot.fetch(
        "SELECT min(month) AS first, max(month) AS last, max(months) AS n FROM published_series "
        "WHERE series = ? AND offence_code IS NOT NULL",
        [SERIES],
    ).to_pylist()
    return Period(held["first"], shift(held["last"], int(held["n"]) - 1)) if held["first"] else None


def _mixes(ask: Asker) -> Mix:
    if not holds(ask, "published_series"):
        return {}
    rows = ask.snapshot.fetch(
        "SELECT supplier, offence_code AS code, sum(count) AS n FROM published_series "
        "WHERE series = ? AND offence_code IS NOT NULL GROUP BY ALL HAVING sum(count) > 0 ORDER BY ALL",
        [SERIES],
    ).to_pylist()
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows:
        found[row["supplier"]][row["code"]] = int(row["n"])
    return found


def _estimate(table: WeightTable, codes: Sequence[str], held: Mix, force: str | None) -> Estimate:
    mixes = {name: {code: mix[code] for code in codes if mix.get(code)} for name, mix in held.items()}
    enough = {name: mix for name, mix in mixes.items() if sum(mix.values()) >= ENOUGH}
    means = {name: _mean(table, mix, "days") for name, mix in enough.items()}
    own = enough.get(force or "")
    if len(means) >= FEWEST_FORCES:
        cuts = quantiles(means.values(), n=20, method="inclusive")
        days = means[force] if own and force else median(means.values())
        how = "the force's own mix" if own else "the middle of other forces' mixes"
        return _ranged(table, days, cuts[0], cuts[-1], how, own or _together(enough.values()))
    lowest, middle, highest = _spread(table, codes)
    if own:
        how = "the force's own mix, without other forces' to compare"
        return _ranged(table, _mean(table, own, "days"), lowest, highest, how, own)
    how = "the middle of the table's weights, as no mix of offences is held"
    return Estimate(middle, lowest, highest, how, lowest, highest)


def _ranged(table: WeightTable, days: float, low: float, high: float, how: str, mix: Mapping[str, int]) -> Estimate:
    low, high = min(low, days), max(high, days)
    down = hypot(log(days / low), log(days / min(days, _mean(table, mix, "least"))))
    up = hypot(log(high / days), log(max(days, _mean(table, mix, "most")) / days))
    return Estimate(days, low, high, how, days * exp(-down), days * exp(up))


def _mean(table: WeightTable, mix: Mapping[str, int], of: str) -> float:
    return harm.mixed(list(mix.values()), [getattr(table.of(code), of) for code in mix])


def _together(mixes: Iterable[Mapping[str, int]]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for mix in mixes:
        for code, n in mix.items():
            found[code] += n
    return found


def _days(table: WeightTable, code: str) -> float:
    weight = table.of(code)
    return weight.days if weight else 0.0


def _spread(table: WeightTable, codes: Sequence[str]) -> tuple[float, float, float]:
    """Lower quartile, median and upper quartile of the codes' weights, each code once."""
    days = [_days(table, code) for code in codes]
    if len(days) == 1:
        return days[0], days[0], days[0]
    low, middle, high = quantiles(days, n=4, method="inclusive")
    return low, middle, high
