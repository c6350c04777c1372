"""The tables of a year-end estimate: the year by each method, and what each would have said at the same point of earlier years."""

from __future__ import annotations

from dataclasses import dataclass

from wardwise.methods import forecast_models
from wardwise.methods.backtest import look
from wardwise.methods.forecast_interval import CannotForecastError, Interval
from wardwise.methods.forecast_spreadsheet import FEWEST as FEWEST_FOR_SHEET
from wardwise.methods.forecast_spreadsheet import curve, sheet
from wardwise.records.cells import MISSING, NOT_APPLICABLE, Cell
from wardwise.records.findings import Column, Role, Row, Table
from wardwise.records.periods import Period, shift

from .asking import Asker, count_cell, figure_id
from .forecast_series import YEAR, Held, Study
from .spans import financial_year_name, financial_year_of


@dataclass(frozen=True)
class Year:
    """One financial year seen from the last month known. so_far: its months until then (None before its first); rest: those ahead."""

    whole: Period
    so_far: Period | None
    rest: Period

    @classmethod
    def after(cls, origin: str) -> Year:
        """The year that the month after `origin` lies in."""
        whole = financial_year_of(shift(origin, 1))
        so_far = Period(whole.start, origin) if whole.start <= origin else None
        return cls(whole, so_far, Period(shift(origin, 1), whole.end))

    @property
    def name(self) -> str:
        return financial_year_name(self.whole.start)


def counted(ask: Asker, of: Held, period: Period | None) -> tuple[Cell, str]:
    """What was recorded in the period and the figure's id; not applicable for none of it."""
    if period is None:
        return NOT_APPLICABLE, ""
    figures = ask.figures(of.measure, [of.area], period).figures
    figure = figures[0] if figures else None
    return count_cell(figure), figure_id(figure)


def rows_of(found: Study) -> tuple[str, ...]:
    """The rows: the method used, then the spreadsheet's and “as last year”, where they could be fitted."""
    return tuple(m for m in dict.fromkeys((found.chosen, "spreadsheet", "seasonal-naive")) if m in found.made)


def year_table(of: Held, found: Study, year: Year, so_far: tuple[Cell, str], before: tuple[Cell, str]) -> Table:
    columns = (
        Column("label", Role.LABEL, "Method"),
        Column("actual", Role.COUNT, "Recorded so far" if year.so_far is None else f"Recorded, {year.so_far.label()}"),
        Column("ahead", Role.VALUE, f"Expected, {year.rest.label()}", of=("points.value",)),
        Column("total", Role.VALUE, f"Estimate, {year.name}", of=("actual", "points.value")),
        Column("lower", Role.LOWER, "Lower, 95%", of=("actual", "points.value")),
        Column("upper", Role.UPPER, "Upper, 95%", of=("actual", "points.value")),
        Column("before", Role.COUNT, f"Recorded, {financial_year_name(year.whole.year_before().start)}"),
        Column("change", Role.PERCENT, "Change", of=("actual", "before", "points.value"), decimals=1),
        Column("fit", Role.VALUE, "Curve explains, %", of=("points.value",), whole=True),
        Column("actual_id", Role.FIGURE, "Figure, so far", of=("actual",)),
        Column("before_id", Role.FIGURE, "Figure, year before", of=("before",)),
    )
    stated = {found.chosen, "seasonal-naive"}
    rows = tuple(
        {
            **_row(method, found.made[method].total(year.rest.length), so_far, before, stated=method in stated),
            "fit": 100 * curve(of.series(YEAR, adjusted=False).values).r2
            if method == "spreadsheet"
            else NOT_APPLICABLE,
        }
        for method in rows_of(found)
    )
    return Table("year_end", f"{of.figures.title}: {year.name}", columns, rows)


def _row(method: str, rest: Interval, so_far: tuple[Cell, str], before: tuple[Cell, str], *, stated: bool) -> Row:
    """stated: False for the spreadsheet beside another method, which gives no limits."""
    done = so_far[0] if isinstance(so_far[0], int | float) else 0
    earlier = before[0]
    total = done + rest.value
    comparable = isinstance(earlier, int | float) and earlier > 0
    return {
        "label": forecast_models.TITLES[method],
        "actual": so_far[0],
        "ahead": rest.value,
        "total": total,
        "lower": done + rest.lower if stated else NOT_APPLICABLE,
        "upper": done + rest.upper if stated else NOT_APPLICABLE,
        "before": earlier,
        "change": 100 * (total / float(earlier) - 1)
        if comparable and isinstance(earlier, int | float)
        else NOT_APPLICABLE,
        "actual_id": so_far[1],
        "before_id": before[1],
    }


def missed_table(ask: Asker, of: Held, found: Study, year: Year) -> Table:
    """Table `missed`: at the same point of earlier years, what each method would have said of the year, and what it came to."""
    columns = (
        Column("period", Role.PERIOD, "Seen from"),
        Column("year", Role.LABEL, "Year"),
        Column("label", Role.LABEL, "Method"),
        Column("total", Role.VALUE, "Would have said", of=("points.value",)),
        Column("actual", Role.COUNT, "Was recorded"),
        Column("error", Role.PERCENT, "Out by", of=("actual", "points.value"), decimals=1),
        Column("id", Role.FIGURE, "Figure", of=("actual",)),
    )
    rows: list[Row] = []
    for back in range(1, 5):
        origin = shift(of.origin, -YEAR * back)
        if origin < of.months[0]:
            break
        rows += _of_past_year(ask, of, found, Year.after(origin), origin)
    return Table("missed", f"{of.figures.title}: earlier years, estimated at the same point", columns, tuple(rows))


def _of_past_year(ask: Asker, of: Held, found: Study, past: Year, origin: str) -> list[Row]:
    actual, id_ = counted(ask, of, past.whole)
    done, _ = counted(ask, of, past.so_far)
    if not isinstance(actual, int | float) or actual <= 0 or done is MISSING:
        return []
    known = of.months.index(origin) + 1
    rows: list[Row] = []
    for method in rows_of(found):
        rest = _rest_then(of, known, method, past.rest.length)
        if rest is not None:
            total = (done if isinstance(done, int | float) else 0) + rest
            rows.append(
                {
                    "period": origin,
                    "year": past.name,
                    "label": forecast_models.TITLES[method],
                    "total": total,
                    "actual": actual,
                    "error": 100 * (total / actual - 1),
                    "id": id_,
                }
            )
    return rows


def _rest_then(of: Held, known: int, method: str, length: int) -> float | None:
    """What a method would have expected for the rest of a past year from its first `known` months. The spreadsheet asks for 13 months, “as
    last year” for a year and a month, the others for 24."""
    fewest = FEWEST_FOR_SHEET if method in ("spreadsheet", "seasonal-naive") else forecast_models.FEWEST
    if known < fewest:
        return None
    series = of.series(length)
    if method == "spreadsheet":
        try:
            return float(sheet(series.values[:known], length).mean.sum())
        except CannotForecastError:
            return None
    try:
        made = look(series, known, length, [method]).get(method)
    except CannotForecastError:
        return None
    return made.total(length).value if made else None
