"""Measures, made-up rows and the areas that they are counted in, small enough to be worked out by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from wardwise.measures.definition import Measure
from wardwise.measures.examples import Flat
from wardwise.records.periods import Period
from wardwise.store.supplies import Supply

GOOD = {
    "measure": "one",
    "title": "One",
    "question": "How many?",
    "count": {"records": "offences", "of": "offences", "where": {"offence_group": "Robbery"}},
    "better": "lower",
    "why": "To try it.",
    "owner": "Analyst",
    "checked_by": "Lead",
    "review_by": date(2027, 9, 30),
    "serves": ["A-072"],
    "example": {"offences": [], "expect": [{"area": "A", "month": "2022-01", "status": "missing"}]},
}
"""A whole definition, to be changed in one place at a time."""

QUARTER = Period("2022-01", "2022-03")


def measure(records: str = "street_crime", **changes: Any) -> Measure:
    count = {"records": records, "of": "records", **changes.pop("count", {})}
    return Measure.model_validate({**GOOD, "count": count, "by": ["area"], **changes})


def said(figures: Any) -> list[tuple[Any, ...]]:
    return [
        (f.key.area, f.key.period.text(), *(value for _, value in f.key.group), f.count, f.base, f.status.value)
        for f in figures.figures
    ]


class Covered(Flat):
    """Every area is covered by the force of one county; LARGE is made of A and B."""

    def force(self, code: str) -> str | None:
        return "county"

    def children(self, code: str, level: str) -> tuple[str, ...]:
        return ("A", "B") if code == "LARGE" else (code,)

    def members(self, codes: Any) -> list[tuple[str, str]]:
        return [(member, code) for code in codes for member in {*self.children(code, "district"), code}]

    def level(self, code: str) -> str:
        return "county" if code == "LARGE" else "district"


def supply(supplier: str, month: str, source: str = "police") -> Supply:
    return Supply(source, supplier, month, "file.csv", "", 1)


def row(area: str | None, month: str, kind: str = "Burglary", supplier: str = "county") -> dict[str, Any]:
    return {"area": area, "month": month, "crime_type": kind, "supplier": supplier, "source": "police"}
