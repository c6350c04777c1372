"""Which tools and powers were used, and how many warnings were not followed by a notice?"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from wardwise.methods.rates import wilson
from wardwise.records.cells import MISSING, NOT_APPLICABLE, Cell
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period

from .asking import Asker, MeasureOrName, asker
from .pairs import hidden
from .returns import Stated, answer, latest_stated, named, one_total, said, totals_table
from .words import literal, lower_first, spoken_title

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

COHORT_CAVEAT = (
    "Notices are those issued in the same months as the warnings, not those that followed the same people. A true rate follows "
    "each warning for a set time; the totals returned cannot."
)
POWERS = (
    "warning-letters",
    "community-protection-notices",
    "fixed-penalty-notices",
    "civil-injunctions",
    "undertakings",
    "criminal-behaviour-orders",
)


def powers(
    source: Snapshot | Asker,
    area: str,
    period: Period,
    measures: Sequence[MeasureOrName] = POWERS,
    *,
    name: str = "powers",
) -> Findings:
    """Tools and powers used in `period`, a stated none as 0: table `powers`. Where a service stated nothing for exactly those months,
    the total for another stretch near it, which is named. Sentences on warnings that no notice followed come from `escalation`."""
    ask = asker(source)
    found = [latest_stated(ask, ask.measure(measure), area, period) for measure in measures]
    where = named(found, area)
    covered = {one.period for one in found if one.count is not MISSING}
    shown = covered.pop() if len(covered) == 1 else period
    title = f"Tools and powers used in {where}, {shown.label()}"
    said_of = [said(one, at, "powers") for at, one in enumerate(found)]
    return answer(name, title, found, area, [totals_table("powers", title, found)], said_of)


def escalation(
    source: Snapshot | Asker,
    area: str,
    period: Period,
    *,
    warnings: MeasureOrName = POWERS[0],
    notices: MeasureOrName = POWERS[1],
    name: str = "escalation",
) -> Findings:
    """Share of warnings not followed by a notice, with its 95% interval (Wilson): table `escalation`, one row."""
    ask = asker(source)
    given, issued = (one_total(ask, ask.measure(measure), area, period) for measure in (warnings, notices))
    where = named([given, issued], area)
    title = f"Warnings that no notice followed in {where}, {period.label()}"
    both = ("warnings", "notices")
    columns = (
        Column("warnings", Role.COUNT, given.figures.title),
        Column("notices", Role.COUNT, issued.figures.title),
        Column("share", Role.PERCENT, "No notice followed", of=both, decimals=1),
        Column("lower", Role.LOWER, "Lower 95% limit", of=both, decimals=1, unit="%"),
        Column("upper", Role.UPPER, "Upper 95% limit", of=both, decimals=1, unit="%"),
        Column("warnings_id", Role.FIGURE, "Figure, warnings", of=("warnings",)),
        Column("notices_id", Role.FIGURE, "Figure, notices", of=("notices",)),
    )
    row = {
        "warnings": given.count,
        "notices": issued.count,
        **_not_followed(given.count, issued.count),
        "warnings_id": given.id,
        "notices_id": issued.id,
    }
    table = Table("escalation", title, columns, (row,))
    return answer(name, title, [given, issued], area, [table], _escalation_statements(given, row), [COHORT_CAVEAT])


def _not_followed(warnings: Cell, notices: Cell) -> dict[str, Cell]:
    if not (isinstance(warnings, int) and isinstance(notices, int)):
        return dict.fromkeys(("share", "lower", "upper"), MISSING)
    if warnings == 0 or notices > warnings:
        return dict.fromkeys(("share", "lower", "upper"), NOT_APPLICABLE)
    kept = warnings - notices
    limits = wilson(kept, warnings)
    share = float(Fraction(kept * 100, warnings))
    return {"share": share, "lower": 100 * float(limits.lower), "upper": 100 * float(limits.upper)}


def _escalation_statements(given: Stated, row: Row) -> tuple[Statement, ...]:
    if not isinstance(row["share"], float):
        return (Statement(f"{literal(given.figures.title)}: it cannot be said how many were followed by a notice."),)
    refs = {name: Ref("escalation", 0, name) for name in ("warnings", "notices", "share", "lower", "upper")}
    formats = {"warnings": "count", "notices": "count", "share": "percent", "lower": "percent", "upper": "percent"}
    text = (
        f"In {given.period.label()} there were {{warnings}} {lower_first(literal(spoken_title(given.figures.title)))} and {{notices}} "
        "notices: {share} of warnings were not followed by a notice in the same months (95% interval {lower} to {upper})."
    )
    subject = f"{literal(spoken_title(given.figures.title))} and the notices that followed"
    return (Statement(text, refs, formats, hidden(subject)),)
