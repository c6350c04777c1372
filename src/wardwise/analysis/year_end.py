"""What will the year come to? What was recorded so far and what is expected for the rest, beside the police spreadsheet's estimate, and how far
each would have missed in earlier years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wardwise.methods import forecast_models
from wardwise.methods.backtest import look
from wardwise.methods.forecast_interval import CannotForecastError, Interval
from wardwise.methods.forecast_spreadsheet import FEWEST as FEWEST_FOR_SHEET
from wardwise.methods.forecast_spreadsheet import curve, sheet
from wardwise.records.cells import MISSING, NOT_APPLICABLE, Cell
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period, month_name, shift

from .asking import Asker, MeasureOrName, asker, count_cell, figure_id, once
from .forecast import WHAT_IF, how, method_words, weak
from .forecast_series import MONTHS, YEAR, Held, Study, caveats, held, points_table, study
from .forecast_tables import backtest_table, forecast_table
from .spans import financial_year_name, financial_year_of
from .words import literal, lower_first, months_in_words, spoken_title

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

LOOSE = 50.0
"""R² under a half, in percent: the curve leaves more of the ups and downs unexplained than it explains."""


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


def year_end(
    source: Snapshot | Asker,
    measure: MeasureOrName,
    area: str,
    to: str,
    *,
    months: int = MONTHS,
    method: str = "auto",
    named: bool = False,
    name: str = "year_end",
) -> Findings:
    """The financial year's total: tables `year_end` (a row a method), `missed` (what each would have said in earlier years), `points`, `backtest`.

    The year is that of the month after the last one supplied. Without enough months, or with a month of this year missing, there is
    `points` and a sentence that says why. Raises WardwiseError as forecast.forecast does.
    """
    ask = asker(source)
    definition = ask.measure(measure)
    of = held(ask, definition, area, to, months)
    year = Year.after(of.origin)
    where = of.figures.names.get(area, area)
    subject = literal(spoken_title(of.figures.title) + (f" in {where}" if named else ""))
    so_far = _counted(ask, of, year.so_far)
    tables: dict[str, Table] = {"points": points_table(of)}
    why_not = of.cannot() or ("" if so_far[0] is not MISSING else _lacks(of, year))
    said: tuple[Statement, ...] = (Statement(literal(why_not)),)
    found = None
    if not why_not:
        found = study(of, YEAR, method)
        before = _counted(ask, of, year.whole.year_before())
        tables["year_end"] = _table(of, found, year, so_far, before)
        tables["forecast"] = forecast_table(of, found.best.first(year.rest.length))
        tables["missed"] = _missed(ask, of, found, year)
        tables["backtest"] = backtest_table(of, found)
        said = tuple(_statements(of, found, tables, year, subject))
    return Findings(
        name=name,
        title=f"{of.figures.title}, {where}: year-end estimate for {year.name}",
        tables=tables,
        statements=said,
        method=_method(found) if found else "",
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
            "year": year.whole.text(),
            "methods": ",".join(_methods(found)) if found else "",
        },
    )


def _counted(ask: Asker, of: Held, period: Period | None) -> tuple[Cell, str]:
    """What was recorded in the period and the figure's id; not applicable for none of it."""
    if period is None:
        return NOT_APPLICABLE, ""
    figures = ask.figures(of.measure, [of.area], period).figures
    figure = figures[0] if figures else None
    return count_cell(figure), figure_id(figure)


def _lacks(of: Held, year: Year) -> str:
    gone = [m for m, v in zip(of.months, of.values, strict=True) if v is MISSING and m >= year.whole.start]
    early = [m for m in year.whole.months() if m < of.months[0]]
    return (
        f"{of.figures.title}: {months_in_words([*early, *gone])} not supplied, so the year so far cannot be added up and the year-end "
        "cannot be estimated."
    )


def _methods(found: Study) -> tuple[str, ...]:
    """The rows: the method used, then the spreadsheet's and “as last year”, where they could be fitted."""
    return tuple(m for m in dict.fromkeys((found.chosen, "spreadsheet", "seasonal-naive")) if m in found.made)


def _table(of: Held, found: Study, year: Year, so_far: tuple[Cell, str], before: tuple[Cell, str]) -> Table:
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
        for method in _methods(found)
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


def _missed(ask: Asker, of: Held, found: Study, year: Year) -> Table:
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
    actual, id_ = _counted(ask, of, past.whole)
    done, _ = _counted(ask, of, past.so_far)
    if not isinstance(actual, int | float) or actual <= 0 or done is MISSING:
        return []
    known = of.months.index(origin) + 1
    rows: list[Row] = []
    for method in _methods(found):
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


def _statements(of: Held, found: Study, tables: dict[str, Table], year: Year, subject: str) -> list[Statement]:
    row = tables["year_end"].rows[0]
    names = ["total", "lower", "upper"]
    text = (
        f"{subject}: {{total}} expected in {year.name} as a whole, and 19 times in 20 between {{lower}} and {{upper}}"
    )
    if isinstance(row["change"], float):
        names += ["before", "change"]
        text += "; that is {change} on the {before} of the year before"
    refs = {name: Ref("year_end", 0, name) for name in names}
    formats = {**dict.fromkeys(names, "count"), "change": "signed-percent"}
    said = [Statement(f"{text}.", refs, {name: formats[name] for name in names})]
    said += [warning] if (warning := weak(of, found)) else []
    said += _beside(found, tables)
    said += _last_time(tables, found)
    said += [how(found)] if found.chosen in found.tested.scores else []
    return said


def _beside(found: Study, tables: dict[str, Table]) -> list[Statement]:
    """The spreadsheet's estimate, how well its curve fits, and that it states no limits."""
    methods = _methods(found)
    if "spreadsheet" not in methods or found.chosen == "spreadsheet":
        return []
    at = methods.index("spreadsheet")
    refs = {"total": Ref("year_end", at, "total"), "fit": Ref("year_end", at, "fit")}
    formats = {"total": "count", "fit": "count"}
    text = "The method of the police spreadsheet gives {total}"
    row = tables["year_end"].rows[at]
    if isinstance(row["change"], float):
        refs["change"], formats["change"] = Ref("year_end", at, "change"), "signed-percent"
        text += " ({change})"
    explained = row["fit"]
    fit = "a weak fit" if isinstance(explained, float) and explained < LOOSE else "a fair fit"
    text += f" and states no interval. Its curve explains {{fit}}% of the ups and downs of the months: {fit}."
    return [Statement(text, refs, formats)]


def _last_time(tables: dict[str, Table], found: Study) -> list[Statement]:
    """How far the methods would have been out at the same point a year before."""
    rows = tables["missed"].rows
    if not rows:
        return []
    latest = rows[0]["period"]
    at = [i for i, row in enumerate(rows) if row["period"] == latest]
    refs = {f"e{i}": Ref("missed", i, "error") for i in at}
    parts = [f"{_spoken(str(rows[i]['label']), found)} would have been {_way(rows[i]['error'], i)}" for i in at]
    text = f"At the same point a year before ({month_name(str(latest))}), {'; '.join(parts)}."
    return [Statement(text, refs, dict.fromkeys(refs, "percent-size"))]


def _spoken(label: str, found: Study) -> str:
    if label == forecast_models.TITLES[found.chosen]:
        return "the method used here"
    if label == forecast_models.TITLES["spreadsheet"]:
        return "the spreadsheet's method"
    return "repeating last year's months" if label == forecast_models.TITLES["seasonal-naive"] else lower_first(label)


def _way(error: Cell, at: int) -> str:
    return f"{{e{at}}} too {'high' if isinstance(error, float) and error > 0 else 'low'}"


def _method(found: Study) -> str:
    return (
        f"{method_words(found)} The year-end estimate is what was recorded so far plus what is expected for the rest of the financial year. "
        "The police spreadsheet's method is a quadratic through the months, times the mean ratio of month to curve for each calendar month."
    )
