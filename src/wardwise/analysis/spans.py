"""The spans of months that partnerships report on, up to a given month."""

from __future__ import annotations

from wardwise.records.periods import Period, shift

FINANCIAL_YEAR_STARTS = 4
"""April: UK public bodies' financial year runs from 1 April to 31 March."""


def calendar_year(year: int) -> Period:
    """January to December."""
    return Period(f"{year}-01", f"{year}-12")


def financial_year(first: int) -> Period:
    """April of `first` to March of the next year."""
    return Period(f"{first}-04", f"{first + 1}-03")


def financial_year_of(month: str) -> Period:
    """The financial year that `month` lies in."""
    year, number = int(month[:4]), int(month[5:])
    return financial_year(year if number >= FINANCIAL_YEAR_STARTS else year - 1)


def financial_year_name(month: str) -> str:
    """“2014/15”."""
    first = int(financial_year_of(month).start[:4])
    return f"{first}/{(first + 1) % 100:02d}"


def rolling_year(to: str) -> Period:
    """The 12 months that end with `to`."""
    return Period(shift(to, -11), to)


def year_to_date(to: str, *, financial: bool = True) -> Period:
    """April (or January) to `to`."""
    start = financial_year_of(to).start if financial else f"{to[:4]}-01"
    return Period(start, to)


def last_whole(to: str, *, financial: bool) -> Period:
    """The latest whole financial (or calendar) year that has ended by `to`."""
    year = financial_year_of(to) if financial else calendar_year(int(to[:4]))
    return year if year.end == to else year.shift(-12)


def kinds_of_span(to: str) -> tuple[tuple[str, Period], ...]:
    """What each span is called, and its months."""
    return (
        ("Latest month", Period(to, to)),
        ("Financial year to date", year_to_date(to)),
        ("Calendar year to date", year_to_date(to, financial=False)),
        ("Rolling 12 months", rolling_year(to)),
        ("Last whole financial year", last_whole(to, financial=True)),
        ("Last whole calendar year", last_whole(to, financial=False)),
    )
