"""Questions about rates among peers: who stands out from a group, and what ages have to do with it."""

from __future__ import annotations

from wardwise.analysis import funnel, standardised
from wardwise.records.findings import Findings

from ..enquiry import Enquiry
from .shape import Options, Question


def _funnel(at: Enquiry, name: str, given: Options) -> Findings | None:
    """None when fewer than two areas of the group have a rate."""
    return funnel.funnel(
        at.asker,
        given["measure"],
        at.area,
        at.period,
        group=given.get("group"),
        noun=given.get("noun", "areas"),
        name=name,
    )


def _standardised(at: Enquiry, name: str, given: Options) -> Findings | None:
    """None when neither ages nor residents by age are held for any area of the group."""
    return standardised.standardised(
        at.asker,
        given["measure"],
        at.area,
        at.period,
        group=given.get("group"),
        age=given.get("age", "victim_age"),
        name=name,
    )


QUESTIONS: dict[str, Question] = {"funnel": _funnel, "standardised": _standardised}
