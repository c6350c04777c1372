"""Parts of a period: its months, quarters, calendar or financial years, each cut to the period asked for."""

from __future__ import annotations

from collections.abc import Sequence

from wardwise.records.errors import WardwiseError
from wardwise.records.periods import Period

from .kinds import PERIODS


def finest(by: Sequence[str]) -> str | None:
    """The finest part of time among `by`; None when there is none. Calendar and financial years cannot be mixed."""
    asked = [name for name in PERIODS if name in by]
    if {"year", "financial_year"} <= set(asked):
        raise WardwiseError(
            "Calendar years and financial years overlap, so one figure cannot be in both.",
            where="--by",
            next_step="Ask for one of them at a time.",
        )
    return asked[0] if asked else None


def key(month: str, split: str) -> str:
    """The key of the part that holds `month`, as the query spells it."""
    year, number = int(month[:4]), int(month[5:])
    if split == "month":
        return month
    if split == "quarter":
        return f"{year}-Q{(number + 2) // 3}"
    return str(year - 1) if split == "financial_year" and number < 4 else str(year)


def label(month: str, split: str) -> str:
    """What people call that part: 2022-10, 2022 Q4, 2022, 2022/23."""
    found = key(month, split)
    if split == "quarter":
        return found.replace("-", " ")
    return f"{found}/{(int(found) + 1) % 100:02d}" if split == "financial_year" else found


def split_period(period: Period, split: str | None) -> dict[str, Period]:
    """The parts of `period` by key, in order; the whole period under the empty key when it is not split."""
    if split is None:
        return {"": period}
    months: dict[str, list[str]] = {}
    for month in period.months():
        months.setdefault(key(month, split), []).append(month)
    return {name: Period(held[0], held[-1]) for name, held in months.items()}
