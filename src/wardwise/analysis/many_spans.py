"""One measure over every span that partnerships report on: the month, the year to date, rolling and whole years."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wardwise.records.findings import Column, Findings, Role, Table
from wardwise.records.periods import Period

from . import pairs
from .asking import Asker, MeasureOrName, asker
from .change import about, count
from .pairs import Spans
from .spans import kinds_of_span
from .words import spoken_title

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot


def compare_spans(
    source: Snapshot | Asker, measure: MeasureOrName, area: str, to: str, *, name: str = "spans"
) -> Findings:
    """One measure up to month `to`: the month, year to date, rolling 12 months, last whole calendar and financial years,
    each beside the same months a year before: table `spans`."""
    ask = asker(source)
    kinds = kinds_of_span(to)
    counted = [count(ask, measure, area, Spans(after.year_before(), after)) for _, after in kinds]
    rows = [
        {
            **pairs.row(replace(one.pair, label=label), Spans(after.year_before(), after)),
            "before_period": after.year_before().text(),
            "after_period": after.text(),
        }
        for (label, after), one in zip(kinds, counted, strict=True)
    ]
    title = f"{counted[0].after.title}, {counted[0].after.names.get(area, area)}, to {Period.of(to).label()}"
    table = Table("spans", title, _span_columns(), tuple(rows))
    statements = tuple(
        pairs.statement(
            one.pair,
            Spans(after.year_before(), after),
            at,
            "spans",
            f"{spoken_title(one.pair.label)} ({label.lower()})",
        )
        for at, ((label, after), one) in enumerate(zip(kinds, counted, strict=True))
    )
    found = about(ask, name, counted, Spans(kinds[0][1].year_before(), kinds[0][1]), area)
    return replace(found, title=title, tables={"spans": table}, statements=statements)


def _span_columns() -> tuple[Column, ...]:
    label, area, *rest = pairs.columns("Span", "Year before", "Latest")
    periods = (
        Column("before_period", Role.PERIOD, "Year before covers"),
        Column("after_period", Role.PERIOD, "Latest covers"),
    )
    return (label, area, *periods, *rest)
