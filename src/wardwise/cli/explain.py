"""wardwise explain: the road back from a figure to its source rows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .figures import number, spelled
from .options import options
from .screen import say, say_json, say_table

if TYPE_CHECKING:
    from wardwise.measures.explain import Explanation


def explain(
    context: typer.Context,
    figure_id: Annotated[str, typer.Argument(metavar="FIGURE-ID", help="A figure's id, copied whole from a product.")],
    rows: Annotated[int, typer.Option(help="How many source rows to show.")] = 10,
    identifiers: Annotated[bool, typer.Option("--identifiers", help="Show columns that may tell of a person.")] = False,
    script: Annotated[
        Path | None, typer.Option(help="Write a small script here that works the figure out again.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Work a figure out again from the same table versions, and print where it comes from.

    \b
    Example:
      wardwise --store work explain 'recorded-crime~E06000009~2022-10@61aaf2b8.street_crime-1'
    """
    from wardwise import measures

    chosen = options(context)
    found = measures.explain(figure_id, chosen.open_store(), rows=rows, identifiers=identifiers, engine=chosen.engine)
    if script is not None:
        _write_script(found, script, chosen.store)
    if as_json:
        say_json(_as_json(found))
    else:
        _print(found)


def _write_script(found: Explanation, path: Path, store: Path) -> None:
    from wardwise.products.script import of_figure
    from wardwise.products.writing import replace_text

    replace_text(path, of_figure(found, store.as_posix()))


def _as_json(found: Explanation) -> dict[str, Any]:
    figure, provenance = found.figure, found.provenance
    numbers = {name: number(getattr(figure, name)) for name in ("count", "base", "value", "lower", "upper")}
    return {
        "figure": {"id": figure.id, **numbers, "status": figure.status.value, "unit": found.unit},
        "area": {"code": figure.key.area, "name": found.area_name},
        "period": figure.key.period.text(),
        "group": dict(figure.key.group),
        "definition": {
            "measure": found.measure.measure,
            "question": found.measure.question,
            "file": found.measure.file,
            "version": found.vintage.definition,
            "version_now": found.measure.version,
            "changed_since": found.definition_changed,
        },
        "tables": dict(found.vintage.versions),
        "loads": list(provenance.loads),
        "engine": provenance.engine,
        "query": provenance.query,
        "parameters": list(provenance.parameters),
        "checks": list(provenance.checks),
        "caveats": list(found.caveats),
        "columns": list(found.columns),
        "rows": [list(row) for row in found.rows],
        "withheld": list(found.withheld),
    }


def _print(found: Explanation) -> None:
    figure, measure = found.figure, found.measure
    group = "".join(f", {name.replace('_', ' ')}: {value}" for name, value in figure.key.group)
    say(f"{measure.title}, {found.area_name}, {figure.key.period.label()}{group}")
    say(_answer(found))
    say()
    say(f"Question    {measure.question}")
    say(f"Definition  {measure.file}, version {found.vintage.definition}")
    if found.definition_changed:
        say(
            f"            It has changed since this figure was made (now {measure.version}); the number above is today's."
        )
    if measure.count.weights:
        say(f"Weights     {measure.count.weights}, {len(measure.count.weighed)} offence codes")
    say("Tables      " + ", ".join(f"{table} version {version}" for table, version in found.vintage.versions))
    _print_loads(found)
    for check in found.provenance.checks:
        say(f"Check       {check}")
    for caveat in found.caveats:
        say(f"Caveat      {caveat}")
    _print_query(found)
    _print_rows(found)


def _answer(found: Explanation) -> str:
    figure = found.figure
    if figure.count is None:
        return f"No count: {figure.status.value}. {figure.note}".strip()
    text = f"{number(figure.count):,}"
    if figure.base is not None:
        text += (
            f" of {number(figure.base):,} = {spelled(figure.value)} {found.unit}" if figure.value is not None else ""
        )
    else:
        text += f" {found.unit}"
    if figure.lower is not None and figure.upper is not None:
        text += f" (95% interval {spelled(figure.lower)} to {spelled(figure.upper)})"
    return text


def _print_loads(found: Explanation) -> None:
    say()
    say("Supplies it was counted from:")
    heads = ("Table", "Source", "Supplier", "Period", "File", "SHA-256", "Rows", "Loaded at")
    names = ("table", "source", "supplier", "period", "file", "digest", "rows", "loaded_at")
    loads = found.provenance.loads
    shown = [[load[name] if name != "digest" else str(load[name])[:12] for name in names] for load in loads[:40]]
    say_table(heads, shown, right=(6,))
    if len(loads) > 40:
        say(f"… and {len(loads) - 40} more; --json lists them all.")
    say()


def _print_query(found: Explanation) -> None:
    say()
    say(f"Query ({found.provenance.engine}), with its values:")
    say(found.provenance.query)
    for place, value in enumerate(found.provenance.parameters, start=1):
        say(f"  p{place} = {value}")


def _print_rows(found: Explanation) -> None:
    say()
    kept = [i for i in range(len(found.columns)) if any(row[i] is not None for row in found.rows)]
    say(f"The first {len(found.rows)} source rows:" if found.rows else "There are no source rows behind it.")
    if found.rows:
        heads = [found.columns[i] for i in kept]
        say_table(heads, [["" if row[i] is None else row[i] for i in kept] for row in found.rows])
    if found.withheld:
        say(f"Left out because they may tell of a person: {', '.join(found.withheld)}. See them with --identifiers.")
