"""Totals as rows of text: service returns, and the county's and districts' monthly series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wardwise.records.periods import Period, month_name, shift

from .geography import FORCE, MAIN
from .targets import PERIOD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .geography import Geography
    from .series import Totals
    from .targets import Demo

RETURNS = ["Organisation", "Service", "Measure", "Area code", "Area name", "Period start", "Months", "Count", "Note"]
SERIES = ["Supplier", "Area code", "Area name", "Series", "Month", "Count"]
NAMES = {
    "all": "All crime",
    "violence": "Violence against the person",
    "sexual": "Sexual offences",
    "rape": "Rape",
    "theft": "Theft offences",
    "domestic": "Domestic Abuse",
    "asb": "Antisocial Behaviour",
}
"""What each kind is called in the monthly tables."""


def returns(demo: Demo, county: Geography) -> list[list[str]]:
    """One row for each number a service returns, headed by RETURNS."""
    areas = {"main": (MAIN, county.districts[0].name), "force": (FORCE, county.county)}
    made = []
    for told in demo.returns["returns"]:
        count = told["count"]
        parts = [(told["start"], told.get("months", 1), count)]
        if isinstance(count, list):
            parts = [(shift(told["start"], i), 1, number) for i, number in enumerate(count)]
        for start, months, number in parts:
            where = areas[told.get("area", "main")]
            words = [told["organisation"], told["service"], told["measure"], *where]
            made.append([*words, start, str(months), str(number), told.get("note", "")])
    return made


def series(county: Geography, totals: Totals) -> list[list[str]]:
    """Monthly totals of every district and of the county, headed by SERIES; the county's domestic abuse has its own table."""
    made = []
    names = [(district.code, district.name) for district in county.districts]
    for kind, name in NAMES.items():
        found: Mapping[str, Sequence[int]] = {code: totals[code, kind] for code, _ in names}
        whole = [sum(month) for month in zip(*found.values(), strict=True)]
        listed = [*names, (FORCE, county.county)] if kind != "domestic" else names
        for code, area in listed:
            for month, count in zip(PERIOD.months(), found.get(code, whole), strict=True):
                made.append([county.county, code, area, name, month, str(count)])
    return made


def across(county: Geography, months: Mapping[str, int]) -> tuple[list[str], list[list[str]]]:
    """The county's domestic abuse with its months across, to the end of the financial year; months to come are empty."""
    year = Period(PERIOD.start, "2017-03").months()
    header = ["Supplier", "Area code", "Area name", "Series", *(f"{month_name(m)[:3]}-{m[2:4]}" for m in year)]
    row = [county.county, FORCE, county.county, NAMES["domestic"], *(str(months.get(month, "")) for month in year)]
    return header, [row]
