"""Questions about harm: what does most, where, whether it changed, and how far the answer rests on the weights."""

from __future__ import annotations

from wardwise.analysis import harm, harm_places, harm_sensitivity, harm_trend
from wardwise.analysis.harm_counts import OFFENCES, STREET, NothingToWeighError
from wardwise.records.findings import Findings
from wardwise.records.periods import Period, shift

from ..enquiry import Enquiry
from .shape import Options, Question


def _held(at: Enquiry, period: Period) -> bool:
    """Whether the whole period was supplied, by the force or on data.police.uk."""
    return any(len(at.supplied(measure, at.area, period)) == period.length for measure in (OFFENCES, STREET))


def _harm(at: Enquiry, name: str, given: Options) -> Findings | None:
    """None when no recorded crime is held for the whole period."""
    if not _held(at, at.period):
        return None
    return harm.of_volume(at.asker, at.area, at.period, table=given.get("table", "open"), name=name)


def _wards(at: Enquiry, name: str, given: Options) -> Findings | None:
    """None when no look-up says which wards (or small areas) the area has, or no recorded crime is held."""
    level = given.get("level", "ward")
    if not at.places.children(at.area, level) or not _held(at, at.period):
        return None
    return harm_places.by_area(at.asker, at.area, at.period, level=level, table=given.get("table", "open"), name=name)


def _trend(at: Enquiry, name: str, given: Options) -> Findings | None:
    """None when too few months were supplied for limits."""
    window = Period(shift(at.period.end, 1 - int(given.get("months", 36))), at.period.end)
    months = max((at.supplied(measure, at.area, window) for measure in (OFFENCES, STREET)), key=len)
    if len(months) < harm_trend.FEWEST_POINTS:
        return None
    period = Period(months[0], window.end)
    return harm_trend.control_chart(at.asker, at.area, period, table=given.get("table", "open"), name=name)


def _sensitivity(at: Enquiry, name: str, given: Options) -> Findings | None:
    """None when no recorded crime is held for the whole period."""
    if not _held(at, at.period):
        return None
    return harm_sensitivity.of_ranking(
        at.asker, at.area, at.period, table=given.get("table", "open"), times=int(given.get("draws", 2000)), name=name
    )


def _or_none(question: Question) -> Question:
    """The question, with None where nothing could be weighed."""

    def asked(at: Enquiry, name: str, given: Options) -> Findings | None:
        try:
            return question(at, name, given)
        except NothingToWeighError:
            return None

    return asked


QUESTIONS: dict[str, Question] = {
    "harm": _or_none(_harm),
    "harm-sensitivity": _or_none(_sensitivity),
    "harm-trend": _or_none(_trend),
    "harm-wards": _or_none(_wards),
}
