"""`wardwise forecast`: the months ahead of one measure, as a table, CSV or JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import options
from .screen import progress, say, say_json, say_table

if TYPE_CHECKING:
    from wardwise.records.findings import Findings, Table


def forecast(
    context: typer.Context,
    measure: Annotated[str, typer.Argument(help="A measure's name; wardwise measures lists them.")],
    area: Annotated[str, typer.Option("--area", help="The area's official code, for example E06000009.")],
    to: Annotated[str, typer.Option("--to", metavar="YYYY-MM", help="The last month to learn from.")],
    ahead: Annotated[int, typer.Option("--ahead", help="How many months ahead, 1 to 36.")] = 12,
    months: Annotated[int, typer.Option("--months", help="How many months to learn from.")] = 60,
    method: Annotated[
        str,
        typer.Option(
            "--method",
            help="auto, seasonal-naive, trend, spreadsheet, theta, ets, arima or combination.",
        ),
    ] = "auto",
    form: Annotated[str, typer.Option("--format", help="table, csv or json.")] = "table",
) -> None:
    """Say what to expect, with limits, by the method that did best when tried on past months; and what the financial year will come to.

    \b
    Examples:
      wardwise --store work forecast recorded-burglary --area E06000009 --to 2022-10
      wardwise --store work forecast recorded-crime --area E06000009 --to 2022-10 --ahead 6 --method spreadsheet --format csv
    """
    from wardwise.analysis import forecast as ahead_of
    from wardwise.analysis import year_end
    from wardwise.products.enquiry import Enquiry
    from wardwise.records.errors import WardwiseError
    from wardwise.records.periods import Period

    if form not in _WRITERS:
        raise WardwiseError(f"There is no format “{form}”.", where="--format", next_step="Use table, csv or json.")
    chosen = options(context)
    enquiry = Enquiry.of(chosen.open_store().at(), area, Period(to, to), chosen.own_definitions)
    with progress("Forecast") as said:

        def tell(done: int, total: int) -> None:
            said("trying the methods on past months", done, total)

        found = ahead_of.forecast(
            enquiry.asker, measure, area, to, ahead=ahead, months=months, method=method, tell=tell
        )
        year = year_end.year_end(enquiry.asker, measure, area, to, months=months, method=method, tell=tell)
    _WRITERS[form](found, year)


def _table(found: Findings, year: Findings) -> None:
    say(found.title)
    say()
    for name, of in (("forecast", found), ("backtest", found), ("year_end", year)):
        if name in of.tables:
            _one(of.tables[name])
    for line in dict.fromkeys((*_sentences(found), *_sentences(year))):
        say(line)
    say()
    for caveat in found.caveats:
        say(f"• {caveat}")


def _one(table: Table) -> None:
    from wardwise.records.findings import Role
    from wardwise.records.shown import NUMERIC, cell

    columns = [column for column in table.columns if column.role is not Role.FIGURE]
    rows = [[cell(row[column.name], column) for column in columns] for row in table.rows]
    right = [i for i, column in enumerate(columns) if column.role in NUMERIC]
    say(table.title)
    say_table([column.title for column in columns], rows, right)
    say()


def _sentences(found: Findings) -> tuple[str, ...]:
    """The sentences as an analyst may read them: nothing is hidden on the analyst's own screen."""
    from wardwise.disclosure import Audience, release
    from wardwise.reports.words import say_all

    return say_all(release([found], Audience.ANALYST).findings[found.name])


def _csv(found: Findings, _: Findings) -> None:
    """The months learnt from and the months ahead, one row each."""
    import csv
    import sys

    names = ["month", "kind", "value", "lower80", "upper80", "lower95", "upper95"]
    writer = csv.DictWriter(sys.stdout, names, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    for kind, table in (("recorded", "points"), ("forecast", "forecast")):
        if table in found.tables:
            writer.writerows({**row, "kind": kind} for row in _rows(found.tables[table]))


def _json(found: Findings, year: Findings) -> None:
    tables = {name: _rows(table) for name, table in found.tables.items()}
    tables |= {name: _rows(year.tables[name]) for name in ("year_end", "missed") if name in year.tables}
    said = list(dict.fromkeys((*_sentences(found), *_sentences(year))))
    about = {"title": found.title, **found.meta, "sentences": said, "how": found.method}
    say_json({**about, "caveats": list(found.caveats), "sources": list(found.sources), "tables": tables})


def _rows(table: Table) -> list[dict[str, Any]]:
    """Rows as numbers and words; empty (None) where nothing was supplied or there can be none."""
    return [{name: _plain(value) for name, value in row.items()} for row in table.rows]


def _plain(value: Any) -> Any:
    from wardwise.records.cells import Mark

    if isinstance(value, Mark):
        return None
    return round(value, 6) if isinstance(value, float) else value


_WRITERS: Mapping[str, Any] = {"table": _table, "csv": _csv, "json": _json}
