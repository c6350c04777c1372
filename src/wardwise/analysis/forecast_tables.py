"""The tables of a forecast: the months ahead, their total, how each method would have done, and what a change of recording does to it."""

from __future__ import annotations

from wardwise.methods import forecast_models
from wardwise.methods.backtest import Score, look
from wardwise.methods.forecast_interval import CannotForecastError, Forecast
from wardwise.records.cells import NOT_APPLICABLE, Cell
from wardwise.records.findings import Column, Role, Row, Table
from wardwise.records.periods import Period, shift

from .asking import Asker, count_cell, figure_id
from .forecast_series import Held, Study


def tables_of(ask: Asker, of: Held, found: Study, ahead: int) -> dict[str, Table]:
    """Every table of a forecast but the points."""
    made = {
        "forecast": forecast_table(of, found.best),
        "outlook": _outlook(ask, of, found.best, ahead),
        "backtest": backtest_table(of, found, ahead),
    }
    other = _unadjusted(of, found, ahead)
    if other is not None:
        made["sensitivity"] = _sensitivity(of, found.best, other, ahead)
    return made


def forecast_table(of: Held, made: Forecast) -> Table:
    """Table `forecast`: each month ahead with its limits at 95% and 80%. Every cell rests on all the months learnt from."""
    rests = ("points.value",)
    columns = (
        Column("month", Role.PERIOD, "Month"),
        Column("value", Role.VALUE, "Expected", of=rests),
        Column("lower95", Role.LOWER, "Lower, 95%", of=rests),
        Column("upper95", Role.UPPER, "Upper, 95%", of=rests),
        Column("lower80", Role.LOWER, "Lower, 80%", of=rests),
        Column("upper80", Role.UPPER, "Upper, 80%", of=rests),
    )
    wide, narrow, mean = made.limits(95), made.limits(80), made.expected()
    rows: tuple[Row, ...] = tuple(
        {
            "month": shift(of.origin, i + 1),
            "value": float(mean[i]),
            "lower95": float(wide[0][i]),
            "upper95": float(wide[1][i]),
            "lower80": float(narrow[0][i]),
            "upper80": float(narrow[1][i]),
        }
        for i in range(len(mean))
    )
    return Table("forecast", f"{of.figures.title}: what to expect", columns, rows)


def _outlook(ask: Asker, of: Held, made: Forecast, ahead: int) -> Table:
    """Table `outlook`: the months ahead as one total, beside as many months before them."""
    after = Period(shift(of.origin, 1), shift(of.origin, ahead))
    before = Period(shift(of.origin, 1 - ahead), of.origin)
    figures = ask.figures(of.measure, [of.area], before).figures
    figure = figures[0] if figures else None
    total = made.total(ahead)
    earlier = count_cell(figure)
    change: Cell = 100 * (total.value / earlier - 1) if isinstance(earlier, int | float) and earlier else NOT_APPLICABLE
    both = ("points.value",)
    columns = (
        Column("period", Role.PERIOD, "Months"),
        Column("value", Role.VALUE, "Expected", of=both),
        Column("lower", Role.LOWER, "Lower, 95%", of=both),
        Column("upper", Role.UPPER, "Upper, 95%", of=both),
        Column("before", Role.COUNT, f"Recorded, {before.label()}"),
        Column("change", Role.PERCENT, "Change", of=("before", *both), decimals=1),
        Column("id", Role.FIGURE, "Figure", of=("before",)),
    )
    row: Row = {
        "period": after.text(),
        "value": total.value,
        "lower": total.lower,
        "upper": total.upper,
        "before": earlier,
        "change": change,
        "id": figure_id(figure),
    }
    return Table("outlook", f"{of.figures.title}: {after.label()}", columns, (row,))


def backtest_table(of: Held, found: Study, length: int) -> Table:
    """Table `backtest`: how each method would have done from past months, the nearest first, and how much wider than its own its limits are
    made for that. length: months of the total."""
    rests = ("points.value",)
    columns = (
        Column("label", Role.LABEL, "Method"),
        Column("mase", Role.VALUE, "Typical miss (1: last year's month)", of=rests, decimals=2, whole=True),
        Column("coverage", Role.VALUE, "Months inside its own 95% interval, %", of=rests, whole=True),
        Column("bias", Role.VALUE, "Too high (+) or low (−), %", of=rests, decimals=1, whole=True),
        Column("months", Role.BASE, "Months compared"),
        Column("wider", Role.VALUE, "Limits of a month widened, times", of=rests, decimals=1, whole=True),
        Column("wider_total", Role.VALUE, "Limits of the total widened, times", of=rests, decimals=1, whole=True),
        Column("used", Role.NOTE, "Use"),
    )
    rows: tuple[Row, ...] = tuple(
        {
            "label": forecast_models.TITLES[score.method],
            "mase": NOT_APPLICABLE if score.mase is None else score.mase,
            "coverage": 100 * score.coverage,
            "bias": NOT_APPLICABLE if score.bias is None else score.bias,
            "months": score.months,
            **_widened(found, score.method, length),
            "used": "used here" if score.method == found.chosen else "",
        }
        for score in ranked(found)
    )
    return Table("backtest", "How each method would have done from past months", columns, rows)


def _widened(found: Study, method: str, length: int) -> dict[str, Cell]:
    """How many times as wide as its own a method's 95% limits are printed: 1 where its own held."""
    misses = found.tested.misses[method]
    return {"wider": misses.of_months(95), "wider_total": misses.of_total(length, 95)}


def _unadjusted(of: Held, found: Study, ahead: int) -> Forecast | None:
    """The same method with registered changes taken as they come; None when there were none, or it cannot be fitted so."""
    method = found.chosen
    if not of.changes.any():
        return None
    try:
        made = look(of.series(ahead, adjusted=False), len(of.months), ahead, [method]).get(method)
    except CannotForecastError:
        return None
    return found.tested.widened(made) if made else None


def _sensitivity(of: Held, made: Forecast, other: Forecast, ahead: int) -> Table:
    """Table `sensitivity`: the total ahead with the registered changes allowed for, and without."""
    rests = ("points.value",)
    columns = (
        Column("label", Role.LABEL, "Changes in recording"),
        Column("value", Role.VALUE, "Expected", of=rests),
        Column("lower", Role.LOWER, "Lower, 95%", of=rests),
        Column("upper", Role.UPPER, "Upper, 95%", of=rests),
    )
    totals = (("Allowed for", made.total(ahead)), ("Taken as they come", other.total(ahead)))
    rows: tuple[Row, ...] = tuple(
        {"label": label, "value": total.value, "lower": total.lower, "upper": total.upper} for label, total in totals
    )
    return Table("sensitivity", f"{of.figures.title}: what allowing for changes in recording does", columns, rows)


def ranked(found: Study) -> list[Score]:
    """Scores, the nearest method first: the rows of table `backtest`."""
    return sorted(found.tested.scores.values(), key=lambda score: (score.mase is None, score.mase or score.mae))


def place(found: Study) -> tuple[int, Score]:
    """The row of the method used in table `backtest`, and its score."""
    return next((at, score) for at, score in enumerate(ranked(found)) if score.method == found.chosen)
