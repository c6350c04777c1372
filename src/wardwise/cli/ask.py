"""wardwise ask: one question on its own, with its tables, chart and script as files."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import audience_called, options
from .screen import say, say_json, say_table

if TYPE_CHECKING:
    from wardwise.products.single import Answered, Wanted
    from wardwise.records.findings import Table


def ask(
    context: typer.Context,
    question: Annotated[
        str, typer.Argument(help="A question's name, or PRODUCT/BLOCK for one that a product asks.", metavar="QUESTION")
    ],
    area: Annotated[str, typer.Option(help="The area's official code, for example E06000009.")],
    to: Annotated[str, typer.Option(help="Last month, YYYY-MM.")],
    from_: Annotated[str, typer.Option("--from", help="First month, YYYY-MM; a year before unless given.")] = "",
    given: Annotated[
        list[str] | None, typer.Option("--with", metavar="NAME=VALUE", help="An option of the question; repeat it.")
    ] = None,
    audience: Annotated[str, typer.Option(help="analyst, partnership or public.")] = "analyst",
    chart: Annotated[str, typer.Option(help="The chart to draw, for example control_chart.")] = "",
    form: Annotated[str, typer.Option("--format", help="table, csv or json.")] = "table",
    out: Annotated[
        Path | None, typer.Option(help="A folder for CSV, Parquet, Excel, the chart and a script that reproduces it.")
    ] = None,
) -> None:
    """Ask one question of the data. docs/reference/products.md lists the questions and their options.

    \b
    Examples:
      wardwise --store work ask control-chart --area E06000009 --to 2022-10 --with measure=recorded-crime --with months=36
      wardwise --store work ask strategic-assessment/peers --area E06000009 --to 2022-10 --out peers
    """
    from wardwise.products import single
    from wardwise.records.errors import WardwiseError

    if form not in _WRITERS:
        raise WardwiseError(f"There is no format “{form}”.", where="--format", next_step="Use table, csv or json.")
    store = options(context).open_store()
    wanted = _wanted(question, area, from_, to, given or [], audience, chart, store.definitions)
    answered = single.ask(store, wanted)
    _WRITERS[form](answered)
    if out is not None:
        for file in _files(answered, out, options(context).store):
            say(str(file)) if form == "table" else typer.echo(file, err=True)


def _wanted(
    question: str, area: str, start: str, end: str, given: list[str], audience: str, chart: str, own: Path
) -> Wanted:
    """What is asked, checked. Raises WardwiseError or DefinitionError when a part of it cannot be."""
    from wardwise.products.single import Wanted, of_block
    from wardwise.records.periods import Period, shift

    wanted_by = audience_called(audience)
    own_options = dict(_option(text) for text in given)
    if "/" in question:
        block = of_block(question, own)
        question, own_options, chart = block.ask, {**block.options, **own_options}, chart or block.chart
    today = datetime.now().astimezone().date()
    return Wanted(question, area, Period(start or shift(end, -11), end), wanted_by, today, own_options, chart)


def _option(text: str) -> tuple[str, Any]:
    """A NAME=VALUE pair; the value as YAML would read it, so that lists and numbers can be given."""
    import yaml

    from wardwise.records.errors import WardwiseError

    name, mark, value = text.partition("=")
    try:
        if mark:
            return name.strip(), yaml.safe_load(value)
    except yaml.YAMLError:
        pass
    raise WardwiseError(
        f"“{text}” is not an option.", where="--with", next_step="Write NAME=VALUE, for example months=36."
    )


def _files(answered: Answered, folder: Path, store: Path) -> list[Path]:
    from wardwise.charts.render import png, svg
    from wardwise.products import script, tables
    from wardwise.products.writing import replace_text, replace_with

    files = list(tables.write(answered, folder))
    name = answered.wanted.question
    if answered.chart is not None:
        chart = answered.chart
        files.append(folder / f"{name}.svg")
        replace_text(files[-1], svg(chart, titled=True))
        files.append(replace_with(folder / f"{name}.png", lambda part: part.write_bytes(png(chart, titled=True))))
    files.append(folder / f"{name}.py")
    replace_text(files[-1], script.of_answer(answered, store.as_posix()))
    return files


def _table(answered: Answered) -> None:
    for sentence in answered.sentences:
        say(sentence)
    for table in answered.released.tables.values():
        if table.rows:
            say(f"\n{table.title}")
            _rows(table)
    say()
    for line in (*answered.released.caveats, *answered.log):
        say(f"• {line}")


def _rows(table: Table) -> None:
    from wardwise.records.findings import Role
    from wardwise.records.shown import NUMERIC, cell

    shown = [c for c in table.columns if c.role is not Role.FIGURE]  # identifiers are left for the analyst alone
    rows = [[cell(row[c.name], c) if c.name in row else "" for c in shown] for row in table.rows]
    right = [i for i, column in enumerate(shown) if column.role in NUMERIC]
    say_table([column.title for column in shown], rows, right=right)


def _csv(answered: Answered) -> None:
    import csv
    import sys

    from wardwise.products.tables import written
    from wardwise.records.cells import NOT_APPLICABLE

    out = csv.writer(sys.stdout, lineterminator="\n")
    for table in answered.released.tables.values():
        out.writerow(["table", *(column.name for column in table.columns)])
        for row in table.rows:
            out.writerow([table.name, *(written(row.get(c.name, NOT_APPLICABLE)) for c in table.columns)])


def _json(answered: Answered) -> None:
    from wardwise.products.tables import about, written

    rows = {
        table.name: [{name: written(value) for name, value in row.items()} for row in table.rows]
        for table in answered.released.tables.values()
    }
    say_json({**about(answered), "rows": rows, "release": list(answered.log)})


_WRITERS = {"table": _table, "csv": _csv, "json": _json}
