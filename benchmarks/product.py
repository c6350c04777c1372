"""How long a whole strategic assessment takes in three formats after import, against the counting it needs alone.

Uses the synthetic partnership, so that it runs anywhere.
"""

from __future__ import annotations

import tempfile
import time
from datetime import date
from pathlib import Path

from wardwise import demo
from wardwise.disclosure import Audience
from wardwise.products import build, load, publish
from wardwise.products.build import Order, ask
from wardwise.products.enquiry import Enquiry
from wardwise.records.periods import Period
from wardwise.sources import import_files
from wardwise.store import Store

GOAL = 20.0
"""Seconds: the goal for a whole strategic assessment in three formats."""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        made = demo.write(root / "files")
        store = Store.open(root / "store", create=True)
        import_files(store, [root / "files"])
        order = Order(
            load("strategic-assessment"), made.area, Period("2015-09", "2016-08"), Audience.PUBLIC, date(2016, 9, 30)
        )
        start = time.perf_counter()
        built = build(store, order)
        composed = time.perf_counter()
        publish(built, store, root / "out", lambda *_: None)
        written = time.perf_counter()
        ask(order.product, Enquiry.of(store.at(), order.area, order.period, store.definitions))
        counted = time.perf_counter()
    whole, counting = written - start, counted - written
    print(
        f"strategic assessment  {whole:.1f} s (goal {GOAL:.0f} s): {composed - start:.1f} s to build, {written - composed:.1f} s to "
        f"write; its questions alone {counting:.1f} s   ratio {whole / counting:.1f}"
    )


if __name__ == "__main__":
    main()
