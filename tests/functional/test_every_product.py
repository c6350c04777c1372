"""Every product that is declared is built from the synthetic partnership, written in three formats, and read as a reader would."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from docx import Document as Word

from wardwise.claims import Level, check_file, read
from wardwise.definitions.find import files
from wardwise.disclosure import Audience
from wardwise.products import build, load, publish
from wardwise.products.build import Order
from wardwise.records.periods import Period, shift
from wardwise.store import Store

AREA, LAST = "Z06000001", "2016-08"
NAMES = sorted(path.stem for path in files("products"))
BROKEN = re.compile(r"\bnan\b|\bNaN\b|\binf\b|Mark\.|\{[a-z_0-9]+\}|Traceback")
"""What a number or name that went missing looks like on a page."""


@pytest.fixture(scope="module", params=NAMES)
def written(request: pytest.FixtureRequest, store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the public copy of one product, for the months it is declared to cover."""
    declared, folder = load(request.param), tmp_path_factory.mktemp("product")
    period = Period(shift(LAST, 1 - declared.months), LAST)
    built = build(store, Order(declared, AREA, period, Audience.PUBLIC, date(2016, 10, 27)))
    publish(built, store, folder, lambda _what, _done, _all: None)
    return folder / declared.product


def test_it_is_there_in_three_formats(written: Path):
    page = written.with_suffix(".html").read_text(encoding="utf-8")
    assert "<h1" in page
    assert re.findall(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=.?https?:|url\(.?https?:|@import", page) == []
    assert any(paragraph.text for paragraph in Word(str(written.with_suffix(".docx"))).paragraphs)
    with pikepdf.open(written.with_suffix(".pdf")) as pdf:
        assert "/StructTreeRoot" in pdf.Root


def test_nothing_on_its_page_is_a_number_that_went_missing(written: Path):
    text = read(written.with_suffix(".html"))
    lines = [passage.text for passage in text.passages] + [" ".join(row) for grid in text.grids for row in grid.rows]
    said = [line for line in lines if BROKEN.search(line)]
    assert said == []


def test_every_count_on_it_has_a_name_in_the_register_of_releases(written: Path):
    log = json.loads(written.with_suffix(".manifest.json").read_text(encoding="utf-8"))["release"]
    assert [line for line in log if "without a figure's id" in line] == []


def test_the_claim_checker_finds_nothing_that_cannot_be_right(written: Path):
    assert [doubt for doubt in check_file(written.with_suffix(".html")) if doubt.level is Level.WRONG] == []
