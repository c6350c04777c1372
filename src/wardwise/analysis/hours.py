"""When each record may have happened, as spans of minutes: what a source says of days and times, and what it leaves open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wardwise.records.periods import Period

from .about import About

if TYPE_CHECKING:
    import pyarrow as pa

Times = NDArray[np.datetime64]

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

NEEDS = {
    "offences": ("occurred_from", "occurred_to", "time_from", "time_to"),
    "incidents": ("occurred_date", "reported_date", "time"),
    "collisions": ("date", "time"),
}
"""Columns that say when, by canonical table. Others say the month alone."""

TIMED = {"timed": "yes"}
"""In a key of the register, for counts of those records alone whose day and hour are known to within a week."""

_DAY = 24 * 60
ROUND_TIMES = 3.0
"""Midnight is called doubtful when this many times as many records begin at 00:00 as an even day would have."""


@dataclass(frozen=True)
class Spans:
    """begin, end: of records whose day and hour are known to within a week. records: all of them. without: no day and time at
    all. whole_days: a day and no time, spread over 24 hours. midnight: begin at exactly 00:00."""

    begin: Times
    end: Times
    records: int
    without: int
    whole_days: int
    midnight: int

    @property
    def within_an_hour(self) -> int:
        return int((np.abs(self.end - self.begin) <= np.timedelta64(60, "m")).sum())


def spans(about: About) -> Spans | None:
    """When the measure's records may have happened; None when its source gives no times, as data.police.uk does not."""
    columns = NEEDS.get(about.measure.count.records)
    if columns is None:
        return None
    rows = about.records(columns)
    first, last, early, late = (
        (rows["occurred_from"], rows["occurred_to"], rows["time_from"], rows["time_to"])
        if "occurred_from" in columns
        else (_one_day(rows),) * 2 + (rows["time"],) * 2
    )
    day, until = _days(first), _days(last)
    until = np.where(np.isnat(until), day, until)
    day = np.where(np.isnat(day), until, day)
    from_, to = _minutes(early), _minutes(late)
    untimed = np.isnan(from_) & np.isnan(to)
    from_ = np.where(untimed, 0, np.where(np.isnan(from_), to, from_))
    to = np.where(untimed, _DAY, np.where(np.isnan(to), from_, to))
    known = ~np.isnat(day)
    begin = day[known] + from_[known].astype("timedelta64[m]")
    end = until[known] + to[known].astype("timedelta64[m]")
    midnight = int(((from_ == 0) & ~untimed & known).sum())
    return Spans(begin, end, rows.num_rows, int((~known).sum()), int((untimed & known).sum()), midnight)


def day_of(rows: pa.Table, longest: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The day of each record, as a number, the middle one of those it may have been; and which records it is known of, to within
    `longest` days. rows have the columns that `NEEDS` names."""
    exact = "occurred_from" in rows.column_names
    first = _days(rows["occurred_from"] if exact else _one_day(rows))
    last = _days(rows["occurred_to"]) if exact else first
    last = np.where(np.isnat(last), first, last)
    first = np.where(np.isnat(first), last, first)
    known = ~np.isnat(first)
    numbers = [
        np.where(known, each, np.datetime64(0, "m")).astype("datetime64[D]").astype(np.int64) for each in (first, last)
    ]
    return (numbers[0] + numbers[1]) // 2, known & (np.abs(numbers[1] - numbers[0]) <= longest)


def _one_day(rows: pa.Table) -> pa.ChunkedArray:
    """The day of a record that has one: of the collision, or of the incident, else of its report."""
    return rows["date"] if "date" in rows.column_names else _first_known(rows["occurred_date"], rows["reported_date"])


def no_times(about: About) -> str:
    """Why hours cannot be asked of this measure."""
    if about.measure.count.records == "street_crime":
        return (
            "data.police.uk gives the month of a crime and no day or time, so hours cannot be said. The force's own offence extract, "
            "or its incident list, gives them."
        )
    return f"{about.what}: the records held have no day and time, so hours cannot be said."


def caveats(found: Spans, period: Period) -> tuple[str, ...]:
    """What the reader must know of the times."""
    said = []
    placed = len(found.begin)
    if found.without:
        said.append(f"{100 * found.without / found.records:.0f}% of the records have no day and are left out.")
    if placed and found.whole_days:
        said.append(
            f"{100 * found.whole_days / placed:.0f}% have a day and no time; each is spread evenly over its 24 hours."
        )
    if placed and found.midnight > ROUND_TIMES * placed / 24 and found.midnight >= 10:
        said.append("Unusually many records begin at exactly midnight, which may stand for “time not known”.")
    return tuple(said)


def _first_known(*columns: object) -> object:
    import pyarrow.compute as pc

    return pc.coalesce(*columns)


def _days(column: object) -> Times:
    return np.array(column.to_pylist(), dtype="datetime64[D]").astype("datetime64[m]")  # type: ignore[attr-defined]


def _minutes(column: object) -> NDArray[np.float64]:
    """Minutes after midnight of HH:MM; NaN where there is none."""
    import pyarrow.compute as pc

    hours = pc.cast(pc.utf8_slice_codeunits(column, 0, 2), "float64")
    minutes = pc.cast(pc.utf8_slice_codeunits(column, 3, 5), "float64")
    return np.asarray(
        pc.fill_null(pc.add(pc.multiply(hours, 60.0), minutes), float("nan")).to_numpy(zero_copy_only=False),
        dtype=float,
    )
