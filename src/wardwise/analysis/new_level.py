"""Has it moved to a new level? Where, how sure, and what is known of recording there. A person decides; nothing is re-based here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from wardwise.methods import changepoint, spc_seasonal
from wardwise.records.cells import Cell
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period, month_name, shift

from . import rebases
from .asking import Asker, MeasureOrName, asker, count_cell, once
from .charting import numbers
from .rebases import Rebase
from .recording import Event, events_for, left_out
from .words import listed, literal, months_in_words, plural, spoken_title

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

METHOD = (
    "Change-points: every pair of neighbouring stretches of 12 months or more is searched for the clearest change of mean (likelihood ratio, "
    "counts on Anscombe's scale), and compared with series in which nothing changes and months follow each other as they do here (999 "
    "drawn; less than 1 in 20). The range of months is where the change falls in 95 of 100 series drawn with it. A marked season is "
    "taken out first. Months that the register of recording changes says to leave out are not searched. Where months follow each other closely a false change is found up to 1 time in 5. A new level is only suggested: a chart takes one when a person has recorded it with a reason."
)


def suggest(
    source: Snapshot | Asker, measure: MeasureOrName, area: str, period: Period, *, name: str = "rebase"
) -> Findings:
    """Months in which the measure seems to have moved to a new level: table `levels`, with the evidence and whether it is accepted."""
    ask = asker(source)
    definition = ask.measure(measure)
    figures = ask.figures(definition, [area], period, ["month"])
    months = period.months()
    held = {figure.key.period.start: count_cell(figure) for figure in figures.figures}
    events = events_for(definition, months, own=ask.definitions, force=ask.force(area))
    gone = left_out(events, months)
    y = numbers(["" if month in gone else held.get(month, "") for month in months])
    season = spc_seasonal.season(y, first=int(months[0][5:]) - 1)
    found = changepoint.changes(season.without(y))
    accepted = [one for one in rebases.of(ask.definitions, definition.measure, area) if one.month in months]
    where = figures.names.get(area, area)
    title = f"New levels of {figures.title[:1].lower()}{figures.title[1:]} in {where}, {period.label()}"
    subject = literal(f"{spoken_title(figures.title)} in {where}")
    known = int(np.count_nonzero(~np.isnan(y)))
    rows = list(_rows(found, y, months, accepted, events))
    return Findings(
        name=name,
        title=title,
        tables={"levels": _table(rows, title)},
        statements=tuple(_statements(rows, subject, known, gone)),
        method=METHOD,
        caveats=once(
            (*figures.caveats, *(event.note for event in events), *_not_searched(gone), *_unsupported(accepted, rows))
        ),
        sources=figures.sources,
        profile=definition.profile,
        meta={"area": where, "area_code": area},
    )


def _rows(
    found: Sequence[changepoint.Change],
    y: np.ndarray,
    months: Sequence[str],
    accepted: Sequence[Rebase],
    events: Sequence[Event],
) -> Iterator[Row]:
    """One row for each change, with the totals of the stretches on either side. A change found just after months that are left out may
    have come in any of them."""
    edges = [0, *(change.at for change in found), len(months)]
    gone = left_out(events, months)
    for i, change in enumerate(found):
        earliest, latest = months[change.earliest], months[change.latest]
        while shift(earliest, -1) in gone:
            earliest = shift(earliest, -1)
        before, after = y[edges[i] : change.at], y[change.at : edges[i + 2]]
        near = [event.label for event in events if shift(earliest, -1) <= event.month <= shift(latest, 1)]
        taken = next((one for one in accepted if earliest <= one.month <= latest), None)
        row: dict[str, Cell] = {
            "month": months[change.at],
            "between": Period(earliest, latest).text(),
            "chance": "less than 1 in 100" if change.p <= 0.01 else "less than 1 in 20",
            "status": f"Accepted: {taken.reason}" if taken else "Suggested",
            "recording": "; ".join(near) or "No change of recording is registered near it",
        }
        for side, part in (("before", before), ("after", after)):
            counted = part[~np.isnan(part)]
            row |= {f"{side}_months": len(counted), f"{side}_total": int(counted.sum())}
            row[f"{side}_mean"] = float(counted.sum()) / len(counted)
        yield row


def _table(rows: Sequence[Row], title: str) -> Table:
    columns = [
        Column("month", Role.PERIOD, "New level from"),
        Column("between", Role.PERIOD, "Between"),
    ]
    for side, words in (("before", "before"), ("after", "after")):
        columns += [
            Column(f"{side}_total", Role.COUNT, f"Recorded {words}"),
            Column(f"{side}_months", Role.BASE, f"Months {words}"),
            Column(f"{side}_mean", Role.VALUE, f"A month {words}", of=(f"{side}_total",), decimals=1),
        ]
    both = ("before_total", "after_total")
    columns += [
        Column("chance", Role.VERDICT, "By chance alone", of=both),
        Column("status", Role.VERDICT, "Accepted?", of=both),
        Column("recording", Role.NOTE, "Recording near it", of=both),
    ]
    return Table("levels", title, tuple(columns), tuple(rows))


def _statements(rows: Sequence[Row], subject: str, known: int, gone: Sequence[str]) -> Iterator[Statement]:
    if not known:
        return
    if known < changepoint.FEWEST_POINTS:
        yield Statement(
            f"{subject}: {plural(known, 'month')}{f', with {months_in_words(gone)} left out,' if gone else ''} are too few to look for a new level; two years are needed."
        )
        return
    if not rows:
        yield Statement(f"{subject}: no new level can be told from chance, so no re-base is suggested.")
    formats = {"before_mean": "rate", "after_mean": "rate", "chance": "text", "status": "text"}
    for at, row in enumerate(rows):
        refs = {name: Ref("levels", at, name) for name in formats}
        first, last = str(row["between"]).split("..")[0], str(row["between"]).split("..")[-1]
        range_ = "" if first == last else f" (between {month_name(first)} and {month_name(last)})"
        moved = "rose" if float(str(row["after_mean"])) > float(str(row["before_mean"])) else "fell"
        text = (
            f"{subject} {moved} to a new level about {month_name(str(row['month']))}{range_}: from {{before_mean}} to {{after_mean}} a month. "
            "Chance alone does this {chance}. "
        )
        yield Statement(text + _decision(row), refs, formats)


def _decision(row: Row) -> str:
    """What has been decided, or that nothing is yet."""
    if str(row["status"]).startswith("Accepted"):
        return literal(f"{row['status'].rstrip('.')}.") if isinstance(row["status"], str) else ""
    near = str(row["recording"])
    seen = "" if near.startswith("No change") else f"Registered near it: {literal(near)}. "
    return f"{seen}The chart keeps its old mean and limits until a person records why they should begin anew."


def _not_searched(gone: Sequence[str]) -> Iterator[str]:
    """What is said of months that the register of recording changes leaves out."""
    if gone:
        yield (
            f"Left out of the search for a new level and of its means: {months_in_words(gone)}, as the register of recording changes says. "
            "A change in them is dated after them."
        )


def _unsupported(accepted: Sequence[Rebase], rows: Sequence[Row]) -> Iterator[str]:
    """Accepted levels for which the counts show no change."""
    seen = {str(row["status"]) for row in rows}
    alone = [month_name(one.month) for one in accepted if f"Accepted: {one.reason}" not in seen]
    if alone:
        yield f"The accepted new level of {listed(alone)} shows no change of level in the counts; look at its reason again."
