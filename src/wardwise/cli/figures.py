"""wardwise figures: the figures of one measure, as a table, CSV or JSON."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import options
from .screen import say, say_json, say_table, warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wardwise.records.figures import Figure, Figures
    from wardwise.records.periods import Period


def figures(
    context: typer.Context,
    measure: Annotated[str, typer.Argument(help="A measure's name; wardwise measures lists them.")],
    area: Annotated[list[str], typer.Option("--area", help="An area's code. May be given several times.")],
    start: Annotated[str, typer.Option("--from", metavar="YYYY-MM", help="The first month.")],
    end: Annotated[str, typer.Option("--to", metavar="YYYY-MM", help="The last month.")],
    by: Annotated[
        str, typer.Option("--by", help="Split by month, quarter, year, financial_year or columns: month,crime_type.")
    ] = "month",
    as_of: Annotated[
        str,
        typer.Option(
            "--as-of",
            metavar="YYYY-MM-DD[THH:MM:SS]",
            help="The store as it was at the end of that day, or at a moment of it.",
        ),
    ] = "",
    engine: Annotated[str | None, typer.Option("--engine", help="duckdb or spark.")] = None,
    master: Annotated[
        str | None, typer.Option("--master", envvar="WARDWISE_SPARK", help="The Spark master, e.g. spark://host:7077.")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="table, csv or json.")] = "table",
) -> None:
    """Work out figures. A month that was not supplied is missing, never 0.

    \b
    Examples:
      wardwise --store work figures recorded-crime --area E06000009 --from 2021-11 --to 2022-10
      wardwise --store work figures recorded-crime --area E06000009 --from 2021-11 --to 2022-10 --by month,crime_type --format csv
      wardwise --store work figures crime-rate --area E06000009 --from 2021-11 --to 2022-10 --by year
    """
    from wardwise import measures
    from wardwise.records.errors import WardwiseError
    from wardwise.records.figures import Status
    from wardwise.records.periods import Period
    from wardwise.records.shown import day

    if form not in _WRITERS:
        raise WardwiseError(f"There is no format “{form}”.", where="--format", next_step="Use table, csv or json.")
    split = [name.strip() for name in by.split(",") if name.strip()]
    chosen = options(context)
    then = moment(as_of) if as_of else None
    held = chosen.open_store().at(as_of=then)
    if then and not held.versions:
        raise WardwiseError(
            f"Nothing had been imported by {day(then.date() if isinstance(then, datetime) else then)}.",
            where="--as-of",
            next_step="Give a later day; wardwise sources shows what is held now.",
        )
    period, name, own = Period(start, end), engine or chosen.engine, chosen.own_definitions
    found = measures.calculate(measure, held, area, period, split, name, master=master, own=own)
    _WRITERS[form](found)
    if all(figure.status is Status.MISSING for figure in found.figures):
        there = measures.held(measure, held, area, name, master=master, own=own)
        warn(*_nothing(found, period, there))
        raise typer.Exit(1)


def _nothing(found: Figures, period: Period, there: str) -> tuple[str, str, str]:
    """What happened, where, and what to do, when nothing of the period was supplied."""
    what = f"Nothing was supplied for {period.label()}, so there is no figure to give."
    where = f"{found.title}, {', '.join(found.names.values())}. Held: {there or 'nothing'}."
    step = "Import the files of those months" + (", or ask for months that are held." if there else ".")
    return what, where, step


def moment(given: str) -> date | datetime:
    """A day means its end; a time of day, that moment. Raises WardwiseError for anything else."""
    from wardwise.records.errors import WardwiseError

    try:
        return date.fromisoformat(given) if len(given) == len("2022-10-31") else datetime.fromisoformat(given)
    except ValueError as error:
        raise WardwiseError(
            f"“{given}” is not a day.",
            where="--as-of",
            next_step="Write it as year, month, day: 2022-10-31, or with a time of day: 2022-10-31T17:30:00.",
        ) from error


def rows(found: Figures) -> Iterator[dict[str, Any]]:
    """One mapping for each figure: area, month, the splits, count, base, value, lower, upper, status."""
    splits = [name for name in found.dimensions if name != "month"]
    for figure in found.figures:
        held = dict(figure.key.group)
        yield {
            "area": figure.key.area,
            "month": figure.key.period.text(),
            **{name: held.get(name, "") for name in splits},
            **{name: number(getattr(figure, name)) for name in ("count", "base", "value", "lower", "upper")},
            "status": figure.status.value,
        }


def number(value: float | None) -> int | float | None:
    """Whole numbers without a point; others to six places."""
    if value is None:
        return None
    return int(value) if float(value).is_integer() else round(value, 6)


def _csv(found: Figures) -> None:
    import csv
    import sys

    splits = [name for name in found.dimensions if name != "month"]
    names = ["area", "month", *splits, "count", "base", "value", "lower", "upper", "status"]
    writer = csv.DictWriter(sys.stdout, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows(found))


def _json(found: Figures) -> None:
    provenance = found.provenance
    about = {name: getattr(found, name) for name in ("measure", "title", "question", "unit", "per", "better")}
    lists = {name: list(getattr(found, name)) for name in ("caveats", "sources")}
    held = [
        {**row, "id": figure.id, "note": figure.note} for row, figure in zip(rows(found), found.figures, strict=True)
    ]
    road: dict[str, Any] = {
        "engine": provenance.engine,
        "query": provenance.query,
        "definition_file": provenance.definition_file,
    }
    road |= {
        "parameters": list(provenance.parameters),
        "loads": list(provenance.loads),
        "checks": list(provenance.checks),
    }
    say_json({**about, **lists, "names": found.names, "figures": held, "provenance": road})


def _table(found: Figures) -> None:
    splits = [name for name in found.dimensions if name != "month"]
    heads = ("area", "period", *(name.replace("_", " ") for name in splits), "count", "base", "value", "95% interval")
    say(f"{found.title} ({found.unit})")
    say()
    say_table(
        heads, [_shown(found, figure, splits) for figure in found.figures], right=range(len(heads) - 4, len(heads))
    )
    say()
    for line in (*found.provenance.checks, *found.caveats):
        say(f"• {line}")
    if found.figures:
        say(f"How do we know? wardwise explain '{found.figures[0].id}'")


def _shown(found: Figures, figure: Figure, splits: list[str]) -> tuple[str, ...]:
    held = dict(figure.key.group)
    given = tuple(held.get(name, "") for name in splits)
    start = (found.names.get(figure.key.area, figure.key.area), figure.key.period.label(), *given)
    if figure.count is None:
        return (*start, _WHY_NOT[figure.status.value], "", "", "")
    limits = (
        "" if figure.lower is None or figure.upper is None else f"{spelled(figure.lower)} to {spelled(figure.upper)}"
    )
    return (*start, spelled(figure.count), spelled(figure.base), spelled(figure.value), limits)


_WHY_NOT = {"missing": "not supplied", "incomplete": "months missing"}


def spelled(value: float | None) -> str:
    """A number with thousands commas and a true minus; up to two decimals."""
    if value is None:
        return ""
    text = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"
    return text.replace("-", "−")


_WRITERS = {"table": _table, "csv": _csv, "json": _json}
