"""`wardwise import`: read partner files into the store."""

from __future__ import annotations

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
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Read files as supplied: every row is accepted, quarantined with its reason, or superseded by a later supply.

    \b
    Examples:
      wardwise --store work import police-archive.zip
      wardwise --store work import incoming/ --json
    """
    from wardwise.sources import import_files

    store = options(context).open_store(create=True)
    with progress("Importing") as tell:
        report = import_files(store, paths, progress=tell)
    if as_json:
        say_json(report.as_json())
    else:
        _print(report)


def _print(report: ImportReport) -> None:
    content = report.as_json()
    rows = [
        (
            Path(str(f["file"])).name,
            f.get("source", ""),
            f"{f['rows']:,}",
            f"{f['accepted']:,}",
            f"{f['quarantined']:,}",
            f"{f['superseded']:,}",
        )
        for f in content["files"]
    ]
    if len(rows) > 40:
        say(f"{len(rows)} files read; the 20 with the most rows:")
        rows = sorted(rows, key=lambda row: -int(row[2].replace(",", "")))[:20]
    say_table(("File", "Source", "Rows", "Accepted", "Quarantined", "Superseded"), rows, right=(2, 3, 4, 5))
    say()
    say(
        f"{content['rows']:,} rows read: {content['accepted']:,} accepted, {content['quarantined']:,} quarantined, "
        f"{content['superseded']:,} superseded."
    )
    for note in content.get("notes", []):
        say(f"Note: {note}")
