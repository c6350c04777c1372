"""Months and periods. A month is the text YYYY-MM; a period is a run of whole months, both ends included."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .errors import WardwiseError

_MONTH = re.compile(r"^(\d{4})-(0[1-9]|1[0-2])$")
_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def is_month(text: str) -> bool:
    return bool(_MONTH.match(text))


def month_number(month: str) -> int:
    """Months since year 0, so that two months can be subtracted. Raises WardwiseError when `month` is not YYYY-MM."""
    found = _MONTH.match(month)
    if not found:
        raise WardwiseError(f"“{month}” is not a month.", next_step="Write months as YYYY-MM, for example 2022-10.")
    return int(found[1]) * 12 + int(found[2]) - 1


def month_from_number(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def shift(month: str, months: int) -> str:
    """The month `months` later (earlier when negative)."""
    return month_from_number(month_number(month) + months)


def month_name(month: str) -> str:
    """October 2022."""
    number = month_number(month)
    return f"{_NAMES[number % 12]} {number // 12}"


@dataclass(frozen=True, order=True)
class Period:
    """Whole months from `start` to `end`, both included."""

    start: str
    end: str

    def __post_init__(self) -> None:
        if month_number(self.end) < month_number(self.start):
            raise WardwiseError(
                f"The period ends ({self.end}) before it starts ({self.start}).",
                next_step="Put the earlier month in --from and the later one in --to.",
            )

    @classmethod
    def of(cls, text: str) -> Period:
        """Read “2022-10” or “2022-04..2022-10”."""
        start, _, end = text.partition("..")
        return cls(start, end or start)

    @property
    def length(self) -> int:
        """Number of months."""
        return month_number(self.end) - month_number(self.start) + 1

    def months(self) -> tuple[str, ...]:
        first = month_number(self.start)
        return tuple(month_from_number(first + i) for i in range(self.length))

    def shift(self, months: int) -> Period:
        return Period(shift(self.start, months), shift(self.end, months))

    def year_before(self) -> Period:
        return self.shift(-12)

    def text(self) -> str:
        """2022-10, or 2022-04..2022-10: the spelling used in figure ids."""
        return self.start if self.start == self.end else f"{self.start}..{self.end}"

    def label(self) -> str:
        """“October 2022”, “April to August 2016”, “November 2021 to October 2022”."""
        if self.start == self.end:
            return month_name(self.start)
        first, last = month_name(self.start), month_name(self.end)
        if self.start[:4] == self.end[:4]:
            return f"{first.split()[0]} to {last}"
        return f"{first} to {last}"
