"""Questions about people on programmes: stages, cohorts, attendance, and others like them."""

from __future__ import annotations

from wardwise.analysis import families, programmes, reoffending
from wardwise.records.findings import Findings

from ..enquiry import Enquiry
from .shape import Options, Question


def _stages(at: Enquiry, name: str, given: Options) -> Findings | None:
    return programmes.funnel(at.asker, given["stages"], at.area, at.period, name=name)


def _cohort(at: Enquiry, name: str, given: Options) -> Findings | None:
    months = int(given.get("months", 6))
    return programmes.cohort(at.asker, given["programme"], at.area, at.period, months=months, name=name)


def _attendance(at: Enquiry, name: str, given: Options) -> Findings | None:
    return programmes.attendance(at.asker, given["programme"], at.area, at.period, name=name)


def _matched(at: Enquiry, name: str, given: Options) -> Findings | None:
    months = int(given.get("months", 12))
    return families.matched(at.asker, given["programme"], at.area, at.period, months=months, name=name)


def _reoffending(at: Enquiry, name: str, _: Options) -> Findings | None:
    return reoffending.reoffending(at.asker, at.area, at.period, name=name)


QUESTIONS: dict[str, Question] = {
    "attendance": _attendance,
    "cohort": _cohort,
    "funnel-programme": _stages,
    "matched": _matched,
    "reoffending": _reoffending,
}
