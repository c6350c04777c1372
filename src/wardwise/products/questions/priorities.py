"""The question of what should come first."""

from __future__ import annotations

from wardwise.analysis import priorities
from wardwise.records.findings import Findings

from ..enquiry import Enquiry
from .shape import Options, Question


def _priorities(at: Enquiry, name: str, _: Options) -> Findings:
    return priorities.choose(at.asker, at.area, at.period, at.asker.own, name=name)


QUESTIONS: dict[str, Question] = {"priorities": _priorities}
