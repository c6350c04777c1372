"""Questions about what people say."""

from __future__ import annotations

from wardwise.analysis import perception_gap, survey_published, surveys
from wardwise.definitions import views
from wardwise.records.findings import Findings

from ..enquiry import Enquiry
from .shape import Options, Question


def _survey(at: Enquiry, name: str, given: Options) -> Findings | None:
    """What the partnership reports of its surveys, or every answer where it has not said. None when no survey is held for the area."""
    items = declared(at, given).items
    return surveys.said(at.asker, at.area, at.period, items, survey=str(given.get("survey", "")), name=name)


def _gaps(at: Enquiry, name: str, given: Options) -> Findings | None:
    """None when no theme is both recorded and asked about, twice."""
    return perception_gap.gaps(at.asker, at.area, at.period, declared(at, given).themes, name=name)


def _published(at: Enquiry, name: str, given: Options) -> Findings | None:
    """None when no published survey is held."""
    return survey_published.published(at.asker, given["question"], given.get("where"), name=name)


def declared(at: Enquiry, given: Options) -> views.Views:
    """The block's own items and themes, else those of the partnership's views.yaml."""
    own = {key: given[key] for key in ("items", "themes") if key in given}
    return views.checked(own, "with") if own else views.load(at.asker.own)


QUESTIONS: dict[str, Question] = {"perception-gap": _gaps, "survey": _survey, "survey-published": _published}
