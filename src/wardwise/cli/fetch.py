"""`wardwise fetch`: download published files from their official addresses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .options import options
from .screen import progress, say, say_json

if TYPE_CHECKING:
    from wardwise.sources.fetch import Fetched

ADDRESS_VARIABLE = "WARDWISE_FETCH_BASE_URL"


def fetch(
    context: typer.Context,
    what: Annotated[str, typer.Argument(help="police, populations, boundaries, deprivation or collisions.")],
    force: Annotated[str, typer.Option(help="Police force, for example lancashire.")] = "",
    start: Annotated[str, typer.Option("--from", help="First month, YYYY-MM.")] = "",
    end: Annotated[str, typer.Option("--to", help="Last month, YYYY-MM.")] = "",
    district: Annotated[str, typer.Option(help="A district's name, for example Blackpool.")] = "",
    out: Annotated[Path, typer.Option(help="The folder to put the files in.")] = Path("downloads"),
    base_url: Annotated[
        str, typer.Option(envvar=ADDRESS_VARIABLE, help="Fetch from a mirror: the start of its address.")
    ] = "",
    keep_archives: Annotated[bool, typer.Option(help="Keep the national police archives too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Download published files. A download that breaks off is carried on with when the command is run again.

    \b
    Examples:
      wardwise fetch police --force lancashire --from 2022-01 --to 2024-12
      wardwise fetch collisions --from 2019-01 --to 2023-12
      wardwise fetch boundaries --district Blackpool
    """
    from wardwise.records.periods import Period
    from wardwise.sources import fetch as fetching

    period = Period(start or end, end or start) if start or end else None
    asked = fetching.Options(force, period, district)
    addresses = {"*": base_url} if base_url else {}
    with progress("Fetching") as tell:
        got = fetching.fetch(
            what,
            asked,
            out / what,
            addresses,
            tell,
            own=options(context).own_definitions,
            keep_archives=keep_archives,
        )
    if as_json:
        say_json(_as_json(got))
    else:
        _print(got, out / what)


def _as_json(got: Fetched) -> dict[str, object]:
    files = [
        {"file": str(f.path), "address": f.address, "bytes": f.bytes, "sha256": f.sha256, "fetched": f.fetched}
        for f in got.files
    ]
    return {"fetch": got.feed.fetch, "owner": got.feed.owner, "files": files, "lacking": list(got.lacking)}


def _print(got: Fetched, folder: Path) -> None:
    size = sum(file.bytes for file in got.files) / 1_000_000
    say(f"{got.feed.title}: {len(got.files)} files, {size:,.1f} MB, in {folder}")
    say(f"From: {got.feed.owner}")
    for words in got.lacking:
        say(f"Not published: {words}.")
    say(f"Next: wardwise --store work import {folder}")
