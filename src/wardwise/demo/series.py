"""Monthly totals of the county and its fourteen districts: the main district's from its records, the others' in whole numbers
that add up to the county's targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from . import counts
from .chance import Chance, share_out
from .geography import MAIN, District
from .targets import PERIOD, SPELLS, Demo, by_spell

KINDS = ("violence", "sexual", "theft", "other", "asb")
"""What happens in the other districts, in kinds that do not overlap. rape is part of sexual, domestic of any of the first four."""

Totals = dict[tuple[str, str], list[int]]
"""Counts by month, for (district's code, kind)."""


def districts(demo: Demo, found: Sequence[District], main: Mapping[str, Sequence[int]], chance: Chance) -> Totals:
    """Counts by month of every kind, with rape, domestic and all crime, for every district; `main` are the main district's."""
    others = [district for district in found if district.code != MAIN]
    totals: Totals = {(MAIN, kind): list(series) for kind, series in main.items()}
    for kind in ("violence", "rape", "sexual but rape", "theft", "other", "asb"):
        _spread(totals, demo, others, kind, chance.of(kind))
    _domestic(totals, demo, others, main["domestic"], chance.of("domestic"))
    for district in others:
        rape, rest = totals[district.code, "rape"], totals.pop((district.code, "sexual but rape"))
        totals[district.code, "sexual"] = [a + b for a, b in zip(rape, rest, strict=True)]
    for district in found:
        parts = [totals[district.code, kind] for kind in KINDS if kind != "asb"]
        totals[district.code, "all"] = [sum(month) for month in zip(*parts, strict=True)]
    return totals


def _weight(district: District, kind: str, spell: str) -> int:
    """A district's share in thousandths of ten thousandths: its size, and how its crime moves against the rest."""
    moves = district.year * (spell in ("before", "rest", "now")) + district.now * (spell == "now")
    if kind in ("theft", "other"):
        return district.share * (300 + 3 * moves)
    return district.share * (300 + (moves if kind == "violence" else 0))


def _spread(totals: Totals, demo: Demo, others: Sequence[District], kind: str, chance: Chance) -> None:
    wanted = demo.county["others"]
    sums = {name: by_spell(numbers) for name, numbers in wanted.items()}
    of = {"sexual but rape": {s: sums["sexual"][s] - sums["rape"][s] for s in SPELLS}}.get(kind) or sums[kind]
    factors = demo.seasons.get({"violence": "Violence against the person", "theft": "Theft offences"}.get(kind, kind))
    factors = factors or demo.seasons["Sexual offences" if kind in ("rape", "sexual but rape") else "other"]
    for district in others:
        totals[district.code, kind] = []
    for spell, period in SPELLS.items():
        shares = share_out(of[spell], [_weight(district, kind, spell) for district in others])
        for district, share in zip(others, shares, strict=True):
            weights = counts.season(factors, period, chance.of(district.code, spell))
            totals[district.code, kind] += chance.of("fall", district.code, spell).scatter(share, weights)


def _domestic(totals: Totals, demo: Demo, others: Sequence[District], main: Sequence[int], chance: Chance) -> None:
    county = counts.county_domestic(demo)
    left = [county[month] - main[i] for i, month in enumerate(PERIOD.months())]
    for district in others:
        totals[district.code, "domestic"] = [0] * PERIOD.length
    for spell, period in SPELLS.items():
        months = [counts.place_of(month) for month in period.months()]
        weights = [district.share * (100 + district.domestic * (spell == "now")) for district in others]
        dealt = chance.of(spell).deal(share_out(sum(left[month] for month in months), weights)).tolist()
        start = 0
        for month in months:
            for number in dealt[start : start + left[month]]:
                totals[others[number].code, "domestic"][month] += 1
            start += left[month]
