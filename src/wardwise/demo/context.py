"""The synthetic partnership's context indicators: what would have been published of its benefits, work, health and children."""

from __future__ import annotations

from typing import Any

from wardwise.definitions import find

from .geography import Geography

HEADER = [
    "Indicator",
    "Area code",
    "Area name",
    "Period",
    "Value",
    "Lower",
    "Upper",
    "Base",
    "Unit",
    "Part of",
    "Publisher",
]


def read() -> dict[str, Any]:
    """The indicators as declared in definitions/demo/context.yaml."""
    return find.read(next(path for path in find.files("demo") if path.stem == "context"))


def rows(told: dict[str, Any], county: Geography) -> tuple[list[str], list[tuple[str, ...]]]:
    """Header and rows: each indicator for the main district, and for the country where a value is given."""
    ours, country = county.districts[0], told["country"]
    found = []
    for each in told["indicators"]:
        limits = (each.get("lower", ""), each.get("upper", ""), each.get("base", ""))
        found.append(_row(each, ours.code, ours.name, each["here"], limits))
        if "country" in each:
            found.append(_row(each, country["code"], country["name"], each["country"], ("", "", "")))
    return HEADER, found


def _row(each: dict[str, Any], code: str, name: str, value: float, limits: tuple[Any, ...]) -> tuple[str, ...]:
    cells = (
        each["indicator"],
        code,
        name,
        each["period"],
        value,
        *limits,
        each["unit"],
        each.get("whole", ""),
        each["publisher"],
    )
    return tuple(str(cell) for cell in cells)
