"""`wardwise demo`: a synthetic partnership, from partner files to products, in one command."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .product import make, order
from .screen import progress, say

if TYPE_CHECKING:
    from wardwise.store import Store

MARK = ".wardwise-demo"
"""A file that says a folder was made by this command, so that it may be made anew."""

PRODUCTS = (
    ("strategic-assessment", "", "2016-08", "public", "products"),
    ("performance-report", "2016-04", "2016-08", "analyst", "products"),
    ("performance-report", "2016-04", "2016-08", "public", "products/public"),
)


def demo(
    out: Annotated[Path, typer.Option(help="The folder to make; an earlier demo in it is replaced.")] = Path("demo"),
) -> None:
    """Make a synthetic partnership: its partner files, a store, and both products in three formats.

    \b
    Example:
      wardwise demo --out demo
    """
    from wardwise import demo as synthetic
    from wardwise.sources import import_files
    from wardwise.store import Store

    _clear(out)
    with progress("Making partner files") as tell:
        summary = synthetic.write(out / "partner-files", progress=lambda words: tell(words, 0, 0))
    store = Store.open(out / "store", create=True)
    with progress("Importing") as tell:
        report = import_files(store, [out / "partner-files"], progress=tell)
    _declare(store)
    counts = report.as_json()
    say(
        f"{counts['rows']:,} rows of partner files made and read: {counts['accepted']:,} accepted, {counts['quarantined']:,} quarantined."
    )
    files = list(_products(store, summary.area, out))
    say("Synthetic data: no real person, place or event. Both products, in three formats:")
    for file in files:
        say(f"  {file}")
    say(
        "Next: make serve, or wardwise --store "
        + str(out / "store")
        + " figures all-crime --area "
        + summary.area
        + " --from 2016-04 --to 2016-08"
    )


def _declare(store: Store) -> None:
    """The synthetic partnership's own declarations: what its people judged, and what it reports of its survey."""
    from wardwise.definitions.find import SHIPPED

    (store.definitions / "priorities").mkdir(parents=True, exist_ok=True)
    shutil.copyfile(SHIPPED / "demo" / "judgements.yaml", store.definitions / "priorities" / "judgements.yaml")
    shutil.copyfile(SHIPPED / "demo" / "views.yaml", store.definitions / "views.yaml")


def _clear(out: Path) -> None:
    """Empty a folder that an earlier demo made. Raises WardwiseError when the folder holds anything else."""
    from wardwise.records.errors import WardwiseError

    if out.exists() and any(out.iterdir()):
        if not (out / MARK).is_file():
            raise WardwiseError(
                "That folder is not empty and was not made by the demo.",
                where=str(out),
                next_step="Name an empty folder with --out.",
            )
        shutil.rmtree(out)
    out.mkdir(parents=True, exist_ok=True)
    (out / MARK).write_text("This folder was made by wardwise demo and may be replaced by it.\n", encoding="utf-8")


def _products(store: Store, area: str, out: Path) -> Iterator[Path]:
    for name, first, last, audience, folder in PRODUCTS:
        wanted = order(store, name, area, first, last, audience)
        _, published = make(store, wanted, out / folder)
        yield from published.files
