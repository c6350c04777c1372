"""Questions about what is to come: the months ahead, the year's end, and how earlier forecasts did."""

from __future__ import annotations

from wardwise.analysis import forecast, track_record, year_end
from wardwise.analysis.forecast_series import MONTHS
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Findings
from wardwise.records.periods import Period, shift

from .. import forecasts_kept
from ..enquiry import Enquiry
from .shape import Options, Question, chosen


def _forecast(at: Enquiry, name: str, given: Options) -> Findings | None:
    """None when no month was supplied."""
    area = _area(at, given)
    if area is None:
        return None
    return forecast.forecast(
        at.asker,
        given["measure"],
        area,
        at.period.end,
        ahead=int(given.get("ahead", 12)),
        months=int(given.get("months", MONTHS)),
        method=given.get("method", "auto"),
        named=bool(given.get("area")),
        name=name,
    )


def _year_end(at: Enquiry, name: str, given: Options) -> Findings | None:
    """None when no month was supplied. measure: one, or several of which the first that is held is used."""
    measure = chosen(at, given["measure"])
    area = _area(at, {**given, "measure": measure}) if measure is not None else None
    if area is None:
        return None
    return year_end.year_end(
        at.asker,
        measure,
        area,
        at.period.end,
        months=int(given.get("months", MONTHS)),
        method=given.get("method", "auto"),
        named=bool(given.get("area")),
        name=name,
    )


def _area(at: Enquiry, given: Options) -> str | None:
    """The area asked about; None when none of the months to learn from was supplied there."""
    area = at.where(given.get("area", ""))
    months = int(given.get("months", MONTHS))
    if months < 1:
        raise WardwiseError(f"{months} months cannot be learnt from.", where="months", next_step="Give at least 24.")
    period = Period(shift(at.period.end, 1 - months), at.period.end)
    return area if at.supplied(given["measure"], area, period) else None


def _track_record(at: Enquiry, name: str, given: Options) -> Findings | None:
    """None when no forecast that went out can be scored yet. measures: those to tell of; all unless given."""
    kept = forecasts_kept.earlier(at.snapshot.folder)
    wanted = given.get("measures") or ([given["measure"]] if given.get("measure") else None)
    chosen = [each for each in kept if wanted is None or each.measure in wanted]
    return track_record.track_record(at.asker, chosen, at.where(given.get("area", "")), at.period.end, name=name)


QUESTIONS: dict[str, Question] = {
    "forecast": _forecast,
    "track-record": _track_record,
    "year-end": _year_end,
}
