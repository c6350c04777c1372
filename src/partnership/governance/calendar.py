"""The calendar of duties: a year's days, which are late, and how returns came in; read through access, worked out when asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from wardwise.definitions.duties import duties
from wardwise.definitions.registers import registers

from ..access.scope import rows
from ..access.who import Who
from .models import DutyDue, Entry

RETURNS = "section-17a-returns"
SOON = timedelta(days=28)
"""How long before its day something is shown as due soon."""


@dataclass
class Line:
    """One duty on one day: alone, or many parts of it together."""

    title: str
    part: str
    owner: str
    due: date
    state: str
    url_name: str = ""
    reference: str = ""
    many: int = 1
    done: int = 0
    late: int = 0
    checked: bool = True


def year_of(day: date) -> int:
    """The year from 1 April that a day falls in."""
    return day.year if day.month >= 4 else day.year - 1


def span(year: int) -> tuple[date, date]:
    return date(year, 4, 1), date(year + 1, 3, 31)


def title(name: str) -> str:
    found = duties().get(name)
    return found.title if found else name.replace("-", " ").capitalize()


def state(row: DutyDue, today: date) -> str:
    """to-come, due (within four weeks), late, met or not-met; only the last two and `due` are stored."""
    return _open(row.due, today) if row.status == "due" else str(row.status)


def _open(due: date, today: date) -> str:
    if due < today:
        return "late"
    return "due" if due - today <= SOON else "to-come"


def lines(who: Who | None, year: int, *, organisation: str = "") -> list[Line]:
    """Every line of a year in the order of its days. Parts of one duty on one day and in one state of things stand together."""
    if who is None:
        return []
    found = rows(who, DutyDue).filter(due__range=span(year)).select_related("owner")
    entries = _entries(who).filter(due__range=span(year)).select_related("owner")
    if organisation:
        found, entries = found.filter(owner__name=organisation), entries.filter(owner__name=organisation)
    return sorted(
        [*_together(found, who.today), *_of_entries(entries, who.today)], key=lambda line: (line.due, line.title)
    )


def late(who: Who | None) -> list[Line]:
    """What is late today, in whichever year it fell due; the longest wait first."""
    if who is None:
        return []
    found = rows(who, DutyDue).filter(status="due", due__lt=who.today).select_related("owner")
    entries = _entries(who).filter(due__lt=who.today).select_related("owner")
    return sorted(
        [*_together(found, who.today), *_of_entries(entries, who.today)], key=lambda line: (line.due, line.title)
    )


def _entries(who: Who) -> Any:
    """Entries of registers whose days are duties."""
    condition = Q(pk__in=[])
    for duty in duties().values():
        if duty.when.every == "entry" and duty.in_force:
            condition |= Q(register=duty.when.register_, status__in=duty.when.during)
    return rows(who, Entry).filter(condition)


def _together(found: Iterable[DutyDue], today: date) -> list[Line]:
    groups: dict[tuple[str, date, int | None], list[DutyDue]] = defaultdict(list)
    for row in found:
        declared = duties().get(row.duty)
        owner = row.owner_id if declared and declared.for_.each == "authority" else None
        groups[row.duty, row.due, owner].append(row)
    return [_line(parts, today) for parts in groups.values()]


def _line(parts: list[DutyDue], today: date) -> Line:
    first = parts[0]
    states = [state(row, today) for row in parts]
    owners = {str(row.owner) for row in parts if row.owner}
    declared = duties().get(first.duty)
    return Line(
        title=title(first.duty),
        part=first.item if len(parts) == 1 else f"{len(parts)} parts, {states.count('met')} met",
        owner=owners.pop() if len(owners) == 1 else (f"{len(owners)} organisations" if owners else "Nobody yet"),
        due=first.due,
        state=next((one for one in ("late", "not-met", "due", "to-come") if one in states), "met"),
        url_name="dutydue" if len(parts) == 1 else "duty",
        reference=first.reference if len(parts) == 1 else first.duty,
        many=len(parts),
        done=states.count("met"),
        late=states.count("late"),
        checked=bool(declared and declared.checked),
    )


def _of_entries(found: Iterable[Entry], today: date) -> list[Line]:
    kept = {duty.when.register_: duty for duty in duties().values() if duty.when.every == "entry"}
    return [
        Line(
            title=kept[row.register].title,
            part=row.title,
            owner=str(row.owner or "Nobody yet"),
            due=row.due,
            state=_open(row.due, today),
            url_name="entry",
            reference=row.reference,
            late=int(row.due < today),
            checked=kept[row.register].checked,
        )
        for row in found
        if row.due and row.register in registers()
    ]


@dataclass
class Return:
    """One data set of one provider over a year: a cell for each quarter, in its order."""

    provider: str
    data_set: str
    cells: list[str]


@dataclass
class Punctual:
    """How punctual a provider was: returns that came in on time, of those whose day has come."""

    provider: str
    on_time: int
    late: int
    missing: int
    asked: int


def returns(who: Who | None, year: int) -> tuple[list[str], list[Return], list[Punctual]]:
    """The quarters that fell due in a year, each data set's cells, and how punctual each provider was."""
    found = (
        rows(who, DutyDue).filter(duty=RETURNS, due__range=span(year)).select_related("owner").order_by("due", "item")
    )
    quarters: dict[str, None] = {}
    cells: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    tally: dict[str, Punctual] = {}
    for row in found:
        provider = str(row.owner or "Nobody yet")
        quarters[row.period] = None
        cells[provider, row.item][row.period] = _cell(row, who.today if who else row.due)
        _count(tally.setdefault(provider, Punctual(provider, 0, 0, 0, 0)), row, who.today if who else row.due)
    made = [
        Return(provider, item, [by_quarter.get(quarter, "not asked") for quarter in quarters])
        for (provider, item), by_quarter in sorted(cells.items())
    ]
    return list(quarters), made, [tally[name] for name in sorted(tally)]


def _cell(row: DutyDue, today: date) -> str:
    if row.status == "met" and row.met_on:
        days = (row.met_on - row.due).days
        return "on time" if days <= 0 else f"{days} days late"
    if row.status == "not-met":
        return "not sent"
    days = (today - row.due).days
    return "not due yet" if days <= 0 else f"missing, {days} days late"


def _count(tally: Punctual, row: DutyDue, today: date) -> None:
    if row.status == "due" and row.due >= today:
        return
    tally.asked += 1
    if row.status == "met" and row.met_on:
        tally.on_time += row.met_on <= row.due
        tally.late += row.met_on > row.due
    else:
        tally.missing += 1


def icalendar(title_: str, found: Iterable[Line], address: Any, stamp: str) -> str:
    """The lines as an iCalendar feed (RFC 5545): whole days, lines of at most 75 octets. `address` gives a line's page."""
    out = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Wardwise//Duties//EN", f"X-WR-CALNAME:{_plain(title_)}"]
    for line in found:
        words = line.title + (f": {line.part}" if line.part else "")
        out += [
            "BEGIN:VEVENT",
            f"UID:{line.url_name}-{line.reference}-{line.due:%Y%m%d}@wardwise",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{line.due:%Y%m%d}",
            f"SUMMARY:{_plain(words)}",
            f"DESCRIPTION:{_plain(line.owner)}",
            f"URL:{address(line)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in [*out, "END:VCALENDAR"])


def _plain(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > 74:
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part])
