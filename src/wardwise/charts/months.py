"""Months on a chart: their place on the axis, and ticks that never crowd."""

from __future__ import annotations

from typing import Any

from wardwise.records.periods import month_number

_MAXIMUM = 13  # month labels side by side in 605 px of 13 px type
_ROOMY = 8  # with more labels than this, the years under two neighbours touch
_STEPS = (1, 2, 3, 6, 12, 24)


def at(month: str) -> str:
    """The first day of the month: where it stands on a time axis."""
    return f"{month}-01"


def axis(months: list[str]) -> dict[str, Any]:
    """A time axis labelled “Apr”, with the year under the first label of each year."""
    step = next((s for s in _STEPS if len(months) / s <= _MAXIMUM), 24)
    first = month_number(months[0])
    ticks = [m for m in months if (month_number(m) - first) % step == 0]
    years = [m for i, m in enumerate(ticks) if i == 0 or m[:4] != ticks[i - 1][:4]]
    if len(ticks) > _ROOMY and len(years) > 1 and years[1] == ticks[1]:
        years = years[1:]  # the first two would run into each other; the month before January is plain without its year
    with_year = ", ".join(f"'{m}'" for m in years)
    named = "utcFormat(datum.value, '%b')"
    return {
        "title": None,
        "values": [{"year": int(m[:4]), "month": int(m[5:]), "utc": True} for m in ticks],
        "labelExpr": (
            f"indexof([{with_year}], utcFormat(datum.value, '%Y-%m')) >= 0"
            f" ? [{named}, utcFormat(datum.value, '%Y')] : {named}"
        ),
        "labelOverlap": False,
    }


def scale(months: list[str], *, beyond: float = 0.0) -> dict[str, Any]:
    """A time scale over the months, with room for labels to the right: `beyond` as a share of the months."""
    first, last = month_number(months[0]), month_number(months[-1])
    end = last + max(1, len(months) * beyond)
    year, month = int(end) // 12, int(end) % 12 + 1
    start = {"year": first // 12, "month": first % 12 + 1, "utc": True}
    return {"type": "utc", "domain": [start, {"year": year, "month": month, "utc": True}]}
