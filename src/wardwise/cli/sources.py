"""`wardwise sources`: the feeds that can be read, and what is held of each."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from .options import options
from .screen import say, say_json, say_table


def sources(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the feeds that can be read, and what the store holds of each.

    \b
    Example:
      wardwise --store work sources
    """
    from wardwise.sources.listing import held

    chosen = options(context)
    found = held(chosen.open_store() if chosen.store.exists() else None)
    if as_json:
        say_json([asdict(each) for each in found])
        return
    say_table(
        ("Source", "Table", "Suppliers", "Periods", "First", "Last", "Rows"),
        [(s.source, s.table, s.suppliers, s.periods, s.first, s.last, f"{s.rows:,}") for s in found],
        right=(2, 3, 6),
    )
    say()
    if not chosen.store.exists():
        say(f"There is no store in {chosen.store} yet, so nothing is held.")
    say("A new feed is a declaration: see docs/reference/sources.md.")
