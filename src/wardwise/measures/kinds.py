"""Three kinds of table, which count differently: records of events, totals that a partner states, and states at a date."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """EVENTS: one row is one event in a month; no row in a supplied month is a 0.
    TOTALS: one row is a number somebody stated for a period; no row is not supplied, never 0.
    STATES: one row describes an area in one edition; the figure is the newest edition at the period's end."""

    EVENTS = "events"
    TOTALS = "totals"
    STATES = "states"


_TOTALS = frozenset({"published_series", "service_returns"})
_STATES = frozenset({"population", "deprivation"})

FORCE_TABLES = frozenset({"street_crime", "outcomes", "stop_and_search", "offences"})
"""Tables whose sources each cover the whole area of a police force."""

EXTRACTS = frozenset({"offences", "incidents"})
"""Tables whose sources may cover only part of their supplier's area: one district's records from its county's force."""

PERIODS = ("month", "quarter", "year", "financial_year")
"""The ways to split time, finest first."""


def kind_of(table: str) -> Kind:
    if table in _TOTALS:
        return Kind.TOTALS
    return Kind.STATES if table in _STATES else Kind.EVENTS
