"""`wardwise`: every command, and how errors are told."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from .options import DEFAULT_STORE, STORE_VARIABLE, Options

COMMANDS = {
    "init": ("wardwise.cli.store", "init"),
    "fetch": ("wardwise.cli.fetch", "fetch"),
    "import": ("wardwise.cli.imports", "import_"),
    "sources": ("wardwise.cli.sources", "sources"),
    "measures": ("wardwise.cli.measures", "measures"),
    "figures": ("wardwise.cli.figures", "figures"),
    "ask": ("wardwise.cli.ask", "ask"),
    "explain": ("wardwise.cli.explain", "explain"),
    "forecast": ("wardwise.cli.forecast", "forecast"),
    "rebase": ("wardwise.cli.rebase", "rebase"),
    "check": ("wardwise.cli.check", "check"),
    "judge": ("wardwise.cli.judge", "judge"),
    "product": ("wardwise.cli.product", "product"),
    "serve": ("wardwise.cli.serve", "serve"),
    "demo": ("wardwise.cli.demo", "demo"),
}

HELP = """The working system of a Community Safety Partnership.

\b
Start here:
  wardwise demo                                  make a synthetic partnership and read its products
  wardwise --store work import FOLDER            read partner files
  wardwise --store work figures recorded-crime --area E06000009 --from 2021-11 --to 2022-10
  wardwise --store work ask control-chart --area E06000009 --to 2022-10 --with measure=recorded-crime
  wardwise --store work product strategic-assessment --area E06000009 --to 2022-10 --out products
"""

app = typer.Typer(
    name="wardwise",
    help=HELP,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        from wardwise import __version__

        typer.echo(f"wardwise {__version__}")
        raise typer.Exit


@app.callback()
def main(
    context: typer.Context,
    store: Annotated[Path, typer.Option(envvar=STORE_VARIABLE, help="The folder that holds the tables.")] = Path(
        DEFAULT_STORE
    ),
    engine: Annotated[str, typer.Option(help="duckdb, or spark for an existing Spark cluster.")] = "duckdb",
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options that come before the command."""
    context.obj = Options(store, engine)


def _register() -> None:
    from .link import link_app
    from .store import store_app

    app.add_typer(store_app, name="store")
    app.add_typer(link_app, name="link")
    for name, (module, function) in COMMANDS.items():
        app.command(name)(getattr(importlib.import_module(module), function))


def run() -> None:
    """The program. Errors are told in three parts on standard error; never a traceback, unless WARDWISE_DEBUG is set."""
    _register()
    try:
        app()
    except KeyboardInterrupt:
        typer.echo("Stopped. What was finished before is kept; nothing is half-written.", err=True)
        sys.exit(130)
    except Exception as error:
        if os.environ.get("WARDWISE_DEBUG"):
            raise
        sys.exit(tell(error))


def tell(error: Exception) -> int:
    """Print an error for people (or as JSON after --json) and give the exit code: 1 for what the user can mend, 70 for a fault of ours."""
    known = hasattr(error, "next_step")
    parts: dict[str, Any] = {
        "what": getattr(error, "what", f"Wardwise met a fault it did not expect ({type(error).__name__})."),
        "where": getattr(error, "where", ""),
        "next_step": getattr(
            error, "next_step", "Run the command again with WARDWISE_DEBUG=1 set and report what it prints."
        ),
    }
    if "--json" in sys.argv:
        import json

        typer.echo(json.dumps({"error": parts}, ensure_ascii=False), err=True)
    else:
        typer.echo(f"Error: {parts['what']}", err=True)
        if parts["where"]:
            typer.echo(f"Where: {parts['where']}", err=True)
        if parts["next_step"]:
            typer.echo(f"What to do: {parts['next_step']}", err=True)
    return 1 if known else 70
