"""`wardwise product`: build a product and write it in three formats."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import audience_called, options
from .screen import progress, say, say_json

if TYPE_CHECKING:
    from wardwise.products.build import Built, Order
    from wardwise.products.publish import Published
    from wardwise.store import Store


def product(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The product, for example strategic-assessment or harm-profile.")],
    area: Annotated[str, typer.Option(help="The area's official code, for example E06000009.")],
    to: Annotated[str, typer.Option(help="Last month, YYYY-MM.")],
    from_: Annotated[
        str, typer.Option("--from", help="First month, YYYY-MM; the product's own length unless given.")
    ] = "",
    audience: Annotated[str, typer.Option(help="analyst, partnership or public.")] = "public",
    out: Annotated[Path, typer.Option(help="The folder to write to.")] = Path("products"),
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Build a product and write it as web page, Word and tagged PDF.

    \b
    Examples:
      wardwise --store work product strategic-assessment --area E06000009 --to 2022-10
      wardwise --store work product performance-report --area E06000009 --from 2022-04 --to 2022-08 --audience analyst
    """
    store = options(context).open_store()
    wanted = order(store, name, area, from_, to, audience)
    built, published = make(store, wanted, out)
    if as_json:
        say_json(_as_json(built, published))
        return
    say(f"{built.document.title}, {built.document.area}, {built.document.period}, for the {audience}:")
    for file in published.files:
        say(f"  {file}")
    for line in built.log:
        say(f"Release: {line}")
    for title in built.unwritten:
        say(f"Not written yet: “{title}”. {_left(audience)} Write it in partnership.yaml, under text and {name}.")
    say("Next: open the files, or run wardwise serve.")


def order(store: Store, name: str, area: str, from_: str, to: str, audience: str) -> Order:
    """What is wanted, checked. Raises WardwiseError or DefinitionError when a part of it cannot be."""
    from datetime import datetime

    from wardwise.products import load
    from wardwise.products.build import Order
    from wardwise.records.periods import Period, shift

    wanted_by = audience_called(audience)
    declared = load(name, store.definitions)
    period = Period(from_ or shift(to, 1 - declared.months), to)
    return Order(declared, area, period, wanted_by, datetime.now().astimezone().date())


def make(store: Store, wanted: Order, out: Path) -> tuple[Built, Published]:
    """Build and write one product, telling progress on the way."""
    from wardwise.products import build, publish

    with progress(wanted.product.title) as tell:
        tell("counting", 0, 4)
        built = build(store, wanted)
        return built, publish(built, store, out, tell)


def _left(audience: str) -> str:
    return "This public copy leaves it out." if audience == "public" else "This copy says who should write it."


def _as_json(built: Built, published: Published) -> dict[str, Any]:
    return {
        "product": built.order.product.product,
        "area": built.order.area,
        "from": built.order.period.start,
        "to": built.order.period.end,
        "audience": built.order.audience.value,
        "files": [str(file) for file in published.files],
        "manifest": str(published.manifest),
        "release": list(built.log),
        "not_written": list(built.unwritten),
    }
