"""Whether enough responsible authorities came (Crime and Disorder Act 1998, section 5, says who they are)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..organisations.models import Standing, on
from .models import Attendance, Meeting


@dataclass(frozen=True)
class Quorum:
    """`present` responsible authorities of `needed`; with none needed every meeting is quorate."""

    present: int
    needed: int

    @property
    def met(self) -> bool:
        return self.present >= self.needed


def quorum(meeting: Meeting, attendances: Iterable[Attendance]) -> Quorum:
    """Counts each organisation once, on the footing it had on the day of the meeting."""
    came = {one.organisation_id for one in attendances if one.kind == Attendance.Kind.PRESENT}
    responsible = Standing.objects.filter(
        on(meeting.day),
        partnership_id=meeting.partnership_id,
        kind=Standing.Kind.RESPONSIBLE,
        organisation_id__in=came,
    )
    return Quorum(responsible.values("organisation_id").distinct().count(), meeting.group.quorum)
