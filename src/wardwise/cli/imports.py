"""`wardwise import`: read partner files into the store."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .options import options
from .screen import progress, say, say_json, say_table

if TYPE_CHECKING:
    from wardwise.sources import ImportReport


def import_(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Files, zips or folders, as supplied.")],
    again: Annotated[
        bool, typer.Option("--again", help="Go back to these files, even where a later supply replaced them.")
    ] = False,
    engine: Annotated[str | None, typer.Option("--engine", help="What counts the rows: duckdb or spark.")] = None,
    master: Annotated[
        str | None, typer.Option("--master", envvar="WARDWISE_SPARK", help="The Spark master, e.g. spark://host:7077.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Read files as supplied: every row is accepted, quarantined with its reason, or superseded by a later supply.

    \b
    Examples:
      wardwise --store work import police-archive.zip
      wardwise --store work import incoming/ --json
    """
    from wardwise.sources import import_files

    chosen = options(context)
    store = chosen.open_store(create=True)
    with progress("Importing") as tell:
        report = import_files(store, paths, progress=tell, again=again, engine=engine or chosen.engine, master=master)
    if as_json:
        say_json(report.as_json())
    else:
        _print(report)


MOST = 20
"""Files, quarantined rows and replaced supplies listed on the screen; --json gives all."""


def _print(report: ImportReport) -> None:
    _files(report)
    say()
    say(
        f"{report.rows:,} rows read: {report.accepted:,} accepted, {report.quarantined:,} quarantined, "
        f"{report.superseded:,} superseded."
    )
    if not report.rows:
        say("There was no row to read, so nothing was written.")
    elif not report.load and not report.accepted:
        say("A later supply replaced all of it: nothing was written. To go back to it, import it with --again.")
    elif not report.load:
        say("Everything was held already: nothing was written.")
    _noticed(report)
    _quarantined(report)
    _replaced(report)


def _files(report: ImportReport) -> None:
    listed = sorted(report.files, key=lambda file: -file.rows)[:MOST]
    if len(report.files) > MOST:
        say(f"{len(report.files)} files read; the {MOST} with the most rows:")
    rows = [
        (
            file.file,
            ", ".join(file.sources),
            *(f"{n:,}" for n in (file.rows, file.accepted, file.quarantined, file.superseded)),
        )
        for file in listed
    ]
    say_table(("File", "Source", "Rows", "Accepted", "Quarantined", "Superseded"), rows, right=(2, 3, 4, 5))
    for name in report.skipped:
        say(f"Skipped, not data: {name}")


def _noticed(report: ImportReport) -> None:
    """What real files do: accepted as it is, counted and told."""
    notes: Counter[str] = Counter()
    for file in report.files:
        notes.update(file.notes)
    for words, rows in notes.most_common():
        say(f"Noticed, and kept: {rows:,} {words}.")


def _quarantined(report: ImportReport) -> None:
    problems = [(file.file, line, reason) for file in report.files for line, reason in file.problems]
    for name, line, reason in problems[:MOST]:
        say(f"Quarantined: {name}, line {line}: {reason}")
    if report.quarantined > MOST:
        say(f"and {report.quarantined - MOST:,} more rows; --json lists more of them.")


def _replaced(report: ImportReport) -> None:
    for each in report.differences[:MOST]:
        slot = f"{each.source}, {each.supplier}, {each.period}"
        if each.same_import:
            say(f"Given twice: {slot}: {each.before_file} has {each.before:,} rows and was left out;")
            say(f"  {each.after_file}, which came later, has {each.after:,}. To keep the other, import it alone.")
        else:
            say(f"Replaced: {slot}: {each.before:,} rows before, {each.after:,} after.")
        if each.halved:
            say(_HALVED)
    if len(report.differences) > MOST:
        say(f"and {len(report.differences) - MOST:,} more periods; --json lists them.")


_HALVED = "  Less than half: is the file whole? To go back: wardwise import --again with the earlier file."
