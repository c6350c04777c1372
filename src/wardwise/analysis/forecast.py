"""What is to be expected? The months ahead of a monthly count with their limits, by the method that did best when tried on past months."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wardwise.methods import forecast_models
from wardwise.methods.forecast_interval import FEWEST_MONTHS
from wardwise.records.cells import MISSING
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Findings, Ref, Statement, Table
from wardwise.records.periods import Period, month_name, shift

from .asking import Asker, MeasureOrName, asker, once
from .forecast_series import MONTHS, Held, Study, Tell, caveats, held, points_table, study
from .forecast_tables import place, tables_of
from .words import literal, spoken_title

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

LONGEST = 36
"""Months ahead: three years. Beyond that the limits say nothing."""

AS_GOOD = 1.0
"""MASE of 1: as far off as a month usually was from the same month a year before, in the months learnt from (Hyndman & Koehler 2006)."""

ENOUGH_INSIDE = 0.80
"""Where fewer than four months in five lay inside a 95% interval, the interval is not to be believed."""

OFF = 10.0
"""Percent: a forecast that was on average a tenth too high or too low in the back-test leans."""

FEWEST_TRIED = 12
"""With fewer than a year of months compared, the back-test itself is a matter of chance."""

NO_NEARER = "it missed by at least as much as a month usually differs from the same month a year before"

WHAT_IF = (
    "A forecast says what to expect if things go on as they have. It is not a target, and it cannot foresee a new policy, a new way of "
    "recording or a single event."
)


def forecast(
    source: Snapshot | Asker,
    measure: MeasureOrName,
    area: str,
    to: str,
    *,
    ahead: int = 12,
    months: int = MONTHS,
    method: str = "auto",
    named: bool = False,
    tell: Tell | None = None,
    name: str = "forecast",
) -> Findings:
    """The `ahead` months after the last one supplied (up to `to`): tables `points`, `forecast`, `outlook`, `backtest`, and
    `sensitivity` where a registered change was allowed for.

    A series that cannot be forecast (under 24 months, all noughts, one number throughout) gives `points` and a sentence that says why.
    Raises WardwiseError when nothing is held, the measure is a share, or there is no such method.
    """
    if not 1 <= ahead <= LONGEST:
        raise WardwiseError(
            f"{ahead} months ahead cannot be forecast.", where="--ahead", next_step=f"Give 1 to {LONGEST}."
        )
    ask = asker(source)
    definition = ask.measure(measure)
    of = held(ask, definition, area, to, months)
    where = of.figures.names.get(area, area)
    subject = literal(spoken_title(of.figures.title) + (f" in {where}" if named else ""))
    why_not = of.cannot()
    tables: dict[str, Table] = {"points": points_table(of)}
    said: Sequence[Statement] = (Statement(literal(why_not)),)
    found = None
    if not why_not:
        found = study(of, ahead, method, tell)
        tables |= tables_of(ask, of, found, ahead)
        said = _statements(of, found, tables, subject, ahead)
    return Findings(
        name=name,
        title=f"{of.figures.title}, {where}: the next {ahead} months",
        tables=tables,
        statements=tuple(said),
        method=method_words(found) if found else "",
        caveats=once((*of.figures.caveats, *caveats(of, to), *((WHAT_IF,) if found else ()))),
        sources=of.figures.sources,
        profile=definition.profile,
        meta={
            "area": where,
            "area_code": area,
            "unit": of.figures.unit,
            "measure": definition.measure,
            "origin": of.origin,
            "method": found.chosen if found else "",
        },
    )


def _statements(of: Held, found: Study, tables: dict[str, Table], subject: str, ahead: int) -> list[Statement]:
    after = Period(shift(of.origin, 1), shift(of.origin, ahead))
    row = tables["outlook"].rows[0]
    names = ["value", "lower", "upper"]
    text = f"{subject}: {{value}} expected in {after.label()}, and 19 times in 20 between {{lower}} and {{upper}}"
    if row["before"] is not MISSING:
        names.append("before")
        text += (
            f"; in the {ahead} months before it was {{before}}" if ahead > 1 else "; the month before it was {before}"
        )
    refs = {name: Ref("outlook", 0, name) for name in names}
    said = [Statement(f"{text}.", refs, dict.fromkeys(refs, "count"))]
    said += [warning] if (warning := weak(of, found)) else []
    said += _next_month(of, subject) if ahead > 1 else []
    said += [how(found), limits_said(found, ahead)] if found.chosen in found.tested.scores else []
    if "sensitivity" in tables:
        cells = {name: Ref("sensitivity", at, "value") for name, at in (("with", 0), ("without", 1))}
        with_, without = (tables["sensitivity"].rows[at]["value"] for at in (0, 1))
        words = "With registered changes in recording allowed for, {with} are expected; taken as they come, {without}."
        if isinstance(with_, float) and isinstance(without, float) and round(with_) == round(without):
            words = "Allowing for registered changes in recording does not move the middle figure ({with}); it does move the limits."
        said.append(Statement(words, cells, dict.fromkeys(cells, "count")))
    return said


def _next_month(of: Held, subject: str) -> list[Statement]:
    refs = {name: Ref("forecast", 0, name) for name in ("value", "lower95", "upper95")}
    month = month_name(shift(of.origin, 1))
    text = f"The first month, {month}: {{value}} expected, {{lower95}} to {{upper95}}. A count outside that range would be a surprise."
    return [Statement(text, refs, dict.fromkeys(refs, "count"))]


def how(found: Study) -> Statement:
    """Which method, and how it did on past months."""
    at, score = place(found)
    title = forecast_models.TITLES[found.chosen]
    text = f"Method: {title}. Tried from {score.origins} past months, {{coverage}}% of {score.months} months lay inside its own 95% interval"
    refs = {"coverage": Ref("backtest", at, "coverage")}
    formats = {"coverage": "count"}
    if score.mase is not None:
        text += ", and its typical miss was {mase} times the usual difference from the same month a year before"
        refs["mase"], formats["mase"] = Ref("backtest", at, "mase"), "rate"
    return Statement(f"{text}.", refs, formats)


def limits_said(found: Study, length: int, total_of: str = "for the total") -> Statement:
    """Which limits are printed for a month and for the total of `length` months: the method's own, or those that its misses call for."""
    at, score = place(found)
    misses = found.tested.misses[found.chosen]
    if score.months < FEWEST_MONTHS:
        return Statement("The limits are the method's own: too few past months could be compared to check them.")
    refs = {name: Ref("backtest", at, name) for name in ("wider", "wider_total")}
    month, total = (round(wider, 1) > 1 for wider in (misses.of_months(95), misses.of_total(length, 95)))
    total = total and length > 1
    if not (month or total):
        return Statement("The limits printed are the method's own, which held on those months.", refs)
    parts = [f"{{wider}} times as wide {PAST_OWN} for a month"] if month else []
    parts += [f"{{wider_total}} times as wide{'' if month else f' {PAST_OWN}'} {total_of}"] if total else []
    text = f"So that nearly all of those misses would have lain inside, the limits printed are {' and '.join(parts)}."
    return Statement(text, refs, dict.fromkeys(refs, "rate"))


PAST_OWN = "as the method's own"


def weak(of: Held, found: Study) -> Statement | None:
    """A warning when the back-test gives reason to doubt the forecast; None when it does not."""
    if found.chosen not in found.tested.scores:
        return Statement(
            "Warning: too few past months are held to try the forecast on, so nobody can say how far it misses."
        )
    at, score = place(found)
    reasons = []
    if score.mase is not None and score.mase >= AS_GOOD:
        plain = found.chosen == "seasonal-naive"
        reasons.append("no method came nearer than repeating last year's month" if plain else NO_NEARER)
    if score.coverage < ENOUGH_INSIDE:
        reasons.append("more than one month in five lay outside its own interval")
    if score.bias is not None and abs(score.bias) >= OFF:
        reasons.append(f"it was on average at least a tenth too {'high' if score.bias > 0 else 'low'}")
    if score.months < FEWEST_TRIED:
        reasons.append(f"only {score.months} could be compared")
    if not reasons:
        return None
    refs = {"c": Ref("backtest", at, "coverage")}
    return Statement(
        f"Warning: the fit is weak. On past months {'; '.join(reasons)}. Do not plan on the middle figure alone.", refs
    )


def method_words(found: Study) -> str:
    """How it was worked out, for the end of a product."""
    title = forecast_models.TITLES[found.chosen]
    tested = ", ".join(forecast_models.TITLES[name] for name in found.tested.scores)
    how_chosen = "The method was asked for." if found.asked else SMALLEST
    return (
        f"Forecast by: {title}. {how_chosen} Methods are tried from past months as if nothing later were known (rolling origin, every third "
        f"month of the last two years). Tried: {tested or 'none, for want of months'}. The limits of a sum of months come from the errors of "
        f"those months together, not from adding up the limits of single months. {WIDER} No count is expected below nought."
    )


SMALLEST = (
    "The average of ETS, ARIMA and Theta is used unless another method's mean absolute scaled error is more than 30% smaller; then the method with the "
    "smallest, or a simpler one within 5% of it."
)

WIDER = (
    "The limits printed are the wider of the method's own and of those that its misses on past months call for (split-conformal: so wide "
    "that all but one miss in 20 lie inside). They should hold 95 times in 100 while things go on as they have. In the first months after a "
    "change of level a year's total holds less often, about 84 times in 100 in simulations."
)
