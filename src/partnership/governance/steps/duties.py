"""What people do with duties: set a year's dates, start a clock after an event, record evidence, say whether it was met."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError

from wardwise.definitions.duties import Duty, dues, duties

from ...access.who import Who
from ...cases import journey
from ...organisations.models import Organisation, Partnership, Standing, on
from ..models import DutyDue, Entry
from .entries import of_kind

SET = journey.step("set-duty", "Set the date of a duty", "keep-duties", "{who} set the date of duty {what}", to="due")
EVIDENCE = journey.step(
    "record-evidence", "Record evidence", "keep-duties", "{who} recorded evidence for duty {what}", sources="due"
)
MEET = journey.step(
    "meet-duty", "Record as met", "keep-duties", "{who} recorded duty {what} as met", sources="due not-met", to="met"
)
FAIL = journey.step(
    "fail-duty",
    "Record as not met",
    "keep-duties",
    "{who} recorded duty {what} as not met",
    sources="due",
    to="not-met",
    reason=True,
)
REOPEN = journey.step(
    "reopen-duty",
    "Open again",
    "keep-duties",
    "{who} opened duty {what} again",
    sources="met not-met",
    to="due",
    reason=True,
)
MOVE = journey.step(
    "change-duty",
    "Change its day or owner",
    "keep-duties",
    "{who} changed the day or owner of duty {what}",
    sources="due",
    reason=True,
)
STEPS = [MEET, EVIDENCE, FAIL, MOVE, REOPEN]
"""In the order a page offers them."""

Row = tuple[str, Organisation | None]
"""Which part of a duty, and who answers for it."""


def set_year(*, by: Who, year: int, only: Collection[str] = ()) -> int:
    """Make the rows of every duty in force that falls due in the year from 1 April. Those that are there stay: asked twice, it
    makes nothing twice. `only` names the duties wanted; none means all. Returns how many were made. Raises Refused for those
    who may not keep duties."""
    partnership = Partnership.objects.get(pk=by.partnership_id)
    made = 0
    for duty in duties().values():
        wanted = not only or duty.duty in only
        if not wanted or not duty.in_force or duty.tier not in ("any", partnership.kind):
            continue
        rows = list(_rows(duty, by))
        for period, due in dues(duty, year):
            there = _there(duty, period, by)
            for item, owner in rows:
                if _key(duty, item, owner) not in there:
                    _set(partnership, by, duty=duty.duty, item=item, owner=owner, period=period, due=due)
                    made += 1
    return made


def start_clock(duty: Duty, *, by: Who, happened: date, once: str = "") -> DutyDue:
    """Something happened that a duty counts from: its row, due so many days after."""
    partnership = Partnership.objects.get(pk=by.partnership_id)
    period = f"after {happened.day} {happened:%B %Y}"
    owner = of_kind(by, duty.for_.owner)
    due = happened + timedelta(days=duty.when.days)
    return _set(partnership, by, once=once, duty=duty.duty, item="", owner=owner, period=period, due=due)


def _set(partnership: Partnership, by: Who, once: str = "", **facts: Any) -> DutyDue:
    return journey.begin(
        DutyDue(partnership=partnership, **facts),
        SET,
        by=by,
        of=partnership,
        once=once,
        facts={"due": facts["due"].isoformat()},
    )


def _key(duty: Duty, item: str, owner: Organisation | None) -> tuple[str, int | None]:
    """An authority's own duty is told apart by its owner; any other keeps its row when somebody else takes it over."""
    return item, owner.pk if owner and duty.for_.each == "authority" else None


def _there(duty: Duty, period: str, by: Who) -> set[tuple[str, int | None]]:
    found = DutyDue.unscoped_rows.filter(partnership_id=by.partnership_id, duty=duty.duty, period=period)
    each = duty.for_.each == "authority"
    return {(item, owner if each else None) for item, owner in found.values_list("item", "owner_id")}


def _rows(duty: Duty, by: Who) -> Iterator[Row]:
    items = duty.items or ("",)
    if duty.for_.each == "register":
        entries = Entry.unscoped_rows.filter(
            partnership_id=by.partnership_id, register=duty.for_.register_, status__in=duty.for_.during
        )
        for entry in entries.select_related("owner").order_by("id"):
            yield entry.title[:120], entry.owner
    elif duty.for_.each == "authority":
        for body in _authorities(duty, by):
            yield from ((item, body) for item in items)
    else:
        one = of_kind(by, duty.for_.owner)
        yield from ((item, one) for item in items)


def _authorities(duty: Duty, by: Who) -> list[Organisation]:
    standing = Standing.objects.filter(on(by.today), partnership_id=by.partnership_id).exclude(kind="linked")
    if duty.for_.kinds:
        standing = standing.filter(organisation__kind__in=duty.for_.kinds)
    if duty.for_.standing:
        standing = standing.filter(kind=duty.for_.standing)
    return list(Organisation.objects.filter(pk__in=standing.values("organisation")).order_by("name"))


def record_evidence(
    due: DutyDue, *, by: Who, evidence: Mapping[str, str], seen: int | None = None, once: str = ""
) -> DutyDue:
    """Fill evidence slots; those not named stay as they are."""

    def body(row: DutyDue) -> Mapping[str, Any]:
        return {"slots": _put(row, evidence)}

    return journey.move(due, EVIDENCE, by=by, seen=seen, body=body, once=once)


def meet(
    due: DutyDue,
    *,
    by: Who,
    met_on: date,
    evidence: Mapping[str, str] | None = None,
    seen: int | None = None,
    once: str = "",
) -> DutyDue:
    """Record a duty as met, on a day, with every slot that is needed filled. Raises ValidationError for one that is not."""

    def body(row: DutyDue) -> Mapping[str, Any]:
        _put(row, evidence or {})
        declared = duties().get(row.duty)
        missing = (
            [slot for slot in declared.evidence if slot.needed and not row.evidence.get(slot.name)] if declared else []
        )
        if missing:
            raise ValidationError({slot.name: f"Enter “{slot.label}”" for slot in missing})
        if met_on > by.today:
            raise ValidationError({"met_on": "The day it was met cannot lie ahead"})
        row.met_on = met_on
        return {"days late": max((met_on - row.due).days, 0)}

    return journey.move(due, MEET, by=by, seen=seen, body=body, once=once)


def fail(due: DutyDue, *, by: Who, reason: str, seen: int | None = None, once: str = "") -> DutyDue:
    """Record that a duty was not met, and why. It may still be met later."""

    def body(row: DutyDue) -> None:
        row.note = reason

    return journey.move(due, FAIL, by=by, seen=seen, body=body, reason=reason, once=once)


def reopen(due: DutyDue, *, by: Who, reason: str, seen: int | None = None, once: str = "") -> DutyDue:
    def body(row: DutyDue) -> None:
        row.met_on, row.note = None, ""

    return journey.move(due, REOPEN, by=by, seen=seen, body=body, reason=reason, once=once)


def change(
    row: DutyDue,
    *,
    by: Who,
    reason: str,
    due: date,
    owner: Organisation | None,
    seen: int | None = None,
    once: str = "",
) -> DutyDue:
    """Set another day or another owner. The day before stays in the record of what was done."""

    def body(current: DutyDue) -> Mapping[str, Any]:
        before, current.due, current.owner = current.due, due, owner
        return {"due before": before.isoformat(), "due": due.isoformat()} if before != due else {"changed": ["owner"]}

    return journey.move(row, MOVE, by=by, seen=seen, body=body, reason=reason, once=once)


def _put(row: DutyDue, evidence: Mapping[str, str]) -> list[str]:
    filled = {name: text.strip() for name, text in evidence.items()}
    row.evidence = {**row.evidence, **filled}
    return sorted(name for name, text in filled.items() if text)
