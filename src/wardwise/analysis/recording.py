"""Changes in how things were recorded, which look like changes in crime. They are data: definitions/recording/*.yaml."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wardwise.definitions.find import files, read
from wardwise.records.errors import WardwiseError
from wardwise.records.periods import Period, is_month, shift

if TYPE_CHECKING:
    from wardwise.measures.definition import Measure

_NEEDED = ("label", "from", "text", "records")
PRECISION = ("day", "month", "year", "about")
UNCHECKED = "This entry of the register has not been checked against its first source."


@dataclass(frozen=True)
class Event:
    """One change of recording. month: the first it touches. until: the last; the same for a change that lasts. label: for a chart.
    records: tables it touches.

    where: column → values; a measure is touched when it counts any of them, or does not choose. chosen: column → values; a measure
    is touched only when it chooses one of them by name. forces: the forces it is about; all when none is named. point: it moves places
    on a map and leaves counts alone. breaks: before and after cannot be put in one line. leave_out: its
    own months are no part of a trend. precision: how well its date is known.
    checked: whether somebody has looked it up in its first source.
    """

    month: str
    until: str
    label: str
    text: str
    records: tuple[str, ...]
    where: dict[str, tuple[Any, ...]]
    point: bool
    source: str
    chosen: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    forces: tuple[str, ...] = ()
    breaks: bool = False
    leave_out: bool = False
    precision: str = "month"
    checked: bool = True
    day: str = ""

    def touches(self, measure: Measure) -> bool:
        """Whether counts of this measure are touched."""
        if measure.count.records not in self.records or self.point:
            return False
        choice = measure.count.where
        if self.chosen and not any(
            choice.get(column) is not None and _meets(choice[column], values) for column, values in self.chosen.items()
        ):
            return False
        return all(_meets(choice.get(column), values) for column, values in self.where.items())

    def within(self, force: str | None) -> bool:
        """Whether it is about the area of this police force; a change for all forces is."""
        return not self.forces or force in self.forces

    @property
    def note(self) -> str:
        """Its text, and that it has not been checked where that is so."""
        return self.text if self.checked else f"{self.text} {UNCHECKED}"


def events(own: Path | None = None) -> tuple[Event, ...]:
    """All declared changes, by month. own: a partnership's own folder of definitions, whose files add to the national one.

    Raises WardwiseError when a file lacks a setting."""
    found = [event for path in files("recording", own) for event in _in_file(path, path.stat().st_mtime_ns)]
    return tuple(sorted(found, key=lambda event: event.month))


@lru_cache(maxsize=64)
def _in_file(path: Path, _changed: int) -> tuple[Event, ...]:
    """A file's changes, read again only when the file has changed: many series ask for them."""
    return tuple(_event(row, path.name) for row in read(path).get("changes", []))


def events_for(
    measure: Measure, months: Sequence[str], *, own: Path | None = None, force: str | None = None
) -> tuple[Event, ...]:
    """The changes that touch a measure's counts in any of `months`, in the area of `force`."""
    if not hasattr(measure, "count"):
        return ()
    return tuple(
        event
        for event in events(own)
        if event.touches(measure)
        and event.within(force)
        and any(event.month <= month <= event.until for month in months)
    )


def breaks(found: Sequence[Event]) -> tuple[str, ...]:
    """The months in which a new line begins: where a change that cannot be crossed begins, and after one that ended."""
    starts = {event.month for event in found if event.breaks}
    ends = {shift(event.until, 1) for event in found if event.breaks and event.until != event.month}
    return tuple(sorted(starts | ends))


def left_out(found: Sequence[Event], months: Sequence[str]) -> tuple[str, ...]:
    """The months that no trend takes in, because life or recording was out of the ordinary."""
    return tuple(m for m in months if any(event.leave_out and event.month <= m <= event.until for event in found))


def spans_left_out(found: Sequence[Event]) -> tuple[Period, ...]:
    """The spans that no baseline takes in, one for each change that says so."""
    return tuple(Period(event.month, event.until) for event in found if event.leave_out)


def _meets(chosen: Any, values: tuple[Any, ...]) -> bool:
    """Whether a measure's choice of a column's values takes in one of `values`; no choice takes in all."""
    if chosen is None:
        return True
    if isinstance(chosen, dict):
        if "not" in chosen:
            out = chosen["not"]
            return bool(set(values) - set(out if isinstance(out, list | tuple) else [out]))
        inside = chosen.get("in", chosen.get("any"))
        return inside is None or bool(set(inside) & set(values))
    return bool(set(chosen if isinstance(chosen, list | tuple) else [chosen]) & set(values))


def _event(row: dict[str, Any], file: str) -> Event:
    lacking = [name for name in _NEEDED if not row.get(name)]
    start = str(row.get("from", ""))
    precision = str(row.get("precision", "month"))
    if lacking or not is_month(start) or not is_month(str(row.get("until", start))):
        raise WardwiseError(
            f"A change of recording lacks {', '.join(lacking) or 'a month written YYYY-MM'}.",
            where=file,
            next_step=f"Give each change {', '.join(_NEEDED)}.",
        )
    if precision not in PRECISION:
        raise WardwiseError(
            f"A date cannot be known to the “{precision}”.",
            where=f"{file}, {row['label']}",
            next_step=f"Write {', '.join(PRECISION)}.",
        )
    return Event(
        month=start,
        until=str(row.get("until", start)),
        label=row["label"],
        text=row["text"],
        records=tuple(row["records"]),
        where=_values(row.get("where")),
        point=bool(row.get("point")),
        source=row.get("source", ""),
        chosen=_values(row.get("chosen")),
        forces=tuple(row.get("forces", ())),
        breaks=bool(row.get("break")),
        leave_out=bool(row.get("leave_out")),
        precision=precision,
        checked=bool(row.get("checked", True)),
        day=str(row.get("day", "")),
    )


def _values(given: dict[str, Any] | None) -> dict[str, tuple[Any, ...]]:
    return {column: tuple(values) for column, values in (given or {}).items()}
