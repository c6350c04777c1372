"""Harm apart: what the police found from what others reported, and what happened long ago from what is recent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from wardwise.records.cells import NOT_APPLICABLE, Cell
from wardwise.records.figures import Figure, Key
from wardwise.records.findings import Column, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period

from .harm_counts import Kind, Weighing
from .words import NOT_STATED

REPORTED, FOUND = "Reported by victims and others", "Mostly found by police activity"
RECENT = {
    "no": "Happened within the 12 months before",
    "yes": "Happened longer ago",
    NOT_STATED: "Not stated when it happened",
}

Amounts = Mapping[str, tuple[int, float]]
"""label → number of offences and days of harm"""


def parts_tables(weighing: Weighing, kinds: Sequence[Kind], area: str, period: Period, where: str) -> tuple[Table, ...]:
    """Tables `reported` and `recent`; the second is empty where the source does not say when offences happened."""
    named = f"in {where}, {period.label()}"
    key = Key(weighing.measure, area, period, (("weighed", weighing.table.name),))
    split = () if weighing.estimated else weighing.figures([area], period, [weighing.by, "non_recent"]).figures
    by_time = _by_time(weighing, split)
    known = any(key in by_time for key in ("yes", "no"))
    shown = {RECENT[key]: by_time[key] for key in RECENT if key in by_time} if known else {}
    guess = " (estimate)" if weighing.estimated else ""
    return (
        _table("reported", f"Harm reported and harm found {named}", _by_finder(kinds), key, guess),
        _table("recent", f"Harm by when it happened {named}", shown, key, guess),
    )


def _by_finder(kinds: Sequence[Kind]) -> Amounts:
    found = {}
    for label, police in ((REPORTED, False), (FOUND, True)):
        each = [kind for kind in kinds if kind.days is not None and kind.found_by_police is police]
        found[label] = (sum(k.count for k in each), sum(k.count * (k.days or 0.0) for k in each))
    return found


def _by_time(weighing: Weighing, figures: Sequence[Figure]) -> Amounts:
    found = {}
    for key in RECENT:
        chosen = [figure for figure in figures if dict(figure.key.group).get("non_recent") == key]
        kinds = [kind for kind in weighing.kinds(chosen) if kind.days is not None]
        if kinds:
            found[key] = (sum(k.count for k in kinds), sum(k.count * (k.days or 0.0) for k in kinds))
    return found


def _table(name: str, title: str, amounts: Amounts, key: Key, guess: str) -> Table:
    """key: of all that is weighed, for the register of releases. guess: what a column of estimates adds to its name."""
    columns = (
        Column("label", Role.LABEL, "Offences"),
        Column("count", Role.COUNT, "Number"),
        Column("share", Role.PERCENT, "Share of recorded crime", of=("count",), decimals=1),
        Column("share_of_harm", Role.PERCENT, f"Share of harm{guess}", of=("count",), decimals=1),
        Column("key", Role.KEY, "Key", of=("count",)),
    )
    every, harm = sum(n for n, _ in amounts.values()), sum(days for _, days in amounts.values())
    rows: list[Row] = [
        {
            "label": label,
            "count": n,
            "share": _percent(n, every),
            "share_of_harm": _percent(days, harm),
            "key": replace(key, group=(*key.group, (name, label))).text(),
        }
        for label, (n, days) in amounts.items()
    ]
    return Table(name, title, columns, tuple(rows))


def _percent(part: float, whole: float) -> Cell:
    return float(100 * Fraction(part) / Fraction(whole)) if whole else NOT_APPLICABLE


def said_of_parts(tables: Sequence[Table], *, estimated: bool) -> list[Statement]:
    """What the police found; what happened long ago."""
    found, guess = [], "estimated " if estimated else ""
    for table in tables:
        at = {row["label"]: i for i, row in enumerate(table.rows)}
        label, lead = (
            (FOUND, "Offences that are mostly found by police activity, such as drugs and weapons,")
            if table.name == "reported"
            else (RECENT["yes"], "Offences that happened more than 12 months before they were reported")
        )
        if label in at and table.rows[at[label]]["count"]:
            refs = {key: Ref(table.name, at[label], key) for key in ("share", "share_of_harm")}
            text = f"{lead} made up {{share_of_harm}} of the {guess}harm and {{share}} of recorded crimes."
            found.append(Statement(text, refs, dict.fromkeys(refs, "percent")))
    return found
