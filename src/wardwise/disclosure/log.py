"""Saying in plain sentences what was hidden, why, and what risk is left. No sentence holds a hidden count."""

from __future__ import annotations

from collections.abc import Mapping

from ..records.cells import SUPPRESSED
from ..records.figures import alone
from ..records.findings import Table
from .plan import Plan
from .released import Audience
from .thresholds import Rule


def sentences(plan: Plan, audience: Audience) -> tuple[str, ...]:
    """The log of one release, for the analyst and for the file; it may be published with the product."""
    if audience is Audience.ANALYST:
        return ("Analyst copy: nothing is hidden. It must not be passed on.",)
    lines = [_total(plan, audience), *_why(plan), *_proof(plan), *plan.notes, *_risk(plan)]
    return tuple(line for line in lines if line)


def _total(plan: Plan, audience: Audience) -> str:
    every = sum(count.shown for count in plan.grid.counts)
    return f"{audience.value.capitalize()} copy: {_of(len(plan.hidden), every, 'count')} hidden."


def _why(plan: Plan) -> list[str]:
    guards = len(plan.hidden - plan.small - plan.kept)
    helped = ", here or beside an earlier product" if any(count.known for count in plan.grid.counts) else ""
    reasons = (
        (len(plan.small), "too small to show to this audience"),
        (len(plan.kept), "hidden in an earlier product, and showing them now could give another away"),
        (guards, f"large enough, but a small count could be worked out from them{helped}"),
    )
    return [f"{number:,} hidden: {reason}." for number, reason in reasons if number]


def _proof(plan: Plan) -> list[str]:
    if not plan.hidden:
        return []
    return [
        f"Each hidden count was tested against {len(plan.relations):,} sums: {len(plan.hidden - plan.exposed):,} of "
        f"{len(plan.hidden):,} could each still be any of several numbers."
    ]


def _risk(plan: Plan) -> list[str]:
    lines = []
    if plan.exposed:
        lines.append(
            f"Risk left: {_of(len(plan.exposed), None, 'count')} can be worked out from an earlier product, whatever is hidden now."
        )
    unnamed = sum(count.shown and not count.key for count in plan.grid.counts)
    if unnamed:
        lines.append(
            f"Risk left: {_of(unnamed, None, 'count')} without a figure's id could not be compared with earlier products."
        )
    apart = sum(count.shown and alone(count.key) for count in plan.grid.counts)
    if apart:
        lines.append(
            f"Risk left: {_of(apart, None, 'count')} of no figure, set against earlier products of the same months only."
        )
    lines.append("Risk left: what readers know from elsewhere, and products that were not put in the register.")
    return lines


def _of(number: int, every: int | None, noun: str) -> str:
    amount = f"{number:,}" if every is None else f"{number:,} of {every:,}"
    return f"{amount} {noun}{'' if (every or number) == 1 else 's'}"


def hidden_cells(tables: Mapping[str, Table]) -> int:
    """How many cells of these tables are hidden."""
    return sum(cell is SUPPRESSED for table in tables.values() for row in table.rows for cell in row.values())


def key(rule: Rule, hidden: int) -> str:
    """The sentence under a table that explains [c]. Empty when nothing is hidden."""
    if not hidden:
        return ""
    small = {0: "a small count", 1: "a small count", 2: "a count of 1", 3: "a count of 1 or 2"}.get(
        rule.hide_below, f"a count from 1 to {rule.hide_below - 1}"
    )
    reasons = [small, "a number from which one could be worked out"]
    if rule.rate_from > rule.hide_below:
        reasons.append(f"a rate or percentage that rests on fewer than {rule.rate_from}")
    return f"[c] hidden to protect people: {', '.join(reasons[:-1])} or {reasons[-1]}. It is not zero."


def rounding(rule: Rule) -> str:
    """The sentence under a table of rounded counts. Empty when they are not rounded."""
    if rule.round_to == 1:
        return ""
    return f"Counts are rounded to the nearest {rule.round_to}, so totals may differ from the sum of their parts."
