"""At what hours of the week does it happen? Records whose time is not known exactly are shared out over the hours they may be in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wardwise.methods import aoristic
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Sum, Table
from wardwise.records.periods import Period

from . import hours
from .about import About
from .asking import Asker, MeasureOrName

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

Cells = NDArray[np.int64]

FEWEST = 50
"""With fewer records the 168 hours of a week are nearly all 0 or 1."""
ALL = "All hours"
ONE_IN_TWENTY = 0.05
ALL_KNOWN = 100
METHOD = (
    "Hours: a record that may have happened at any time between two is shared out over the hours between, each minute alike (aoristic analysis, "
    "Ratcliffe and McCullagh 1998); a span of a week or more is spread over all hours. Shares are then made whole numbers that add up."
)


def hour_week(
    source: Snapshot | Asker, measure: MeasureOrName, area: str, period: Period, *, name: str = "hour_week"
) -> Findings:
    """Records by hour (rows) and day of the week (columns), with their sums: table `week`."""
    about = About.of(source, measure, area, period)
    title = about.title("by hour and day of the week")
    found = hours.spans(about)
    if found is None or len(found.begin) < FEWEST:
        why = hours.no_times(about) if found is None or not found.records or not len(found.begin) else _few(about)
        return about.refused(name, title, Table("week", title, _columns(), ()), why)
    known = _known(found)
    cells = aoristic.whole(aoristic.week(found.begin, found.end))
    busiest, four = _busiest(cells)
    return about.findings(
        name,
        title,
        [Table("week", title, _columns(), _rows(about, cells)), known, busiest],
        _statements(about, cells, known),
        method="",
        shared_methods=(METHOD,),
        caveats=hours.caveats(found, period),
        sums=(*_sums(), four),
    )


def _few(about: About) -> str:
    return f"{about.what}: fewer than {FEWEST} records with a time in {about.where}, too few to spread over the hours of a week."


def _columns() -> tuple[Column, ...]:
    return (
        Column("label", Role.LABEL, "Hour beginning"),
        *(Column(day.lower(), Role.COUNT, day) for day in hours.DAYS),
        Column("all", Role.COUNT, "All days"),
        Column("key", Role.KEY, "Key", of=tuple(day.lower() for day in hours.DAYS)),
        Column("all_key", Role.KEY, "Key, all days", of=("all",)),
    )


def _rows(about: About, cells: Cells) -> tuple[Row, ...]:
    times = [f"{hour:02d}:00" for hour in range(24)]
    rows = [_row(time, cells[:, hour], about.key(**hours.TIMED, hour=time)) for hour, time in enumerate(times)]
    return (*rows, _row(ALL, cells.sum(axis=1), about.key(**hours.TIMED)))


def _row(label: str, days: Cells, key: str) -> Row:
    """key: what the register knows the row's total by; each day's count by its day too."""
    each = {day.lower(): int(n) for day, n in zip(hours.DAYS, days, strict=True)}
    return {"label": label, **each, "all": int(days.sum()), "key": key, "all_key": key}


def _sums() -> tuple[Sum, ...]:
    names = [day.lower() for day in hours.DAYS]
    down = [Sum(Ref("week", 24, n), tuple(Ref("week", hour, n) for hour in range(24))) for n in (*names, "all")]
    across = [Sum(Ref("week", row, "all"), tuple(Ref("week", row, n) for n in names)) for row in range(25)]
    return (*down, *across)


def _known(found: hours.Spans) -> Table:
    """How well the times are known."""
    columns = (Column("label", Role.LABEL, "Records"), Column("share", Role.BASE, "Share", decimals=0, unit="%"))
    rows: tuple[Row, ...] = (
        {"label": "known to the hour", "share": 100 * found.within_an_hour / found.records},
        {"label": "known to a longer span", "share": 100 * (len(found.begin) - found.within_an_hour) / found.records},
        {"label": "no day known", "share": 100 * found.without / found.records},
    )
    return Table("known", "How well the time is known", columns, rows)


def _four(cells: Cells) -> list[tuple[int, int]]:
    """The busiest four hours in a row, as days and hours; they may run over midnight, and from Sunday into Monday."""
    flat = np.concatenate([cells.ravel(), cells.ravel()[:3]])
    first = int(np.convolve(flat, np.ones(4, dtype=int), "valid").argmax())
    return [divmod((first + more) % aoristic.WEEK, 24) for more in range(4)]


def _when(day: int, hour: int) -> str:
    """“from 19:00 to 23:00 on Saturdays”; “from 22:00 on Fridays to 02:00”."""
    end = f"{(hour + 4) % 24:02d}:00"
    name = f"{hours.DAYS[day]}s"
    return f"from {hour:02d}:00 on {name} to {end}" if hour > 20 else f"from {hour:02d}:00 to {end} on {name}"


def _busiest(cells: Cells) -> tuple[Table, Sum]:
    """How many are in the busiest four hours: table `busiest`, and that the four hours add up to it."""
    four = _four(cells)
    columns = (Column("label", Role.LABEL, "Four hours"), Column("count", Role.COUNT, "Number"))
    (day, hour), count = four[0], int(sum(cells[at] for at in four))
    row: Row = {"label": f"{hours.DAYS[day]}, from {hour:02d}:00", "count": count}
    parts = tuple(Ref("week", hour, hours.DAYS[day].lower()) for day, hour in four)
    return Table("busiest", "The busiest four hours", columns, (row,)), Sum(Ref("busiest", 0, "count"), parts)


def _statements(about: About, cells: Cells, known: Table) -> list[Statement]:
    """The busiest stretch of four hours, the busiest day where days differ by more than chance, and how well times are known."""
    day, hour = _four(cells)[0]
    days = cells.sum(axis=1)
    busiest = int(days.argmax())
    few = f"{about.what}: too few to say when they are most."
    last = {"n": Ref("week", 24, hours.DAYS[busiest].lower()), "all": Ref("week", 24, "all")}
    said = (
        f"{hours.DAYS[busiest]} is the busiest day, with {{n}}."
        if aoristic.uneven(days) < ONE_IN_TWENTY
        else "The days of the week differ no more than chance alone would often make them."
    )
    return [
        Statement(
            f"{about.what}: most {_when(day, hour)}, with {{n}} of {{all}}.",
            {"n": Ref("busiest", 0, "count"), "all": last["all"]},
            {"n": "count", "all": "count"},
            hidden=few,
        ),
        Statement(said, last, dict.fromkeys(last, "count"), hidden=few),
        *_how_known(known),
    ]


def _how_known(known: Table) -> list[Statement]:
    """How many of the times are known to the hour; nothing where all are."""
    if known.rows[0]["share"] == ALL_KNOWN:
        return []
    share = Ref("known", 0, "share")
    return [Statement("The time of {share} of them is known to the hour.", {"share": share}, {"share": "percent"})]
