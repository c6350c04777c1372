"""A year-end estimate in sentences: the year with its limits, the spreadsheet's figure beside it, and how far both missed a year before."""

from __future__ import annotations

from wardwise.methods import forecast_models
from wardwise.records.cells import Cell
from wardwise.records.findings import Ref, Statement, Table
from wardwise.records.periods import month_name

from .forecast import how, limits_said, method_words, weak
from .forecast_series import Held, Study
from .spans import financial_year_name
from .words import lower_first
from .year_end_tables import Year, rows_of

LOOSE = 50.0
"""R² under a half, in percent: the curve leaves more of the ups and downs unexplained than it explains."""


def statements(of: Held, found: Study, tables: dict[str, Table], year: Year, subject: str) -> list[Statement]:
    row = tables["year_end"].rows[0]
    names = ["total", "lower", "upper"]
    text = (
        f"{subject}: {{total}} expected in {year.name} as a whole, and 19 times in 20 between {{lower}} and {{upper}}"
    )
    if isinstance(row["change"], float):
        names += ["before", "change"]
        text += f"; that is {{change}} {_more(row['change'])} than the {{before}} recorded in {financial_year_name(year.whole.year_before().start)}"
    refs = {name: Ref("year_end", 0, name) for name in names}
    formats = {**dict.fromkeys(names, "count"), "change": "percent-size"}
    said = [Statement(f"{text}.", refs, {name: formats[name] for name in names})]
    said += [warning] if (warning := weak(of, found)) else []
    said += _beside(found, tables)
    said += _last_time(tables, found)
    said += (
        [how(found), limits_said(found, year.rest.length, "for the rest of the year")]
        if found.chosen in found.tested.scores
        else []
    )
    return said


def _more(change: float) -> str:
    return "more" if change >= 0 else "less"


def _beside(found: Study, tables: dict[str, Table]) -> list[Statement]:
    """The spreadsheet's estimate, how well its curve fits, and that it states no limits."""
    methods = rows_of(found)
    if "spreadsheet" not in methods or found.chosen == "spreadsheet":
        return []
    at = methods.index("spreadsheet")
    refs = {"total": Ref("year_end", at, "total"), "fit": Ref("year_end", at, "fit")}
    formats = {"total": "count", "fit": "count"}
    text = "The method of the police spreadsheet gives {total}"
    row = tables["year_end"].rows[at]
    if isinstance(row["change"], float):
        refs["change"], formats["change"] = Ref("year_end", at, "change"), "percent-size"
        text += f" ({{change}} {_more(row['change'])})"
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


def method_said(found: Study) -> str:
    return (
        f"{method_words(found)} The year-end estimate is what was recorded so far plus what is expected for the rest of the financial year. "
        "The police spreadsheet's method is a quadratic through the months, times the mean ratio of month to curve for each calendar month."
    )
