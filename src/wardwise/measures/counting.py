"""Counts the records of a measure, each kind of table in its own way."""

from __future__ import annotations

from collections.abc import Mapping

from . import events, states, totals
from .definition import Count
from .kinds import Kind
from .reading import Reading
from .tally import Asked, Tallies

_TALLY = {Kind.EVENTS: events.tally, Kind.TOTALS: totals.tally, Kind.STATES: states.tally}


def tally(count: Count, asked: Asked, reading: Reading, lists: Mapping[str, tuple[str, ...]]) -> Tallies:
    """The number for every area, part and group asked for, or why there is none."""
    return _TALLY[count.kind](count, asked, reading, lists)
