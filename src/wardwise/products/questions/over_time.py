"""Questions about months: is this one out of the ordinary, has the level moved, which way is it going, what needs a look now?"""

from __future__ import annotations

from wardwise.analysis import direction, new_level, panels, rare, trends, watch, year_to_date
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Findings
from wardwise.records.periods import Period, shift

from ..enquiry import Enquiry
from .shape import Options, Question, chosen


def _months(at: Enquiry, given: Options, usual: int) -> Period:
    """The months up to the end of the product's period."""
    return Period(shift(at.period.end, 1 - int(given.get("months", usual))), at.period.end)


def _chart(at: Enquiry, name: str, given: Options, *, ranges: bool) -> Findings | None:
    """None when too few months were supplied for limits."""
    area = at.where(given.get("area", ""))
    period = _months(at, given, 36)
    supplied = at.supplied(given["measure"], area, period)
    if len(supplied) < trends.FEWEST_POINTS:
        return None
    baseline = given.get("baseline")
    return trends.control_chart(
        at.asker,
        given["measure"],
        area,
        Period(supplied[0], period.end),
        rules=trends.rule_set(given.get("rules", "wheeler")),
        baseline=Period.of(baseline) if baseline else None,
        phases=None if _true(given, "phases", default=True) else (),
        seasonal=_true(given, "seasonal"),
        screen=_true(given, "screen"),
        ranges=ranges,
        named=bool(given.get("area")),
        name=name,
    )


def _panels(at: Enquiry, name: str, given: Options) -> Findings | None:
    """None when none of the measures has months enough for limits."""
    rules = trends.rule_set(given.get("rules", "wheeler"))
    period, most = _months(at, given, 36), int(given.get("most", panels.MOST))
    return panels.control_charts(at.asker, given["measures"], at.area, period, rules=rules, most=most, name=name)


def _progress(at: Enquiry, name: str, given: Options) -> Findings | None:
    """None when none of the measures is held for the last month."""
    choices, month = given["measures"], Period(at.period.end, at.period.end)
    if all(year_to_date.first_held(at.asker, choice, at.area, month) is None for choice in choices):
        return None
    most = int(given.get("most", year_to_date.MOST))
    return year_to_date.progress(at.asker, choices, at.area, at.period.end, most=most, name=name)


def _control_chart(at: Enquiry, name: str, given: Options) -> Findings | None:
    return _chart(at, name, given, ranges=False)


def _moving_range(at: Enquiry, name: str, given: Options) -> Findings | None:
    return _chart(at, name, given, ranges=True)


def _rare_events(at: Enquiry, name: str, given: Options) -> Findings:
    area = at.where(given.get("area", ""))
    return rare.days_between(at.asker, given["measure"], area, _months(at, given, 60), name=name)


def _rebase(at: Enquiry, name: str, given: Options) -> Findings | None:
    """None when no month was supplied. That no new level can be told is an answer, though it has no row."""
    area = at.where(given.get("area", ""))
    found = new_level.suggest(at.asker, given["measure"], area, _months(at, given, 60), name=name)
    return found if found.statements else None


def _trend_words(at: Enquiry, name: str, given: Options) -> Findings:
    area = at.where(given.get("area", ""))
    return direction.trend_words(at.asker, given["measures"], area, _months(at, given, 48), name=name)


def _watch(at: Enquiry, name: str, given: Options) -> Findings | None:
    """None when no look-up says which areas of the level asked for there are."""
    areas = _areas(at, given.get("level", "area"))
    if not areas:
        return None
    return watch.attention_now(
        at.asker,
        areas,
        at.period.end,
        measures=[one for choice in given.get("measures", ()) if (one := chosen(at, choice)) is not None],
        rules=trends.rule_set(given.get("rules", "wheeler")),
        months=int(given.get("months", watch.MONTHS)),
        name=name,
    )


LEVELS = ("area", "ward", "districts")


def _areas(at: Enquiry, level: str) -> tuple[str, ...]:
    """The area itself; it and its wards; or the districts of the police force area around it."""
    if level not in LEVELS:
        raise WardwiseError(
            f"There is no level called “{level}”.", where="watch", next_step=f"Use one of: {', '.join(LEVELS)}."
        )
    if level == "area":
        return (at.area,)
    if level == "ward":
        wards = at.places.children(at.area, "ward")
        return (at.area, *wards) if wards else ()
    return at.places.children(at.where("force"), "district")


def _true(given: Options, key: str, *, default: bool = False) -> bool:
    """A yes or no of a declaration, or of a command line, where it comes as a word."""
    value = given.get(key, default)
    return value if isinstance(value, bool) else str(value).lower() in ("true", "yes", "1")


SAYS_WHY_NOT = frozenset({"rebase"})
"""Questions whose answer is worth giving when its table has no row: then its sentence says so."""

QUESTIONS: dict[str, Question] = {
    "control-chart": _control_chart,
    "control-charts": _panels,
    "moving-range": _moving_range,
    "rare-events": _rare_events,
    "rebase": _rebase,
    "trend-words": _trend_words,
    "watch": _watch,
    "year-to-date": _progress,
}
