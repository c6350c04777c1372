"""`wardwise init` and `wardwise store …`: make a store, and check that it is sound."""

from __future__ import annotations

from typing import Annotated

import typer

from .options import options
from .screen import say, say_json, say_table

store_app = typer.Typer(help="Look after the store.", no_args_is_help=True, rich_markup_mode=None)


def init(context: typer.Context) -> None:
    """Make an empty store, with a folder for the partnership's own definitions.

    \b
    Example:
      wardwise --store work init
    """
    from wardwise.store import Store

    chosen = options(context)
    there = Store.exists(chosen.store)
    chosen.open_store(create=True)
    own = chosen.store / "definitions"
    for kind in ("sources", "measures", "areas", "products"):
        (own / kind).mkdir(parents=True, exist_ok=True)
    if there:
        say(f"There is a store in {chosen.store} already. What it holds was left as it is.")
    else:
        say(f"The store is ready in {chosen.store}.")
    say(f"Put the partnership's own declarations in {own}; they come before the shipped ones.")
    say(f"Next: wardwise --store {chosen.store} import FOLDER-OR-FILE")


@store_app.command("verify")
def verify(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check that every table is whole: files present, rows as committed, each supply held once.

    \b
    Example:
      wardwise --store work store verify
    """
    chosen = options(context)
    report = chosen.open_store().verify(chosen.engine)
    if as_json:
        say_json(report.as_json())
    else:
        say_table(
            ("Table", "Version", "Supplies", "Rows"),
            [(t.table, t.version, t.supplies, f"{t.rows:,}") for t in report.tables],
            right=(1, 2, 3),
        )
        for problem in report.problems:
            say(f"Problem: {problem}")
        if report.unfinished:
            say("An import was interrupted. What it brought is not seen yet; the next import finishes it first.")
        if report.orphans:
            say(f"{len(report.orphans)} files belong to no version. They do no harm.")
        say("The store is sound." if report.sound else "The store is not sound: see the problems above.")
    if not report.sound:
        raise typer.Exit(1)
