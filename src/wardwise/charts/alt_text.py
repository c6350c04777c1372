"""Words that say what a picture says, from released cells only. A hidden cell is said to be hidden, never guessed at."""

from __future__ import annotations

from wardwise.disclosure.released import Released
from wardwise.records.findings import Column, Role, Row, Table
from wardwise.records.shown import cell

from .reading import count, drawn, first, is_sum, maybe, words

_MOST = 4  # more names than this in one sentence cannot be followed by ear


def control_words(released: Released, table: Table, value: Column, gap: str) -> str:
    """A control chart: how many months, their range, the mean and limits, and which months stand out."""
    period, verdict = first(table, Role.PERIOD), maybe(table, Role.VERDICT)
    known = _known(table, value)
    if not known:
        return f"Control chart of {table.title}. No month can be shown. {gap}".strip()
    unusual = [row for row in known if verdict and words(row[verdict.name])]
    parts = [
        f"Control chart of {table.title}, {count(len(table.rows), 'month')},"
        f" {cell(table.rows[0][period.name], period)} to {cell(table.rows[-1][period.name], period)}.",
        _span(table, value),
        _limits(known[-1], table),
    ]
    if not unusual:
        parts.append("No month stands out from the usual variation.")
    else:
        named = listed([f"{cell(r[period.name], period)} ({cell(r[value.name], value)})" for r in unusual])
        stand = "stands" if len(unusual) == 1 else "stand"
        parts.append(f"{count(len(unusual), 'month')} {stand} out: {named}.")
    return " ".join(part for part in (*parts, gap) if part)


def left_out_words(table: Table) -> str:
    """“Hollow points: 2 months, April 2020 to May 2020, are no part of the mean and limits and are not judged.” Empty where there are none."""
    out, period = maybe(table, name="left_out"), first(table, Role.PERIOD)
    rows = [i for i, row in enumerate(table.rows) if out and words(row.get(out.name))]
    if not rows:
        return ""
    stretches: list[list[int]] = []
    for at in rows:
        if stretches and at == stretches[-1][-1] + 1:
            stretches[-1].append(at)
        else:
            stretches.append([at])
    named = listed(
        [" to ".join(dict.fromkeys(cell(table.rows[i][period.name], period) for i in (s[0], s[-1]))) for s in stretches]
    )
    be = "is" if len(rows) == 1 else "are"
    return f"Hollow: {count(len(rows), 'month')} ({named}) {be} left out of the mean and limits, and {be} not judged."


def line_words(table: Table, value: Column, label: Column, gap: str, *, what: str) -> str:
    """Lines or bars with one value to a label: the range, the first and the last."""
    known = _known(table, value)
    if not known:
        return f"{what} of {table.title}. Nothing can be shown. {gap}".strip()
    first_row, last = known[0], known[-1]
    ends = (
        f"It starts at {cell(first_row[value.name], value)} ({cell(first_row[label.name], label)})"
        f" and ends at {cell(last[value.name], value)} ({cell(last[label.name], label)})."
    )
    return " ".join(part for part in (f"{what} of {table.title}.", _span(table, value), ends, gap) if part)


def ranked_words(table: Table, value: Column, label: Column, ours: str, gap: str, *, what: str) -> str:
    """A ranking: first, last, and where we stand."""
    single = [row for row in _known(table, value) if not is_sum(words(row[label.name]))]
    known = sorted(single, key=lambda row: -(drawn(row[value.name]) or 0))
    if not known:
        return f"{what} of {table.title}. Nothing can be shown. {gap}".strip()
    names = [f"{cell(r[label.name], label)} ({cell(r[value.name], value)})" for r in known]
    parts = [f"{what} of {table.title}, highest first: {listed(names)}."]
    place = next((i for i, r in enumerate(known, 1) if ours and words(r[label.name]) == ours), 0)
    if place:
        parts.append(f"{ours} is number {place} of {len(known)} with {cell(known[place - 1][value.name], value)}.")
    if len(known) > _MOST:
        parts.append(f"At the foot: {names[-1]}.")
    return " ".join(part for part in (*parts, gap) if part)


def listed(names: list[str]) -> str:
    """a, b and c; a, b, c, d and 3 more."""
    if len(names) > _MOST:
        return f"{', '.join(names[:_MOST])} and {len(names) - _MOST} more"
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def _known(table: Table, value: Column) -> list[Row]:
    return [row for row in table.rows if drawn(row.get(value.name)) is not None]


def _span(table: Table, value: Column) -> str:
    known = _known(table, value)
    low = min(known, key=lambda row: drawn(row[value.name]) or 0)
    high = max(known, key=lambda row: drawn(row[value.name]) or 0)
    where = maybe(table, Role.PERIOD, Role.LABEL)
    named = [f" ({cell(row[where.name], where)})" if where else "" for row in (low, high)]
    return f"The values run from {cell(low[value.name], value)}{named[0]} to {cell(high[value.name], value)}{named[1]}."


def _limits(row: Row, table: Table) -> str:
    mean, lower, upper = maybe(table, name="mean"), maybe(table, Role.LOWER), maybe(table, Role.UPPER)
    if not (mean and lower and upper) or drawn(row.get(mean.name)) is None:
        return ""
    ends = f"{cell(row[lower.name], lower)} and {cell(row[upper.name], upper)}"
    return f"The latest mean is {cell(row[mean.name], mean)}; usual months lie between {ends}."


def series_words(table: Table, value: Column, gap: str) -> str:
    """Several lines: each with its range and its latest value."""
    label, period = first(table, Role.LABEL), first(table, Role.PERIOD)
    parts = [f"Lines compared: {table.title}."]
    for name in dict.fromkeys(words(row[label.name]) for row in table.rows):
        rows = tuple(row for row in table.rows if words(row[label.name]) == name)
        one = Table(table.name, table.title, table.columns, rows)
        known = _known(one, value)
        if not known:
            parts.append(f"{name}: nothing can be shown.")
            continue
        low = min(known, key=lambda row: drawn(row[value.name]) or 0)
        high = max(known, key=lambda row: drawn(row[value.name]) or 0)
        parts.append(
            f"{name}: lowest {cell(low[value.name], value)} ({cell(low[period.name], period)}), highest"
            f" {cell(high[value.name], value)} ({cell(high[period.name], period)}), last {cell(known[-1][value.name], value)}."
        )
    return " ".join(part for part in (*parts, gap) if part)


def change_words(table: Table, label: Column, before: Column, after: Column, gap: str) -> str:
    """Before and after, row by row."""
    known = [r for r in table.rows if drawn(r[before.name]) is not None and drawn(r[after.name]) is not None]
    parts = [
        f"{cell(r[label.name], label)} from {cell(r[before.name], before)} to {cell(r[after.name], after)}"
        for r in known
    ]
    said = f"{'; '.join(parts)}." if parts else "Nothing can be shown."
    return " ".join(p for p in (f"{before.title} and {after.title} compared: {table.title}.", said, gap) if p)


def paired_words(table: Table, label: Column, one: Column, other: Column, gap: str) -> str:
    """Two columns of bars: both values of each row."""
    parts = [
        f"{cell(r[label.name], label)} {cell(r[one.name], one)} and {cell(r[other.name], other)}" for r in table.rows
    ]
    lead = f"Two columns of bars, {one.title} and {other.title}: {table.title}."
    return " ".join(p for p in (lead, f"{'; '.join(parts)}.", gap) if p)


def pareto_words(table: Table, label: Column, share: Column, running: Column, gap: str) -> str:
    """A Pareto chart: each share and what it brings the running total to."""
    parts = [
        f"{cell(r[label.name], label)} {cell(r[share.name], share)}, {cell(r[running.name], running)} in all"
        for r in _known(table, running)
    ]
    said = f"{'; '.join(parts)}." if parts else "Nothing can be shown."
    return " ".join(p for p in (f"Bars with a running total: {table.title}.", said, gap) if p)


def rank_words(table: Table, label: Column, ways: list[Column], gap: str) -> str:
    """Ranks under several ways of ranking, name by name."""
    parts = [
        f"{cell(r[label.name], label)} {', '.join(cell(r[way.name], way) for way in ways)}"
        for r in table.rows
        if not is_sum(words(r[label.name]))
    ]
    lead = f"Ranks joined by lines: {table.title}. Each name with its {', '.join(lower(way.title) for way in ways)}:"
    return " ".join(p for p in (lead, f"{'; '.join(parts)}.", gap) if p)


def lower(title: str) -> str:
    return title[:1].lower() + title[1:]
