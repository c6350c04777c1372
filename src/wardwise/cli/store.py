"""`wardwise init` and `wardwise store …`: make a store, and check that it is sound."""

from __future__ import annotations

import typer

from .options import options
from .screen import say

store_app = typer.Typer(help="Look after the store.", no_args_is_help=True, rich_markup_mode=None)


def init(context: typer.Context) -> None:
    """Make an empty store, with a folder for the partnership's own definitions.

    \b
    Example:
      wardwise --store work init
    """
    chosen = options(context)
    chosen.open_store(create=True)
    own = chosen.store / "definitions"
    for kind in ("sources", "measures", "areas", "products"):
        (own / kind).mkdir(parents=True, exist_ok=True)
    say(f"The store is ready in {chosen.store}.")
    say(f"Put the partnership's own declarations in {own}; they come before the shipped ones.")
    say(f"Next: wardwise --store {chosen.store} import FOLDER-OR-FILE")
