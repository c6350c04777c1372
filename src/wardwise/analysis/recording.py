"""Changes in how things were recorded, which look like changes in crime. They are data: definitions/recording/*.yaml."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wardwise.definitions.find import files, read
from wardwise.records.errors import WardwiseError
from wardwise.records.periods import is_month

if TYPE_CHECKING:
    from wardwise.measures.definition import Measure

_NEEDED = ("label", "from", "text", "records")


@dataclass(frozen=True)
class Event:
    """One change of recording. month: the first it touches. label: for a chart. records: tables it touches.

    where: column → values; a measure is touched when it counts any of them, or does not choose. point: it moves places on a map
    and leaves counts alone.
    """

    month: str
    until: str
    label: str
    text: str
    records: tuple[str, ...]
    where: dict[str, tuple[str, ...]]
    point: bool
    source: str

    def touches(self, measure: Measure) -> bool:
        """Whether counts of this measure are touched."""
        if measure.count.records not in self.records or self.point:
            return False
        chosen = measure.count.where
        return all(_meets(chosen.get(column), values) for column, values in self.where.items())


def events() -> tuple[Event, ...]:
    """All declared changes, by month. Raises WardwiseError when a file lacks a setting."""
    found = [_event(row, path.name) for path in files("recording") for row in read(path).get("changes", [])]
    return tuple(sorted(found, key=lambda event: event.month))


def events_for(measure: Measure, months: Sequence[str]) -> tuple[Event, ...]:
    """The changes that touch a measure's counts in any of `months`."""
    if not hasattr(measure, "count"):
        return ()
    return tuple(e for e in events() if e.touches(measure) and any(e.month <= month <= e.until for month in months))


def _meets(chosen: Any, values: tuple[str, ...]) -> bool:
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
    if lacking or not is_month(str(row["from"])):
        raise WardwiseError(
            f"A change of recording lacks {', '.join(lacking) or 'a month written YYYY-MM'}.",
            where=file,
            next_step=f"Give each change {', '.join(_NEEDED)}.",
        )
    start = str(row["from"])
    where = {column: tuple(values) for column, values in (row.get("where") or {}).items()}
    return Event(
        start,
        str(row.get("until", start)),
        row["label"],
        row["text"],
        tuple(row["records"]),
        where,
        bool(row.get("point")),
        row.get("source", ""),
    )
