"""Every declared product for Blackpool from the published files, in three formats (make test-scale, where the files are at hand)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.functional.test_every_product import BROKEN, NAMES
from wardwise.claims import Level, check_file, read
from wardwise.disclosure import Audience
from wardwise.products import build, load, publish
from wardwise.products.build import Order
from wardwise.records.periods import Period, shift
from wardwise.sources import import_files
from wardwise.store import Store

pytestmark = pytest.mark.scale

BLACKPOOL, LAST = "E06000009", {"road-safety-needs-assessment": "2017-12"}
"""Collisions are held for 2015 and 2017, street crime to October 2022."""


@pytest.fixture(scope="module")
def blackpool(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    store, data = Store.open(tmp_path_factory.mktemp("blackpool") / "store", create=True), shared / "data"
    folders = ("police_uk", "areas", "population", "deprivation", "collisions")
    lists = ("ho_offence_list_from_outcomes.csv", "home-office-outcomes-2017-18-by-force.csv.gz")
    import_files(store, [*(data / name for name in folders), *(data / "offences" / name for name in lists)])
    return store


@pytest.mark.parametrize("name", NAMES)
def test_it_is_built_written_and_free_of_what_cannot_be_right(blackpool: Store, name: str, tmp_path: Path):
    declared = load(name)
    last = LAST.get(name, "2022-10")
    order = Order(
        declared, BLACKPOOL, Period(shift(last, 1 - declared.months), last), Audience.PUBLIC, date(2022, 12, 1)
    )
    published = publish(build(blackpool, order), blackpool, tmp_path, lambda _what, _done, _all: None)
    assert [file.suffix for file in published.files] == [".html", ".docx", ".pdf"]
    page = tmp_path / f"{name}.html"
    text = read(page)
    lines = [passage.text for passage in text.passages] + [" ".join(row) for grid in text.grids for row in grid.rows]
    assert [line for line in lines if BROKEN.search(line)] == []
    assert [doubt for doubt in check_file(page) if doubt.level is Level.WRONG] == []
