"""How much of it happens at night? Each night by the day it begins on, against the rest of the week."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wardwise.methods import aoristic
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Sum, Table
from wardwise.records.periods import Period

from . import hours
from .about import About
from .asking import Asker, MeasureOrName
from .hour_week import FEWEST, ONE_IN_TWENTY
from .hour_week import METHOD as SHARED_OUT

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

FROM, TO = 18, 6
"""The night, in hours: 6pm to 6am, as the Greater London Authority defines it ("London at Night", 2018). A partnership may declare others."""
DAY, ALL = "The rest of the week", "The whole week"


def night_time(
    source: Snapshot | Asker,
    measure: MeasureOrName,
    area: str,
    period: Period,
    *,
    start: int = FROM,
    end: int = TO,
    name: str = "night_time",
) -> Findings:
    """Records of each night from `start` to `end` o'clock, by the day on which it begins, and of the rest: table `nights`.

    Raises WardwiseError when the hours are not of one night.
    """
    if not (12 <= start <= 23 and 0 <= end <= 12):
        raise WardwiseError(
            f"A night from {start}:00 to {end}:00 does not run over midnight.",
            where="night_time",
            next_step="Give a start from 12 to 23 and an end from 0 to 12.",
        )
    about = About.of(source, measure, area, period)
    title = about.title(f"nights from {start}:00 to {end:02d}:00")
    found = hours.spans(about)
    if found is None or len(found.begin) < FEWEST:
        why = (
            hours.no_times(about)
            if found is None or not len(found.begin)
            else f"{about.what}: too few records with a time to compare nights."
        )
        return about.refused(name, title, Table("nights", title, _columns(), ()), why)
    nights, rest = _shared_out(aoristic.week(found.begin, found.end), start, end)
    length = 24 - start + end
    rows = _rows(nights, rest, length, _keys(about, start, end))
    return about.findings(
        name,
        title,
        [Table("nights", title, _columns(), rows)],
        _statements(about, nights, start, end),
        method="A night belongs to the day on which it begins.",
        shared_methods=(SHARED_OUT,),
        caveats=hours.caveats(found, period),
        sums=(Sum(Ref("nights", 8, "count"), tuple(Ref("nights", row, "count") for row in range(8))),),
    )


def _shared_out(week: NDArray[np.float64], start: int, end: int) -> tuple[NDArray[np.int64], int]:
    """Whole records of each night (Monday first) and of the rest of the week."""
    after = np.roll(week, -1, axis=0)
    nights = week[:, start:].sum(axis=1) + after[:, :end].sum(axis=1)
    whole = aoristic.whole(np.append(nights, week.sum() - nights.sum()))
    return whole[:7], int(whole[7])


def _columns() -> tuple[Column, ...]:
    return (
        Column("label", Role.LABEL, "When"),
        Column("count", Role.COUNT, "Number"),
        Column("share", Role.PERCENT, "Share of all", of=("count",), decimals=1),
        Column("hours", Role.BASE, "Hours of the week"),
        Column("times", Role.VALUE, "Against an average hour", of=("count",), decimals=1, unit="times"),
        Column("key", Role.KEY, "Key", of=("count",)),
    )


def _keys(about: About, start: int, end: int) -> list[str]:
    """What the register knows each row by."""
    each = [about.key(**hours.TIMED, night=f"{day} {start}-{end}") for day in (*hours.DAYS, "none")]
    return [*each, about.key(**hours.TIMED)]


def _rows(nights: NDArray[np.int64], rest: int, length: int, keys: Sequence[str]) -> tuple[Row, ...]:
    total = int(nights.sum()) + rest
    each = [(f"{day} night", int(n), length) for day, n in zip(hours.DAYS, nights, strict=True)]
    every = [*each, (DAY, rest, aoristic.WEEK - 7 * length), (ALL, total, aoristic.WEEK)]
    return tuple(
        {
            "label": label, "count": n, "share": 100 * n / total, "hours": span, "times": (n / span) / (total / aoristic.WEEK),
            "key": key,
        }
        for (label, n, span), key in zip(every, keys, strict=True)
    )  # fmt: skip


def _statements(about: About, nights: NDArray[np.int64], start: int, end: int) -> list[Statement]:
    busiest = int(nights.argmax())
    refs = {key: Ref("nights", busiest, key) for key in ("count", "share", "times")}
    said = {"count": "count", "share": "percent", "times": "rate"}
    rest = {"day": Ref("nights", 7, "share")}
    found = [
        Statement(
            f"{about.what}: {{day}} were outside the nights, from {end:02d}:00 to {start}:00.", rest, {"day": "percent"}
        )
    ]
    if aoristic.uneven(nights) < ONE_IN_TWENTY:
        text = f"{about.what}: {hours.DAYS[busiest]} night has most, {{count}} ({{share}}), {{times}} times the hourly average."
        return [Statement(text, refs, said), *found]
    return [*found, Statement("The nights of the week differ no more than chance alone would often make them.")]
