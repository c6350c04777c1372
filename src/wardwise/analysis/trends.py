"""Is it more than the usual ups and downs? A control chart of a monthly series, with its signs in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from wardwise.methods import spc
from wardwise.methods.spc_rules import RULE_SETS, WHEELER, Rules
from wardwise.records.cells import MISSING
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Column, Findings, Role, Row, Table
from wardwise.records.periods import Period, month_name

from . import rebases
from .asking import Asker, MeasureOrName, asker, once
from .chart_words import statements
from .charting import FEWEST_POINTS, Charted, chart, left_out_caveats
from .rebases import Rebase
from .recording import Event, events_for, spans_left_out
from .words import GAP, gap_caveat, literal, sentence_case, spoken_title

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

__all__ = ["FEWEST_POINTS", "control_chart", "rule_set"]

LONGEST_LABEL = 32
"""Characters of a reason that fit beside its line on a chart; the whole reason stands under it."""


def control_chart(
    source: Snapshot | Asker,
    measure: MeasureOrName,
    area: str,
    period: Period,
    *,
    rules: Rules = WHEELER,
    baseline: Period | None = None,
    phases: Sequence[Rebase] | None = None,
    seasonal: bool = False,
    screen: bool = False,
    ranges: bool = False,
    named: bool = False,
    name: str = "control_chart",
) -> Findings:
    """The monthly series of a measure in one area with its mean, limits and signs: table `points`; with `ranges` also the moving
    ranges: table `ranges`.

    Counts are charted; a share (percent) is charted as its value. baseline: months the first limits are worked out from (all, unless
    told). phases: re-bases that people have accepted, from each of which the mean and limits are worked out anew; those in the
    register of the store unless told. seasonal: limits follow the time of year where there is a marked season. screen: leave
    outlying moving ranges out of the limits. named: the sentence names the area, for one that the report is not about. A month not
    supplied is a gap and breaks the moving range and every run.
    """
    ask = asker(source)
    definition = ask.measure(measure)
    figures = ask.figures(definition, [area], period, ["month"])
    share = figures.unit.startswith("%")
    accepted = rebases.of(ask.definitions, definition.measure, area) if phases is None else phases
    within = [rebase for rebase in accepted if period.start < rebase.month <= period.end]
    notes = events_for(definition, period.months(), own=ask.definitions, force=ask.force(area))
    options: dict[str, Any] = {"share": share, "seasonal": seasonal, "screen": screen}
    options |= {"starts": [rebase.month for rebase in within], "leave_out": spans_left_out(notes)}
    charted = chart(figures.figures, period, rules, baseline, **options)
    where = figures.names.get(area, area)
    title = f"{figures.title}, {where}, {period.label()}, by month"
    gone = [month for month, value in zip(charted.months, charted.values, strict=True) if value is MISSING]
    subject = literal(spoken_title(figures.title) + (f" in {where}" if named else ""))
    points = _table(charted, title, figures.unit, _labels(notes, within), share=share)
    tables = {"points": points}
    if ranges:
        tables["ranges"] = _ranges(charted, points, figures.title, where, period)
    return Findings(
        name=name,
        title=title,
        tables=tables,
        statements=tuple(statements(charted, subject, "percent" if share else "count")),
        method=_method(rules, baseline, charted, within, screen=screen),
        caveats=once((*figures.caveats, *_caveats(charted, notes, within), gap_caveat(gone))),
        sources=figures.sources,
        profile=definition.profile,
        meta={
            "area": where,
            "area_code": area,
            "unit": figures.unit,
            "rules": rules.title,
            "better": figures.better,
            GAP: " ".join(gone),
        },
    )


def rule_set(name: str) -> Rules:
    """The rule set called `name`. Raises WardwiseError, naming those there are, for any other."""
    if name not in RULE_SETS:
        raise WardwiseError(
            f"There is no rule set called “{name}”.",
            where="rules",
            next_step=f"Use one of: {', '.join(sorted(RULE_SETS))}.",
        )
    return RULE_SETS[name]


def _labels(notes: Sequence[Event], accepted: Sequence[Rebase]) -> dict[str, str]:
    """What is written at a month of the chart: changes of recording, and new levels with their reason."""
    found: dict[str, list[str]] = {}
    for event in notes:
        found.setdefault(event.month, []).append(event.label)
    for rebase in accepted:
        found.setdefault(rebase.month, []).append(f"New level: {_short(rebase.reason)}")
    return {month: "; ".join(labels) for month, labels in found.items()}


def _short(reason: str) -> str:
    return reason if len(reason) <= LONGEST_LABEL else f"{reason[: LONGEST_LABEL - 1].rstrip()}…"


def _table(charted: Charted, title: str, unit: str, labels: dict[str, str], *, share: bool) -> Table:
    decimals = 1
    kind = Role.VALUE if share else Role.COUNT
    columns = (
        Column("month", Role.PERIOD, "Month"),
        Column("value", kind, sentence_case(unit), decimals=decimals if share else None),
        Column("mean", Role.VALUE, "Mean", of=("value",), decimals=decimals, whole=True),
        Column("lower", Role.LOWER, "Lower limit", of=("value",), decimals=decimals, whole=True),
        Column("upper", Role.UPPER, "Upper limit", of=("value",), decimals=decimals, whole=True),
        Column("verdict", Role.VERDICT, "Sign of a real change", of=("value",)),
        Column("note", Role.NOTE, "Recording", of=("value",)),
        Column("left_out", Role.NOTE, "Mean and limits", of=("value",)),
        Column("id", Role.FIGURE, "Figure", of=("value",)),
    )
    rows: list[Row] = [
        {
            "month": month,
            "value": charted.values[i],
            "left_out": charted.left_out(i),
            **charted.limits_at(i),
            "verdict": charted.reasons(i),
            "note": labels.get(month, ""),
            "id": charted.ids[i],
        }
        for i, month in enumerate(charted.months)
    ]
    return Table("points", title, columns, tuple(rows))


def _ranges(charted: Charted, points: Table, measure: str, where: str, period: Period) -> Table:
    """The moving ranges beside the counts they come from, so that release hides both together."""
    title = f"Difference from the month before, {measure[:1].lower()}{measure[1:]}, {where}, {period.label()}"
    value, identity = points.column("value"), points.column("id")
    decimals = 0 if value.role is Role.COUNT and not charted.seasonal else 1
    columns = (
        Column("month", Role.PERIOD, "Month"),
        value,
        Column("range", Role.VALUE, "Difference from the month before", of=("value",), decimals=decimals, whole=True),
        Column("mean", Role.VALUE, "Mean difference", of=("value",), decimals=1, whole=True),
        Column("upper", Role.UPPER, "Upper limit", of=("value",), decimals=1, whole=True),
        Column("verdict", Role.VERDICT, "Sign of a real change", of=("value",)),
        identity,
    )
    rows: list[Row] = []
    for i, month in enumerate(charted.months):
        found = charted.range_at(i)
        jump = (
            isinstance(found["range"], float) and isinstance(found["upper"], float) and found["range"] > found["upper"]
        )
        said = "an unusual jump from the month before" if jump else ""
        rows.append({"month": month, "value": charted.values[i], **found, "verdict": said, "id": charted.ids[i]})
    return Table("ranges", title, columns, tuple(rows))


def _caveats(charted: Charted, notes: Sequence[Event], accepted: Sequence[Rebase]) -> tuple[str, ...]:
    return (*(event.note for event in notes), *left_out_caveats(charted), *_phase_words(accepted))


def _phase_words(accepted: Sequence[Rebase]) -> tuple[str, ...]:
    return tuple(
        f"From {month_name(rebase.month)} on the mean and limits are worked out anew. Reason: {rebase.reason.rstrip('.')}. "
        f"Decided by {rebase.by}, {rebase.date}."
        for rebase in accepted
    )


def _method(
    rules: Rules, baseline: Period | None, charted: Charted, accepted: Sequence[Rebase], *, screen: bool
) -> str:
    months = f"the months {baseline.label()}" if baseline else "all months shown"
    months += " but those left out" if charted.out else ""
    if accepted:
        months = f"{months}, each level for itself" if baseline is None else f"{months} before the first new level"
    season = (
        " The limits follow the time of year: each month of the year has its usual share of the average month."
        if charted.seasonal
        else ""
    )
    screened = " Outlying moving ranges were left out of the limits." if screen else ""
    return (
        f"XmR control chart. The mean is of {months}; the limits lie {spc.LIMIT_FACTOR} mean moving ranges from it.{season}{screened} "
        f"Signs of a real change follow the rules of {rules.title} ({rules.citation})."
    )
