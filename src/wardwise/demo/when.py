"""Days and hours: when offences were reported, and between which days and times they happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wardwise.records.periods import shift

from .targets import PERIOD

if TYPE_CHECKING:
    import numpy as np

    from .chance import Chance
    from .targets import Demo

    Whole = np.ndarray[Any, np.dtype[np.int64]]
    Flags = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True)
class Times:
    """Days are counted from 1 January 1970; hour and minute (from, to) are of the clock. hour is the likeliest hour."""

    reported: Whole
    first: Whole
    last: Whole
    from_minute: Whole
    to_minute: Whole
    hour: Whole


def first_days() -> list[int]:
    """The first day of each month of the demo's period and of the month after, counted from 1 January 1970."""
    import datetime

    start = datetime.date(1970, 1, 1)
    months = [*PERIOD.months(), shift(PERIOD.end, 1)]
    return [(datetime.date(int(month[:4]), int(month[5:]), 1) - start).days for month in months]


def days_of(month: Whole, weekday: Whole, chance: Chance) -> Whole:
    """A day in each row's month that falls on the weekday asked for (0 Monday to 6 Sunday)."""
    import numpy as np

    starts = np.array(first_days())
    first, length = starts[month], starts[month + 1] - starts[month]
    lead = (weekday - (first + 3) % 7) % 7  # 1 January 1970 was a Thursday
    weeks = (length - lead + 6) // 7
    found: Whole = first + lead + 7 * (chance.below(1 << 20, len(month)) % weeks)
    return found


def times(demo: Demo, line: Whole, month: Whole, non_recent: Flags, chance: Chance) -> Times:
    """Reported and occurred days and times of offences, by their line's pattern."""
    import numpy as np

    size = len(line)
    weekday, hour, spread = (np.zeros(size, dtype=np.int64) for _ in range(3))
    for name, pattern in demo.patterns.items():
        rows = np.flatnonzero(np.isin(line, [i for i, x in enumerate(demo.lines) if x.when == name]))
        weekday[rows] = chance.of(name, "days").pick(pattern["days"], len(rows))
        hour[rows] = chance.of(name, "hours").pick(pattern["hours"], len(rows))
        spread[rows] = chance.of(name, "range").below(100, len(rows)) < pattern["range"]
    reported = days_of(month, weekday, chance.of("days"))
    late = chance.of("late").pick([70, 18, 4, 3, 2, 1, 1, 1], size)
    long_ago = chance.of("long ago").between(367, 7300, size)
    last = reported - np.where(non_recent, long_ago, late)
    away = chance.of("away").pick([0, 80, 10, 6, 2, 1, 1], size) * spread
    minute = hour * 60 + chance.of("minutes").below(12, size) * 5
    until = np.where(away > 0, chance.of("until").between(72, 114, size) * 5, minute)
    start = np.where(away > 0, chance.of("since").between(204, 275, size) * 5, minute)
    return Times(reported, last - away, last, start, until, hour)


def written(days: Whole) -> list[str]:
    """Days as dd/mm/yyyy."""
    import numpy as np

    text = np.datetime_as_string(days.astype("datetime64[D]")).tolist()
    return [f"{day[8:]}/{day[5:7]}/{day[:4]}" for day in text]


CLOCK = [f"{minute // 60:02d}:{minute % 60:02d}" for minute in range(24 * 60)]
"""Every minute of the day as HH:MM."""
