"""What commands print: tables and notes for people on standard output, progress on standard error, JSON for machines."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import typer


def say(text: str = "") -> None:
    typer.echo(text)


def say_json(content: Any) -> None:
    typer.echo(json.dumps(content, ensure_ascii=False, indent=2, default=str))


def warn(what: str, where: str, next_step: str) -> None:
    """A warning on standard error, in the three parts of an error; what was printed stands."""
    for line in (f"Warning: {what}", f"Where: {where}", f"What to do: {next_step}"):
        typer.echo(line, err=True)


def say_table(headings: Sequence[str], rows: Iterable[Sequence[object]], right: Sequence[int] = ()) -> None:
    """Print a plain table. `right` lists the columns to align right (numbers)."""
    texts = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(line[i]) for line in [list(headings), *texts]) for i in range(len(headings))]
    for line in [list(headings), ["-" * width for width in widths], *texts]:
        cells = [
            cell.rjust(width) if i in right else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        say("  ".join(cells).rstrip())


@contextmanager
def progress(title: str) -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on standard error while the body runs; silent when standard error is not a terminal.

    The body calls what it is given with (what is being done, amount done, amount in all).
    """
    if not sys.stderr.isatty():
        yield lambda _what, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn(title),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[what]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None, what="")
        yield lambda what, done, total: bar.update(task, completed=done, total=total or None, what=what)
